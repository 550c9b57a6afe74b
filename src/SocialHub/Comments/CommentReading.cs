using System.Globalization;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What visitors read: one point read for a version they have, one range for a new one.</summary>
public sealed class CommentReading(CommentStore store, HubConfigurationSource configuration, SettingsStore team, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Comments on the page itself per answer; their answers come with them.</summary>
    public const int PageSize = 50;

    /// <summary>Pages that one request may count.</summary>
    public const int MostCounted = 50;

    // The largest thread that a page may have fits: 2,000 comments of 30,000 characters each.
    private const long MostBytes = 128 * 1024 * 1024;
    private const int MostTurns = 3;
    private const int Lanes = 16;

    private readonly ThreadMemory _memory = new(MostBytes);

    // Many forms of one thread that asks to be read again are one reading, and few large threads are in the making at a time.
    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The public thread of a page; empty before its first comment.</summary>
    public async Task<PublicThread> ThreadAsync(string site, string page, CancellationToken cancellationToken)
    {
        var thread = await WholeAsync(site, page, cancellationToken).ConfigureAwait(false);
        // Of a page that is closed anyway, to be told that new comments are held would be wrong.
        return thread.Open && (await team.CurrentAsync(cancellationToken).ConfigureAwait(false)).Freeze.OfComments(site, timeProvider.GetUtcNow()) is { } freeze
            ? thread with { Open = !freeze.IsClosed, Freeze = freeze }
            : thread;
    }

    private async Task<PublicThread> WholeAsync(string site, string page, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(site, cancellationToken).ConfigureAwait(false);
        // A page that moved has a thread under each of its addresses; readers see one.
        var rows = await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
            return new PublicThread(page, page, 0, true, null, settings.Policy, []);
        if (_memory.Find(site, page, Versions(rows)) is { } known)
            return Of(page, rows, settings, known);
        var lane = _lanes[(uint)HashCode.Combine(site, page) % Lanes];
        var isFree = await lane.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (!isFree)
            await lane.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever waited may find what was read meanwhile.
            return await ReadAsync(site, page, settings, isFree ? rows : await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lane.Release();
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        foreach (var lane in _lanes)
            lane.Dispose();
    }

    private async Task<PublicThread> ReadAsync(string site, string page, SiteConfiguration settings, IReadOnlyList<ThreadRow> rows, CancellationToken cancellationToken)
    {
        for (var turn = 1; ; turn++)
        {
            var versions = Versions(rows);
            if (_memory.Find(site, page, versions) is { } known)
                return Of(page, rows, settings, known);
            var read = await Task.WhenAll(rows.Select(async row => await store.PublishedAsync(site, row.PageKey, cancellationToken).Select(PublicComment.Of).ToListAsync(cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
            var comments = Ordered([.. read.SelectMany(part => part)]);
            // What was read may be newer than the versions it would be kept under.
            var after = await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false);
            if (Versions(after) == versions)
            {
                _memory.Keep(site, page, versions, comments);
                return Of(page, after, settings, comments);
            }

            // It changes faster than it is read. Under the version from before the reading, which is not today's: so nobody takes it for the newest.
            if (turn == MostTurns)
                return Of(page, rows, settings, comments);
            rows = after;
        }
    }

    private PublicThread Of(string page, IReadOnlyList<ThreadRow> rows, SiteConfiguration settings, IReadOnlyList<PublicComment> comments)
    {
        var first = rows[0];
        var open = !first.Closed && !(first.Closes <= timeProvider.GetUtcNow());
        return new PublicThread(page, first.Title, rows.Sum(row => row.Version), open, first.Closes, first.Policy ?? settings.Policy, comments) { HeldUntil = open ? first.HeldUntil : null };
    }

    // The page's own, then those of its earlier addresses; what nobody wrote under is not there.
    private async Task<IReadOnlyList<ThreadRow>> RowsAsync(string site, string page, SiteConfiguration settings, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(PageAddress.KeysOf(page, settings).Select(key => store.FindThreadAsync(site, key, cancellationToken))).ConfigureAwait(false);
        return [.. rows.OfType<ThreadRow>()];
    }

    private static string Versions(IReadOnlyList<ThreadRow> rows) => string.Join(' ', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.PageKey}-{row.Version}")));

    private async Task<SiteConfiguration> SettingsAsync(string site, CancellationToken cancellationToken) =>
        (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).SiteOrDefault(site);

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

    /// <summary>True where a page of the thread begins, as it is now: what <c>next</c> of the page before says. Any other name is answered, too; there are many, and few ask for each.</summary>
    /// <param name="thread">The whole.</param>
    /// <param name="newestFirst">The order of the comments on the page itself.</param>
    /// <param name="after">Where the page before ended; null: from the start.</param>
    public static bool IsStep(PublicThread thread, bool newestFirst, string? after)
    {
        if (after is null)
            return true;
        var roots = thread.Comments.Where(comment => comment.Depth == 0).Select(comment => comment.Id).ToList();
        if (newestFirst)
            roots.Reverse();
        var at = roots.IndexOf(after) + 1;
        return at > 0 && at < roots.Count && at % PageSize == 0;
    }

    /// <summary>Public comments per page, by parallel point reads.</summary>
    public async Task<IReadOnlyList<int>> CountsAsync(string site, IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(site, cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(pages.Select(async page => (await RowsAsync(site, page, settings, cancellationToken).ConfigureAwait(false)).Sum(row => row.Count))).ConfigureAwait(false);
    }

    // A name without its page: the time and what is random. Comments of a page that moved stand under two keys, and are one debate.
    private static string When(string id) => id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..];

    // Answers to what is not public any more stand by themselves. What is answered at the deepest level (officially, or while a comment above it was away) stands
    // behind what it answers, at that level: so no thread grows deeper, whatever comes back.
    private static List<PublicComment> Ordered(List<PublicComment> comments)
    {
        var known = comments.Select(comment => comment.Id).ToHashSet(StringComparer.Ordinal);
        var children = comments.ToLookup(comment => comment.Parent is { } parent && known.Contains(parent) ? parent : "", StringComparer.Ordinal);
        var ordered = new List<PublicComment>(comments.Count);
        // Chains of official answers have no bound, a call stack has.
        var rest = new Stack<PublicComment>();
        Push("", null, 0);
        while (rest.TryPop(out var comment))
        {
            ordered.Add(comment);
            if (comment.Depth < CommentIntake.DeepestAnswer)
                Push(comment.Id, comment.Id, comment.Depth + 1);
            else
                Push(comment.Id, comment.Parent, comment.Depth);
        }

        return ordered;

        void Push(string answered, string? under, int depth)
        {
            foreach (var comment in children[answered].OrderByDescending(comment => When(comment.Id), StringComparer.Ordinal))
                rest.Push(comment with { Depth = depth, Parent = under });
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
