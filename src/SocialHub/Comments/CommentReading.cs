using Microsoft.Extensions.Caching.Memory;
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
        var settings = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Sites.GetValueOrDefault(site) ?? new SiteConfiguration();
        var pageKey = Keys.Page(page);
        var row = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
        if (row is null)
            return new PublicThread(page, page, 0, true, null, settings.Policy, []);
        while (true)
        {
            var version = row.Version;
            if (!cache.TryGetValue((site, pageKey, version), out List<PublicComment>? comments))
            {
                comments = Ordered(await store.PublishedAsync(site, pageKey, cancellationToken).Select(PublicComment.Of).ToListAsync(cancellationToken).ConfigureAwait(false));
                // What was read may be newer than the version it would be kept under.
                row = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
                if (row is null || row.Version != version)
                {
                    row ??= ThreadRow.New(site, pageKey, page, page, null);
                    continue;
                }

                cache.Set((site, pageKey, version), comments, KeptFor);
            }

            var open = !row.Closed && !(row.Closes <= timeProvider.GetUtcNow());
            return new PublicThread(row.Page, row.Title, version, open, row.Closes, row.Policy ?? settings.Policy, comments!);
        }
    }

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
        var rest = after is null ? roots : [.. roots.Where(root => newestFirst ? string.CompareOrdinal(root[0].Id, after) < 0 : string.CompareOrdinal(root[0].Id, after) > 0)];
        var here = rest.Take(PageSize).ToList();
        return new ThreadPage(thread, [.. here.SelectMany(root => root)], rest.Count > here.Count ? here[^1][0].Id : null);
    }

    /// <summary>Public comments per page, by parallel point reads.</summary>
    public async Task<IReadOnlyList<int>> CountsAsync(string site, IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(pages.Select(page => store.FindThreadAsync(site, Keys.Page(page), cancellationToken))).ConfigureAwait(false);
        return [.. rows.Select(row => row?.Count ?? 0)];
    }

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
            foreach (var comment in children[parent].OrderBy(comment => comment.Id, StringComparer.Ordinal))
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
