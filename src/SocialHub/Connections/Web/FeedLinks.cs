namespace SocialHub.Connections.Web;

/// <summary>Addresses in feeds.</summary>
internal static class FeedLinks
{
    private const int Longest = 2000;

    /// <summary>An absolute http(s) address without a user name, or null.</summary>
    public static Uri? Resolve(string? link, Uri? @base)
    {
        if (link is null)
            return null;
        var text = string.Concat(link.Trim().Where(c => c is not ('\n' or '\r' or '\t')));
        if (text.Length is 0 or > Longest)
            return null;
        if (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            text = "https://" + text;
        // Without a base, "/x" must not become a file of this machine.
        var isRelative = text[0] is '/' or '?' or '#' || !text.Contains(':', StringComparison.Ordinal);
        if (isRelative && @base is null)
            return null;
        if (!(@base is null ? Uri.TryCreate(text, UriKind.Absolute, out var address) : Uri.TryCreate(@base, text, out address)))
            return null;
        return WebAddresses.IsWeb(address) && address.AbsoluteUri.Length <= Longest ? address : null;
    }
}
