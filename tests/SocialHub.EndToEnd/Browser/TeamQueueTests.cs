using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>What moderators work with in the queue: one key, ready answers, what is contested, the authority's clock, and word of channels that fail.</summary>
public sealed class TeamQueueTests(Chromium chromium) : IAsyncLifetime
{
    private const string List = "GET /api/v1/moderation/comments";
    private const string Item = "/api/v1/moderation/comments/ville/";
    private StandInHub _hub = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    private ILocator Alarm => Page.Locator(".watch");

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        // The authority is in La Réunion, whoever moderates is in Paris.
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", TimeZone = "Indian/Reunion" } };
        _hub.On(List, new { items = new[] { Samples.Quiet("comment", null, "Ana", "aaaaaaaaaaaa-000000001x"), Samples.Quiet("comment", null, "Bob", "aaaaaaaaaaaa-000000002x"), Samples.Quiet("report", null, "Cléo", "aaaaaaaaaaaa-000000003x") }, reasons = new[] { new { code = "insult", label = "Insulte" } } });
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = new { call = Array.Empty<object>(), steps = Array.Empty<object>(), answers = new[] { new { title = "Rappel", text = "Bonjour,\n\nrestons courtois." } } } });
        _hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "moderator" });
        foreach (var number in new[] { 1, 2, 3 }) _hub.On($"POST {Item}aaaaaaaaaaaa-00000000{number}x/decision", new { state = "published", decidedBy = "Inès", decidedAt = "2026-11-29T10:00:00Z", round = 0 });
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task One_key_goes_to_the_next_text_and_one_decides_about_the_text_where_the_focus_is()
    {
        await OpenAsync();
        // What nobody has seen is not decided: the first key only goes there.
        await Page.Keyboard.PressAsync("f");
        await Expect(Heading("Commentaire de Ana")).ToBeFocusedAsync();
        await Expect(Page.GetByText("Lisez d’abord ce texte : la même touche décidera ensuite.")).ToBeVisibleAsync();
        Assert.Equal(0, Decisions);
        await Page.Keyboard.PressAsync("j");
        await Expect(Heading("Commentaire de Bob")).ToBeFocusedAsync();
        Assert.NotEqual("none", await Heading("Commentaire de Bob").EvaluateAsync<string>("one => getComputedStyle(one).outlineStyle"));
        await Page.Keyboard.PressAsync("f");
        await Expect(Heading("Commentaire signalé de Cléo")).ToBeFocusedAsync();
        Assert.Equal(("publish", 1), ((string?)_hub.Received.Last(request => request.Path.EndsWith("2x/decision", StringComparison.Ordinal)).Body!["decision"], Decisions));
        await Page.Keyboard.PressAsync("k");
        await Expect(Heading("Commentaire de Ana")).ToBeFocusedAsync();
        // A refusal asks for its reason, as its button does; and letters that are typed are letters.
        await Page.Keyboard.PressAsync("d");
        await Expect(Page.GetByLabel("Motif du refus, communiqué à l’auteur")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("j");
        await Expect(Page.GetByLabel("Motif du refus, communiqué à l’auteur")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Control+k");
        Assert.Equal(1, Decisions);
        await _visitor.NoAccessibilityViolation("refusing by key");
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task The_keys_are_told_in_a_help_and_can_be_switched_off_for_good()
    {
        await OpenAsync();
        await Page.Keyboard.PressAsync("?");
        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Raccourcis clavier" })).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("help");
        await Page.GetByLabel("Utiliser les raccourcis d’une seule touche").UncheckAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("j");
        await Expect(Heading("Commentaire de Ana")).Not.ToBeFocusedAsync();
        await Page.ReloadAsync();
        await Expect(Heading("Commentaire de Ana")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("?");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Raccourcis" }).ClickAsync();
        await Expect(Page.GetByLabel("Utiliser les raccourcis d’une seule touche")).Not.ToBeCheckedAsync();
        await Page.GetByLabel("Utiliser les raccourcis d’une seule touche").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Fermer" }).ClickAsync();
        await Page.Keyboard.PressAsync("j");
        await Expect(Heading("Commentaire de Ana")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_ready_answer_is_put_behind_what_was_typed()
    {
        await OpenAsync();
        var card = Page.Locator("article.card").Nth(2);
        await card.GetByRole(AriaRole.Button, new() { Name = "Répondre officiellement" }).ClickAsync();
        await card.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync("Madame,");
        await card.GetByText("Réponses prêtes").ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Insérer : Rappel" }).ClickAsync();
        await Expect(card.GetByLabel("Réponse publiée au nom de la collectivité")).ToHaveValueAsync("Madame,\n\nBonjour,\n\nrestons courtois.");
        await Expect(card.GetByLabel("Réponse publiée au nom de la collectivité")).ToBeFocusedAsync();
        await Expect(card.GetByText("« Rappel » est inséré à la fin de votre réponse : adaptez-le.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("ready answers");
        await card.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync(new string('a', 3_990));
        await card.GetByRole(AriaRole.Button, new() { Name = "Insérer : Rappel" }).ClickAsync();
        await Expect(card.GetByText("Il n’y a plus assez de place")).ToBeVisibleAsync();
        await Expect(card.GetByLabel("Réponse publiée au nom de la collectivité")).ToHaveValueAsync(new string('a', 3_990));
    }

    [Fact]
    public async Task What_is_contested_is_shown_in_the_list_and_who_refused_is_told_to_leave_it()
    {
        _hub.On(List, new { items = new[] { Contested("Bob", mine: false), Contested("Lou", mine: true) }, reasons = new[] { new { code = "insult", label = "Insulte" } } });
        await OpenAsync();
        var (theirs, mine) = (Page.Locator("article.card").First, Page.Locator("article.card").Last);
        await Expect(theirs.GetByText("Refus contesté : Refusé par Alix le 24 novembre 2026 à 18:30. Motif : Insulte. Article 2 de la charte (version 1).")).ToBeVisibleAsync();
        await Expect(theirs.GetByText("Une autre personne que celle qui a refusé doit y répondre.")).ToBeVisibleAsync();
        await Expect(theirs.GetByRole(AriaRole.Link, new() { Name = "Lire l’article cité (nouvel onglet)" })).ToHaveAttributeAsync("href", "/api/v1/charter.html?version=1#article-2");
        await Expect(theirs.GetByRole(AriaRole.Button, new() { Name = "Publier : Bob" })).ToBeVisibleAsync();
        await Expect(mine.GetByText("Vous avez refusé ce texte : un autre modérateur répond à la contestation.")).ToBeVisibleAsync();
        await Expect(mine.GetByRole(AriaRole.Button, new() { Name = "Publier" })).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("contested");
    }

    [Fact]
    public async Task Behind_a_link_who_refused_is_told_so_by_the_name_they_give_before_anything_is_sent()
    {
        _hub.On("POST /moderation/decide/view", Contested("Bob", mine: false));
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync(" alix");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publier : Bob" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Vous avez refusé ce texte : un autre modérateur répond à la contestation.");
        Assert.DoesNotContain(_hub.Received, request => request.Path == "/moderation/decide" && request.Method == "POST");
        await _visitor.NoAccessibilityViolation("refuser");
    }

    [Fact]
    public async Task Both_pages_tell_the_time_of_the_authority_and_not_of_the_device()
    {
        _hub.On("POST /moderation/decide/view", new { subject = "thread", site = "ville", thread = "aaaaaaaaaaaa", page = "https://www.ville.example/marche", title = "Le marché", state = "open", why = "threat", reason = "Une menace.", turn = 1, turnedAt = "2026-11-29T19:00:00Z", waiting = 2, until = "2026-11-30T04:00:00Z", choices = new[] { "hold" } });
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton&d=hold");
        // The card says 08:00, and so does the page behind it.
        await Expect(Page.GetByText("Tout nouveau commentaire attendra jusqu’au 30 novembre 2026 à 08:00")).ToBeVisibleAsync();
        await Expect(Page.GetByText("signalée le 29 novembre 2026 à 23:00")).ToBeVisibleAsync();
        _hub.On(List + "?state=published", new { items = new[] { Samples.Decided("published", "Nadia", "Claire") } });
        await OpenAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Publiés récemment" }).ClickAsync();
        await Expect(Page.GetByText("Publié par Claire, le 24 novembre 2026 à 17:02.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Channels_that_fail_are_told_above_all_else_with_since_when_and_what_to_do()
    {
        _hub.On("GET /api/v1/health", Health(new { cardsOverdue = 3, cardsSince = "2026-11-29T06:02:00Z", channels = Teams("set", 3, "502"), mail = new { server = "set", people = 2, failing = 1, since = "2026-11-29T07:00:00Z", failure = "not-connected" } }));
        await OpenAsync();
        await Expect(Alarm).ToContainTextAsync("Depuis le 29 novembre 2026 à 10:02, le canal Teams ne reçoit plus les cartes (3 attendent, réponse 502)");
        await Expect(Alarm).ToContainTextAsync("Depuis le 29 novembre 2026 à 11:00, le serveur de courrier ne prend plus les messages (1 attend)");
        await Expect(Alarm).ToHaveAttributeAsync("role", "status");
        await _visitor.NoAccessibilityViolation("channels fail");
        _hub.On("GET /api/v1/health", Health(new { cardsOverdue = 0, channels = Teams("missing"), mail = new { server = "secret-missing", people = 2, failing = 0 } }));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
        await Expect(Alarm).ToContainTextAsync("Le canal Teams « TEAMS » n’a pas d’adresse");
        await Expect(Alarm).ToContainTextAsync("Le serveur de courrier n’a pas de mot de passe");
        _hub.On("GET /api/v1/health", Health(new { cardsOverdue = 0, channels = new { }, mail = new { server = "none", people = 0, failing = 0 } }));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
        await Expect(Alarm).ToHaveTextAsync("Personne n’est prévenu d’une menace ailleurs que sur cette page : ni canal Teams ni courrier n’est réglé. Regardez-la souvent, ou demandez à l’administrateur d’en régler un.");
        _hub.On("GET /api/v1/health", Health(new { cardsOverdue = 0, channels = new { }, mail = new { server = "set", people = 0, failing = 0 } }));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
        await Expect(Alarm).ToContainTextAsync("personne n’est inscrit sous « Équipe et astreintes »");
        _hub.On("GET /api/v1/health", Health(new { cardsOverdue = 0, channels = Teams("set"), mail = new { server = "set", people = 2, failing = 0 } }));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
        await Expect(Alarm).ToBeHiddenAsync();
    }

    private int Decisions => _hub.Received.Count(request => request.Path.EndsWith("/decision", StringComparison.Ordinal));

    private ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    private async Task OpenAsync()
    {
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.Locator("main > div > details").First).ToBeVisibleAsync();
    }

    private static Dictionary<string, object> Teams(string address, int failing = 0, string? failure = null) => new(StringComparer.Ordinal) { ["TEAMS"] = new { address, failing, failure } };

    private static object Health(object moderation) => new { status = "degraded", moderation };

    private static JsonObject Contested(string name, bool mine)
    {
        var item = JsonSerializer.SerializeToNode(Samples.Quiet("objection", null, name, $"aaaaaaaaaaaa-00000000{(mine ? 5 : 4)}x"))!.AsObject();
        item["objection"] = "C’était une citation.";
        item["contested"] = JsonSerializer.SerializeToNode(new { words = "Refusé par Alix le 24 novembre 2026 à 18:30. Motif : Insulte. Article 2 de la charte (version 1).", reason = "insult", label = "Insulte", article = "2", version = 1, charter = "/api/v1/charter.html?version=1#article-2", by = "Alix", at = "2026-11-24T17:30:00Z", answerer = "Une autre personne que celle qui a refusé doit y répondre." });
        if (mine)
            item["contested"]!["mine"] = true;
        return item;
    }
}
