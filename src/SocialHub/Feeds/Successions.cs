using System.Globalization;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// What takes the place of what in a web source. Its feed never says that an item is gone, so when a site moves to https or is relaunched,
/// and its items get other ids, each recent article would stand there twice.
/// </summary>
/// <param name="Former">The row that a newly read post replaces, by the key of the new one.</param>
/// <param name="Gone">Keys of rows that are there no more: the replaced ones, and what a relaunch left behind.</param>
/// <param name="Heirs">Keys of a row that a relaunch leaves behind and of a post that says the same: what was chosen of the one holds for the other.</param>
internal sealed record Successions(IReadOnlyDictionary<string, PostRow> Former, IReadOnlySet<string> Gone, IReadOnlyList<(string From, string To)> Heirs)
{
    public static Successions None { get; } = new(new Dictionary<string, PostRow>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), []);

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
        {
            var left = known.Where(row => row.Date >= from && row.Date <= until).ToList();
            gone.UnionWith(left.Select(row => row.Key));
            var alike = read.ToLookup(post => Saying(post, post.Published), StringComparer.Ordinal);
            List<(string, string)> heirs = [.. left.Where(row => !former.ContainsValue(row)).Select(row => (row.Key, Saying: Saying(row.Post, row.Date))).Where(row => row.Saying.Length > 0)
                .SelectMany(row => alike[row.Saying].Select(post => (row.Key, Keys.Post(post.NativeId))))];
            return new(former, gone, heirs);
        }
        return new(former, gone, []);
    }

    // Under another address and another id, its title and its day are what is left; of one that has no title what it says. Empty: nothing tells it from others.
    private static string Saying(Post post, DateTimeOffset? date)
    {
        var words = WordFilter.Fold(post.Title is { Length: > 0 } title ? title : post.Text);
        return words.Length > 1 && date is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd}{words}") : "";
    }

    // As far as two items of one source can be told by it: without scheme, campaign and "www."; empty for a home page, which is every item's.
    private static string PageOf(Post post) => post.IsAddressOfSite ? "" : Announcements.Canonical(post.Url) ?? "";
}
