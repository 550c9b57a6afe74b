using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Publishing;
using SocialHub.Storage;

namespace SocialHub.Tests.Publishing;

/// <summary>A hub on a storage account of its own with the real composition; the networks, the site and the clock are a test's.</summary>
internal sealed class PublishingHub : IAsyncDisposable
{
    public const string Feed = "https://www.saint-exemple.fr/feed";
    public static readonly Caller Editor = new("key:ines", "Inès", Role.Editor);
    private readonly Func<ServiceProvider> _build;
    private ServiceProvider _provider;
    private string _json = "";

    private PublishingHub(Func<ServiceProvider> build, ServiceProvider provider, FakeTimeProvider clock, LyingNetwork skies, LyingNetwork toots, FakeSite site)
    {
        (_build, _provider) = (build, provider);
        (Clock, Skies, Toots, Site) = (clock, skies, toots, site);
    }

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public LyingNetwork Skies { get; }

    public LyingNetwork Toots { get; }

    public FakeSite Site { get; }

    public TableClient Table => Get<HubStorage>().Publishing;

    /// <summary>Stands around each reading of what the team wants: (which one, how to read).</summary>
    public Func<int, Func<Task<SocialHub.Configuration.Settings.TeamSettings>>, Task<SocialHub.Configuration.Settings.TeamSettings>>? AroundTeam { get; set; }

    public Publications Publications => Get<Publications>();

    public PublicationStore Store => Get<PublicationStore>();

