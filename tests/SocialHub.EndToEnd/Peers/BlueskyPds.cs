using System.Globalization;
using System.Text.Json;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Peers;

/// <summary>
/// A real Bluesky server (PDS) and the directory of identities (PLC) that it needs, from npm, on free ports of 127.0.0.1 with a fresh folder.
/// There is no AppView: <c>app.bsky.*</c> answers 400. Accounts are told apart by handle, so tests share one server.
/// </summary>
public sealed class BlueskyPds : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _data;
    private int _accounts;

    private BlueskyPds(ChildProcess process, string data, int port, int publicPort, int directoryPort)
    {
        (_process, _data) = (process, data);
        Address = new Uri($"http://127.0.0.1:{port}");
        PublicAddress = new Uri($"http://localhost:{publicPort}");
        DirectoryAddress = new Uri($"http://localhost:{directoryPort}");
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What its DID documents name; a proxy in front of it, if one was given.</summary>
    public Uri PublicAddress { get; }

    /// <summary>The directory of identities that it registers its accounts with.</summary>
    public Uri DirectoryAddress { get; }

    /// <summary>A plain client on <see cref="Address"/>, past any proxy.</summary>
    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <param name="publicPort">The port of a proxy on 127.0.0.1 that DID documents must name, so that clients which follow them stay behind it.</param>
    public static async Task<BlueskyPds> StartAsync(int? publicPort = null)
    {
        var modules = NpmTools.Folder("bluesky-pds");
        var data = Directory.CreateTempSubdirectory("socialhub-pds-").FullName;
        Dictionary<string, string> environment = new()
        {
            ["PEER_MODULES"] = modules,
            ["PEER_DATA"] = data,
            ["PEER_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["PEER_DIRECTORY_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["PEER_PUBLIC_PORT"] = publicPort?.ToString(CultureInfo.InvariantCulture) ?? "",
        };
        var process = ChildProcess.Start(NpmTools.Node22(), ["--no-warnings", NpmTools.Script("bluesky-pds", "start.mjs")], environment);
        try
        {
            var ready = await process.LineAsync(line => line.StartsWith("READY ", StringComparison.Ordinal), Patience.Limit);
            using var ports = JsonDocument.Parse(ready["READY ".Length..]);
            var port = ports.RootElement.GetProperty("pds").GetInt32();
            return new BlueskyPds(process, data, port, publicPort ?? port, ports.RootElement.GetProperty("plc").GetInt32());
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new account with a handle of its own.</summary>
    public Task<BlueskyAccount> CreateAccountAsync() =>
        BlueskyAccount.CreateAsync(Client, $"mairie{Interlocked.Increment(ref _accounts)}.test");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
