using System.Globalization;
using System.Text;

namespace SocialHub.Connections.Bluesky;

/// <summary>A text as Bluesky shows it.</summary>
/// <param name="Text">With shortened links.</param>
/// <param name="Facets">Where its links lead, and its tags.</param>
public sealed record BlueskyText(string Text, IReadOnlyList<BlueskyFacet> Facets);

/// <summary>
/// Bluesky's limits: 300 graphemes and 3,000 UTF-8 bytes (<c>app.bsky.feed.post</c>), both of them. A link counts in full, so the text shows
/// it shortened, as Bluesky's own app does, and its facet holds the whole address.
/// </summary>
public sealed class BlueskyTextRules : TextRules
{
    private const int MostGraphemes = 300;
    private const int MostBytes = 3000;

    // The app's toShortUrl: a path and query above 15 characters are cut behind 13.
    private const int LongestShownPath = 15;
    private const int ShownPath = 13;

    public static BlueskyTextRules Instance { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<TextLength> Measure(string text)
    {
        var shown = Show(text).Text;
        return [new(new StringInfo(shown).LengthInTextElements, MostGraphemes, "graphemes"), new(Encoding.UTF8.GetByteCount(shown), MostBytes, "bytes")];
    }

    /// <summary>Shortens each link with a scheme and finds all facets.</summary>
    public static BlueskyText Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        var facets = new List<BlueskyFacet>();
        var at = 0;
        foreach (var (place, uri) in BlueskyFacets.Links(text))
        {
            shown.Append(text, at, place.Start - at);
            var start = Bytes(shown);
            shown.Append(Short(place.In(text)));
            facets.Add(new BlueskyFacet(start, Bytes(shown), uri, null));
            at = place.End;
        }

        shown.Append(text, at, text.Length - at);
        var result = shown.ToString();
        facets.AddRange(BlueskyFacets.Find(result).Where(facet => facet.Tag is not null && !facets.Exists(link => link.ByteStart < facet.ByteEnd && facet.ByteStart < link.ByteEnd)));
        return new BlueskyText(result, facets);
    }

    private static string Short(string link)
    {
        if (!link.StartsWith("http", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(link, UriKind.Absolute, out var uri))
            return link;
        var scheme = link.IndexOf("://", StringComparison.Ordinal) + 3;
        var pathAt = link.IndexOfAny(['/', '?', '#'], scheme);
        var (host, path) = pathAt < 0 ? (link[scheme..], "") : (link[scheme..pathAt], link[pathAt..]);
        if (path == "/")
            path = "";
        if (path.Length > LongestShownPath)
            path = string.Concat(path.AsSpan(0, char.IsHighSurrogate(path[ShownPath - 1]) ? ShownPath - 1 : ShownPath), "...");
        return uri.Host.Length > 0 && host.Length + path.Length < link.Length ? host + path : link;
    }

    private static int Bytes(StringBuilder text)
    {
        var count = 0;
        foreach (var chunk in text.GetChunks())
            count += Encoding.UTF8.GetByteCount(chunk.Span);
        return count;
    }
}
