using System.Globalization;
using System.Text.RegularExpressions;
using SocialHub.Connections;

namespace SocialHub.Feeds;

/// <summary>One post of a feed's source, with what the feed knows of the source.</summary>
internal sealed record FeedPost(PostKey Key, string Network, string? SourceTitle, Post Post, DateTimeOffset Date)
{
    public string Name { get; } = Key.ToString();
}

/// <summary>
/// Puts together the posts that are one announcement on several networks: they lead to the same page, or say the same, within three days.
/// Two posts of one source are never one: a reminder is a post of its own.
/// </summary>
internal static partial class Announcements
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(3);

    // Shorter texts ("Bonne année !") are the same by chance.
    private const int LeastText = 40;

    /// <summary>Groups posts; in each the one to show comes first: the web page itself, else the earliest.</summary>
    public static List<List<FeedPost>> Group(IEnumerable<FeedPost> posts)
    {
        var groups = new List<List<FeedPost>>();
        var byIdentity = new Dictionary<string, List<List<FeedPost>>>(StringComparer.Ordinal);
        foreach (var post in posts.OrderBy(post => post.Date).ThenBy(post => post.Name, StringComparer.Ordinal))
        {
            var identities = Identities(post);
            var group = identities.SelectMany(identity => byIdentity.GetValueOrDefault(identity) ?? [])
                .FirstOrDefault(group => post.Date - group[0].Date <= Within && group.TrueForAll(other => other.Key.Source != post.Key.Source));
            if (group is null)
                groups.Add(group = []);
            group.Add(post);
            foreach (var identity in identities)
            {
                if (!byIdentity.TryGetValue(identity, out var sharing))
                    byIdentity[identity] = sharing = [];
                if (!sharing.Contains(group))
                    sharing.Add(group);
            }
        }
        foreach (var group in groups)
        {
            if (group.FindIndex(post => post.Network == "web") is > 0 and var web)
            {
                var page = group[web];
                group.RemoveAt(web);
                group.Insert(0, page);
            }
        }
        return groups;
    }

    private static List<string> Identities(FeedPost post)
    {
        var found = new List<string>(2);
        if (Subject(post) is { } page)
            found.Add("u " + page);
        var text = WordFilter.Fold(Links().Replace(post.Post.Text, " "));
        if (text.Length >= LeastText)
            found.Add("t " + text);
        return found;
    }

    // What a post is about: a web page is about itself, a network's post about the first page elsewhere that it links to. A home page is about nothing.
    private static string? Subject(FeedPost post)
    {
        if (post.Network == "web")
            return Canonical(post.Post.Url);
        var own = HostOf(post.Post.Url);
        return post.Post.Links.Select(link => (Link: link, Canonical: Canonical(link)))
            .FirstOrDefault(link => link.Canonical is not null && !string.Equals(HostOf(link.Link), own, StringComparison.Ordinal)).Canonical;
    }

    /// <summary>An address without what campaigns and copies add to it; null for a home page, and for what is the address of none.</summary>
    internal static string? Canonical(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || WebAddresses.Host(uri) is not { } host)
            return null;
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var path = uri.AbsolutePath.TrimEnd('/');
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !WebAddresses.IsTracker(part)));
        var port = uri.IsDefaultPort ? "" : uri.Port.ToString(CultureInfo.InvariantCulture);
        return path.Length == 0 && query.Length == 0 ? null : $"{host}:{port}{path}?{query}";
    }

    private static string? HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? WebAddresses.Host(uri) : null;

    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();
}
