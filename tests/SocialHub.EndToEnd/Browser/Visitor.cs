using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SocialHub.EndToEnd.Browser;

/// <summary>One browser page, and what it did that a citizen would not see: requests, refusals by the content policy, dialogs, storage.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) => Requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) || message.Text.Contains("integrity", StringComparison.OrdinalIgnoreCase)) Refusals.Enqueue(message.Text);
        };
        page.Dialog += async (_, dialog) =>
        {
            Dialogs.Enqueue(dialog.Message);
            await (Confirms ? dialog.AcceptAsync() : dialog.DismissAsync());
        };
        page.PageError += (_, error) => Errors.Enqueue(error);
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> Refusals { get; } = new();

    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>True: says yes to what a page asks; else it says no.</summary>
    public bool Confirms { get; set; }

    /// <summary>What <c>alert</c> and its like said.</summary>
    public ConcurrentQueue<string> Dialogs { get; } = new();

    public static async Task<Visitor> Arrive(IBrowser browser, BrowserNewContextOptions options)
    {
        var context = await browser.NewContextAsync(options);
        // A bound for what never comes, no promise of speed: the machine may be busy with other tests.
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Everything the page keeps on the device: cookies of any host, localStorage and sessionStorage of this one.</summary>
    public async Task<string> Stored()
    {
        var cookies = string.Join(' ', (await _context.CookiesAsync()).Select(cookie => cookie.Name));
        var stores = await Page.EvaluateAsync<string>("JSON.stringify([{...localStorage}, {...sessionStorage}])");
        return (cookies + stores).Replace("[{},{}]", "", StringComparison.Ordinal);
    }

    /// <summary>Every violation of WCAG 2.2 A and AA that axe-core sees in the page as it is now.</summary>
    public async Task NoAccessibilityViolation(string state)
    {
        var result = await Page.RunAxe(new AxeRunOptions
        {
            RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            // The page around the component is the site's: its landmarks are not ours to judge.
            Rules = new() { ["region"] = new() { Enabled = false } },
        });
        Assert.True(result.Violations.Length == 0, $"{state}: " + string.Join("\n", result.Violations.Select(v => $"{v.Id} {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
        Assert.NotEmpty(result.Passes);
    }

    /// <summary>Nothing sticks out of the viewport sideways.</summary>
    public async Task NoSidewaysScroll(string state) =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{state}: the page scrolls sideways");

    /// <summary>Nothing moves by itself, and nothing glides when it changes: whoever asked for less motion has none.</summary>
    public async Task NothingMoves() => Assert.Empty(await Page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('*')].filter(element => {
          const style = getComputedStyle(element);
          return style.animationName != 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior == 'smooth';
        }).map(element => element.outerHTML.slice(0, 80))
        """));

    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("SOCIALHUB_SCREENSHOTS") is { Length: > 0 } folder)
        {
            var name = string.Concat(TestContext.Current.Test!.TestDisplayName.Split('.')[^1].Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' ? c : '-'));
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name[..Math.Min(name.Length, 120)] + ".png"), FullPage = true });
        }

        await _context.CloseAsync();
    }
}
