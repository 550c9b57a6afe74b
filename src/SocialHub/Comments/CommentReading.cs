using Microsoft.Extensions.Caching.Memory;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What visitors read: one point read for a version they have, one range for a new one.</summary>
public sealed class CommentReading(CommentStore store, HubConfigurationSource configuration, IMemoryCache cache, TimeProvider timeProvider)
{
    /// <summary>Comments on the page itself per answer; their answers come with them.</summary>
    public const int PageSize = 50;

    /// <summary>Pages that one request may count.</summary>
    public const int MostCounted = 50;

    // A version never changes; the time only lets go of what nobody asks for.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>The public thread of a page; empty before its first comment.</summary>
    public async Task<PublicThread> ThreadAsync(string site, string page, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(site, cancellationToken).ConfigureAwait(false);
        // A page that moved has a thread under each of its addresses; readers see one.
        var parts = await Task.WhenAll(PageAddress.Earlier(page, settings).Prepend(page).Select(address => PartAsync(site, Keys.Page(address), cancellationToken))).ConfigureAwait(false);
        var rows = parts.Where(part => part.Row is not null).ToList();
        if (rows.Count == 0)
            return new PublicThread(page, page, 0, true, null, settings.Policy, []);
        var row = rows[0].Row!;
        var open = !row.Closed && !(row.Closes <= timeProvider.GetUtcNow());
        var comments = Ordered([.. rows.SelectMany(part => part.Comments)]);
        return new PublicThread(page, row.Title, rows.Sum(part => part.Row!.Version), open, row.Closes, row.Policy ?? settings.Policy, comments);
    }

    private async Task<(ThreadRow? Row, List<PublicComment> Comments)> PartAsync(string site, string pageKey, CancellationToken cancellationToken)
    {
        var row = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
        while (row is not null)
        {
            var version = row.Version;
            if (cache.TryGetValue((site, pageKey, version), out List<PublicComment>? known))
                return (row, known!);
            var comments = await store.PublishedAsync(site, pageKey, cancellationToken).Select(PublicComment.Of).ToListAsync(cancellationToken).ConfigureAwait(false);
            // What was read may be newer than the version it would be kept under.
            row = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
            if (row?.Version != version)
                continue;
            cache.Set((site, pageKey, version), comments, KeptFor);
            return (row, comments);
        }

        return (null, []);
    }

    private async Task<SiteConfiguration> SettingsAsync(string site, CancellationToken cancellationToken) =>
        (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Sites.GetValueOrDefault(site) ?? new SiteConfiguration();

    /// <summary>One page of a thread.</summary>
    /// <param name="thread">The whole.</param>
    /// <param name="newestFirst">The order of the comments on the page itself; answers stay oldest first.</param>
    /// <param name="after">Where the page before ended; null: from the start.</param>
    public static ThreadPage Page(PublicThread thread, bool newestFirst, string? after)
    {
        var roots = Roots(thread.Comments);
        if (newestFirst)
            roots.Reverse();
        // Names sort by time: a page begins after a name, so what arrives meanwhile neither repeats nor skips.
        var rest = after is null ? roots : [.. roots.Where(root => newestFirst ? string.CompareOrdinal(When(root[0].Id), When(after)) < 0 : string.CompareOrdinal(When(root[0].Id), When(after)) > 0)];
        var here = rest.Take(PageSize).ToList();
        return new ThreadPage(thread, [.. here.SelectMany(root => root)], rest.Count > here.Count ? here[^1][0].Id : null);
    }

    /// <summary>Public comments per page, by parallel point reads.</summary>
    public async Task<IReadOnlyList<int>> CountsAsync(string site, IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(site, cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(pages.Select(async page =>
        {
            var rows = await Task.WhenAll(PageAddress.Earlier(page, settings).Prepend(page).Select(address => store.FindThreadAsync(site, Keys.Page(address), cancellationToken))).ConfigureAwait(false);
            return rows.Sum(row => row?.Count ?? 0);
        })).ConfigureAwait(false);
    }

    // A name without its page: the time and what is random. Comments of a page that moved stand under two keys, and are one debate.
    private static string When(string id) => id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..];

    // Answers to what is not public any more stand by themselves.
    private static List<PublicComment> Ordered(List<PublicComment> comments)
    {
        var known = comments.Select(comment => comment.Id).ToHashSet(StringComparer.Ordinal);
        var children = comments.ToLookup(comment => comment.Parent is { } parent && known.Contains(parent) ? parent : "", StringComparer.Ordinal);
        var ordered = new List<PublicComment>(comments.Count);
        Append("", 0);
        return ordered;

        void Append(string parent, int depth)
        {
            foreach (var comment in children[parent].OrderBy(comment => When(comment.Id), StringComparer.Ordinal))
            {
                ordered.Add(comment with { Depth = depth, Parent = parent.Length == 0 ? null : parent });
                Append(comment.Id, depth + 1);
            }
        }
    }

    private static List<List<PublicComment>> Roots(IReadOnlyList<PublicComment> ordered)
    {
        var roots = new List<List<PublicComment>>();
        foreach (var comment in ordered)
        {
            if (comment.Depth == 0)
                roots.Add([]);
            roots[^1].Add(comment);
        }

        return roots;
    }
}
