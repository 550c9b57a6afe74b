using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Faults;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Mastodon;
using SocialHub.Storage;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>One run of a scenario: a fresh storage account and fresh accounts on the networks, one hub behind the proxy, at most one fault.</summary>
public sealed class CrashRun : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, object> _notes = new();
    private readonly CrashScenario _scenario;
    private readonly string _storage;
    private readonly int _cardsBefore;
    private readonly int _number;
    private ArmedFault? _armed;
    private int _killsLeft;
    private Task _supervision = Task.CompletedTask;

    private CrashRun(CrashScenario scenario, CrashLane lane, string storage)
    {
        (_scenario, Lane, _storage) = (scenario, lane, storage);
        _number = lane.NextRun();
        _cardsBefore = lane.Webhook.Received.Count;
        Site = $"ville{_number}";
        Tables = new TableServiceClient(storage);
        Queues = new QueueServiceClient(storage);
        Blobs = new BlobServiceClient(storage);
    }

    public CrashLane Lane { get; }

    /// <summary>The site's id, and the partition of its comments.</summary>
    public string Site { get; }

    /// <summary>The storage account, past the proxy; so are <see cref="Queues"/> and <see cref="Blobs"/>.</summary>
    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    public BlobServiceClient Blobs { get; }

    /// <summary>The hubs on this one storage account; most runs have one.</summary>
    public IReadOnlyList<HubProcess> Hubs { get; private set; } = [];

    public HubClient Citizen { get; private set; } = null!;

    public HubClient Moderator { get; private set; } = null!;

    public HubClient Administrator { get; private set; } = null!;

    public BlueskyAccount? Bluesky { get; private set; }

    public MastodonUser? Mastodon { get; private set; }

    public FaultRun Faults { get; private set; } = null!;

    /// <summary>True once the armed fault has happened, as often as it was to.</summary>
    public bool FaultHappened => (_armed?.Fired.IsCompleted ?? false) && _killsLeft == 0;

    /// <summary>The points that were passed before the invariants began to ask and try.</summary>
    public IReadOnlyList<Point> Passed { get; private set; } = [];

    /// <summary>The statuses that this run's account has on the Mastodon double.</summary>
    public IReadOnlyList<MastodonStatus> Statuses => [.. Lane.Mastodon!.Instance.Statuses.Where(s => s.Author == Mastodon)];

    /// <summary>The key of the storage account.</summary>
    public string StorageKey => _storage.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];

    /// <summary>Cards that the webhook accepted in this run.</summary>
    public IReadOnlyList<string> Cards => [.. Lane.Webhook.Received.Skip(_cardsBefore)];

    /// <summary>What steps remember for later steps and for invariants, one object of each type.</summary>
    public T Notes<T>()
        where T : class, new() => (T)_notes.GetOrAdd(typeof(T), _ => new T());

    /// <summary>A path of the site that only this run uses.</summary>
    public string Path(string name) => $"/r{_number}/{name}";

    /// <summary>Starts the hub, with the fault armed from its first request on.</summary>
    /// <param name="scenario">What is run.</param>
    /// <param name="lane">The world around it.</param>
    /// <param name="storage">Connection string of an empty account.</param>
    /// <param name="trial">What goes wrong; null: nothing.</param>
    /// <param name="hubs">How many processes.</param>
    /// <param name="kills">How often in a row a kill happens at its point, each time that the hub comes there again.</param>
    public static async Task<CrashRun> StartAsync(CrashScenario scenario, CrashLane lane, string storage, (Point Point, Fault Fault)? trial, int hubs = 1, int kills = 1)
    {
        var run = new CrashRun(scenario, lane, storage) { _killsLeft = kills - 1 };
        try
        {
            await run.StartAsync(trial, hubs);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when <paramref name="condition"/> holds; fails with these words after three minutes.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience.Limit;
        while (!await condition())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException($"Waited three minutes in vain until {what}.");
            await Task.Delay(50);
        }
    }

    /// <summary>IT changes the switch of publishing: the process is ended and started with the new value. A kill in between is only another start.</summary>
    public async Task RestartAsync(string publishing)
    {
        foreach (var hub in Hubs)
        {
            hub.Settings = hub.Settings with { Publishing = publishing };
            for (; ; )
            {
                try
                {
                    await hub.StartAsync();
                    break;
                }
                catch (InvalidOperationException) when (_armed is { Kind: not Fault.CutAnswer, Taken: true })
                {
                    // Killed while it started: its supervisor starts it again, with the new value too.
                    await _supervision;
                }
            }
        }
    }

    /// <summary>Returns when no due row is due, twice in a row; fails with those that are when <paramref name="patience"/> is over.</summary>
    /// <param name="patience">Null: three minutes.</param>
    public async Task SettledAsync(TimeSpan? patience = null)
    {
        if (_armed is { Taken: true })
            await _supervision;
        var until = TimeProvider.System.GetUtcNow() + (patience ?? Patience.Limit);
        for (var quiet = 0; quiet < 2;)
        {
            var due = await DueRows.NowAsync(Tables);
            quiet = due.Count == 0 ? quiet + 1 : 0;
            if (quiet == 0 && TimeProvider.System.GetUtcNow() > until)
                throw new TimeoutException($"Still due:\n{string.Join('\n', due)}");
            await Task.Delay(quiet == 1 ? 300 : 100);
        }
    }

    /// <summary>Steps, rest, invariants.</summary>
    /// <param name="afterStep">What else happens after each step; null: nothing.</param>
    /// <returns>What did not hold, each with its name.</returns>
    public async Task<List<string>> PlayAsync(Func<Task>? afterStep = null)
    {
        List<string> failures = [];
        var went = true;
        foreach (var step in _scenario.Steps)
        {
            went = went && await HoldsAsync(step.Name, () => step.RunAsync(this));
            if (afterStep is not null)
                await afterStep();
        }
        if (went)
            await HoldsAsync("coming to rest", RestAsync);
        Passed = Faults.Points;
        // They must hold even where a step failed, and then tell more than the step.
        foreach (var invariant in _scenario.Invariants)
            await HoldsAsync(invariant.Name, () => invariant.CheckAsync(this));
        return failures;

        async Task<bool> HoldsAsync(string name, Func<Task> check)
        {
            try
            {
                await check();
                return true;
            }
            catch (Exception error)
            {
                failures.Add($"{name}: {error.GetType().Name}: {error.Message}");
                return false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_armed?.CallOff() is false)
            await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Citizen?.Dispose();
        Moderator?.Dispose();
        Administrator?.Dispose();
        foreach (var hub in Hubs)
        {
            await hub.KillAsync();
            await hub.DisposeAsync();
        }
    }

    /// <summary>A round of the timer has ended, and all is settled; and no kill comes between the invariants: a point that only the clock reaches may still be ahead.</summary>
    private async Task RestAsync()
    {
        // What the first round writes is a point like any other: a quick scenario would end before it, or after, as the machine likes.
        await UntilAsync("the timer has run", async () => (await StoredRows.AllAsync(this, "Settings")).Any(row => row.RowKey == Keys.LastTick));
        await SettledAsync();
        if (_armed?.CallOff() is false)
            await SettledAsync();
    }

    private async Task StartAsync((Point Point, Fault Fault)? trial, int hubs)
    {
        if (_scenario.UsesNetworks)
        {
            Bluesky = await Lane.Bluesky!.CreateAccountAsync();
            Mastodon = Lane.Mastodon!.Instance.AddUser($"mairie{_number}");
        }
        Faults = Lane.Proxy.Begin();
        var settings = Settings();
        Hubs = [.. Enumerable.Range(0, hubs).Select(_ => new HubProcess(settings))];
        Uri[] addresses = [.. Hubs.Select(h => h.Address)];
        Citizen = new HubClient(addresses);
        Moderator = new HubClient(addresses, HubSettings.ModeratorKey);
        Administrator = new HubClient(addresses, HubSettings.AdministratorKey);
        if (trial is { } t)
        {
            _armed = Faults.Arm(t.Point, t.Fault, Hubs[0].KillAsync);
            if (t.Fault is not Fault.CutAnswer)
                _supervision = SuperviseAsync(_armed);
        }
        try
        {
            foreach (var hub in Hubs)
                await hub.StartAsync();
        }
        catch (InvalidOperationException) when (_armed is { Kind: not Fault.CutAnswer, Taken: true })
        {
            // Killed while it started: its supervisor starts it again.
            await _supervision;
        }
    }

    /// <summary>What systemd, or the Functions host, does: starts it again.</summary>
    private async Task SuperviseAsync(ArmedFault armed)
    {
        await armed.Fired;
        while (_killsLeft > 0)
        {
            armed = _armed = Faults.Arm(armed.Point, armed.Kind, Hubs[0].KillAsync);
            _killsLeft--;
            await StartUnlessKilledAsync(armed);
            await armed.Fired;
        }

        await Hubs[0].StartAsync();
    }

    private async Task StartUnlessKilledAsync(ArmedFault armed)
    {
        try
        {
            await Hubs[0].StartAsync();
        }
        catch (InvalidOperationException) when (armed.Taken)
        {
            // Killed again before it listened.
        }
    }

    private HubSettings Settings()
    {
        var proxy = Lane.Proxy.Addresses;
        var file = new HubFile();
        file["sites"][Site] = new JsonObject { ["name"] = "Saint-Exemple", ["origins"] = new JsonArray(proxy["site"].GetLeftPart(UriPartial.Authority)) };
        Dictionary<string, string> more = new(_scenario.Settings, StringComparer.Ordinal)
        {
            ["TEAMS_WEBHOOK"] = new Uri(proxy["webhook"], Lane.Webhook.Address.PathAndQuery).ToString(),
        };
        if (_scenario.UsesNetworks)
        {
            file["accounts"]["bluesky"] = Account("bluesky", Lane.Bluesky!.PublicAddress, Bluesky!.Handle, "BLUESKY_PASSWORD");
            file["accounts"]["mastodon"] = Account("mastodon", proxy["mastodon"], Mastodon!.Name, "MASTODON_TOKEN");
            (more["BLUESKY_PASSWORD"], more["MASTODON_TOKEN"]) = (Bluesky.Password, Mastodon.Token);
        }
        _scenario.Configure(this, file);
        return new HubSettings
        {
            Storage = Lane.Proxy.Storage(_storage),
            Configuration = file.ToString(),
            Publishing = _scenario.Publishing,
            AllowedOrigins = [proxy["site"], proxy["webhook"], proxy["mastodon"], proxy["pds"], new Uri($"http://localhost:{proxy["pds"].Port}")],
            More = more,
        };
    }

    private static JsonObject Account(string network, Uri server, string name, string secret) => new()
    {
        ["network"] = network,
        ["server"] = server.GetLeftPart(UriPartial.Authority),
        ["name"] = name,
        ["secret"] = secret,
    };
}
