using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// How much one address may send of each <see cref="SubmissionKind"/> in 10 minutes, over all instances. The address itself is never stored: its hash is keyed with a salt that
/// lives one day and is deleted with everything hashed by it.
/// </summary>
public sealed class SubmissionLimits(HubStorage storage, TimeProvider timeProvider)
{
    /// <summary>Comments per <see cref="Window"/>; objections likewise, and wishes to be forgotten under keys that never wrote.</summary>
    public const int Most = 5;

    /// <summary>Changes of texts per <see cref="Window"/>.</summary>
    public const int MostEdits = 20;

    /// <summary>Reports per <see cref="Window"/>.</summary>
    public const int MostReports = 20;

    // Read once a day and process: the row of a day never changes.
    private volatile DaySalt? _today;

    private const string SaltKey = "salt";
    private const int MostRepeats = 20;

    /// <summary>Sliding, counted on the exact times.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Counts one comment.</summary>
    /// <inheritdoc cref="AdmitAsync(string, SubmissionKind, CancellationToken)"/>
    public Task<Answer<string>> AdmitAsync(string address, CancellationToken cancellationToken) => AdmitAsync(address, SubmissionKind.Comment, cancellationToken);

    /// <summary>Counts one submission.</summary>
    /// <param name="address">Client address, IPv6 cut to /64; empty: not known, then nothing is counted.</param>
    /// <param name="kind">What is sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The address's hash of today; 429 with the time until the oldest that counts leaves the window.</returns>
    public async Task<Answer<string>> AdmitAsync(string address, SubmissionKind kind, CancellationToken cancellationToken)
    {
        if (address.Length == 0)
            return "";
        var now = timeProvider.GetUtcNow();
        var day = Day(now);
        var hash = Hash(await SaltAsync(day, cancellationToken).ConfigureAwait(false), address);
        var row = Counter(kind, hash);
        var most = kind switch { SubmissionKind.Edit => MostEdits, SubmissionKind.Report => MostReports, _ => Most };
        // For ten minutes after midnight (UTC) the window reaches into a day that hashed with another salt.
        var yesterday = Day(now - Window) == day ? [] : await TimesOfAsync(Day(now - Window), kind, address, cancellationToken).ConfigureAwait(false);
        for (var repeat = 0; repeat < MostRepeats; repeat++)
        {
            var found = await storage.Limits.GetEntityIfExistsAsync<TableEntity>(day, row, cancellationToken: cancellationToken).ConfigureAwait(false);
            var entity = found.HasValue ? found.Value! : new TableEntity(day, row);
            var today = Times(entity.GetString("Times")).Where(at => at > now - Window).ToList();
            // Counted already: the answer to that write was lost.
            if (repeat > 0 && today.Contains(Keys.ParseTime(Keys.Time(now))))
                return hash;
            var times = yesterday.Where(at => at > now - Window).Concat(today).Order().ToList();
            if (times.Count >= most)
            {
                return new Problem(ProblemKind.TooMany, "too-many", $"At most {most} messages in {Window.TotalMinutes:0} minutes from one place; try again a little later.")
                {
                    RetryAfter = times[^most] + Window - now,
                };
            }

            entity["Times"] = string.Join(' ', today.Append(now).Select(Keys.Time));
            try
            {
                if (found.HasValue)
                    await storage.Limits.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
                else
                    await storage.Limits.AddEntityAsync(entity, cancellationToken).ConfigureAwait(false);
                return hash;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
            {
                // Two submissions of one address at once: count again.
            }
        }

        return new Problem(ProblemKind.TooMany, "too-many", "Too many messages at once from one place; try again in a few seconds.") { RetryAfter = TimeSpan.FromSeconds(5) };
    }

    /// <summary>What an address is called today, and was called yesterday where that is still known; nothing is counted.</summary>
    /// <returns>Empty when the address is not known.</returns>
    public async Task<IReadOnlyList<string>> NamesOfAsync(string address, CancellationToken cancellationToken)
    {
        if (address.Length == 0)
            return [];
        var now = timeProvider.GetUtcNow();
        var today = await SaltAsync(Day(now), cancellationToken).ConfigureAwait(false);
        var yesterday = await KnownSaltAsync(Day(now.AddDays(-1)), cancellationToken).ConfigureAwait(false);
        return yesterday is null ? [Hash(today, address)] : [Hash(today, address), Hash(yesterday, address)];
    }

    /// <summary>Deletes the days whose salt must be forgotten: all that began 48 hours ago or earlier. Called once a day, it leaves none that is older than 72 hours.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (_today is { } known && known.Day != Day(timeProvider.GetUtcNow()))
            _today = null;
        var last = Day(timeProvider.GetUtcNow().AddHours(-48));
        var filter = TableClient.CreateQueryFilter($"PartitionKey le {last}");
        await foreach (var page in storage.Limits.QueryAsync<TableEntity>(filter, 100, ["PartitionKey", "RowKey"], cancellationToken).AsPages().ConfigureAwait(false))
        {
            foreach (var day in page.Values.GroupBy(entity => entity.PartitionKey, StringComparer.Ordinal))
                await storage.Limits.SubmitTransactionAsync(day.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)), cancellationToken).ConfigureAwait(false);
        }
    }

    // Only as long as that day's salt is kept anyway; a salt that is not there is not made.
    private async Task<List<DateTimeOffset>> TimesOfAsync(string day, SubmissionKind kind, string address, CancellationToken cancellationToken)
    {
        if (await KnownSaltAsync(day, cancellationToken).ConfigureAwait(false) is not { } salt)
            return [];
        var found = await storage.Limits.GetEntityIfExistsAsync<TableEntity>(day, Counter(kind, Hash(salt, address)), cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? [.. Times(found.Value!.GetString("Times"))] : [];
    }

    private async Task<byte[]?> KnownSaltAsync(string day, CancellationToken cancellationToken)
    {
        var found = await storage.Limits.GetEntityIfExistsAsync<TableEntity>(day, SaltKey, cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? found.Value!.GetBinary("Salt") : null;
    }

    private async Task<byte[]> SaltAsync(string day, CancellationToken cancellationToken)
    {
        if (_today is { } known && known.Day == day)
            return known.Salt;
        var salt = await StoredSaltAsync(day, cancellationToken).ConfigureAwait(false);
        _today = new DaySalt(day, salt);
        return salt;
    }

    private async Task<byte[]> StoredSaltAsync(string day, CancellationToken cancellationToken)
    {
        if (await KnownSaltAsync(day, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var salt = RandomNumberGenerator.GetBytes(32);
        try
        {
            await storage.Limits.AddEntityAsync(new TableEntity(day, SaltKey) { ["Salt"] = salt }, cancellationToken).ConfigureAwait(false);
            return salt;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409)
        {
            return (await storage.Limits.GetEntityAsync<TableEntity>(day, SaltKey, cancellationToken: cancellationToken).ConfigureAwait(false)).Value.GetBinary("Salt");
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Counter(SubmissionKind kind, string hash) => kind switch { SubmissionKind.Edit => $"edit.{hash}", SubmissionKind.Report => $"report.{hash}", SubmissionKind.Objection => $"objection.{hash}", SubmissionKind.Erasure => $"erasure.{hash}", _ => hash };

    private static string Hash(byte[] salt, string address) => Keys.Base32(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(address)), 26);

    private static IEnumerable<DateTimeOffset> Times(string? text) => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(time => Keys.ParseTime(time));

    private sealed record DaySalt(string Day, byte[] Salt);
}
