using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Storage;

namespace SocialHub.Configuration.Settings;

/// <summary>One setting as the team sees it.</summary>
/// <param name="Name">As in its route.</param>
/// <param name="Json">Its value: UTF-8 JSON with every member.</param>
/// <param name="ETag">Of its content and version; what If-Match has to hold.</param>
/// <param name="Version">0: a default, and nobody ever wrote anything else; else counts its changes, from behind the defaults that had a number (<see cref="SettingKind.CountsDefaults"/>).</param>
public sealed record Setting(string Name, ReadOnlyMemory<byte> Json, string ETag, int Version)
{
    /// <summary>True: what hub.json says holds, or the hub's own text, for the team wrote nothing or took it back.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Who wrote it, or took it back; null where nobody did, or the name is kept no longer.</summary>
    public string? By { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What is allowed and somebody may not have meant, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Of <c>words</c> and <c>officials</c>: who added which of them, and when, as the hub itself noted; null for every other setting.</summary>
    public IReadOnlyList<AddedWord>? Added { get; init; }
}

/// <summary>One change of a setting.</summary>
/// <param name="Version">The number that it gave the setting.</param>
/// <param name="What"><c>written</c>, <c>returned</c> (to what hub.json says) or <c>default</c> (hub.json or a release brought it).</param>
/// <param name="By">Whose; null where nobody of the team made it, or the name is kept no longer.</param>
/// <param name="At">When.</param>
public sealed record SettingChange(int Version, string What, string? By, DateTimeOffset At);

/// <summary>Changes of a setting, newest first.</summary>
/// <param name="Changes">Their text is not among it.</param>
/// <param name="Next">The version before which older ones stand; null: there are none.</param>
public sealed record SettingHistory(IReadOnlyList<SettingChange> Changes, int? Next);

/// <summary>What the team edits: rows of table Settings over the defaults of hub.json; each change keeps its log row, with the text it had.</summary>
public sealed class SettingsStore(HubStorage storage, HubConfigurationSource hub, TimeProvider time, IOptions<HubOptions> options, IEnumerable<SettingFollower> followers)
{
    private const int MostRepeats = 5;
    private const int MostChanges = 50;
    private readonly TableClient _table = storage.Settings;
    private readonly Lock _gate = new();
    private Task<TeamSettings>? _reading;
    private long _readAt;
    private bool _isReadWithout;

    /// <summary>Bytes of the largest setting, compact UTF-8 JSON: a binary property of Azure Tables holds 64 KiB.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>Names of all settings.</summary>
    public static IEnumerable<string> Names => SettingKind.All.Keys;

    /// <summary>What holds now, read at most <see cref="HubTimes.Memory"/> ago.</summary>
    public Task<TeamSettings> CurrentAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // What was laid over no hub.json is not what holds once one runs.
            if (_reading is null || _reading.IsFaulted || _reading.IsCanceled || (_isReadWithout && hub.IsUsable) || time.GetElapsedTime(_readAt) >= options.Value.Times.Memory)
                (_isReadWithout, _reading, _readAt) = (!hub.IsUsable, Task.Run(() => ReadAsync(CancellationToken.None)), time.GetTimestamp());
            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What the team wants, read now: before something leaves the hub for good. hub.json is the one of at most two minutes ago (<see cref="HubConfigurationSource.CurrentAsync"/>).</summary>
    public async Task<TeamSettings> ReadAsync(CancellationToken cancellationToken)
    {
        for (var again = 0; ; again++)
        {
            if (await ReadOnceAsync(mayNumber: again < MostRepeats, cancellationToken) is { } team)
                return team;
        }
    }

