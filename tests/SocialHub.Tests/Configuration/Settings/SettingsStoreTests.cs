using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration.Settings;

public sealed class SettingsStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Caller Camille = new("1-2", "Camille", Role.Editor);
    private TwoHubs _hubs = null!;

    private SettingsStore First => _hubs.First.GetRequiredService<SettingsStore>();

    private SettingsStore Second => _hubs.Second.GetRequiredService<SettingsStore>();

    public async ValueTask InitializeAsync()
    {
        _hubs = await TwoHubs.StartAsync(azurite);
        await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
    }

    public async ValueTask DisposeAsync() => await _hubs.DisposeAsync();

    [Fact]
    public async Task Until_the_team_writes_something_hub_json_holds()
    {
        var team = await First.CurrentAsync(None);
        Assert.Equal(["piscine"], team.Words.Hold);
        Assert.Equal("21:00", team.QuietHours.From);
        Assert.Equal(10, team.Rules.PaceMinutes);
        Assert.Equal("Soyez courtois.", team.Charter.Text);
        Assert.Equal(1, team.CharterVersion);
        Assert.False(team.Freeze.Holds(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task What_one_hub_writes_holds_on_the_other_in_the_configuration_too()
    {
        await PutAsync(First, "words", """{ "hold": ["école"], "allow": [] }""");
        await PutAsync(First, "quiet-hours", """{ "from": "22:30", "to": "06:00" }""");
        await PutAsync(First, "rules", """{ "approval": true, "paceMinutes": 0 }""");
        await PutAsync(First, "charter", """{ "text": "Soyez courtois." }""");
        var team = await Second.ReadAsync(None);
        Assert.Equal(["école"], team.Configuration.Moderation.HoldWords);
        Assert.Empty(team.Configuration.Moderation.AllowWords);
        Assert.Equal("22:30", team.Configuration.Publishing.QuietFrom);
        Assert.True(team.Configuration.Publishing.Approval);
        Assert.Equal(2, team.CharterVersion);
        Assert.Equal("Ville de Saint-Exemple", team.Configuration.Authority.Name);
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_refused()
    {
        var read = (await First.GetAsync("words", None)).Value;
        Assert.True((await First.PutAsync("words", Json("""{ "hold": ["a"] }"""), read.ETag, Camille, None)).Succeeded);
        var late = await Second.PutAsync("words", Json("""{ "hold": ["b"] }"""), read.ETag, Camille, None);
        Assert.Equal(ProblemKind.Changed, late.Problem?.Kind);
        Assert.Contains("\"a\"", Text((await Second.GetAsync("words", None)).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_counts_through_its_last_day_by_the_authoritys_clock_and_then_no_more_without_a_write()
    {
        var today = TimeZoneInfo.ConvertTime(_hubs.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime;
        var last = today.Date.AddDays(2);
        await PutAsync(First, "words", $$"""{ "hold": ["rumeur", "école"], "allow": ["navet"], "until": { "rumeur": "{{last:yyyy-MM-dd}}", "navet": "{{last:yyyy-MM-dd}}" } }""");
        _hubs.Time.Advance(last.AddDays(1).AddMinutes(-1) - today);
        var still = (await Second.CurrentAsync(None)).Configuration.Moderation;
        Assert.Equal(["rumeur", "école", "/", "navet"], still.HoldWords.Append("/").Concat(still.AllowWords));
        _hubs.Time.Advance(TimeSpan.FromMinutes(2));
        var team = await Second.CurrentAsync(None);
        Assert.Equal(["école"], team.Configuration.Moderation.HoldWords);
        Assert.Empty(team.Configuration.Moderation.AllowWords);
        Assert.Equal(["rumeur", "école"], team.Words.Hold);
        Assert.Equal(1, (await Second.GetAsync("words", None)).Value.Version);
    }

    [Fact]
    public async Task Who_added_a_word_and_when_is_the_hubs_to_say_and_outlives_the_changes_of_others()
    {
        var first = _hubs.Time.GetUtcNow();
        await PutAsync(First, "words", """{ "hold": ["piscine", "rumeur"] }""");
        _hubs.Time.Advance(TimeSpan.FromDays(1));
        var read = (await Second.GetAsync("words", None)).Value;
        var written = await Second.PutAsync("words", Json("""{ "hold": ["autre", "rumeur", "piscine"], "allow": ["navet"], "until": { "rumeur": "2030-01-01" } }"""), read.ETag, new Caller("3-4", "Alix", Role.Editor), None);
        // What hub.json brought has no author.
        var added = written.Value.Added!;
        Assert.Equal([("hold", "autre", "Alix"), ("hold", "rumeur", "Camille"), ("allow", "navet", "Alix")], added.Select(word => (word.List, word.Word, word.By)));
        Assert.Equal(first, added[1].At, TimeSpan.FromMinutes(1));
        Assert.Equal(added, (await First.GetAsync("words", None)).Value.Added);
        var forged = await First.PutAsync("words", Json("""{ "hold": [{ "word": "x", "by": "Alix" }], "added": [] }"""), written.Value.ETag, Camille, None);
        Assert.Equal(ProblemKind.Unprocessable, forged.Problem!.Kind);
        Assert.Null((await First.GetAsync("charter", None)).Value.Added);
    }

    [Theory]
    [InlineData("""{ "hold": ["a"], "until": { "b": "2030-01-01" } }""", "$.until.b")]
    [InlineData("""{ "hold": ["a"], "until": { "a": "demain" } }""", "$.until.a")]
    public async Task An_end_names_a_word_that_is_there_and_a_day(string written, string path)
    {
        var read = (await First.GetAsync("words", None)).Value;
        var refused = await First.PutAsync("words", Json(written), read.ETag, Camille, None);
        Assert.Contains(path, refused.Problem!.Extensions!["errors"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_changes_at_once_never_both_hold()
    {
        var read = (await First.GetAsync("freeze", None)).Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? First : Second).PutAsync("freeze", Json($$"""{ "from": "2027-01-01T00:00:00Z", "reason": "{{i}}" }"""), read.ETag, Camille, None)));
        var won = Assert.Single(answers, a => a.Succeeded).Value;
        Assert.All(answers.Where(a => !a.Succeeded), a => Assert.Equal(ProblemKind.Changed, a.Problem!.Kind));
        Assert.Equal(Text(won), Text((await Second.GetAsync("freeze", None)).Value));
    }

    [Fact]
    public async Task A_change_says_who_made_it_and_the_old_text_is_kept()
    {
        await PutAsync(First, "charter", """{ "text": "un" }""");
        var second = await PutAsync(First, "charter", """{ "text": "deux" }""");
        Assert.Equal(("Camille", 3), (second.By, second.Version));
        var storage = _hubs.First.GetRequiredService<HubStorage>();
        var old = await storage.Settings.GetEntityAsync<Azure.Data.Tables.TableEntity>(Keys.SettingsPartition, Keys.Log("charter", 2));
        Assert.Contains("un", new BinaryData(old.Value.GetBinary("Json")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_charter_of_hub_json_has_a_number_and_stays_readable_when_another_one_takes_its_place()
    {
        Assert.Equal([1, 1], (await Task.WhenAll(First.ReadAsync(None), Second.ReadAsync(None))).Select(team => team.CharterVersion));
        async Task<TeamSettings> WithAsync(string text)
        {
            await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole.Replace("Soyez courtois.", text, StringComparison.Ordinal)), null, None);
            return await First.ReadAsync(None);
        }

        var later = await WithAsync("Soyez brefs.");
        Assert.Equal(("Soyez brefs.", 2, new CharterCitation(null, 2)), (later.Charter.Text, later.CharterVersion, later.Cite("insult")));
        Assert.Equal("Soyez courtois.", (await First.CharterAsync(1, None))?.Charter.Text);
        Assert.Equal("Soyez brefs.", (await First.CharterAsync(2, None))?.Charter.Text);
        Assert.NotNull((await First.CharterAsync(1, None))?.At);
        // One that comes back is the one that it was, and the team's own follows all of them.
        Assert.Equal(1, (await WithAsync("Soyez courtois.")).CharterVersion);
        await PutAsync(First, "charter", """{ "text": "Soyez justes." }""");
        Assert.Equal(3, (await Second.ReadAsync(None)).CharterVersion);
        Assert.Equal("Soyez courtois.", (await First.CharterAsync(1, None))?.Charter.Text);
        Assert.Null(await First.CharterAsync(4, None));
    }

    [Theory]
    [InlineData("words", """{ "hold": ["a"], "allow": ["A"], "forbid": [] }""", "$.allow[0]", "$.forbid")]
    [InlineData("quiet-hours", """{ "from": "9pm", "to": null }""", "$.from", "$.to")]
    [InlineData("freeze", """{ "until": "2027-01-01T00:00:00Z" }""", "$.until")]
    [InlineData("freeze", """{ "from": "2027-01-01", "reason": 3 }""", "$.from", "$.reason")]
    [InlineData("freeze", """{ "from": "2027-01-02T00:00:00Z", "until": "2027-01-01T00:00:00Z" }""", "$.until")]
    [InlineData("templates", """{ "networks": { "bluesky": "{titre}", "myspace": "{url}" } }""", "$.networks.bluesky", "$.networks.myspace")]
    [InlineData("people", """{ "people": [{ "name": "", "email": "x", "days": ["lundi"], "from": "8", "to": "18:00" }] }""", "$.people[0].name", "$.people[0].email", "$.people[0].days[0]", "$.people[0].from")]
    [InlineData("goals", """{ "accounts": { "nobody": { "followers": 0 } } }""", "$.accounts.nobody", "$.accounts.nobody.followers")]
    [InlineData("rules", """{ "paceMinutes": 2000, "approval": "yes" }""", "$.paceMinutes", "$.approval")]
    [InlineData("charter", """{ "text": " " }""", "$.text")]
    [InlineData("charter", """{ "text": "Article 1. A", "articles": { "insult": "2", "rude": "1" } }""", "$.articles.insult", "$.articles.rude")]
    [InlineData("playbook", """{ "call": [{ "name": "", "phone": "a\tb" }], "steps": [" "], "answers": [{ "title": "a", "text": "" }] }""", "$.call[0].name", "$.call[0].phone", "$.steps[0]", "$.answers[0].text")]
    [InlineData("charter", "[]", "$")]
    public async Task A_wrong_setting_is_refused_with_every_error(string name, string written, params string[] paths)
    {
        var read = (await First.GetAsync(name, None)).Value;
        var answer = await First.PutAsync(name, Json(written), read.ETag, Camille, None);
        Assert.Equal(ProblemKind.Unprocessable, answer.Problem?.Kind);
        var errors = (System.Text.Json.Nodes.JsonArray)answer.Problem!.Extensions!["errors"]!;
        Assert.Equal(paths.Order(), errors.Select(e => e!["path"]!.GetValue<string>()).Order());
        Assert.Equal(read.ETag, (await First.GetAsync(name, None)).Value.ETag);
    }

    [Fact]
    public async Task Every_default_may_be_put_back_as_it_is()
    {
        foreach (var name in SettingsStore.Names)
        {
            var read = (await First.GetAsync(name, None)).Value;
            using var document = JsonDocument.Parse(read.Json);
            var answer = await First.PutAsync(name, document.RootElement, read.ETag, Camille, None);
            Assert.True(answer.Succeeded, name);
            Assert.Equal(Text(read), Text(answer.Value));
        }
    }

    [Fact]
    public async Task Without_if_match_nothing_is_written() =>
        Assert.Equal(ProblemKind.PreconditionRequired, (await First.PutAsync("words", Json("{}"), null, Camille, None)).Problem?.Kind);

    [Fact]
    public async Task An_unknown_setting_is_not_found() =>
        Assert.Equal(ProblemKind.NotFound, (await First.GetAsync("wrods", None)).Problem?.Kind);

    [Fact]
    public async Task A_row_of_a_newer_version_is_read_by_what_is_known()
    {
        await PutAsync(First, "words", """{ "hold": ["a"] }""");
        var storage = _hubs.First.GetRequiredService<HubStorage>();
        var row = (await storage.Settings.GetEntityAsync<Azure.Data.Tables.TableEntity>(Keys.SettingsPartition, Keys.Setting("words"))).Value;
        row["Json"] = """{ "hold": ["a"], "later": { "x": 1 } }"""u8.ToArray();
        await storage.Settings.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);
        Assert.Equal(["a"], (await Second.ReadAsync(None)).Words.Hold);
    }

    [Fact]
    public async Task A_row_of_an_earlier_version_is_shown_with_every_member()
    {
        await PutAsync(First, "words", """{ "hold": ["a"] }""");
        var storage = _hubs.First.GetRequiredService<HubStorage>();
        var row = (await storage.Settings.GetEntityAsync<Azure.Data.Tables.TableEntity>(Keys.SettingsPartition, Keys.Setting("words"))).Value;
        row["Json"] = """{"hold":["a"],"allow":[]}"""u8.ToArray();
        await storage.Settings.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);
        var read = (await Second.GetAsync("words", None)).Value;
        Assert.Equal("""{"hold":["a"],"allow":[],"until":{}}""", Text(read));
        Assert.True((await First.PutAsync("words", Json(Text(read)), read.ETag, Camille, None)).Succeeded);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("2027-01-04T08:00:00Z", null, true)]
    [InlineData("2027-01-04T08:00:01Z", null, false)]
    [InlineData("2027-01-01T00:00:00Z", "2027-01-04T08:00:00Z", false)]
    [InlineData("2027-01-01T00:00:00Z", "2027-01-04T08:00:01Z", true)]
    public void A_freeze_holds_from_its_start_until_before_its_end(string? from, string? until, bool holds) =>
        Assert.Equal(holds, new FreezeSetting { From = Instant(from), Until = Instant(until) }.Holds(Instant("2027-01-04T08:00:00Z")!.Value));

    [Fact]
    public async Task A_refusal_cites_the_article_that_hub_json_names_for_its_reason()
    {
        var source = _hubs.First.GetRequiredService<HubConfigurationSource>();
        async Task ReplaceAsync(string articles)
        {
            var json = HubJson.Whole.Replace("\"Soyez courtois.\"", $$"""
                "Article 1. Insultes\nAucune.\n\nArticle 2. Haine\nAucune.", "charterArticles": {{articles}}
                """, StringComparison.Ordinal);
            Assert.True((await source.ReplaceAsync(new BinaryData(json), null, None)).Succeeded);
        }

        await ReplaceAsync("""{ "insult": "1", "hate": "2" }""");
        var team = await First.ReadAsync(None);
        Assert.Equal(new CharterCitation("1", 1), team.Cite("insult"));
        Assert.Equal(new CharterCitation(null, 1), team.Cite("threat"));
        Assert.Equal("2", (await Second.CharterAsync(1, None))?.Charter.Articles["hate"]);
        // In another order it is the same charter.
        await ReplaceAsync("""{ "hate": "2", "insult": "1" }""");
        Assert.Equal(1, (await First.ReadAsync(None)).CharterVersion);
        await ReplaceAsync("""{ "hate": "2", "insult": "2" }""");
        Assert.Equal(new CharterCitation("2", 2), (await First.ReadAsync(None)).Cite("insult"));
        Assert.Equal("1", (await Second.CharterAsync(1, None))?.Charter.Articles["insult"]);
    }

    [Fact]
    public async Task A_freeze_that_an_earlier_version_wrote_is_for_all_sites_and_one_that_names_a_site_for_that_one()
    {
        await PutAsync(First, "freeze", """{ "from": "2026-01-01T00:00:00Z", "reason": "Campagne", "comments": "hold" }""");
        var storage = _hubs.First.GetRequiredService<HubStorage>();
        var row = (await storage.Settings.GetEntityAsync<Azure.Data.Tables.TableEntity>(Keys.SettingsPartition, Keys.Setting("freeze"))).Value;
        row["Json"] = """{"from":"2026-01-01T00:00:00Z","until":null,"reason":"Campagne","publications":true,"comments":"hold"}"""u8.ToArray();
        await storage.Settings.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);
        var now = _hubs.Time.GetUtcNow();
        var all = (await Second.ReadAsync(None)).Freeze;
        Assert.NotNull(all.OfComments("mairie", now));
        Assert.NotNull(all.OfComments("musee", now));
        Assert.NotNull((all with { Sites = ["musee"] }).OfComments("musee", now));
        Assert.Null((all with { Sites = ["musee"] }).OfComments("mairie", now));
    }

    private static DateTimeOffset? Instant(string? text) => text is null ? null : DateTimeOffset.Parse(text);

    private static async Task<Setting> PutAsync(SettingsStore store, string name, string json) =>
        (await store.PutAsync(name, Json(json), (await store.GetAsync(name, None)).Value.ETag, Camille, None)).Value;

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    private static string Text(Setting setting) => new BinaryData(setting.Json).ToString();
}
