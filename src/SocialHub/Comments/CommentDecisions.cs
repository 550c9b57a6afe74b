using System.Globalization;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Decisions of people. There is no nonce: the transition is it. A decision fits only the state, revision, round and reports that were shown;
/// once one was taken, every other on the same round meets 409 with who was faster.
/// </summary>
public sealed class CommentDecisions(CommentStore store, CommentFingerprints fingerprints, Hints hints)
{
    /// <summary>Takes a decision; the same person's same decision again answers the same.</summary>
    public async Task<Answer<CommentRow>> DecideAsync(string site, CommentId id, CommentDecision decision, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> cards = [];
        var answer = await store.ChangeAsync(site, id, (change, _) => Decide(change, decision, out cards), cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(cards, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    private Answer<CommentStore.Decided> Decide(CommentChange change, CommentDecision decision, out IReadOnlyList<DueRow> cards)
    {
        cards = [];
        var comment = change.Comment;
        if (comment.State == CommentState.Erased)
            return CommentProblems.Erased;
        if (decision.Choice == DecisionChoice.Reject && RefusalReasons.Find(decision.Reason) is null)
            return new Problem(ProblemKind.Unprocessable, "reason-required", $"A refusal names one of these reasons: {string.Join(", ", RefusalReasons.All.Select(reason => reason.Code))}.");
        if (IsRepeat(comment, decision))
            return CommentStore.Decided.Nothing;
        if (!Fits(comment, decision))
            return Otherwise(comment);
        comment.DecidedBy = decision.By.Name;
        comment.DecidedById = decision.By.Id;
        comment.DecidedAt = change.Now;
        comment.Decision = decision.Signature;
        return decision.Subject switch
        {
            DecisionSubject.Proposal => OnProposal(change, decision, out cards),
            DecisionSubject.Report => OnReports(change, decision),
            _ => OnComment(change, decision),
        };
    }

    /// <summary>Takes the newest decision back: the comment waits again, in a new round, and the old links are void.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="round">Of the decision that is taken back.</param>
    /// <param name="link">The link whose own decision is taken back; null: a signed-in moderator, who may take back any about the comment.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public async Task<Answer<CommentRow>> UndoAsync(string site, CommentId id, int round, DecisionToken? link, Actor by, CancellationToken cancellationToken)
    {
        DueRow? card = null;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                card = null;
                var comment = change.Comment;
                if (comment.State == CommentState.Erased)
                    return CommentProblems.Erased;
                if (comment is { State: CommentState.Held } && comment.Round == round + 1 && comment.Decision == UndoSignature(round))
                    return CommentStore.Decided.Nothing;
                if (comment.State is not (CommentState.Published or CommentState.Rejected) || comment.Round != round || !IsAbout(comment, link))
                    return Otherwise(comment);
                change.DropAll();
                change.DropWaitingProposal();
                comment.State = CommentState.Held;
                comment.Round++;
                comment.Reports = 0;
                comment.Refusal = null;
                comment.Why = null;
                comment.DecidedBy = by.Name;
                comment.DecidedById = by.Id;
                comment.DecidedAt = change.Now;
                comment.Decision = UndoSignature(round);
                card = change.Wait(DecisionSubject.Comment);
                return new CommentStore.Decided("reopened", by);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded && card is not null)
            await hints.SendAsync(Queues.ModerationCard, card.Hint, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>True when a signed-in moderator may take the newest decision back.</summary>
    public static bool MayUndo(CommentRow comment) => comment.State is CommentState.Published or CommentState.Rejected && IsAbout(comment, null);

    // What was kept after a report, or decided about a proposal, left the public text as it was: there is nothing to take off the page.
    private static bool IsAbout(CommentRow comment, DecisionToken? link)
    {
        var isComment = comment.Decision is null or "" || comment.Decision.StartsWith("comment ", StringComparison.Ordinal) || comment.Decision.StartsWith("objection ", StringComparison.Ordinal)
            || comment.Decision.StartsWith("report ", StringComparison.Ordinal) && comment.State == CommentState.Rejected;
        return isComment && (link is null || comment.Decision?.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{CommentChange.Word(link.Subject)} {link.Revision} {link.Round} "), StringComparison.Ordinal) == true);
    }

    private static string UndoSignature(int round) => $"undo {round.ToString(CultureInfo.InvariantCulture)}";

    private static bool IsRepeat(CommentRow comment, CommentDecision decision) =>
        comment.Decision == decision.Signature && comment.DecidedBy == decision.By.Name && comment.DecidedById == decision.By.Id;

    private static bool Fits(CommentRow comment, CommentDecision decision)
    {
        if (comment.Round != decision.Round || (decision.Reports is { } reports && reports != comment.ReportsEver))
            return false;
        return decision.Subject switch
        {
            DecisionSubject.Comment => comment is { State: CommentState.Held } && comment.Revision == decision.Revision,
            DecisionSubject.Objection => comment is { State: CommentState.Held, Objected: true } && comment.Revision == decision.Revision,
            DecisionSubject.Report => comment is { State: CommentState.Published, Reports: > 0 } && comment.Revision == decision.Revision,
            DecisionSubject.Proposal => comment is { State: CommentState.Published, ProposalState: ProposalState.Held } && comment.ProposalRevision == decision.Revision,
            _ => false,
        };
    }

    private static Answer<CommentStore.Decided> OnComment(CommentChange change, CommentDecision decision)
    {
        var comment = change.Comment;
        change.DropAll();
        comment.Objected = false;
        comment.JudgedRevision = comment.Revision;
        if (decision.Choice == DecisionChoice.Reject)
            return Reject(change, decision);
        comment.State = CommentState.Published;
        comment.PublishedAt ??= change.Now;
        comment.Refusal = null;
        comment.Why = null;
        return new CommentStore.Decided("published", decision.By);
    }

    private Answer<CommentStore.Decided> OnProposal(CommentChange change, CommentDecision decision, out IReadOnlyList<DueRow> cards)
    {
        cards = [];
        if (decision.Choice == DecisionChoice.Publish)
        {
            cards = change.TakeProposal(fingerprints);
            return new CommentStore.Decided("edited", decision.By);
        }

        change.RefuseProposal(decision.Reason);
        return new CommentStore.Decided("proposal-rejected", decision.By, decision.Reason);
    }

    private static Answer<CommentStore.Decided> OnReports(CommentChange change, CommentDecision decision)
    {
        change.Comment.Reports = 0;
        if (decision.Choice == DecisionChoice.Publish)
        {
            change.Drop(DecisionSubject.Report);
            return new CommentStore.Decided("kept", decision.By);
        }

        change.DropAll();
        change.DropWaitingProposal();
        return Reject(change, decision);
    }

    private static CommentStore.Decided Reject(CommentChange change, CommentDecision decision)
    {
        change.Comment.State = CommentState.Rejected;
        change.Comment.Refusal = decision.Reason;
        change.Comment.Why = null;
        return new CommentStore.Decided("rejected", decision.By, decision.Reason);
    }

    /// <summary>The 409 that says what it is today and who decided; 410 once it is erased.</summary>
    public static Problem Otherwise(CommentRow comment)
    {
        if (comment.State == CommentState.Erased)
            return CommentProblems.Erased;
        var state = comment.State.ToString().ToLowerInvariant();
        return new Problem(ProblemKind.Conflict, "decided-otherwise", "Somebody decided meanwhile, or the text or its reports changed since this was shown; look at it again.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["state"] = state,
                ["decidedBy"] = comment.DecidedBy,
                ["decidedAt"] = comment.DecidedAt,
                ["revision"] = comment.Revision,
                ["round"] = comment.Round,
                ["reports"] = comment.ReportsEver,
                ["waits"] = comment.IsOpen,
            },
        };
    }
}
