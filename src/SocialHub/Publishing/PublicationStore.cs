using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Reads of table Publishing. Every change of a state is a <see cref="PublicationMove"/>.</summary>
public sealed class PublicationStore(HubStorage storage, TimeProvider time)
{
    public const string Partition = Keys.PublishingPartition;

    /// <summary>The table itself, for transactions and due rows.</summary>
    internal TableClient Table => storage.Publishing;

    internal TimeProvider Time => time;

    public async Task<PublicationRow?> PublicationAsync(string id, CancellationToken cancellationToken) =>
        Keys.IsKey(id) && await FindAsync(Keys.Publication(id), cancellationToken) is { } entity ? new PublicationRow(entity) : null;

    public async Task<ArticleRow?> ArticleAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(Keys.Article(id), cancellationToken) is { } entity ? new ArticleRow(entity) : null;

    public async Task<ArticleFeedRow?> FeedAsync(string address, CancellationToken cancellationToken) =>
        await FindAsync(Keys.ArticleFeed(address), cancellationToken) is { } entity ? new ArticleFeedRow(entity) : null;

    public async Task<GateRow?> GateAsync(CancellationToken cancellationToken) =>
        await FindAsync(Keys.PublishingGate, cancellationToken) is { } entity ? new GateRow(entity) : null;

    /// <summary>The account's row, made when it is missing: a transaction can hold it If-Match only if it is there.</summary>
    public async Task<AccountRow> AccountAsync(string account, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(Keys.PublishingAccount(account), cancellationToken) is { } entity)
                return new AccountRow(entity);
            try
            {
                await Table.AddEntityAsync(AccountRow.New(account).Entity, cancellationToken);
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                // Another worker made it.
            }
        }
    }

    /// <summary>The article of the first identity that is known; null when none is.</summary>
    public async Task<string?> ArticleOfAsync(IEnumerable<string> identities, CancellationToken cancellationToken)
    {
        foreach (var identity in identities)
        {
            if (await FindAsync(identity, cancellationToken) is { } known)
                return known.GetString("Article");
        }

        return null;
    }

    /// <summary>One row by its key; null when it is not there.</summary>
    public async Task<TableEntity?> FindAsync(string rowKey, CancellationToken cancellationToken)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Publications of the calendar: those whose time lies in the range, in order of it, at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<PublicationRow>> CalendarAsync(DateTimeOffset from, DateTimeOffset before, PublicationState? state, int most, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {"p."} and RowKey lt {"p/"} and At ge {from} and At lt {before}");
        if (state is { } wanted)
            filter += TableClient.CreateQueryFilter($" and State eq {wanted.ToString()}");
        List<PublicationRow> rows = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(new PublicationRow(entity));
        return [.. rows.OrderBy(row => row.At).ThenBy(row => row.Id, StringComparer.Ordinal).Take(most)];
    }

    /// <summary>The publications of a look that wait for an approval.</summary>
    public async IAsyncEnumerable<PublicationRow> WaitingOfAsync(string look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An id begins with its time: none is older than its look.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {"p." + look[..9]} and RowKey lt {"p/"} and Look eq {look} and State eq {nameof(PublicationState.Planned)} and Approval eq {nameof(Approval.Awaiting)}");
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return new PublicationRow(entity);
    }

    /// <summary>By which word of the log each publication ended that ended since a moment without being published, and not by a person's word.</summary>
    public async Task<IReadOnlyList<string>> UnannouncedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {"p."} and RowKey lt {"p/"} and EndedAt ge {since} and State ne {nameof(PublicationState.Published)} and Ended ne {"cancelled"}");
        List<string> words = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, select: ["Ended"], cancellationToken: cancellationToken))
            words.Add(entity.GetString("Ended"));
        return words;
    }

    /// <summary>Content addresses of the pictures that publications name, sent ones too: the calendar shows them.</summary>
    public async IAsyncEnumerable<string> MediaAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in Table.QueryAsync<TableEntity>(DueWork.Range(Partition, "p.", "p/"), select: ["PartitionKey", "RowKey", "Pictures"], cancellationToken: cancellationToken))
        {
            foreach (var picture in new PublicationRow(entity).Pictures)
                yield return picture.Hash;
        }
    }

    /// <summary>Every account row: health.</summary>
    public async Task<IReadOnlyList<AccountRow>> AccountsAsync(CancellationToken cancellationToken)
    {
        List<AccountRow> rows = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(DueWork.Range(Partition, "n.", "n/"), cancellationToken: cancellationToken))
            rows.Add(new AccountRow(entity));
        return rows;
    }

    /// <summary>Every article feed's row: health.</summary>
    public async Task<IReadOnlyList<ArticleFeedRow>> FeedsAsync(CancellationToken cancellationToken)
    {
        List<ArticleFeedRow> rows = [];
        await foreach (var entity in Table.QueryAsync<TableEntity>(DueWork.Range(Partition, "f.", "f/"), cancellationToken: cancellationToken))
            rows.Add(new ArticleFeedRow(entity));
        return rows;
    }
}
