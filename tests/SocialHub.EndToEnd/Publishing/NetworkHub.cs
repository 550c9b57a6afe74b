using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Mastodon;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Feeds;
using SocialHub.Publishing;
using SocialHub.Storage;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Publishing;

/// <summary>The hub's real composition against a real Bluesky server, the unkind Mastodon double and a small site; only its clock and the wire are a test's.</summary>
internal sealed class NetworkHub : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly List<Post> _articles = [];
    private readonly string _server;

    private NetworkHub(ServiceProvider provider, ShiftedTime clock, LyingWire wire, SmallSite site, MastodonDouble mastodon, MastodonUser user, BlueskyAccount account, string server)
    {
        (_provider, _server) = (provider, server);
        (Clock, Wire, Site, Mastodon, User, Account) = (clock, wire, site, mastodon, user, account);
    }

    public ShiftedTime Clock { get; }

    public LyingWire Wire { get; }

    public SmallSite Site { get; }

    public MastodonDouble Mastodon { get; }

    public MastodonUser User { get; }

    public BlueskyAccount Account { get; }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<NetworkHub> StartAsync(AzuriteFixture azurite, BlueskyPds pds, string accounts, string? password = null)
    {
        var clock = new ShiftedTime();
        var mastodon = await MastodonDouble.StartAsync(clock);
        var user = mastodon.Instance.AddUser("ville");
        var account = await pds.CreateAccountAsync();
        var site = await SmallSite.StartAsync();
        var wire = new LyingWire();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = await azurite.NewAccountAsync(),
            ["SocialHub:SigningKey"] = new string('s', 32),
            ["SocialHub:Publishing"] = "on",
            ["SocialHub:AllowedPrivateOrigins"] = string.Join(';', new[] { mastodon.Address, pds.Address, pds.PublicAddress, site.Address }.Select(a => a.GetLeftPart(UriPartial.Authority))),
            ["SKIES"] = password ?? account.Password,
            ["TOOTS"] = user.Token,
        }).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSocialHub(settings);
        services.AddHttpClient(HubHttp.AccountClient).AddHttpMessageHandler(() => new Through(wire));
        List<Post>? articles = null;
        services.AddSingleton<ReadArticleFeed>((_, validators, _) => Task.FromResult(new ReadAnswer(ReadOutcome.Read) { Posts = [.. articles!] }));
        // hub.json wants https; these servers are on the loopback.
        var configuration = new HubConfiguration
        {
            Authority = new() { Name = "Ville de Saint-Exemple", PublicAddress = "https://hub.saint-exemple.fr" },
            Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal)
            {
                ["ville"] = new() { ArticleFeeds = [new() { Address = site.AddressOf("/feed"), Accounts = accounts.Split(' '), Hashtags = ["Saint-Exemple", "été"] }] },
            },
            Accounts = new Dictionary<string, AccountConfiguration>(StringComparer.Ordinal)
            {
                ["skies"] = new() { Network = "bluesky", Server = pds.Address.GetLeftPart(UriPartial.Authority), Name = account.Handle, Secret = "SKIES" },
                ["toots"] = new() { Network = "mastodon", Server = mastodon.Address.GetLeftPart(UriPartial.Authority), Name = "ville", Secret = "TOOTS" },
            },
            Publishing = new() { QuietFrom = null, QuietTo = null, PaceMinutes = 0 },
        };
        services.AddSingleton<ReadTeam>(_ => Task.FromResult(new SocialHub.Configuration.Settings.TeamSettings(configuration)));
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        // One that runs has to be there before anything is sent, whatever the team's reading says.
        Assert.True((await provider.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData("""{ "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr", "timeZone": "Europe/Paris" } }"""), null, CancellationToken.None)).Succeeded);
        var hub = new NetworkHub(provider, clock, wire, site, mastodon, user, account, pds.Address.GetLeftPart(UriPartial.Authority));
        articles = hub._articles;
        hub._articles.Add(new Post("ancien", site.Page("/ancien", "Ancien")) { Title = "Ancien" });
        await hub.LookAsync();
        return hub;
    }

    /// <summary>An article appears on the site and in its feed.</summary>
    public string Publish(string path, string title, string text = "Un résumé", byte[]? picture = null, string? alt = null)
    {
        var url = Site.Page(path, title);
        PostPicture[] pictures = picture is null ? [] : [new PostPicture(Site.Picture(path + ".png", picture), alt)];
        _articles.Insert(0, new Post(url, url) { Title = title, Text = text, Published = Clock.GetUtcNow(), Pictures = pictures });
        return url;
    }

    /// <summary>Lets the time between two looks pass, looks and works.</summary>
    public async Task LookAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(6));
        await Get<PublishingTick>().RunAsync(CancellationToken.None);
        await WorkAsync();
    }

    /// <summary>All that is due now.</summary>
    public async Task WorkAsync()
    {
        for (var round = 0; round < 20; round++)
        {
            var (from, before) = Keys.DueBy(Clock.GetUtcNow());
            var due = (await RowsAsync(from, before)).Select(entity => new DueRow(entity)).ToList();
            if (due.Count == 0)
                return;
            foreach (var row in due)
                await Get<PublicationWork>().RunAsync(row.Hint.ToMessage(), CancellationToken.None);
        }
    }

    /// <summary>Minutes pass, one by one, until everything is final or a person is asked.</summary>
    public async Task SettleAsync(int minutes = 30)
    {
        for (var i = 0; i < minutes; i++)
        {
            if ((await PublicationsAsync()).TrueForAll(p => p.IsFinal || p.State == PublicationState.Uncertain))
                return;
            Clock.Advance(TimeSpan.FromMinutes(1));
            await WorkAsync();
        }
    }

    public async Task<List<PublicationRow>> PublicationsAsync() => [.. (await RowsAsync("p.", "p/")).Select(entity => new PublicationRow(entity))];

    public PublishAccount PublishAccount(string id) => new(
        id,
        id == "skies"
            ? new() { Network = "bluesky", Server = _server, Name = Account.Handle }
            : new() { Network = "mastodon", Server = Mastodon.Address.GetLeftPart(UriPartial.Authority), Name = "ville" },
        id == "skies" ? Account.Password : User.Token);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Mastodon.DisposeAsync();
        await Site.DisposeAsync();
    }

    private async Task<List<TableEntity>> RowsAsync(string from, string before)
    {
        List<TableEntity> rows = [];
        await foreach (var entity in Get<HubStorage>().Publishing.QueryAsync<TableEntity>(DueWork.Range(Keys.PublishingPartition, from, before)))
            rows.Add(entity);
        return rows;
    }

    // The factory wants a new handler for each chain; the wire is one.
    private sealed class Through(LyingWire wire) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => wire.PassAsync(request, base.SendAsync, cancellationToken);
    }
}
