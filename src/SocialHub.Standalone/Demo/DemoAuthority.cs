using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialHub.Standalone.Demo;

/// <summary>
/// "Ville de Saint-Exemple": what <c>run</c> starts when it is given no hub.json. A hub like any other, told by a hub.json and by settings,
/// beside a small site on an origin of its own. It publishes dry, or on the Bluesky server that it is given; it has no quiet hours, and forgets everything when it stops.
/// </summary>
internal sealed class DemoAuthority : IAsyncDisposable
{
    private const int SitePort = 7080;
    private const string Webhook = "DEMO_TEAMS_WEBHOOK";
    private const string BlueskySecret = "DEMO_BLUESKY";

    // A DID: for a handle the dry run would ask the network's directory, and nothing is to leave this machine.
    private const string NobodysDid = "did:plc:saintexempledemoaaaaaaaa";
    private readonly DemoSite _site;
    private readonly string _folder;
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly TimeProvider _time;
    private HttpClient? _hub;

    private DemoAuthority(DemoSite site, string folder, TimeProvider time) => (_site, _folder, _time) = (site, folder, time);

    /// <summary>Where the demo's site is.</summary>
    public string SiteAddress => _site.Origin;

    /// <summary>Opens the site and writes the hub.json beside an empty data folder.</summary>
    /// <param name="pds">Origin of a Bluesky server where announcements are really posted; null: they are only shown.</param>
    /// <param name="time">The demo's clock.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidDataException">The Bluesky server makes no account.</exception>
    public static async Task<DemoAuthority> StartAsync(string? pds, TimeProvider time, CancellationToken cancellationToken)
    {
        var bluesky = pds is null ? null : await DemoPds.CreateAccountAsync(pds, cancellationToken);
        DemoSite site;
        try
        {
            site = await DemoSite.StartAsync(SitePort, time, cancellationToken);
        }
        catch (IOException)
        {
            site = await DemoSite.StartAsync(0, time, cancellationToken);
        }

        site.Bluesky = bluesky;
        return new DemoAuthority(site, Directory.CreateTempSubdirectory("socialhub-demo-").FullName, time);
    }

    /// <summary>The settings of a hub for this authority, on top of what the command line said.</summary>
    /// <exception cref="InvalidDataException">It is to listen on an address of the network only: the demonstration is for this machine.</exception>
    public RunSettings Settings(RunSettings settings)
    {
        // The address stands in hub.json and on every page before the hub listens.
        if (settings.Port == 0) settings = settings with { Port = FreePort() };
        _site.Hub = $"http://{Host(settings.Listen)}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
        var file = Path.Combine(_folder, "hub.json");
        File.WriteAllText(file, HubJson());
        var values = new Dictionary<string, string?>(settings.Values, StringComparer.Ordinal)
        {
            ["SocialHub:Publishing"] = _site.Bluesky is null ? "dry-run" : "on",
            [BlueskySecret] = _site.Bluesky?.Password,
            // The town's people say where they come from as a proxy would; whoever tries the demo has an address of their own, and limits to themselves.
            ["SocialHub:TrustedHops"] = "1",
            ["SocialHub:HubKeys"] = $"demo:administrator:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_key)))}",
            // Everything in the demo is a few times faster than in a town hall.
            ["TickSchedule"] = "*/5 * * * * *",
            ["SocialHub:Times:Minute"] = "00:00:10",
            ["SocialHub:Times:Memory"] = "00:00:01",
            [Webhook] = $"{_site.Origin}/teams/webhook",
        };
        string[] pds = _site.Bluesky is { } bluesky ? [bluesky.Origin, bluesky.OwnOrigin] : [];
        return settings with { HubFile = file, Sites = [.. settings.Sites, _site.Origin, .. pds], Values = values, DataFolder = _folder };
    }

