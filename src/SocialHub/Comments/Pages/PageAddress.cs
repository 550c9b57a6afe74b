using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Comments.Pages;

/// <summary>
/// One address for one page, however it was linked: so that a fragment, a campaign's parameters or a capital in the host don't part its comments.
/// </summary>
public static class PageAddress
{
    /// <summary>Longest address, characters.</summary>
    public const int Longest = 1_000;

    private const int MostAliases = 5;

    // Made once for each hub.json that is read: a site's configuration never changes, a new file makes a new one.
    private static readonly ConditionalWeakTable<SiteConfiguration, Moves> Aliases = [];

    /// <summary>The canonical address of a page of a site.</summary>
    /// <param name="page">As the browser has it; absolute, at most 1,000 characters.</param>
    /// <param name="site">Its origins, kept query parameters and aliases.</param>
    /// <returns>400 when it is no page of the site.</returns>
    public static Answer<string> Canonical(string? page, SiteConfiguration site)
    {
        var canonical = Normal(page, site);
        if (canonical is null)
            return new Problem(ProblemKind.Invalid, "page-invalid", $"page must be the absolute address of a page of this site, at most {Longest} characters; its origin must be listed in hub.json.");
        return Last(canonical, Aliases.GetValue(site, MovesOf).To);
    }

    /// <summary>Keys of a page's threads: its own, then those of the addresses that it had before it moved, under which people wrote too.</summary>
    /// <param name="canonical">As <see cref="Canonical"/> gives it.</param>
    /// <param name="site">Its origins, kept query parameters and aliases.</param>
    public static IReadOnlyList<string> KeysOf(string canonical, SiteConfiguration site) =>
        [.. (Aliases.GetValue(site, MovesOf).From.GetValueOrDefault(canonical) ?? []).Prepend(canonical).Select(Keys.Page)];

    private static string Last(string page, FrozenDictionary<string, string> aliases)
    {
        for (var hop = 0; hop < MostAliases && aliases.TryGetValue(page, out var moved); hop++)
            page = moved;
        return page;
    }

    private static Moves MovesOf(SiteConfiguration site)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (old, now) in site.Aliases)
        {
            // The old side may be of a domain that the site has left.
            if (Normal(old, site, everyOrigin: true) is { } before && Normal(now, site) is { } after && before != after)
                aliases.TryAdd(before, after);
        }

        var to = aliases.ToFrozenDictionary(StringComparer.Ordinal);
        var from = to.Keys.GroupBy(old => Last(old, to), StringComparer.Ordinal).ToFrozenDictionary(moved => moved.Key, moved => moved.Where(old => old != moved.Key).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        return new Moves(to, from);
    }

    private sealed record Moves(FrozenDictionary<string, string> To, FrozenDictionary<string, string[]> From);

    private static string? Normal(string? page, SiteConfiguration site, bool everyOrigin = false)
    {
        if (page is not { Length: > 0 and <= Longest } || !Uri.TryCreate(page, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
            return null;
        // A site may write its own accented name; hub.json and browsers have it as name services do.
        if (WebAddresses.Origin(uri) is not { } origin)
            return null;
        if (!everyOrigin && !site.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return null;
        // Where a site answers on both, they show the same page.
        if (uri.Scheme == Uri.UriSchemeHttp && uri.IsDefaultPort && origin.Replace("http://", "https://", StringComparison.Ordinal) is var secure && site.Origins.Contains(secure, StringComparer.OrdinalIgnoreCase))
            origin = secure;
        var kept = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => IsKept(NameOf(parameter), site.KeptQueryParameters))
            .Order(StringComparer.Ordinal);
        var query = string.Join('&', kept);
        var canonical = origin + uri.AbsolutePath + (query.Length == 0 ? "" : "?" + query);
        return canonical.Length <= Longest ? canonical : null;
    }

    /// <summary>True when <paramref name="text"/> is one of the patterns, or begins as one that ends in <c>*</c>.</summary>
    internal static bool Matches(string text, IEnumerable<string> patterns) => patterns.Any(pattern =>
        pattern.EndsWith('*') ? text.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(text, pattern, StringComparison.Ordinal));

    private static bool IsKept(string name, IReadOnlyList<string> kept) => name.Length > 0 && Matches(name, kept);

    private static string NameOf(string parameter) => Uri.UnescapeDataString(parameter.Split('=', 2)[0]);
}
