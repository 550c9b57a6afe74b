using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// What takes the place of what in a web source. Its feed never says that an item is gone, so when a site moves to https or is relaunched,
/// and its items get other ids, each recent article would stand there twice.
/// </summary>
/// <param name="Former">The row that a newly read post replaces, by the key of the new one.</param>
/// <param name="Gone">Keys of rows that are there no more: the replaced ones, and what a relaunch left behind.</param>
internal sealed record Successions(IReadOnlyDictionary<string, PostRow> Former, IReadOnlySet<string> Gone)
{
    public static Successions None { get; } = new(new Dictionary<string, PostRow>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

    /// <param name="known">Whole rows of the source.</param>
    /// <param name="read">What was read now, each id once.</param>
    public static Successions Of(IReadOnlyCollection<PostRow> known, IReadOnlyCollection<Post> read)
    {
        var before = known.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var now = read.Select(post => Keys.Post(post.NativeId)).ToHashSet(StringComparer.Ordinal);
        var former = new Dictionary<string, PostRow>(StringComparer.Ordinal);
        var rows = known.ToLookup(row => PageOf(row.Post), StringComparer.Ordinal);
        foreach (var page in read.ToLookup(PageOf, StringComparer.Ordinal).Where(page => page.Key.Length > 0))
        {
            // A page that several items share names none of them.
            if (page.ToList() is not [var post] || rows[page.Key].ToList() is not [var row] || now.Contains(row.Key))
                continue;
            var key = Keys.Post(post.NativeId);
            if (!before.Contains(key))
                former[key] = row;
        }

        var gone = former.Values.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        // No id is known: the site is another one now. What it wrote in the days that it shows again is among what was read, under whatever address.
        if (!now.Overlaps(before) && read.Min(post => post.Published) is { } from && read.Max(post => post.Published) is { } until)
            gone.UnionWith(known.Where(row => row.Date >= from && row.Date <= until).Select(row => row.Key));
        return new(former, gone);
    }

    // As far as two items of one source can be told by it: without scheme, campaign and "www."; empty for a home page, which is every item's.
    private static string PageOf(Post post) => post.IsAddressOfSite ? "" : Announcements.Canonical(post.Url) ?? "";
}
