namespace SocialHub.Publishing.Composition;

/// <summary>The link of an announcement: the page's address with the tags by which the site's audience measurement and the hub itself know it again.</summary>
public static class TrackedLink
{
    /// <summary>The parameter that holds the publication's id: what the hub looks for after an unknown outcome.</summary>
    public const string Mark = "utm_id";

    /// <summary>Adds <c>utm_source</c> (network), <c>utm_medium=social</c> and <c>utm_id</c> (publication) in front of a fragment; such tags that the address had are replaced.</summary>
    /// <param name="address">An absolute http(s) address.</param>
    /// <param name="network">For example <c>mastodon</c>.</param>
    /// <param name="publicationId">Id of the publication, <c>[a-z0-9]</c>.</param>
    public static string Of(string address, string network, string publicationId)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (page, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        var question = page.IndexOf('?', StringComparison.Ordinal);
        // A value-less query such as spip.php?article12 is kept as it is written: it names the page.
        IEnumerable<string> kept = question < 0 ? [] : page[(question + 1)..].Split('&').Where(part => part.Length > 0 && !IsTag(part));
        return $"{(question < 0 ? page : page[..question])}?{string.Join('&', kept.Append($"utm_source={network}").Append("utm_medium=social").Append($"{Mark}={publicationId}"))}{fragment}";
    }

    /// <summary>The mark of a publication as it stands in its link.</summary>
    public static string MarkOf(string publicationId) => $"{Mark}={publicationId}";

    /// <summary>The publication that a link names; null when it names none.</summary>
    public static string? PublicationOf(string link)
    {
        var question = link.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? null : link[(question + 1)..].Split('#')[0].Split('&').FirstOrDefault(part => part.StartsWith(Mark + "=", StringComparison.Ordinal))?[(Mark.Length + 1)..];
    }

    private static bool IsTag(string part) =>
        part.Split('=')[0] is "utm_source" or "utm_medium" or Mark;
}
