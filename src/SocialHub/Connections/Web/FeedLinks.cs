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
        // Escaped once too often, and a scheme before the one that was pasted: no page has either in its address.
        text = text.Replace("&amp;", "&", StringComparison.Ordinal);
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and < 6 and var scheme && (text.AsSpan(scheme + 3).StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.AsSpan(scheme + 3).StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
            text = text[(scheme + 3)..];
        // Without a base, "/x" must not become a file of this machine.
        var isRelative = text[0] is '/' or '?' or '#' || !text.Contains(':', StringComparison.Ordinal);
        if (isRelative && @base is null)
            return null;
        if (!(@base is null ? Uri.TryCreate(text, UriKind.Absolute, out var address) : Uri.TryCreate(@base, text, out address)))
            return null;
        return WebAddresses.IsWeb(address) && address.AbsoluteUri.Length <= Longest ? address : null;
    }

    /// <summary>The page behind an address of Facebook's that only counts who goes there; any other as it is.</summary>
    public static Uri Direct(Uri address)
    {
        if (address is not { Host: "l.facebook.com" or "lm.facebook.com", AbsolutePath: "/l.php" })
            return address;
        var page = address.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("u=", StringComparison.Ordinal));
        return page is not null && Resolve(Uri.UnescapeDataString(page[2..]), null) is { } direct ? direct : address;
    }
}
