using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The lists that the team keeps on its page: words and elected members, without a developer.</summary>
public sealed class TeamListsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Words = "/api/v1/settings/words";
    private StandInHub _hub = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    private ILocator Section(string title) => Page.Locator("details").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>(), reasons = Array.Empty<object>() });
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = new { } });
        _hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        _hub.On("GET /api/v1/publications", new { items = Array.Empty<object>() });
        _hub.On($"GET {Words}", Setting(new { hold = new[] { "rumeur", "scandale" }, allow = new[] { "navet" }, until = new Dictionary<string, string>(StringComparer.Ordinal) { ["rumeur"] = "2099-03-31" } }, "1-a", Added("hold", "rumeur")));
        _hub.On("GET /api/v1/settings/officials", Setting(new { names = new[] { "Jeanne Exemple" } }, "1-o", Added("names", "Jeanne Exemple")));
        _hub.On($"POST {Words}/try", new
        {
            comments = new
            {
                looked = 50,
                changed = 1,
                stopped = 1,
                freed = 0,
                complete = true,
                items = new[]
                {
                    new { site = "ville", id = "x", page = "https://x/", state = "published", received = "2026-11-24T07:10:00Z", name = "Bob", text = "Encore Duchmol", before = new { verdict = "Publish", findings = Array.Empty<object>() }, after = new { verdict = "Hold", findings = new object[] { new { rule = "hub-words", @class = "words", start = 7, length = 7, view = "plain", field = "text", reason = "Le mot est sur la liste." } } } },
                },
            },
        });
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task What_is_added_or_typed_while_a_list_is_saved_stays()
    {
        var answered = new TaskCompletionSource();
        await Page.RouteAsync("**/api/v1/settings/officials", async route =>
        {
            if (route.Request.Method == "PUT") await answered.Task;
            await route.ContinueAsync();
        });
        _hub.On("PUT /api/v1/settings/officials", body => Results.Json(Setting(body!, "2-o")));
        var officials = await OpenAsync("Élus");
        await officials.GetByLabel("Nom et prénom").FillAsync("Paul Exemple");
        await officials.GetByLabel("Nom et prénom").PressAsync("Enter");
        await officials.GetByRole(AriaRole.Button, new() { Name = "Enregistrer : Élus" }).ClickAsync();
        await officials.GetByLabel("Nom et prénom").FillAsync("Lou Exemple");
        await officials.GetByLabel("Nom et prénom").PressAsync("Enter");
        await officials.GetByLabel("Nom et prénom").FillAsync("Al");
        answered.SetResult();
        await Expect(officials.GetByRole(AriaRole.Status)).ToHaveTextAsync("La liste est enregistrée et compte dès maintenant.");
        await Expect(officials.GetByText("Lou Exemple, pas encore enregistré")).ToBeVisibleAsync();
        await Expect(officials.GetByLabel("Nom et prénom")).ToHaveValueAsync("Al");
        await Expect(officials.GetByRole(AriaRole.Button, new() { Name = "Enregistrer : Élus" })).ToBeVisibleAsync();
        Assert.Equal("""["Jeanne Exemple","Paul Exemple"]""", System.Text.RegularExpressions.Regex.Unescape(_hub.Received.Single(request => request.Method == "PUT").Body!["names"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_word_is_added_with_its_last_day_tried_and_saved_by_keyboard()
    {
        _hub.On($"PUT {Words}", body => Results.Json(Setting(body!, "2-b", Added("hold", "Duchmol", "Inès"))));
        var words = await OpenAsync("Mots de la collectivité");
        await Expect(words.GetByText("jusqu’au 31 mars 2099 inclus, ajouté par Claire le 24 novembre 2026")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("words");
        await _visitor.NoSidewaysScroll("words");
        await words.GetByLabel("Mot ou expression").FocusAsync();
        await Page.Keyboard.TypeAsync("Duchmol");
        await words.GetByLabel("Dernier jour").FillAsync("2027-03-31");
        await words.GetByLabel("Mot ou expression").PressAsync("Enter");
        await Expect(words.GetByRole(AriaRole.Status)).ToHaveTextAsync("« Duchmol » est ajouté, pas encore enregistré.");
        await Expect(words.GetByLabel("Mot ou expression")).ToBeFocusedAsync();
        // Nothing is saved that was not tried.
        await Expect(words.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" })).ToHaveCountAsync(0);
        await words.GetByLabel("Derniers commentaires").SelectOptionAsync("100");
        await words.GetByRole(AriaRole.Button, new() { Name = "Essayer : Mots de la collectivité" }).PressAsync("Enter");
        await Expect(words.GetByRole(AriaRole.Heading, new() { Name = "Essai : commentaires dont le verdict changerait" })).ToBeFocusedAsync();
        await Expect(words.GetByRole(AriaRole.Status)).ToHaveTextAsync("Commentaires relus : 50. Retenus en plus : 1 ; laissés passer : 0 ; verdicts changés en tout : 1.");
        await Expect(words.GetByText("Bob : passe → retenu")).ToBeVisibleAsync();
        await Expect(words.Locator("mark")).ToHaveTextAsync("Duchmol");
        await _visitor.NoAccessibilityViolation("tried");
        await words.GetByRole(AriaRole.Button, new() { Name = "Enregistrer : Mots de la collectivité" }).PressAsync("Enter");
        await Expect(words.GetByRole(AriaRole.Status)).ToHaveTextAsync("La liste est enregistrée et compte dès maintenant.");
        await Expect(words.GetByText("jusqu’au 31 mars 2027 inclus, ajouté par Inès")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("saved");
        var tried = _hub.Received.Single(r => r.Path == Words + "/try").Body!;
        Assert.Equal(100, (int?)tried["last"]);
        Assert.True(JsonNode.DeepEquals(tried["words"], _hub.Received.Single(r => r.Method == "PUT").Body));
        Assert.Equal(["rumeur", "scandale", "Duchmol"], tried["words"]!["hold"]!.AsArray().Select(word => (string)word!));
        Assert.Equal("2027-03-31", (string?)tried["words"]!["until"]!["Duchmol"]);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_word_that_is_there_is_refused_beside_its_field_and_a_removed_one_leaves_the_list()
    {
        var words = await OpenAsync("Mots de la collectivité");
        await AddAsync(words, "Navet");
        await Expect(words.GetByLabel("Mot ou expression")).ToHaveAccessibleDescriptionAsync("Il est dans l’autre liste : retirez-le d’abord.");
        await AddAsync(words, "RUMEUR");
        await Expect(words.GetByLabel("Mot ou expression")).ToHaveAccessibleDescriptionAsync("Il est déjà dans la liste.");
        await Expect(words.GetByLabel("Mot ou expression")).ToBeFocusedAsync();
        await _visitor.NoAccessibilityViolation("refused");
        await words.GetByRole(AriaRole.Button, new() { Name = "Retirer de la liste : rumeur" }).ClickAsync();
        await Expect(words.GetByRole(AriaRole.Heading, new() { Name = "Mots qui retiennent un commentaire" })).ToBeFocusedAsync();
        await Expect(words.GetByRole(AriaRole.Status)).ToHaveTextAsync("« rumeur » est retiré, pas encore enregistré.");
        await words.GetByRole(AriaRole.Button, new() { Name = "Abandonner les changements" }).ClickAsync();
        await Expect(words.GetByRole(AriaRole.Button, new() { Name = "Retirer de la liste : rumeur" })).ToBeVisibleAsync();
        Assert.DoesNotContain(_hub.Received, r => r.Method is "PUT" or "POST");
    }

    [Fact]
    public async Task What_somebody_saved_meanwhile_stays_and_what_was_changed_here_is_carried_over()
    {
        _hub.On($"PUT {Words}", new { type = "urn:socialhub:problem:setting-changed", detail = "Somebody changed it." }, 412);
        var words = await OpenAsync("Mots de la collectivité");
        await AddAsync(words, "Duchmol");
        await words.GetByRole(AriaRole.Button, new() { Name = "Retirer de la liste : scandale" }).ClickAsync();
        await words.GetByRole(AriaRole.Button, new() { Name = "Essayer" }).ClickAsync();
        _hub.On($"GET {Words}", Setting(new { hold = new[] { "rumeur", "scandale", "magouille" }, allow = Array.Empty<string>(), until = new { } }, "2-z"));
        await words.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(words.GetByRole(AriaRole.Alert)).ToContainTextAsync("Quelqu’un a changé la liste entre-temps");
        await Expect(words.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["rumeur", "magouille", "Duchmol, pas encore enregistré"]);
        // It is tried again, as it will be saved now.
        await Expect(words.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" })).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("changed meanwhile");
    }

    [Theory]
    [InlineData("en", "Elected members", "First and last name", "Add to the list", "Save: ", "The list is saved and counts from now on.")]
    [InlineData("fr", "Élus", "Nom et prénom", "Ajouter à la liste", "Enregistrer : ", "La liste est enregistrée et compte dès maintenant.")]
    public async Task Elected_members_are_added_and_saved(string language, string title, string label, string add, string save, string saved)
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        _hub.On("PUT /api/v1/settings/officials", body => Results.Json(Setting(body!, "2-p", Added("names", "Paul Modèle", "Inès"))));
        var names = await OpenAsync(title);
        await names.GetByLabel(label).FillAsync("Paul  Modèle");
        await names.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        await names.GetByRole(AriaRole.Button, new() { Name = save[..4] }).ClickAsync();
        await Expect(names.GetByRole(AriaRole.Status)).ToHaveTextAsync(saved);
        Assert.Equal(["Jeanne Exemple", "Paul Modèle"], _hub.Received.Single(r => r.Method == "PUT").Body!["names"]!.AsArray().Select(name => (string)name!));
        await _visitor.NoAccessibilityViolation("officials");
    }

    [Fact]
    public async Task A_list_that_is_not_accepted_or_not_saved_says_so_and_keeps_the_changes()
    {
        _hub.On("PUT /api/v1/settings/officials", new { type = "urn:socialhub:problem:setting-invalid", detail = "The setting has 1 error.", errors = new[] { new { path = "$.names[1]", message = "is too long." } } }, 422);
        var names = await OpenAsync("Élus");
        await names.GetByLabel("Nom et prénom").FillAsync("Paul Modèle");
        await names.GetByRole(AriaRole.Button, new() { Name = "Ajouter" }).ClickAsync();
        await names.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(names.GetByRole(AriaRole.Alert)).ToHaveTextAsync("La liste n’est pas acceptée : $.names[1] is too long.");
        _hub.Down = true;
        await names.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(names.GetByRole(AriaRole.Alert)).ToContainTextAsync("rien n’a été enregistré");
        await Expect(names.GetByRole(AriaRole.Button, new() { Name = "Retirer de la liste : Paul Modèle" })).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("not saved");
    }

    [Fact]
    public async Task A_moderator_is_told_who_keeps_the_lists()
    {
        _hub.On("GET /api/v1/session", new { id = "key:bob", name = "Bob", role = "moderator" });
        _hub.On($"GET {Words}", new { type = "urn:socialhub:problem:role-too-low", detail = "No." }, 403);
        var words = await OpenAsync("Mots de la collectivité");
        await Expect(words.GetByText("Les listes sont tenues par les rédacteurs et l’administrateur.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("not yours");
    }

    private async Task<ILocator> OpenAsync(string title)
    {
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }).ClickAsync();
        return Section(title);
    }

    private static async Task AddAsync(ILocator words, string word)
    {
        await words.GetByLabel("Mot ou expression").FillAsync(word);
        await words.GetByRole(AriaRole.Button, new() { Name = "Ajouter à la liste" }).ClickAsync();
    }

    private static object Setting(object value, string etag, params object[] added) => new { name = "x", value, version = 1, etag, added };

    private static object Added(string list, string word, string by = "Claire") => new { list, word, by, at = "2026-11-24T09:00:00Z" };
}
