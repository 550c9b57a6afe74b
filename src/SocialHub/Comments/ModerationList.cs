using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What waits for a person.</summary>
/// <param name="Comment">As it is now.</param>
/// <param name="Thread">Its page.</param>
/// <param name="Subject">What is to be decided about it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Key">Its place in the queue: the next page begins after it.</param>
public sealed record Waiting(CommentRow Comment, ThreadRow? Thread, DecisionSubject Subject, DateTimeOffset Since, string Key)
{
    /// <summary>What it is, in words.</summary>
    internal Wording Heading => CardWords.Heading(Subject, IsChangeObjected);

    /// <summary>True of a change whose author objects to its refusal.</summary>
    internal bool IsChangeObjected => Subject == DecisionSubject.Proposal && Comment.IsChangeObjected;
}

/// <summary>The moderators' queue, oldest first, over all sites.</summary>
public sealed class ModerationList(CommentStore store, HubConfigurationSource configuration)
{
    /// <summary>Entries of one page.</summary>
    public const int PageSize = 50;

    /// <summary>The next entries.</summary>
    /// <param name="after">Key of the last one seen (<see cref="Waiting.Key"/>); null: from the oldest.</param>
    /// <param name="thread">Site and page key of the one thread that is meant; null: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those that still wait, and the key behind which the next page begins; null on the last.</returns>
    public async Task<(IReadOnlyList<Waiting> Entries, string? Next)> ListAsync(string? after, CancellationToken cancellationToken, (string Site, string PageKey)? thread = null)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var keys = new List<(string Site, string Key)>();
        foreach (var site in hub.Sites.Keys.Where(site => thread is null || thread.Value.Site == site).Order(StringComparer.Ordinal))
        {
            // Keys begin with the time: each site gives its oldest, and the merge keeps the oldest of all.
            await foreach (var key in store.KeysAsync(site, Keys.WaitingAfter(after), cancellationToken).Where(key => thread is null || key.Contains($".{thread.Value.PageKey}-", StringComparison.Ordinal)).Take(PageSize + 1).WithCancellation(cancellationToken).ConfigureAwait(false))
                keys.Add((site, key));
        }

        // One more than is shown: whoever is told that more waits finds it.
        var page = keys.OrderBy(entry => entry.Key, StringComparer.Ordinal).Take(PageSize).ToList();
        var waiting = await Task.WhenAll(page.Select(entry => ReadAsync(entry.Site, entry.Key, cancellationToken))).ConfigureAwait(false);
        return ([.. waiting.OfType<Waiting>()], keys.Count > PageSize ? page[^1].Key : null);
    }

    /// <summary>Since when the oldest entry of a site waits: one request; null when nothing does.</summary>
    public async Task<DateTimeOffset?> OldestAsync(string site, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.WaitingAfter(null);
        var oldest = await store.Table.QueryAsync<TableEntity>(DueWork.Range(site, from, before), maxPerPage: 1, select: ["RowKey"], cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return oldest is null ? null : Keys.ParseUtc(oldest.RowKey.Split('.')[1]);
    }

    /// <summary>What waits about one comment; null when nothing does.</summary>
    public async Task<Waiting?> FindAsync(string site, CommentId id, DecisionSubject subject, CancellationToken cancellationToken)
    {
        var comment = await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false);
        var key = comment?.Owned.FirstOrDefault(owned => owned.StartsWith("q.", StringComparison.Ordinal) && owned.EndsWith("." + CommentChange.Word(subject), StringComparison.Ordinal));
        return key is null ? null : await ReadAsync(site, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One entry by its key; null when it waits no more.</summary>
    internal async Task<Waiting?> ReadAsync(string site, string key, CancellationToken cancellationToken)
    {
        var parts = key.Split('.');
        if (parts is not ["q", var since, var name, var word] || !CommentId.TryParse(name, out var id) || !Enum.TryParse<DecisionSubject>(word, ignoreCase: true, out var subject))
            return null;
        var comment = await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false);
        // Decided between the range and this read.
        if (comment is null || !comment.Owned.Contains(key, StringComparer.Ordinal))
            return null;
        return new Waiting(comment, await store.FindThreadAsync(site, id.Page, cancellationToken).ConfigureAwait(false), subject, Keys.ParseUtc(since), key);
    }
}
