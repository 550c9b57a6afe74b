using System.Globalization;
using System.Text;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What tells that two items of feeds are one article.</summary>
public static class ArticleIdentities
{
    /// <summary>
    /// The keys of an item's identities, at least one, the surest first: its guid, which counts beyond its feed only when it is meant to, then its address, then its page.
    /// An address that is its site's names no item: every other one without a link would be the same article. Whether a page names one item alone, the look at its feed tells
    /// (<see cref="ArticleRecognition"/>).
    /// </summary>
    public static IReadOnlyList<string> Of(Post item, string feedAddress)
    {
        List<string> names = [];
        if (item.NativeId.Length > 0)
        {
            names.Add(!item.IdIsGlobal ? $"guid {feedAddress} {item.NativeId}"
                : IsAddress(item.NativeId) ? "page " + Place(item.NativeId)
                : "guid " + item.NativeId);
        }

        if (!item.IsAddressOfSite)
        {
            names.Add("page " + Place(item.Url));
            // A home page with a fragment is one of its items by the fragment alone.
            if (!IsHome(item.Url))
                names.Add("page " + Page(item.Url));
        }

        if (names.Count == 0)
            names.Add($"text {feedAddress} {item.Title} {item.Text}");
        return [.. names.Distinct(StringComparer.Ordinal).Select(Keys.ArticleIdentity)];
    }

    /// <summary>True for a key of <see cref="Of"/> that is made of the item's address.</summary>
    internal static bool IsOfAddress(Post item, string name) =>
        !item.IsAddressOfSite && (name == KeyOf(Place(item.Url)) || name == KeyOf(Page(item.Url)));

    /// <summary>The one among <see cref="Of"/> that leaves a fragment of the address aside; null: it has none.</summary>
    public static string? WithoutFragment(Post item) =>
        item.IsAddressOfSite || string.Equals(Place(item.Url), Page(item.Url), StringComparison.Ordinal) ? null : KeyOf(Page(item.Url));

    /// <summary>The key of a title on a day: the same one again is a reason to ask, no more. Null without a title.</summary>
    public static string? TitleOfDay(Post item, DateTimeOffset found)
    {
        var title = string.Join(' ', (item.Title ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length == 0 ? null : Keys.ArticleIdentity($"title {(item.Published ?? found).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {title}");
    }

    /// <summary>
    /// A page's address without what does not name it: scheme, default port, fragment, trackers, the slash at its end.
    /// Other parameters stay as they are written, value-less ones such as <c>spip.php?article12</c> too; a fragment that is the path within an application (<c>#/actus/12</c>, <c>#!actus</c>) stays.
    /// </summary>
    public static string Page(string address) => Parts(address).Page;

    /// <summary>A <see cref="Page"/> with its fragment, where that is none of a tracker: the place on it.</summary>
    public static string Place(string address)
    {
        var (page, fragment) = Parts(address);
        return page + fragment;
    }

    /// <summary>The key of a <see cref="Place"/>, one of <see cref="Of"/> where it names one item alone.</summary>
    public static string OfPlace(string address) => KeyOf(Place(address));

    /// <summary>
    /// True when a link leads to a page; where the page's own address names a place on it, to that place. People leave <c>www.</c> out, or write it where the site does not.
    /// </summary>
    public static bool LeadsTo(string link, string address)
    {
        var (wanted, found) = (Parts(address), Parts(link));
        return WithoutWww(wanted.Page).SequenceEqual(WithoutWww(found.Page)) && (wanted.Fragment.Length == 0 || string.Equals(wanted.Fragment, found.Fragment, StringComparison.Ordinal));
    }

    private static (string Page, string Fragment) Parts(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || WebAddresses.Host(uri) is not { } host)
            return (address.Trim(), "");
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&').Where(part => part.Length > 0 && !WebAddresses.IsTracker(part)));
        var page = $"{host}{port}{uri.AbsolutePath.TrimEnd('/')}{(query.Length > 0 ? "?" + query : "")}";
        return uri.Fragment switch
        {
            ['#', '/' or '!', ..] => (page + uri.Fragment, ""),
            ['#', .. { Length: > 0 } fragment] when !fragment.StartsWith(":~:", StringComparison.Ordinal) && !fragment.Split('&').All(WebAddresses.IsTracker) => (page, "#" + fragment),
            _ => (page, ""),
        };
    }

    private static ReadOnlySpan<char> WithoutWww(string page) => page.StartsWith("www.", StringComparison.Ordinal) ? page.AsSpan(4) : page;

    private static string KeyOf(string page) => Keys.ArticleIdentity("page " + page);

    private static bool IsHome(string address)
    {
        var (page, fragment) = Parts(address);
        return fragment.Length > 0 && page.AsSpan().IndexOfAny('/', '?', '#') < 0;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
