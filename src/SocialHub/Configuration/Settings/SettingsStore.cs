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
/// <param name="Version">0: the default from hub.json; else counts its changes, from behind the defaults that had a number (<see cref="SettingKind.CountsDefaults"/>).</param>
public sealed record Setting(string Name, ReadOnlyMemory<byte> Json, string ETag, int Version)
{
    /// <summary>Who wrote it; null for a default, and once the name is kept no longer.</summary>
    public string? By { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of <c>words</c> and <c>officials</c>: who added which of them, and when, as the hub itself noted; null for every other setting.</summary>
    public IReadOnlyList<AddedWord>? Added { get; init; }
}

/// <summary>What the team edits: rows of table Settings over the defaults of hub.json; each change keeps its log row, with the text it had.</summary>
public sealed class SettingsStore(HubStorage storage, HubConfigurationSource hub, TimeProvider time, IOptions<HubOptions> options, IEnumerable<SettingFollower> followers)
{
    private const int MostRepeats = 5;

    // In the place of a person, of a default.
    private const string Nobody = "hub";
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
            var json = row?.Json ?? kind.Default(configuration);
            var version = row?.Version ?? 0;
            if (row is null && kind.CountsDefaults)
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
        return Of(kind, await FindAsync(name, cancellationToken), await hub.CurrentAsync(cancellationToken));
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
            return new Problem(ProblemKind.PreconditionRequired, "if-match-required", "Send the ETag of the version that you changed in the header If-Match.");
        var configuration = await hub.CurrentAsync(cancellationToken);
        var (json, errors) = kind.Judge(written, configuration);
        if (errors.Count > 0)
            return new Problem(ProblemKind.Unprocessable, "setting-invalid", $"The setting has {ConfigurationProblems.Count(errors)}; nothing was changed.") { Extensions = ConfigurationProblems.Of(errors) };
        if (json.Length > Largest)
            return new Problem(ProblemKind.Unprocessable, "setting-too-long", $"The setting has {json.Length} bytes; at most {Largest} are possible. Nothing was changed.");
        var row = await FindAsync(name, cancellationToken);
        if (!EntityTags.Match(ifMatch, Of(kind, row, configuration).ETag))
            return Changed();
        // What was in force until now keeps a number of its own, also if nobody has read it yet.
        if (row is null && kind.CountsDefaults)
            await ReadAsync(cancellationToken);
        var next = (row?.Version ?? await LastDefaultAsync(kind, cancellationToken)) + 1;
        var now = time.GetUtcNow();
        var log = LogRow.New(Keys.SettingsPartition, name, next, now, "written", "written", by.Name, by.Id);
        log.Entity["Json"] = json;
        var transition = new Transition(_table, log, time);
        var added = kind.Follow?.Invoke(row?.Json ?? kind.Default(configuration), row?.Added, json, by.Name, now);
        var replacement = (row ?? SettingRow.New(name)).With(json, added, next, by.Name, now);
        if (await (row is null ? transition.Add(replacement) : transition.Replace(replacement)).CommitAsync(cancellationToken) == Commit.Conflict)
            return Changed();
        lock (_gate)
            _reading = null;
        foreach (var follower in followers.Where(follower => follower.Setting == name))
            await follower.FollowAsync(await ReadAsync(cancellationToken), cancellationToken);
        return Of(kind, replacement, configuration);
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

