using System.Net;
using System.Text.Json;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>The rules of the debate, beside the form and for everybody.</summary>
public sealed class CharterTests(AzuriteFixture azurite)
{
    private const string Charter = "api/v1/charter";

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_form_without_script_leads_to_the_charter_as_the_authority_wrote_it_and_nothing_in_it_is_markup()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var thread = await hub.Client.GetStringAsync($"{CitizenHub.Comments}.html?page={Uri.EscapeDataString(Town.Page)}", TestContext.Current.CancellationToken);
        Assert.Contains("href=\"https://hub.example/api/v1/charter.html\"", thread, StringComparison.Ordinal);

        using var own = await hub.SendAsync(HttpMethod.Get, $"{Charter}.html", null);
        var read = WebUtility.HtmlDecode(await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("restez courtois", read, StringComparison.Ordinal);
        // Moderators read the address of a reader who reports, and no other one.
        Assert.Contains("L’adresse électronique est facultative. Elle n’est jamais publiée, et les modérateurs ne la voient pas non plus : elle sert à vous prévenir", read, StringComparison.Ordinal);
        Assert.Contains("que vous laissez avec un signalement, que seuls les modérateurs voient", read, StringComparison.Ordinal);
        // No mail to the team holds a text or a name.
        Assert.Contains("Y ont accès les modérateurs de la collectivité, son hébergeur et l’outil de travail en équipe (comme Teams) par lequel elle prévient ses modérateurs ; cet outil reçoit le texte et le nom d’un commentaire à lire, jamais votre adresse.", read, StringComparison.Ordinal);
        // Of a hub without a mail server.
        Assert.Contains("ce service n’envoie pas de message", read, StringComparison.Ordinal);
        var key = ("x-hub-key", RunningHub.KeyOf("editor"));
        using var before = await hub.SendAsync(HttpMethod.Get, "api/v1/settings/charter", null, key);
        using var put = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/charter", """{"text":"Soyez <b>brefs</b>.\n\nMerci."}""", key, ("If-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        for (var tries = 0; ; tries++)
        {
            var html = await hub.Client.GetStringAsync($"{Charter}.html", TestContext.Current.CancellationToken);
            if (html.Contains("<p>Soyez &lt;b&gt;brefs&lt;/b&gt;.</p>\n<p>Merci.</p>", StringComparison.Ordinal))
                break;
            Assert.True(tries < 600, "The team's charter never appeared.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Scripts_read_it_as_JSON_once_and_then_only_that_it_has_not_changed()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, "en");
        using var first = await hub.SendAsync(HttpMethod.Get, Charter, null);
        var body = JsonDocument.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("en", 1), (body.GetProperty("language").GetString(), body.GetProperty("version").GetInt32()));
        Assert.Contains("stay courteous", body.GetProperty("text").GetString(), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await hub.Client.GetStringAsync($"{Charter}.html", TestContext.Current.CancellationToken));
        Assert.Contains("The authority's moderators, its host and the team tool (such as Teams) by which it tells its moderators have access to them; that tool receives the text and the name of a comment to be read, never your address.", page, StringComparison.Ordinal);
        using var again = await hub.SendAsync(HttpMethod.Get, Charter, null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }
}
