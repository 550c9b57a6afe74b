using System.Globalization;
using System.Text.RegularExpressions;
using SocialHub.EndToEnd.Peers;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Browser;

/// <summary>The demo as somebody starts it: <c>run</c> without anything unless told, as a process, on a free port.</summary>
public sealed partial class DemoTown(AzuriteFixture azurite) : IAsyncLifetime
{
    // What a visitor is to see is there by then, counted from the command. The demo says two minutes, on a machine that does nothing else: here dozens of tests share its processors.
    private static readonly TimeSpan Promise = TimeSpan.FromMinutes(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-demo-test-").FullName;
    private ChildProcess? _process;
    private long _began;

    /// <summary>More arguments of <c>run</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string Site { get; private set; } = "";

    public string Hub { get; private set; } = "";

    /// <summary>The key that it prints for the moderation page.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What is left of the five minutes since the command was given; one to look, for a test that comes after them.</summary>
    public TimeSpan Left => Promise - TimeProvider.System.GetElapsedTime(_began) is { TotalMinutes: > 1 } left ? left : TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Log => _process?.Output ?? [];

    public async ValueTask InitializeAsync()
    {
        // On a fresh machine the first hub gets the embedded storage from npm: that is no part of what is promised.
        await azurite.NewAccountAsync();
        _began = TimeProvider.System.GetTimestamp();
        _process = ChildProcess.Start("dotnet", [HubProcess.Program, "run", "--port", FreePort.Next().ToString(CultureInfo.InvariantCulture), .. Arguments], [], _folder);
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