    /// <summary>Tells where to look, and lets the town's people write once the hub listens.</summary>
    /// <returns>Ends when they have nothing more to do.</returns>
    public async Task LiveAsync(TextWriter output, ILogger log, CancellationToken cancellationToken)
    {
        _hub = new HttpClient { BaseAddress = new Uri(_site.Hub), Timeout = TimeSpan.FromSeconds(30) };
        _site.Publications = PublicationsAsync;
        await output.WriteLineAsync($"""

              Ville de Saint-Exemple, a demonstration

              1. {_site.Origin}/actualites/piscine   an article: read the comments, write one
              2. {_site.Origin}/teams                what the team receives: open the card, decide
              3. {_site.Origin}/                     the town's site: the gathered posts on the right
              4. {_site.Origin}/annonces             {(_site.Bluesky is { } bluesky ? $"what {bluesky.Handle} announces on {bluesky.Origin}" : "what would be announced")}: a new article appears within two minutes
              5. {_site.Hub}/moderation   everything that waits; key: {_key}

              Nothing {(_site.Bluesky is null ? "" : "else ")}leaves this machine, nothing is kept{(_site.Bluesky is null ? "" : " here")}. Ctrl+C ends it.

            """);
        await new DemoCitizens(_site, _hub, _time, log).RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _hub?.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // the embedded storage may still hold a file; it lies in the temporary folder
        }
    }

    // Whoever listens on all addresses is reached on this one, too.
    private static string Host(string listen) =>
        !IPAddress.TryParse(listen, out var address) ? listen
        : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "127.0.0.1"
        : !IPAddress.IsLoopback(address) ? throw new InvalidDataException($"The demonstration listens on this machine only: --listen {listen} needs a hub.json (--hub).")
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : listen;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<JsonElement?> PublicationsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/publications", UriKind.Relative));
        request.Headers.Add("x-hub-key", _key);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _hub!.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) return null;
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return answer.RootElement.Clone();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    private string HubJson() => new JsonObject
    {
        ["authority"] = new JsonObject
        {
            ["name"] = "Ville de Saint-Exemple",
            ["language"] = "fr",
            ["timeZone"] = "Europe/Paris",
            ["publicAddress"] = _site.Hub,
            ["directorOfPublication"] = "Anne Le Goff, maire de Saint-Exemple",
        },
        ["sites"] = new JsonObject
        {
            ["ville"] = new JsonObject
            {
                ["name"] = "Saint-Exemple",
                ["origins"] = new JsonArray(_site.Origin),
                ["articleFeeds"] = new JsonArray(new JsonObject { ["address"] = _site.Origin + "/flux.xml", ["accounts"] = _site.Bluesky is null ? new JsonArray("mastodon", "bluesky") : new JsonArray("bluesky"), ["hashtags"] = new JsonArray("SaintExemple") }),
            },
        },
        ["accounts"] = new JsonObject
        {
            ["mastodon"] = new JsonObject { ["network"] = "mastodon", ["server"] = _site.Origin, ["name"] = MastodonStandIn.Name, ["secret"] = "DEMO_MASTODON" },
            ["bluesky"] = new JsonObject { ["network"] = "bluesky", ["server"] = _site.Bluesky?.Origin ?? "https://pds.example", ["name"] = _site.Bluesky?.Handle ?? NobodysDid, ["secret"] = BlueskySecret },
        },
        ["sources"] = new JsonObject
        {
            ["site"] = new JsonObject { ["address"] = _site.Origin + "/flux.xml", ["title"] = "Le site de la ville", ["everyMinutes"] = 5 },
            ["mastodon"] = new JsonObject { ["account"] = "mastodon", ["title"] = "Mastodon de la ville", ["everyMinutes"] = 5 },
        },
        ["feeds"] = new JsonObject { ["accueil"] = new JsonObject { ["title"] = "La ville en direct", ["sources"] = new JsonArray("mastodon", "site"), ["size"] = 20 } },
        ["publishing"] = new JsonObject { ["quietFrom"] = null, ["quietTo"] = null, ["paceMinutes"] = 0, ["lookEveryMinutes"] = 1 },
        ["moderation"] = new JsonObject { ["webhooks"] = new JsonArray(Webhook) },
    }.ToJsonString();
}
