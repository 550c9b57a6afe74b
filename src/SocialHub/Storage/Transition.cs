using Azure;
using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>How a guarded write ended.</summary>
public enum Commit
{
    /// <summary>It is there, and it is ours.</summary>
    Applied,

    /// <summary>Something it was based on has changed; nothing of it is there. Read again and decide again.</summary>
    Conflict,
}

/// <summary>
/// One state change with its log row, index rows and due rows: one entity-group transaction in one partition, all or nothing.
/// The SDK repeats a request whose answer was lost, and the repeat is refused (409 or 412) although the first one was written, and another
/// writer may have followed since. So the proof that it was ours is its own log row, which nobody overwrites, with our write id in it.
/// </summary>
/// <param name="table">The capability's table.</param>
/// <param name="log">The transition's log row; its key has the owner's next <c>seq</c>.</param>
/// <param name="timeProvider">Bounds the write.</param>
public sealed class Transition(TableClient table, LogRow log, TimeProvider timeProvider)
{
    // Azure Tables' limit for one entity-group transaction.
    private const int Most = 100;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly List<TableTransactionAction> _actions = [];
    private readonly string _writeId = Keys.Random(26);

    /// <summary>Adds a row that must not exist yet.</summary>
    public Transition Add(TableEntity entity) => With(new(TableTransactionActionType.Add, entity));

    /// <inheritdoc cref="Add(TableEntity)"/>
    public Transition Add(Row row) => Add(row.Entity);

    /// <summary>Puts a row there, whether one of its key is there or not: for a row that holds nothing but its key.</summary>
    public Transition Put(Row row) => With(new(TableTransactionActionType.UpsertReplace, row.Entity));

    /// <summary>Replaces a row if it is still as it was read.</summary>
    public Transition Replace(Row row) => With(new(TableTransactionActionType.UpdateReplace, row.Entity, row.ETag));

    /// <summary>Deletes a row that the owner knows is there; if it is gone the whole transition is a conflict.</summary>
    public Transition Delete(string? rowKey)
    {
        return rowKey is null ? this : With(new(TableTransactionActionType.Delete, new TableEntity(log.Partition, rowKey), ETag.All));
    }

    /// <summary>Writes everything or nothing.</summary>
    /// <param name="cancellationToken">Stops it before it begins; a write that has begun is finished (bounded to a minute), whoever hangs up.</param>
    /// <exception cref="RequestFailedException">Storage failed and our log row is not there.</exception>
    public async Task<Commit> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        log.Entity["WriteId"] = _writeId;
        Add(log);
        if (_actions.Count > Most)
            throw new InvalidOperationException($"A transition of {_actions.Count} rows; Azure Tables takes {Most}.");
        using var bound = new CancellationTokenSource(Bound, timeProvider);
        try
        {
            await table.SubmitTransactionAsync(_actions, bound.Token).ConfigureAwait(false);
            return Commit.Applied;
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
        {
            return await IsOursAsync(bound.Token).ConfigureAwait(false) ? Commit.Applied : Commit.Conflict;
        }
        catch (Exception unknown) when (unknown is RequestFailedException or AggregateException)
        {
            if (await IsOursAsync(bound.Token).ConfigureAwait(false))
                return Commit.Applied;
            throw;
        }
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(log.Partition, log.Key, ["WriteId"], cancellationToken).ConfigureAwait(false);
        return found.HasValue && string.Equals(found.Value!.GetString("WriteId"), _writeId, StringComparison.Ordinal);
    }

    private Transition With(TableTransactionAction action)
    {
        _actions.Add(action);
        return this;
    }
}
