using System.Globalization;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A comment whose newest decision still stands.</summary>
/// <param name="Comment">As it is now.</param>
/// <param name="Thread">Its page.</param>
/// <param name="By">Who decided, or wrote an official answer: a person, or <see cref="Actor.Rules"/>.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Code of a refusal's reason.</param>
public sealed record DecidedComment(CommentRow Comment, ThreadRow? Thread, Actor By, DateTimeOffset At, string? Reason);

/// <summary>What was decided lately, and answered officially, newest first, over all sites: where a decision is looked at again, taken back or answered.</summary>
/// <remarks>
/// Read from the short log by time (rows <c>m.</c>). Tables sort upwards alone, so it is read backwards in stretches that double, a day first, and no further
/// back than <see cref="LooksBack"/>: what is older is found by its page.
/// </remarks>
public sealed class DecidedList(CommentStore store, HubConfigurationSource configuration, TimeProvider timeProvider)
{
    /// <summary>Entries of one page.</summary>
    public const int PageSize = 50;

    /// <summary>How old a decision may be to be in the list.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromDays(90);

    // An instance whose clock goes ahead wrote rows of a time that is not yet here.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);
    private static readonly string[] Properties = ["PartitionKey", "RowKey", "Who", "Why"];

    /// <summary>True for what <see cref="ListAsync"/> takes as the end of the page before.</summary>
    public static bool IsPlace(string after) => Keys.IsKey(after) && after.Split('.') is ["m", { Length: 17 } utc, _, _] && utc.All(char.IsAsciiDigit)
        && DateTimeOffset.TryParseExact(utc, "yyyyMMddHHmmssfff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>The next entries.</summary>
    /// <param name="state"><see cref="CommentState.Published"/> or <see cref="CommentState.Rejected"/>.</param>
    /// <param name="after">Key of the last one seen; null: from the newest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those whose decision still stands, and the key behind which the next page begins; null on the last.</returns>
    public async Task<(IReadOnlyList<DecidedComment> Entries, string? Next)> ListAsync(CommentState state, string? after, CancellationToken cancellationToken)
    {
        var sites = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Sites.Keys.ToList();
        var now = timeProvider.GetUtcNow();
        var oldest = now - LooksBack;
        var end = after is null ? now + Ahead : Keys.ParseUtc(after.Split('.')[1]);
        var before = after ?? Keys.MomentsUntil(end);
        var rows = new List<TableEntity>();
        for (var stretch = TimeSpan.FromDays(1); end > oldest && rows.Count <= PageSize; stretch *= 2)
        {
            end = end - stretch < oldest ? oldest : end - stretch;
            var from = Keys.MomentsUntil(end);
            foreach (var site in sites)
                rows.AddRange(await RowsAsync(site, state, from, before, cancellationToken).ConfigureAwait(false));
            before = from;
        }

        var page = rows.OrderByDescending(row => row.RowKey, StringComparer.Ordinal).Take(PageSize).ToList();
        var read = await Task.WhenAll(page.Select(row => ReadAsync(row, state, cancellationToken))).ConfigureAwait(false);
        return ([.. read.OfType<DecidedComment>()], rows.Count > PageSize ? page[^1].RowKey : null);
    }

    private async Task<List<TableEntity>> RowsAsync(string site, CommentState state, string from, string before, CancellationToken cancellationToken)
    {
        var what = state.ToString().ToLowerInvariant();
        // An official answer is public without a decision; it is here that it is found again to be taken back.
        var also = state == CommentState.Published ? "answered" : what;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and (What eq {what} or What eq {also})");
        return await store.Table.QueryAsync<TableEntity>(filter, select: Properties, cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<DecidedComment?> ReadAsync(TableEntity row, CommentState state, CancellationToken cancellationToken)
    {
        if (row.RowKey.Split('.') is not [_, var utc, var name, var number] || !CommentId.TryParse(name, out var id) || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            return null;
        var comment = await store.FindAsync(row.PartitionKey, id, cancellationToken).ConfigureAwait(false);
        // Decided otherwise, reopened or taken back since: another row tells that.
        if (comment is null || comment.State != state || Keys.Utc(comment.Since) != utc)
            return null;
        var thread = await store.FindThreadAsync(row.PartitionKey, id.Page, cancellationToken).ConfigureAwait(false);
        // The short row has no ids, and without one nobody knows a person from the hub, or from somebody who only says that name.
        var log = await store.EntityAsync(row.PartitionKey, Keys.Log(name, seq), cancellationToken).ConfigureAwait(false);
        return new DecidedComment(comment, thread, new Actor(row.GetString("Who") ?? "", log is null ? null : new LogRow(log).WhoId), comment.Since, row.GetString("Why"));
    }
}
