using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// The daily part: what has served its time goes. Comments go by the erasure transition only, so nothing of them is left half; one that cannot go keeps no other.
/// What an author objected for stays until somebody has answered: the authority owes that answer, and its silence must not take the text and the right away.
/// </summary>
public sealed partial class CommentRetention(CommentStore store, CommentErasure erasure, CitizenMails mails, MailRecipients recipients, LoggedNames names, HubConfigurationSource configuration, TimeProvider timeProvider, ILogger<CommentRetention> logger)
{
    /// <summary>How long fingerprints are compared: twice what the rules look back.</summary>
    public static readonly TimeSpan FingerprintsLive = TimeSpan.FromHours(48);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken).ConfigureAwait(false);
        var turns = new EachInTurn();
        await turns.TryAsync(() => recipients.SealAnewAsync(isDaily: true, cancellationToken), cancellationToken).ConfigureAwait(false);
        // All that have rows, so that what was written on a site that is not named any more does not stay for ever.
        foreach (var site in await store.SitesAsync(cancellationToken).ConfigureAwait(false))
        {
            await turns.TryAsync(() => ForgetFingerprintsAsync(site, cancellationToken), cancellationToken).ConfigureAwait(false);
            await turns.TryAsync(() => ForgetKeysAsync(site, cancellationToken), cancellationToken).ConfigureAwait(false);
            await turns.TryAsync(() => mails.ForgetAsync(site, cancellationToken), cancellationToken).ConfigureAwait(false);
            // Without a hub.json nobody knows the authority's days.
            if (hub.Problem is not null)
                continue;
            await turns.TryAsync(() => EraseOldAsync(site, hub.Value.Retention, turns, cancellationToken), cancellationToken).ConfigureAwait(false);
            await turns.TryAsync(() => ForgetReportersAsync(site, hub.Value.Retention, cancellationToken), cancellationToken).ConfigureAwait(false);
            await turns.TryAsync(() => names.ForgetAsync(site, hub.Value.Retention.AuditDays, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        turns.ThrowAny();
    }

    private async Task ForgetFingerprintsAsync(string site, CancellationToken cancellationToken)
    {
        var kept = Keys.FingerprintsFrom(timeProvider.GetUtcNow() - FingerprintsLive);
        await foreach (var key in store.KeysAsync(site, ("s.", kept), cancellationToken).ConfigureAwait(false))
            await store.DeleteAsync(site, key, cancellationToken).ConfigureAwait(false);
        // The row of a changed text is younger than the hash of the address that it took over, and the charter promises three days of that.
        await foreach (var row in store.RangeAsync(site, (kept, "s/"), cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString(CommentFingerprints.Address) is null || timeProvider.GetUtcNow() - CommentFingerprints.AddressMade(row) < FingerprintsLive)
                continue;
            row.Remove(CommentFingerprints.Address);
            row.Remove(CommentFingerprints.AddressAt);
            await store.ReplaceUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetKeysAsync(string site, CancellationToken cancellationToken)
    {
        await foreach (var row in store.RangeAsync(site, ("i.", "i/"), cancellationToken).ConfigureAwait(false))
        {
            // If-Match: a key that is used again at this moment is not forgotten.
            if (row.GetDateTimeOffset("Expires") <= timeProvider.GetUtcNow())
                await store.DeleteUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetReportersAsync(string site, RetentionConfiguration days, CancellationToken cancellationToken)
    {
        await foreach (var row in store.RangeAsync(site, Keys.AllReports, cancellationToken).ConfigureAwait(false))
        {
            var notice = new NoticeRow(row);
            if (!notice.HasReporter || (timeProvider.GetUtcNow() - (notice.At ?? default)).TotalDays <= days.EmailDays)
                continue;
            notice.ForgetReporter();
            await store.ReplaceUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EraseOldAsync(string site, RetentionConfiguration days, EachInTurn turns, CancellationToken cancellationToken)
    {
        await foreach (var entity in store.RangeAsync(site, ("c.", "c/"), cancellationToken).ConfigureAwait(false))
            await turns.TryAsync(() => EraseOldAsync(site, new CommentRow(entity), days, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task EraseOldAsync(string site, CommentRow comment, RetentionConfiguration days, CancellationToken cancellationToken)
    {
        var kept = comment.State switch
        {
            CommentState.Published => days.PublishedDays,
            CommentState.Rejected or CommentState.Withdrawn => days.RefusedDays,
            CommentState.Erased => int.MaxValue,
            _ => days.PendingDays,
        };
        if (kept != int.MaxValue && (timeProvider.GetUtcNow() - comment.Since).TotalDays > kept)
        {
            if (comment.IsObjectionWaiting)
                Log.ObjectionWaits(logger, comment.Id, site, (int)(timeProvider.GetUtcNow() - comment.Since).TotalDays);
            else if (comment.State is CommentState.Received or CommentState.Held)
                await erasure.ExpireAsync(site, CommentId.Parse(comment.Id), kept, cancellationToken).ConfigureAwait(false);
            else
                await erasure.EraseForGoodAsync(site, CommentId.Parse(comment.Id), Actor.TheClock, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Whoever may still object, or waits, is still to hear of it.
        if (comment.Email is not null && !comment.IsToBeHeardOf && (timeProvider.GetUtcNow() - comment.Since).TotalDays > days.EmailDays)
            await erasure.ForgetEmailAsync(site, CommentId.Parse(comment.Id), cancellationToken).ConfigureAwait(false);
        // A public comment is kept for years; what was refused in its place is not.
        if (comment.ProposalState == ProposalState.Rejected && (timeProvider.GetUtcNow() - (comment.ProposalDecidedAt ?? default)).TotalDays > days.RefusedDays)
            await erasure.ForgetProposalAsync(site, CommentId.Parse(comment.Id), comment.ProposalDecidedAt, cancellationToken).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The objection for {Id} of {Site} has waited {Days} days and is kept until a moderator answers it.")]
        public static partial void ObjectionWaits(ILogger logger, string id, string site, int days);
    }
}
