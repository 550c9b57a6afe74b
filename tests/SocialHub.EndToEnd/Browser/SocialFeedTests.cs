using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using SocialHub.Web;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>&lt;social-feed&gt; as a visitor meets it.</summary>
public sealed class SocialFeedTests(Chromium chromium) : IAsyncLifetime
{
    private StandInHub _hub = null!;
    private TownPage _town = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On(Samples.Feed, Samples.Posts(_hub.Address));
        _hub.On("GET /media/1", _ => Results.Bytes(WebFiles.Find("icon.svg")!.Content, "image/svg+xml"));
        _town = await TownPage.Start(_hub);
        _town.Content = "<h2>En direct</h2><social-feed feed=\"accueil\"></social-feed>";
        _visitor = await chromium.Visit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _town.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_post_shows_its_network_its_pictures_with_their_text_and_where_else_it_is()
    {
        await Open();
        var post = Page.Locator("social-feed li").First;
        await Expect(post).ToContainTextAsync("Mastodon");
        await Expect(post.GetByAltText("Chalets décorés sur la place")).ToBeVisibleAsync();
        await Expect(post.GetByRole(AriaRole.Link, new() { Name = "Voir sur Mastodon, 24 novembre 2026" })).ToHaveAttributeAsync("href", "https://mastodon.example/@ville/1");
        await Expect(post.GetByRole(AriaRole.Link, new() { Name = "Aussi sur Bluesky, 24 novembre 2026" })).ToHaveAttributeAsync("href", "https://bsky.example/1");
        await Expect(post.GetByText("Épinglé")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_page_that_tells_the_same_is_called_by_its_own_host()
    {
        _hub.On(Samples.Feed, new
        {
            items = new[]
            {
                new
                {
                    id = "2", url = "https://www.saint-exemple.test/2", date_published = "2026-11-23T08:00:00Z", content_html = "<p>Après six mois de travaux.</p>",
                    _socialhub = new { network = "web", alsoOn = new[] { new { network = "web", url = "https://www.agglo.test/piscine" } } },
                },
            },
        });
        await Open();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Voir sur www.saint-exemple.test, 23 novembre 2026" })).ToHaveAttributeAsync("href", "https://www.saint-exemple.test/2");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Aussi sur www.agglo.test, 23 novembre 2026" })).ToHaveAttributeAsync("href", "https://www.agglo.test/piscine");
    }

    [Fact]
    public async Task A_view_asks_only_the_hub_and_stores_nothing()
    {
        await Open();
        await Expect(Page.Locator("social-feed li")).ToHaveCountAsync(2);
        Assert.All(_visitor.Requests, url => Assert.True(url.StartsWith(_hub.Address, StringComparison.Ordinal) || url.StartsWith(_town.Address, StringComparison.Ordinal), url));
        Assert.Equal("", await _visitor.Stored());
        Assert.Empty(_visitor.Refusals);
        Assert.Empty(_visitor.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 100)]
    [InlineData(ColorScheme.Dark, 320, 200)]
    public async Task Anyone_can_read_it(ColorScheme scheme, int width, int text)
    {
        await _visitor.DisposeAsync();
        _visitor = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        _town.TextSize = text;
        await Open();
        await Expect(Page.Locator("social-feed li")).ToHaveCountAsync(2);
        await _visitor.NoAccessibilityViolation("feed");
        await _visitor.NoSidewaysScroll("feed");
        await _visitor.NothingMoves();
    }

    [Fact]
    public async Task What_the_server_rendered_stays_when_the_hub_is_down()
    {
        _hub.Down = true;
        _town.Content = "<social-feed feed=\"accueil\"><ul><li>Rendu par le serveur</li></ul></social-feed>";
        await Open();
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Contenu indisponible pour le moment.");
        await Expect(Page.GetByText("Rendu par le serveur")).ToBeVisibleAsync();
        await _visitor.NoAccessibilityViolation("feed down");
    }

    [Fact]
    public async Task The_hashed_files_load_under_subresource_integrity()
    {
        var script = WebFiles.Find("v1.js")!;
        var style = WebFiles.Find("v1.css")!;
        _town.Content = $"""
            <link rel="stylesheet" href="{_hub.Address}{style.Address}" integrity="{style.Integrity}" crossorigin="anonymous">
            <script src="{_hub.Address}{script.Address}" integrity="{script.Integrity}" crossorigin="anonymous" defer></script><social-feed feed="accueil"></social-feed>
            """;
        _town.Script = false;
        await Open();
        await Expect(Page.Locator("social-feed li")).ToHaveCountAsync(2);
        Assert.Empty(_visitor.Refusals);
        Assert.Equal(1, _visitor.Requests.Count(url => url.EndsWith(".css", StringComparison.Ordinal) && url.StartsWith(_hub.Address, StringComparison.Ordinal)));
    }

    private async Task Open() => await Page.GotoAsync(_town.Address + "/");
}
