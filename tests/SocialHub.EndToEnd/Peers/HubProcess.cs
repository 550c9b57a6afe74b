using System.Globalization;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Peers;

/// <summary>The real standalone hub as a process: killed, stopped and started again on the same port, with the same storage.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    /// <summary>Stands in hub.json for the address that the hub listens on, which is chosen here.</summary>
    public const string OwnAddress = "https://hub.itself.example";

    /// <summary>The standalone hub of the same build as this test, for <c>dotnet</c>.</summary>
    internal static readonly string Program = Path.Combine(NpmTools.Repository, "src", "SocialHub.Standalone", "bin", AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "SocialHub.Standalone.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-hub-").FullName;
    private readonly int _port = FreePort.Next();
    private readonly List<string> _past = [];
    private readonly SemaphoreSlim _one = new(1);
    private ChildProcess? _process;

    public HubProcess(HubSettings settings)
    {
        Settings = settings;
        Address = new Uri($"http://127.0.0.1:{_port}");
        File.WriteAllText(Path.Combine(_folder, "hub.json"), settings.Configuration.Replace(OwnAddress, Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
    }

    public Uri Address { get; }

    /// <summary>What it is started with; a change holds from its next start on, but for hub.json. Another process may be given the same.</summary>
    public HubSettings Settings { get; set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Every line that it printed, over all its starts.</summary>
    public IReadOnlyList<string> Log => [.. _past, .. _process?.Output ?? []];

    /// <summary>Starts it and returns when it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before, or took longer than a test waits; with all that it printed.</exception>
    public async Task StartAsync()
    {
        await _one.WaitAsync();
        try
        {
            await EndAsync(kill: true);
            var process = _process = ChildProcess.Start("dotnet", [Program, "run", "--hub", Path.Combine(_folder, "hub.json"), "--port", _port.ToString(CultureInfo.InvariantCulture)], Settings.Environment(), _folder);
            Starts++;
            await process.LineAsync(line => line.StartsWith("SocialHub listens on", StringComparison.Ordinal), Patience.Limit);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <summary>SIGTERM; returns its exit code.</summary>
    public Task<int> StopAsync() => _process!.StopAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await EndAsync(kill: false);
        _one.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EndAsync(bool kill)
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (kill)
            await process.KillAsync();
        await process.DisposeAsync();
        _past.AddRange(process.Output);
    }
}
