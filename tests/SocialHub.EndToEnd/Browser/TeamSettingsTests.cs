using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using SocialHub.Configuration;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>What the team settles on its page without a developer: a freeze, who is on duty, the playbook and the charter.</summary>
public sealed class TeamSettingsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Settings = "/api/v1/settings/";
    private const string Freeze = "Gel en période électorale";
    private const string People = "Équipe et astreintes";
    private const string Playbook = "Consignes quand une discussion dérape";
    private const string Charter = "Charte des commentaires";
    private static readonly object Claire = Person("Claire Dubois", "claire@ville.fr");
    private StandInHub _hub = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On("GET /api/v1/moderation/comments", new { items = Array.Empty<object>(), reasons = new[] { new { code = "insult", label = "Insulte" }, new { code = "hate", label = "Haine" } } });
        _hub.On("GET /api/v1/moderation/threads", new { items = Array.Empty<object>(), playbook = new { } });
        _hub.On("GET /api/v1/session", new { id = "key:ines", name = "Inès", role = "editor" });
        _hub.On("GET /api/v1/publications", new { items = Array.Empty<object>() });
        _hub.On($"GET {Settings}freeze", Setting(NoFreeze(), "0-f", isDefault: true));
        _hub.On($"GET {Settings}people", Setting(new { people = new[] { Claire } }, "1-p"));
        _hub.On($"GET {Settings}playbook", Setting(new { call = new[] { new { name = "Police", phone = "17", when = "Une menace." } }, steps = new[] { "Lisez la page.", "Mettez-la en attente." }, answers = new[] { new { title = "Règles", text = "Bonjour.\n\nRestez courtois." } } }, "0-b", isDefault: true));
        _hub.On($"GET {Settings}charter", Setting(TownCharter(), "3-c", version: 3));
        _hub.On($"GET {Settings}charter/versions", new { items = new object[] { new { version = 3, what = "written", by = "Claire", at = "2026-11-24T09:00:00Z" }, new { version = 2, what = "returned", by = (string?)null, at = "2026-11-20T09:00:00Z" }, new { version = 1, what = "default", by = (string?)null, at = "2026-11-01T09:00:00Z" } }, next = (int?)null });
        _hub.On("GET /api/v1/charter?version=1", new { text = "Soyez courtois.", version = 1 });
        foreach (var name in new[] { "freeze", "people", "playbook" }) _hub.On($"GET {Settings}{name}/versions", new { items = new[] { new { version = 1, what = "written", by = "Claire", at = "2026-11-24T09:00:00Z" } }, next = 1 });
        foreach (var name in new[] { "freeze", "people", "playbook", "charter" }) _hub.On($"PUT {Settings}{name}", body => Results.Json(Setting(body!, "9-" + name, version: 4, by: "Inès")));
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "America/New_York" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task What_a_newer_hub_stores_and_this_page_does_not_know_is_sent_back_as_it_was()
    {
        _hub.On($"GET {Settings}people", Setting(new { people = new[] { new { name = "Claire Dubois", email = "claire@ville.fr", teams = (string?)null, days = new[] { "monday" }, from = "08:00", to = "18:00", urgent = false, pager = "42" } }, quiet = true }, "1-p"));
        var people = await OpenAsync(People);
        await people.GetByText("Claire Dubois").ClickAsync();
        await people.Locator("details.item[open]").GetByLabel("Nom", new() { Exact = true }).FillAsync("Claire Martin");
        await Save(people, People).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        var sent = _hub.Received.Single(request => request.Method == "PUT").Body!;
        Assert.Equal((true, "42", "Claire Martin"), ((bool)sent["quiet"]!, (string?)sent["people"]![0]!["pager"], (string?)sent["people"]![0]!["name"]));
    }

    [Fact]
    public async Task Comments_are_frozen_with_a_reason_and_a_last_day_by_the_authoritys_clock_and_the_freeze_is_ended_by_keyboard()
    {
        var freeze = await OpenAsync(Freeze);
        await Expect(freeze.GetByText("Aucun gel n’est prévu.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("no freeze");
        await Save(freeze, Freeze).PressAsync("Enter");
        // What is missing is said beside each field, and the first one has the focus.
        await Expect(freeze.GetByLabel("Motif, lu par les lecteurs")).ToBeFocusedAsync();
        await Expect(freeze.GetByLabel("Motif, lu par les lecteurs")).ToHaveAccessibleDescriptionAsync("Une phrase entière, par exemple : « En raison de la campagne des élections municipales. » À remplir.");
        await Expect(freeze.GetByLabel("Dernier jour")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(freeze.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("2 champs sont à corriger : rien n’a été enregistré.");
        await _visitor.NoAccessibilityViolation("incomplete");
        await Page.Keyboard.TypeAsync("En raison de la campagne.");
        await freeze.GetByLabel("Premier jour").FillAsync("2099-03-01");
        await freeze.GetByLabel("Dernier jour").FillAsync("2099-02-27");
        await Save(freeze, Freeze).PressAsync("Enter");
        await Expect(freeze.GetByLabel("Dernier jour")).ToHaveAccessibleDescriptionAsync("Le gel prend fin de lui-même à la fin de ce jour, à minuit. Le dernier jour vient avant le premier.");
        Assert.DoesNotContain(_hub.Received, r => r.Method == "PUT");
        await freeze.GetByLabel("Dernier jour").FillAsync("2099-03-31");
        await Save(freeze, Freeze).PressAsync("Enter");
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        await Expect(Save(freeze, Freeze)).ToBeFocusedAsync();
        // Midnight in Paris, on both sides of summer time, wherever the reader is.
        var sent = Sent("freeze");
        Assert.Equal(("2099-02-28T23:00:00.000Z", "2099-03-31T22:00:00.000Z"), ((string?)sent["from"], (string?)sent["until"]));
        Assert.Equal(("En raison de la campagne.", "hold", true), ((string?)sent["reason"], (string?)sent["comments"], (bool?)sent["publications"]));
        await Expect(freeze.GetByText("Un gel est prévu du 1er mars 2099 à 00:00 au 1er avril 2099 à 00:00.")).ToBeVisibleAsync();
        await Expect(freeze.GetByText("Motif : « En raison de la campagne. »")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("planned");
        await freeze.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au gel" }).PressAsync("Enter");
        await Expect(freeze.GetByRole(AriaRole.Button, new() { Name = "Oui, y mettre fin" })).ToHaveAccessibleDescriptionAsync("Les commentaires suivent de nouveau leur règle habituelle, et ce qui est prévu sur les réseaux peut partir. Ce qui attend reste à lire.");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le gel a pris fin.");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"from":null,"until":null,"reason":null,"publications":true,"comments":null,"sites":null}"""), Sent("freeze")));
        await Expect(freeze.GetByText("Aucun gel n’est prévu.")).ToBeVisibleAsync();
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task Of_a_freeze_that_lasts_the_reason_is_changed_and_its_hours_stay_and_somebody_who_was_faster_is_named_beside_what_was_typed()
    {
        var lasting = new { from = "2026-01-01T07:30:00+00:00", until = "2099-03-14T19:00:00+00:00", reason = "Campagne.", publications = false, comments = "close" };
        _hub.On($"GET {Settings}freeze", Setting(lasting, "1-f"));
        _hub.On($"PUT {Settings}freeze", new { type = "urn:socialhub:problem:setting-changed", detail = "Somebody changed it." }, 412);
        var freeze = await OpenAsync(Freeze);
        await Expect(freeze.GetByText("Un gel est en cours jusqu’au 14 mars 2099 à 20:00.")).ToBeVisibleAsync();
        await Expect(freeze.GetByLabel("Dernier jour")).ToHaveValueAsync("2099-03-14");
        await Expect(freeze.GetByLabel("ne sont plus acceptés")).ToBeCheckedAsync();
        await freeze.GetByLabel("Motif, lu par les lecteurs").FillAsync("En raison du scrutin.");
        _hub.On($"GET {Settings}freeze", Setting(lasting with { reason = "Deuil national." }, "2-f", by: "Bob"));
        await Save(freeze, Freeze).ClickAsync();
        await Expect(freeze.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Bob a enregistré ce réglage le 24 novembre 2026 à 10:00 pendant que vous écriviez ; ce qui compte maintenant est écrit ci-dessus. Ce que vous avez écrit est gardé : enregistrez de nouveau pour le remplacer, ou abandonnez vos changements.");
        await Expect(freeze.GetByText("Motif : « Deuil national. »")).ToBeVisibleAsync();
        await Expect(freeze.GetByLabel("Motif, lu par les lecteurs")).ToHaveValueAsync("En raison du scrutin.");
        await _visitor.NoAccessibilityViolation("changed meanwhile");
        _hub.On($"PUT {Settings}freeze", body => Results.Json(Setting(body!, "3-f")));
        var request = await Page.RunAndWaitForRequestAsync(() => Save(freeze, Freeze).ClickAsync(), one => one.Method == "PUT");
        Assert.Equal("\"2-f\"", request.Headers["if-match"]);
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        Assert.Equal(("En raison du scrutin.", lasting.from, lasting.until), ((string?)Sent("freeze")["reason"], (string?)Sent("freeze")["from"], (string?)Sent("freeze")["until"]));
    }

    [Fact]
    public async Task One_site_is_frozen_and_the_others_go_on()
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple" }, Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Name = "Le site de la ville" }, ["musee"] = new() { Name = "Le \"grand\" musée" }, ["port"] = new() { Name = "Le port" } } };
        var freeze = await OpenAsync(Freeze);
        var sites = freeze.GetByRole(AriaRole.Group, new() { Name = "Sites dont les commentaires sont gelés" });
        var (ville, musee, port) = (sites.GetByLabel("Le site de la ville"), sites.GetByLabel("Le \"grand\" musée"), sites.GetByLabel("Le port"));
        // All of them, until somebody says otherwise.
        foreach (var site in new[] { ville, musee, port }) await Expect(site).ToBeCheckedAsync();
        await Expect(freeze.GetByLabel("Ne rien publier non plus sur les réseaux (vaut pour tous les sites)")).ToBeCheckedAsync();
        await freeze.GetByLabel("Motif, lu par les lecteurs").FillAsync("Travaux au musée.");
        await freeze.GetByLabel("Dernier jour").FillAsync("2099-03-31");
        foreach (var site in new[] { ville, musee, port }) await site.UncheckAsync();
        await Save(freeze, Freeze).ClickAsync();
        await Expect(ville).ToBeFocusedAsync();
        await Expect(ville).ToHaveAccessibleDescriptionAsync("Choisissez au moins un site.");
        await _visitor.NoAccessibilityViolation("no site");
        await musee.CheckAsync();
        await Save(freeze, Freeze).ClickAsync();
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        Assert.Equal("""["musee"]""", Sent("freeze")["sites"]!.ToJsonString());
        await Expect(freeze.GetByText("Commentaires : chacun attend d’être lu par une personne. Sites : Le \"grand\" musée.")).ToBeVisibleAsync();
        await Expect(port).Not.ToBeCheckedAsync();
        await _visitor.NoAccessibilityViolation("one site");
        // All of them are also those that hub.json names later.
        foreach (var site in new[] { ville, port }) await site.CheckAsync();
        await Save(freeze, Freeze).ClickAsync();
        await Expect(freeze.GetByText("Sites : Le")).ToHaveCountAsync(0);
        Assert.True(Sent("freeze").AsObject().TryGetPropertyValue("sites", out var all));
        Assert.Null(all);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task Where_the_hub_has_one_site_nobody_is_asked_which()
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple" }, Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Name = "Le site de la ville" } } };
        var freeze = await OpenAsync(Freeze);
        await Expect(freeze.GetByLabel("Ne rien publier non plus sur les réseaux", new() { Exact = true })).ToBeCheckedAsync();
        await Expect(freeze.GetByText("Le site de la ville")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_a_save_runs_nothing_is_typed_that_its_answer_would_write_over()
    {
        var people = await OpenAsync(People);
        await people.GetByText("Claire Dubois").ClickAsync();
        var name = people.GetByLabel("Nom");
        await name.FillAsync("Claire Dubois-Petit");
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await Page.RouteAsync($"**{Settings}people", async route =>
        {
            asked.TrySetResult();
            await answered.Task;
            await route.ContinueAsync();
        });
        await Save(people, People).ClickAsync();
        await asked.Task;
        await name.EvaluateAsync("one => one.focus()");
        await Page.Keyboard.TypeAsync(" Martin");
        await people.GetByRole(AriaRole.Button, new() { Name = "Abandonner les changements" }).EvaluateAsync("one => one.click()");
        await Expect(name).ToHaveValueAsync("Claire Dubois-Petit");
        answered.SetResult();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        await Expect(Save(people, People)).ToBeFocusedAsync();
        Assert.Equal("Claire Dubois-Petit", (string?)Sent("people")["people"]![0]!["name"]);
        // Then the form takes what is typed again.
        await people.GetByText("Claire Dubois-Petit").ClickAsync();
        await name.FillAsync("Claire Petit");
        await Save(people, People).ClickAsync();
        await Expect(people.GetByText("Claire Petit")).ToBeVisibleAsync();
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task What_is_typed_beside_a_freeze_that_is_ended_stays_and_nobody_is_told_that_they_wrote_what_they_did_not()
    {
        var lasting = new { from = "2026-01-01T07:30:00+00:00", until = "2099-03-14T19:00:00+00:00", reason = "Campagne.", publications = false, comments = "close" };
        _hub.On($"GET {Settings}freeze", Setting(lasting, "1-f"));
        _hub.On($"PUT {Settings}freeze", new { type = "urn:socialhub:problem:setting-changed", detail = "Somebody changed it." }, 412);
        var freeze = await OpenAsync(Freeze);
        var reason = freeze.GetByLabel("Motif, lu par les lecteurs");
        await reason.FillAsync("En raison du scrutin.");
        _hub.On($"GET {Settings}freeze", Setting(lasting with { reason = "Deuil national." }, "2-f", by: "Bob"));
        await EndAsync();
        await Expect(freeze.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Bob a enregistré ce réglage le 24 novembre 2026 à 10:00 : relisez-le, puis recommencez.");
        await Expect(freeze.GetByText("Motif : « Deuil national. »")).ToBeVisibleAsync();
        await Expect(reason).ToHaveValueAsync("En raison du scrutin.");
        // Without a draft the form shows what counts now.
        await freeze.GetByRole(AriaRole.Button, new() { Name = "Abandonner les changements" }).ClickAsync();
        _hub.On($"GET {Settings}freeze", Setting(lasting with { reason = "Deuil." }, "3-f", by: "Bob"));
        await EndAsync();
        await Expect(freeze.GetByRole(AriaRole.Alert).First).ToContainTextAsync("relisez-le, puis recommencez.");
        await Expect(reason).ToHaveValueAsync("Deuil.");
        // And so it is when the freeze ends.
        await reason.FillAsync("Pour le second tour.");
        _hub.On($"PUT {Settings}freeze", body => Results.Json(Setting(body!, "4-f")));
        await EndAsync();
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le gel a pris fin.");
        await Expect(freeze.GetByText("Aucun gel n’est prévu.")).ToBeVisibleAsync();
        await Expect(reason).ToHaveValueAsync("Pour le second tour.");
        await Expect(freeze.GetByRole(AriaRole.Button, new() { Name = "Abandonner les changements" })).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("ended beside a draft");
        Assert.Empty(_visitor.Errors);

        async Task EndAsync()
        {
            await freeze.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au gel" }).ClickAsync();
            await freeze.GetByRole(AriaRole.Button, new() { Name = "Oui, y mettre fin" }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_browser_that_does_not_know_the_authoritys_zone_says_so_and_still_ends_a_freeze()
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", TimeZone = "Europe/Saint-Exemple" } };
        _hub.On($"GET {Settings}freeze", Setting(new { from = "2026-01-01T07:30:00+00:00", until = "2099-03-14T19:00:00+00:00", reason = "Campagne.", publications = false, comments = "close" }, "1-f"));
        var freeze = await OpenAsync(Freeze);
        await Expect(freeze.GetByText("Ce navigateur ne connaît pas le fuseau horaire de la collectivité (Europe/Saint-Exemple)")).ToBeVisibleAsync();
        await Expect(freeze.GetByText("Motif : « Campagne. »")).ToBeVisibleAsync();
        // What could not be saved is not offered.
        await Expect(Save(freeze, Freeze)).ToHaveCountAsync(0);
        await _visitor.NoAccessibilityViolation("unknown zone");
        await freeze.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au gel" }).PressAsync("Enter");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le gel a pris fin.");
        await Expect(freeze.Locator(".state")).ToBeFocusedAsync();
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_person_is_named_with_duty_hours_and_what_is_wrong_is_said_beside_its_field()
    {
        var people = await OpenAsync(People);
        await Expect(people.GetByText("Claire Dubois")).ToBeVisibleAsync();
        await Expect(people.GetByText("du lundi au vendredi, de 08:00 à 18:00")).ToBeVisibleAsync();
        await people.GetByRole(AriaRole.Button, new() { Name = "Ajouter une personne" }).PressAsync("Enter");
        var added = people.Locator("details.item").Last;
        await Expect(added.GetByLabel("Nom")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Bob Martin");
        await added.GetByLabel("Adresse électronique").FillAsync("CLAIRE@ville.fr");
        await added.GetByLabel("Fin du service").FillAsync("08:00");
        await Save(people, People).ClickAsync();
        await Expect(added.GetByLabel("Adresse électronique")).ToBeFocusedAsync();
        await Expect(added.GetByLabel("Adresse électronique")).ToHaveAccessibleDescriptionAsync("Cette adresse est déjà dans la liste.");
        await Expect(added.GetByLabel("Fin du service")).ToHaveAccessibleDescriptionAsync("La fin est à la même heure que le début. Une fin plus tôt que le début est celle du lendemain.");
        await _visitor.NoAccessibilityViolation("wrong person");
        await added.GetByLabel("Adresse électronique").FillAsync("bob@ville..fr");
        await Save(people, People).ClickAsync();
        await Expect(added.GetByLabel("Adresse électronique")).ToHaveAccessibleDescriptionAsync("Écrivez une adresse entière, comme camille@saint-exemple.fr.");
        await added.GetByLabel("Adresse électronique").FillAsync("bob@ville.fr");
        await added.GetByLabel("Fin du service").FillAsync("12:30");
        await added.GetByLabel("lundi").UncheckAsync();
        await added.GetByLabel("Prévenir aussi hors de ces heures").CheckAsync();
        await Expect(added.GetByText("mardi, mercredi, jeudi, vendredi, de 08:00 à 12:30, aussi prévenue hors de ces heures")).ToBeVisibleAsync();
        await Save(people, People).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        var sent = Sent("people")["people"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"name":"Bob Martin","email":"bob@ville.fr","teams":null,"days":["tuesday","wednesday","thursday","friday"],"from":"08:00","to":"12:30","urgent":true}"""), sent[1]));
        Assert.Equal("Claire Dubois", (string?)sent[0]!["name"]);
        await Expect(people.GetByText("Enregistré par Inès le 24 novembre 2026 à 10:00.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("people saved");
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task Who_was_added_by_two_people_at_once_stays_and_so_does_what_each_removed()
    {
        var bob = Person("Bob Martin", "bob@ville.fr");
        _hub.On($"GET {Settings}people", Setting(new { people = new[] { Claire, bob } }, "1-p"));
        _hub.On($"PUT {Settings}people", new { type = "urn:socialhub:problem:setting-changed", detail = "Somebody changed it." }, 412);
        var people = await OpenAsync(People);
        await people.GetByText("Bob Martin").ClickAsync();
        await people.GetByRole(AriaRole.Button, new() { Name = "Retirer : Bob Martin" }).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("« Bob Martin » est retiré, pas encore enregistré.");
        await Expect(people.GetByRole(AriaRole.Heading, new() { Name = "Personnes" })).ToBeFocusedAsync();
        await people.GetByRole(AriaRole.Button, new() { Name = "Ajouter une personne" }).ClickAsync();
        await people.Locator("details.item").Last.GetByLabel("Nom").FillAsync("Lou Petit");
        await people.Locator("details.item").Last.GetByLabel("Adresse électronique").FillAsync("lou@ville.fr");
        _hub.On($"GET {Settings}people", Setting(new { people = new[] { Claire, bob, Person("Paul Grand", "paul@ville.fr") } }, "2-p"));
        await Save(people, People).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Ce que vous avez écrit est gardé, à côté de ce qui a été enregistré");
        await Expect(people.Locator("details.item summary")).ToContainTextAsync(["Claire Dubois", "Lou Petit", "Paul Grand"]);
        await _visitor.NoAccessibilityViolation("merged");
    }

    [Fact]
    public async Task An_emptied_list_goes_back_to_what_hub_json_says_and_that_is_said_before()
    {
        _hub.On($"DELETE {Settings}people", Setting(new { people = new[] { Person("Anne Mairie", "anne@ville.fr") } }, "2-p", isDefault: true, by: "Inès"));
        var people = await OpenAsync(People);
        await people.GetByText("Claire Dubois").ClickAsync();
        await people.GetByRole(AriaRole.Button, new() { Name = "Retirer : Claire Dubois" }).ClickAsync();
        await Save(people, People).ClickAsync();
        await Expect(people.GetByText("Il n’y a plus rien ici. Enregistrer, c’est revenir au réglage du fichier de configuration (hub.json)")).ToBeVisibleAsync();
        Assert.DoesNotContain(_hub.Received, r => r.Method is "PUT" or "DELETE");
        await _visitor.NoAccessibilityViolation("to be emptied");
        await people.GetByRole(AriaRole.Button, new() { Name = "Oui, y revenir" }).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le réglage d’origine compte de nouveau.");
        await Expect(people.GetByText("Anne Mairie")).ToBeVisibleAsync();
        await Expect(people.GetByText("C’est de nouveau le réglage d’origine, repris par Inès le 24 novembre 2026 à 10:00.")).ToBeVisibleAsync();
        await Expect(people.GetByRole(AriaRole.Button, new() { Name = "Revenir au réglage d’origine" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_playbook_is_edited_and_outlives_the_end_of_the_session()
    {
        var playbook = await OpenAsync(Playbook);
        await Expect(playbook.GetByText("C’est le réglage d’origine : l’équipe ne l’a pas changé.")).ToBeVisibleAsync();
        await playbook.GetByRole(AriaRole.Button, new() { Name = "Monter : Étape 2" }).PressAsync("Enter");
        await Expect(playbook.GetByLabel("Étape 1", new() { Exact = true })).ToHaveValueAsync("Mettez-la en attente.");
        await Expect(playbook.GetByLabel("Étape 1", new() { Exact = true })).ToBeFocusedAsync();
        await playbook.GetByRole(AriaRole.Button, new() { Name = "Ajouter une réponse" }).ClickAsync();
        var answer = playbook.Locator("details.item").Last;
        await answer.GetByLabel("Titre").FillAsync("Merci");
        await answer.GetByLabel("Texte").FillAsync(new string('m', 4_001));
        await Save(playbook, Playbook).ClickAsync();
        await Expect(answer.GetByLabel("Texte")).ToHaveAccessibleDescriptionAsync("Dans le ton de la collectivité ; chacun l’adapte avant de le publier. Trop long : 4001 caractères, 4000 au plus.");
        await answer.GetByLabel("Texte").FillAsync("Merci à toutes et à tous.");
        // The session ends just then: nothing of it is lost, and nobody else is shown it.
        _hub.On($"PUT {Settings}playbook", new { type = "urn:socialhub:problem:not-signed-in", detail = "No." }, 401);
        await Save(playbook, Playbook).ClickAsync();
        await Expect(Page.GetByLabel("Clé du hub")).ToBeFocusedAsync();
        await Expect(playbook).ToBeHiddenAsync();
        _hub.On("POST /api/v1/session", new { });
        await Page.GetByLabel("Clé du hub").FillAsync("k");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(answer.GetByLabel("Texte")).ToHaveValueAsync("Merci à toutes et à tous.");
        await Expect(Page.GetByText("Vous êtes de nouveau entré. Ce que vous aviez écrit est gardé plus bas, pas encore enregistré.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("in again");
        _hub.On($"PUT {Settings}playbook", body => Results.Json(Setting(body!, "1-b")));
        await Save(playbook, Playbook).ClickAsync();
        await Expect(playbook.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        var sent = Sent("playbook");
        Assert.Equal(["Mettez-la en attente.", "Lisez la page."], sent["steps"]!.AsArray().Select(step => (string)step!));
        Assert.Equal([("Règles", "Bonjour.\n\nRestez courtois."), ("Merci", "Merci à toutes et à tous.")], sent["answers"]!.AsArray().Select(one => ((string)one!["title"]!, (string)one["text"]!)));
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task What_was_typed_is_not_shown_to_whoever_enters_next()
    {
        var playbook = await OpenAsync(Playbook);
        await playbook.GetByLabel("Étape 1", new() { Exact = true }).FillAsync("Appelez la maire.");
        _hub.On($"PUT {Settings}playbook", new { type = "urn:socialhub:problem:not-signed-in", detail = "No." }, 401);
        await Save(playbook, Playbook).ClickAsync();
        _hub.On("POST /api/v1/session", new { });
        _hub.On("GET /api/v1/session", new { id = "key:bob", name = "Bob", role = "editor" });
        await Page.GetByLabel("Clé du hub").FillAsync("k");
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByRole(AriaRole.Heading, new() { Name = Playbook, Exact = true }).ClickAsync();
        await Expect(playbook.GetByLabel("Étape 1", new() { Exact = true })).ToHaveValueAsync("Lisez la page.");
    }

    [Fact]
    public async Task An_article_is_rewritten_an_earlier_version_read_and_a_refusal_cites_what_is_there()
    {
        var charter = await OpenAsync(Charter);
        await Expect(charter.GetByText("Version 3, en vigueur.")).ToBeVisibleAsync();
        await charter.GetByText("Versions de la charte").ClickAsync();
        await Expect(charter.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Version 3, 24 novembre 2026 à 10:00, par Claire", "Version 2, 20 novembre 2026 à 10:00, retour au réglage d’origine", "Version 1, 1er novembre 2026 à 10:00, réglage d’origine"]);
        await charter.GetByRole(AriaRole.Button, new() { Name = "Lire : version 1" }).ClickAsync();
        await Expect(charter.GetByText("Soyez courtois.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("earlier version");
        await charter.GetByText("Article 2. Insultes").First.ClickAsync();
        var article = charter.Locator("details.item[open]").GetByLabel("Texte de l’article");
        await Expect(article).ToHaveValueAsync("Article 2. Insultes\nAucune insulte.\n\nLa critique est permise.");
        await article.FillAsync("Article 4. Insultes\nAucune injure.");
        await Save(charter, Charter).ClickAsync();
        // The reason cited article 2, which is there no more.
        await Expect(charter.GetByLabel("Insulte", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(charter.GetByLabel("Insulte", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("Cet article n’existe plus : choisissez-en un autre.");
        await _visitor.NoAccessibilityViolation("absent article");
        await charter.GetByLabel("Insulte", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Article 4. Insultes" });
        await charter.GetByRole(AriaRole.Button, new() { Name = "Ajouter un article" }).ClickAsync();
        var fresh = charter.Locator("details.item").Last.GetByLabel("Texte de l’article");
        await Expect(fresh).ToHaveValueAsync("Article 5. ");
        await fresh.FillAsync("Article 4. Haine\nAucune haine.");
        await Save(charter, Charter).ClickAsync();
        await Expect(fresh).ToHaveAccessibleDescriptionAsync("La première ligne est son titre. Qu’elle commence par « Article » et un numéro, comme « Article 3 », et un refus peut le citer. Un autre article porte déjà le numéro 4.");
        await fresh.FillAsync("Article 5. Haine\nAucune haine.");
        await Expect(charter.GetByText("Sans article, ces motifs citent la charte entière : Haine.")).ToBeVisibleAsync();
        await charter.GetByLabel("Haine", new() { Exact = true }).SelectOptionAsync("5");
        await Expect(charter.GetByText("Sans article")).ToBeHiddenAsync();
        await Save(charter, Charter).ClickAsync();
        await Expect(charter.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
        await Expect(charter.GetByText("Version 4, en vigueur.")).ToBeVisibleAsync();
        var sent = Sent("charter");
        Assert.Equal("Bienvenue.\n\nArticle 1. Qui écrit\nTout le monde.\n\nArticle 4. Insultes\nAucune injure.\n\nArticle 5. Haine\nAucune haine.", (string?)sent["text"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"hate":"5","insult":"4"}"""), sent["articles"]));
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task What_the_hub_refuses_or_does_not_answer_is_said_and_kept()
    {
        _hub.On($"PUT {Settings}people", new { type = "urn:socialhub:problem:setting-invalid", detail = "The setting has 1 error.", errors = new[] { new { path = "$.people[0].email", message = "is no e-mail address." } } }, 422);
        var people = await OpenAsync(People);
        await people.GetByText("Claire Dubois").ClickAsync();
        await people.GetByLabel("Adresse électronique").FillAsync("claire@autre.fr");
        await Save(people, People).ClickAsync();
        await Expect(people.GetByLabel("Adresse électronique")).ToBeFocusedAsync();
        await Expect(people.GetByLabel("Adresse électronique")).ToHaveAccessibleDescriptionAsync("Le service n’accepte pas ce champ.");
        await Expect(people.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Un champ est à corriger : rien n’a été enregistré. Détail technique : $.people[0].email is no e-mail address.");
        await _visitor.NoAccessibilityViolation("refused");
        _hub.Down = true;
        await Save(people, People).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Le service ne répond pas : rien n’est perdu");
        await Expect(people.GetByLabel("Adresse électronique")).ToHaveValueAsync("claire@autre.fr");
        await people.GetByRole(AriaRole.Button, new() { Name = "Abandonner les changements" }).ClickAsync();
        await Expect(people.GetByRole(AriaRole.Status)).ToHaveTextAsync("Les changements sont abandonnés.");
        await Expect(Save(people, People)).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("fr", 320, "100%", Freeze, People, Playbook, Charter)]
    [InlineData("fr", 640, "200%", Freeze, People, Playbook, Charter)]
    [InlineData("en", 1280, "100%", "Freeze for elections", "Team and duty hours", "What to do when a debate turns", "Charter of the comments")]
    public async Task Every_section_is_whole_on_a_phone_in_large_letters_and_in_both_languages(string language, int width, string size, params string[] titles)
    {
        _hub.Configuration = new() { Authority = new() { Name = "Ville de Saint-Exemple", Language = language } };
        await Page.SetViewportSizeAsync(width, 800);
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.EvaluateAsync($"document.documentElement.style.fontSize = '{size}'");
        foreach (var title in titles)
        {
            await Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }).ClickAsync();
            await Expect(Section(title).GetByRole(AriaRole.Button, new() { Name = language == "en" ? "Save" : "Enregistrer" })).ToBeVisibleAsync();
        }

        await Page.EvaluateAsync("document.querySelectorAll('main details details').forEach(one => one.open = true)");
        await _visitor.NoSidewaysScroll($"{language} {width}");
        await _visitor.NoAccessibilityViolation($"{language} {width}");
        await _visitor.NothingMoves();
        Assert.Empty(_visitor.Refusals);
        Assert.Empty(_visitor.Errors);
    }

    [Fact]
    public async Task A_moderator_is_told_who_keeps_these_settings()
    {
        _hub.On("GET /api/v1/session", new { id = "key:bob", name = "Bob", role = "moderator" });
        _hub.On($"GET {Settings}freeze", new { type = "urn:socialhub:problem:role-too-low", detail = "No." }, 403);
        var freeze = await OpenAsync(Freeze);
        await Expect(freeze.GetByText("Ces réglages sont tenus par les rédacteurs et l’administrateur.")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("not yours");
    }

    private ILocator Section(string title) => Page.Locator("main > div > details").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    private static ILocator Save(ILocator section, string title) => section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer : " + title });

    private JsonNode Sent(string name) => _hub.Received.Last(r => r.Method == "PUT" && r.Path == Settings + name).Body!;

    private async Task<ILocator> OpenAsync(string title)
    {
        await Page.GotoAsync(_hub.Address + "/moderation");
        await Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }).ClickAsync();
        return Section(title);
    }

    private static object NoFreeze() => new { from = (string?)null, until = (string?)null, reason = (string?)null, publications = true, comments = (string?)null };

    private static object TownCharter() => new
    {
        text = "Bienvenue.\n\nArticle 1. Qui écrit\nTout le monde.\n\nArticle 2. Insultes\nAucune insulte.\n\nLa critique est permise.",
        articles = new { insult = "2" },
    };

    private static object Person(string name, string email) => new { name, email, teams = (string?)null, days = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }, from = "08:00", to = "18:00", urgent = false };

    private static object Setting(object value, string etag, int version = 1, bool isDefault = false, string? by = null) =>
        new { name = "x", value, version, @default = isDefault, etag, by = by ?? (isDefault ? null : "Claire"), at = isDefault && by is null ? null : "2026-11-24T09:00:00Z" };
}