    public HubOptions Options => Get<IOptions<HubOptions>>().Value;

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <param name="azurite">Storage.</param>
    /// <param name="publishing">Members of <c>publishing</c> in hub.json.</param>
    /// <param name="accounts">Of the article feed.</param>
    /// <param name="zone">The authority's.</param>
    /// <param name="mode">Of the process.</param>
    /// <param name="template">Of the article feed.</param>
    /// <param name="other">Address of a second article feed, which holds the same articles.</param>
    /// <param name="now">When it starts; a morning in March 2027 by default.</param>
    /// <param name="otherAccounts">Of the second article feed; null: those of the first.</param>
    /// <param name="with">Exchanges parts of the composition.</param>
    public static async Task<PublishingHub> StartAsync(AzuriteFixture azurite, string publishing = "\"quietFrom\":null,\"quietTo\":null,\"paceMinutes\":0", string accounts = "\"skies\",\"toots\"", string zone = "Europe/Paris", string mode = "on", string template = "{title} {url}", string? other = null, DateTimeOffset? now = null, string? otherAccounts = null, Action<IServiceCollection>? with = null)
    {
        var otherFeed = other is null ? "" : $$""", { "address": "{{other}}", "accounts": [{{otherAccounts ?? accounts}}] }""";
        var json = $$"""
            {
              "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr", "timeZone": "{{zone}}" },
              "sites": { "ville": { "name": "Le site", "origins": ["https://www.saint-exemple.fr"], "articleFeeds": [ { "address": "{{Feed}}", "accounts": [{{accounts}}], "template": "{{template}}" }{{otherFeed}} ] } },
              "accounts": {
                "skies": { "network": "bluesky", "server": "https://pds.example", "name": "ville.bsky.example", "secret": "SKIES" },
                "toots": { "network": "mastodon", "server": "https://mastodon.example", "name": "ville", "secret": "TOOTS" }
              },
              "publishing": { {{publishing}} },
              "moderation": { "webhooks": ["WEBHOOK"] }
            }
            """;
        var clock = new FakeTimeProvider(now ?? new DateTimeOffset(2027, 3, 9, 10, 0, 0, TimeSpan.Zero));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = await azurite.NewAccountAsync(),
            ["SocialHub:SigningKey"] = new string('s', 32),
            ["SocialHub:Publishing"] = mode,
            ["SKIES"] = "secret-of-skies",
            ["TOOTS"] = "secret-of-toots",
            ["WEBHOOK"] = "https://webhook.example/cards",
        }).Build();
        var (skies, toots, site) = (new LyingNetwork("bluesky", createOnly: true, clock), new LyingNetwork("mastodon", createOnly: false, clock), new FakeSite());
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSocialHub(settings);
        services.RemoveAll<IPublishConnection>();
        services.AddSingleton<IPublishConnection>(skies).AddSingleton<IPublishConnection>(toots);
        services.AddSingleton<ReadArticleFeed>((address, validators, _) => site.Broken == address ? throw new InvalidDataException("a fault") : Task.FromResult(site.Read(address, validators)));
        services.AddSingleton<IHttpClientFactory>(site);
        PublishingHub? started = null;
        var reads = 0;
        services.AddSingleton<ReadTeam>(p => cancellationToken =>
        {
            Task<SocialHub.Configuration.Settings.TeamSettings> Read() => p.GetRequiredService<SocialHub.Configuration.Settings.SettingsStore>().ReadAsync(cancellationToken);
            return started?.AroundTeam is { } around ? around(++reads, Read) : Read();
        });
        with?.Invoke(services);
        ServiceProvider Build() => services.BuildServiceProvider();
        var provider = Build();
        await provider.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        var replaced = await provider.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(json), null, CancellationToken.None);
        Assert.True(replaced.Succeeded, replaced.Problem?.Extensions is { } e ? string.Join(';', e.Values) : replaced.Problem?.Detail);
        return started = new PublishingHub(Build, provider, clock, skies, toots, site) { _json = json };
    }

    /// <summary>hub.json is replaced by itself with one text in it exchanged.</summary>
    public async Task ReconfigureAsync(string old, string replacement)
    {
        Assert.Contains(old, _json, StringComparison.Ordinal);
        var source = Get<HubConfigurationSource>();
        _json = _json.Replace(old, replacement, StringComparison.Ordinal);
        var replaced = await source.ReplaceAsync(new BinaryData(_json), source.ETag, CancellationToken.None);
        Assert.True(replaced.Succeeded, replaced.Problem?.Extensions is { } e ? string.Join(';', e.Values) : replaced.Problem?.Detail);
    }

    /// <summary>Another process on the same storage, where hub.json and the last good one both cannot be run.</summary>
    public async Task RestartWithoutConfigurationAsync()
    {
        foreach (var name in new[] { BlobConfigurationDocument.Name, BlobConfigurationDocument.LastGoodName })
            await Get<HubStorage>().Configuration.GetBlobClient(name).UploadAsync(new BinaryData("{"), overwrite: true);
        await _provider.DisposeAsync();
        _provider = _build();
    }

    /// <summary>hub.json as it was; it is seen with the next reading.</summary>
    public async Task MendConfigurationAsync()
    {
        await Get<HubStorage>().Configuration.GetBlobClient(BlobConfigurationDocument.Name).UploadAsync(new BinaryData(_json), overwrite: true);
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>A setting of the process, such as an account's secret.</summary>
    public void Set(string name, string? value) => Get<IConfiguration>()[name] = value;

    /// <summary>The minute's tick, and all work that is due then.</summary>
    public async Task TickAsync()
    {
        await Get<PublishingTick>().RunAsync(CancellationToken.None);
        await WorkAsync();
    }

    /// <summary>All work that is due now, as if each due row had its hint.</summary>
    public async Task WorkAsync()
    {
        for (var round = 0; round < 20; round++)
        {
            var due = await DueAsync();
            if (due.Count == 0)
                return;
            foreach (var row in due)
                await RunAsync(row);
        }

        Assert.Fail("Something stays due for ever.");
    }

    /// <summary>One due row's work; a process that falls over leaves it to the next.</summary>
    public async Task RunAsync(DueRow row)
    {
        try
        {
            await Get<PublicationWork>().RunAsync(row.Hint.ToMessage(), CancellationToken.None);
        }
        catch (InvalidOperationException crash) when (crash.Message == "The process fell over.")
        {
            // What a killed process leaves behind is looked up later.
        }
    }

    public async Task<List<DueRow>> DueAsync()
    {
        var (from, before) = Keys.DueBy(Now);
        return [.. (await RowsAsync(from, before)).Select(entity => new DueRow(entity)).Where(row => !(row.BusyUntil > Now))];
    }

    public async Task<List<PublicationRow>> PublicationsAsync() => [.. (await RowsAsync("p.", "p/")).Select(entity => new PublicationRow(entity))];

    public async Task<PublicationRow> OnlyAsync(string account) => Assert.Single(await PublicationsAsync(), p => p.Account == account);

    public async Task<List<TableEntity>> RowsAsync(string from, string before)
    {
        List<TableEntity> rows = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(DueWork.Range(Keys.PublishingPartition, from, before)))
            rows.Add(entity);
        return rows;
    }

    /// <summary>An editor's text for these accounts, taken.</summary>
    public async Task WriteAsync(string text, params string[] accounts) =>
        Assert.True((await Publications.WriteAsync(new WrittenPublication(accounts, text), $"key-of-{text}-{accounts.Length}", Editor, CancellationToken.None)).Succeeded);

    /// <summary>The site had these before the hub came; the first look has been.</summary>
    public async Task FirstLookAsync(int articles = 2)
    {
        for (var i = 0; i < articles; i++)
            Site.Publish($"ancien-{i}", $"Ancien {i}", Now - TimeSpan.FromHours(5));
        await TickAsync();
        await NextLookAsync();
    }

    /// <summary>Lets the time between two looks pass.</summary>
    public async Task NextLookAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(6));
        await TickAsync();
    }

    /// <summary>What must hold at any moment.</summary>
    public async Task CheckAsync()
    {
        var publications = await PublicationsAsync();
        var due = (await RowsAsync("d.", "d/")).Select(entity => entity.RowKey).ToHashSet(StringComparer.Ordinal);
        var logs = (await RowsAsync("l.", "l/")).Select(entity => new LogRow(entity)).ToLookup(log => log.Key.Split('.')[1]);
        foreach (var publication in publications)
        {
            var log = logs[publication.Id].OrderBy(l => l.Seq).ToList();
            Assert.Equal(Enumerable.Range(1, publication.Seq), log.Select(l => l.Seq));
            Assert.Equal(publication.State.ToString(), log[^1].State);
            Assert.Equal(publication.IsFinal, publication.DueKey is null);
            if (publication.DueKey is { } key)
                Assert.True(due.Remove(key), $"{publication.State} without its due row");
            var posts = (publication.Network == "bluesky" ? Skies : Toots).Posts.Where(post => post.Key == publication.NetworkKey).ToList();
            Assert.True(posts.Count <= 1, $"{posts.Count} posts of {publication.Id}");
            if (publication.State == PublicationState.Published && publication.Frozen is not null && !publication.IsDeleted)
                Assert.Equal(publication.Frozen, Assert.Single(posts).Body);
            if (publication.State is PublicationState.Planned or PublicationState.Failed or PublicationState.Cancelled or PublicationState.Expired)
                Assert.Empty(posts);
            var states = log.Select(l => l.State).ToList();
            Assert.All(states.Zip(states.Skip(1)), pair => Assert.True(PublicationMove.MayFollow(Enum.Parse<PublicationState>(pair.First), Enum.Parse<PublicationState>(pair.Second))));
        }

        Assert.Empty(due);
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

/// <summary>The authority's site, its feed, and whatever else is asked over HTTP.</summary>
internal sealed class FakeSite : HttpMessageHandler, IHttpClientFactory
{
    /// <summary>What the validators of its feed say; it changes with what is published.</summary>
    public int Version { get; set; }

    public List<Post> Items { get; } = [];

    /// <summary>Cards that the webhook took.</summary>
    public List<string> Cards { get; } = [];

    /// <summary>Status of an address that is not 200.</summary>
    public Dictionary<string, int> Statuses { get; } = new(StringComparer.Ordinal);

    /// <summary>What an address that is not 200 asks to wait, and a feed that is down.</summary>
    public TimeSpan? RetryAfter { get; set; }

    public Dictionary<string, byte[]> Pictures { get; } = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    /// <summary>Address of the article feed whose reader has a fault.</summary>
    public string? Broken { get; set; }

    public Post Publish(string path, string title, DateTimeOffset? published, string? id = null, string text = "Un résumé")
    {
        var url = $"https://www.saint-exemple.fr/{path}";
        var post = new Post(id ?? url, url) { Title = title, Text = text, Published = published, IdIsGlobal = id is null };
        Items.Insert(0, post);
        Version++;
        return post;
    }

    public void Replace(Post old, Post now)
    {
        Items[Items.IndexOf(old)] = now;
        Version++;
    }

    public void Clear()
    {
        Items.Clear();
        Version++;
    }

    /// <summary>Addresses of feeds that hold nothing of what the site publishes yet.</summary>
    public HashSet<string> Late { get; } = new(StringComparer.Ordinal);

    /// <summary>Where its feed is said to have moved for good.</summary>
    public string? MovedTo { get; set; }

    /// <summary>410.</summary>
    public bool IsGone { get; set; }

    /// <summary>What its feed answers at an address.</summary>
    public ReadAnswer Read(string address, string? validators)
    {
        var tag = $"\"{Version}\"";
        return IsGone ? new ReadAnswer(ReadOutcome.Gone) { Error = "410" }
            : Late.Contains(address) ? new ReadAnswer(ReadOutcome.Unchanged)
            : Answer(validators, tag) with { MovedTo = MovedTo };
    }

    private ReadAnswer Answer(string? validators, string tag)
    {
        return IsDown ? new ReadAnswer(ReadOutcome.Failed) { Error = "500", RetryAfter = RetryAfter }
            : validators == tag ? new ReadAnswer(ReadOutcome.Unchanged)
            : new ReadAnswer(ReadOutcome.Read) { Posts = [.. Items], Validators = tag };
    }

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.ToString();
        var status = Statuses.GetValueOrDefault(address, 200);
        if (request.RequestUri.Host == "webhook.example" && status == 200)
            Cards.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Pictures.GetValueOrDefault(address, "<p>"u8.ToArray())), RequestMessage = request };
        if (status != 200 && RetryAfter is { } wait)
            answer.Headers.RetryAfter = new(wait);
        return answer;
    }
}
