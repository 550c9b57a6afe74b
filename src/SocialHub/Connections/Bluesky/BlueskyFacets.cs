using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Connections.Bluesky;

/// <summary>A part of a text that is more than text (<c>app.bsky.richtext.facet</c>): exactly one of link and tag.</summary>
/// <param name="ByteStart">First UTF-8 byte.</param>
/// <param name="ByteEnd">Behind its last UTF-8 byte.</param>
/// <param name="Link">The address that it leads to.</param>
/// <param name="Tag">The tag, without its sign.</param>
public sealed record BlueskyFacet(int ByteStart, int ByteEnd, string? Link, string? Tag);

/// <summary>Links and hashtags of a text as Bluesky's own client finds them (<c>@atproto/api</c> <c>rich-text/detection.ts</c>), without the ellipsis of a cut text. Nothing is linked without a facet.</summary>
public static partial class BlueskyFacets
{
    private const int LongestTag = 64;

    /// <summary>The facets of a text: links first, then tags, each in order.</summary>
    public static IReadOnlyList<BlueskyFacet> Find(string text)
    {
        var bytes = new ByteIndex(text);
        List<BlueskyFacet> facets = [.. Links(text).Select(found => new BlueskyFacet(bytes[found.Place.Start], bytes[found.Place.End], found.Uri, null))];
        foreach (Match match in Tag().Matches(text))
        {
            var tag = TrailingPunctuation().Replace(match.Groups["tag"].Value.Trim(), "");
            if (tag.Length == 0 || (tag.Length > LongestTag && new StringInfo(tag).LengthInTextElements > LongestTag))
                continue;
            var start = match.Groups["sign"].Index;
            facets.Add(new BlueskyFacet(bytes[start], bytes[start + 1 + tag.Length], null, tag));
        }

        return facets;
    }

    /// <summary>The links of a text, each with the address it leads to: a bare domain leads to <c>https</c>.</summary>
    public static IEnumerable<(TextLink Place, string Uri)> Links(string text)
    {
        foreach (Match match in Url().Matches(text))
        {
            var url = match.Groups["url"];
            var (uri, length) = (url.Value, url.Length);
            if (!uri.StartsWith("http", StringComparison.Ordinal))
            {
                if (!WebLinks.IsKnownDomain(match.Groups["domain"].Value))
                    continue;
                uri = "https://" + uri;
            }

            if (uri[^1] is '.' or ',' or ';' or ':' or '!' or '?')
                (uri, length) = (uri[..^1], length - 1);
            if (uri[^1] == ')' && !uri.Contains('(', StringComparison.Ordinal))
                (uri, length) = (uri[..^1], length - 1);
            // That client would link the ellipsis of a cut text too: to a dead page, and behind a bare host to no host at all.
            var end = uri.TrimEnd('…');
            (uri, length) = (end, length - (uri.Length - end.Length));
            if (uri.EndsWith("://", StringComparison.Ordinal))
                continue;
            yield return (new TextLink(url.Index, length), uri);
        }
    }

    [GeneratedRegex(@"(?:^|\s|\()(?<url>https?://\S+|(?<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();

    [GeneratedRegex(@"(?:^|\s)(?<sign>[#\uFF03])(?<tag>(?!\uFE0F)[^\s\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2]*[^\d\s\p{P}\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2]+[^\s\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{P}+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TrailingPunctuation();

    /// <summary>UTF-8 offsets of UTF-16 places, which only grow as they are asked for.</summary>
    private readonly struct ByteIndex(string text)
    {
        public int this[int place] => Encoding.UTF8.GetByteCount(text.AsSpan(0, place));
    }
}
