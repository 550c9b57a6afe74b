namespace SocialHub.Feeds.Rendering;

/// <summary>A part of a snapshot that is rendered.</summary>
/// <param name="Snapshot">The whole.</param>
/// <param name="Items">Its items, in their order.</param>
/// <param name="Query">The query string of this very page, without a question mark; empty: the first page of everything.</param>
/// <param name="Next">The query string of the next page; null on the last.</param>
internal sealed record FeedPage(Snapshot Snapshot, IReadOnlyList<SnapshotItem> Items, string Query, string? Next)
{
    /// <summary>The address of one of its forms.</summary>
    /// <param name="form">Empty for JSON, <c>.rss</c>, <c>.html</c>.</param>
    /// <param name="query">Without a question mark.</param>
    public string Address(string form, string query) => $"{Snapshot.PublicAddress}/api/v1/feeds/{Snapshot.Feed}{form}{(query.Length == 0 ? "" : "?" + query)}";
}
