using System.Globalization;
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
        var rows = await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false);
        while (rows.Count > 0)
        {
            var versions = Versions(rows);
            if (!cache.TryGetValue((site, versions), out IReadOnlyList<PublicComment>? comments))
            {
                var read = await Task.WhenAll(rows.Select(async row => await store.PublishedAsync(site, row.PageKey, cancellationToken).Select(PublicComment.Of).ToListAsync(cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
                // What was read may be newer than the versions it would be kept under.
                rows = await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false);
                if (Versions(rows) != versions)
                    continue;
                comments = Ordered([.. read.SelectMany(part => part)]);
                cache.Set((site, versions), comments, KeptFor);
            }

            var first = rows[0];
            var open = !first.Closed && !(first.Closes <= timeProvider.GetUtcNow());
            return new PublicThread(page, first.Title, rows.Sum(row => row.Version), open, first.Closes, first.Policy ?? settings.Policy, comments!);
        }

        return new PublicThread(page, page, 0, true, null, settings.Policy, []);
    }

    // The page's own, then those of its earlier addresses; what nobody wrote under is not there.
    private async Task<IReadOnlyList<ThreadRow>> RowsAsync(string site, string page, SiteConfiguration settings, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(PageAddress.KeysOf(page, settings).Select(key => store.FindThreadAsync(site, key, cancellationToken))).ConfigureAwait(false);
        return [.. rows.OfType<ThreadRow>()];
    }

    private static string Versions(IReadOnlyList<ThreadRow> rows) => string.Join(' ', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.PageKey}-{row.Version}")));

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
        return await Task.WhenAll(pages.Select(async page => (await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false)).Sum(row => row.Count))).ConfigureAwait(false);
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
