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
            await foreach (var row in _table.QueryAsync<TableEntity>(DueWork.Range(feed, "h.", "o"), select: ["RowKey"], cancellationToken: cancellationToken))
                (row.RowKey.StartsWith("h.", StringComparison.Ordinal) ? hidden : pinned).Add(row.RowKey[2..]);
        }
        return new(version, hidden, pinned);
    }

    /// <summary>Hides or shows, pins or unpins a post; null leaves as it is.</summary>
    /// <returns>What holds now.</returns>
    public async Task<(bool Hidden, bool Pinned)> ChooseAsync(string feed, PostKey post, bool? hidden, bool? pinned, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (hiddenKey, pinnedKey) = (Keys.Hidden(post.ToString()), Keys.Pinned(post.ToString()));
        while (true)
        {
            var version = await FindVersionAsync(feed, cancellationToken);
            var (isHidden, isPinned) = (await HasAsync(feed, hiddenKey, cancellationToken), await HasAsync(feed, pinnedKey, cancellationToken));
            var actions = new List<TableTransactionAction>();
            Change(hiddenKey, isHidden, hidden);
            Change(pinnedKey, isPinned, pinned);
            if (actions.Count == 0)
                return (isHidden, isPinned);
            var moved = version ?? new TableEntity(feed, Keys.FeedVersion);
            var name = Keys.Random(26);
            moved["Version"] = name;
            actions.Add(version is null ? new(TableTransactionActionType.Add, moved) : new(TableTransactionActionType.UpdateReplace, moved, moved.ETag));
            try
            {
                await _table.SubmitTransactionAsync(actions, cancellationToken);
                return (hidden ?? isHidden, pinned ?? isPinned);
            }
            catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
            {
                // Somebody chose at the same time, or our own answer was lost: either way what is there now decides what is left to do.
            }

            void Change(string key, bool has, bool? wanted)
            {
                if (wanted is null || wanted == has)
                    return;
                var row = new TableEntity(feed, key) { ["By"] = by, ["At"] = now };
                actions.Add(wanted.Value ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.Delete, row, ETag.All));
            }
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

    private async Task<bool> HasAsync(string feed, string key, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(feed, key, ["RowKey"], cancellationToken)).HasValue;

    private async Task<TableEntity?> FindVersionAsync(string feed, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(feed, Keys.FeedVersion, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
