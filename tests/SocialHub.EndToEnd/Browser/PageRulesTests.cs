using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using SocialHub.Configuration;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>What a team without developers settles for one page, and what it takes along, in a browser that stands in another zone than the authority.</summary>
public sealed class PageRulesTests(Chromium chromium) : IAsyncLifetime
{
    private const string Address = "https://www.saint-exemple.test/piscine";
    private const string Rule = "/api/v1/threads";
    private StandInHub _hub = null!;
    private Visitor _visitor = null!;
    private JsonObject _rule = null!;

    private IPage Page => _visitor.Page;

    private ILocator Section => Page.Locator("main > div > details").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = "Régler une page", Exact = true }) });

    private ILocator Exports => Page.Locator("main > div > details").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = "Exports", Exact = true }) });

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _rule = RuleOf();
        _hub.On("GET /api/v1/moderation/comments", new { items = new[] { Samples.Waiting }, reasons = new[] { new { code = "insult", label = "Insulte" } } });
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = new { } });
        _hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "moderator" });
        _hub.On("GET " + Rule, _ => Results.Json(_rule, contentType: "application/json"));
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "America/New_York" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task From_a_comments_card_a_page_is_given_another_policy_with_the_keyboard_alone()
    {
        await OpenAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Régler cette page : La piscine rouvre" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Section.GetByRole(AriaRole.Heading, new() { Name = "La piscine rouvre" })).ToBeFocusedAsync();
        // What holds now, and who says so.
        await Expect(Section.GetByText("Chaque commentaire est lu avant de paraître. (règle du site, fichier hub.json)")).ToBeVisibleAsync();
        await Expect(Section.GetByText("Fermeture le 7 décembre 2026 à 00:00. (réglé pour cette page par l’équipe)")).ToBeVisibleAsync();
        await Expect(Section.GetByText("Les lecteurs ne lisent aucun avis.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("rules of a page");
        await _visitor.NoSidewaysScroll("rules of a page");
        await Section.GetByLabel("Un commentaire paraît aussitôt, sauf si une règle le retient").FocusAsync();
        await Page.Keyboard.PressAsync("Space");
        await Section.GetByLabel("Seulement ce qui est coché ici").CheckAsync();
        await Section.GetByLabel("injures").CheckAsync();
        await _visitor.NoAccessibilityViolation("classes");
        _hub.On("PUT " + Rule, body =>
        {
            (_rule["policy"], _rule["revision"]) = ("a-posteriori", 4);
            _rule["rejectAtOnce"] = body!["rejectAtOnce"]!.DeepClone();
            (_rule["own"]!["policy"], _rule["own"]!["rejectAtOnce"]) = (true, true);
            return Results.Json(new { page = Address, closed = false, count = 2, revision = 4 });
        });
        await Section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la règle" }).PressAsync("Enter");
        await Expect(Section.GetByRole(AriaRole.Status).First).ToHaveTextAsync("La piscine rouvre : La règle de la page est enregistrée et compte dès maintenant.");
        await Expect(Section.GetByText("Refusé sans qu’une personne lise : injures, publicité. (réglé pour cette page par l’équipe)")).ToBeVisibleAsync();
        Assert.Equal("""{"site":"ville","page":"https://www.saint-exemple.test/piscine","policy":"a-posteriori","rejectAtOnce":["insult","advertising"]}""", Put().ToJsonString());
        // Nothing was typed that would be lost.
        Assert.False(await Section.EvaluateAsync<bool>("box => box.isDirty()"));
        await _visitor.NoAccessibilityViolation("saved");
        Assert.Empty(_visitor.Errors);
        Assert.Empty(_visitor.Refusals);
    }

    [Fact]
    public async Task A_page_whose_address_is_pasted_is_held_with_the_notice_that_readers_see_closed_and_opened_again()
    {
        await OpenAsync();
        await Section.Locator("summary").First.ClickAsync();
        await Section.GetByRole(AriaRole.Button, new() { Name = "Voir ses réglages" }).ClickAsync();
        await Expect(Section.GetByLabel("Adresse de la page")).ToBeFocusedAsync();
        _hub.On("GET " + Rule, new { type = "urn:socialhub:problem:page-invalid", detail = "In English.", message = "Ce n’est pas l’adresse d’une page de vos sites." }, 400);
        await Section.GetByLabel("Adresse de la page").FillAsync("piscine");
        await Section.GetByLabel("Adresse de la page").PressAsync("Enter");
        await Expect(Section.GetByLabel("Adresse de la page")).ToHaveAccessibleDescriptionAsync("Copiée depuis la barre d’adresse du navigateur. Ce n’est pas l’adresse d’une page de vos sites.");
        await _visitor.NoAccessibilityViolation("wrong address");
        _hub.On("GET " + Rule, _ => Results.Json(_rule, contentType: "application/json"));
        await Section.GetByLabel("Adresse de la page").FillAsync(Address);
        await Section.GetByLabel("Adresse de la page").PressAsync("Enter");

        await Section.GetByRole(AriaRole.Button, new() { Name = "Mettre la page en attente" }).ClickAsync();
        await Expect(Section.GetByText("Les lecteurs liront : « En attente jusqu’au 30 novembre 2026 à 08:00. »")).ToBeVisibleAsync();
        await Section.GetByLabel("Jusqu’à la fin du (facultatif)").FillAsync("2026-12-02");
        await Section.GetByLabel("Jusqu’à la fin du (facultatif)").DispatchEventAsync("change");
        await Expect(Section.GetByText("Les lecteurs liront : « En attente jusqu’au 3 décembre 2026 à 00:00. »")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("about to hold");
        _hub.On("PUT " + Rule, _ =>
        {
            (_rule["heldUntil"], _rule["notice"]) = ("2026-12-02T23:00:00Z", "En attente jusqu’au 3 décembre 2026 à 00:00.");
            return Results.Json(new { });
        });
        await Section.GetByRole(AriaRole.Button, new() { Name = "Oui, mettre en attente" }).ClickAsync();
        await Expect(Section.GetByText("Page en attente jusqu’au 3 décembre 2026 à 00:00 : tout nouveau commentaire est lu avant de paraître.")).ToBeVisibleAsync();
        // The end of that day by the authority's clock, wherever the browser stands.
        Assert.Equal("""{"site":"ville","page":"https://www.saint-exemple.test/piscine","held":true,"until":"2026-12-02T23:00:00.000Z"}""", Put().ToJsonString());

        await Section.GetByRole(AriaRole.Button, new() { Name = "Fermer la page" }).ClickAsync();
        await Expect(Section.GetByRole(AriaRole.Button, new() { Name = "Oui, fermer" })).ToHaveAccessibleDescriptionAsync("Plus personne ne peut écrire sur cette page avant qu’une personne la rouvre. Les lecteurs liront : « Les commentaires sont fermés. »");
        _hub.On("PUT " + Rule, new { type = "urn:socialhub:problem:thread-changed", detail = "In English.", message = "Quelqu’un a réglé cette page entre-temps : relisez ce qui vaut maintenant, puis recommencez." }, 412);
        await Section.GetByRole(AriaRole.Button, new() { Name = "Oui, fermer" }).ClickAsync();
        await Expect(Section.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Quelqu’un a réglé cette page entre-temps : relisez ce qui vaut maintenant, puis recommencez.");
        _hub.On("PUT " + Rule, _ =>
        {
            _rule["closed"] = true;
            return Results.Json(new { });
        });
        await Section.GetByRole(AriaRole.Button, new() { Name = "Fermer la page" }).ClickAsync();
        await Section.GetByRole(AriaRole.Button, new() { Name = "Oui, fermer" }).ClickAsync();
        await Expect(Section.GetByText("Page fermée : personne ne peut y écrire.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("closed");
        await Section.GetByRole(AriaRole.Button, new() { Name = "Rouvrir maintenant" }).ClickAsync();
        await Section.GetByRole(AriaRole.Button, new() { Name = "Oui, rouvrir" }).ClickAsync();
        await Expect(Section.GetByRole(AriaRole.Status).First).ToHaveTextAsync("La piscine rouvre : La page est rouverte.");
        Assert.False((bool)Put()["closed"]!);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_page_closes_at_an_hour_of_the_authoritys_clock_and_its_evidence_is_taken_from_there()
    {
        await OpenAsync("#" + string.Join('&', "page=" + Uri.EscapeDataString(Address), "site=ville"));
        await Expect(Section.GetByRole(AriaRole.Heading, new() { Name = "La piscine rouvre" })).ToBeFocusedAsync();
        await Section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la date" }).ClickAsync();
        await Expect(Section.GetByLabel("Dernier jour")).ToHaveAttributeAsync("aria-invalid", "true");
        await Section.GetByLabel("Dernier jour").FillAsync("2026-12-24");
        await Section.GetByLabel("Heure de fermeture (facultatif)").FillAsync("18:30");
        _hub.On("PUT " + Rule, new { type = "urn:socialhub:problem:busy" }, 503);
        await Section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la date" }).ClickAsync();
        await Expect(Section.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Le service ne répond pas : rien n’a été changé. Réessayez dans un instant.");
        Assert.True(await Section.EvaluateAsync<bool>("box => box.isDirty()"));
        Assert.Equal("2026-12-24T17:30:00.000Z", (string?)Put()["closes"]);

        _hub.On("POST /api/v1/moderation/threads/ville/aaaaaaaaaaaa/evidence", new { thread = "aaaaaaaaaaaa" });
        var file = await Page.RunAndWaitForDownloadAsync(() => Section.GetByRole(AriaRole.Button, new() { Name = "Dossier de preuves (JSON)" }).ClickAsync());
        Assert.Equal("ville-aaaaaaaaaaaa.json", file.SuggestedFilename);
        await Section.GetByText("Qui a réglé cette page").ClickAsync();
        await Expect(Section.GetByText("24 novembre 2026 à 14:02 : date de fermeture, par Paul")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("closing");
    }

    [Fact]
    public async Task Refusals_and_reports_of_a_period_are_taken_along_and_so_is_the_history_of_a_text()
    {
        await OpenAsync();
        await Exports.Locator("summary").First.ClickAsync();
        await _visitor.NoAccessibilityViolation("exports");
        await Exports.GetByLabel("Premier jour").FillAsync("2026-11-01");
        await Exports.GetByLabel("Dernier jour").FillAsync("2026-10-01");
        await Exports.GetByRole(AriaRole.Button, new() { Name = "Tableau (CSV) : Motifs de refus" }).ClickAsync();
        await Expect(Exports.GetByText("Le dernier jour vient après le premier, et la période compte 366 jours au plus.")).ToBeVisibleAsync();
        await Exports.GetByLabel("Dernier jour").FillAsync("2026-11-30");
        _hub.On("GET /api/v1/moderation/statements.csv?site=ville&from=2026-11-01&to=2026-11-30", _ => Results.File("site\n"u8.ToArray(), "text/csv", "statements-ville.csv"));
        var statements = await Page.RunAndWaitForDownloadAsync(() => Exports.GetByRole(AriaRole.Button, new() { Name = "Tableau (CSV) : Motifs de refus" }).ClickAsync());
        Assert.Equal("statements-ville.csv", statements.SuggestedFilename);
        // Who takes what readers reported is written down: no GET.
        _hub.On("POST /api/v1/moderation/notices?site=ville&from=2026-11-01&to=2026-11-30", new { notices = Array.Empty<object>() });
        var notices = await Page.RunAndWaitForDownloadAsync(() => Exports.GetByRole(AriaRole.Button, new() { Name = "Données (JSON) : Signalements" }).ClickAsync());
        Assert.Equal("notices-ville.json", notices.SuggestedFilename);
        await Expect(Exports.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le fichier est téléchargé.");

        _hub.On("GET /api/v1/moderation/history/ville/aaaaaaaaaaaa-000000009x", new { site = "ville", id = "aaaaaaaaaaaa-000000009x", entries = new object[] { new { seq = 0, at = "2026-11-24T07:10:00Z", what = "received", state = "received", who = "author" }, new { seq = 1, at = "2026-11-24T07:11:00Z", what = "held", state = "held", who = "rules", why = "insult" }, new { seq = 2, at = "2026-11-24T08:00:00Z", what = "revealed", state = "held", who = "Claire", declared = true } } });
        var card = Page.Locator("article.card").First;
        await card.GetByText("Historique de ce texte").ClickAsync();
        await Expect(card.Locator(".aside li")).ToHaveTextAsync(["24 novembre 2026 à 08:10 : reçu, par son auteur", "24 novembre 2026 à 08:11 : retenu, par les règles (Insulte)", "24 novembre 2026 à 09:00 : données personnelles affichées, par Claire (nom déclaré)"]);
        await _visitor.NoAccessibilityViolation("history");
        var history = await Page.RunAndWaitForDownloadAsync(() => card.GetByRole(AriaRole.Button, new() { Name = "Télécharger l’historique (JSON)" }).ClickAsync());
        Assert.Equal("ville-aaaaaaaaaaaa-000000009x.json", history.SuggestedFilename);
        Assert.Empty(_visitor.Errors);
    }

    private JsonObject Put() => _hub.Received.Last(request => request.Method == "PUT").Body!.AsObject();

    private async Task OpenAsync(string hash = "")
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple" }, Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Name = "Ville" } } };
        await Page.Clock.SetFixedTimeAsync(new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc));
        await Page.GotoAsync(_hub.Address + "/moderation" + hash);
        await Expect(Page.Locator("main > div > details").First).ToBeVisibleAsync();
    }

    private static JsonObject RuleOf() => JsonSerializer.SerializeToNode(new
    {
        site = "ville",
        siteName = "Ville",
        page = Address,
        title = "La piscine rouvre",
        thread = "aaaaaaaaaaaa",
        revision = 3,
        count = 2,
        closed = false,
        closes = "2026-12-06T23:00:00Z",
        policy = "a-priori",
        rejectAtOnce = new[] { "advertising" },
        own = new { policy = false, rejectAtOnce = false, closes = true },
        siteRule = new { policy = "a-priori", rejectAtOnce = new[] { "advertising" }, trustDays = 90 },
        morning = "2026-11-30T07:00:00Z",
        holdNotice = "En attente jusqu’au 30 novembre 2026 à 08:00.",
        closedNotice = "Les commentaires sont fermés.",
        changes = new[] { new { what = "closes", at = "2026-11-24T13:02:00Z", who = "Paul" } },
    })!.AsObject();
}
