using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The pages of moderators: a link's decision, and the list of what waits.</summary>
public sealed class TeamPagesTests(Chromium chromium) : IAsyncLifetime
{
    private const string List = "GET /api/v1/moderation/comments";
    private const string Item = "/api/v1/moderation/comments/ville/aaaaaaaaaaaa-000000009x";
    private StandInHub _hub = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On("POST /moderation/decide/view", Samples.Waiting);
        _hub.On("POST /moderation/decide", new { state = "published", by = "Claire", at = "2026-11-24T13:02:00Z", revision = 1 });
        _hub.On(List, new { items = new[] { Samples.Waiting }, reasons = new[] { new { code = "insult", label = "Insulte" } } });
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_link_shows_the_whole_context_decides_nothing_and_leaves_no_token_in_the_address()
    {
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        await Expect(Page.Locator("mark")).ToHaveTextAsync(["INCAPABLES", "06 12 34 56 78"]);
        await Expect(Page.GetByText("Enfin ! Les horaires du soir manquaient.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("2 signalements")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Avec ce code : 12 publiés, 2 refusés.")).ToBeVisibleAsync();
        Assert.Equal(_hub.Address + "/moderation/decide", Page.Url);
        Assert.DoesNotContain(_visitor.Requests, url => url.Contains("jeton", StringComparison.Ordinal));
        Assert.Equal("jeton", (string?)Assert.Single(_hub.Received, r => r.Method == "POST").Body!["token"]);
        Assert.Equal("", await _visitor.Stored());
        Assert.Empty(_visitor.Refusals);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_refused_change_whose_author_objects_is_shown_as_that_with_what_is_online_and_what_they_say()
    {
        var item = JsonNode.Parse(JsonSerializer.Serialize(Samples.Waiting))!.AsObject();
        (item["subject"], item["state"], item["publicText"], item["objection"]) = ("proposal", "published", "Merci pour les horaires du soir.", "Je parlais de mon équipe.");
        _hub.On(List, new { items = new[] { item } });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Refus d’une modification contesté de Bob" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("Merci pour les horaires du soir.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Je parlais de mon équipe.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("objected change");
    }

    [Fact]
    public async Task Hidden_personal_data_are_shown_to_who_asks_by_link_and_in_the_list()
    {
        var masked = Masked();
        _hub.On("POST /moderation/decide/view", body => Results.Json((bool?)body!["reveal"] == true ? Samples.Waiting : masked));
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Expect(Page.GetByText("téléphone ••• 78")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("hidden");
        await Button("Montrer la donnée personnelle masquée : Bob").ClickAsync();
        await Expect(Page.GetByLabel("Votre nom")).ToBeFocusedAsync();
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Montrer la donnée personnelle masquée : Bob").ClickAsync();
        await Expect(Page.Locator("mark")).ToHaveTextAsync(["INCAPABLES", "06 12 34 56 78"]);
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Les données personnelles sont affichées ; c’est inscrit au journal.");
        await Expect(Button("Montrer la donnée personnelle masquée : Bob")).ToHaveCountAsync(0);
        await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        Assert.Equal("Claire", (string?)_hub.Received.Last(r => r.Path == "/moderation/decide/view").Body!["by"]);

        masked["firstText"] = "D’abord : téléphone ••• 79";
        var whole = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Samples.Waiting))!.AsObject();
        whole["firstText"] = "D’abord : 06 12 34 56 79";
        _hub.On(List, new { items = new[] { masked } });
        _hub.On($"POST {Item}/view", whole);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Montrer la donnée personnelle masquée : Bob").ClickAsync();
        await Expect(Page.Locator("mark")).ToHaveTextAsync(["INCAPABLES", "06 12 34 56 78"]);
        await Expect(Page.GetByText("D’abord : 06 12 34 56 79")).ToBeVisibleAsync();
        await Expect(Page.GetByText("D’abord : téléphone ••• 79")).ToHaveCountAsync(0);
        Assert.Equal("comment", (string?)_hub.Received.Single(r => r.Path == Item + "/view").Body!["subject"]);
        await _visitor.NoAccessibilityViolation("shown");
    }

