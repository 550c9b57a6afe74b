using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The one-minute timer's part for comments: makes the hints again that were lost, from the due rows.</summary>
public sealed class CommentsTick(HubStorage storage, CommentStore store, MailRecipients recipients, DueWork dueWork, HubConfigurationSource configuration, TimeProvider timeProvider)
{
    // A site leaves hub.json seldom: who has rows is looked up once an hour, not each minute.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private Sites? _sites;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // While no hub.json runs, what names none still happens, on all sites: the verdicts and the cards wait.
        var hub = await configuration.UsableAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> named = hub.Problem is null ? hub.Value.Sites.Keys : [];
        var turns = new EachInTurn();
        await turns.TryAsync(() => recipients.SealAnewAsync(isDaily: false, cancellationToken), cancellationToken).ConfigureAwait(false);
        await turns.TryAsync(() => Task.WhenAll(named.Select(site => dueWork.HintDueAsync(storage.Comments, site, cancellationToken))), cancellationToken).ConfigureAwait(false);
        // Of a site that hub.json names no more nothing is judged or shown; what its authors and the retention asked to erase is.
        foreach (var site in (await SitesAsync(cancellationToken).ConfigureAwait(false)).Except(named, StringComparer.Ordinal))
            await turns.TryAsync(() => dueWork.HintDueAsync(storage.Comments, site, cancellationToken, Queues.CommentUpkeep), cancellationToken).ConfigureAwait(false);
        turns.ThrowAny();
    }

    /// <summary>The sites whose due work is done, each a partition.</summary>
    public async Task<IReadOnlyList<string>> SitesAtWorkAsync(CancellationToken cancellationToken) =>
        [.. (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Sites.Keys];

    private async Task<IReadOnlyList<string>> SitesAsync(CancellationToken cancellationToken)
    {
        if (_sites is { } known && timeProvider.GetElapsedTime(known.At) < Remembered)
            return known.Ids;
        var ids = await store.SitesAsync(cancellationToken).ConfigureAwait(false);
        _sites = new Sites(ids, timeProvider.GetTimestamp());
        return ids;
    }

    private sealed record Sites(IReadOnlyList<string> Ids, long At);
}