    // Null when a default was given a number.
    private async Task<TeamSettings?> ReadOnceAsync(bool mayNumber, CancellationToken cancellationToken)
    {
        var configuration = await hub.CurrentAsync(cancellationToken);
        // What is laid over no hub.json was never in force; whether there is one is known once it was looked for.
        mayNumber &= hub.IsUsable;
        var rows = new Dictionary<string, SettingRow>(StringComparer.Ordinal);
        var (from, before) = Keys.AllSettings;
        await foreach (var entity in _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, from, before), cancellationToken: cancellationToken))
            rows[entity.RowKey] = new SettingRow(entity);
        var team = new TeamSettings(configuration) { ReadAt = time.GetUtcNow() };
        foreach (var kind in SettingKind.All.Values)
        {
            var row = rows.GetValueOrDefault(Keys.Setting(kind.Name));
            var own = Own(row);
            var json = own?.Json ?? kind.Default(configuration);
            var version = row?.Version ?? 0;
            if (own is null && kind.CountsDefaults)
            {
                version = rows.GetValueOrDefault(KeyOfDefault(kind, json))?.Version ?? 0;
                if (version == 0 && mayNumber)
                {
                    // Read anew: by this number, or by what a hub wrote that was faster.
                    await NumberAsync(kind, json, cancellationToken);
                    return null;
                }
            }

            team = kind.Lay(team, json, version);
        }
        return team;
    }

    /// <summary>One setting; 404 for a name that is none.</summary>
    public async Task<Answer<Setting>> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (!SettingKind.All.TryGetValue(name, out var kind))
            return Unknown();
        return await OfAsync(kind, await FindAsync(name, cancellationToken), await hub.CurrentAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Who changed a setting and when, at most 50 changes, newest first; 404 for a name that is none.</summary>
    /// <param name="name">Which.</param>
    /// <param name="before">Only versions before this one; null: from the newest on.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Answer<SettingHistory>> HistoryAsync(string name, int? before, CancellationToken cancellationToken)
    {
        if (!SettingKind.All.TryGetValue(name, out var kind))
            return Unknown();
        if (kind.CountsDefaults)
            await ReadAsync(cancellationToken);
        var last = Math.Min(await LastNumberAsync(kind, cancellationToken), (before ?? int.MaxValue) - 1);
        var first = Math.Max(1, last - MostChanges + 1);
        if (last < first)
            return new SettingHistory([], null);
        var changes = await _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, Keys.Log(name, first), Keys.Log(name, last + 1)), select: ["Seq", "At", "What", "Who", "WhoId"], cancellationToken: cancellationToken)
            .Select(entity => new LogRow(entity)).Select(row => new SettingChange(row.Seq, row.What, row.WhoId is null ? null : row.Who, row.At)).ToListAsync(cancellationToken);
        changes.Reverse();
        return new SettingHistory(changes, first > 1 ? first : null);
    }

    /// <summary>The charter as it was in one of its versions, and when that one was written; null when there never was one.</summary>
    /// <param name="version">A default has one, too; 0: today's default, for what cites it so (<see cref="CharterCitation"/>).</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<(CharterSetting Charter, DateTimeOffset? At)?> CharterAsync(int version, CancellationToken cancellationToken)
    {
        var kind = SettingKind.All["charter"];
        var team = new TeamSettings(await hub.CurrentAsync(cancellationToken));
        if (version == 0)
            return (kind.Lay(team, kind.Default(team.Configuration), 0).Charter, null);
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Keys.SettingsPartition, Keys.Log(kind.Name, version), cancellationToken: cancellationToken);
        return found.HasValue && found.Value!.GetBinary("Json") is { } json ? (kind.Lay(team, json, version).Charter, new LogRow(found.Value).At) : null;
    }

    /// <summary>Replaces one setting.</summary>
    /// <param name="name">Which.</param>
    /// <param name="written">What somebody wrote; members left out get the value of an empty setting, not the default.</param>
    /// <param name="ifMatch">The <see cref="Setting.ETag"/> that it was changed from, see <see cref="EntityTags"/>.</param>
    /// <param name="by">Whose change it is.</param>
    /// <param name="cancellationToken">Stops it before it is written.</param>
    /// <returns>The new value; 404, 412 when it changed meanwhile, 422 with every error and its path, 428 without <paramref name="ifMatch"/>.</returns>
    public async Task<Answer<Setting>> PutAsync(string name, JsonElement written, string? ifMatch, Caller by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (!SettingKind.All.TryGetValue(name, out var kind))
            return Unknown();
        if (string.IsNullOrWhiteSpace(ifMatch))
            return Unconditional();
        var configuration = await hub.CurrentAsync(cancellationToken);
        var (json, errors) = kind.Judge(written, configuration);
        if (errors.Count > 0)
            return new Problem(ProblemKind.Unprocessable, "setting-invalid", $"The setting has {ConfigurationProblems.Count(errors)}; nothing was changed.") { Extensions = ConfigurationProblems.Of(errors) };
        if (json.Length > Largest)
            return new Problem(ProblemKind.Unprocessable, "setting-too-long", $"The setting has {json.Length} bytes; at most {Largest} are possible. Nothing was changed.");
        return await WriteAsync(kind, json, isReturn: false, ifMatch, by, configuration, cancellationToken);
    }

    /// <summary>Takes back what the team wrote: what hub.json says holds again, today's and any later one, or the hub's own text.</summary>
    /// <param name="name">Which.</param>
    /// <param name="ifMatch">As for <see cref="PutAsync"/>.</param>
    /// <param name="by">Whose change it is.</param>
    /// <param name="cancellationToken">Stops it before it is written.</param>
    /// <returns>What holds now, also when that was so before; 404, 412, 428 as for <see cref="PutAsync"/>.</returns>
    public async Task<Answer<Setting>> ReturnAsync(string name, string? ifMatch, Caller by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (!SettingKind.All.TryGetValue(name, out var kind))
            return Unknown();
        if (string.IsNullOrWhiteSpace(ifMatch))
            return Unconditional();
        var configuration = await hub.CurrentAsync(cancellationToken);
        return await WriteAsync(kind, kind.Default(configuration), isReturn: true, ifMatch, by, configuration, cancellationToken);
    }

    /// <summary>What would hold if this were written; nothing is.</summary>
    /// <param name="name">Which setting.</param>
    /// <param name="written">As for <see cref="PutAsync"/>.</param>
    /// <param name="path">Where it stands in what was sent: the paths of its errors begin there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What holds now, and what would; 404, 422 with every error and its path.</returns>
    public async Task<Answer<(TeamSettings Now, TeamSettings Then)>> TryAsync(string name, JsonElement written, string path, CancellationToken cancellationToken)
    {
        if (!SettingKind.All.TryGetValue(name, out var kind))
            return Unknown();
        var team = await ReadAsync(cancellationToken);
        var (json, errors) = kind.Judge(written, team.Configuration);
        if (errors.Count > 0)
            return new Problem(ProblemKind.Unprocessable, "setting-invalid", $"The setting has {ConfigurationProblems.Count(errors)}; nothing was tried.") { Extensions = ConfigurationProblems.Of([.. errors.Select(error => error with { Path = path + error.Path[JsonPath.Root.Length..] })]) };
        return (team, kind.Lay(team, json, 0));
    }

    private async Task<Answer<Setting>> WriteAsync(SettingKind kind, byte[] json, bool isReturn, string ifMatch, Caller by, HubConfiguration configuration, CancellationToken cancellationToken)
    {
        var row = await FindAsync(kind.Name, cancellationToken);
        var own = Own(row);
        // What is in force until now has a number of its own, also if nobody has read it yet.
        var before = await OfAsync(kind, row, configuration, cancellationToken);
        if (!EntityTags.Match(ifMatch, before.ETag))
            return Changed();
        if (isReturn && own is null)
            return before;
        var (next, now) = (await LastNumberAsync(kind, cancellationToken) + 1, time.GetUtcNow());
        var what = isReturn ? "returned" : "written";
        var log = LogRow.New(Keys.SettingsPartition, kind.Name, next, now, what, what, by.Name, by.Id);
        log.Entity["Json"] = json;
        var transition = new Transition(_table, log, time);
        // In force once more under a new number: of two versions the one with the higher number is the later one.
        if (isReturn && kind.CountsDefaults)
            transition.Put(DefaultRow(kind, json, next, now));
        var added = isReturn ? null : kind.Follow?.Invoke(own?.Json ?? kind.Default(configuration), own?.Added, json, by.Name, now);
        var replacement = (row ?? SettingRow.New(kind.Name)).With(json, added, next, by.Name, now);
        replacement.IsReturned = isReturn;
        if (await (row is null ? transition.Add(replacement) : transition.Replace(replacement)).CommitAsync(cancellationToken) == Commit.Conflict)
            return Changed();
        lock (_gate)
            _reading = null;
        foreach (var follower in followers.Where(follower => follower.Setting == kind.Name))
            await follower.FollowAsync(await ReadAsync(cancellationToken), cancellationToken);
        return await OfAsync(kind, replacement, configuration, cancellationToken);
    }

    // A row by the text's hash and not one that holds the newest: two hubs of different releases, or with different hub.json for a moment, must not take turns.
    private async Task NumberAsync(SettingKind kind, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            var (number, now) = (await LastNumberAsync(kind, cancellationToken) + 1, time.GetUtcNow());
            // Under the name of nobody: it came with hub.json, or with a release.
            var log = LogRow.New(Keys.SettingsPartition, kind.Name, number, now, "default", "default", "hub");
            log.Entity["Json"] = json;
            await new Transition(_table, log, time).Add(DefaultRow(kind, json, number, now)).CommitAsync(cancellationToken);
        }
        catch (RequestFailedException)
        {
            // What only reads goes on where nothing can be written; a refusal then cites version 0, today's default.
        }
    }

    // Of the setting itself and of its defaults that have a number: what follows takes the next one.
    private async Task<int> LastNumberAsync(SettingKind kind, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.NumbersOf(kind.Name);
        return await _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, from, before), select: ["Version"], cancellationToken: cancellationToken).Select(entity => new SettingRow(entity).Version).Append(0).MaxAsync(cancellationToken: cancellationToken);
    }

    private async Task<int> NumberOfDefaultAsync(SettingKind kind, byte[] json, CancellationToken cancellationToken)
    {
        var found = await FindAsync();
        if (!found.HasValue)
        {
            // Nobody has read it yet.
            await ReadAsync(cancellationToken);
            found = await FindAsync();
        }

        return found.HasValue ? new SettingRow(found.Value!).Version : 0;

        Task<NullableResponse<TableEntity>> FindAsync() => _table.GetEntityIfExistsAsync<TableEntity>(Keys.SettingsPartition, KeyOfDefault(kind, json), ["Version"], cancellationToken);
    }

    private static SettingRow DefaultRow(SettingKind kind, byte[] json, int number, DateTimeOffset now) =>
        new SettingRow(new TableEntity(Keys.SettingsPartition, KeyOfDefault(kind, json))).With(json, null, number, "hub", now);

    private static string KeyOfDefault(SettingKind kind, byte[] json) => Keys.DefaultSetting(kind.Name, Keys.Hash(json));

    private async Task<SettingRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Keys.SettingsPartition, Keys.Setting(name), cancellationToken: cancellationToken);
        return found.HasValue ? new SettingRow(found.Value!) : null;
    }

    private async Task<Setting> OfAsync(SettingKind kind, SettingRow? row, HubConfiguration configuration, CancellationToken cancellationToken)
    {
        var own = Own(row);
        var json = own is null ? kind.Default(configuration) : kind.Whole(own.Json);
        var count = row?.Version ?? 0;
        var version = own is null && kind.CountsDefaults ? await NumberOfDefaultAsync(kind, json, cancellationToken) : count;
        return new(kind.Name, json, string.Create(CultureInfo.InvariantCulture, $"{count}-{Keys.Hash(json, 12)}"), version) { IsDefault = own is null, By = row?.By, At = row?.At, Warnings = kind.Warn(json), Added = kind.Follow is null ? null : WordOrigins.Read(json, own?.Added) };
    }

    // What was taken back keeps its row, for the numbers go on.
    private static SettingRow? Own(SettingRow? row) => row is { IsReturned: false } ? row : null;

    private static Problem Unconditional() => new(ProblemKind.PreconditionRequired, "if-match-required", "Send the ETag of the version that you changed in the header If-Match.");

    private static Problem Unknown() => new(ProblemKind.NotFound, "setting-unknown", $"There is no such setting; the settings are {string.Join(", ", Names)}.");

    private static Problem Changed() => new(ProblemKind.Changed, "setting-changed", "Somebody changed this setting since you read it; read it again and repeat your change.");
}