    private static JsonObject Masked()
    {
        var item = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Samples.Waiting))!.AsObject();
        item["text"] = "Quels INCAPABLES à la mairie !!! Appelez-moi au téléphone ••• 78.";
        item["findings"]![1]!["length"] = 16;
        item["masked"] = 1;
        return item;
    }

    [Fact]
    public async Task A_name_is_asked_once_and_kept_and_the_decision_is_told_in_words()
    {
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByLabel("Votre nom")).ToBeFocusedAsync();
        await Expect(Page.GetByLabel("Votre nom")).ToHaveAccessibleDescriptionAsync("Inscrit au journal avec votre décision, et retenu sur cet appareil. À remplir.");
        await _visitor.NoAccessibilityViolation("name missing");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Publié par Claire à 14:02.");
        await Expect(Button("Publier : Bob")).ToHaveCountAsync(0);
        Assert.Equal("Claire", (string?)Decision()["by"]);
        await _visitor.NoAccessibilityViolation("decided");
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=autre");
        await Expect(Page.GetByText("Vous décidez en tant que Claire.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_debate_that_turned_is_shown_with_the_playbook_and_what_a_choice_does_is_said_before_it_is_made()
    {
        _hub.On("POST /moderation/decide/view", Debate);
        _hub.On("POST /moderation/decide", new { subject = "thread", state = "held", heldUntil = "2026-11-30T07:00:00Z", decidedBy = "Claire", declared = true, decidedAt = "2026-11-29T19:02:00Z" });
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton&d=close");
        // The card's button is made ready, never done.
        await Expect(Page.GetByText("Plus personne ne pourra écrire sur cette page")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(Page.GetByText("Un commentaire semble menacer quelqu’un")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "17" })).ToHaveAttributeAsync("href", "tel:17");
        await _visitor.NoAccessibilityViolation("debate");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Mettre la page en attente" }).ClickAsync();
        await Expect(Page.GetByText("Tout nouveau commentaire attendra jusqu’au 30 novembre 2026")).ToBeVisibleAsync();
        // Who hears the page is told what the button does, for it has the focus.
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Oui, mettre en attente" })).ToHaveAccessibleDescriptionAsync("Tout nouveau commentaire attendra jusqu’au 30 novembre 2026 à 08:00 ; un avis le dit aux lecteurs, qui peuvent continuer à écrire. La page rouvre ensuite d’elle-même.");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, mettre en attente" }).ClickAsync();
        await Expect(Page.GetByLabel("Votre nom")).ToBeFocusedAsync();
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, mettre en attente" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Page en attente jusqu’au 30 novembre 2026 à 08:00 par Claire (nom déclaré) à 20:02.");
        Assert.Equal(("hold", "Claire"), ((string?)Decision()["decision"], (string?)Decision()["by"]));
        await _visitor.NoAccessibilityViolation("held");
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:decided-otherwise", state = "held", choice = "hold", decidedBy = "Claire", decidedAt = "2026-11-29T19:02:00Z", heldUntil = "2026-11-30T07:00:00Z", waits = false, message = "Déjà décidé par Claire à 20:02." }, 409);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=autre");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Déjà décidé par Claire à 20:02. Page en attente jusqu’au 30 novembre 2026 à 08:00.");
        // Of a page that was closed before somebody threatened nobody says that it has calmed down.
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:decided-otherwise", state = "closed", heldUntil = (string?)null, waits = true }, 409);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=troisieme");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("La page est fermée : personne n’y écrit avant qu’une personne la rouvre.");
    }

    [Fact]
    public async Task Whoever_has_nothing_but_the_link_reads_the_threat_above_the_choice_and_what_else_waits_below()
    {
        var debate = JsonSerializer.SerializeToNode(Debate)!.AsObject();
        object Text(string name, string text, params object[] findings) => new { id = "aaaaaaaaaaaa-0000000001", subject = "comment", state = "held", name, text, written = "2026-11-29T19:00:00Z", findings };
        debate["texts"] = JsonSerializer.SerializeToNode(new[] { Text("Bob", "Je vais te tuer.", new { rule = "threat", @class = "threat", verdict = "Hold", start = 0, length = 15, view = "plain", reason = "Une menace." }), Text("Lou connard", "Quel <b>connard</b>.", new { rule = "insult-words", @class = "insult", verdict = "Hold", start = 4, length = 7, view = "plain", reason = "Une insulte.", field = "name" }) });
        _hub.On("POST /moderation/decide/view", debate);
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Expect(Page.GetByText("Bob, le 29 novembre 2026 à 20:00 :")).ToBeVisibleAsync();
        await Expect(Page.Locator("mark")).ToHaveTextAsync(["Je vais te tuer", "connard"]);
        await Expect(Page.Locator("ol.reasons li")).ToHaveTextAsync(["Une menace.", "Une insulte."]);
        await Expect(Page.GetByText("Lou connard[1], le 29 novembre 2026 à 20:00 :")).ToBeVisibleAsync();
        // As written, and never as markup of the page.
        await Expect(Page.GetByText("Quel <b>connard</b>.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Autres textes récents qui attendent sous cette page")).ToBeVisibleAsync();
        var order = await Page.Locator("article.card").InnerTextAsync();
        Assert.True(order.IndexOf("Je vais te tuer", StringComparison.Ordinal) < order.IndexOf("Mettre la page en attente", StringComparison.Ordinal) && order.IndexOf("Mettre la page en attente", StringComparison.Ordinal) < order.IndexOf("connard", StringComparison.Ordinal), order);
        await _visitor.NoAccessibilityViolation("debate with texts");
    }

    [Fact]
    public async Task The_list_begins_with_the_debates_that_turned_and_shows_one_page_alone_where_a_card_leads_there()
    {
        _hub.On("GET /api/v1/moderation/threads", new { items = new[] { Debate }, playbook = Playbook });
        _hub.On("POST /api/v1/moderation/threads/ville/aaaaaaaaaaaa/decision", new { state = "open", decidedBy = "Claire", decidedAt = "2026-11-29T19:02:00Z" });
        await Page.GotoAsync(_hub.Address + "/moderation#thread=ville.aaaaaaaaaaaa");
        await Expect(Page.GetByText("1 discussion demande votre attention")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Seuls les textes de cette page sont affichés.")).ToBeVisibleAsync();
        Assert.Contains(_visitor.Requests, url => url.EndsWith("/api/v1/moderation/comments?thread=ville.aaaaaaaaaaaa", StringComparison.Ordinal));
        _hub.On("POST /api/v1/moderation/threads/ville/aaaaaaaaaaaa/evidence", new { thread = "aaaaaaaaaaaa" });
        var file = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Dossier de preuves (JSON)" }).ClickAsync());
        Assert.Equal("ville-aaaaaaaaaaaa.json", file.SuggestedFilename);
        await _visitor.NoAccessibilityViolation("debates");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Laisser comme c’est" }).ClickAsync();
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = Playbook });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, laisser" }).ClickAsync();
        await Expect(Page.GetByText("1 discussion demande votre attention")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".status")).ToContainTextAsync("Discussion laissée comme elle est par Claire");
    }

    [Fact]
    public async Task What_was_left_goes_further_and_a_page_that_was_closed_is_opened_again_from_the_list()
    {
        const string path = "/api/v1/moderation/threads/ville/aaaaaaaaaaaa/decision";
        var (left, closed) = (Chosen("leave", "open", "hold", "close"), Chosen("close", "closed"));
        _hub.On("GET /api/v1/moderation/threads", new { items = new[] { left }, playbook = Playbook });
        _hub.On("POST " + path, new { state = "closed", choice = "close", decidedBy = "Claire", decidedAt = "2026-11-29T19:02:00Z" });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GetByText("1 discussion laissée ou page fermée").ClickAsync();
        await Expect(Page.GetByText("demande votre attention")).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Discussion laissée comme elle est par Paul, le 29 novembre 2026 à 20:00.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("left");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Fermer la page" }).ClickAsync();
        _hub.On("GET /api/v1/moderation/threads", new { items = new[] { closed }, playbook = Playbook });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, fermer" }).ClickAsync();
        await Expect(Page.Locator(".status")).ToContainTextAsync("Page fermée par Claire");
        Assert.Equal(("close", "leave"), ((string?)_hub.Received.Single(r => r.Path == path).Body!["decision"], (string?)_hub.Received.Single(r => r.Path == path).Body!["instead"]));

        _hub.On("PUT /api/v1/threads", new { page = "https://www.ville.example/marche", closed = false });
        await Page.GetByText("1 discussion laissée ou page fermée").ClickAsync();
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = Playbook });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rouvrir maintenant" }).ClickAsync();
        await Expect(Page.Locator(".status")).ToContainTextAsync("La page est rouverte.");
        Assert.False((bool?)_hub.Received.Single(r => r.Method == "PUT").Body!["closed"]);
        await Expect(Page.GetByText("page fermée")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_to_a_debate_that_was_left_says_by_whom_and_offers_what_goes_further()
    {
        _hub.On("POST /moderation/decide/view", Chosen("leave", "open", "hold", "close"));
        _hub.On("POST /moderation/decide", new { subject = "thread", state = "closed", choice = "close", decidedBy = "Claire", decidedAt = "2026-11-29T19:02:00Z" });
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton&d=leave");
        await Expect(Page.GetByText("Discussion laissée comme elle est par Paul, le 29 novembre 2026 à 20:00.")).ToBeVisibleAsync();
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Fermer la page" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, fermer" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Page fermée par Claire à 20:02.");
        Assert.Equal("leave", (string?)Decision()["instead"]);
    }

    [Fact]
    public async Task A_debate_is_decided_by_the_name_that_is_shown_and_on_a_shared_device_that_can_be_changed()
    {
        _hub.On("POST /moderation/decide/view", Debate);
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Paul");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Laisser comme c’est" }).ClickAsync();
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:busy", detail = "In English." }, 503);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, laisser" }).ClickAsync();
        await Expect(Page.GetByText("on ne sait pas si votre décision est arrivée")).ToBeVisibleAsync();

        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=autre");
        await Expect(Page.GetByText("Vous décidez en tant que Paul.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Changer de nom" }).ClickAsync();
        await Expect(Page.GetByLabel("Votre nom")).ToBeFocusedAsync();
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        _hub.On("POST /moderation/decide", new { subject = "thread", state = "open", choice = "leave", decidedBy = "Claire", declared = true, decidedAt = "2026-11-29T19:02:00Z" });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Laisser comme c’est" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, laisser" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Discussion laissée comme elle est par Claire (nom déclaré) à 20:02.");
        Assert.Equal(["Paul", "Claire"], _hub.Received.Where(r => r.Path == "/moderation/decide" && r.Method == "POST").Select(r => (string?)r.Body!["by"]));
    }

    private static JsonObject Chosen(string choice, string state, params string[] choices)
    {
        var item = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Debate))!.AsObject();
        (item["choice"], item["state"], item["decidedBy"], item["decidedAt"]) = (choice, state, "Paul", "2026-11-29T19:00:00Z");
        item["choices"] = choices.Length == 0 ? null : new JsonArray([.. choices.Select(one => JsonValue.Create(one))]);
        if (state == "closed")
            (item["why"], item["reason"]) = (null, null);
        return item;
    }

    private static object Playbook { get; } = new { call = new[] { new { name = "Police", phone = "17", when = "Une menace." } }, steps = new[] { "Lire d’abord." }, answers = new[] { new { title = "Rappel", text = "Bonjour." } } };

    private static object Debate { get; } = new
    {
        subject = "thread",
        site = "ville",
        thread = "aaaaaaaaaaaa",
        page = "https://www.ville.example/marche",
        title = "Le marché",
        state = "open",
        why = "threat",
        reason = "Un commentaire semble menacer quelqu’un : lisez-le, et appelez si la menace est sérieuse.",
        turn = 1,
        turnedAt = "2026-11-29T19:00:00Z",
        waiting = 2,
        until = "2026-11-30T07:00:00Z",
        authority = "Ville de Saint-Exemple",
        choices = new[] { "hold", "close", "leave" },
        playbook = Playbook,
    };

    [Theory]
    [InlineData(410, "comment-erased", "Ce texte a été effacé : il n’y a plus rien à décider.")]
    [InlineData(404, "no-such-comment", "Ce texte a été effacé : il n’y a plus rien à décider.")]
    [InlineData(410, "link-expired", "Ce lien a expiré : retrouvez le texte dans la liste.")]
    [InlineData(422, "name-required", "Donnez votre nom, en 60 caractères au plus.")]
    [InlineData(422, "name-reserved", "Le journal désigne ainsi le service lui-même : donnez votre nom.")]
    [InlineData(422, "reason-required", "Choisissez un motif de la liste.")]
    [InlineData(503, "busy", "Le service ne répond pas : on ne sait pas si votre décision est arrivée. Réessayez : elle ne comptera qu’une fois.", "Le service ne répond pas. Rien n’a été décidé : réessayez dans un instant.")]
    public async Task What_the_hub_refuses_has_its_own_words(int status, string code, string words, string? unread = null)
    {
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:" + code, detail = "In English." }, status);
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByText(words)).ToBeVisibleAsync();
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:" + code, detail = "In English." }, status);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=autre");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(unread ?? words);
    }

    [Fact]
    public async Task Whose_decision_got_no_answer_is_not_told_that_nothing_was_decided()
    {
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Page.RouteAsync("**/moderation/decide", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByText("on ne sait pas si votre décision est arrivée")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Rien n’a été décidé")).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("no answer");
        await Page.UnrouteAsync("**/moderation/decide");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Publié par Claire à 14:02.");
    }

    [Fact]
    public async Task Whose_decision_or_undoing_in_the_list_got_no_answer_is_told_to_send_it_again()
    {
        _hub.On(List, new { items = new[] { Samples.Quiet("comment", null, "Ana", "aaaaaaaaaaaa-000000000x") } });
        const string ana = "POST /api/v1/moderation/comments/ville/aaaaaaaaaaaa-000000000x/";
        _hub.On(ana + "decision", new { type = "urn:socialhub:problem:storage-unavailable", detail = "In English." }, 503);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Publier : Ana").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "on ne sait pas" })).ToBeVisibleAsync();
        _hub.On(ana + "decision", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", round = 0, revision = 0 });
        await Button("Publier : Ana").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ana : Publié par Claire à 14:02.");
        _hub.On(ana + "undo", new { type = "urn:socialhub:problem:busy", detail = "In English." }, 503);
        await Button("Annuler cette décision : Ana").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToContainTextAsync("elle ne comptera qu’une fois");
    }

    [Theory]
    [InlineData("comment", "Chaque commentaire est lu avant sa publication.", "Chaque commentaire est lu avant sa publication.")]
    [InlineData("report", null, "Les règles n’ont rien relevé.")]
    public async Task Where_the_rules_found_nothing_the_list_says_why_the_text_waits_or_no_more_than_that(string subject, string? why, string words)
    {
        _hub.On(List, new { items = new[] { Samples.Quiet(subject, why) } });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.Locator("article.card > p.soft")).ToHaveTextAsync(words);
    }

    [Fact]
    public async Task What_was_reported_is_kept_or_removed_in_these_words_and_what_was_removed_can_be_taken_back()
    {
        _hub.On("POST /moderation/decide/view", Samples.Quiet("report", null));
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Laisser en ligne : Nadia").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Laissé en ligne par Claire à 14:02.");
        _hub.On("POST /moderation/decide", new { state = "rejected", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", undo = "jeton" });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton&d=reject");
        await Page.GetByLabel("Motif du refus").SelectOptionAsync("insult");
        await Button("Confirmer le retrait").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Retiré par Claire à 14:02.");
        await Button("Annuler cette décision").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Décision annulée : le texte attend de nouveau.");

        const string item = "/api/v1/moderation/comments/ville/aaaaaaaaaaaa-000000008x";
        _hub.On(List, new { items = new[] { Samples.Quiet("report", null) }, reasons = new[] { new { code = "insult", label = "Insulte" } } });
        _hub.On($"POST {item}/decision", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", round = 1, revision = 0 });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Laisser en ligne : Nadia").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nadia : Laissé en ligne par Claire à 14:02.");
        await Expect(Button("Annuler cette décision : Nadia")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("held", true, "Le texte, ses signalements ou son état ont changé entre-temps : relisez-le.")]
    [InlineData("published", false, "Déjà décidé par Alix le 19 novembre 2026 à 14:02.")]
    [InlineData("withdrawn", false, "Son auteur a retiré ce texte : il n’y a plus rien à décider.")]
    public async Task What_was_decided_before_is_told_in_the_hubs_own_sentence_which_knows_the_day(string state, bool waits, string words)
    {
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:decided-otherwise", detail = "In English.", state, decidedBy = "Alix", decidedAt = "2026-11-19T13:02:00Z", waits, message = words }, 409);
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(words);
        await Expect(Button("Recevoir une nouvelle carte")).ToHaveCountAsync(waits ? 1 : 0);
    }

    [Fact]
    public async Task A_page_that_was_opened_at_another_address_of_the_hub_says_at_which_it_works()
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", PublicAddress = "https://hub.saint-exemple.fr" } };
        var foreign = new { type = "urn:socialhub:problem:foreign-origin", detail = "In English." };
        _hub.On($"POST {Item}/decision", foreign, 403);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("D’ici, le service n’accepte rien : ouvrez cette page à son adresse publique, https://hub.saint-exemple.fr/moderation, puis recommencez.");
        _hub.On($"POST {Item}/decision", new { type = "urn:socialhub:problem:role-too-low", detail = "In English." }, 403);
        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Cette clé ne permet pas de modérer.");
        _hub.On($"POST {Item}/decision", new { state = "published", by = "Claire", at = "2026-11-24T13:02:00Z", round = 1, revision = 1 });
        _hub.On($"POST {Item}/answer", foreign, 403);
        await Button("Publier : Bob").ClickAsync();
        await Button("Répondre officiellement : Bob").ClickAsync();
        await Page.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync("Bonjour");
        await Button("Publier la réponse").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("https://hub.saint-exemple.fr/moderation");
    }

    [Fact]
    public async Task Whoever_leaves_while_the_hub_is_away_is_told_that_the_session_stays_open()
    {
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        _hub.Down = true;
        await Button("Sortir").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le service ne répond pas : votre session reste ouverte. Réessayez dans un instant.");
        await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_of_the_list()
    {
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Refuser : Bob").ClickAsync();
        await Expect(Page.GetByLabel("Motif du refus")).ToBeFocusedAsync();
        await Button("Confirmer le refus").ClickAsync();
        await Expect(Page.GetByLabel("Motif du refus")).ToHaveAttributeAsync("aria-invalid", "true");
        await _visitor.NoAccessibilityViolation("reason missing");
        await Page.GetByLabel("Motif du refus").SelectOptionAsync("personal-data");
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:decided-otherwise", detail = "Somebody decided meanwhile.", state = "published", decidedBy = "Paul", decidedAt = "2026-11-19T13:02:00Z", message = "Déjà décidé par Paul le 19 novembre 2026 à 14:02." }, 409);
        await Button("Confirmer le refus").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Déjà décidé par Paul le 19 novembre 2026 à 14:02.");
        Assert.Equal("personal-data", (string?)Decision()["reason"]);
        Assert.Equal("reject", (string?)Decision()["decision"]);
    }

    [Fact]
    public async Task A_link_without_its_token_an_expired_one_and_a_silent_hub_each_say_what_to_do()
    {
        await Page.GotoAsync(_hub.Address + "/moderation/decide");
        await Expect(Page.GetByText("ouvrez-le de nouveau depuis la carte")).ToBeVisibleAsync();
        _hub.On("POST /moderation/decide/view", new { detail = "This link has expired." }, 410);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=vieux");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Ce lien a expiré : retrouvez le texte dans la liste.");
        _hub.On("POST /moderation/decide/view", _ => throw new InvalidOperationException());
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=x");
        await Expect(Page.Locator("article [role=alert]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_list_asks_for_a_key_then_decides_undoes_and_answers()
    {
        var signedIn = false;
        _hub.On(List, _ => signedIn
            ? Results.Json(new { items = new[] { Samples.Waiting } })
            : Results.Json(new { detail = "Il faut entrer." }, statusCode: 401));
        _hub.On("POST /api/v1/session", body =>
        {
            signedIn = (string?)body!["key"] == "la clé";
            return signedIn ? Results.Json(new { name = "Claire", role = "moderator" }) : Results.Json(new { }, statusCode: 401);
        });
        _hub.On($"POST {Item}/decision", new { state = "published", by = "Claire", at = "2026-11-24T13:02:00Z", round = 1, revision = 1 });
        _hub.On($"POST {Item}/undo", new { state = "held", round = 2, revision = 1 });
        _hub.On($"POST {Item}/answer", new { id = "x" }, 201);

        await Page.GotoAsync(_hub.Address + "/moderation");
        // The page asks for it when the hub has said that it does not know the visitor.
        await Expect(Page.GetByLabel("Clé du hub")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("sign in");
        await Page.GetByLabel("Clé du hub").FillAsync("une autre");
        await Button("Entrer").ClickAsync();
        await Expect(Page.GetByText("Cette clé n’est pas connue.")).ToBeVisibleAsync();
        await Page.GetByLabel("Clé du hub").FillAsync("la clé");
        await Button("Entrer").ClickAsync();
        await Expect(Page.GetByText("1 texte attend une décision.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("list");

        await Button("Publier : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Bob : Publié par Claire à 14:02.");
        await Expect(Page.GetByText("Rien n’attend. Tout est lu.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("decided in list");
        await Button("Répondre officiellement : Bob").ClickAsync();
        await Page.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync("Bonjour, merci de rester courtois.");
        await _visitor.NoAccessibilityViolation("answering");
        await Button("Publier la réponse").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Réponse publiée.");

        await Button("Annuler cette décision : Bob").ClickAsync();
        await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        Assert.Equal(1, (int?)_hub.Received.Single(r => r.Path == Item + "/undo").Body!["round"]);
        Assert.DoesNotContain("clé", await _visitor.Stored(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_before_a_reload_can_be_read_taken_back_and_answered()
    {
        _hub.On(List, new { items = Array.Empty<object>() });
        _hub.On(List + "?state=published", new { items = new[] { Samples.Decided("published", "Nadia", "rules", byRules: true) }, next = "m.1" });
        _hub.On(List + "?state=published&after=m.1", new { items = new[] { Samples.Decided("published", "Omar", "Paul", mayUndo: false, declared: true) } });
        _hub.On(List + "?state=rejected", new { items = new[] { Samples.Decided("rejected", "Lou", "Claire") } });
        _hub.On($"POST {Item}/undo", new { state = "held", round = 2, revision = 0 });
        _hub.On($"POST {Item}/answer", new { id = "x" }, 201);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GetByText("Publiés récemment").ClickAsync();
        await Expect(Page.GetByText("Publié par les règles, le 24 novembre 2026 à 14:02.")).ToBeVisibleAsync();
        await Button("Afficher la suite").ClickAsync();
        await Expect(Page.GetByText("Publié par Paul (nom déclaré), le")).ToBeVisibleAsync();
        await Expect(Button("Annuler cette décision : Omar")).ToHaveCountAsync(0);
        await Button("Répondre officiellement : Nadia").ClickAsync();
        await Page.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync("Merci.");
        await Button("Publier la réponse").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Réponse publiée.");
        await Page.GetByText("Refusés récemment").ClickAsync();
        await Expect(Page.GetByText("Refusé par Claire, le 24 novembre 2026 à 14:02. Insulte ou attaque personnelle")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("decided lately");
        await Expect(Button("Répondre officiellement : Lou")).ToHaveCountAsync(0);
        await Button("Annuler cette décision : Lou").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Lou : Décision annulée : le texte attend de nouveau.");
        Assert.Equal(1, (int?)_hub.Received.Single(r => r.Path == Item + "/undo").Body!["round"]);
    }

    [Fact]
    public async Task A_list_that_goes_on_says_that_more_waits_and_its_next_page_comes_before_it_is_empty()
    {
        const string first = "aaaaaaaaaaaa-000000000x";
        var names = new[] { "Ana", "Ben", "Cleo", "Dov", "Eva", "Fred" };
        _hub.On(List, new { items = names.Select((name, i) => Samples.Quiet("comment", null, name, $"aaaaaaaaaaaa-00000000{i}x")), next = "q.1" });
        _hub.On(List + "?after=q.1", new { items = new[] { Samples.Quiet("comment", null, "Fred", "aaaaaaaaaaaa-000000005x"), Samples.Quiet("comment", null, "Gil", "aaaaaaaaaaaa-000000006x") } });
        _hub.On($"POST /api/v1/moderation/comments/ville/{first}/decision", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", round = 0, revision = 0 });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.GetByText("6 textes affichés, les plus anciens d’abord ; d’autres attendent.")).ToBeVisibleAsync();
        await Expect(Button("Afficher la suite")).ToBeVisibleAsync();
        await Button("Publier : Ana").ClickAsync();
        await Expect(Page.GetByText("6 textes attendent une décision, les plus anciens d’abord.")).ToBeVisibleAsync();
        // What stands there already is not shown twice, what was decided stays told, and nobody is sent elsewhere.
        await Expect(Button("Publier : Fred")).ToHaveCountAsync(1);
        await Expect(Button("Publier : Gil")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ana : Publié par Claire à 14:02.");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaire de Ben" })).ToBeFocusedAsync();
        await Expect(Button("Afficher la suite")).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("next page");
    }

    [Fact]
    public async Task A_list_whose_next_page_does_not_come_never_says_that_all_is_read()
    {
        _hub.On(List, new { items = new[] { Samples.Quiet("comment", null, "Ana", "aaaaaaaaaaaa-000000000x") }, next = "q.1" });
        _hub.On(List + "?after=q.1", new { type = "urn:socialhub:problem:busy", detail = "In English." }, 503);
        _hub.On("POST /api/v1/moderation/comments/ville/aaaaaaaaaaaa-000000000x/decision", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", round = 0, revision = 0 });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.GetByText("1 texte affiché ; d’autres attendent.")).ToBeVisibleAsync();
        await Button("Publier : Ana").ClickAsync();
        await Expect(Page.GetByText("D’autres textes attendent une décision.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Rien n’attend.")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ana : Publié par Claire à 14:02.");
        await Button("Afficher la suite").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le service ne répond pas. Rien n’a été décidé : réessayez dans un instant.");
        _hub.On(List + "?after=q.1", new { items = new[] { Samples.Quiet("comment", null, "Ben", "aaaaaaaaaaaa-000000001x") } });
        await Button("Afficher la suite").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaire de Ben" })).ToBeFocusedAsync();
        await Expect(Page.GetByText("1 texte attend une décision.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_decision_whose_undoing_met_a_silent_hub_can_be_undone_a_moment_later()
    {
        _hub.On("POST /moderation/decide", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", undo = "jeton" });
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Button("Annuler cette décision")).ToBeFocusedAsync();
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:busy", detail = "In English." }, 503);
        await Button("Annuler cette décision").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le service ne répond pas : on ne sait pas si votre décision est arrivée. Réessayez : elle ne comptera qu’une fois.");
        await Expect(Button("Annuler cette décision")).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("undo failed");
        _hub.On("POST /moderation/decide", new { state = "held", round = 2, revision = 1 });
        await Button("Annuler cette décision").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Décision annulée : le texte attend de nouveau.");
        await Expect(Button("Annuler cette décision")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(409, "decided-otherwise", "Le texte, ses signalements ou son état ont changé depuis cette carte : relisez-le dans la liste.")]
    [InlineData(409, "nothing-to-undo", "Il n’y a rien à annuler : relisez ce texte dans la liste.")]
    [InlineData(410, "comment-erased", "Ce texte a été effacé : il n’y a plus rien à décider.")]
    [InlineData(400, "token-invalid", "Ce lien n’est pas valable : ouvrez-le de nouveau depuis la carte.")]
    public async Task What_can_be_undone_no_more_is_offered_no_more(int status, string code, string words)
    {
        _hub.On("POST /moderation/decide", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", undo = "jeton" });
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Page.GetByLabel("Votre nom").FillAsync("Claire");
        await Button("Publier : Bob").ClickAsync();
        await Expect(Button("Annuler cette décision")).ToBeVisibleAsync();
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:" + code, detail = "In English.", state = "held" }, status);
        await Button("Annuler cette décision").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(words);
        await Expect(Button("Annuler cette décision")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_fresh_card_that_could_not_be_asked_for_can_be_asked_for_again()
    {
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:decided-otherwise", detail = "In English.", state = "held", waits = true }, 409);
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:busy", detail = "In English." }, 503);
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Button("Recevoir une nouvelle carte").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le service ne répond pas. Rien n’a été décidé : réessayez dans un instant.");
        _hub.On("POST /moderation/decide", new { state = "held" });
        await Button("Recevoir une nouvelle carte").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Une nouvelle carte arrive dans votre canal de modération.");
        await Expect(Button("Recevoir une nouvelle carte")).ToHaveCountAsync(0);
        _hub.On("POST /moderation/decide", new { type = "urn:socialhub:problem:cards-asked", detail = "In English." }, 409);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Button("Recevoir une nouvelle carte").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Trois nouvelles cartes ont déjà été demandées pour ce texte : retrouvez-le dans la liste.");
        await Expect(Button("Recevoir une nouvelle carte")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_a_change_is_shown_what_it_replaces_why_it_waits_and_where_a_reader_may_be_answered()
    {
        _hub.On(List, new { items = new[] { Samples.Proposal } });
        await Page.GotoAsync(_hub.Address + "/moderation");
        var card = Page.Locator("article.card");
        await Expect(card.Locator("blockquote")).ToHaveTextAsync(["La piscine ouvre-t-elle lundi ?", "Le maire a donc menti[1] ?", "Sans adresse", "Répondez-moi"]);
        await Expect(card.GetByText("2 réponses publiées dessous, dont 1 officielle.")).ToBeVisibleAsync();
        await Expect(card.GetByText("Le texte a été modifié après une première décision.")).ToBeVisibleAsync();
        await Expect(card.GetByText("Un mot à lire : « menti »")).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "lise+mairie@exemple.fr" })).ToHaveAttributeAsync("href", "mailto:lise%2Bmairie@exemple.fr");
        await _visitor.NoAccessibilityViolation("a change");
        await _visitor.NoSidewaysScroll("a change");
    }

    [Fact]
    public async Task A_change_that_was_made_public_can_be_undone_in_the_list_and_what_was_shown_of_reports_is_sent_along()
    {
        _hub.On(List, new { items = new[] { Samples.Proposal } });
        _hub.On($"POST {Item}/decision", new { state = "published", decidedBy = "Claire", decidedAt = "2026-11-24T13:02:00Z", round = 1, revision = 1 });
        _hub.On($"POST {Item}/undo", new { state = "held", round = 2, revision = 1 });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Publier : Bob").ClickAsync();
        await Button("Annuler cette décision : Bob").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Bob : Décision annulée : le texte attend de nouveau.");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaire de Bob" })).ToBeFocusedAsync();
        await Expect(Page.GetByText("La piscine ouvre-t-elle lundi ?")).ToHaveCountAsync(0);
        Assert.Equal(2, (int?)_hub.Received.Single(r => r.Path == Item + "/decision").Body!["reports"]);
        Assert.Equal(1, (int?)_hub.Received.Single(r => r.Path == Item + "/undo").Body!["round"]);

        await Page.GotoAsync(_hub.Address + "/moderation");
        _hub.On($"POST {Item}/decision", new { state = "published", decidedBy = "Claire", declared = true, decidedAt = "2026-11-24T13:02:00Z", round = 1, revision = 0 });
        await Button("Refuser : Bob").ClickAsync();
        await Page.GetByLabel("Motif du refus").SelectOptionAsync("insult");
        await Button("Confirmer le refus").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Bob : Refusé par Claire (nom déclaré) à 14:02.");
        await Expect(Button("Annuler cette décision : Bob")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whoever_clicks_twice_asks_once()
    {
        var answered = new TaskCompletionSource();
        _hub.On("POST /moderation/decide/view", new { type = "urn:socialhub:problem:decided-otherwise", detail = "In English.", state = "held", waits = true }, 409);
        _hub.On("POST /moderation/decide", _ => new Late(answered.Task, Results.Json(new { state = "held" })));
        await Page.GotoAsync(_hub.Address + "/moderation/decide#t=jeton");
        await Button("Recevoir une nouvelle carte").DblClickAsync();
        await Expect(Button("Recevoir une nouvelle carte")).ToHaveAttributeAsync("aria-disabled", "true");
        answered.SetResult();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Une nouvelle carte arrive dans votre canal de modération.");
        Assert.Single(_hub.Received, r => r is { Method: "POST", Path: "/moderation/decide" });
    }

    [Theory]
    [InlineData(true, "D’ici, le service n’accepte rien : ouvrez cette page à son adresse publique, https://hub.saint-exemple.fr/moderation, puis recommencez.")]
    [InlineData(false, "Votre clé est la bonne, mais ce navigateur n’a pas gardé la session : autorisez les cookies de ce site, puis recommencez.")]
    public async Task Whoever_signed_in_and_is_unknown_all_the_same_is_told_why(bool isElsewhere, string words)
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", PublicAddress = isElsewhere ? "https://hub.saint-exemple.fr" : _hub.Address } };
        _hub.On(List, new { type = "urn:socialhub:problem:not-signed-in", detail = "In English." }, 401);
        _hub.On("POST /api/v1/session", new { name = "Claire", role = "moderator" });
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToBeEmptyAsync();
        await Page.GetByLabel("Clé du hub").FillAsync("la clé");
        await Button("Entrer").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(words);
        await Expect(Page.GetByLabel("Clé du hub")).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("signed in, yet unknown");
    }

    [Theory]
    [InlineData(401, "not-signed-in", "Votre session est fermée")]
    [InlineData(409, "parent-gone", "ont changé depuis cette carte")]
    [InlineData(422, "text-too-long", "Une réponse a de 1 à 4 000 caractères")]
    [InlineData(422, "idempotency-key-reused", "Une autre réponse est déjà partie d’ici")]
    [InlineData(503, "busy", "elle ne paraîtra qu’une fois")]
    public async Task An_official_answer_that_is_refused_says_why_and_stays_written(int status, string code, string words)
    {
        _hub.On($"POST {Item}/decision", new { state = "published", by = "Claire", at = "2026-11-24T13:02:00Z", round = 1, revision = 1 });
        _hub.On($"POST {Item}/answer", new { type = "urn:socialhub:problem:" + code, detail = "In English." }, status);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Button("Publier : Bob").ClickAsync();
        await Button("Répondre officiellement : Bob").ClickAsync();
        await Page.GetByLabel("Réponse publiée au nom de la collectivité").FillAsync("Bonjour");
        await Button("Publier la réponse").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        await Expect(Page.GetByLabel("Réponse publiée au nom de la collectivité")).ToHaveValueAsync("Bonjour");
    }

    [Theory]
    [InlineData("/moderation/decide#t=x", ColorScheme.Light, 1280)]
    [InlineData("/moderation/decide#t=x", ColorScheme.Dark, 320)]
    [InlineData("/moderation", ColorScheme.Light, 320)]
    [InlineData("/moderation", ColorScheme.Dark, 1280)]
    [InlineData("/", ColorScheme.Light, 320)]
    [InlineData("/", ColorScheme.Dark, 1280)]
    public async Task Anyone_can_use_it(string page, ColorScheme scheme, int width)
    {
        await _visitor.DisposeAsync();
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        await Page.GotoAsync(_hub.Address + page);
        if (page.Length > 1) await Expect(Button("Publier : Bob")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation(page);
        await _visitor.NoSidewaysScroll(page);
        await _visitor.NothingMoves();
        Assert.Empty(_visitor.Refusals);
        Assert.All(_visitor.Requests, url => Assert.StartsWith(_hub.Address, url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/moderation/decide")]
    [InlineData("/moderation")]
    [InlineData("/")]
    public async Task A_page_is_never_stored_indexed_or_framed(string path)
    {
        using var http = new HttpClient { BaseAddress = new(_hub.Address) };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("noindex", answer.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private JsonNode Decision() => _hub.Received.Last(r => r is { Method: "POST", Path: "/moderation/decide" }).Body!;

    /// <summary>An answer that the test lets go.</summary>
    private sealed class Late(Task when, IResult answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await when;
            await answer.ExecuteAsync(httpContext);
        }
    }
}
