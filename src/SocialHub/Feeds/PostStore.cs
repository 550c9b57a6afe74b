using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Table Posts: a partition per source with its state <c>s</c> and its posts.</summary>
internal sealed class PostStore(HubStorage storage)
{
    // One entity-group transaction takes 100 rows and 4 MB; a row has at most some 200 KB.
    private const int RowsPerBatch = 15;
    private static readonly (string From, string Before) Posts = ("p.", "p/");
    private readonly TableClient _table = storage.Posts;

    public async Task<SourceRow?> FindSourceAsync(string source, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(source, Keys.SourceState, cancellationToken: cancellationToken);
        return found.HasValue ? new SourceRow(found.Value!) : null;
    }

    public async Task<bool> ExistsAsync(PostKey key, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(key.Source, key.Row, ["RowKey"], cancellationToken)).HasValue;

    public async Task<List<PostRow>> ReadAsync(string source, bool whole, CancellationToken cancellationToken)
    {
        var rows = new List<PostRow>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(DueWork.Range(source, Posts.From, Posts.Before), select: whole ? null : PostRow.Short, cancellationToken: cancellationToken))
            rows.Add(new PostRow(entity));
        return rows;
    }

    /// <summary>Adds the state of a source that has none; false when somebody else did.</summary>
    public async Task<bool> AddAsync(SourceRow state, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(state.Entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes posts in batches, each with the source's state If-Match. What <paramref name="last"/> sets on the state comes with the last batch only:
    /// a crash in between leaves the old validators, and the whole is read again.
    /// </summary>
    /// <returns>False when somebody else has written the state since: what is there is theirs.</returns>
    public async Task<bool> WriteAsync(SourceRow state, IReadOnlyList<PostRow> changed, IReadOnlyList<string> deleted, Action<SourceRow> last, CancellationToken cancellationToken)
    {
        var actions = changed.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.Entity))
            .Concat(deleted.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(state.Partition, key), ETag.All)));
        var batches = actions.Chunk(RowsPerBatch).DefaultIfEmpty([]).ToList();
        for (var i = 0; i < batches.Count; i++)
        {
            if (batches[i].Length > 0)
                state.Version = Keys.Random(13);
            if (i == batches.Count - 1)
                last(state);
            if (!await MoveAsync(state, batches[i], cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>Moves the state alone, or with posts; guarded, and a lost answer is recognised.</summary>
    public async Task<bool> MoveAsync(SourceRow state, IReadOnlyCollection<TableTransactionAction> posts, CancellationToken cancellationToken)
    {
        state.WriteId = Keys.Random(26);
        try
        {
            var answer = await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, state.Entity, state.ETag), .. posts], cancellationToken);
            if (answer.Value[0].Headers.ETag is { } etag)
            {
                state.Entity.ETag = etag;
                return true;
            }
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
        {
        }
        var now = await FindSourceAsync(state.Partition, cancellationToken);
        if (now?.WriteId != state.WriteId)
            return false;
        state.Entity.ETag = now!.ETag;
        return true;
    }

    /// <summary>Content addresses of the pictures that posts show.</summary>
    public async IAsyncEnumerable<string> MediaAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>("Pictures ne '[]' and RowKey ge 'p.' and RowKey lt 'p/'", select: ["PartitionKey", "RowKey", "Pictures"], cancellationToken: cancellationToken))
        {
            foreach (var picture in new PostRow(row).Pictures)
                yield return picture.Media;
        }
    }

    /// <summary>Sources that have a state or posts, each found by one step over its partition.</summary>
    public Task<List<string>> SourcesAsync(CancellationToken cancellationToken) => Partitions.OfAsync(_table, cancellationToken);

    /// <summary>Deletes a source that hub.json no longer has; its state goes last, so that a cut deletion is found again.</summary>
    public async Task ForgetAsync(string source, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(source, whole: false, cancellationToken);
        foreach (var batch in rows.Select(row => row.Key).Chunk(100))
            await _table.SubmitTransactionAsync(batch.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(source, key), ETag.All)), cancellationToken);
        await _table.DeleteEntityAsync(source, Keys.SourceState, cancellationToken: cancellationToken);
    }
}
