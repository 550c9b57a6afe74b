using Microsoft.Playwright;
using SocialHub.EndToEnd.Browser;
using SocialHub.Tests;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>What an editor settles on the team's page is what readers see, whom the alarm tells and what the charter says: without a developer, and without hub.json.</summary>
[Trait("run", "thorough")]
public sealed class TeamDeskTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string OnCall = "lou@saint-exemple.example";

    /// <summary>20:00 in Saint-Exemple, on a Sunday.</summary>
    private static DateTimeOffset Evening { get; } = new(2026, 11, 29, 19, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_freeze_the_duty_the_playbook_and_the_charter_are_settled_on_the_page_and_hold()
    {
        await using var town = await ModeratedTown.OpenAsync(azurite, Evening);
        var pool = town.Pages.Open("/piscine", "La piscine ferme");
        await using var desk = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "America/Martinique" });
        await desk.Page.Clock.SetFixedTimeAsync(town.Clock.GetUtcNow().UtcDateTime);
        await desk.Page.GotoAsync(new Uri(town.Address, "/moderation").ToString());
        await desk.Page.GetByLabel("Clé du hub").FillAsync(ModeratedTown.KeyOf("lou"));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();

        var freeze = await OpenAsync(desk, "Gel en période électorale");
        await freeze.GetByLabel("Motif, lu par les lecteurs").FillAsync("En raison de la campagne.");
        await freeze.GetByLabel("Dernier jour").FillAsync("2026-12-06");
        await SaveAsync(freeze);
        await town.MoveAsync(TimeSpan.FromSeconds(1));
        var held = await town.JudgedAsync(pool, "Merci pour les horaires du soir.");
        Assert.Equal("held", (await town.ViewAsync(held)).GetProperty("state").GetString());
        await Patience.UntilAsync("readers see why", async () => (await town.ThreadAsync(pool)).TryGetProperty("notice", out var notice)
            && notice.GetString() == "Les nouveaux commentaires sont mis en attente jusqu’au 7 décembre 2026 à 00:00, puis lus avant d’être publiés. En raison de la campagne.");
        await freeze.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au gel" }).ClickAsync();
        await freeze.GetByRole(AriaRole.Button, new() { Name = "Oui, y mettre fin" }).ClickAsync();
        await Expect(freeze.GetByRole(AriaRole.Status)).ToHaveTextAsync("Le gel a pris fin.");
        await town.MoveAsync(TimeSpan.FromSeconds(1));
        var free = await town.JudgedAsync(pool, "Et pour les enfants, quels horaires ?");
        Assert.Contains(free.Id, await town.PublicAsync(pool));

        var people = await OpenAsync(desk, "Équipe et astreintes");
        await people.GetByText("Alix Bernard").ClickAsync();
        await people.Locator("details.item[open]").GetByLabel("Adresse électronique").FillAsync(OnCall);
        await SaveAsync(people);
        var playbook = await OpenAsync(desk, "Consignes quand une discussion dérape");
        await playbook.GetByText("Police ou gendarmerie").ClickAsync();
        await playbook.Locator("details.item[open]").GetByLabel("Personne ou service").FillAsync("Police municipale");
        await SaveAsync(playbook);
        var charter = await OpenAsync(desk, "Charte des commentaires");
        await charter.GetByText("Article 2. Insultes").First.ClickAsync();
        await charter.Locator("details.item[open]").GetByLabel("Texte de l’article").FillAsync("Article 2. Insultes\nAucune injure, envers personne.");
        await SaveAsync(charter);
        await Expect(charter.GetByText("Version 2, en vigueur.")).ToBeVisibleAsync();
        await town.MoveAsync(TimeSpan.FromSeconds(1));

        foreach (var text in new[] { "Quel connard, ce maire.", "Bande de connards.", "Vous êtes tous des abrutis à la mairie." })
            await town.JudgedAsync(pool, text);
        TeamCard? told = null;
        await Patience.UntilAsync("the debate has turned", () => (told = town.Cards.FirstOrDefault(card => card.Lines.Contains("Une discussion dérape"))) is not null);
        Assert.Equal([OnCall], told!.Mentioned);
        Assert.Contains(told.Lines, line => line.Contains("Police municipale", StringComparison.Ordinal));
        Assert.Contains("Aucune injure, envers personne.", (await town.Anybody.GetAsync("/api/v1/charter")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Aucune injure", (await town.Anybody.GetAsync("/api/v1/charter?version=1")).Body, StringComparison.Ordinal);
        Assert.Empty(desk.Errors);
        Assert.Empty(desk.Refusals);
    }

    [Fact]
    public async Task A_page_that_did_not_turn_is_read_first_held_and_opened_again_on_the_page_by_a_moderator()
    {
        await using var town = await ModeratedTown.OpenAsync(azurite, Evening);
        var pool = town.Pages.Open("/piscine", "La piscine ferme");
        var free = await town.JudgedAsync(pool, "Merci pour les horaires du soir.");
        Assert.Contains(free.Id, await town.PublicAsync(pool));
        await using var desk = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Indian/Reunion" });
        await desk.Page.Clock.SetFixedTimeAsync(town.Clock.GetUtcNow().UtcDateTime);
        await desk.Page.GotoAsync(new Uri(town.Address, "/moderation").ToString());
        await desk.Page.GetByLabel("Clé du hub").FillAsync(ModeratedTown.KeyOf("dominique"));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();

        var rules = await OpenAsync(desk, "Régler une page");
        await rules.GetByLabel("Adresse de la page").FillAsync("https://ailleurs.example/");
        await rules.GetByRole(AriaRole.Button, new() { Name = "Voir ses réglages" }).ClickAsync();
        await Expect(rules.GetByText("Ce n’est pas l’adresse d’une page de vos sites : copiez-la entière depuis la barre d’adresse, avec https://.")).ToBeVisibleAsync();
        await rules.GetByLabel("Adresse de la page").FillAsync(pool + "#commentaires");
        await rules.GetByRole(AriaRole.Button, new() { Name = "Voir ses réglages" }).ClickAsync();
        await Expect(rules.GetByRole(AriaRole.Heading, new() { Name = "La piscine ferme" })).ToBeFocusedAsync();
        await rules.GetByLabel("Chaque commentaire est lu avant de paraître", new() { Exact = true }).CheckAsync();
        await rules.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la règle" }).ClickAsync();
        await Expect(rules.GetByText("Chaque commentaire est lu avant de paraître. (réglé pour cette page par l’équipe)")).ToBeVisibleAsync();
        await town.MoveAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("held", (await town.ViewAsync(await town.JudgedAsync(pool, "Et pour les enfants, quels horaires ?"))).GetProperty("state").GetString());

        await rules.GetByRole(AriaRole.Button, new() { Name = "Mettre la page en attente" }).ClickAsync();
        await Expect(rules.GetByText("Les lecteurs liront : « Les nouveaux commentaires de cette page sont mis en attente jusqu’au 30 novembre 2026 à 08:30")).ToBeVisibleAsync();
        await rules.GetByRole(AriaRole.Button, new() { Name = "Oui, mettre en attente" }).ClickAsync();
        await Expect(rules.GetByText("Page en attente jusqu’au 30 novembre 2026 à 08:30 : tout nouveau commentaire est lu avant de paraître.")).ToBeVisibleAsync();
        await Patience.UntilAsync("readers see it", async () => (await town.ThreadAsync(pool)).TryGetProperty("heldUntil", out _));
        await rules.GetByRole(AriaRole.Button, new() { Name = "Rouvrir maintenant" }).ClickAsync();
        await rules.GetByRole(AriaRole.Button, new() { Name = "Oui, rouvrir" }).ClickAsync();
        await Expect(rules.GetByText("Page ouverte : on peut y écrire.")).ToBeVisibleAsync();
        await rules.GetByLabel("Comme le site : un commentaire paraît aussitôt").CheckAsync();
        await rules.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la règle" }).ClickAsync();
        await Expect(rules.GetByText("Un commentaire paraît aussitôt, sauf si une règle le retient. (règle du site, fichier hub.json)")).ToBeVisibleAsync();
        await rules.GetByText("Qui a réglé cette page").ClickAsync();
        await Expect(rules.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "mise en attente, par dominique" })).ToHaveCountAsync(1);
        await town.MoveAsync(TimeSpan.FromSeconds(1));
        var again = await town.JudgedAsync(pool, "Le bassin est-il ouvert dimanche ?");
        await Patience.UntilAsync("it is public", async () => (await town.PublicAsync(pool)).Contains(again.Id));
        Assert.Empty(desk.Errors);
        Assert.Empty(desk.Refusals);
    }

    private static async Task<ILocator> OpenAsync(Visitor desk, string title)
    {
        var heading = desk.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true });
        await heading.ClickAsync();
        return desk.Page.Locator("main > div > details").Filter(new() { Has = heading });
    }

    private static async Task SaveAsync(ILocator section)
    {
        await section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Status)).ToHaveTextAsync("C’est enregistré, et compte dès maintenant.");
    }
}
