using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Moderation.Rules;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Lets the rules judge what was received, and the policy decide what becomes of it.</summary>
public sealed class CommentVerdicts(
    CommentStore store,
    ModerationEngine engine,
    HubConfigurationSource configuration,
    SettingsStore settings,
    CommentFingerprints fingerprints,
    DueWork dueWork,
    Hints hints,
    IOptions<HubOptions> options)
{
    // Minutes from one card about a text that its author changes again and again to the next.
    private const int CardsApart = 10;

    private static readonly TimeSpan RecentWithin = TimeSpan.FromHours(24);
    private static readonly Wording ReadAgain = new("Le texte a été modifié après une première décision.", "The text was changed after a first decision.");
    private static readonly Wording Reworded = new("Son auteur l’a modifié alors que les règles le retenaient.", "Its author changed it while the rules held it.");
    private static readonly Wording ReportWaits = new("Le texte a été modifié alors qu’un signalement attend une réponse.", "The text was changed while a report waits for an answer.");

    /// <summary>
    /// Works on one due row of kind <see cref="DueKinds.Verdict"/>; safe to repeat.
    /// While the hub has no configuration that runs it does nothing, and the row stays due: the authority's words and its policy are not known then.
    /// </summary>
    public async Task RunAsync(Hint hint, CancellationToken cancellationToken)
    {
        if ((await configuration.UsableAsync(cancellationToken).ConfigureAwait(false)).Problem is null)
            await dueWork.WorkAsync(store.Table, hint, claim => JudgeAsync(hint, claim, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> JudgeAsync(Hint hint, DueClaim claim, CancellationToken cancellationToken)
    {
        if (!CommentId.TryParse(claim.Row.Owner, out var id) || await store.FindAsync(hint.Partition, id, cancellationToken).ConfigureAwait(false) is not { } comment)
            return false;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var hub = team.Configuration;
        var isProposal = claim.Row.Subject == CommentChange.Word(DecisionSubject.Proposal);
        var revision = isProposal ? comment.ProposalRevision : comment.Revision;
        var judgement = claim.KilledTwice ? Unchecked(hub) : await JudgeAsync(comment, isProposal, hub, cancellationToken).ConfigureAwait(false);
        var verdict = new Moderated(judgement, revision, team);
        IReadOnlyList<DueRow> cards = [];
        AuthorRow? author = null;
        ThreadRow? moved = null;
        var answer = await store.ChangeAsync(
            hint.Partition,
            id,
            (change, thread) =>
            {
                // A hold that comes between its reading and this write makes it be decided anew.
                if (moved is not null)
                    change.With(moved, isNew: false);
                var decided = verdict with { Moved = moved };
                return isProposal ? Proposal(change, thread, author, decided, out cards) : Comment(change, thread, author, decided, out cards);
            },
            cancellationToken,
            readAsync: async (now, _) =>
            {
                moved = await MovedAsync(now, id, hub, cancellationToken).ConfigureAwait(false);
                // Whatever the policy of this page: what becomes of the text counts on those where trust does.
                author = now.AuthorHash is { } hash ? await store.FindAuthorAsync(now.Site, hash, cancellationToken).ConfigureAwait(false) : null;
            }).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(cards, cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    private Answer<CommentStore.Decided> Comment(CommentChange change, ThreadRow thread, AuthorRow? author, Moderated verdict, out IReadOnlyList<DueRow> cards)
    {
        cards = [];
        var comment = change.Comment;
        if (comment.State != CommentState.Received || comment.Revision != verdict.Revision)
            return CommentStore.Decided.Nothing;
        change.DropAll();
        comment.Verdict = verdict.Judgement.Verdict;
        comment.Findings = verdict.Judgement.Findings;
        comment.FindingsTotal = verdict.Judgement.Total;
        comment.JudgedRevision = verdict.Revision;
        var decision = verdict.Decide(comment.Site, thread, author, change.Now);
        // Whoever changes a text that a person had refused, or objects to its refusal, meets a person again and no rule.
        var isSpent = Rewording.IsSpent(comment);
        var isOfPerson = comment.Round > 0 || isSpent;
        var why = isOfPerson && decision.Outcome != PolicyOutcome.Held ? (isSpent ? Reworded : ReadAgain) : decision.Why;
        comment.Why = why?.In(verdict.Language);
        comment.Cause = WaitCauses.Of(why);
        switch (isOfPerson ? PolicyOutcome.Held : decision.Outcome)
        {
            case PolicyOutcome.Published:
                change.Publish();
                if (verdict.IsTrusted(author, change.Now))
                    Trust(change, author, change.Now);
                cards = DebateWatch.Look(change, verdict.Judgement, isHeld: false, isNew: true, verdict.Team);
                return new CommentStore.Decided("published", Actor.Rules);
            case PolicyOutcome.Rejected:
                // Written also where there is no trust yet: a publication at the same moment, which gives it, must be decided anew.
                if (author?.TrustedAt is not null || (author is { ErasingSince: null } && verdict.PolicyOf(comment.Site, thread) == CommentPolicy.FirstThenTrusted))
                    Trust(change, author, null);
                comment.Objected = false;
                change.Refuse(decision.RefusalReason, verdict.Team.Cite(decision.RefusalReason), Actor.Rules);
                cards = DebateWatch.Look(change, verdict.Judgement, isHeld: false, isNew: true, verdict.Team);
                return new CommentStore.Decided("rejected", Actor.Rules, decision.RefusalReason);
            default:
                comment.State = CommentState.Held;
                var asked = Rewording.AskedFor(comment, verdict.Judgement, verdict.Team.Configuration.SiteOrDefault(comment.Site));
                comment.RewordUntil ??= change.Now + asked;
                if (asked is not null)
                    change.Mark(LogMarks.AskedUntil, comment.RewordUntil);
                var later = asked ?? Later(comment, change.Now);
                var card = change.Wait(comment.Objected ? DecisionSubject.Objection : DecisionSubject.Comment, later ?? default);
                // Of what is due later nobody is told by a hint; whoever is on duty hears of a debate that turns all the same.
                cards = [.. later is null ? [card] : Array.Empty<DueRow>(), .. DebateWatch.Look(change, verdict.Judgement, isHeld: true, isNew: comment is { Revision: 0, Round: 0 }, verdict.Team)];
                return new CommentStore.Decided("held", Actor.Rules, comment.Findings is [var first, ..] ? first.Class : verdict.IsClosed(thread, change.Now) ? "page-closed" : verdict.IsFrozen(comment.Site, change.Now) ? "frozen" : verdict.IsHeld(thread) ? "page-held" : "read-first");
        }
    }

    // The first change is told at once. Of what is changed again and again the team is told now and then, what it is by then: a card that is due later already keeps its time.
    private TimeSpan? Later(CommentRow comment, DateTimeOffset now)
    {
        if (comment.Revision < 2)
            return null;
        return comment.CardAt is { } at ? at > now ? at - now : null : options.Value.Times.Minute * CardsApart;
    }

    // The same of changes of a public text, whatever became of the one before: each that is held would bring a card.
    private TimeSpan? LaterAgain(CommentRow comment, DateTimeOffset now)
    {
        if (comment.ProposalCardAt is not { } at)
            return null;
        var next = at > now ? at : at + (options.Value.Times.Minute * CardsApart);
        return next > now ? next - now : null;
    }

    // What the trust allowed, went on by, or was ended by goes with the row that says so.
    private static void Trust(CommentChange change, AuthorRow? author, DateTimeOffset? at)
    {
        author!.TrustedAt = at;
        change.With(author, isNew: false);
    }

    private Answer<CommentStore.Decided> Proposal(CommentChange change, ThreadRow thread, AuthorRow? author, Moderated verdict, out IReadOnlyList<DueRow> cards)
    {
        cards = [];
        var comment = change.Comment;
        if (comment.ProposalState != ProposalState.Received || comment.ProposalRevision != verdict.Revision)
            return CommentStore.Decided.Nothing;
        change.Drop(DecisionSubject.Proposal);
        var decision = verdict.Decide(comment.Site, thread, author, change.Now);
        // Before a moderator looks, the author of what readers reported would make it harmless, and take it back after; and what a person read, no rule exchanges.
        var isOfPerson = comment.Round > 0 || comment.DecidedAt is not null || comment.IsChangeObjected;
        if (decision.Outcome == PolicyOutcome.Published && !isOfPerson)
        {
            cards = change.TakeProposal(fingerprints);
            if (verdict.IsTrusted(author, change.Now))
                Trust(change, author, author!.TrustedAt);
            return new CommentStore.Decided("edited", Actor.Rules);
        }

        // A refusal at once is for a comment that nobody has read yet; a public one has its readers, so a person decides.
        comment.ProposalState = ProposalState.Held;
        comment.ProposalVerdict = verdict.Judgement.Verdict;
        comment.ProposalFindings = verdict.Judgement.Findings;
        comment.ProposalWhy = (decision.Outcome switch
        {
            PolicyOutcome.Published => comment.Reports > 0 ? ReportWaits : ReadAgain,
            PolicyOutcome.Rejected => PolicyTable.RefusalProposed,
            _ => decision.Why,
        })?.In(verdict.Language);
        var later = LaterAgain(comment, change.Now);
        var card = change.Wait(DecisionSubject.Proposal, later ?? default);
        comment.ProposalCardAt = change.Now + (later ?? default);
        cards = [.. later is null ? [card] : Array.Empty<DueRow>(), .. DebateWatch.Look(change, verdict.Judgement, isHeld: true, isNew: false, verdict.Team)];
        return new CommentStore.Decided("proposal-held", Actor.Rules);
    }

    // Of a page that moved, the thread under its earlier address knows nothing of what was decided since about the page: its texts can still be changed. Null: it has not moved.
    private async Task<ThreadRow?> MovedAsync(CommentRow comment, CommentId id, HubConfiguration hub, CancellationToken cancellationToken)
    {
        if (!hub.Sites.TryGetValue(comment.Site, out var site) || PageAddress.Canonical(comment.Page, site) is not { Succeeded: true } page || Keys.Page(page.Value) is not { } key || key == id.Page)
            return null;
        return await store.FindThreadAsync(comment.Site, key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Judgement> JudgeAsync(CommentRow comment, bool isProposal, HubConfiguration hub, CancellationToken cancellationToken)
    {
        var thread = await store.FindThreadAsync(comment.Site, CommentId.Parse(comment.Id).Page, cancellationToken).ConfigureAwait(false);
        var subject = new ModerationSubject(isProposal ? comment.ProposalBody ?? "" : comment.Body)
        {
            Name = comment.Name,
            Site = comment.Site,
            HoneypotFilled = comment.Trapped,
            WritingTime = comment.WritingMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            Recent = new RecentComments(comment.WrittenAt, await RecentAsync(comment, cancellationToken).ConfigureAwait(false), fingerprints.Key),
        };
        var judgement = await engine.JudgeAsync(subject, hub, cancellationToken).ConfigureAwait(false);
        return thread?.Unseen is null ? judgement : WithUnseenPage(judgement, hub);
    }

    // In a quiet town a day of them is few rows, in a busy hour that hour alone is more than the rules look at: so the stretches grow, hour by hour backwards, until there is enough.
    private async Task<List<RecentComment>> RecentAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        var page = CommentId.Parse(comment.Id).Page;
        var rows = new List<(string Id, TableEntity Row)>();
        var (last, end) = (comment.WrittenAt - RecentWithin, comment.WrittenAt + TimeSpan.FromHours(1));
        for (var hours = 1; end > last && !IsEnough(); hours *= 2)
        {
            var start = end - TimeSpan.FromHours(hours);
            start = start > last ? start : last;
            await foreach (var row in store.RangeAsync(comment.Site, (Keys.FingerprintsFrom(start), Keys.FingerprintsFrom(end)), cancellationToken).ConfigureAwait(false))
                rows.Add((row.RowKey[(row.RowKey.LastIndexOf('.') + 1)..], row));
            end = start;
        }

        // A text that is proposed later than a day after the first is compared by its author key alone.
        var own = rows.Find(row => row.Id == comment.Id).Row;
        if (own is null && comment.FingerprintKey is { } key && string.CompareOrdinal(key, Keys.FingerprintsFrom(last)) >= 0)
            own = await store.EntityAsync(comment.Site, key, cancellationToken).ConfigureAwait(false);
        var from = own?.GetString(CommentFingerprints.Address);
        var recent = new List<RecentComment>();
        foreach (var (id, row) in rows)
        {
            if (id == comment.Id || Fingerprint.TryParse(row.GetString("Print")) is not { } print)
                continue;
            var sameAuthor = (comment.AuthorHash is { } author && row.GetString("Author") == author) || (from is not null && row.GetString(CommentFingerprints.Address) == from);
            recent.Add(new RecentComment(row.GetDateTimeOffset("At") ?? default, print, sameAuthor, id.StartsWith(page, StringComparison.Ordinal)));
        }

        // The rules look at the latest 500; an equal clock on two rows must not make two judges differ.
        return [.. recent.Where(earlier => earlier.At <= comment.WrittenAt).OrderBy(earlier => earlier.At).ThenBy(earlier => earlier.Fingerprint.Exact, StringComparer.Ordinal)];

        // From the beginning of the hour of its end, which the rule of floods must see all of.
        bool IsEnough() => end.AddTicks(-(end.UtcTicks % TimeSpan.TicksPerHour)) <= comment.WrittenAt - FloodRule.Within
            && rows.Count(earlier => earlier.Id != comment.Id && earlier.Row.GetDateTimeOffset("At") <= comment.WrittenAt && Fingerprint.TryParse(earlier.Row.GetString("Print")) is not null) >= DuplicateRule.MostCompared;
    }

    private static Judgement WithUnseenPage(Judgement judgement, HubConfiguration hub)
    {
        var reason = new Wording("La page n’a pas pu être consultée : une personne vérifie qu’elle est ouverte aux commentaires.", "The page could not be looked at: a person checks that it is open to comments.").In(hub.Authority.Language);
        var finding = new Finding("page-unseen", FindingClasses.Unchecked, Verdict.Hold, 0, 0, "plain", reason);
        return new Judgement(judgement.Verdict == Verdict.Publish ? Verdict.Hold : judgement.Verdict, [.. judgement.Findings.Take(Judgement.MostFindings - 1), finding]) { Total = judgement.Total + 1 };
    }

    private static Judgement Unchecked(HubConfiguration hub) =>
        new(Verdict.Hold, [new Finding("all-rules", FindingClasses.Unchecked, Verdict.Hold, 0, 0, "plain", PolicyTable.CouldNotCheck.In(hub.Authority.Language))]);

    private sealed record Moderated(Judgement Judgement, int Revision, TeamSettings Team)
    {
        /// <summary>The thread under the page's new address, where the page moved.</summary>
        public ThreadRow? Moved { get; init; }

        public string Language => Team.Configuration.Authority.Language;

        public bool IsHeld(ThreadRow thread) => thread.IsHeld || Moved?.IsHeld == true;

        // Whoever closed a page, or the clock, wanted nothing more to appear there: also not what was written before and changed since.
        public bool IsClosed(ThreadRow thread, DateTimeOffset now) => ((ThreadRow?[])[thread, Moved]).Any(one => one is not null && (one.Closed || one.Closes <= now));

        // An edit is a text that readers have not seen, too: while no comment is taken, none appears by another door.
        public bool IsFrozen(string site, DateTimeOffset now) => Team.Freeze.OfComments(site, now) is not null;

        public bool IsTrusted(AuthorRow? author, DateTimeOffset now) => author?.IsTrusted(now, Team.Configuration.SiteOrDefault(author.Partition).TrustDays) == true;

        public CommentPolicy PolicyOf(string site, ThreadRow thread) => thread.Policy ?? Team.Configuration.SiteOrDefault(site).Policy;

        public PolicyDecision Decide(string site, ThreadRow thread, AuthorRow? author, DateTimeOffset now)
        {
            var settings = Team.Configuration.SiteOrDefault(site);
            var decision = PolicyTable.Decide(Judgement.Verdict, Judgement.Findings, PolicyOf(site, thread), thread.RejectAtOnce ?? settings.RejectAtOnce, IsTrusted(author, now));
            // Whatever the policy says: a person has stopped this page, or all of them.
            var stopped = IsClosed(thread, now) ? PolicyTable.PageClosed : IsFrozen(site, now) ? PolicyTable.Frozen : IsHeld(thread) ? PolicyTable.PageHeld : null;
            return decision.Outcome == PolicyOutcome.Held || stopped is null ? decision : new PolicyDecision(PolicyOutcome.Held, stopped, decision.RefusalProposed);
        }
    }
}
