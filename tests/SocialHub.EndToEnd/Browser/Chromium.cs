using Microsoft.Playwright;
using SocialHub.EndToEnd.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SocialHub.EndToEnd.Browser;

/// <summary>The machine's Chromium or Chrome, or the browser that <c>SOCIALHUB_TEST_BROWSER</c> names, started once; its tests are skipped where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Where tests/all.cs looks too.
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];
    private readonly SemaphoreSlim _once = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _once.Dispose();
    }

    /// <summary>A visitor with an empty device of their own.</summary>
    internal async Task<Visitor> Visit(BrowserNewContextOptions? options = null)
    {
        var executable = Environment.GetEnvironmentVariable("SOCIALHUB_TEST_BROWSER") is { Length: > 0 } chosen ? chosen : Places.FirstOrDefault(File.Exists);
        if (executable is null) Assert.Skip("No Chromium: install it (apt-get install chromium) or Chrome, or name one in SOCIALHUB_TEST_BROWSER.");
        await _once.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            // Without these, Debian's Chromium looks for hosts of its maker at every start.
            _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            _once.Release();
        }

        return await Visitor.Arrive(_browser, options ?? new() { Locale = "fr-FR" });
    }
}
