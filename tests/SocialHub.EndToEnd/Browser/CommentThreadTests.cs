using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;
using SocialHub.Functions.Http;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>&lt;comment-thread&gt; as a citizen meets it.</summary>
public sealed class CommentThreadTests(Chromium chromium) : IAsyncLifetime
{
    private const string Id = "aaaaaaaaaaaa-000000009x";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private StandInHub _hub = null!;
    private TownPage _town = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    private ILocator Text => Page.GetByLabel("Votre commentaire");

    private ILocator Name => Page.GetByLabel("Nom ou pseudonyme");

    private ILocator Send => Page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" });

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments));
        _hub.On(Samples.Submit, new { id = Id, state = "received", message = "Merci, votre commentaire est reçu.", revision = 1 }, 201);
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("held"));
        _town = await TownPage.Start(_hub);
        _town.Content = "<comment-thread site=\"ville\"></comment-thread>";
        _visitor = await chromium.Visit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _town.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Comments_stand_under_those_they_answer_with_their_count()
    {
        await Open();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (4)" })).ToBeVisibleAsync();
        await Expect(Page.Locator("#sh-aaaaaaaaaaaa-000000001x #sh-aaaaaaaaaaaa-000000002x #sh-aaaaaaaaaaaa-000000003x")).ToContainTextAsync("Amadou");
        await Expect(Page.Locator("#sh-aaaaaaaaaaaa-000000002x").GetByText("Réponse officielle")).ToBeVisibleAsync();
        // The deepest answer can't be answered.
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Répondre : Amadou" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_a_page_is_held_readers_are_told_and_can_still_write()
    {
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, policy: "a-posteriori", notice: "Les nouveaux commentaires attendent jusqu’à lundi."));
        await Open();
        await Expect(Page.GetByText("Les nouveaux commentaires attendent jusqu’à lundi.")).ToBeVisibleAsync();
        await Expect(Send).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("held");
    }

    [Fact]
    public async Task A_visit_stores_nothing_asks_no_third_host_and_breaks_no_policy()
    {
        await Open();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Signaler : Amadou" }).ClickAsync();
        Assert.Equal("", await _visitor.Stored());
        Assert.All(_visitor.Requests, url => Assert.True(url.StartsWith(_hub.Address, StringComparison.Ordinal) || url.StartsWith(_town.Address, StringComparison.Ordinal), url));
        Assert.Empty(_visitor.Refusals);
        Assert.Empty(_visitor.Errors);
    }

    [Theory]
    [InlineData("<link rel=\"stylesheet\" href=\"/wp-content/plugins/widgets/style.css\"><link rel=\"stylesheet\" href=\"/widgets/v1.css\">", 1)]
    [InlineData("<link rel=\"preload\" as=\"style\" href=\"HUB/widgets/v1.css\">", 1)]
    [InlineData("<link rel=\"stylesheet\" href=\"HUB/widgets/v1.css\">", 1)]
    public async Task It_wears_its_style_whatever_else_the_page_has_from_a_folder_of_widgets(string head, int links)
    {
        _town.Head = head.Replace("HUB", _hub.Address, StringComparison.Ordinal);
        await Open();
        await Expect(Page.Locator("comment-thread .sh-list").First).ToHaveCSSAsync("list-style-type", "none");
        await Expect(Page.Locator($"link[rel=stylesheet][href^='{_hub.Address}/widgets/']")).ToHaveCountAsync(links);
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_is_dropped_once_sent()
    {
        await Open();
        await Text.FillAsync("Un avis à moitié écrit");
        Assert.Contains("Un avis à moitié écrit", await _visitor.Stored(), StringComparison.Ordinal);
        await Page.ReloadAsync();
        await Expect(Text).ToHaveValueAsync("Un avis à moitié écrit");
        await Name.FillAsync("Bob");
        await Send.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();
        await Expect(Text).ToBeEmptyAsync();
        Assert.Equal("", await _visitor.Stored());
    }

    [Fact]
    public async Task A_sent_comment_shows_its_state_in_words_until_it_is_published()
    {
        await Open();
        await Write("Merci à tous");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync("il n’est visible que par vous");
        await Expect(own).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("sent");
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("published"));
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est publié.");
        await Expect(own).Not.ToContainTextAsync("visible que par vous");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (5)" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_author_is_given_the_code_what_it_is_for_and_the_ways_to_use_it()
    {
        // Else what became of it is told in place of the receipt.
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("received"));
        await Open();
        await Write("Merci à tous");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Merci, votre commentaire est reçu.");
        var key = (string?)Assert.Single(_hub.Received, r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Body!["authorKey"];
        await Expect(own.Locator("code")).ToHaveTextAsync(key!);
        await Expect(own.Locator("code")).ToBeVisibleAsync();
        await Expect(own.GetByText("modifier ou retirer votre commentaire, et de contester un refus")).ToBeVisibleAsync();
        await Expect(own.GetByRole(AriaRole.Link, new() { Name = "Retrouver mes commentaires avec mon code" })).ToHaveAttributeAsync("href", _hub.Address + "/api/v1/sites/ville/author.html");
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Retirer : Bob" })).ToBeVisibleAsync();
        await own.GetByRole(AriaRole.Button, new() { Name = "Copier" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Code copié.");
        await _visitor.NoAccessibilityViolation("code");
        Assert.Equal("", await _visitor.Stored());
    }

    [Fact]
    public async Task The_charter_what_becomes_of_the_data_and_the_way_back_stand_beside_the_form()
    {
        await Open();
        foreach (var (name, address) in new[] { ("Règles des commentaires", "charter.html"), ("Vos données personnelles", "charter.html#sh-data"), ("Retrouver mes commentaires avec mon code", "sites/ville/author.html") })
            await Expect(Page.GetByRole(AriaRole.Link, new() { Name = name })).ToHaveAttributeAsync("href", $"{_hub.Address}/api/v1/{address}");
    }

    [Fact]
    public async Task A_refused_comment_tells_why_and_is_objected_to()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("rejected", refusal: "Insulte ou attaque personnelle"));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/objections", new { id = Id, state = "held", message = "Votre contestation est enregistrée." }, 201);
        await Open();
        await Write("Bande de nuls");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync("Votre commentaire a été refusé. Vous pouvez contester ce refus. Motif : Insulte ou attaque personnelle.");
        await own.GetByRole(AriaRole.Button, new() { Name = "Contester : Bob" }).ClickAsync();
        await Expect(own.GetByLabel("Pourquoi ce refus vous semble-t-il injustifié ?")).ToBeFocusedAsync();
        await own.GetByLabel("Pourquoi ce refus").FillAsync("Je parlais de mon équipe.");
        await _visitor.NoAccessibilityViolation("objection");
        await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre contestation est enregistrée.");
        Assert.Contains(_hub.Received, r => r.Path.EndsWith("/objections", StringComparison.Ordinal) && (string?)r.Body!["reason"] == "Je parlais de mon équipe." && r.Body["authorKey"] is not null);
    }

    [Fact]
    public async Task A_refused_comment_cites_the_article_by_a_link_and_says_how_to_object()
    {
        var statement = new StatementOfReasons(DateTimeOffset.UnixEpoch.AddYears(56), StatementOfReasons.NotPublished, "insult", new("2", 3), [], ByRules: false, OnNotice: false);
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", new { id = Id, state = "rejected", mayObject = true, message = CommentWords.Of(CommentState.Rejected).French, refusal = "Insulte ou attaque personnelle", reasons = new[] { new { reason = "Une insulte." } }, name = "Bob", text = "Bande de nuls", html = "<p>Bande de nuls</p>", revision = 0, statement = new { html = StatementPiece.Html(statement, new() { Authority = new() { PublicAddress = _hub.Address, TimeZone = "Europe/Paris" } }, "fr") } });
        await Open();
        await Write("Bande de nuls");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync("Votre commentaire a été refusé. Vous pouvez contester ce refus. Motif : Insulte ou attaque personnelle. Une insulte.");
        await Expect(own).ToContainTextAsync("Décision prise par une personne, sans moyen automatisé. Vous pouvez contester ce refus, avec votre code, jusqu’au 4 juillet 2026");
        await Expect(own.GetByRole(AriaRole.Link, new() { Name = "Article 2 de la charte (version 3)" })).ToHaveAttributeAsync("href", _hub.Address + "/api/v1/charter.html?version=3#article-2");
        await _visitor.NoAccessibilityViolation("refused with its article");
    }

    [Fact]
    public async Task A_comment_that_nobody_decided_about_in_time_does_not_vanish_without_a_word()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", _ => Results.Json(new { type = "urn:socialhub:problem:comment-expired", detail = "Erased.", notice = ProblemWords.All["comment-expired"].French }, statusCode: 410));
        await Open();
        await Write("Quand rouvre la piscine ?");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(ProblemWords.All["comment-expired"].French);
        await Expect(Page.Locator($"#sh-{Id}")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_refusal_of_a_change_is_objected_to_beside_the_public_text_which_may_be_edited_all_the_same()
    {
        const string Refused = "Votre commentaire est publié. Votre modification a été refusée.";
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", new { id = Id, state = "published", mayObject = true, message = Refused, name = "Bob", text = "Bande de nuls", html = "<p>Merci à tous</p>", revision = 0, published = "2026-11-24T10:00:00Z", reasons = Array.Empty<object>(), proposal = new { state = "rejected", text = "Bande de nuls", revision = 1 } });
        // As the hub says it of a comment that is public while its change waits.
        var waits = CommentRow.New("ville", CommentId.New("aaaaaaaaaaaa", DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        (waits.State, waits.ProposalState, waits.ProposalObjection) = (CommentState.Published, ProposalState.Held, ChangeObjection.Waits);
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/objections", new { id = Id, state = CommentWords.Word(waits.State), message = CommentWords.ObjectedTo(waits).French }, 201);
        await Open();
        await Write("Merci à tous");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync(Refused);
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        await own.GetByRole(AriaRole.Button, new() { Name = "Contester : Bob" }).ClickAsync();
        await own.GetByLabel("Pourquoi ce refus").FillAsync("Je parlais de mon équipe.");
        await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est publié. Votre contestation est enregistrée ; une personne va relire votre modification et, d’ici là, l’ancien texte reste en ligne.");
        Assert.Contains(_hub.Received, r => r.Path.EndsWith("/objections", StringComparison.Ordinal) && (string?)r.Body!["reason"] == "Je parlais de mon équipe.");
    }

    [Fact]
    public async Task What_cannot_be_objected_to_any_more_has_no_button_for_it()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("rejected", refusal: "Insulte ou attaque personnelle", mayObject: false));
        await Open();
        await Write("Bande de nuls");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync("Motif : Insulte ou attaque personnelle.");
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Contester" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Whose_words_hold_a_comment_is_shown_them_and_puts_it_in_others_by_keyboard(string language)
    {
        var words = WidgetWords.In(language);
        _town.Language = language;
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, language: language));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", Asked());
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/edit", View("received", "Trop cher"));
        await Open();
        await Page.GetByLabel(words["text"]).FillAsync("Quel connard");
        await Page.GetByLabel(words["name"]).FillAsync("Bob");
        await Page.GetByRole(AriaRole.Button, new() { Name = words["send"] }).ClickAsync();
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own.Locator("mark")).ToHaveTextAsync("connard");
        await Expect(own.Locator("sup")).ToHaveTextAsync("[1]");
        await Expect(own.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Une insulte." })).ToHaveCountAsync(1);
        // Told by voice, and the focus stays with what it is about.
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Vous pouvez le reformuler une fois.");
        await Expect(own).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("asked for other words");
        await _visitor.NoSidewaysScroll("asked for other words");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = $"{words["reword"]} : Bob" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(own.GetByLabel(words["text"])).ToBeFocusedAsync();
        await Expect(own.GetByLabel(words["text"])).ToHaveValueAsync("Quel connard");
        await _visitor.NoAccessibilityViolation("other words");
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("Trop cher");
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("published", "Trop cher"));
        await own.Locator("form").GetByRole(AriaRole.Button, new() { Name = words["send"] }).ClickAsync();
        await Expect(own.Locator(".sh-text")).ToHaveTextAsync("Trop cher");
        await Expect(own.Locator("mark")).ToHaveCountAsync(0);
        Assert.Equal("Trop cher", (string?)Assert.Single(_hub.Received, r => r.Path.EndsWith("/edit", StringComparison.Ordinal)).Body!["text"]);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task Whose_words_hold_a_comment_sends_it_as_it_is()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", Asked());
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/keep", View("held", "Quel connard"));
        await Open();
        await Write("Quel connard");
        var own = Page.Locator($"#sh-{Id}");
        var keep = own.GetByRole(AriaRole.Button, new() { Name = "Envoyer tel quel : Bob" });
        await keep.FocusAsync();
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("held", "Quel connard"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Une personne va le lire");
        await Expect(keep).ToHaveCountAsync(0);
        await Expect(own).ToBeFocusedAsync();
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        Assert.Matches("^[A-Za-z0-9_-]{22}$", (string?)Assert.Single(_hub.Received, r => r.Path.EndsWith("/keep", StringComparison.Ordinal)).Body!["authorKey"]);
    }

    [Fact]
    public async Task A_comment_is_written_sent_and_withdrawn_by_keyboard_alone()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/withdraw", _ => Results.NoContent());
        await Open();
        await Text.FocusAsync();
        await Page.Keyboard.TypeAsync("Merci à tous");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("Bob");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator($"#sh-{Id}")).ToBeFocusedAsync();
        await Expect(Page.Locator($"#sh-{Id}").GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Tab");
        _visitor.Confirms = true;
        await Page.Keyboard.PressAsync("Space");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est retiré.");
    }

    [Fact]
    public async Task What_is_sent_is_the_page_the_words_a_key_of_128_bits_and_when_the_form_was_shown()
    {
        await Open();
        await Write("Merci à tous");
        await Expect(Page.Locator($"#sh-{Id}")).ToBeVisibleAsync();
        var body = Assert.Single(_hub.Received, r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Body!;
        Assert.Equal(_town.Address + "/piscine", (string?)body["page"]);
        Assert.Equal("Merci à tous", (string?)body["text"]);
        Assert.Equal("Bob", (string?)body["name"]);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", (string?)body["authorKey"]);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", (string?)body["idempotencyKey"]);
        Assert.True(DateTimeOffset.TryParse((string?)body["started"], out _));
        Assert.False(body.AsObject().ContainsKey("website"));
    }

    [Fact]
    public async Task Errors_stand_beside_their_fields_and_the_first_one_has_the_focus()
    {
        await Open();
        await Page.GetByLabel("Adresse électronique").FillAsync("pas une adresse");
        await Send.ClickAsync();
        await Expect(Text).ToBeFocusedAsync();
        await Expect(Text).ToHaveAccessibleDescriptionAsync("Ce champ est obligatoire.");
        await Expect(Name).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Page.GetByLabel("Adresse électronique")).ToHaveAccessibleDescriptionAsync(ProblemWords.All["email-invalid"].French);
        Assert.DoesNotContain(_hub.Received, r => r.Method == "POST");
        await _visitor.NoAccessibilityViolation("error");
    }

    [Fact]
    public async Task A_failure_keeps_the_text_and_the_repeat_is_the_same_comment()
    {
        await Open();
        _hub.On(Samples.Submit, new { type = "urn:socialhub:problem:too-many-comments", detail = "Too many comments.", notice = "Trop de messages. Vous pourrez réessayer dans une minute.", retryAfter = 42 }, 429);
        await Write("Merci à tous");
        await Expect(Page.Locator("form [role=alert]")).ToHaveTextAsync("Trop de messages. Vous pourrez réessayer dans une minute.");
        await Expect(Text).ToHaveValueAsync("Merci à tous");
        await _visitor.NoAccessibilityViolation("failure");
        _hub.Down = true;
        await Send.ClickAsync();
        await Expect(Page.Locator("form [role=alert]")).ToContainTextAsync("votre texte est gardé");
        await Expect(Text).ToHaveValueAsync("Merci à tous");
        _hub.Down = false;
        _hub.On(Samples.Submit, new { id = Id, state = "received", message = "Merci.", revision = 1 }, 201);
        await Send.ClickAsync();
        await Expect(Page.Locator($"#sh-{Id}")).ToBeVisibleAsync();
        Assert.Single(_hub.Received.Where(r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Select(r => (string?)r.Body!["idempotencyKey"]).Distinct());
    }

    [Fact]
    public async Task A_refusal_of_one_field_is_shown_at_that_field()
    {
        await Open();
        _hub.On(Samples.Submit, new { type = "urn:socialhub:problem:name-not-allowed", detail = "This is the authority's name.", notice = "Ce nom est celui de la collectivité." }, 422);
        await Write("Merci à tous");
        await Expect(Name).ToBeFocusedAsync();
        await Expect(Name).ToHaveAccessibleDescriptionAsync("Ce nom est celui de la collectivité.");
    }

    [Fact]
    public async Task A_reply_goes_to_the_comment_it_answers()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("held", "Avec plaisir"));
        await Open();
        var reply = Page.GetByRole(AriaRole.Button, new() { Name = "Répondre : Ville de Saint-Exemple" });
        await reply.ClickAsync();
        var form = Page.Locator("#sh-aaaaaaaaaaaa-000000002x form");
        await Expect(form.GetByLabel("Votre commentaire")).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("reply");
        await form.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(reply).ToBeFocusedAsync();
        await reply.ClickAsync();
        await form.GetByLabel("Votre commentaire").FillAsync("Avec plaisir");
        await form.GetByLabel("Nom ou pseudonyme").FillAsync("Bob");
        await form.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(Page.Locator($"#sh-aaaaaaaaaaaa-000000002x #sh-{Id}")).ToContainTextAsync("Avec plaisir");
        Assert.Equal("aaaaaaaaaaaa-000000002x", (string?)_hub.Received.Last(r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Body!["parent"]);
    }

    [Fact]
    public async Task A_report_says_why_and_is_acknowledged()
    {
        const string reported = "/api/v1/sites/ville/comments/aaaaaaaaaaaa-000000003x/reports";
        _hub.On("POST " + reported, new { id = "r", state = "received", message = "Merci. Votre signalement est enregistré." }, 201);
        await Open();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Signaler : Amadou" }).ClickAsync();
        await Page.GetByLabel("Que reprochez-vous à ce commentaire ?").FillAsync("Il donne une adresse privée.");
        await _visitor.NoAccessibilityViolation("report");
        await Page.Locator("#sh-aaaaaaaaaaaa-000000003x form").GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Merci. Votre signalement est enregistré.");
        Assert.Contains(_hub.Received, r => r.Path == reported && (string?)r.Body!["reason"] == "Il donne une adresse privée.");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task A_notice_of_something_against_the_law_says_who_reports_in_good_faith_and_its_receipt_is_shown(string language)
    {
        const string reported = "/api/v1/sites/ville/comments/aaaaaaaaaaaa-000000003x/reports";
        var words = WidgetWords.In(language);
        _town.Language = language;
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, language: language));
        _hub.On("POST " + reported, new { type = "urn:socialhub:problem:good-faith-required", detail = "In English.", notice = "Confirmez votre bonne foi." }, 422);
        await Open();
        await Page.GetByRole(AriaRole.Button, new() { Name = $"{words["report"]} : Amadou" }).ClickAsync();
        var form = Page.Locator("#sh-aaaaaaaaaaaa-000000003x form");
        await Expect(form.GetByLabel(words["why"])).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Il appelle à la haine.");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(form.GetByLabel(words["illegal"])).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Space");
        await form.GetByLabel(words["who"]).FillAsync("Lise Martin");
        await form.GetByLabel(words["email"]).FillAsync("lise@exemple.fr");
        await _visitor.NoAccessibilityViolation("notice");
        await _visitor.NoSidewaysScroll("notice");
        var send = form.GetByRole(AriaRole.Button, new() { Name = words["send"] });
        await send.ClickAsync();
        // What the law wants stands at its field, and nothing written is lost.
        await Expect(form.GetByLabel(words["faith"])).ToBeFocusedAsync();
        await Expect(form.GetByLabel(words["faith"])).ToHaveAccessibleDescriptionAsync("Confirmez votre bonne foi.");
        await Expect(form.GetByLabel(words["why"])).ToHaveValueAsync("Il appelle à la haine.");
        await _visitor.NoAccessibilityViolation("notice refused");
        await form.GetByLabel(words["faith"]).CheckAsync();
        _hub.On("POST " + reported, new { id = "r", state = "received", message = "Reçu : signalement du 24 novembre 2026 à 10:00, http://x/#sh-3x", url = "http://x/#sh-3x" }, 201);
        await send.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Reçu : signalement du 24 novembre 2026 à 10:00, http://x/#sh-3x");
        var body = _hub.Received.Last(r => r.Path == reported).Body!;
        Assert.Equal(("illegal", "Il appelle à la haine.", "Lise Martin", "lise@exemple.fr", true), ((string?)body["kind"], (string?)body["reason"], (string?)body["name"], (string?)body["email"], (bool?)body["goodFaith"]));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Where_the_first_comment_is_read_its_author_is_told_before_and_after(string language)
    {
        _town.Language = language;
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, policy: "first-then-trusted", language: language, words: CommentPolicy.FirstThenTrusted));
        await Open();
        await Expect(Page.GetByText(WidgetWords.First(CommentPolicy.FirstThenTrusted).In(language))).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("first comment");
    }

    [Fact]
    public async Task Whose_code_is_trusted_gives_it_with_the_next_comment()
    {
        const string code = "AAAAAAAAAAAAAAAAAAAAAA";
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, policy: "first-then-trusted", words: CommentPolicy.FirstThenTrusted));
        _hub.On(Samples.Submit, new { type = "urn:socialhub:problem:author-key-invalid", detail = "In English.", notice = "Ce code n’est pas complet." }, 400);
        await Open();
        var field = Page.GetByLabel(WidgetWords.All["mine"].French);
        await field.FillAsync("AAA");
        await Write("Merci à tous");
        await Expect(Page.Locator("form .sh-error[role=alert]")).ToHaveTextAsync("Ce code n’est pas complet.");
        await field.FillAsync(code);
        _hub.On(Samples.Submit, new { id = Id, state = "published", message = "Votre commentaire est publié.", revision = 0 }, 201);
        await Send.ClickAsync();
        await Expect(Page.Locator($"#sh-{Id} code")).ToHaveTextAsync(code);
        Assert.Equal(["AAA", code], _hub.Received.Where(r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Select(r => (string?)r.Body!["authorKey"]));
    }

    [Theory]
    [InlineData("notice-name-required", "who")]
    [InlineData("name-invalid", "who")]
    [InlineData("notice-email-required", "email")]
    public async Task What_a_notice_lacks_is_told_at_its_field(string problem, string field)
    {
        _hub.On("POST /api/v1/sites/ville/comments/aaaaaaaaaaaa-000000003x/reports", new { type = "urn:socialhub:problem:" + problem, detail = "In English.", notice = "Indiquez-le." }, 422);
        await Open();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Signaler : Amadou" }).ClickAsync();
        var form = Page.Locator("#sh-aaaaaaaaaaaa-000000003x form");
        await form.GetByLabel(WidgetWords.All["why"].French).FillAsync("Diffamation");
        await Expect(form.GetByLabel(WidgetWords.All["who"].French)).ToHaveAttributeAsync("autocomplete", "name");
        await form.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(form.GetByLabel(WidgetWords.All[field].French)).ToBeFocusedAsync();
        await Expect(form.GetByLabel(WidgetWords.All[field].French)).ToHaveAccessibleDescriptionAsync("Indiquez-le.");
    }

    [Fact]
    public async Task Why_comments_are_frozen_is_told_where_the_form_would_be()
    {
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, open: false, notice: "Les commentaires sont suspendus jusqu’au 22 mars 2026 à 19:00. Campagne des élections municipales."));
        await Open();
        await Expect(Page.GetByText("Campagne des élections municipales.")).ToBeVisibleAsync();
        await Expect(Send).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Signaler : Amadou" })).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("frozen");
    }

    [Fact]
    public async Task The_author_edits_and_withdraws_and_is_known_again_only_after_asking()
    {
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/edit", new { id = Id, state = "received", message = "Votre modification est reçue.", revision = 2 });
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/withdraw", _ => Results.NoContent());
        await Open();
        await Page.GetByLabel("Garder mon code sur cet appareil").CheckAsync();
        await Write("Merci à tous");
        await Expect(Page.Locator($"#sh-{Id}")).ToContainTextAsync("Une personne va le lire");
        await Page.ReloadAsync();
        var own = Page.Locator($"#sh-{Id}");
        await own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" }).ClickAsync();
        await Expect(own.GetByLabel("Votre commentaire")).ToHaveValueAsync("Merci à tous");
        await own.GetByLabel("Votre commentaire").FillAsync("Merci à toutes et tous");
        await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(own.GetByLabel("Votre commentaire")).ToHaveCountAsync(0);
        var edit = Assert.Single(_hub.Received, r => r.Path.EndsWith("/edit", StringComparison.Ordinal)).Body!;
        Assert.Equal(1, (int?)edit["revision"]);
        Assert.Equal("Merci à toutes et tous", (string?)edit["text"]);
        _visitor.Confirms = true;
        await own.GetByRole(AriaRole.Button, new() { Name = "Retirer : Bob" }).ClickAsync();
        await Expect(own).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est retiré.");
        Assert.Equal("", await _visitor.Stored());
    }

    [Fact]
    public async Task Whose_text_changed_elsewhere_meanwhile_is_shown_it_keeps_what_was_written_and_sends_that_in_its_place()
    {
        await Remember();
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("held"));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/edit", body => (int?)body!["revision"] == 1
            ? Results.Json(new { type = "urn:socialhub:problem:text-changed", detail = "In English.", notice = "Votre texte a changé entre-temps : relisez-le par « Actualiser », puis refaites votre modification." }, statusCode: 412, contentType: "application/problem+json")
            : Results.Json(new { id = Id, state = "received", message = "Votre modification est reçue.", revision = 3 }));
        await Open();
        var own = Page.Locator($"#sh-{Id}");
        await own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" }).ClickAsync();
        await own.GetByLabel("Votre commentaire").FillAsync("Merci à toutes et tous");
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", new { id = Id, state = "held", message = CommentWords.Of(CommentState.Held).French, name = "Bob", text = "Merci d’hier soir", html = "<p>Merci d’hier soir</p>", revision = 2 });
        await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(own.Locator(".sh-error").Filter(new() { HasText = "gardé ici" })).ToHaveTextAsync($"{WidgetWords.All["moved"].French}Merci d’hier soir");
        await Expect(own.GetByText("Actualiser")).ToHaveCountAsync(0);
        await Expect(own.GetByLabel("Votre commentaire")).ToHaveValueAsync("Merci à toutes et tous");
        await Expect(own.GetByLabel("Votre commentaire")).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("changed elsewhere");
        await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(own.GetByLabel("Votre commentaire")).ToHaveCountAsync(0);
        Assert.Equal([1, 2], _hub.Received.Where(r => r.Path.EndsWith("/edit", StringComparison.Ordinal)).Select(r => (int)r.Body!["revision"]!));
    }

    [Fact]
    public async Task An_own_comment_that_is_public_already_is_neither_counted_nor_announced_again()
    {
        await Remember();
        _hub.On(Samples.Thread, Samples.ThreadOf([.. Samples.Comments, Samples.Comment(Id, "Bob", "<p>Merci à tous</p>")]));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("published"));
        await Open();
        // What only its author may do is there once the hub was asked how it fares.
        await Expect(Page.Locator($"#sh-{Id}").GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (5)" })).ToBeVisibleAsync();
        await Expect(Page.Locator("[role=status]")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_change_that_waits_is_asked_about_until_it_is_refused_and_then_its_author_is_told_why_and_has_the_text_back()
    {
        const string refused = "Votre commentaire est publié. Votre modification a été refusée le 24 novembre 2026 à 14:02 ; l’ancien texte reste en ligne. Motif : Données personnelles.";
        var own = await OpenBesideAChangeThatWaits();
        await Expect(Page.Locator("[role=status]")).ToBeEmptyAsync();
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", Changed("rejected", refused, 1));
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(refused);
        await Expect(own).ToContainTextAsync(refused);
        await Expect(own.Locator(".sh-text")).ToHaveTextAsync("Merci à tous");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (5)" })).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("change refused");
        await own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" }).ClickAsync();
        await Expect(own.GetByLabel("Votre commentaire")).ToHaveValueAsync("Appelez Jean au 06 12 34 56 78");
        // Decided: the hub is asked no more.
        var asked = _hub.Received.Count;
        await Page.WaitForTimeoutAsync(4_000);
        Assert.Equal(asked, _hub.Received.Count);
    }

    [Fact]
    public async Task A_change_that_is_accepted_takes_the_place_of_the_text_on_the_page_where_it_was_proposed()
    {
        var own = await OpenBesideAChangeThatWaits();
        // The proposed text keeps the number that it had.
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", new { id = Id, state = "published", message = CommentWords.Of(CommentState.Published).French, name = "Bob", text = "Merci à toutes", html = "<p>Merci à toutes</p>", revision = 2, published = "2026-11-24T10:00:00Z" });
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est publié.");
        await Expect(own.Locator(".sh-text")).ToHaveTextAsync("Merci à toutes");
        await Expect(own).Not.ToContainTextAsync("Une personne va lire");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (5)" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_public_comment_that_is_withdrawn_is_counted_no_more_its_answers_stay_and_the_focus_is_not_lost()
    {
        await Remember();
        _visitor.Confirms = true;
        _hub.On(Samples.Thread, Samples.ThreadOf([Samples.Comment(Id, "Bob", "<p>Merci à tous</p>"), Samples.Comment("aaaaaaaaaaaa-000000005x", "Lucie", "<p>Bien d’accord.</p>", Id, 1)]));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("published"));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/withdraw", _ => Results.NoContent());
        await Open();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Retirer : Bob" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Commentaires (1)" })).ToBeFocusedAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est retiré.");
        await Expect(Page.Locator($"#sh-{Id}")).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Bien d’accord.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("withdrawn");
    }

    [Fact]
    public async Task The_last_comment_that_is_withdrawn_leaves_the_thread_as_empty_as_it_is_told_to_be()
    {
        await Remember();
        _visitor.Confirms = true;
        _hub.On(Samples.Thread, Samples.ThreadOf([Samples.Comment(Id, "Bob", "<p>Merci à tous</p>")]));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", View("published"));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/withdraw", _ => Results.NoContent());
        await Open();
        await Expect(Page.GetByText("Aucun commentaire pour le moment.")).ToBeHiddenAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Retirer : Bob" }).ClickAsync();
        await Expect(Page.GetByText("Aucun commentaire pour le moment.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_code_that_was_erased_writes_no_more_and_the_comment_is_sent_with_a_new_one()
    {
        var first = true;
        _hub.On(Samples.Submit, _ =>
        {
            var erased = first;
            first = false;
            return erased
                ? Results.Json(new { type = "urn:socialhub:problem:author-erased", detail = "Erased.", notice = ProblemWords.All["author-erased"].French }, statusCode: 409)
                : Results.Json(new { id = Id, state = "received", message = "Merci.", revision = 1 }, statusCode: 201);
        });
        await Open();
        await Write("Merci à tous");
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToBeVisibleAsync();
        var sent = _hub.Received.Where(r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Select(r => (Key: (string)r.Body!["authorKey"]!, Once: (string)r.Body["idempotencyKey"]!)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.NotEqual(sent[0].Key, sent[1].Key);
        Assert.NotEqual(sent[0].Once, sent[1].Once);
        await Expect(own.Locator("code")).ToHaveTextAsync(sent[1].Key);
    }

    [Fact]
    public async Task A_code_whose_comment_is_erased_is_forgotten()
    {
        await Remember();
        var erased = $"POST /api/v1/sites/ville/comments/{Id}/view";
        _hub.On(erased, new { type = "urn:socialhub:problem:comment-erased", detail = "Erased." }, 410);
        await Open();
        await Expect(Page.GetByText("Jeanne Morvan")).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync("localStorage.length == 0");
        _hub.On(erased, View("held"));
        await Write("Merci à tous");
        await Expect(Page.Locator($"#sh-{Id}")).ToBeVisibleAsync();
        Assert.NotEqual(Key, (string?)_hub.Received.Single(r => r is { Method: "POST", Path: "/api/v1/sites/ville/comments" }).Body!["authorKey"]);
    }

    [Fact]
    public async Task However_often_it_is_changed_a_comment_is_asked_about_by_one_clock()
    {
        const string view = $"/api/v1/sites/ville/comments/{Id}/view";
        await Remember();
        await Page.Clock.InstallAsync(new() { TimeDate = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc) });
        await Page.Clock.PauseAtAsync(new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/edit", new { id = Id, state = "received", message = "Votre modification est reçue.", revision = 2 });
        await Open();
        var own = Page.Locator($"#sh-{Id}");
        for (var time = 0; time < 3; time++)
        {
            await own.GetByRole(AriaRole.Button, new() { Name = "Modifier : Bob" }).ClickAsync();
            await own.GetByLabel("Votre commentaire").FillAsync($"Merci {time}");
            var asked = Page.WaitForResponseAsync(answer => answer.Url.Contains(view, StringComparison.Ordinal));
            await own.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
            await asked;
            await Expect(own.GetByLabel("Votre commentaire")).ToHaveCountAsync(0);
        }

        int Asked() => _hub.Received.Count(r => r.Path == view);
        var before = Asked();
        Assert.Equal(4, before);
        // Long enough for one more question, too short for two.
        await Page.Clock.RunForAsync(2_200);
        await Page.WaitForTimeoutAsync(1_000);
        Assert.Equal(before + 1, Asked());
    }

    [Theory]
    [InlineData("fr_FR")]
    [InlineData("français de France")]
    public async Task A_page_that_writes_its_language_otherwise_than_the_standard_is_read_all_the_same(string language)
    {
        _town.Language = language;
        await Open();
        await Expect(Page.GetByText("20 novembre 2026").First).ToBeVisibleAsync();
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_long_thread_is_paged_and_the_focus_goes_to_what_came()
    {
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments, next: "suite"));
        await Open();
        await Expect(Page.Locator("#sh-aaaaaaaaaaaa-000000004x")).ToBeVisibleAsync();
        _hub.On(Samples.Thread, Samples.ThreadOf([Samples.Comment("aaaaaaaaaaaa-000000005x", "Lucie", "<p>La suite.</p>")]));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Afficher la suite" }).ClickAsync();
        await Expect(Page.Locator("#sh-aaaaaaaaaaaa-000000005x")).ToBeFocusedAsync();
        await Expect(Page.GetByText("Afficher la suite")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_the_hub_the_page_is_whole_and_a_quiet_message_offers_to_try_again()
    {
        _hub.Down = true;
        _town.Content = $"<p>Un article.</p><comment-thread site=\"ville\">{Form()}</comment-thread>";
        await Open();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Contenu indisponible pour le moment.");
        await Expect(Page.Locator("form")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("hub down");
        _hub.Down = false;
        await Page.GetByRole(AriaRole.Button, new() { Name = "Réessayer" }).ClickAsync();
        await Expect(Page.GetByText("Jeanne Morvan")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_the_form_is_sent_all_the_same()
    {
        await _visitor.DisposeAsync();
        _visitor = await chromium.Visit(new() { JavaScriptEnabled = false });
        _hub.On(Samples.Submit, _ => Results.Content("<!doctype html><title>Reçu</title><p>Votre commentaire est reçu.", "text/html; charset=utf-8"));
        _town.Content = $"<comment-thread site=\"ville\">{Form()}</comment-thread>";
        await Open();
        await Page.Locator("textarea").FillAsync("Sans script");
        await Page.Locator("input[name=name]").FillAsync("Bob");
        await Page.Locator("button").ClickAsync();
        await Expect(Page.GetByText("Votre commentaire est reçu.")).ToBeVisibleAsync();
        Assert.Equal("Sans script", (string?)_hub.Received.Last(r => r.Method == "POST").Body!["text"]);
    }

    [Fact]
    public async Task What_was_typed_before_the_script_came_is_kept()
    {
        _town.Content = $"<comment-thread site=\"ville\">{Form("Déjà écrit")}</comment-thread>";
        await Open();
        await Expect(Page.GetByText("Jeanne Morvan")).ToBeVisibleAsync();
        await Expect(Text).ToHaveValueAsync("Déjà écrit");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 100)]
    [InlineData(ColorScheme.Dark, 1280, 100)]
    [InlineData(ColorScheme.Light, 320, 100)]
    [InlineData(ColorScheme.Light, 640, 200)]
    [InlineData(ColorScheme.Dark, 320, 200)]
    public async Task Anyone_can_read_it(ColorScheme scheme, int width, int text)
    {
        await _visitor.DisposeAsync();
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        _town.TextSize = text;
        await Open();
        await Expect(Page.GetByText("Jeanne Morvan")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Répondre : Ville de Saint-Exemple" }).ClickAsync();
        await Send.First.ClickAsync();
        await _visitor.NoAccessibilityViolation("thread");
        await _visitor.NoSidewaysScroll("thread");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Write("Merci à tous");
        await Expect(Page.Locator($"#sh-{Id}").GetByText("Une personne va le lire")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("code");
        await _visitor.NoSidewaysScroll("code");
        await _visitor.NothingMoves();
    }

    [Fact]
    public async Task An_empty_thread_and_a_closed_one_say_so()
    {
        _hub.On(Samples.Thread, Samples.ThreadOf([]));
        await Open();
        await Expect(Page.GetByText("Aucun commentaire pour le moment.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("empty");
        _hub.On(Samples.Thread, Samples.ThreadOf([], open: false));
        await Open();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Les commentaires sont fermés." })).ToBeVisibleAsync();
        await Expect(Page.Locator("form")).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("closed");
    }

    [Fact]
    public async Task An_English_page_reads_English()
    {
        _town.Language = "en-GB";
        // It asks for the words of its page's language.
        _hub.On($"{Samples.Thread}?lang=en-GB&page={Uri.EscapeDataString(_town.Address + "/piscine")}", Samples.ThreadOf(Samples.Comments, language: "en"));
        await Open();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Comments (4)" })).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Your comment")).ToBeVisibleAsync();
        await Expect(Page.GetByText("20 November 2026").First).ToBeVisibleAsync();
    }

    private static object View(string state, string text = "Merci à tous", string? refusal = null, bool mayObject = true) => new { id = Id, state, mayObject = state == "rejected" && mayObject, message = CommentWords.Of(Enum.Parse<CommentState>(state, ignoreCase: true)).French, refusal, name = "Bob", text, html = $"<p>{text}</p>", revision = 1, published = state == "published" ? "2026-11-24T10:00:00Z" : null };

    // Held for its words alone.
    private static object Asked() => new
    {
        id = Id,
        state = "held",
        message = "Vous pouvez le reformuler une fois.",
        name = "Bob",
        text = "Quel connard",
        html = "<p>Quel connard</p>",
        revision = 0,
        reasons = new[] { new { @class = "insult", reason = "Une insulte.", start = 5, length = 7 } },
        mayReword = new { until = "2026-11-24T10:10:00Z", html = "<blockquote>Quel <mark>connard</mark><sup>[1]</sup></blockquote><ol><li>Une insulte.</li></ol><p>La critique est permise.</p>" },
    };

    // What was proposed in place of a public text, as its author sees it.
    private static object Changed(string state, string message, int revision) => new
    {
        id = Id,
        state = "published",
        message,
        name = "Bob",
        text = "Appelez Jean au 06 12 34 56 78",
        html = "<p>Merci à tous</p>",
        revision,
        published = "2026-11-24T10:00:00Z",
        proposal = new { state, text = "Appelez Jean au 06 12 34 56 78", revision = 2, refusal = state == "rejected" ? "Données personnelles" : null },
    };

    private string Form(string text = "") => $"""
        <form method="post" action="{_hub.Address}/api/v1/sites/ville/comments"><input type="hidden" name="page" value="{_town.Address}/piscine">
        <p><label for="t">Texte</label><textarea id="t" name="text" required>{text}</textarea></p><p><label for="n">Nom</label><input id="n" name="name" required></p><p><button>Envoyer</button></p></form>
        """;

    // On an earlier visit of this device.
    private async Task Remember() => await Page.AddInitScriptAsync($"sessionStorage.visited || localStorage.setItem('socialhub {_town.Address}/piscine {Id}', '{Key}'); sessionStorage.visited = 1;");

    private async Task<ILocator> OpenBesideAChangeThatWaits()
    {
        await Remember();
        _hub.On(Samples.Thread, Samples.ThreadOf([.. Samples.Comments, Samples.Comment(Id, "Bob", "<p>Merci à tous</p>")]));
        _hub.On($"POST /api/v1/sites/ville/comments/{Id}/view", Changed("held", CommentWords.Proposed.French, 2));
        await Open();
        var own = Page.Locator($"#sh-{Id}");
        await Expect(own).ToContainTextAsync(CommentWords.Proposed.French);
        return own;
    }

    private async Task Open() => await Page.GotoAsync(_town.Address + "/piscine");

    private async Task Write(string text)
    {
        await Text.FillAsync(text);
        await Name.FillAsync("Bob");
        await Send.ClickAsync();
    }
}
