using System.Text;
using CsCheck;
using SocialHub.Configuration;

namespace SocialHub.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void A_whole_file_is_read_as_written()
    {
        var reading = HubJson.Read(HubJson.Whole);
        Assert.Empty(reading.Errors);
        var site = reading.Configuration!.Sites["mairie"];
        Assert.Equal(CommentPolicy.APriori, site.Policy);
        Assert.Equal(90, site.CloseAfterDays);
        Assert.Equal("{title} {url} {hashtags}", Assert.Single(site.ArticleFeeds).Template);
        Assert.Equal("BLUESKY_APP_PASSWORD", reading.Configuration.Accounts["bluesky"].Secret);
        Assert.Equal(16, reading.ETag.Length);
    }

    [Fact]
    public void What_is_not_written_has_the_defaults_of_the_model()
    {
        var reading = HubJson.Read(HubJson.Smallest);
        Assert.Empty(reading.Errors);
        Assert.Equal("Europe/Paris", reading.Configuration!.Authority.TimeZone);
        Assert.Equal(new PublishingConfiguration(), reading.Configuration.Publishing);
        Assert.Equal(1095, reading.Configuration.Retention.PublishedDays);
        Assert.Empty(reading.Configuration.Sites);
    }

    [Fact]
    public void Null_switches_off_what_may_be_off()
    {
        var reading = HubJson.Read(HubJson.With("publishing", """{ "quietFrom": null, "quietTo": null }"""));
        Assert.Empty(reading.Errors);
        Assert.Null(reading.Configuration!.Publishing.QuietFrom);
        Assert.Equal(10, reading.Configuration.Publishing.PaceMinutes);
    }

    [Fact]
    public void Comments_a_byte_order_mark_and_trailing_commas_are_let_pass() =>
        Assert.Empty(HubJson.Read("\ufeff// the town's hub\n" + HubJson.Smallest.Replace("\" } }", "\", }, /* end */ }", StringComparison.Ordinal)).Errors);

    [Fact]
    public void Every_error_is_told_at_once_each_with_its_path()
    {
        var errors = HubJson.Read("""
            {
              "authority": { "name": "", "name": "Twice", "langage": "fr", "timeZone": "Europe/Pariss", "publicAddress": "http://hub.saint-exemple.fr/" },
              "sites": { "La Mairie": { "name": 7, "origins": ["https://www.saint-exemple.fr/", "ftp://x"], "policy": "posteriori", "articleFeeds": [{ "address": "/feed", "accounts": ["x"], "template": "{titre}", "hashtags": ["#a"] }] } },
              "sources": { "a": {}, "b": { "account": "nobody", "everyMinutes": 1 } },
              "feeds": { "f": { "title": "F", "sources": ["c"], "size": 0 } },
              "publishing": { "quietFrom": "21h", "quietTo": null },
              "retention": { "publishedDays": 0 }
            }
            """).Errors.Select(e => e.Path).ToHashSet();
        string[] expected =
        [
            "$.authority.name", "$.authority.langage", "$.authority.timeZone", "$.authority.publicAddress", "$.sites['La Mairie']", "$.sites['La Mairie'].name",
            "$.sites['La Mairie'].origins[0]", "$.sites['La Mairie'].origins[1]", "$.sites['La Mairie'].policy", "$.sites['La Mairie'].articleFeeds[0].address",
            "$.sites['La Mairie'].articleFeeds[0].accounts[0]", "$.sites['La Mairie'].articleFeeds[0].template", "$.sites['La Mairie'].articleFeeds[0].hashtags[0]",
            "$.sources.a", "$.sources.b.account", "$.sources.b.everyMinutes", "$.feeds.f.sources[0]", "$.feeds.f.size", "$.publishing.quietFrom", "$.publishing.quietTo", "$.retention.publishedDays",
        ];
        Assert.Equal(expected.Order(), errors.Order());
    }

    [Theory]
    [InlineData("authority.nom", "\"x\"", "$.authority.nom", "name")]
    [InlineData("authority.closingDays.0", "\"24 décembre\"", "$.authority.closingDays[0]", "\"2026-12-24\"")]
    [InlineData("authority.closingDays.0", "\"2026-02-30\"", "$.authority.closingDays[0]", "is no day")]
    [InlineData("authority.closingDays.1", "\"2026-12-24\"", "$.authority.closingDays[1]", "keep one of the two")]
    [InlineData("authority.alsaceMoselle", "\"oui\"", "$.authority.alsaceMoselle", "true or false")]
    [InlineData("sites.mairie.orgins", "[]", "$.sites.mairie.orgins", "\"origins\"")]
    [InlineData("accounts.mastodon.token", "\"abc\"", "$.accounts.mastodon.token", "setting")]
    [InlineData("retention.emailDays", "\"30\"", "$.retention.emailDays", "whole number")]
    [InlineData("retention.emailDays", "30.5", "$.retention.emailDays", "whole number")]
    [InlineData("retention.auditDays", "30", "$.retention.auditDays", "90")]
    [InlineData("retention.emailDays", "null", "$.retention.emailDays", "whole number")]
    [InlineData("feeds.accueil.filtered", "\"true\"", "$.feeds.accueil.filtered", "without quotes")]
    [InlineData("feeds.accueil.sources.0", "null", "$.feeds.accueil.sources[0]", "double quotes")]
    [InlineData("sites.mairie.policy", "\"A-PRIORI\"", "$.sites.mairie.policy", "\"a-priori\", \"a-posteriori\"")]
    [InlineData("sites", "[]", "$.sites", "named entries")]
    [InlineData("sites.mairie.origins.0", "\"https://www.évry.example\"", "$.sites.mairie.origins[0]", "\"https://www.xn--vry-9la.example\"")]
    [InlineData("sites.mairie.origins.0", "\"https://www.évry.example:8443\"", "$.sites.mairie.origins[0]", "\"https://www.xn--vry-9la.example:8443\"")]
    [InlineData("sites.mairie.origins.0", "\"https://mairie@ville.example\"", "$.sites.mairie.origins[0]", "names a user")]
    [InlineData("authority.publicAddress", "\"https://user@hub.ville.example\"", "$.authority.publicAddress", "names a user")]
    [InlineData("moderation.holdWords", "[\"C++\"]", "$.moderation.holdWords[0]", "\"+\" is not seen")]
    [InlineData("moderation.holdWords", "[\"n°\"]", "$.moderation.holdWords[0]", "\"°\" is not seen")]
    [InlineData("moderation.allowWords", "[\"12 %\"]", "$.moderation.allowWords[0]", "\"%\" is not seen")]
    [InlineData("moderation.holdWords", "[\"!!!\"]", "$.moderation.holdWords[0]", "no letter")]
    public void An_error_says_where_it_is_and_what_to_write(string at, string value, string path, string says)
    {
        var error = Assert.Single(HubJson.Read(HubJson.With(at, value)).Errors, e => e.Path == path);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_written_with_what_divides_them() =>
        Assert.Empty(HubJson.Read(HubJson.With("moderation.holdWords", """["rendez-vous", "l'hôtel de ville", "L’Haÿ-les-Roses", "St. Martin", "S.A.R.L.", "R&B", "5G", "grand projet", "сквер"]""")).Errors);

    [Fact]
    public void Under_a_name_that_is_misspelt_or_written_twice_every_error_shows_too()
    {
        var errors = HubJson.Read("""
            {
              "authorty": { "name": "", "publicAddress": "https://hub.saint-exemple.fr" },
              "Sites": { "v": { "nam": "", "origins": ["bad"] }, "v": { "name": 7 } },
              "feeds": { "f": { "title": "F", "sources": ["c"] } },
              "feeds": {}
            }
            """).Errors.Select(e => e.Path).ToHashSet();
        string[] expected = ["$.Sites", "$.Sites.v", "$.Sites.v.nam", "$.Sites.v.origins[0]", "$.authorty", "$.authorty.name", "$.feeds", "$.feeds.f.sources[0]"];
        Assert.Equal(expected, errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_never_breaks_the_line_of_its_error()
    {
        var error = Assert.Single(HubJson.Read(HubJson.With("authority.langue\n\u2028d'ici", "1")).Errors, e => e.Message.Contains("not a member", StringComparison.Ordinal));
        Assert.Equal(@"$.authority['langue\n\u2028d\'ici']", error.Path);
    }

    [Fact]
    public void Where_a_file_cannot_be_read_is_counted_in_letters_of_its_line()
    {
        var error = Assert.Single(HubJson.Read("{\n \"é\": \"ééé 😀\" \"x\": 1 }").Errors);
        // The quote before x; the emoji before it is two UTF-16 units as editors count.
        Assert.Contains("line 2, character 16 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_UTF_16_is_told_so() =>
        Assert.All(new[] { Encoding.Unicode, Encoding.BigEndianUnicode }, encoding =>
            Assert.Contains("UTF-16", Assert.Single(ConfigurationReader.Read((byte[])[.. encoding.Preamble, .. encoding.GetBytes(HubJson.Whole)]).Errors).Message, StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"authority\": \"\\ud800\"}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]")]
    public void What_is_no_hub_json_is_refused_in_words(string json) =>
        Assert.All(HubJson.Read(json).Errors, e => Assert.StartsWith("$", e.Path, StringComparison.Ordinal));

    [Fact]
    public void A_file_beyond_the_limit_is_refused() =>
        Assert.Contains("larger", Assert.Single(ConfigurationReader.Read(new byte[ConfigurationReader.LongestDocument + 1]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void No_bytes_at_all_make_the_reader_throw() =>
        Gen.Select(Gen.Int[0, HubJson.Whole.Length - 1], Gen.Byte, (at, value) => (at, value)).Array[1, 5].Sample(changes =>
        {
            var bytes = Encoding.UTF8.GetBytes(HubJson.Whole);
            foreach (var (at, value) in changes)
                bytes[at] = value;
            var reading = ConfigurationReader.Read(bytes);
            return (reading.Configuration is null) == (reading.Errors.Count > 0);
        }, iter: 2000);

    [Theory]
    [InlineData("accounts.bluesky.secret", "abcd-ef12-3456-gh78")]
    [InlineData("accounts.mastodon.secret", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc")]
    [InlineData("moderation.webhooks.0", "https://prod-01.westeurope.logic.azure.com/workflows/1/triggers/manual?api-version=1&sig=0123456789abcdef")]
    [InlineData("sources.agenda.address", "https://user:secretpassword@www.saint-exemple.fr/agenda.rss")]
    [InlineData("authority.name", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b")]
    public void A_secrets_value_is_refused_and_never_repeated(string at, string value)
    {
        var reading = HubJson.Read(HubJson.With(at, $"\"{value}\""));
        Assert.Contains(reading.Errors, e => e.Message.Contains("secret", StringComparison.Ordinal));
        Assert.All(reading.Errors, e => Assert.DoesNotContain(value, e.ToString(), StringComparison.Ordinal));
    }
}
