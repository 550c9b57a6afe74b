using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Who decided is kept for as long as somebody may ask; after that the logs go on telling what was done and when, and no longer by whom.
/// Of a refused comment or change, or a comment that waits, the name stays as long as it is so, for another person has to answer an objection; those are not kept for long.
/// </summary>
public sealed class LoggedNames(CommentStore store, TimeProvider timeProvider)
{
    // Spares the reading of most rows; Actor.IsPerson decides.
    private const string NotOfTheHub = " and Who ne 'rules' and Who ne 'author' and Who ne 'reader' and Who ne 'clock' and Who ne 'forgotten'";

    /// <summary>Forgets names in one site's logs, and on its comments and threads.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="days">How long names are kept.</param>
    /// <param name="cancellationToken">Ends it; the next round goes on.</param>
    internal async Task ForgetAsync(string site, int days, CancellationToken cancellationToken)
    {
        var before = timeProvider.GetUtcNow() - TimeSpan.FromDays(days);
        await ForgetAsync(TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge 'l.' and RowKey lt 'l/' and At lt {before}"), cancellationToken).ConfigureAwait(false);
        var last = Keys.MomentsUntil(before);
        await ForgetAsync(TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge 'm.' and RowKey lt {last}"), cancellationToken).ConfigureAwait(false);
        await foreach (var row in RowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge 'c.' and RowKey lt 'c/' and DecidedAt lt {before}"), cancellationToken).ConfigureAwait(false))
            await ForgetDeciderAsync(new CommentRow(row), before, cancellationToken).ConfigureAwait(false);
        await foreach (var row in RowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge 't.' and RowKey lt 't/' and DecidedAt lt {before}"), cancellationToken).ConfigureAwait(false))
            await ForgetDeciderAsync(new ThreadRow(row), before, cancellationToken).ConfigureAwait(false);
    }

    private AsyncPageable<TableEntity> RowsAsync(string filter, CancellationToken cancellationToken) => store.Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken);

    // The proof that a write was ours, what and when stay; only the name goes.
    private async Task ForgetAsync(string filter, CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(filter + NotOfTheHub, cancellationToken).ConfigureAwait(false))
        {
            if (!Actor.IsPerson(row.GetString("Who"), row.GetString("WhoId")))
                continue;
            row["Who"] = Actor.Forgotten.Name;
            row.Remove("WhoId");
            await store.ReplaceUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetDeciderAsync(CommentRow comment, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!IsOver(comment, before))
            return;
        await store.ChangeAsync(
            comment.Site,
            CommentId.Parse(comment.Id),
            (change, _) =>
            {
                if (!IsOver(change.Comment, before))
                    return CommentStore.Decided.Nothing;
                (change.Comment.DecidedBy, change.Comment.DecidedById) = (null, null);
                (change.Comment.RefusedBy, change.Comment.RefusedById) = (null, null);
                (change.Comment.ObjectedTo, change.Comment.ObjectedToId) = (null, null);
                return new CommentStore.Decided("name-forgotten", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOver(CommentRow comment, DateTimeOffset before) =>
        comment.State is CommentState.Published or CommentState.Withdrawn or CommentState.Erased && comment.DecidedBy is not null && comment.DecidedAt < before;

    private async Task ForgetDeciderAsync(ThreadRow thread, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (thread.DecidedBy is null)
            return;
        await store.ChangeThreadAsync(
            thread.Site,
            thread.PageKey,
            change =>
            {
                if (change.Thread.DecidedBy is null || !(change.Thread.DecidedAt < before))
                    return (LogRow?)null;
                (change.Thread.DecidedBy, change.Thread.DecidedById) = (null, null);
                return change.Log("name-forgotten", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
