using System.Text.RegularExpressions;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The demo as somebody starts it: <c>run</c> without anything, as a process, on a free port.</summary>
public sealed partial class DemoTown : IAsyncLifetime
{
    // The promise of the README: what a visitor is to see is there by then, counted from the command.
    private static readonly TimeSpan Promise = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-demo-test-").FullName;
    private ChildProcess? _process;
    private long _began;

    public string Site { get; private set; } = "";

    public string Hub { get; private set; } = "";

    /// <summary>The key that it prints for the moderation page.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What is left of the two minutes since the command was given; a moment to look, for a test that comes after them.</summary>
    public TimeSpan Left => Promise - TimeProvider.System.GetElapsedTime(_began) is { TotalSeconds: > 5 } left ? left : TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Log => _process?.Output ?? [];

    public async ValueTask InitializeAsync()
    {
        var dll = Path.Combine(NpmTools.Repository, "src", "SocialHub.Standalone", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "SocialHub.Standalone.dll");
        _began = TimeProvider.System.GetTimestamp();
        _process = ChildProcess.Start("dotnet", [dll, "run", "--port", "0"], [], _folder);
        var moderation = await _process.LineAsync(line => line.Contains("/moderation ", StringComparison.Ordinal), Left);
        Hub = Address().Match(moderation).Value;
        Key = moderation[(moderation.LastIndexOf(' ') + 1)..];
        Site = Address().Match(_process.Output.First(line => line.Contains("/teams", StringComparison.Ordinal))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
