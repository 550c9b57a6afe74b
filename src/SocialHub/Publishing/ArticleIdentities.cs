using System.Globalization;
using System.Text;
using SocialHub.Feeds;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What tells that two items of feeds are one article.</summary>
public static class ArticleIdentities
{
    // Parameters that say where a reader came from, never which page it is.
    private static readonly string[] Trackers = ["utm_", "mtm_", "pk_", "at_", "xtor", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid"];

    /// <summary>
    /// The keys of an item's identities, at least one, its page's address first; the guid counts beyond its feed only when it is meant to.
    /// An address that is its site's names no item: every other one without a link would be the same article.
    /// </summary>
    public static IReadOnlyList<string> Of(Post item, string feedAddress)
    {
        List<string> keys = item.IsAddressOfSite ? [] : [Keys.ArticleIdentity("page " + Page(item.Url))];
        if (item.NativeId.Length > 0)
        {
            var guid = Keys.ArticleIdentity(item.IdIsGlobal
                ? IsAddress(item.NativeId) ? "page " + Page(item.NativeId) : "guid " + item.NativeId
                : $"guid {feedAddress} {item.NativeId}");
            if (!keys.Contains(guid, StringComparer.Ordinal))
                keys.Add(guid);
        }

        if (keys.Count == 0)
            keys.Add(Keys.ArticleIdentity($"text {feedAddress} {item.Title} {item.Text}"));
        return keys;
    }

    /// <summary>The key of a title on a day: the same one again is a reason to ask, no more. Null without a title.</summary>
    public static string? TitleOfDay(Post item, DateTimeOffset found)
    {
        var title = string.Join(' ', (item.Title ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length == 0 ? null : Keys.ArticleIdentity($"title {(item.Published ?? found).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {title}");
    }

    /// <summary>
    /// A page's address without what does not name it: scheme, default port, fragment, trackers, the slash at its end.
    /// Other parameters stay as they are written, value-less ones such as <c>spip.php?article12</c> too.
    /// </summary>
    public static string Page(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return address.Trim();
        var host = uri.IdnHost.ToLowerInvariant() + (uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"));
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&').Where(part => part.Length > 0 && !Array.Exists(Trackers, tracker => part.StartsWith(tracker, StringComparison.OrdinalIgnoreCase))));
        return $"{host}{uri.AbsolutePath.TrimEnd('/')}{(query.Length > 0 ? "?" + query : "")}";
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
