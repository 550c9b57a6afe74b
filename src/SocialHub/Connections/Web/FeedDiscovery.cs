using System.Text.RegularExpressions;

namespace SocialHub.Connections.Web;

/// <summary>A feed that a page names.</summary>
/// <param name="Address">Absolute.</param>
/// <param name="Title">As the page calls it.</param>
public sealed record FeedLink(Uri Address, string? Title);

/// <summary>The feeds that an HTML page names in its links (<see href="https://www.rssboard.org/rss-autodiscovery"/>). A person chooses among several: the second is often one of comments.</summary>
public static partial class FeedDiscovery
{
    private const int Most = 20;

    /// <param name="bytes">The page; its first 200 KB are looked at.</param>
    /// <param name="contentType">The HTTP header.</param>
    /// <param name="address">Where it was found, for relative links.</param>
    public static IReadOnlyList<FeedLink> Find(ReadOnlySpan<byte> bytes, string? contentType, Uri? address)
    {
        var html = FeedText.Decode(bytes[..Math.Min(bytes.Length, 200_000)], contentType, new FeedNotes());
        html = WithoutComments(html);
        List<FeedLink> found = [];
        foreach (Match tag in Tag().Matches(html))
        {
            var attributes = Attributes(tag.Groups["in"].Value);
            var href = attributes.GetValueOrDefault("href");
            if (tag.Groups["name"].ValueSpan.Equals("base", StringComparison.OrdinalIgnoreCase))
            {
                address = FeedLinks.Resolve(href, address) ?? address;
                continue;
            }
            var relations = (attributes.GetValueOrDefault("rel") ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var type = (attributes.GetValueOrDefault("type") ?? "").Split(';')[0].Trim().ToLowerInvariant();
            if (!relations.Contains("alternate", StringComparer.Ordinal) || type is not ("application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "application/feed+json" or "application/json"))
                continue;
            // WordPress offers its own interface as application/json, and that is no feed.
            if (type == "application/json" && href?.Contains("wp-json", StringComparison.Ordinal) is true)
                continue;
            if (found.Count < Most && FeedLinks.Resolve(href, address) is { } feed && !found.Exists(f => f.Address == feed))
                found.Add(new FeedLink(feed, attributes.GetValueOrDefault("title")));
        }
        return found;
    }

    private static string WithoutComments(string html)
    {
        var text = new System.Text.StringBuilder(html.Length);
        for (var i = 0; i < html.Length;)
        {
            var start = html.IndexOf("<!--", i, StringComparison.Ordinal);
            if (start < 0)
                return text.Append(html, i, html.Length - i).ToString();
            text.Append(html, i, start - i);
            var end = html.IndexOf("-->", start + 4, StringComparison.Ordinal);
            i = end < 0 ? html.Length : end + 3;
        }
        return text.ToString();
    }

    private static Dictionary<string, string> Attributes(string text)
    {
        Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);
        foreach (Match m in Attribute().Matches(text))
            attributes.TryAdd(m.Groups["name"].Value, System.Net.WebUtility.HtmlDecode(m.Groups["value"].Value.Trim('"', '\'')).Trim());
        return attributes;
    }

    [GeneratedRegex("""<(?<name>link|base)\s(?<in>[^<>]{1,4000})>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[a-z-]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();
}
