using Microsoft.Playwright;
using SocialHub.EndToEnd.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SocialHub.EndToEnd.Browser;

/// <summary>Debian's Chromium, started once; its tests are skipped where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
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
        if (!File.Exists(Executable)) Assert.Skip("No /usr/bin/chromium: apt-get install chromium.");
        await _once.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            // Without these, Debian's Chromium looks for hosts of its maker at every start.
            _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Executable,
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
