using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Standalone.Storage;

namespace SocialHub.Benchmarks;

/// <summary>An authority with a site, a feed of twenty posts and threads, and its hub as a process on an Azurite of its own.</summary>
internal sealed class Town : IAsyncDisposable
{
    public const string Site = "ville";
    public const string Feed = "accueil";
    public const int Posts = 20;

    private const string Key = "benchmark-administrator-key-0123456789abcdef0123456789";
    private static readonly string[] Words = "rue place école marché parc pont bus vélo piscine mairie quartier voisin enfant matin soir samedi travaux circulation jardin arbre lumière bruit fête musique bibliothèque service réunion projet budget plan trottoir gare eau déchets tri collecte horaire guichet agent élu question réponse idée merci bonne nouvelle attente retard avance semaine prochaine dernière entrée sortie passage piéton silence banc fontaine kiosque stade".Split(' ');

    private readonly Random _random = new(20261124);
    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-benchmark-").FullName;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private int _people;

    private Town(SmallSite web, EmbeddedAzurite azurite) => (Web, Azurite) = (web, azurite);

    public SmallSite Web { get; }

    public EmbeddedAzurite Azurite { get; }

    public ChildProcess Hub { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string Folder => _folder;

    /// <summary>The tables, past any proxy.</summary>
    public TableServiceClient Tables => new(Azurite.ConnectionString);

    /// <summary>hub.json, to be changed before <see cref="StartAsync"/>.</summary>
    public JsonObject HubJson { get; } = new()
    {
        ["authority"] = new JsonObject { ["name"] = "Ville de Saint-Exemple", ["language"] = "fr", ["timeZone"] = "Europe/Paris", ["publicAddress"] = "https://hub.saint-exemple.fr" },
        ["accounts"] = new JsonObject(),
        ["publishing"] = new JsonObject { ["quietFrom"] = null, ["quietTo"] = null, ["paceMinutes"] = 0, ["lookEveryMinutes"] = 1 },
        ["moderation"] = new JsonObject(),
    };

    /// <summary>Settings of the hub's process, to be changed before <see cref="StartAsync"/>. Waits are the defaults; the clock rests, so that it can be told when to tick.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["SocialHub__SigningKey"] = "benchmark-signing-key-0123456789abcdef0123456789abcdef",
        ["SocialHub__HubKeys"] = $"script:administrator:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
        ["SocialHub__Publishing"] = "off",
        ["SocialHub__TrustedHops"] = "1",
        ["TickSchedule"] = "0 0 0 1 1 *",
        ["DailySchedule"] = "0 0 0 1 1 *",
        ["Standalone__MaxPollingInterval"] = "00:00:00.2",
    };

    public static async Task<Town> OpenAsync()
    {
        var web = await SmallSite.StartAsync();
        var azurite = await EmbeddedAzurite.StartAsync(new EmbeddedAzuriteOptions { Progress = Console.Error.WriteLine }, CancellationToken.None);
        var town = new Town(web, azurite);
        var feed = web.Feed("/social.rss", "Les réseaux de la ville");
        for (var i = 0; i < Posts; i++)
            feed.Publish($"/post/{i.ToString(CultureInfo.InvariantCulture)}", town.Sentence(7), TimeProvider.System.GetUtcNow().AddHours(-i - 1), town.Sentence(40));
        town.HubJson["sites"] = new JsonObject { [Site] = new JsonObject { ["name"] = "Saint-Exemple", ["policy"] = "a-posteriori", ["origins"] = new JsonArray(web.Address.GetLeftPart(UriPartial.Authority)) } };
        town.HubJson["sources"] = new JsonObject { ["actualites"] = new JsonObject { ["address"] = feed.Address } };
        town.HubJson["feeds"] = new JsonObject { [Feed] = new JsonObject { ["title"] = "Accueil", ["sources"] = new JsonArray("actualites") } };
        return town;
    }

    /// <summary>Starts the hub.</summary>
    /// <param name="storage">Another way to the storage; null: straight.</param>
    public async Task StartAsync(string? storage = null)
    {
        Settings["AzureWebJobsStorage"] = storage ?? Azurite.ConnectionString;
        if (!Settings.ContainsKey("SocialHub__AllowedPrivateOrigins"))
            Settings["SocialHub__AllowedPrivateOrigins"] = Web.Address.GetLeftPart(UriPartial.Authority);
        var file = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(file, HubJson.ToJsonString());
        (Hub, Address) = await HubChild.StartAsync(file, Settings);
    }

    /// <summary>Lets the clock tick until the feed holds all its posts.</summary>
    public async Task GatherAsync()
    {
        var last = "";
        for (var tries = 0; tries < 60; tries++)
        {
            await TickAsync();
            await Task.Delay(500);
            using var answer = await _client.GetAsync(new Uri(Address, FeedPath));
            last = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode && JsonNode.Parse(last)!["items"]!.AsArray().Count == Posts)
                return;
        }

        throw new TimeoutException($"The feed does not hold its posts: {last}\n{string.Join('\n', Hub.Output)}");
    }

    public const string FeedPath = "/api/v1/feeds/" + Feed;

    public static string ThreadPath(string page) => $"/api/v1/sites/{Site}/comments?page={Uri.EscapeDataString(page)}";

    public async Task TickAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/api/v1/operations/tick"));
        request.Headers.Add("x-hub-key", Key);
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(Address, path));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Somebody new writes under a page.</summary>
    /// <returns>The comment's id.</returns>
    public async Task<string> WriteAsync(string page, string? text = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"/api/v1/sites/{Site}/comments"));
        request.Content = JsonContent.Create(new { page, text = text ?? Sentence(30), name = "Camille", website = "", started = TimeProvider.System.GetUtcNow().AddMinutes(-1) });
        request.Headers.Add("X-Forwarded-For", NextAddress());
        using var answer = await _client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"{answer.StatusCode} {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Words that no earlier text had in this order.</summary>
    public string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[_random.Next(Words.Length)]));

    /// <summary>An address that nobody had yet, so that limits stand in nobody's way.</summary>
    public string NextAddress()
    {
        var person = ++_people;
        return string.Create(CultureInfo.InvariantCulture, $"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}");
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            if (tries == 600)
                throw new TimeoutException($"Waited in vain until {what}.");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Hub is not null)
            await Hub.DisposeAsync();
        _client.Dispose();
        await Web.DisposeAsync();
        await Azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
