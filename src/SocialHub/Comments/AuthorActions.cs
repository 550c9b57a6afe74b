using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using SocialHub.Moderation.Decisions;
using SocialHub.Moderation.Markup;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What an author may do with the own comment's key: see, edit, withdraw, object, take everything along, have everything erased.</summary>
public sealed class AuthorActions(CommentStore store, SubmissionLimits limits, CommentFingerprints fingerprints, Hints hints, TimeProvider timeProvider)
{
    /// <summary>The comment, if the key is its author's; 401, 404, 410.</summary>
    public async Task<Answer<CommentRow>> ViewAsync(string site, CommentId id, string? authorKey, CancellationToken cancellationToken)
    {
        var comment = await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false);
        if (comment is null)
            return CommentProblems.NoSuchComment;
        return Refusal(comment, authorKey) is { } problem ? problem : comment;
    }

    /// <summary>
    /// Replaces the text. Before a decision the comment starts again with the new text; once public, the new text is a proposal beside it.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="authorKey">Its author's.</param>
    /// <param name="body">1 to 4,000 characters.</param>
    /// <param name="revision">Of the text that was changed; null is refused with 428.</param>
    /// <param name="address">Whence; only hashed. Empty: not known, then nothing is counted.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public async Task<Answer<CommentRow>> EditAsync(string site, CommentId id, string? authorKey, string body, int? revision, string address, CancellationToken cancellationToken)
    {
        if (revision is null)
            return new Problem(ProblemKind.PreconditionRequired, "revision-required", "Send the revision of the text that you changed.");
        // Before any limit: whoever repeats a change that was taken is answered, and who may not make it counts for nobody.
        if (await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is not { } before)
            return CommentProblems.NoSuchComment;
        if (Refusal(before, authorKey) is { } refused)
            return refused;
        if (IsRepeat(before, body, revision.Value))
            return before;
        if ((await limits.AdmitAsync(address, SubmissionKind.Edit, cancellationToken).ConfigureAwait(false)).Problem is { } tooMany)
            return tooMany;
        var html = CommentMarkup.Render(body);
        DueRow? verdict = null;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                verdict = null;
                var comment = change.Comment;
                if (Refusal(comment, authorKey) is { } problem)
                    return problem;
                var isPublic = comment.State == CommentState.Published;
                if (!isPublic && comment.State is not (CommentState.Received or CommentState.Held))
                    return CommentProblems.NotEditable;
                var current = comment.ChangeableRevision;
                if (revision != current)
                    return IsRepeat(comment, body, revision.Value) ? CommentStore.Decided.Nothing : CommentProblems.TextChanged;
                comment.WrittenAt = change.Now;
                if (isPublic)
                {
                    change.ReplaceProposal(body, html);
                    verdict = change.Promise(Queues.CommentVerdict, DueKinds.Verdict, DecisionSubject.Proposal);
                    return new CommentStore.Decided("proposed", Actor.TheAuthor);
                }

                change.KeepPlace();
                change.DropAll();
                change.DropProposal();
                var first = comment.FirstBody;
                var isReworded = Rewording.Take(comment, change.Now);
                // Until it is erased: whoever has the text that was written first can show later that it was.
                if (first is null && comment.FirstBody is { } written)
                    change.SayInLog(Evidence.HashMark + Evidence.Sha256(written));
                comment.State = CommentState.Received;
                comment.Body = body;
                comment.Html = html;
                comment.Revision = current + 1;
                // Readers knew another text under this date.
                if (comment.PublishedAt is not null)
                    comment.EditedAt = change.Now;
                comment.Findings = [];
                comment.FindingsTotal = 0;
                comment.Why = null;
                // An objection that nobody has answered goes on with the new text.
                change.TakeFingerprint(fingerprints);
                verdict = change.Promise(Queues.CommentVerdict, DueKinds.Verdict, DecisionSubject.Comment);
                return new CommentStore.Decided(isReworded ? "reworded" : "edited", Actor.TheAuthor);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded && verdict is not null)
            await hints.SendAsync(Queues.CommentVerdict, verdict.Hint, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>An author who was asked for other words wants none: the moderators are told now. Whoever was not asked, or asked too late, changes nothing.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="authorKey">Its author's.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public async Task<Answer<CommentRow>> KeepAsync(string site, CommentId id, string? authorKey, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> cards = [];
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                cards = [];
                if (Refusal(change.Comment, authorKey) is { } problem)
                    return problem;
                if (!Rewording.IsOpen(change.Comment, change.Now))
                    return CommentStore.Decided.Nothing;
                change.Comment.RewordUntil = change.Now;
                cards = change.RenewCards();
                return new CommentStore.Decided("sent-as-it-is", Actor.TheAuthor);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(cards, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Takes the comment back, whatever its state; it wins over everything but an erasure.</summary>
    public Task<Answer<CommentRow>> WithdrawAsync(string site, CommentId id, string? authorKey, CancellationToken cancellationToken) => store.ChangeAsync(
        site,
        id,
        (change, _) =>
        {
            var comment = change.Comment;
            if (Refusal(comment, authorKey) is { } problem)
                return problem;
            if (comment.State == CommentState.Withdrawn)
                return CommentStore.Decided.Nothing;
            change.DropAll();
            change.DropHearing();
            change.DropNotices();
            change.DropProposal();
            comment.State = CommentState.Withdrawn;
            comment.Reports = 0;
            comment.Objected = false;
            change.Promise(Queues.CommentUpkeep, DueKinds.EraseRest, DecisionSubject.Comment);
            return new CommentStore.Decided("withdrawn", Actor.TheAuthor);
        },
        cancellationToken);

    /// <summary>
    /// The author's answer to a refusal, of the comment or of a change of it: once per refusal, it reopens what was refused for a person. A public text stays
    /// while a change of it is read again. Once another person has upheld the refusal, the same text is not heard again.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="authorKey">Its author's.</param>
    /// <param name="reason">In the author's words, at most 2,000 characters.</param>
    /// <param name="address">Whence; only hashed. Empty: not known, then nothing is counted.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment, and whether the same objection was already there.</returns>
    public Task<Answer<(CommentRow Comment, bool Repeated)>> ObjectAsync(string site, CommentId id, string? authorKey, string reason, string address, CancellationToken cancellationToken) =>
        ObjectAsync(site, id, comment => Refusal(comment, authorKey), reason, address, cancellationToken);

    /// <summary>The same for whoever has the link of the mail that told the refusal (<see cref="ObjectionLinks"/>), which stands in the place of the key.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">That the link is for.</param>
    /// <param name="reason">In the author's words, at most 2,000 characters.</param>
    /// <param name="address">Whence; only hashed. Empty: not known, then nothing is counted.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment, and whether the same objection was already there.</returns>
    public Task<Answer<(CommentRow Comment, bool Repeated)>> ObjectByLinkAsync(string site, CommentId id, string reason, string address, CancellationToken cancellationToken) =>
        ObjectAsync(site, id, comment => comment.State == CommentState.Erased ? CommentProblems.Gone(comment) : null, reason, address, cancellationToken);

    private async Task<Answer<(CommentRow Comment, bool Repeated)>> ObjectAsync(string site, CommentId id, Func<CommentRow, Problem?> refusal, string reason, string address, CancellationToken cancellationToken)
    {
        // Before any limit, as with a change of the text.
        if (await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is not { } before)
            return CommentProblems.NoSuchComment;
        if (refusal(before) is { } stranger)
            return stranger;
        if (Waits(before))
            return (before, true);
        if (NoObjection(before) is { } none)
            return none;
        if ((await limits.AdmitAsync(address, SubmissionKind.Objection, cancellationToken).ConfigureAwait(false)).Problem is { } tooMany)
            return tooMany;
        DueRow? card = null;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                card = null;
                var comment = change.Comment;
                if (refusal(comment) is { } problem)
                    return problem;
                if (Waits(comment))
                    return CommentStore.Decided.Nothing;
                if (NoObjection(comment) is { } over)
                    return over;
                if (comment.IsChangeRefused)
                {
                    change.Add(new NoticeRow(new TableEntity(site, Keys.ObjectionToChange(id.Value, comment.ProposalRevision)) { ["Reason"] = reason, ["At"] = change.Now }));
                    change.Mark(LogMarks.Change, comment.ProposalRevision);
                    card = change.ReopenProposal(CommentMarkup.Render(comment.ProposalBody ?? ""));
                    return new CommentStore.Decided("proposal-objected", Actor.TheAuthor);
                }

                change.Add(new NoticeRow(new TableEntity(site, Keys.Objection(id.Value, comment.Round)) { ["Reason"] = reason, ["At"] = change.Now }));
                comment.State = CommentState.Held;
                (comment.ObjectedIn, comment.ObjectedTo, comment.ObjectedToId) = (comment.Round, comment.RefusedBy, comment.RefusedById);
                comment.ObjectedChange = null;
                comment.Round++;
                comment.NoticesFrom = null;
                comment.Objected = true;
                card = change.Wait(DecisionSubject.Objection);
                return new CommentStore.Decided("objected", Actor.TheAuthor);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Problem is { } refused)
            return refused;
        if (card is not null)
            await hints.SendAsync(Queues.ModerationCard, card.Hint, cancellationToken).ConfigureAwait(false);
        return (answer.Value, card is null);
    }

    /// <summary>Everything the key's owner wrote on a site, as stored about them, with their objections and what was answered.</summary>
    public async Task<Answer<IReadOnlyList<AuthoredComment>>> ExportAsync(string site, string? authorKey, CancellationToken cancellationToken)
    {
        if (!AuthorKeys.IsKey(authorKey))
            return CommentProblems.NotTheAuthor;
        var comments = new List<AuthoredComment>();
        var range = Keys.CommentsOfAuthor(AuthorKeys.Hash(authorKey!));
        await foreach (var key in store.KeysAsync(site, range, cancellationToken).ConfigureAwait(false))
        {
            if (CommentId.TryParse(key[range.From.Length..], out var id) && await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is { } comment)
                comments.Add(new AuthoredComment(comment, await ObjectionsAsync(site, id, cancellationToken).ConfigureAwait(false)));
        }

        return comments;
    }

    /// <summary>Promises to erase everything of the key's owner; from now on the key writes nothing any more, not even what is on its way while nothing is known of it.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="authorKey">The key.</param>
    /// <param name="address">Whence, for a key that never wrote; only hashed. Empty: not known, then nothing is counted.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public async Task<Answer<bool>> EraseAllAsync(string site, string? authorKey, string address, CancellationToken cancellationToken)
    {
        if (!AuthorKeys.IsKey(authorKey))
            return CommentProblems.NotTheAuthor;
        var hash = AuthorKeys.Hash(authorKey!);
        Answer<string>? admitted = null;
        while (true)
        {
            var author = await store.FindAuthorAsync(site, hash, cancellationToken).ConfigureAwait(false);
            if (author?.ErasingSince is not null)
                return true;
            var now = timeProvider.GetUtcNow();
            if (author is null)
            {
                // Anybody can invent keys: what remembers them must not be without bound.
                admitted ??= await limits.AdmitAsync(address, SubmissionKind.Erasure, cancellationToken).ConfigureAwait(false);
                if (admitted.Problem is { } tooMany)
                    return tooMany;
                author = AuthorRow.New(site, hash);
                author.ErasingSince = now;
                // Nothing is there to be erased, so nothing is promised; whoever writes with the key at this moment finds the row.
                if (await store.TryAddAsync(author, cancellationToken).ConfigureAwait(false))
                    return true;
                continue;
            }

            var due = DueRow.New(site, Queues.CommentUpkeep, now, DueKinds.EraseAuthor, hash);
            author.ErasingSince = now;
            author.TrustedAt = null;
            author.DueKey = due.Key;
            author.Seq++;
            var log = LogRow.New(site, hash, author.Seq, now, "erasing", "Erasing", Actor.TheAuthor.Name);
            if (await new Transition(store.Table, log, timeProvider).Replace(author).Add(due).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Conflict)
                continue;
            await hints.SendAsync(Queues.CommentUpkeep, due.Hint, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private async Task<IReadOnlyList<AnsweredObjection>> ObjectionsAsync(string site, CommentId id, CancellationToken cancellationToken)
    {
        var notices = await store.RangeAsync(site, Keys.ObjectionsOf(id.Value), cancellationToken).Select(row => new NoticeRow(row)).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (notices.Count == 0)
            return [];
        var history = await store.HistoryAsync(site, id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var answers = AnswersOf(history, id);
        return [.. notices.OrderBy(notice => notice.At).Select(notice =>
        {
            var decided = answers.GetValueOrDefault(notice.Key);
            var isRefused = decided?.What is "rejected" or "proposal-rejected";
            return new AnsweredObjection(notice.At, notice.Reason, decided is null ? null : isRefused ? "rejected" : "published", decided?.At, isRefused ? decided!.Why : null);
        })];
    }

    // By the key of an objection, what was decided about it and stands: an answer that was taken back is none, and the next one may come rounds later.
    private static Dictionary<string, LogRow> AnswersOf(List<LogRow> history, CommentId id)
    {
        var answers = new Dictionary<string, LogRow>(StringComparer.Ordinal);
        string? objection = null;
        var isOfChange = false;
        var isNewest = false;
        foreach (var entry in history)
        {
            switch (entry.What)
            {
                case "objected":
                    // It began the round that follows that of the refusal.
                    (objection, isOfChange, isNewest) = (Keys.Objection(id.Value, entry.Round - 1), false, false);
                    break;
                case "proposal-objected":
                    (objection, isOfChange, isNewest) = (Keys.ObjectionToChange(id.Value, entry.Entity.GetInt32(LogMarks.Change) ?? 0), true, false);
                    break;
                // The public text may be refused for another cause while the change of it waits.
                case "published" or "rejected" when objection is not null && (!isOfChange || IsOfObjection(entry)):
                    isNewest = answers.TryAdd(objection, entry);
                    break;
                case "edited" or "proposal-rejected" when objection is not null && isOfChange && IsOfObjection(entry):
                    isNewest = answers.TryAdd(objection, entry);
                    break;
                case "kept" or "edited":
                    // Taken back, it is no answer to the author that goes.
                    isNewest = false;
                    break;
                case "reopened" when objection is not null && isNewest:
                    isNewest = !answers.Remove(objection);
                    break;
            }
        }

        return answers;
    }

    private static bool IsOfObjection(LogRow entry) => entry.Entity.GetString(LogMarks.Subject) == Moment.OfObjection;

    private static bool Waits(CommentRow comment) => comment is { State: CommentState.Held or CommentState.Received, Objected: true } || comment.IsChangeObjected;

    private static Problem? NoObjection(CommentRow comment) => comment.MayObject ? null : comment.State == CommentState.Rejected || comment.IsChangeRefused ? ObjectionAnswered : NothingToObjectTo;

    private static Problem ObjectionAnswered { get; } = new(ProblemKind.Conflict, "objection-answered", "Another person examined the objection to this text and upheld the refusal; write another text instead.");

    private static Problem NothingToObjectTo { get; } = new(ProblemKind.Conflict, "nothing-to-object-to", "Only a refused comment, or a refused change of one, can be objected to.");

    // The text that was sent is the newest one already, and it was changed from an older one.
    private static bool IsRepeat(CommentRow comment, string body, int revision) => comment.State switch
    {
        CommentState.Published => (comment.ProposalWaits ? comment.ProposalBody : comment.Body) == body && revision < comment.ChangeableRevision,
        CommentState.Received or CommentState.Held => comment.Body == body && revision < comment.ChangeableRevision,
        _ => false,
    };

    private static Problem? Refusal(CommentRow comment, string? authorKey)
    {
        if (comment.State == CommentState.Erased)
            return CommentProblems.Gone(comment);
        return AuthorKeys.IsKey(authorKey) && comment.AuthorHash is { } hash
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(AuthorKeys.Hash(authorKey!)), Encoding.ASCII.GetBytes(hash))
            ? null
            : CommentProblems.NotTheAuthor;
    }
}
