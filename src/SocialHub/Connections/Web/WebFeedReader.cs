namespace SocialHub.Connections.Web;

/// <summary>
/// Bytes to posts. Any bytes at all give an answer, at a cost that is bounded by their number; README.md of this folder lists what is repaired.
/// </summary>
public static class WebFeedReader
{
    /// <param name="bytes">At most what <see cref="FetchLimits.Feed"/> lets through.</param>
    /// <param name="origin">Where they came from.</param>
    public static WebFeed Read(ReadOnlySpan<byte> bytes, WebFeedOrigin origin)
    {
        var notes = new FeedNotes();
        if (bytes is [0x1F, 0x8B, ..])
        {
            notes.Refused("compressed", null, "It is a compressed file (gzip); write the address of the feed itself.");
            return new WebFeed("") { Repairs = notes.Repairs, Refusals = notes.Refusals };
        }
        var text = FeedText.Decode(bytes, origin.ContentType, notes);
        var draft = Draft(text, origin, notes);
        if (draft is null)
            return new WebFeed("") { Repairs = notes.Repairs, Refusals = notes.Refusals };
        var posts = new PostMaker(draft, origin, notes).Make();
        return new WebFeed(draft.Format)
        {
            Title = draft.Title is { } title ? FeedHtml.Line(title, isHtml: draft.Format != "json", 500) : null,
            HomePage = FeedLinks.Resolve(draft.HomePage, origin.Address)?.AbsoluteUri,
            Language = posts.Select(p => p.Language).FirstOrDefault(l => l is not null),
            Pace = draft.Pace,
            Posts = posts,
            Repairs = notes.Repairs,
            Refusals = notes.Refusals,
        };
    }

    private static FeedDraft? Draft(string text, WebFeedOrigin origin, FeedNotes notes)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty)
        {
            notes.Refused("empty", null, "There is nothing in it.");
            return null;
        }
        if (start[0] == '{')
        {
            if (JsonFeed.Read(text, origin.Address, notes) is { } json)
                return json;
            notes.Refused("not-a-feed", null, "It is JSON, but no JSON Feed: it has no list of items.");
            return null;
        }
        if (IsPage(start))
        {
            notes.Refused("html-page", null, "It is an HTML page, not a feed.");
            return null;
        }
        var root = RootStart(text);
        if (root > 0 && IsJunk(text.AsSpan(0, root)))
        {
            notes.Repaired("text-before-feed", null, "What stood before the feed was left out.");
            text = text[root..];
        }
        text = FeedEntities.Paired(text, code => notes.Repaired(code, null, "A character was written as two references."));
        var draft = XmlFeed.Read(ForgivingXml.Parse(text, notes), origin.Address, notes);
        if (draft is null)
            notes.Refused("not-a-feed", null, "It is neither RSS, Atom nor JSON Feed.");
        return draft;
    }

    private static bool IsPage(ReadOnlySpan<char> start)
    {
        if (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && start.IndexOf("?>") is >= 0 and var end)
            start = start[(end + 2)..].TrimStart();
        if (start.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return true;
        // Some templates put HTML's DTD before a feed.
        var html = start.IndexOf("<html", StringComparison.OrdinalIgnoreCase);
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) && (html >= 0 || RootStart(start) < 0);
    }

    private static int RootStart(ReadOnlySpan<char> text)
    {
        var head = text[..Math.Min(text.Length, 100_000)];
        var first = -1;
        foreach (var root in (string[])["<rss", "<rdf", "<feed", "<channel", "<atom:feed"])
        {
            if (head.IndexOf(root, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && (first < 0 || at < first))
                first = at;
        }
        return first;
    }

    // Comments, declarations and instructions may stand before a root; words and other elements may not.
    private static bool IsJunk(ReadOnlySpan<char> head)
    {
        while ((head = head.TrimStart()).Length > 0)
        {
            var end = head.StartsWith("<?") ? head.IndexOf("?>") : head.StartsWith("<!--") ? head.IndexOf("-->") : head.StartsWith("<!") ? head.LastIndexOf('>') : -1;
            if (end < 0)
                return true;
            head = head[Math.Min(head.Length, end + (head.StartsWith("<?") ? 2 : head.StartsWith("<!--") ? 3 : 1))..];
        }
        return false;
    }
}
