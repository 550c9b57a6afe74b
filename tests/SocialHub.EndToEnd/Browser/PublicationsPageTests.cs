using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkiaSharp;
using SocialHub.EndToEnd.Crashes;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The section of publications of the team's page: what a card in the team's channel leads to.</summary>
public sealed class PublicationsPageTests(Chromium chromium, AzuriteFixture azurite)
{
    private const string List = "GET /api/v1/publications";
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_burst_asks_by_a_card_whose_link_leads_an_editor_to_what_waits_and_what_is_approved_is_posted()
    {
        await using var pds = await BlueskyPds.StartAsync();
        var account = await pds.CreateAccountAsync();
        await using var webhook = await WebhookDouble.StartAsync();
        await using var town = await SmallSite.StartAsync();
        var news = town.Feed("/feed", "Actualités");
        news.Publish("/ancien", "Ancien", TimeProvider.System.GetUtcNow().AddHours(-5));
        var file = new HubFile();
        file["authority"]["publicAddress"] = HubProcess.OwnAddress;
        // Half a world away from the browser: the clock that counts is the authority's.
        file["authority"]["timeZone"] = "Indian/Reunion";
        file["sites"]["ville"] = new JsonObject
        {
            ["name"] = "Saint-Exemple",
            ["origins"] = new JsonArray(town.Address.GetLeftPart(UriPartial.Authority)),
            ["articleFeeds"] = new JsonArray(new JsonObject { ["address"] = news.Address, ["accounts"] = new JsonArray("skies") }),
        };
        file["accounts"]["skies"] = new JsonObject { ["network"] = "bluesky", ["server"] = pds.Address.GetLeftPart(UriPartial.Authority), ["name"] = account.Handle, ["secret"] = "SKIES" };
        await using var hub = new HubProcess(new HubSettings
        {
            Storage = await azurite.NewAccountAsync(),
            Configuration = file.ToString(),
            Publishing = "on",
            AllowedOrigins = [town.Address, pds.Address, pds.PublicAddress, webhook.Address],
            More = new Dictionary<string, string>(StringComparer.Ordinal) { ["SKIES"] = account.Password, ["TEAMS_WEBHOOK"] = webhook.Address.ToString() },
        });
        await hub.StartAsync();
        using var team = new HubClient([hub.Address], HubSettings.AdministratorKey);
        await UntilAsync(async () => (await team.GetAsync("/api/v1/health")).Body.Contains("\"lookedAt\":\"", StringComparison.Ordinal), "the first look has been");
        var picture = town.Picture("/place.png", Picture());
        news.PublishAll(
            news.Article("/a", "La place est rendue aux piétons", TimeProvider.System.GetUtcNow().AddMinutes(-4), "Bancs, arbres et fontaine.", picture),
            news.Article("/b", "Le marché change de jour", TimeProvider.System.GetUtcNow().AddMinutes(-3)),
            news.Article("/c", "La crèche recrute", TimeProvider.System.GetUtcNow().AddMinutes(-2)),
            news.Article("/d", "Travaux rue des Lilas", TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        await UntilAsync(() => Task.FromResult(webhook.Received.Any(card => card.Contains("articles à annoncer attendent votre accord", StringComparison.Ordinal))), "the card has come");
        var link = JsonNode.Parse(webhook.Received[^1])!["attachments"]![0]!["content"]!["actions"]![0]!["url"]!.GetValue<string>();
        Assert.Equal(new Uri(hub.Address, "/moderation#publications").ToString(), link);
        Assert.Empty(await account.PostsAsync());

        await using var editor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "America/Martinique" });
        var page = editor.Page;
        await page.GotoAsync(link);
        await page.GetByLabel("Clé du hub").FillAsync(HubSettings.AdministratorKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();
        var section = page.GetByRole(AriaRole.Region, new() { Name = "Publications" });
        await Expect(section.GetByRole(AriaRole.Heading, new() { Name = "Publications", Exact = true })).ToBeFocusedAsync();
        await Expect(section.GetByText("4 publications attendent quelqu’un, les plus anciennes d’abord.")).ToBeVisibleAsync();
        var card = section.GetByRole(AriaRole.Article).Filter(new() { HasText = "La place est rendue aux piétons" });
        await Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync("La place est rendue aux piétons sur skies (Bluesky)");
        await Expect(card.GetByText("Plusieurs articles ont paru d’un coup.")).ToBeVisibleAsync();
        var waiting = JsonNode.Parse((await team.GetAsync("/api/v1/publications?state=planned")).Body)!["items"]!.AsArray().Single(item => (string)item!["title"]! == "La place est rendue aux piétons")!;
        await Expect(card.Locator("blockquote")).ToHaveTextAsync((string)waiting["text"]!);
        var local = TimeZoneInfo.ConvertTime((DateTimeOffset)waiting["at"]!, TimeZoneInfo.FindSystemTimeZoneById("Indian/Reunion"));
        await Expect(card.Locator("time").First).ToContainTextAsync(local.ToString("HH:mm", CultureInfo.InvariantCulture));
        await Expect(card.Locator("figcaption")).ToHaveTextAsync("Image sans description : les personnes aveugles n’en sauront rien.");
        await Expect(card.Locator("img")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("[...document.querySelectorAll('figure img')].every(image => image.complete && image.naturalWidth > 0)");
        await editor.NoAccessibilityViolation("burst");
        await editor.NoSidewaysScroll("burst");

        await card.GetByRole(AriaRole.Button, new() { Name = "Approuver" }).ClickAsync();
        await Expect(card.GetByText("Une fois partie, elle ne se reprend pas.")).ToBeVisibleAsync();
        await editor.NoAccessibilityViolation("asked");
        if (Environment.GetEnvironmentVariable("SOCIALHUB_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "publications.png"), FullPage = true });
        Assert.Empty(await account.PostsAsync());
        await card.GetByRole(AriaRole.Button, new() { Name = "Oui, l’approuver" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("La place est rendue aux piétons sur skies (Bluesky) : Approuvée");
        await Expect(section.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToBeFocusedAsync();
        await UntilAsync(async () => (await account.PostsAsync()).Count == 1, "it is posted");
        Assert.Equal("La place est rendue aux piétons", Assert.Single(await account.PostsAsync()).Value.GetProperty("embed").GetProperty("external").GetProperty("title").GetString());

        var second = section.GetByRole(AriaRole.Article).Filter(new() { HasText = "Travaux rue des Lilas" });
        await second.GetByRole(AriaRole.Button, new() { Name = "Ne pas publier" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Button, new() { Name = "Ne pas publier" })).ToBeFocusedAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Ne pas publier" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Oui, ne pas publier" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Ne sera pas publiée");
        await Expect(section.GetByText("2 publications attendent quelqu’un")).ToBeVisibleAsync();
        await editor.NoAccessibilityViolation("decided");
        Assert.Empty(editor.Refusals);
        Assert.Empty(editor.Errors);
        Assert.All(editor.Requests, url => Assert.StartsWith(hub.Address.ToString(), url, StringComparison.Ordinal));

        // A moderator who may not publish is told so, and comes by the same link.
        await using var moderator = await chromium.Visit();
        await moderator.Page.GotoAsync(link);
        await moderator.Page.GetByLabel("Clé du hub").FillAsync(HubSettings.ModeratorKey);
        await moderator.Page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();
        var told = moderator.Page.GetByRole(AriaRole.Region, new() { Name = "Publications" });
        await Expect(told.GetByText("est approuvé par ses rédacteurs")).ToBeVisibleAsync(Soon);
        await Expect(told.GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
        await Expect(told.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await moderator.NoAccessibilityViolation("moderator");
    }

    [Theory]
    [InlineData("fr", "Elle y est", "Adresse de la publication", "Oui, elle y est", "Tenue pour parue", "Écrivez une adresse entière", "Renvoyer", "elle paraîtra deux fois", "Oui, renvoyer", "Elle a changé entre-temps")]
    [InlineData("en", "It is there", "Address of the post", "Yes, it is there", "Taken as posted", "Write a whole address", "Send again", "it will appear twice", "Yes, send again", "It changed meanwhile")]
    public async Task A_person_says_how_an_uncertain_one_ended_and_what_somebody_else_changed_is_read_again(string language, string there, string address, string yes, string done, string bad, string again, string twice, string yesAgain, string changed)
    {
        await using var hub = await StandInHub.Start();
        hub.Configuration = hub.Configuration with { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>() });
        hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        object[] items = [Sample("one", "uncertain", "La piscine rouvre"), Sample("two", "uncertain", "Le marché"), Sample("three", "failed", "La crèche"), Sample("four", "planned", "Pas encore", awaits: false)];
        hub.On(List, new { items });
        await using var editor = await chromium.Visit(new() { Locale = language == "fr" ? "fr-FR" : "en-GB", TimezoneId = "America/Martinique" });
        var page = editor.Page;
        await page.GotoAsync(hub.Address + "/moderation#publications");
        var section = page.Locator("#publications");
        await Expect(section.GetByRole(AriaRole.Article)).ToHaveCountAsync(3);
        await Expect(section.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        // By the authority's clock: Paris.
        await Expect(section.Locator("time").First).ToContainTextAsync(language == "fr" ? "14:02" : "2:02");
        await editor.NoAccessibilityViolation("uncertain and failed");

        var first = section.GetByRole(AriaRole.Article).First;
        await first.GetByRole(AriaRole.Button, new() { Name = there }).ClickAsync();
        await Expect(first.GetByLabel(address)).ToBeFocusedAsync();
        hub.On("POST /api/v1/publications/one/confirm", new { type = "urn:socialhub:problem:url-invalid" }, 422);
        await first.GetByLabel(address).FillAsync("bsky.app/x");
        await first.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
        await Expect(first.GetByText(bad)).ToBeVisibleAsync();
        await editor.NoAccessibilityViolation("address refused");
        hub.On("POST /api/v1/publications/one/confirm", Sample("one", "published", "La piscine rouvre"));
        await first.GetByLabel(address).FillAsync("https://bsky.app/profile/ville/post/1");
        await first.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(done);
        Assert.Equal("https://bsky.app/profile/ville/post/1", (string?)hub.Received.Last(r => r.Path.EndsWith("/confirm", StringComparison.Ordinal)).Body!["url"]);

        var second = section.Locator("article:not(.done)").First;
        await second.GetByRole(AriaRole.Button, new() { Name = again }).ClickAsync();
        await Expect(second.GetByText(twice)).ToBeVisibleAsync();
        // Its answer was lost: whether it was taken nobody knows, and If-Match makes the next try count once.
        hub.On("POST /api/v1/publications/two/retry", new { type = "urn:socialhub:problem:unexpected" }, 500);
        await second.GetByRole(AriaRole.Button, new() { Name = yesAgain }).ClickAsync();
        await Expect(second.GetByText(language == "fr" ? "on ne sait pas si votre décision est arrivée" : "nobody knows whether your decision arrived")).ToBeVisibleAsync();
        hub.On("POST /api/v1/publications/two/retry", new { type = "urn:socialhub:problem:publication-changed" }, 412);
        hub.On("GET /api/v1/publications/two", Sample("two", "published", "Le marché"));
        await second.GetByRole(AriaRole.Button, new() { Name = yesAgain }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(changed);
        await Expect(section.Locator("article:not(.done)")).ToHaveCountAsync(1);
        Assert.Empty(editor.Errors);
    }

    [Theory]
    [InlineData("fr", "Les règles de modération y voient ce qui est dit ci-dessous", "Approuver", "Elle paraîtra malgré ce que les règles y voient.", "Oui, l’approuver", "Les règles y voient autre chose que tout à l’heure : relisez-la.")]
    [InlineData("en", "The moderation rules see in it what is said below", "Approve", "It will be public despite what the rules see in it.", "Yes, approve it", "The rules see something else in it than before: read it again.")]
    public async Task Whoever_approves_what_the_rules_warn_of_reads_why_and_is_asked_in_a_sentence(string language, string why, string approve, string despite, string yes, string anew)
    {
        await using var hub = await StandInHub.Start();
        hub.Configuration = hub.Configuration with { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>() });
        hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        hub.On(List, new { items = new[] { Sample("one", "planned", "Appelez Camille", askedFor: "remarks", warnings: ["Un numéro de téléphone serait visible de tous."]), Sample("two", "planned", "Le marché", askedFor: "policy") } });
        await using var editor = await chromium.Visit(new() { Locale = language == "fr" ? "fr-FR" : "en-GB" });
        await editor.Page.GotoAsync(hub.Address + "/moderation#publications");
        var warned = editor.Page.Locator("#publications").GetByRole(AriaRole.Article).First;
        await Expect(warned.GetByText(why)).ToBeVisibleAsync();
        await Expect(warned.GetByRole(AriaRole.Listitem)).ToHaveTextAsync("Un numéro de téléphone serait visible de tous.");
        await warned.GetByRole(AriaRole.Button, new() { Name = approve }).ClickAsync();
        await Expect(warned.GetByText(despite)).ToBeVisibleAsync();
        await editor.NoAccessibilityViolation("warned");
        // What they were shown is what they say.
        hub.On("POST /api/v1/publications/one/approve", new { type = "urn:socialhub:problem:warnings-unconfirmed" }, 422);
        hub.On("GET /api/v1/publications/one", Sample("one", "planned", "Appelez Camille", askedFor: "remarks", warnings: ["Un numéro de téléphone serait visible de tous.", "Une insulte."]));
        await warned.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
        await Expect(warned.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(warned.GetByRole(AriaRole.Alert)).ToHaveTextAsync(anew);
        Assert.True((bool?)hub.Received.Last(r => r.Path.EndsWith("/approve", StringComparison.Ordinal)).Body!["despite"]);
        var other = editor.Page.Locator("#publications").GetByRole(AriaRole.Article).Last;
        await other.GetByRole(AriaRole.Button, new() { Name = approve }).ClickAsync();
        await Expect(other.GetByText(despite)).ToHaveCountAsync(0);
        Assert.Empty(editor.Errors);
    }

    [Theory]
    [InlineData("fr", "Elle n’y est pas", "Oui, elle n’y est pas", "Tenue pour non parue", "Son délai est passé", "1 publication attend quelqu’un.", "1 publication n’est pas parue", " : elle a été refusée (422).")]
    [InlineData("en", "It is not there", "Yes, it is not there", "Taken as not posted", "Its time is over", "1 publication waits for somebody.", "1 publication was not posted", " : it was refused (422).")]
    public async Task Of_one_whose_time_is_over_a_person_says_that_it_is_not_there_and_a_failed_one_is_told_with_what_was_missed(string language, string absent, string yes, string done, string late, string waiting, string missed, string refused)
    {
        await using var hub = await StandInHub.Start();
        hub.Configuration = hub.Configuration with { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>() });
        hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        hub.On(List, new { items = new[] { Ended("one", "uncertain", null, "Nobody knows whether it was posted.", 1), Ended("two", "failed", "refused", "422", 1) } });
        await using var editor = await chromium.Visit(new() { Locale = language == "fr" ? "fr-FR" : "en-GB" });
        var page = editor.Page;
        await page.GotoAsync(hub.Address + "/moderation#publications");
        var section = page.Locator("#publications");
        await Expect(section.GetByText(waiting)).ToBeVisibleAsync();
        await section.GetByText(missed).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Listitem)).ToContainTextAsync(refused);
        var card = section.GetByRole(AriaRole.Article);
        await Expect(card).ToHaveCountAsync(1);
        await Expect(card.GetByText(late)).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(2);
        await card.GetByRole(AriaRole.Button, new() { Name = absent }).ClickAsync();
        await editor.NoAccessibilityViolation("not there");
        hub.On("POST /api/v1/publications/one/cancel", Ended("one", "cancelled", "cancelled", null, 1));
        await card.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(done);
        await Expect(section.Locator("article:not(.done)")).ToHaveCountAsync(0);
        Assert.Contains(hub.Received, r => r.Path.EndsWith("/one/cancel", StringComparison.Ordinal));
        Assert.Empty(editor.Errors);
    }

    [Theory]
    [InlineData("fr", "2 publications ne sont pas parues ces 7 derniers jours", " : son délai est passé, personne ne l’a approuvée.", " : la page de l’article n’existe pas ou plus.")]
    [InlineData("en", "2 publications were not posted in the last 7 days", " : its time was over, nobody approved it.", " : the page of the article does not exist.")]
    public async Task What_the_hub_gave_up_in_the_last_days_is_told_with_its_reason_and_what_a_person_called_off_is_not(string language, string title, string expired, string gone)
    {
        await using var hub = await StandInHub.Start();
        hub.Configuration = hub.Configuration with { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>() });
        hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        hub.On(List, new { items = new[] { Ended("one", "expired", "expired", "awaiting-approval", 1), Ended("two", "cancelled", "article-gone", "www.saint-exemple.test answered 404.", 2), Ended("three", "cancelled", "cancelled", null, 1), Ended("four", "expired", "expired", "off", 8) } });
        await using var editor = await chromium.Visit(new() { Locale = language == "fr" ? "fr-FR" : "en-GB" });
        await editor.Page.GotoAsync(hub.Address + "/moderation#publications");
        var section = editor.Page.Locator("#publications");
        await section.GetByText(title).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(section.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(expired);
        await Expect(section.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync(gone);
        await Expect(section.GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
        await editor.NoAccessibilityViolation("given up");
        await editor.NoSidewaysScroll("given up");
        Assert.Empty(editor.Errors);
    }

    private static object Ended(string id, string state, string? ended, string? why, int daysAgo) => new
    {
        id,
        account = "skies",
        network = "bluesky",
        state,
        text = "La piscine rouvre https://www.saint-exemple.test/x?utm_id=" + id,
        at = TimeProvider.System.GetUtcNow().AddDays(-daysAgo - 2),
        publishBy = TimeProvider.System.GetUtcNow().AddDays(-daysAgo),
        revision = 3,
        title = "La piscine rouvre",
        why,
        ended,
        endedAt = ended is null ? (DateTimeOffset?)null : TimeProvider.System.GetUtcNow().AddDays(-daysAgo),
        etag = "3-" + state,
    };

    private static object Sample(string id, string state, string title, bool awaits = true, string? askedFor = null, string[]? warnings = null) => new
    {
        id,
        account = "skies",
        network = "bluesky",
        state,
        text = title + " https://www.saint-exemple.test/x?utm_id=" + id,
        at = state == "failed" ? "2026-11-24T14:02:00Z" : "2026-11-24T13:02:00Z",
        publishBy = "2099-11-26T13:02:00Z",
        revision = 3,
        awaitsApproval = awaits && state == "planned",
        title,
        askedFor,
        warnings,
        page = "https://www.saint-exemple.test/x",
        why = "Nobody knows whether it was posted.",
        etag = "3-" + state,
    };

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(2);
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"Waited in vain until {what}.");
            await Task.Delay(250);
        }
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(640, 360);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(0x9f, 0xc5, 0xb8));
        using var paint = new SKPaint { Color = new SKColor(0x0d, 0x5c, 0x63) };
        canvas.DrawRect(220, 120, 200, 240, paint);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
