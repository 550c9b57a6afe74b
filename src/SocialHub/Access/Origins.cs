using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>Where a browser's write comes from (header <c>Origin</c>, else <c>Referer</c>), held against hub.json.</summary>
public static class Origins
{
    private const string Hidden = "null";

    /// <summary>
    /// The refusal of a citizen's write that comes from a page of neither the site nor the hub; null when it may go on.
    /// A request with neither header is let pass: browsers send one with every POST, and what another program sends proves nothing.
    /// </summary>
    /// <param name="origin">Header Origin.</param>
    /// <param name="referer">Header Referer.</param>
    /// <param name="site">To which it is sent.</param>
    /// <param name="configuration">hub.json.</param>
    /// <param name="mayHide">
    /// True where a page may hide where it is (<c>Origin: null</c>, which browsers send for a form of a page with <c>Referrer-Policy: no-referrer</c>):
    /// only where nothing but the request itself authorises it, never where a cookie might.
    /// </param>
    public static Problem? Check(string? origin, string? referer, SiteConfiguration site, HubConfiguration configuration, bool mayHide = false)
    {
        if (Of(origin, referer) is not { } from || from == configuration.Authority.PublicAddress || site.Origins.Contains(from, StringComparer.Ordinal))
            return null;
        if (from == Hidden)
            return mayHide ? null : new Problem(ProblemKind.Forbidden, "origin-hidden", "The browser hides which page this comes from; let the page's Referrer-Policy show its origin, strict-origin-when-cross-origin for instance.");
        return new Problem(ProblemKind.Forbidden, "foreign-origin", "This page may not write here; its origin has to be listed under the site's \"origins\" in hub.json.");
    }

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
        return Uri.TryCreate(referer, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : Hidden;
    }
}
