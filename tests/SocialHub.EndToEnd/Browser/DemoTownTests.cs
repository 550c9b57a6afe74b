using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>What somebody sees who starts the demo: the whole hub, in a browser, on real parts.</summary>
public sealed class DemoTownTests(Chromium chromium, DemoTown town) : IClassFixture<DemoTown>
{
    [Fact]
    public async Task A_comment_goes_from_a_citizen_over_a_card_and_a_moderator_onto_the_page()
    {
        await using var citizen = await chromium.Visit();
        var page = citizen.Page;
        await page.GotoAsync(town.Site + "/actualites/mediatheque");
        await AliveAsync(page);
        await page.GetByLabel("Votre commentaire").FillAsync("Bravo, surtout pour les **contes** du dimanche.");
        await page.GetByLabel("Nom ou pseudonyme").FillAsync("Nadia");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.Locator("comment-thread li").GetByText("Une personne va le lire")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await citizen.NoAccessibilityViolation("waiting");

        await using var moderator = await chromium.Visit();
        await moderator.Page.GotoAsync(town.Site + "/teams");
        var card = moderator.Page.Locator(".card").Filter(new() { HasText = "Nadia" });
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 180_000 });
        var decided = await moderator.Page.RunAndWaitForPopupAsync(() => card.GetByRole(AriaRole.Link, new() { Name = "Publier" }).ClickAsync());
        await Expect(decided.GetByRole(AriaRole.Heading, new() { Name = "Commentaire de Nadia" })).ToBeVisibleAsync();
        await decided.GetByLabel("Votre nom").FillAsync("Claire");
        await decided.GetByRole(AriaRole.Button, new() { Name = "Publier : Nadia" }).ClickAsync();
        await Expect(decided.GetByRole(AriaRole.Status)).ToContainTextAsync("Publié par Claire (nom déclaré) à");

        // Her page tells her without being loaded again; a neighbour sees it too.
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Votre commentaire est publié.", new() { Timeout = 60_000 });
        await using var neighbour = await chromium.Visit();
        await neighbour.Page.GotoAsync(town.Site + "/actualites/mediatheque");
        await Expect(neighbour.Page.Locator("comment-thread strong", new() { HasText = "contes" })).ToBeVisibleAsync();

        // Taken back by the same page: it waits again, and nobody else sees it.
        await decided.GetByRole(AriaRole.Button, new() { Name = "Annuler cette décision" }).ClickAsync();
        await Expect(decided.GetByRole(AriaRole.Status)).ToContainTextAsync("Décision annulée");

        foreach (var visitor in (Visitor[])[citizen, neighbour])
        {
            Assert.Empty(visitor.Errors);
            Assert.All(visitor.Requests, url => Assert.True(url.StartsWith(town.Site, StringComparison.Ordinal) || url.StartsWith(town.Hub, StringComparison.Ordinal), url));
        }

        Assert.Equal("", await neighbour.Stored());
        Assert.Empty(neighbour.Refusals);
    }

    [Fact]
    public async Task Posts_of_the_town_stand_on_its_page_with_their_pictures_from_the_hub()
    {
        await using var visitor = await chromium.Visit();
        await ComesAsync(visitor.Page, town.Site + "/", "social-feed li");
        var feed = visitor.Page.Locator("social-feed");
        await Expect(feed.GetByText("Odile et Marcel")).ToBeVisibleAsync();
        await Expect(feed.GetByAltText("Dessin : des chalets de bois éclairés autour d’un grand sapin", new() { Exact = true })).ToHaveAttributeAsync("src", new Regex("^" + Regex.Escape(town.Hub + "/media/"), RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(feed.GetByRole(AriaRole.Link, new() { Name = "Voir sur Mastodon" }).First).ToBeVisibleAsync();
        Assert.Empty(visitor.Refusals);
        Assert.Empty(visitor.Errors);
        Assert.Equal("", await visitor.Stored());
        await visitor.NoAccessibilityViolation("home");
    }

    [Fact]
    public async Task A_new_article_is_announced_on_every_network_while_a_visitor_looks_on_and_nothing_leaves()
    {
        await using var visitor = await chromium.Visit();
        await visitor.Page.GotoAsync(town.Site + "/annonces");
        var parc = visitor.Page.Locator(".card").Filter(new() { HasText = "Le parc des Deux-Rives ouvre ses trois premiers hectares" });
        await Expect(parc.First).ToBeVisibleAsync(new() { Timeout = (float)town.Left.TotalMilliseconds });
        await Expect(parc).ToHaveCountAsync(2);
        await Expect(parc.Filter(new() { HasText = "utm_source=mastodon" })).ToHaveCountAsync(1);
        await Expect(parc.Filter(new() { HasText = "à blanc : rien ne part" })).ToHaveCountAsync(2);
        await Expect(visitor.Page.GetByText("La démonstration tourne à blanc")).ToBeVisibleAsync();
        // Each state is a moment only; what the stand-in counted is all that ever came. It is shown after what would have been sent was made.
        await Expect(parc.Filter(new() { HasText = "Ce qui serait envoyé, octet pour octet" })).ToHaveCountAsync(2, new() { Timeout = (float)town.Left.TotalMilliseconds });
        await Expect(visitor.Page.GetByText("Envois reçus par le Mastodon de la démonstration : 0")).ToBeVisibleAsync();
        // The articles that were there before the hub are not.
        await Expect(visitor.Page.GetByText("Pont-Vieux")).ToHaveCountAsync(0);
        await visitor.NoAccessibilityViolation("announcements");
    }

    /// <summary>Makes <c>src/SocialHub.Web/demo.png</c> anew: <c>dotnet run --project tests/SocialHub.EndToEnd -- -explicit only -method "*Remakes_the_picture*"</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Remakes_the_picture_of_the_readme()
    {
        await using var visitor = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris", ViewportSize = new() { Width = 1280, Height = 1000 } });
        await ComesAsync(visitor.Page, town.Site + "/actualites/piscine", "comment-thread li");
        await ComesAsync(visitor.Page, town.Site + "/", "social-feed img");
        await visitor.Page.WaitForFunctionAsync("[...document.images].every(image => image.complete && image.naturalWidth)");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Peers.NpmTools.Repository, "src", "SocialHub.Web", "demo.png") });
    }

    // The address that the demo's hub takes a visitor to write from: five comments are what it takes from one. Only where the page asks the hub and nobody else,
    // for no page of another origin may send this header.
    private static IEnumerable<KeyValuePair<string, string>> From(string address) => [KeyValuePair.Create("X-Forwarded-For", address)];

    // The hub gathers and decides in its own time; a visitor would load the page again.
    private async Task ComesAsync(IPage page, string address, string what)
    {
        using var patience = new CancellationTokenSource(town.Left);
        do
        {
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            if (await page.Locator(what).CountAsync() > 0) return;
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        while (!patience.IsCancellationRequested);

        Assert.Fail($"{what} did not come on {address}");
    }

    [Fact]
    public async Task The_people_of_the_town_wrote_were_read_and_answered_before_the_visitor_came()
    {
        await using var visitor = await chromium.Visit();
        await ComesAsync(visitor.Page, town.Site + "/actualites/piscine", "comment-thread li:has-text('Jeanne Morvan')");
        await Expect(visitor.Page.GetByText("BANDE DE NULS")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_list_shows_what_waits_to_whoever_has_the_key()
    {
        await using var moderator = await chromium.Visit();
        var page = moderator.Page;
        await page.GotoAsync(town.Hub + "/moderation");
        await page.GetByLabel("Clé du hub").FillAsync(town.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();
        var waiting = page.Locator(".card").Filter(new() { HasText = "Un nageur en colère" });
        using var patience = new CancellationTokenSource(town.Left);
        while (await waiting.CountAsync() == 0 && !patience.IsCancellationRequested)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await page.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
            await Expect(page.GetByText("attend")).Not.ToHaveCountAsync(0);
        }

        await Expect(waiting.Locator("mark").First).ToBeVisibleAsync();
        await moderator.NoAccessibilityViolation("list");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Refuser" }).ClickAsync();
        await waiting.GetByLabel("Motif du refus").SelectOptionAsync("insult");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Confirmer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Refusé par");
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler cette décision" }).ClickAsync();
        await Expect(waiting.GetByRole(AriaRole.Button, new() { Name = "Publier" })).ToBeVisibleAsync();
        Assert.Empty(moderator.Errors);
    }

    [Fact]
    public async Task With_the_code_that_the_page_gave_a_citizen_finds_the_comment_on_another_device_without_script()
    {
        await using var citizen = await chromium.Visit();
        await citizen.Page.GotoAsync(town.Site + "/actualites/marche-de-noel");
        await AliveAsync(citizen.Page);
        await citizen.Page.GetByLabel("Votre commentaire").FillAsync("La patinoire est-elle ouverte le lundi ?");
        await citizen.Page.GetByLabel("Nom ou pseudonyme").FillAsync("Inès");
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        var code = await citizen.Page.Locator("comment-thread code").InnerTextAsync();

        await using var phone = await chromium.Visit(new() { JavaScriptEnabled = false, Locale = "fr-FR", ViewportSize = new() { Width = 320, Height = 700 } });
        var page = phone.Page;
        await page.GotoAsync(town.Site + "/actualites/marche-de-noel");
        await page.GetByRole(AriaRole.Link, new() { Name = "retrouver mes commentaires avec mon code" }).ClickAsync();
        await page.GetByLabel("Votre code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Retrouver mes commentaires" }).ClickAsync();
        await Expect(page.GetByText("La patinoire est-elle ouverte le lundi ?")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le commentaire" }).ClickAsync();
        await page.GetByLabel("Votre texte").FillAsync("La patinoire est-elle ouverte le lundi, et le mardi ?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la modification" }).ClickAsync();
        await Expect(page.Locator("blockquote")).ToContainTextAsync("et le mardi ?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer le commentaire" }).ClickAsync();
        await Expect(page.GetByText("Votre commentaire est retiré.")).ToBeVisibleAsync();
        Assert.Empty(phone.Refusals);
    }

    // Until the thread is read, the page's own form is there, and works as it does without script: its answer is a page of the hub.
    private static Task AliveAsync(IPage page) => Expect(page.Locator("comment-thread [role=status]")).ToHaveCountAsync(1);

    [Theory]
    [InlineData("/api/v1/charter.html")]
    [InlineData("/api/v1/transparency.html")]
    [InlineData("/api/v1/sites/ville/author.html")]
    [InlineData("/api/v1/sites/village/author.html")]
    [InlineData("/api/v1/feeds/accueil.html")]
    [InlineData("/api/v1/sites/ville/comments.html?page={page}")]
    [InlineData("/api/v1/sites/ville/comments.html?sort=best")]
    public async Task Anyone_can_read_a_page_of_the_hub(string path)
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 320) })
        {
            await using var visitor = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 700 } });
            await visitor.Page.GotoAsync(town.Hub + path.Replace("{page}", Uri.EscapeDataString(town.Site + "/actualites/piscine"), StringComparison.Ordinal));
            await Expect(visitor.Page.Locator("h1")).ToHaveCountAsync(1);
            await visitor.NoAccessibilityViolation(path);
            await visitor.NoSidewaysScroll(path);
            await visitor.NothingMoves();
            Assert.Empty(visitor.Refusals);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Anyone_can_use_the_forms_of_the_hub_and_what_they_lead_to(ColorScheme scheme, int width)
    {
        // With script only because axe-core is one: these pages have none of their own.
        await using var citizen = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 700 }, ExtraHTTPHeaders = From($"198.51.100.{width % 100}") });
        var page = citizen.Page;
        await page.GotoAsync($"{town.Hub}/api/v1/sites/ville/comments.html?page={Uri.EscapeDataString(town.Site + "/actualites/mediatheque")}");
        await page.GetByLabel("Votre commentaire").FillAsync($"Appelez-moi au 06 12 34 56 78, merci ({width}).");
        await page.GetByLabel("Nom ou pseudonyme").FillAsync("Lou");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer", Exact = true }).ClickAsync();
        var steps = new[] { "Actualiser", "Voir mes données", "Ouvrir le commentaire", "Tout effacer…" };
        for (var step = 0; ; step++)
        {
            await Expect(page.Locator("h1")).ToHaveCountAsync(1);
            await citizen.NoAccessibilityViolation(page.Url);
            await citizen.NoSidewaysScroll(page.Url);
            await citizen.NothingMoves();
            if (step == steps.Length) break;
            await page.GetByRole(AriaRole.Button, new() { Name = steps[step] }).ClickAsync();
        }

        Assert.Empty(citizen.Refusals);
        Assert.All(citizen.Requests, url => Assert.StartsWith(town.Hub, url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_a_citizen_gets_a_receipt_that_edits_and_withdraws()
    {
        await using var citizen = await chromium.Visit(new() { JavaScriptEnabled = false, ExtraHTTPHeaders = From("198.51.100.1") });
        var page = citizen.Page;
        await page.GotoAsync(town.Site + "/actualites/pont-vieux");
        await page.GetByLabel("Votre commentaire").FillAsync("Et les vélos cargos, passent-ils aussi ?");
        await page.GetByLabel("Nom ou pseudonyme").FillAsync("Paul");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Votre commentaire" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Notez ce code et gardez-le pour vous")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer le commentaire" }).ClickAsync();
        await Expect(page.GetByText("Votre commentaire est retiré.")).ToBeVisibleAsync();
        Assert.Empty(citizen.Refusals);
    }
}
