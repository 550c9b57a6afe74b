using System.Collections.Frozen;

namespace SocialHub.Connections.Web;

/// <summary>The namespaces that feeds use, known by address, by a misspelt address with the usual prefix, or by the usual prefix alone.</summary>
internal static class FeedNames
{
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["www.w3.org/2005/atom"] = "atom",
        ["purl.org/atom/ns"] = "atom",
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = "rdf",
        ["purl.org/rss/1.0/modules/content"] = "content",
        ["purl.org/rss/1.0/modules/syndication"] = "sy",
        ["purl.org/dc/elements/1.1"] = "dc",
        ["purl.org/dc/terms"] = "dcterms",
        ["search.yahoo.com/mrss"] = "media",
        ["www.rssboard.org/media-rss"] = "media",
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["www.w3.org/1999/xhtml"] = "xhtml",
        ["purl.org/rss/1.0"] = "",
        ["my.netscape.com/rdf/simple/0.9"] = "",
        ["channel.netscape.com/rdf/simple/0.9"] = "",
        ["backend.userland.com/rss"] = "",
        ["backend.userland.com/rss2"] = "",
        ["backend.userland.com/rss091"] = "",
        ["backend.userland.com/rss092"] = "",
        ["blogs.law.harvard.edu/tech/rss"] = "",
        ["cyber.law.harvard.edu/rss/rss.html"] = "",
        ["www.w3.org/xml/1998/namespace"] = "xml",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Usual = FrozenSet.ToFrozenSet(["atom", "rdf", "content", "dc", "dcterms", "media", "itunes", "sy", "xhtml", "xml"], StringComparer.Ordinal);

    /// <param name="prefix">As written, lower case; empty: none.</param>
    /// <param name="address">What it is declared as; null: nothing.</param>
    /// <returns>The usual prefix; empty for RSS and everything unknown without a prefix.</returns>
    public static string Prefix(string prefix, string? address)
    {
        if (address is not null && Prefixes.TryGetValue(Bare(address), out var known))
            return known;
        return prefix;
    }

    public static bool IsUsual(string prefix) => Usual.Contains(prefix);

    private static string Bare(string address)
    {
        var bare = address.AsSpan().Trim();
        var scheme = bare.IndexOf("://");
        return (scheme < 0 ? bare : bare[(scheme + 3)..]).TrimEnd("/#").ToString();
    }
}
