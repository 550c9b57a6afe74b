using Azure.Data.Tables;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Notices of readers about public comments: the state stays, a person looks at it again. What no person has decided about, and several readers report,
/// leaves the page until one has (<c>holdAfterReports</c> of the site); what a person published stays, however many report it.
/// </summary>
public sealed class CommentReports(CommentStore store, SubmissionLimits limits, SettingsStore settings, Hints hints)
{
    /// <summary>Longest notice, characters.</summary>
    public const int LongestReason = 2_000;

    // Why a report took a comment from the page, in its history.
    private const string TooMany = "too-many-reports";

    /// <summary>The exact place that a notice is about: it is kept with it, and told in its receipt.</summary>
    public static string AddressOf(CommentRow comment) => $"{comment.Page}#sh-{comment.Id}";

    /// <summary>Takes a report; one per reader and round: what was decided since may be reported again, for the text or its readers may have changed.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="address">Whence; only hashed.</param>
    /// <param name="notice">What is wrong, in 1 to 2,000 characters, and who says it.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment, and whether this reader's report waits already; 404, 409 not public, 429.</returns>
    public async Task<Answer<(CommentRow Comment, bool Repeated)>> ReportAsync(string site, CommentId id, string address, ReaderNotice notice, CancellationToken cancellationToken)
    {
        // Before any limit: whoever repeats a report is told that it is there, and has sent nothing more.
        if (await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is { Reports: > 0 } reported)
        {
            foreach (var name in await limits.NamesOfAsync(address, cancellationToken).ConfigureAwait(false))
            {
                if (await store.EntityAsync(site, Keys.Report(id.Value, reported.Round, name), cancellationToken).ConfigureAwait(false) is not null)
                    return (reported, true);
            }
        }

        var reporter = await limits.AdmitAsync(address, SubmissionKind.Report, cancellationToken).ConfigureAwait(false);
        if (reporter.Problem is { } tooMany)
            return tooMany;
        var hub = (await settings.CurrentAsync(cancellationToken).ConfigureAwait(false)).Configuration;
        var tooManyReports = hub.SiteOrDefault(site).HoldAfterReports;
        var from = reporter.Value.Length == 0 ? Keys.Random(16) : reporter.Value;
        var key = "";
        var isTaken = false;
        IReadOnlyList<DueRow> renewed = [];
        DueRow? card = null;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                card = null;
                renewed = [];
                var comment = change.Comment;
                if (comment.State == CommentState.Erased)
                    return CommentProblems.Erased;
                if (comment.State != CommentState.Published)
                    return new Problem(ProblemKind.Conflict, "not-public", "Only a public comment can be reported.");
                var leaves = tooManyReports > 0 && comment.Reports + 1 >= tooManyReports && !comment.Official && comment.DecidedAt is null;
                // Each report changes what an open link decides about, so a card with a new link follows.
                if (!leaves)
                    renewed = change.RenewCards();
                if (comment.Reports == 0)
                {
                    comment.ReportedAt = change.Now;
                    comment.Round++;
                    comment.NoticesFrom = null;
                    if (!leaves)
                        card = change.Wait(DecisionSubject.Report);
                }

                // Counted by kind in what the authority tells the public; nothing of whoever reports.
                change.Mark(LogMarks.Kind, notice.Kind.ToString());
                key = Keys.Report(id.Value, comment.Round, from);
                change.Add(new NoticeRow(new TableEntity(site, key) { ["Reason"] = notice.Reason, ["Email"] = notice.Email, ["Name"] = notice.Name, ["Kind"] = notice.Kind.ToString(), ["GoodFaith"] = notice.GoodFaith, ["Url"] = AddressOf(comment), ["At"] = change.Now, ["Round"] = comment.Round }));
                if (notice.Email is not null)
                    change.ConfirmNotices();
                comment.Reports++;
                comment.ReportsEver++;
                if (!leaves)
                    return new CommentStore.Decided("reported", Actor.AReader);
                card = change.WaitAgain();
                change.Hear(AuthorMails.Reported);
                comment.Why = PolicyTable.Reported.In(hub.Authority.Language);
                comment.Cause = WaitCauses.Of(PolicyTable.Reported);
                return new CommentStore.Decided("reported", Actor.AReader, TooMany);
            },
            cancellationToken,
            // The same reader twice at once: the other request took the report, and its row stands in this one's way for good.
            async () => isTaken = await store.EntityAsync(site, key, cancellationToken).ConfigureAwait(false) is not null).ConfigureAwait(false);
        if (isTaken)
            return (answer.Value, true);
        if (answer.Problem is { } problem)
            return problem;
        await hints.SendAsync(card is null ? renewed : [.. renewed, card], cancellationToken).ConfigureAwait(false);
        return (answer.Value, false);
    }
}
