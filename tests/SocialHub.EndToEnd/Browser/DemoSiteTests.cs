using System.Text.Json;
using Microsoft.Playwright;
using SocialHub.Standalone.Demo;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The demo town's own pages, beside a hub that answers as told.</summary>
public sealed class DemoSiteTests(Chromium chromium) : IAsyncLifetime
{
    private StandInHub _hub = null!;
    private DemoSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _hub.On(Samples.Feed, Samples.Posts(_hub.Address));
        _hub.On(Samples.Thread, Samples.ThreadOf(Samples.Comments));
        _site = await DemoSite.StartAsync(0, TimeProvider.System, TestContext.Current.CancellationToken);
        _site.Hub = _hub.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("/", ColorScheme.Light, 1280)]
    [InlineData("/", ColorScheme.Dark, 320)]
    [InlineData("/actualites/piscine", ColorScheme.Light, 320)]
    [InlineData("/actualites/piscine", ColorScheme.Dark, 1280)]
    [InlineData("/teams", ColorScheme.Light, 320)]
    [InlineData("/annonces", ColorScheme.Dark, 1280)]
    public async Task Anyone_can_use_it_and_it_keeps_to_its_own_policy(string page, ColorScheme scheme, int width)
    {
        Assert.True(_site.Teams.Take(Card()));
        _site.Publications = _ => Task.FromResult<JsonElement?>(JsonSerializer.SerializeToElement(new { items = new[] { new { account = "mastodon", state = "planned", text = "Le parc ouvre\nhttps://www.saint-exemple.test/parc" } } }));
        await using var visitor = await chromium.Visit(new() { Locale = "fr-FR", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await visitor.Page.GotoAsync(_site.Origin + page);
        await Expect(visitor.Page.Locator(page switch { "/" => "social-feed li >> nth=0", "/teams" or "/annonces" => ".card", _ => "comment-thread form.sh-form" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Refusals);
        Assert.Empty(visitor.Errors);
        Assert.Equal("", await visitor.Stored());
        await visitor.NoSidewaysScroll(page);
        // Last: axe-core copies style sheets of other origins into the page, which the page's policy refuses.
        await visitor.NoAccessibilityViolation(page);
    }

    [Fact]
    public void A_message_without_a_card_is_no_message_for_the_channel()
    {
        Assert.False(_site.Teams.Take(JsonSerializer.SerializeToElement(new { text = "bonjour" })));
        Assert.False(_site.Teams.Take(JsonSerializer.SerializeToElement(new[] { 1 })));
        Assert.True(_site.Teams.Take(Card()));
        Assert.Equal([_hub.Address + "/moderation/decide#t=x"], _site.Teams.DecisionLinks);
        Assert.Contains("&lt;b&gt;", _site.Teams.Render(), StringComparison.Ordinal);
    }

    private JsonElement Card() => JsonSerializer.SerializeToElement(new
    {
        type = "message",
        attachments = new[]
        {
            new
            {
                ContentType = "application/vnd.microsoft.card.adaptive",
                content = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["type"] = "AdaptiveCard",
                    ["body"] = new object[]
                    {
                        new { type = "TextBlock", text = "Commentaire de <b>Bob</b>", weight = "Bolder" },
                        new { type = "Container", items = new object[] { new { type = "TextBlock", text = "Quels incapables à la mairie, vraiment." } } },
                        new { type = "FactSet", facts = new[] { new { title = "Page", value = "La piscine rouvre" } } },
                    },
                    ["actions"] = new object[] { new { type = "Action.OpenUrl", title = "Voir et décider", url = _hub.Address + "/moderation/decide#t=x" }, new { type = "Action.OpenUrl", title = "x", url = "javascript:alert(1)" } },
                },
            },
        },
    });
}
