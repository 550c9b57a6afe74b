using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Comments;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>
/// One authority with one site on a storage account of its own, its clock in the test's hand, and no pump: the test does the due work when it says so.
/// Two hubs answer in turn, as two processes would: they share nothing but the account and the clock, and a test of a limit, a cache or a replay asks both.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    public const string Site = "ville";
    public const string Origin = "http://127.0.0.1:9";
    public const string Page = Origin + "/budget";

    private readonly ServiceProvider[] _hubs;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _clock;
    private readonly string _storage;
    private int _addresses;
    private int _asked;

    private Town(ServiceProvider[] hubs, FakeTimeProvider time, string storage)
    {
        (_hubs, Time, _storage) = (hubs, time, storage);
        _clock = TickAsync();
    }

    public FakeTimeProvider Time { get; }

    /// <summary>Of the process; read again whenever something is asked of them.</summary>
    public required IConfiguration Settings { get; init; }

    /// <summary>One of the two hubs, for what looks into its memory.</summary>
    public IServiceProvider OneHub => _hubs[0];

    /// <summary>The two hubs in turn, for a test that must know which of them it asks.</summary>
    public IServiceProvider Hub(int number) => _hubs[number % _hubs.Length];

    public TableClient Table => Get<HubStorage>().Comments;

    public static async Task<Town> OpenAsync(AzuriteFixture azurite, string policy = "a-posteriori", string site = "") => await OpenAsync(
        await azurite.NewAccountAsync(),
        $$"""
        "{{Site}}": { "name": "Ville", "origins": ["{{Origin}}"], "openPaths": ["/*"], "policy": "{{policy}}"{{site}} }
        """);

    /// <summary>A town where every comment is read first and hub.json names these webhooks; <see cref="Settings"/> says which of them have an address.</summary>
    public static Task<Town> WithChannelsAsync(AzuriteFixture azurite, Channels channels, params string[] webhooks) => WithPolicyAsync(azurite, channels, "a-priori", webhooks);

    /// <summary>The same with a policy of its own.</summary>
    public static async Task<Town> WithPolicyAsync(AzuriteFixture azurite, Channels channels, string policy, params string[] webhooks) => await OpenAsync(
        await azurite.NewAccountAsync(),
        $$"""
        "{{Site}}": { "name": "Ville", "origins": ["{{Origin}}"], "openPaths": ["/*"], "policy": "{{policy}}" }
        """,
        channels: channels,
        webhooks: webhooks);

    /// <summary>A town where every comment is read first, and whose mails a server on this machine takes.</summary>
    public static async Task<Town> WithMailAsync(AzuriteFixture azurite, Channels channels, int port, params string[] webhooks) => await OpenAsync(
        await azurite.NewAccountAsync(),
        $$"""
        "{{Site}}": { "name": "Ville", "origins": ["{{Origin}}"], "openPaths": ["/*"] }
        """,
        channels: channels,
        mail: $$""" { "host": "127.0.0.1", "port": {{port}}, "security": "none", "from": "commentaires@saint-exemple.fr" } """,
        webhooks: webhooks);

    /// <summary>A town whose site answers at <paramref name="origin"/>, and opens no page that does not say so itself.</summary>
    public static async Task<Town> WithSiteAsync(AzuriteFixture azurite, string origin) => await OpenAsync(
        await azurite.NewAccountAsync(),
        $$"""
        "{{Site}}": { "name": "Ville", "origins": ["{{origin}}"], "policy": "a-posteriori" }
        """,
        origin);

    /// <summary>The same storage under a hub.json that names another site in its place.</summary>
    public async Task<Town> WithoutTheSiteAsync()
    {
        var later = await OpenAsync(_storage, """ "village": { "name": "Village", "origins": ["http://127.0.0.1:10"] } """);
        later.Time.Advance(TimeSpan.FromMinutes(1) + (Time.GetUtcNow() - later.Time.Start));
        return later;
    }

    /// <summary>The same storage under a hub.json in which pages of the site have moved.</summary>
    /// <param name="moves">Old path and new path.</param>
    public async Task<Town> MovedAsync(params (string From, string To)[] moves)
    {
        var later = await OpenAsync(
            _storage,
            $$"""
            "{{Site}}": { "name": "Ville", "origins": ["{{Origin}}"], "openPaths": ["/*"], "policy": "a-posteriori", "aliases": { {{string.Join(", ", moves.Select(move => $"\"{Origin}{move.From}\": \"{Origin}{move.To}\""))}} } }
            """);
        later.Time.Advance(TimeSpan.FromMinutes(1) + (Time.GetUtcNow() - later.Time.Start));
        return later;
    }

    /// <summary>The same storage after a cold start at which neither hub.json nor the last good one is there; the last good one, for <see cref="ConfigureAsync"/>.</summary>
    public async Task<(Town Town, BinaryData LastGood)> WithoutConfigurationAsync(Channels? channels = null)
    {
        var blob = Get<HubStorage>().Configuration.GetBlobClient(BlobConfigurationDocument.LastGoodName);
        var lastGood = (await blob.DownloadContentAsync()).Value.Content;
        await blob.DeleteAsync();
        var later = await StartAsync(_storage, Path.Combine(Path.GetTempPath(), "no-such-hub.json"), "", channels);
        later.Time.Advance(TimeSpan.FromMinutes(1) + (Time.GetUtcNow() - later.Time.Start));
        return (later, lastGood);
    }

    /// <summary>Puts a last good hub.json in place, and waits until it runs.</summary>
    public async Task ConfigureAsync(BinaryData lastGood)
    {
        await Get<HubStorage>().Configuration.GetBlobClient(BlobConfigurationDocument.LastGoodName).UploadAsync(lastGood, overwrite: true);
        Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var hub in _hubs)
            Assert.True((await hub.GetRequiredService<HubConfigurationSource>().UsableAsync(CancellationToken.None)).Succeeded);
    }

    private static async Task<Town> OpenAsync(string storage, string sites, string allowed = "", Channels? channels = null, string mail = "null", params string[] webhooks)
    {
        var file = Path.Combine(Path.GetTempPath(), $"hub-{Keys.Random(12)}.json");
        await File.WriteAllTextAsync(file, $$"""
            {
              "authority": { "name": "Ville de Saint-Exemple", "language": "fr", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
              "sites": { {{sites}} },
              "mail": {{mail}},
              "moderation": { "webhooks": [{{string.Join(", ", webhooks.Select(name => $"\"{name}\""))}}] }
            }
            """);
        var town = await StartAsync(storage, file, allowed, channels);
        foreach (var hub in town._hubs)
        {
            await hub.GetRequiredService<HubConfigurationSource>().CurrentAsync(CancellationToken.None);
            Assert.Empty(hub.GetRequiredService<HubConfigurationSource>().Errors);
        }

        File.Delete(file);
        return town;
    }

    private static async Task<Town> StartAsync(string storage, string file, string allowed, Channels? channels)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(3) };
        var configuration = new ConfigurationManager
        {
            ["AzureWebJobsStorage"] = storage,
            ["SocialHub:SigningKey"] = new string('k', 40),
            ["SocialHub:ConfigurationFile"] = file,
            ["SocialHub:AllowedPrivateOrigins"] = allowed,
            // The town's clock runs faster than a machine that is busy with other tests comes to a rule; EngineTests hold the bound.
            ["SocialHub:Times:RulesWithin"] = "00:10:00",
        };
        ServiceProvider[] hubs = [Hub(configuration, time, channels), Hub(configuration, time, channels)];
        await hubs[0].GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        return new Town(hubs, time, storage) { Settings = configuration };
    }

    private static ServiceProvider Hub(IConfiguration configuration, FakeTimeProvider time, Channels? channels)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSocialHub(configuration);
        if (channels is not null)
            services.AddSingleton<IHttpClientFactory>(channels);
        return services.BuildServiceProvider();
    }

    /// <summary>A part of the hub whose turn it is.</summary>
    public T Get<T>()
        where T : notnull => _hubs[Interlocked.Increment(ref _asked) % _hubs.Length].GetRequiredService<T>();

    /// <summary>A comment from an address that nobody else uses.</summary>
    public async Task<Submitted> WriteAsync(string text, string? key = null, string? authorKey = null, CommentId? parent = null)
    {
        var answer = await TryWriteAsync(text, key, authorKey, parent, $"192.0.2.{_addresses++}");
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return answer.Value;
    }

    public Task<Answer<Submitted>> TryWriteAsync(string text, string? key = null, string? authorKey = null, CommentId? parent = null, string address = "198.51.100.1", string page = Page) =>
        Get<CommentIntake>().SubmitAsync(new CommentSubmission(Site, page, text, "Camille") { IdempotencyKey = key, AuthorKey = authorKey, Parent = parent, Address = address }, CancellationToken.None);

    public Task<CommentRow?> FindAsync(string id) => Get<CommentStore>().FindAsync(Site, CommentId.Parse(id), CancellationToken.None);

    public Task<Answer<CommentRow>> DecideAsync(CommentRow comment, DecisionChoice choice, DecisionSubject subject = DecisionSubject.Comment, string who = "Alix") =>
        Get<CommentDecisions>().DecideAsync(Site, CommentId.Parse(comment.Id), new CommentDecision(subject, subject == DecisionSubject.Proposal ? comment.ProposalRevision : comment.Revision, comment.Round, comment.ReportsEver, choice, "insult", new Actor(who, who)), CancellationToken.None);

    /// <summary>Does everything that is due, as the pump would, until nothing is.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; ; round++)
        {
            var (from, before) = Keys.DueBy(Time.GetUtcNow());
            var due = await Table.QueryAsync<TableEntity>(DueWork.Range(Site, from, before)).Select(entity => new DueRow(entity)).ToListAsync();
            if (due.Count == 0)
                return;
            Assert.True(round < 100, $"Never done: {string.Join(' ', due.Select(row => row.Key))}");
            foreach (var row in due)
                await WorkAsync(row);
        }
    }

    /// <summary>Does the work of one hint.</summary>
    public Task WorkAsync(DueRow row) => row.Queue switch
    {
        Queues.CommentVerdict => Get<CommentVerdicts>().RunAsync(row.Hint, CancellationToken.None),
        Queues.MailSend => Get<TeamMails>().RunAsync(row.Hint, CancellationToken.None),
        Queues.ModerationCard => Get<ModerationCards>().RunAsync(row.Hint, CancellationToken.None),
        _ => Get<CommentErasure>().RunAsync(row.Hint, CancellationToken.None),
    };

    /// <summary>The one due row of a kind, due or not.</summary>
    public async Task<DueRow> PromiseAsync(string kind) =>
        Assert.Single((await RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)), row => row.Kind == kind);

    public Task<PublicThread> ThreadAsync() => Get<CommentReading>().ThreadAsync(Site, Page, CancellationToken.None);

    /// <summary>All rows of the site.</summary>
    public async Task<List<TableEntity>> RowsAsync() => await Table.QueryAsync<TableEntity>().ToListAsync();

    /// <summary>Those of one key.</summary>
    public async Task<List<TableEntity>> RowsAsync(string key) => await Table.QueryAsync<TableEntity>(row => row.RowKey == key).ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _clock;
        _over.Dispose();
        foreach (var hub in _hubs)
            await hub.DisposeAsync();
    }

    // Whoever waits a moment in the hub (a rival's turn, a repeated request) is not left waiting by a clock that stands.
    private async Task TickAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await Task.Delay(5);
            Time.Advance(TimeSpan.FromMilliseconds(20));
        }
    }
}