    /// <summary>
    /// The daily part: who wrote a setting, or a word of it, is kept as long as who decided about a comment, and the log says no longer by whom; what was written,
    /// and when, stays. Without a hub.json nobody knows the authority's days.
    /// </summary>
    public async Task ForgetNamesAsync(CancellationToken cancellationToken)
    {
        var usable = await hub.UsableAsync(cancellationToken);
        if (usable.Problem is not null)
            return;
        var before = time.GetUtcNow() - TimeSpan.FromDays(usable.Value.Retention.AuditDays);
        await foreach (var entity in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition} and RowKey ge 'l.' and RowKey lt 'l/' and At lt {before} and Who ne {LogRow.Forgotten}"), cancellationToken: cancellationToken))
        {
            // What came with hub.json or with a release is under the name of nobody.
            if (entity.GetString("What") == "default")
                continue;
            entity["Who"] = LogRow.Forgotten;
            entity.Remove("WhoId");
            await ReplaceUnchangedAsync(entity, cancellationToken);
        }

        var (from, behind) = Keys.AllSettings;
        await foreach (var entity in _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, from, behind), cancellationToken: cancellationToken))
        {
            var row = new SettingRow(entity);
            var added = WordOrigins.WithoutNames(row.Added, before);
            var isOver = row.At < before && row.Person is not null && row.By != Nobody;
            if (!isOver && added is null)
                continue;
            if (isOver)
                entity["By"] = LogRow.Forgotten;
            if (added is not null)
                entity["Added"] = added;
            await ReplaceUnchangedAsync(entity, cancellationToken);
        }
    }

    // Whatever was written since is younger, and has its own day.
    private async Task ReplaceUnchangedAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await _table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // The next day's round looks again.
        }
    }

    // A row by the text's hash and not one that holds the newest: two hubs of different releases, or with different hub.json for a moment, must not take turns.
    private async Task NumberAsync(SettingKind kind, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            var (number, now) = (await LastDefaultAsync(kind, cancellationToken) + 1, time.GetUtcNow());
            // Under the name of nobody: it came with hub.json, or with a release.
            var log = LogRow.New(Keys.SettingsPartition, kind.Name, number, now, "default", "default", Nobody);
            log.Entity["Json"] = json;
            await new Transition(_table, log, time).Add(new SettingRow(new TableEntity(Keys.SettingsPartition, KeyOfDefault(kind, json))).With(json, null, number, Nobody, now)).CommitAsync(cancellationToken);
        }
        catch (RequestFailedException)
        {
            // What only reads goes on where nothing can be written; a refusal then cites version 0, today's default.
        }
    }

    private async Task<int> LastDefaultAsync(SettingKind kind, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.DefaultsOf(kind.Name);
        return await _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, from, before), cancellationToken: cancellationToken).Select(entity => new SettingRow(entity).Version).Append(0).MaxAsync(cancellationToken: cancellationToken);
    }

    private static string KeyOfDefault(SettingKind kind, byte[] json) => Keys.DefaultSetting(kind.Name, Keys.Hash(json));

    private async Task<SettingRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Keys.SettingsPartition, Keys.Setting(name), cancellationToken: cancellationToken);
        return found.HasValue ? new SettingRow(found.Value!) : null;
    }

    private static Setting Of(SettingKind kind, SettingRow? row, HubConfiguration configuration)
    {
        var json = row is null ? kind.Default(configuration) : kind.Whole(row.Json);
        var version = row?.Version ?? 0;
        return new(kind.Name, json, string.Create(CultureInfo.InvariantCulture, $"{version}-{Keys.Hash(json, 12)}"), version) { By = row?.Person, At = row?.At, Added = kind.Follow is null ? null : WordOrigins.Read(json, row?.Added) };
    }

    private static Problem Unknown() => new(ProblemKind.NotFound, "setting-unknown", $"There is no such setting; the settings are {string.Join(", ", Names)}.");

    private static Problem Changed() => new(ProblemKind.Changed, "setting-changed", "Somebody changed this setting since you read it; read it again and repeat your change.");
}

/// <summary>Row <c>s.{name}</c> of table Settings.</summary>
internal sealed class SettingRow(TableEntity entity) : Row(entity)
{
    public byte[] Json => Entity.GetBinary("Json") ?? "{}"u8.ToArray();

    public byte[]? Added => Entity.GetBinary("Added");

    public int Version => Number("Version");

    public string By => Text("By") ?? "";

    /// <summary>Who wrote it, while the name is kept.</summary>
    public string? Person => By == LogRow.Forgotten ? null : By;

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
}
