using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>Where a browser's write comes from (header <c>Origin</c>, else <c>Referer</c>), held against hub.json.</summary>
public static class Origins
{
    /// <summary>
    /// The refusal of a citizen's write that comes from a page of neither the site nor the hub; null when it may go on.
    /// A request with neither header is let pass: browsers send one with every POST, and what another program sends proves nothing.
    /// </summary>
    public static Problem? Check(string? origin, string? referer, SiteConfiguration site, HubConfiguration configuration) =>
        Of(origin, referer) is not { } from || from == configuration.Authority.PublicAddress || site.Origins.Contains(from, StringComparer.Ordinal)
            ? null
            : new Problem(ProblemKind.Forbidden, "foreign-origin", "This page may not write here; its origin has to be listed under the site's \"origins\" in hub.json.");

    /// <summary>True when the request comes from the hub's own pages: what a cookie alone may authorise.</summary>
    public static bool IsOwn(string? origin, string? referer, HubConfiguration configuration) =>
        configuration.Authority.PublicAddress.Length > 0 && Of(origin, referer) == configuration.Authority.PublicAddress;

    /// <summary>The origin a request names, <c>null</c> as text for an opaque one (RFC 6454, 7.3); null when it names none.</summary>
    public static string? Of(string? origin, string? referer)
    {
        if (!string.IsNullOrEmpty(origin))
            return origin;
        if (string.IsNullOrEmpty(referer))
            return null;
        return Uri.TryCreate(referer, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "null";
    }
}
