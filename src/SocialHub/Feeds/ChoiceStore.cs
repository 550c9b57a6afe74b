using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Table Feeds: a partition per feed with the posts that editors hid or pinned, and <c>v</c>, which moves with each of them.</summary>
internal sealed class ChoiceStore(HubStorage storage)
{
    private readonly TableClient _table = storage.Feeds;

    /// <summary>Names the last change; null when nothing was ever chosen.</summary>
    public async Task<string?> VersionAsync(string feed, CancellationToken cancellationToken) =>
        await FindVersionAsync(feed, cancellationToken) is { } row ? row.GetString("Version") : null;

    /// <summary>All choices. The version is read before them: what is written in between is seen as a difference later, never missed.</summary>
    public async Task<FeedChoices> ReadAsync(string feed, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(feed, cancellationToken);
        var (hidden, pinned) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        if (version is not null)
        {
            foreach (var row in await RowsAsync(feed, cancellationToken))
                (row.RowKey.StartsWith("h.", StringComparison.Ordinal) ? hidden : pinned).Add(row.RowKey[2..]);
        }
        return new(version, hidden, pinned);
    }

    /// <summary>
    /// Hides or shows, pins or unpins an announcement; null leaves as it is. Each of its posts gets a row, so that the choice holds when the one
    /// that stood for them is deleted on its network; the rows of one choice know each other (<c>With</c>), and go together.
    /// </summary>
    /// <param name="feed">Feed id.</param>
    /// <param name="posts">The <see cref="PostKey"/>s of all posts that are this announcement now.</param>
    /// <param name="hidden">True hides, false shows.</param>
    /// <param name="pinned">True pins, false unpins.</param>
    /// <param name="by">Who chose.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>What holds now.</returns>
    public async Task<(bool Hidden, bool Pinned)> ChooseAsync(string feed, IReadOnlyCollection<string> posts, bool? hidden, bool? pinned, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await FindVersionAsync(feed, cancellationToken);
            var rows = version is null ? [] : await RowsAsync(feed, cancellationToken);
            var actions = new List<TableTransactionAction>();
            var (isHidden, isPinned) = (Change(Keys.Hidden, hidden), Change(Keys.Pinned, pinned));
            if (actions.Count == 0 || await SubmitAsync(feed, version, actions, cancellationToken))
                return (isHidden, isPinned);

            bool Change(Func<string, string> keyOf, bool? wanted)
            {
                var keys = posts.Select(keyOf).ToHashSet(StringComparer.Ordinal);
                var own = rows.Where(row => keys.Contains(row.RowKey)).ToList();
                var names = own.Select(With).OfType<string>().ToHashSet(StringComparer.Ordinal);
                if (wanted == true)
                {
                    var with = names.FirstOrDefault() ?? Keys.Random(13);
                    foreach (var key in keys.Except(own.Select(row => row.RowKey), StringComparer.Ordinal))
                        actions.Add(new(TableTransactionActionType.Add, new TableEntity(feed, key) { ["By"] = by, ["At"] = now, ["With"] = with }));
                }
                else if (wanted == false)
                {
                    // Those of posts that are not there any more, too: one of them may come back.
                    foreach (var row in rows.Where(row => keys.Contains(row.RowKey) || (row.RowKey.StartsWith(keyOf(""), StringComparison.Ordinal) && With(row) is { } with && names.Contains(with))))
                        actions.Add(new(TableTransactionActionType.Delete, new TableEntity(feed, row.RowKey), ETag.All));
                }
                return wanted ?? own.Count > 0;
            }
        }
    }

    /// <summary>Lets what was chosen of a post hold for those that stand for it when it is gone, before it is.</summary>
    /// <param name="feed">Feed id.</param>
    /// <param name="successors">Their <see cref="PostKey"/>s by that of the one that goes.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public async Task FollowAsync(string feed, ILookup<string, string> successors, CancellationToken cancellationToken)
    {
        while (await FindVersionAsync(feed, cancellationToken) is { } version)
        {
            var rows = await RowsAsync(feed, cancellationToken);
            var there = rows.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
            var actions = new List<TableTransactionAction>();
            foreach (var row in rows)
            {
                foreach (var key in successors[row.RowKey[2..]].Select(name => row.RowKey[..2] + name).Where(there.Add))
                    actions.Add(new(TableTransactionActionType.Add, new TableEntity(feed, key) { ["By"] = row.GetString("By"), ["At"] = row.GetDateTimeOffset("At"), ["With"] = With(row) }));
            }
            if (actions.Count == 0)
                return;
            // A transaction takes 100 rows; what is left is found by the next turn.
            await SubmitAsync(feed, version, [.. actions.Take(99)], cancellationToken);
        }
    }

    public Task<List<string>> FeedsAsync(CancellationToken cancellationToken) => Partitions.OfAsync(_table, cancellationToken);

    /// <summary>Deletes the choices of a feed that hub.json no longer has.</summary>
    public async Task ForgetAsync(string feed, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {feed}"), select: ["RowKey"], cancellationToken: cancellationToken))
            keys.Add(row.RowKey);
        foreach (var key in keys)
            await _table.DeleteEntityAsync(feed, key, cancellationToken: cancellationToken);
    }

    private static string? With(TableEntity row) => row.GetString("With");

    private async Task<bool> SubmitAsync(string feed, TableEntity? version, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var moved = version ?? new TableEntity(feed, Keys.FeedVersion);
        moved["Version"] = Keys.Random(26);
        actions.Add(version is null ? new(TableTransactionActionType.Add, moved) : new(TableTransactionActionType.UpdateReplace, moved, moved.ETag));
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
        {
            // Somebody chose at the same time, or our own answer was lost: either way what is there now decides what is left to do.
            return false;
        }
    }

    private async Task<List<TableEntity>> RowsAsync(string feed, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in _table.QueryAsync<TableEntity>(DueWork.Range(feed, "h.", "o"), cancellationToken: cancellationToken))
            rows.Add(row);
        return rows;
    }

    private async Task<TableEntity?> FindVersionAsync(string feed, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(feed, Keys.FeedVersion, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
