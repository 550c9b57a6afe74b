using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Table Comments: point reads, ranges, and the loop of a guarded transition.</summary>
public sealed partial class CommentStore(HubStorage storage, HubConfigurationSource configuration, TimeProvider timeProvider, IOptions<HubOptions> options, ILogger<CommentStore> logger)
{
    // A thread's row is shared by all its comments, so writers may meet there often; each repeats with a jitter.
    private const int MostRepeats = 30;
    private static readonly string[] PublicProperties = ["PartitionKey", "RowKey", "Parent", "Name", "Html", "Official", "PublishedAt", "Received", "EditedAt", "Depth", "Revision"];
    private static readonly TimeSpan LongestJitter = TimeSpan.FromMilliseconds(200);

    internal TableClient Table => storage.Comments;

    /// <summary>One comment; null when there never was one of that name.</summary>
    public async Task<CommentRow?> FindAsync(string site, CommentId id, CancellationToken cancellationToken) =>
        await EntityAsync(site, Keys.Comment(id.Value), cancellationToken).ConfigureAwait(false) is { } entity ? new CommentRow(entity) : null;

    /// <summary>The thread of a page; null before its first comment.</summary>
    public async Task<ThreadRow?> FindThreadAsync(string site, string pageKey, CancellationToken cancellationToken) =>
        await EntityAsync(site, Keys.Thread(pageKey), cancellationToken).ConfigureAwait(false) is { } entity ? new ThreadRow(entity) : null;

    /// <summary>One author; null when the key never wrote.</summary>
    public async Task<AuthorRow?> FindAuthorAsync(string site, string authorHash, CancellationToken cancellationToken) =>
        await EntityAsync(site, Keys.Author(authorHash), cancellationToken).ConfigureAwait(false) is { } entity ? new AuthorRow(entity) : null;

    /// <summary>The comments of a thread that are public, oldest first.</summary>
    public IAsyncEnumerable<CommentRow> PublishedAsync(string site, string pageKey, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.CommentsOfThread(pageKey);
        var published = nameof(CommentState.Published);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and State eq {published}");
        return Table.QueryAsync<TableEntity>(filter, select: PublicProperties, cancellationToken: cancellationToken).Select(entity => new CommentRow(entity));
    }

    /// <summary>Every site that has rows here, also those that hub.json names no more.</summary>
    internal Task<List<string>> SitesAsync(CancellationToken cancellationToken) => Partitions.OfAsync(Table, cancellationToken);

    /// <summary>Keys of a range of one site.</summary>
    internal IAsyncEnumerable<string> KeysAsync(string site, (string From, string Before) range, CancellationToken cancellationToken) =>
        Table.QueryAsync<TableEntity>(DueWork.Range(site, range.From, range.Before), select: ["RowKey"], cancellationToken: cancellationToken).Select(entity => entity.RowKey);

    /// <summary>Rows of a range of one site.</summary>
    internal IAsyncEnumerable<TableEntity> RangeAsync(string site, (string From, string Before) range, CancellationToken cancellationToken) =>
        Table.QueryAsync<TableEntity>(DueWork.Range(site, range.From, range.Before), cancellationToken: cancellationToken);

