using System.Collections.Concurrent;
using SocialHub.Feeds.Rendering;

namespace SocialHub.Feeds;

/// <summary>In which form a feed is asked for.</summary>
public enum FeedForm
{
    Json,
    Rss,
    Html,
}

/// <summary>One snapshot in memory with what was rendered of it: each form is made and compressed once.</summary>
internal sealed class FeedView(Snapshot snapshot)
{
    private const int PerPage = 50;
    private readonly ConcurrentDictionary<(FeedForm Form, string Network), Lazy<RenderedDocument>> _made = new();
    // Folded once: a search may be asked by anybody, as often as they like.
    private readonly Lazy<Dictionary<string, string>> _words = new(() => snapshot.Items.ToDictionary(
        item => item.Key, item => WordFilter.Fold($"{item.Title} . {item.Text} . {string.Join(" . ", item.Tags)}"), StringComparer.Ordinal));

    private readonly HashSet<string> _networks = [.. snapshot.Items.SelectMany(NetworksOf), ""];

    public RenderedDocument Render(FeedForm form, FeedQuery query)
    {
        // Words and places are anybody's to make up: only what is bounded by the feed itself is kept.
        if (query.Words.Length > 0 || query.After is not null || !_networks.Contains(query.Network))
            return Make(form, query);
        return _made.GetOrAdd((form, query.Network), _ => new Lazy<RenderedDocument>(() => Make(form, query).Compressed())).Value;
    }

    private RenderedDocument Make(FeedForm form, FeedQuery query)
    {
        // What holds no word (an emoji) is in no post.
        var words = new WordFilter([query.Words]);
        var items = snapshot.Items
            .Where(item => query.Network.Length == 0 || NetworksOf(item).Contains(query.Network, StringComparer.Ordinal))
            .Where(item => query.After is not { } place || place.IsBefore(item))
            .Where(item => query.Words.Length == 0 || (!words.IsEmpty && words.FindsAll(_words.Value[item.Key])))
            .Take(PerPage + 1).ToList();
        var next = items.Count > PerPage ? (query with { After = FeedPlace.Of(items[PerPage - 1]) }).ToQueryString() : null;
        var page = new FeedPage(snapshot, [.. items.Take(PerPage)], query.ToQueryString(), next);
        return form switch
        {
            FeedForm.Rss => RssFeed.Render(page),
            FeedForm.Html => HtmlFragment.Render(page),
            _ => JsonFeed.Render(page),
        };
    }

    // Who asks for one network gets what was announced there, also where another one's post stands for it.
    private static IEnumerable<string> NetworksOf(SnapshotItem item) => item.AlsoOn.Select(other => other.Network).Prepend(item.Network);
}
