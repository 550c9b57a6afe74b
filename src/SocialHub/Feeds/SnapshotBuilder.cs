using SocialHub.Configuration;

namespace SocialHub.Feeds;

/// <summary>The posts of one source as a feed takes them.</summary>
/// <param name="Source">Source id.</param>
/// <param name="Network"><c>web</c>, or the network of its account.</param>
/// <param name="Title">Shown beside them.</param>
/// <param name="Posts">In any order.</param>
internal sealed record SourcePosts(string Source, string Network, string? Title, IReadOnlyList<(PostRow Row, Post Post)> Posts);

/// <summary>What editors chose in one feed, by <see cref="PostKey"/>.</summary>
/// <param name="Version">Names the last change; null: none was ever made.</param>
/// <param name="Hidden">Whatever announces the same with them is hidden too.</param>
/// <param name="Pinned">First, in any page.</param>
internal sealed record FeedChoices(string? Version, IReadOnlySet<string> Hidden, IReadOnlySet<string> Pinned);

/// <summary>Makes a feed from posts: a pure function, so that two instances make the same.</summary>
internal static class SnapshotBuilder
{
    /// <summary>Raised with every change of what is made from the same posts, here or in a rendering: the snapshot of newer code is never replaced by older.</summary>
    public const int CodeVersion = 4;

    /// <param name="id">Feed id.</param>
    /// <param name="hub">hub.json.</param>
    /// <param name="sources">All posts of its sources.</param>
    /// <param name="choices">Hidden and pinned posts.</param>
    /// <param name="stops">Why the moderation rules stop a post, in words; null: they don't. Asked only in a filtered feed.</param>
    public static Snapshot Build(string id, HubConfiguration hub, IEnumerable<SourcePosts> sources, FeedChoices choices, Func<Post, IReadOnlyList<string>?> stops)
    {
        var feed = hub.Feeds[id];
        var leftOut = new List<LeftOutPost>();
        var (only, without) = (new WordFilter(feed.OnlyWords), new WordFilter(feed.WithoutWords));
        var groups = Group(sources)
            .Where(group => !group.Exists(post => choices.Hidden.Contains(post.Name)))
            .Select(group => (Group: group, Pinned: group.Exists(post => choices.Pinned.Contains(post.Name))))
            .OrderByDescending(g => g.Pinned).ThenByDescending(g => g.Group[0].Date).ThenBy(g => g.Group[0].Name, StringComparer.Ordinal)
            .Where(g => Passes(g.Group[0]))
            .Take(feed.Size);
        // Made before what it left out is looked at.
        IReadOnlyList<SnapshotItem> items = [.. groups.Select(g => Item(g.Group, g.Pinned, hub.Authority.PublicAddress))];
        return new Snapshot(id, feed.Title, hub.Authority.Language, hub.Authority.PublicAddress, hub.Authority.TimeZone, items) { LeftOut = leftOut };

        bool Passes(FeedPost shown)
        {
            var post = shown.Post;
            if (!only.IsEmpty || !without.IsEmpty)
            {
                var words = WordFilter.Fold(post);
                if (without.FindsAny(words) || (!only.IsEmpty && !only.FindsAny(words)))
                    return false;
            }
            if (!feed.Filtered || stops(post) is not { } why)
                return true;
            if (leftOut.Count < Snapshot.MostLeftOut)
                leftOut.Add(new LeftOutPost(shown.Name, post.Url, why));
            return false;
        }
    }

    /// <summary>The announcements that the posts of a feed are, hidden ones too.</summary>
    public static List<List<FeedPost>> Group(IEnumerable<SourcePosts> sources) => Announcements.Group(
        sources.SelectMany(source => source.Posts.Select(p => new FeedPost(new PostKey(source.Source, p.Row.Key), source.Network, source.Title, p.Post, DateOf(p.Row, p.Post)))));

    // A date in the future would hold the first place until then.
    private static DateTimeOffset DateOf(PostRow row, Post post) => post.Published is { } published && published < row.FirstSeen ? published : row.FirstSeen;

    private static SnapshotItem Item(List<FeedPost> group, bool pinned, string publicAddress)
    {
        var (shown, post) = (group[0], group[0].Post);
        return new SnapshotItem(shown.Name, shown.Network, shown.Key.Source, post.Url, shown.Date.ToUniversalTime(), PostMarkup.For(post, publicAddress), post.Text)
        {
            SourceTitle = shown.SourceTitle,
            Title = string.IsNullOrWhiteSpace(post.Title) ? null : post.Title.Trim(),
            Updated = post.Updated > shown.Date ? post.Updated : null,
            Language = post.Language,
            Author = string.IsNullOrWhiteSpace(post.Author) ? null : post.Author,
            Pinned = pinned,
            Tags = post.Tags,
            Pictures = [.. post.Pictures.Where(picture => picture.Media is not null).Select(picture => new SnapshotPicture(picture.Media!, picture.Alt ?? "") { Width = picture.Width, Height = picture.Height })],
            AlsoOn = [.. group.Skip(1).Select(other => new SeenElsewhere(other.Network, other.Post.Url)).OrderBy(other => other.Network, StringComparer.Ordinal).ThenBy(other => other.Url, StringComparer.Ordinal)],
        };
    }
}