    /// <summary>Keys of the moments between two at which comments of a site were received, oldest first.</summary>
    internal IAsyncEnumerable<string> ReceivedAsync(string site, string from, string before, CancellationToken cancellationToken)
    {
        const string Received = "received";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and What eq {Received}");
        return Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).Select(entity => entity.RowKey);
    }

    /// <summary>One comment's history, oldest first.</summary>
    public IAsyncEnumerable<LogRow> HistoryAsync(string site, CommentId id, CancellationToken cancellationToken) =>
        RangeAsync(site, Keys.LogOf(id.Value), cancellationToken).Select(entity => new LogRow(entity));

    /// <summary>Everything that was done to a page's thread as a whole, oldest first; not what became of its comments.</summary>
    public IAsyncEnumerable<LogRow> ThreadHistoryAsync(string site, string pageKey, CancellationToken cancellationToken) =>
        RangeAsync(site, Keys.LogOf(pageKey), cancellationToken).Select(entity => new LogRow(entity));

    internal async Task<TableEntity?> EntityAsync(string site, string key, CancellationToken cancellationToken)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(site, key, cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Adds a row that is no comment's state.</summary>
    /// <returns>False when one of its key is there.</returns>
    internal async Task<bool> TryAddAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await Table.AddEntityAsync(row.Entity, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
    }

    /// <summary>True when somebody ever commented there, also where hub.json names the site no more.</summary>
    public async Task<bool> HoldsAsync(string site, CancellationToken cancellationToken) =>
        Keys.IsKey(site) && await Table.QueryAsync<TableEntity>(DueWork.Range(site, "c.", "c/"), 1, ["RowKey"], cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes a row that may have gone already.</summary>
    internal async Task DeleteAsync(string site, string key, CancellationToken cancellationToken)
    {
        using var _ = await Table.DeleteEntityAsync(site, key, ETag.All, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a row if it is still as it was read.</summary>
    internal async Task DeleteUnchangedAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Somebody needs it again.
        }
    }

    /// <summary>Writes a row that is no comment's state, if it is still as it was read.</summary>
    internal async Task ReplaceUnchangedAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await Table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // It went, or is another one now.
        }
    }

    /// <summary>
    /// Reads a comment and its thread, lets <paramref name="decide"/> make a transition of them, writes it guarded, and starts again
    /// from the reading when somebody was faster: the decision is always made on what is there.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="decide">Null: nothing to do, the comment is answered as it is.</param>
    /// <param name="cancellationToken">Ends it before a write.</param>
    /// <param name="isDoneAsync">Asked before each repeat, where somebody faster may have done the same; true: the comment is answered as it is.</param>
    /// <param name="readAsync">Reads before each decision what else it is made on.</param>
    /// <returns>The comment after the transition; 404; or what <paramref name="decide"/> refused.</returns>
    internal async Task<Answer<CommentRow>> ChangeAsync(string site, CommentId id, Func<CommentChange, ThreadRow, Answer<Decided>> decide, CancellationToken cancellationToken, Func<Task<bool>>? isDoneAsync = null, Func<CommentRow, ThreadRow, Task>? readAsync = null)
    {
        var hearsAfter = await AuthorsHearAfterAsync(cancellationToken).ConfigureAwait(false);
        for (var repeat = 0; ; repeat++)
        {
            var comment = await FindAsync(site, id, cancellationToken).ConfigureAwait(false);
            var thread = await FindThreadAsync(site, id.Page, cancellationToken).ConfigureAwait(false);
            if (comment is null || thread is null)
                return CommentProblems.NoSuchComment;
            if (repeat > 0 && isDoneAsync is not null && await isDoneAsync().ConfigureAwait(false))
                return comment;
            if (readAsync is not null)
                await readAsync(comment, thread).ConfigureAwait(false);
            var change = new CommentChange(comment, thread, timeProvider.GetUtcNow(), hearsAfter);
            var decided = decide(change, thread);
            if (decided.Problem is { } problem)
                return problem;
            if (!decided.Value.Acts)
                return comment;
            await change.DropOutdatedAsync(key => EntityAsync(site, key, cancellationToken)).ConfigureAwait(false);
            var transition = change.ToTransition(Table, timeProvider, decided.Value.What, decided.Value.Who!, decided.Value.Why);
            if (await transition.CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return comment;
            if (repeat == MostRepeats)
            {
                Log.Contended(logger, site, id.Value, repeat);
                return CommentProblems.Busy;
            }

            await JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a thread, lets <paramref name="decide"/> make a transition of it, writes it guarded, and starts again when somebody was faster.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="pageKey">Its page key.</param>
    /// <param name="decide">Gives the transition's log row; null: nothing to do, the thread is answered as it is.</param>
    /// <param name="cancellationToken">Ends it before a write.</param>
    /// <returns>The thread after the transition; 404; or what <paramref name="decide"/> refused.</returns>
    internal async Task<Answer<ThreadRow>> ChangeThreadAsync(string site, string pageKey, Func<ThreadChange, Answer<LogRow?>> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false) is not { } thread)
                return CommentProblems.NoSuchThread;
            var change = new ThreadChange(thread, timeProvider.GetUtcNow());
            var log = decide(change);
            if (log.Problem is { } problem)
                return problem;
            if (log.Value is null || await change.ToTransition(Table, timeProvider, log.Value).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return thread;
            await JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// How long after something an author who left an address is told of it by mail: what was decided may be taken back at once, and what the rules let pass
    /// overtakes its receipt. Null when nobody can be told.
    /// </summary>
    internal async Task<TimeSpan?> AuthorsHearAfterAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken).ConfigureAwait(false);
        return hub.Problem is null && hub.Value.Mail is not null ? options.Value.Times.Minute : null;
    }

    internal Task JitterAsync(CancellationToken cancellationToken) => Task.Delay(LongestJitter * System.Random.Shared.NextDouble(), timeProvider, cancellationToken);

    /// <summary>What a decision made of a comment.</summary>
    internal readonly record struct Decided(string What, Actor? Who, string? Why = null)
    {
        public static Decided Nothing { get; } = new("", null);

        public bool Acts => Who is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Comment {Id} of {Site} was changed by others {Repeats} times in a row; given up for now.")]
        public static partial void Contended(ILogger logger, string site, string id, int repeats);
    }
}
