using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialHub.EndToEnd.Crashes;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Journeys;

/// <summary>
/// The hub that a journey goes through, reached by its public routes alone. With HUB_ADDRESS it is one that runs already (the function app, started by
/// Core Tools or on Azure): then HUB_KEY is an administrator's hub key of it, and HUB_SITE_PORT a port of 127.0.0.1 whose origin it may fetch from.
/// Without, it is the standalone hub, started and stopped here.
/// </summary>
public sealed class JourneyHub : IAsyncDisposable
{
    /// <summary>The site's id.</summary>
    public const string Site = "ville";

    /// <summary>The feed's name.</summary>
    public const string Feed = "accueil";

    // A function app looks for due work once a minute, and for a new hub.json as often.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HubProcess? _own;

    private JourneyHub(SmallSite town, SiteFeed news, HubProcess? own, Uri address, string key) =>
        (Town, News, _own, Visitor, Team) = (town, news, own, new HubClient([address]), new HubClient([address], key));

    /// <summary>The authority's site, open to comments.</summary>
    public SmallSite Town { get; }

    /// <summary>The site's feed: gathered, and announced dry.</summary>
    public SiteFeed News { get; }

    public HubClient Visitor { get; }

    /// <summary>Asks with an administrator's key.</summary>
    public HubClient Team { get; }

    public string Origin => Town.PublicAddress.GetLeftPart(UriPartial.Authority);

    public static async Task<JourneyHub> OpenAsync(AzuriteFixture azurite)
    {
        var running = Environment.GetEnvironmentVariable("HUB_ADDRESS") is { Length: > 0 } address ? new Uri(address) : null;
        var port = int.TryParse(Environment.GetEnvironmentVariable("HUB_SITE_PORT"), CultureInfo.InvariantCulture, out var given) ? given : 0;
        var town = await SmallSite.StartAsync(running is null ? 0 : port);
        var news = town.Feed("/journey/feed", "Actualités");
        var file = new HubFile();
        file["sites"][Site] = new JsonObject
        {
            ["name"] = "Saint-Exemple",
            ["origins"] = new JsonArray(town.Address.GetLeftPart(UriPartial.Authority)),
            ["articleFeeds"] = new JsonArray(new JsonObject { ["address"] = news.Address, ["accounts"] = new JsonArray("mastodon") }),
        };
        file["accounts"]["mastodon"] = new JsonObject { ["network"] = "mastodon", ["server"] = "https://mastodon.example", ["name"] = "ville", ["secret"] = "MASTODON_TOKEN" };
        file["sources"]["site"] = new JsonObject { ["address"] = news.Address, ["everyMinutes"] = 5 };
        file["feeds"][Feed] = new JsonObject { ["title"] = "La ville", ["sources"] = new JsonArray("site") };
        file["moderation"].Remove("webhooks");

        if (running is not null)
        {
            var hub = new JourneyHub(town, news, null, running, Environment.GetEnvironmentVariable("HUB_KEY") ?? "");
            var put = await hub.Team.SendAsync(HttpMethod.Put, "/api/v1/operations/configuration", JsonNode.Parse(file.ToString()));
            Assert.True(put.Ok, $"hub.json was not taken: {put.Status} {put.Body}");
            return hub;
        }

        var own = new HubProcess(new HubSettings
        {
            Storage = await azurite.NewAccountAsync(),
            Configuration = file.ToString(),
            Publishing = "dry-run",
            AllowedOrigins = [town.Address],
            More = new Dictionary<string, string>(StringComparer.Ordinal) { ["MASTODON_TOKEN"] = "canary-token" },
        });
        await own.StartAsync();
        return new JourneyHub(town, news, own, own.Address, HubSettings.AdministratorKey);
    }

    /// <summary>Asks until an answer fits.</summary>
    public static async Task<HubAnswer> UntilAsync(HubClient client, string path, string what, Func<HubAnswer, bool> fits)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var answer = await client.GetAsync(path);
            if (answer.Status == HttpStatusCode.OK && fits(answer))
                return answer;
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"Waited in vain until {what}; {path} answers {answer.Status} {answer.Body}");
            await Task.Delay(500);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        Team.Dispose();
        if (_own is not null)
        {
            await _own.KillAsync();
            await _own.DisposeAsync();
        }
        await Town.DisposeAsync();
    }
}
