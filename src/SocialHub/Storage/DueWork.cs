using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Storage;

/// <summary>A due row that this worker holds until it ends.</summary>
/// <param name="Row">As written by this worker.</param>
/// <param name="KilledTwice">Two processes died in this work: it is not tried a third time, a person gets it.</param>
public sealed record DueClaim(DueRow Row, bool KilledTwice);

/// <summary>The mechanics of due rows: re-making hints, and holding a row while its work is done.</summary>
public sealed class DueWork(Hints hints, TimeProvider timeProvider, IOptions<HubOptions> options)
{
    // One tick's share; what is left over is due at the next tick too.
    private const int MostPerTick = 200;

    // Claims, by row, of work that ended alive in this process while storage could not be told so. Another process cannot know, and counts them.
    private const int MostUntold = 1000;
    private readonly ConcurrentDictionary<string, string> _untold = new(StringComparer.Ordinal);

    private HubTimes Times => options.Value.Times;

    /// <summary>
    /// The timer's part: sends a hint for each due row whose back-off (1, 2, 4 ... 60 units since its last hint) has passed, at most 200,
    /// and stamps it first, so that a crash between the two only delays.
    /// </summary>
    /// <param name="table">Where the due rows are.</param>
    /// <param name="partition">Whose.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="queue">Only what this queue is to do; null: all.</param>
    /// <returns>How many hints were sent.</returns>
    public async Task<int> HintDueAsync(TableClient table, string partition, CancellationToken cancellationToken, string? queue = null)
    {
        var now = timeProvider.GetUtcNow();
        var (from, before) = Keys.DueBy(now);
        var sent = 0;
        await foreach (var entity in table.QueryAsync<TableEntity>(Range(partition, from, before), cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var row = new DueRow(entity);
            // A newer version of the app may have promised what this one cannot do: it keeps its own promise.
            if (!HubStorage.QueueNames.Contains(row.Queue, StringComparer.Ordinal))
                continue;
            if (queue is not null && row.Queue != queue)
                continue;
            if (row.BusyUntil > now || !IsReady(row, now))
                continue;
            row.LastSent = now;
            row.Sent++;
            if (await UpdateAsync(table, row, cancellationToken).ConfigureAwait(false) is null)
                continue;
            await hints.SendAsync(row.Queue, row.Hint, cancellationToken).ConfigureAwait(false);
            if (++sent == MostPerTick)
                break;
        }

        return sent;
    }

    /// <summary>
    /// The worker's part: counts the attempt and marks the row busy before any work, guarded.
    /// </summary>
    /// <returns>The claim; null when the row is gone (done), not yet due, or somebody works on it.</returns>
    public async Task<DueClaim?> BeginAsync(TableClient table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (!found.HasValue)
                return null;
            var row = new DueRow(found.Value!);
            var now = timeProvider.GetUtcNow();
            if (row.BusyUntil > now || row.Due > now)
                return null;
            var place = Place(table, row);
            // Not busy any more: then the count was taken back, and only the answer to that was lost.
            if (_untold.TryGetValue(place, out var untold) && untold.Contains($" {row.Claim}", StringComparison.Ordinal) && row.BusyUntil is not null)
                row.Attempts--;
            var killedTwice = row.Attempts >= 2;
            var claim = Keys.Random(16);
            row.Attempts++;
            row.BusyUntil = now + Times.Busy;
            row.Claim = claim;
            DueRow? written;
            try
            {
                written = await ClaimAsync(table, row, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // It may have been written all the same; nobody works by it.
                Remember(place, claim);
                throw;
            }

            if (written is null)
                continue;
            _untold.TryRemove(place, out _);
            return new DueClaim(written, killedTwice);
        }
    }

    /// <summary>Does the work of one hint: claims its due row, works, and takes the count back if the work ends alive without its row.</summary>
    /// <param name="table">Where the due row is.</param>
    /// <param name="hint">What arrived.</param>
    /// <param name="work">True: the owner's transition removed the row. False: later again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WorkAsync(TableClient table, Hint hint, Func<DueClaim, Task<bool>> work, CancellationToken cancellationToken)
    {
        if (await BeginAsync(table, hint.Partition, hint.Due, cancellationToken).ConfigureAwait(false) is not { } claim)
            return;
        var done = false;
        try
        {
            done = await work(claim).ConfigureAwait(false);
        }
        finally
        {
            if (!done)
                await LetGoAsync(table, claim).ConfigureAwait(false);
        }
    }

    /// <summary>The worker ended alive without finishing the work: takes its count back. Nothing happens if the row has gone meanwhile.</summary>
    public static async Task EndAliveAsync(TableClient table, DueClaim claim, CancellationToken cancellationToken)
    {
        claim.Row.Attempts--;
        claim.Row.BusyUntil = null;
        await UpdateAsync(table, claim.Row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Work of several steps: writes down with the row how far it has come, and holds it for as long again as from the beginning.</summary>
    /// <returns>False when the row is another worker's or gone: whoever worked on it must stop.</returns>
    public async Task<bool> RenewAsync(TableClient table, DueClaim claim, CancellationToken cancellationToken)
    {
        claim.Row.BusyUntil = timeProvider.GetUtcNow() + Times.Busy;
        if (await ClaimAsync(table, claim.Row, cancellationToken).ConfigureAwait(false) is not { } written)
            return false;
        claim.Row.Entity.ETag = written.ETag;
        return true;
    }

    /// <summary>What was due before a moment and is not done: one request, however much it is (a full page is 1,000 rows, and more than that is not counted).</summary>
    /// <param name="table">Where the due rows are.</param>
    /// <param name="partition">Whose.</param>
    /// <param name="before">Due before it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The longest overdue first; not what a newer version of the app promised in a queue of its own.</returns>
    public static async Task<IReadOnlyList<DueRow>> OverdueAsync(TableClient table, string partition, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.DueBy(before);
        await foreach (var page in table.QueryAsync<TableEntity>(Range(partition, from, to), cancellationToken: cancellationToken).AsPages().ConfigureAwait(false))
        {
            // Tables may answer an empty page that goes on.
            if (page.Values.Count > 0)
                return [.. page.Values.Select(entity => new DueRow(entity)).Where(row => HubStorage.QueueNames.Contains(row.Queue, StringComparer.Ordinal))];
        }

        return [];
    }

    /// <summary>The filter of one range of one partition.</summary>
    public static string Range(string partition, string from, string before) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");

    // Also when the process is told to stop: a count that is not taken back would look like a death.
    private async Task LetGoAsync(TableClient table, DueClaim claim)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(10), timeProvider);
        try
        {
            await EndAliveAsync(table, claim, bound.Token).ConfigureAwait(false);
        }
        catch
        {
            Remember(Place(table, claim.Row), claim.Row.Claim!);
            throw;
        }
    }

    // Null: somebody else wrote the row since it was read.
    private static async Task<DueRow?> ClaimAsync(TableClient table, DueRow row, CancellationToken cancellationToken)
    {
        if (await UpdateAsync(table, row, cancellationToken).ConfigureAwait(false) is { } etag)
        {
            row.Entity.ETag = etag;
            return row;
        }

        // The answer may have been lost and the SDK's repeat refused: the claim is then ours all the same.
        var again = await table.GetEntityIfExistsAsync<TableEntity>(row.Partition, row.Key, cancellationToken: cancellationToken).ConfigureAwait(false);
        return again.HasValue && new DueRow(again.Value!) is var written && written.Claim == row.Claim ? written : null;
    }

    private void Remember(string place, string claim)
    {
        // Rows that others took away meanwhile are never asked for again.
        if (_untold.Count >= MostUntold)
            _untold.Clear();
        // Which of them storage holds is not known before it is read again.
        _untold.AddOrUpdate(place, $" {claim}", (_, before) => $" {claim}{before[..Math.Min(before.Length, 200)]}");
    }

    private static string Place(TableClient table, DueRow row) => $"{table.Name} {row.Partition} {row.Key}";

    private bool IsReady(DueRow row, DateTimeOffset now) => row.LastSent is not { } last || now >= last + Times.Growing(Times.HintBackoff, row.Sent - 1);

    private static async Task<ETag?> UpdateAsync(TableClient table, DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            var response = await table.UpdateEntityAsync(row.Entity, row.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
            return response.Headers.ETag;
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 412)
        {
            return null;
        }
    }
}