/// <summary>Row <c>s.{name}</c> of table Settings.</summary>
internal sealed class SettingRow(TableEntity entity) : Row(entity)
{
    private static byte[] Empty => "{}"u8.ToArray();

    public byte[] Json => Entity.GetBinary("Json") ?? Empty;

    public byte[]? Added => Entity.GetBinary("Added");

    public int Version => Number("Version");

    /// <summary>
    /// True: the team took its value back. What stands in <see cref="Json"/> is the default of that moment, for an older version of the app.
    /// It holds for the version in which it was said alone: an older one that writes a value during an update keeps what it does not know.
    /// </summary>
    public bool IsReturned
    {
        get => Entity.GetInt32("ReturnedIn") is { } version ? version == Version : Flag("Returned");
        set
        {
            Set("ReturnedIn", value ? Version : null);
            // For a version of the app that knows this one alone.
            Set("Returned", value ? true : null);
        }
    }

    /// <summary>Null once the name is kept no longer.</summary>
    public string? By => Text("By");

    public DateTimeOffset At => Time("At") ?? default;

    public static SettingRow New(string name) => new(new TableEntity(Keys.SettingsPartition, Keys.Setting(name)));

    public SettingRow With(byte[] json, byte[]? added, int version, string by, DateTimeOffset at)
    {
        Set("Json", json);
        Set("Added", added);
        Set("Version", version);
        Set("By", by);
        Set("At", at);
        return this;
    }

    /// <summary>Takes away who wrote it, who added which word, and people who hold no more, where that was earlier than <paramref name="before"/>; false when there is nothing of it.</summary>
    /// <param name="before">Until when.</param>
    /// <param name="isAboutPeople">True where the value tells how people are reached (<see cref="SettingKind.IsAboutPeople"/>).</param>
    public bool Forget(DateTimeOffset before, bool isAboutPeople)
    {
        var added = Added is { } kept ? WordOrigins.Forget(kept, before) : null;
        // Under the name of nobody are the defaults, which hub.json or a release brought.
        var isNamed = By is not (null or "hub") && At < before;
        if (isNamed)
            Set("By", null);
        if (added is not null)
            Set("Added", added);
        // What was taken back is a list of that day, and hub.json may name these people no more.
        var isOver = isAboutPeople && IsReturned && At < before && Json.Length > Empty.Length;
        if (isOver)
            Set("Json", Empty);
        return isNamed || added is not null || isOver;
    }
}
