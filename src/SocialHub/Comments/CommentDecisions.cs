using System.Globalization;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Decisions of people. There is no nonce: the transition is it. A decision fits only the state, revision, round and reports that were shown;
/// once one was taken, every other on the same round meets 409 with who was faster.
/// </summary>
public sealed class CommentDecisions(CommentStore store, CommentFingerprints fingerprints, Hints hints, SettingsStore settings, Moderators moderators)
{
    /// <summary>Takes a decision; the same person's same decision for the same reason again answers the same, as long as it stands.</summary>
    public async Task<Answer<CommentRow>> DecideAsync(string site, CommentId id, CommentDecision decision, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> cards = [];
        // As it is now, for a refusal cites the charter that is in force, and never one that this instance remembers.
        var team = await settings.ReadAsync(cancellationToken).ConfigureAwait(false);
        var rules = team.Configuration.SiteOrDefault(site);
        AuthorRow? author = null;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, thread) =>
            {
                var decided = Decide(change, decision, team, out cards);
                if (decided.Succeeded && decided.Value.Acts)
                    Trust(change, author, decision, thread.Policy ?? rules.Policy, rules.TrustDays);
                return decided;
            },
            cancellationToken,
            readAsync: async (comment, _) => author = await AuthorOfAsync(comment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(cards, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    // Whoever is published by a person is trusted where the policy asks for it, and whoever is trusted goes on being so on any page; a refusal ends that under any.
    private static void Trust(CommentChange change, AuthorRow? author, CommentDecision decision, CommentPolicy policy, int days)
    {
        var isRefused = decision.Choice == DecisionChoice.Reject;
        if (author is not { ErasingSince: null } || (isRefused
            // Written also where there is no trust yet: a publication at the same moment, which gives it, must be decided anew.
            ? author.TrustedAt is null && policy != CommentPolicy.FirstThenTrusted
            : decision.Subject is not (DecisionSubject.Comment or DecisionSubject.Objection) || (policy != CommentPolicy.FirstThenTrusted && !author.IsTrusted(change.Now, days))))
            return;
        author.TrustedAt = isRefused ? null : change.Now;
        change.With(author, isNew: false);
    }

    private async Task<AuthorRow?> AuthorOfAsync(CommentRow comment, CancellationToken cancellationToken) =>
        comment is { Official: false, AuthorHash: { } hash } ? await store.FindAuthorAsync(comment.Site, hash, cancellationToken).ConfigureAwait(false) : null;

    private Answer<CommentStore.Decided> Decide(CommentChange change, CommentDecision decision, TeamSettings team, out IReadOnlyList<DueRow> cards)
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
        // However a caller names it: what its author objects to is answered by somebody else.
        var isProposal = decision.Subject == DecisionSubject.Proposal;
        var isObjection = decision.Subject == DecisionSubject.Objection || (decision.Subject == DecisionSubject.Comment && comment.Objected) || (isProposal && comment.IsChangeObjected);
        if (!isProposal)
            comment.UpheldRevision = null;
        if (isObjection)
        {
            var hearing = Hear(isProposal ? (comment.ProposalRefusedBy, comment.ProposalRefusedById) : (comment.RefusedBy, comment.RefusedById), decision.By, team);
            if (hearing == Hearing.Refused)
                return AnotherDecides;
            change.Mark(LogMarks.Hearing, Hearings.Word(hearing));
            var isUpheld = decision.Choice == DecisionChoice.Reject && Hearings.IsOfAnother(hearing);
            if (isProposal)
                comment.ProposalObjection = isUpheld ? ChangeObjection.Upheld : ChangeObjection.Answered;
            else if (isUpheld)
                comment.UpheldRevision = comment.Revision;
        }

        change.Mark(LogMarks.Subject, CommentChange.Word(isObjection ? DecisionSubject.Objection : decision.Subject));
        comment.DecidedBy = decision.By.Name;
        comment.DecidedById = decision.By.Id;
        comment.DecidedAt = change.Now;
        comment.Decision = decision.Signature;
        return decision.Subject switch
        {
            DecisionSubject.Proposal => OnProposal(change, decision, team, out cards),
            DecisionSubject.Report => OnReports(change, decision, team),
            _ => OnComment(change, decision, team),
        };
    }

    /// <summary>
    /// Takes what was decided back: the comment leaves the page and waits again, in a new round, with what readers reported in the one that is taken back, and
    /// as the objection that it answered, if it did; the old links are void.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="round">Of the decision that is taken back.</param>
    /// <param name="link">The link whose own decision is taken back; null: a signed-in moderator, who may take back whatever made it public or refused.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment; 403 when whoever refused would take back how somebody else answered the objection; 409 when it changed since, or when nothing is there to be taken back; 410 once it is erased.</returns>
    public async Task<Answer<CommentRow>> UndoAsync(string site, CommentId id, int round, DecisionToken? link, Actor by, CancellationToken cancellationToken)
    {
        DueRow? card = null;
        AuthorRow? author = null;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(team.Configuration.Authority.TimeZone);
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
                if (UndoRefusal(comment, round, link) is { } refused)
                    return refused;
                var isObjection = comment.ObjectionAnswered;
                if (isObjection)
                {
                    // Whoever upheld it is not who it is about.
                    (comment.RefusedBy, comment.RefusedById) = (comment.ObjectedTo, comment.ObjectedToId);
                    if (Hear((comment.RefusedBy, comment.RefusedById), by, team) == Hearing.Refused)
                        return AnotherDecides;
                }

                comment.UpheldRevision = null;
                change.DropDecidedNotices();
                // What made its author trusted may have been this.
                if (comment.State == CommentState.Published && author?.TrustedAt is not null)
                {
                    author.TrustedAt = null;
                    change.With(author, isNew: false);
                }

                // The figures of this month count it no more; those of an earlier one are told already. That it was kept has made nothing public.
                if (comment.State == CommentState.Published && !IsKept(comment) && comment.CountedAt == comment.Since && IsOneMonth(comment.Since, change.Now, zone))
                    comment.CountedAt = null;
                card = change.WaitAgain(isObjection);
                comment.Refusal = null;
                comment.RefusalCites = null;
                comment.Why = null;
                comment.DecidedBy = by.Name;
                comment.DecidedById = by.Id;
                comment.DecidedAt = change.Now;
                comment.Decision = UndoSignature(round);
                return new CommentStore.Decided("reopened", by);
            },
            cancellationToken,
            readAsync: async (comment, _) => author = await AuthorOfAsync(comment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (answer.Succeeded && card is not null)
            await hints.SendAsync(Queues.ModerationCard, card.Hint, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    // What is public after a decision about reports was public before.
    private static bool IsKept(CommentRow comment) => comment.Decision?.StartsWith(CommentChange.Word(DecisionSubject.Report) + " ", StringComparison.Ordinal) == true;

    private static bool IsOneMonth(DateTimeOffset one, DateTimeOffset other, TimeZoneInfo zone)
    {
        var (first, second) = (TimeZoneInfo.ConvertTime(one, zone), TimeZoneInfo.ConvertTime(other, zone));
        return (first.Year, first.Month) == (second.Year, second.Month);
    }

    /// <summary>True when a signed-in moderator may take back what was decided.</summary>
    public static bool MayUndo(CommentRow comment) => comment.State is CommentState.Published or CommentState.Rejected;

    /// <summary>True when this decision can be taken back by the link that it was taken by: a refused change left everything as it was.</summary>
    public static bool MayUndo(DecisionSubject subject, DecisionChoice choice) => subject != DecisionSubject.Proposal || choice == DecisionChoice.Publish;

    private static Problem? UndoRefusal(CommentRow comment, int round, DecisionToken? link)
    {
        if (comment.Round != round)
            return Otherwise(comment);
        if (!MayUndo(comment))
            return NothingToUndo(comment);
        if (link is null)
            return null;
        var (taken, own) = (comment.Decision?.Split(' ') ?? [], new[] { CommentChange.Word(link.Subject), Number(link.Revision), Number(link.Round) });
        if (taken is [.. var what, var word] && what.SequenceEqual(own, StringComparer.Ordinal) && Enum.TryParse<DecisionChoice>(word, out var choice))
            return MayUndo(link.Subject, choice) ? null : NothingToUndo(comment);
        // In the same round somebody decided about something else since; or nobody used this link.
        return taken is [_, _, var of, _] && of == Number(round) ? Otherwise(comment) : NothingToUndo(comment);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string UndoSignature(int round) => $"undo {Number(round)}";

    // A repeat finds what it made: another reason, or a state that others made of it since, is another decision.
    private static bool IsRepeat(CommentRow comment, CommentDecision decision)
    {
        var isProposal = decision.Subject == DecisionSubject.Proposal;
        if (comment.Round != decision.Round || comment.Decision != decision.Signature || comment.DecidedBy != decision.By.Name || comment.DecidedById != decision.By.Id)
            return false;
        return decision.Choice == DecisionChoice.Publish
            ? comment.State == CommentState.Published
            : comment.State == (isProposal ? CommentState.Published : CommentState.Rejected) && (isProposal ? comment.IsChangeRefused ? comment.ProposalRefusal : null : comment.Refusal) == decision.Reason;
    }

    private static bool Fits(CommentRow comment, CommentDecision decision)
    {
        if (comment.Round != decision.Round || (decision.Reports is { } ever && ever != comment.ReportsEver))
            return false;
        // Nothing but a public comment is reported: what is shown of reports while it waits is of rounds that are over.
        if (decision.OpenReports is { } open && comment.State == CommentState.Published && open != comment.Reports)
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

    private static Answer<CommentStore.Decided> OnComment(CommentChange change, CommentDecision decision, TeamSettings team)
    {
        var comment = change.Comment;
        change.DropAll();
        var isObjection = comment.Objected;
        (comment.Objected, comment.ObjectionAnswered) = (false, isObjection);
        comment.JudgedRevision = comment.Revision;
        // What readers had reported before a decision was taken back is decided now.
        if (isObjection || comment.NoticesFrom is not null)
            change.TellNotices(comment.NoticesFrom ?? comment.Round, isObjection);
        // A refusal that is upheld rests on what it rested on before.
        if (decision.Choice == DecisionChoice.Reject)
            return Reject(change, decision, team, onNotice: comment.HasNotices || (isObjection && comment.RefusedOnNotice));
        comment.Refusal = null;
        comment.RefusalCites = null;
        comment.Why = null;
        change.Publish();
        return new CommentStore.Decided("published", decision.By);
    }

    private Answer<CommentStore.Decided> OnProposal(CommentChange change, CommentDecision decision, TeamSettings team, out IReadOnlyList<DueRow> cards)
    {
        cards = [];
        if (decision.Choice == DecisionChoice.Publish)
        {
            var comment = change.Comment;
            var isObjection = comment.ProposalObjection != ChangeObjection.None;
            // Taken back, it is the objection that waits again, for somebody else than who had refused the change; nothing of an earlier refusal of the comment itself goes on.
            // Where nobody objected, it is this text that waits, and what was answered to an objection before stays answered.
            (comment.ObjectionAnswered, comment.ObjectedChange) = (false, null);
            if (isObjection)
                (comment.RefusedOnNotice, comment.ObjectionAnswered, comment.ObjectedChange, comment.ObjectedTo, comment.ObjectedToId) = (false, true, comment.ProposalObjectedIn, comment.ProposalRefusedBy, comment.ProposalRefusedById);
            cards = change.TakeProposal(fingerprints);
            if (isObjection)
                change.Hear(AuthorMails.ChangePublished);
            return new CommentStore.Decided("edited", decision.By);
        }

        change.RefuseProposal(decision.Reason, team.Cite(decision.Reason), decision.By);
        return new CommentStore.Decided("proposal-rejected", decision.By, decision.Reason);
    }

    private static Answer<CommentStore.Decided> OnReports(CommentChange change, CommentDecision decision, TeamSettings team)
    {
        change.Comment.Reports = 0;
        // From now on it is about what readers say, whichever way it is decided and taken back.
        change.Comment.ObjectionAnswered = false;
        change.TellNotices(change.Comment.Round);
        if (decision.Choice == DecisionChoice.Publish)
        {
            change.Drop(DecisionSubject.Report);
            return new CommentStore.Decided("kept", decision.By);
        }

        change.DropAll();
        change.DropWaitingProposal();
        return Reject(change, decision, team, onNotice: true);
    }

    private Hearing Hear((string? Name, string? Id) refused, Actor by, TeamSettings team) => Hearings.Of(refused, by, moderators, team.People.People.Count);

    private static CommentStore.Decided Reject(CommentChange change, CommentDecision decision, TeamSettings team, bool onNotice)
    {
        change.Refuse(decision.Reason, team.Cite(decision.Reason), decision.By, onNotice);
        change.Comment.Why = null;
        return new CommentStore.Decided("rejected", decision.By, decision.Reason);
    }

    /// <summary>The 409 that says what it is today and who decided; 410 once it is erased.</summary>
    public static Problem Otherwise(CommentRow comment)
    {
        if (comment.State == CommentState.Erased)
            return CommentProblems.Erased;
        return new Problem(ProblemKind.Conflict, "decided-otherwise", "Somebody decided meanwhile, or the text or its reports changed since this was shown; look at it again.") { Extensions = Today(comment) };
    }

    private static Problem AnotherDecides { get; } = new(ProblemKind.Forbidden, "another-moderator", "You refused this text, so another moderator decides about the objection to that.");

    private static Problem NothingToUndo(CommentRow comment) =>
        new(ProblemKind.Conflict, "nothing-to-undo", "Nothing that could be taken back was decided so; look at it again.") { Extensions = Today(comment) };

    private static Dictionary<string, object?> Today(CommentRow comment)
    {
        var today = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = comment.State.ToString().ToLowerInvariant(),
            ["decidedBy"] = comment.DecidedBy,
            ["decidedAt"] = comment.DecidedAt,
            ["revision"] = comment.Revision,
            ["round"] = comment.Round,
            ["reports"] = comment.Reports,
            ["waits"] = comment.IsOpen,
        };
        if (Actor.IsDeclared(comment.DecidedById))
            today["declared"] = true;
        return today;
    }
}
