using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Feeds.Rendering;
using SocialHub.Storage;

namespace SocialHub.Tests.Feeds;

/// <summary>Hubs on one storage account, each with the real composition, reading scripted sources by a clock of their own.</summary>
internal sealed class FeedHub : IAsyncDisposable
{
    public const string Json = """
        {
          "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr" },
          "accounts": {
            "toots": { "network": "mastodon", "server": "https://mastodon.example", "name": "ville" },
            "skies": { "network": "bluesky", "server": "https://pds.example", "name": "ville.bsky.example" }
          },
          "sources": {
            "site": { "address": "https://www.saint-exemple.fr/feed", "title": "Le site" },
            "toots": { "account": "toots" },
            "skies": { "account": "skies" }
          },
          "feeds": {
            "accueil": { "title": "La ville en direct", "sources": ["site", "toots", "skies"] },
            "court": { "title": "En bref", "sources": ["site", "toots"], "size": 3, "withoutWords": ["brocante"], "filtered": true }
          }
        }
        """;

    private readonly ServiceProvider _provider;

    private FeedHub(ServiceProvider provider, Wire wire, string connection) => (_provider, Wire, Connection) = (provider, wire, connection);

    public FakeTimeProvider Clock => (FakeTimeProvider)_provider.GetRequiredService<TimeProvider>();

    public Script Script => _provider.GetRequiredService<Script>();

    public Wire Wire { get; }

    public string Connection { get; }

    public HubStorage Storage => _provider.GetRequiredService<HubStorage>();

    public FeedReader Reader => _provider.GetRequiredService<FeedReader>();

    public FeedDesk Desk => _provider.GetRequiredService<FeedDesk>();

    public FeedTick Tick => _provider.GetRequiredService<FeedTick>();

    public PostStore Posts => _provider.GetRequiredService<PostStore>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<FeedHub> StartAsync(AzuriteFixture azurite, string json = Json)
    {
        var hub = Open(await azurite.NewAccountAsync(), new Script(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero)));
        await hub.Storage.CreateAsync(CancellationToken.None);
        Assert.True((await hub.Get<HubConfigurationSource>().ReplaceAsync(new BinaryData(json), null, CancellationToken.None)).Succeeded);
        return hub;
    }

    /// <summary>Another hub on the same account, with the same sources and clock.</summary>
    public FeedHub Second() => Open(Connection, Script, Clock);

    public Task<bool> RefreshAsync(string source) => Get<SourceRefresh>().RefreshAsync(source, CancellationToken.None);

    /// <summary>Makes every source due, and reads them.</summary>
    public async Task ReadAllAsync()
    {
        foreach (var source in new[] { "site", "toots", "skies" })
        {
            Clock.Advance(TimeSpan.FromHours(1));
            Assert.True(await RefreshAsync(source));
        }
    }

    public async Task<RenderedDocument> FeedAsync(string feed = "accueil", FeedForm form = FeedForm.Json, string? network = null, string? words = null, string? after = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(16));
        return (await Reader.ReadAsync(feed, form, FeedQuery.Parse(network, words, after).Value, CancellationToken.None)).Value;
    }

    public async Task<List<string>> UrlsAsync(string feed = "accueil") =>
        [.. System.Text.Json.Nodes.JsonNode.Parse((await FeedAsync(feed)).Body.Span)!["items"]!.AsArray().Select(item => (string)item!["url"]!)];

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();

    private static FeedHub Open(string connection, Script script, FakeTimeProvider clock)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connection,
            ["SocialHub:SigningKey"] = new string('s', 32),
        }).Build();
        var wire = new Wire();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(clock).AddSingleton(script);
        services.AddSingleton<FetchPicture>(script.PictureAsync);
        services.AddSocialHub(settings);
        services.RemoveAll<IReadConnection>();
        foreach (var network in new[] { "web", "mastodon", "bluesky" })
            services.AddSingleton<IReadConnection>(new ScriptedConnection(network, script));
        services.Replace(ServiceDescriptor.Singleton(_ =>
        {
            TableClientOptions tables = new() { Retry = { Delay = TimeSpan.FromMilliseconds(10) } };
            BlobClientOptions blobs = new() { Retry = { Delay = TimeSpan.FromMilliseconds(10) } };
            tables.AddPolicy(wire, HttpPipelinePosition.PerRetry);
            blobs.AddPolicy(wire, HttpPipelinePosition.PerRetry);
            return new HubStorage(new TableServiceClient(connection, tables), new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }), new BlobServiceClient(connection, blobs));
        }));
        return new FeedHub(services.BuildServiceProvider(), wire, connection);
    }

    private sealed class ScriptedConnection(string network, Script script) : IReadConnection
    {
        public string Network => network;

        public Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => script.AnswerAsync(request);
    }
}

/// <summary>What the sources of a test answer.</summary>
internal sealed class Script
{
    public Dictionary<string, Func<ReadRequest, ReadAnswer>> Sources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Pictures { get; } = new(StringComparer.Ordinal);

    public List<string> PicturesAsked { get; } = [];

    /// <summary>What happens while a picture is on its way.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public List<ReadRequest> Asked { get; } = [];

    public Task<ReadAnswer> AnswerAsync(ReadRequest request)
    {
        lock (Asked)
            Asked.Add(request);
        return Task.FromResult(Sources.TryGetValue(request.SourceId, out var answer) ? answer(request) : new ReadAnswer(ReadOutcome.Read));
    }

    public async Task<ReadOnlyMemory<byte>?> PictureAsync(Uri address, CancellationToken cancellationToken)
    {
        lock (PicturesAsked)
            PicturesAsked.Add(address.AbsoluteUri);
        if (Meanwhile is not null)
            await Meanwhile();
        cancellationToken.ThrowIfCancellationRequested();
        return Pictures.TryGetValue(address.AbsoluteUri, out var bytes) ? bytes : null;
    }

    /// <summary>As <see cref="Gives"/>, and 304 to whoever has it already.</summary>
    public void GivesOnce(string source, params Post[] posts) => Sources[source] = request => request.Validators == "known" ? new ReadAnswer(ReadOutcome.Unchanged) : new ReadAnswer(ReadOutcome.Read) { Posts = posts, Validators = "known" };

    public void Gives(string source, params Post[] posts) => Sources[source] = _ => new ReadAnswer(ReadOutcome.Read) { Posts = posts, Validators = "seen " + posts.Length };
}

/// <summary>Stands between a hub and its storage.</summary>
internal sealed class Wire : HttpPipelinePolicy
{
    /// <summary>How many requests went through.</summary>
    public int Requests { get; private set; }

    /// <summary>Says for a request whether its answer is lost on the way back, once.</summary>
    public Func<Request, bool>? LosesAnswer { get; set; }

    /// <summary>Says for a request whether it never arrives, however often it is repeated.</summary>
    public Func<Request, bool>? Cuts { get; set; }

    /// <summary>Says for a request whether its answer is lost on the way back, however often it is repeated.</summary>
    public Func<Request, bool>? LosesAnswers { get; set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Requests++;
        if (Cuts?.Invoke(message.Request) == true)
            throw new IOException("cut");
        await ProcessNextAsync(message, pipeline);
        if (LosesAnswer?.Invoke(message.Request) == true)
        {
            LosesAnswer = null;
            throw new IOException("answer lost");
        }
        if (LosesAnswers?.Invoke(message.Request) == true)
            throw new IOException("answer lost");
    }
}
