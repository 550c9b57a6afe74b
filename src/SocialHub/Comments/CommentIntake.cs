using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Moderation.Markup;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Accepts comments: once a client has its 2xx, the comment is there, once.</summary>
public sealed class CommentIntake(
    CommentStore store,
    CommentThreads threads,
    SubmissionLimits limits,
    AuthorKeys authorKeys,
    CommentFingerprints fingerprints,
    Hints hints,
    SettingsStore settings,
    TimeProvider timeProvider,
    IOptions<HubOptions> options)
{
    /// <summary>Deepest answer: an answer to an answer.</summary>
    public const int DeepestAnswer = 2;

    /// <summary>Comments that one page takes: public ones and those that wait.</summary>
    public const int MostPerThread = 2_000;

    /// <summary>Comments that are ever accepted on one page, whatever became of them: its readers' storage has to pass over all of them.</summary>
    public const int MostEverPerThread = 10 * MostPerThread;

    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan KeyLives = TimeSpan.FromHours(24);

    /// <summary>How long whoever sends the same form again is the same person, though the text may be public: a double click, or a page that was slow to come.</summary>
    public static readonly TimeSpan DoubleClick = TimeSpan.FromMinutes(1);

    private const int MostRepeats = 30;

    // A request that was answered before the signing key changed, and whose answer was lost, is repeated after it.
    private readonly byte[][] _requestKeys = PurposeKey.Accepted(options.Value, "comment-request");

    /// <summary>Accepts a comment, or answers the one that the same key made before.</summary>
    /// <returns>404 page, 409 thread closed, full or parent gone, 422 key reused for another text, 429 too many, 503.</returns>
    public async Task<Answer<Submitted>> SubmitAsync(CommentSubmission submission, CancellationToken cancellationToken)
    {
        var requests = _requestKeys.Select(signing => RequestHash(signing, submission)).ToList();
        // Keyed with the address in it: from what the row holds, nobody finds the address by trying all that there are.
        string[] keys = submission.IdempotencyKey is { } given
            ? [Keys.Idempotency($"comment {submission.Site} {given}")]
            : [.. _requestKeys.Select(signing => Keys.Idempotency($"form {submission.Site} {RequestHash(signing, submission, submission.Address)}"))];
        Answer<string>? admitted = null;
        PageLook? look = null;
        for (var repeat = 0; ; repeat++)
        {
            var found = await FindAsync(submission, keys, cancellationToken).ConfigureAwait(false);
            // Before any limit: whoever repeats a request that was accepted is answered, however busy the address is.
            foreach (var remembered in found.Remembered)
            {
                if (await ReplayAsync(submission, remembered, requests, cancellationToken).ConfigureAwait(false) is { } replay)
                    return replay;
            }

            if (repeat > MostRepeats)
                return CommentProblems.Busy;

            if ((await settings.CurrentAsync(cancellationToken).ConfigureAwait(false)).Freeze.OfComments(submission.Site, timeProvider.GetUtcNow()) is { IsClosed: true } freeze)
                return CommentProblems.Frozen(freeze);
            admitted ??= await limits.AdmitAsync(submission.Address, cancellationToken).ConfigureAwait(false);
            if (admitted.Problem is { } tooMany)
                return tooMany;
            var opened = await threads.OpenAsync(submission.Site, submission.Page, found.Thread, look, cancellationToken).ConfigureAwait(false);
            if (opened.Problem is { } closed)
                return closed;
            (var thread, look) = opened.Value;
            var parent = await ParentAsync(submission, thread, cancellationToken).ConfigureAwait(false);
            if (parent.Problem is { } gone)
                return gone;
            var accepted = await WriteAsync(submission, found with { Thread = thread }, parent.Value, keys[0], requests[0], admitted.Value, cancellationToken).ConfigureAwait(false);
            if (accepted is not null)
                return accepted;
            // Somebody else wrote the thread's, the author's or the key's row meanwhile.
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // At once: none of them needs another, and the citizen waits.
    private async Task<Found> FindAsync(CommentSubmission submission, string[] keys, CancellationToken cancellationToken)
    {
        var remembered = Task.WhenAll(keys.Select(key => store.EntityAsync(submission.Site, key, cancellationToken)));
        var thread = store.FindThreadAsync(submission.Site, Keys.Page(submission.Page), cancellationToken);
        // Who brings no key gets a new one, which nobody has written with.
        var author = submission.AuthorKey is { } authorKey ? store.FindAuthorAsync(submission.Site, AuthorKeys.Hash(authorKey), cancellationToken) : Task.FromResult<AuthorRow?>(null);
        await Task.WhenAll(remembered, thread, author).ConfigureAwait(false);
        return new Found(await remembered.ConfigureAwait(false), await thread.ConfigureAwait(false), await author.ConfigureAwait(false));
    }

    private async Task<Answer<Submitted>?> WriteAsync(CommentSubmission submission, Found found, CommentRow? parent, string key, string requestHash, string addressHash, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var thread = found.Thread!;
        var id = CommentId.New(thread.PageKey, now);
        var authorKey = submission.AuthorKey ?? authorKeys.Make(id.Value);
        var authorHash = AuthorKeys.Hash(authorKey);
        if (found.Author?.ErasingSince is not null)
            return new Problem(ProblemKind.Conflict, "author-erased", "Everything of this author key was erased at its owner's wish; write with a new key.");

        var due = DueRow.New(submission.Site, Queues.CommentVerdict, now, DueKinds.Verdict, id.Value, CommentChange.Word(DecisionSubject.Comment));
        var comment = new CommentRow(CommentRow.New(submission.Site, id, now).Entity)
        {
            Page = thread.Page,
            Parent = parent?.Id,
            Depth = parent is null ? 0 : Math.Min(parent.Depth + 1, DeepestAnswer),
            Name = submission.Name,
            Body = submission.Body,
            Html = CommentMarkup.Render(submission.Body),
            Email = submission.Email,
            AuthorHash = authorHash,
            Trapped = submission.Trapped,
            WritingMilliseconds = submission.Started is { } started && started <= now ? (int)Math.Min((now - started).TotalMilliseconds, int.MaxValue) : null,
            Owned = [due.Key],
        };
        // An author who left an address hears that it arrived, unless more has become of it by then.
        var heard = submission.Email is not null && await store.AuthorsHearAfterAsync(cancellationToken).ConfigureAwait(false) is { } after
            ? DueRow.New(submission.Site, Queues.MailSend, now + after, DueKinds.Hear, id.Value, AuthorMails.Received)
            : null;
        if (heard is not null)
            comment.Owned = [due.Key, heard.Key];
        var fingerprint = fingerprints.RowOf(comment, now, addressHash.Length == 0 ? null : addressHash);
        comment.FingerprintKey = fingerprint.RowKey;
        var log = CommentChange.Logged(comment, "received", Actor.TheAuthor, null, now);
        var transition = new Transition(store.Table, log, timeProvider)
            .Add(comment)
            .Add(due)
            .Add(fingerprint)
            .Add(new TableEntity(submission.Site, Keys.AuthorComment(authorHash, id.Value)))
            .Add(CommentChange.Moment(log, id.Value));
        if (heard is not null)
            transition.Add(heard);
        var before = found.Remembered[0];
        var remembered = new IdempotencyRow(before ?? new TableEntity(submission.Site, key));
        remembered.Remember(id.Value, requestHash, now + KeyLives);
        if (before is null)
            transition.Add(remembered);
        else
            transition.Replace(remembered);
        thread.Accepted++;
        thread.Receive(now);
        transition.Replace(thread);
        var author = found.Author ?? AuthorRow.New(submission.Site, authorHash);
        author.LastSubmit = now;
        if (found.Author is null)
            transition.Add(author);
        else
            transition.Replace(author);

        if (await transition.CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Conflict)
            return null;
        // The comment is safe; if its hint is lost the timer makes it again.
        await hints.SendAsync(Queues.CommentVerdict, due.Hint, cancellationToken).ConfigureAwait(false);
        return new Submitted(comment, submission.AuthorKey is null ? authorKey : null, false);
    }

    private async Task<Answer<CommentRow?>> ParentAsync(CommentSubmission submission, ThreadRow thread, CancellationToken cancellationToken)
    {
        if (thread.Taken >= MostPerThread || thread.Accepted >= MostEverPerThread)
            return new Problem(ProblemKind.Conflict, "thread-full", $"This page has {MostPerThread} comments and takes no more.");
        if (submission.Parent is not { } parentId)
            return (CommentRow?)null;
        var gone = new Problem(ProblemKind.Conflict, "parent-gone", "The comment that you answer is not public any more; write without answering it.");
        if (parentId.Page != thread.PageKey && !await threads.HoldsAsync(submission.Site, thread.Page, parentId.Page, cancellationToken).ConfigureAwait(false))
            return gone;
        var parent = await store.FindAsync(submission.Site, parentId, cancellationToken).ConfigureAwait(false);
        if (parent is not { State: CommentState.Published })
            return gone;
        return await TakesAnswerAsync(parent, cancellationToken).ConfigureAwait(false) ? parent : new Problem(ProblemKind.Conflict, "too-deep", "Answers go three levels deep; answer the comment above.");
    }

    // Where readers see it, which is where they are offered to answer it: what is not public any more above it does not count, and its row does not know of that.
    private async Task<bool> TakesAnswerAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        if (comment.Depth < DeepestAnswer)
            return true;
        for (var above = 0; above < DeepestAnswer; above++)
        {
            if (!CommentId.TryParse(comment.Parent, out var id) || await store.FindAsync(comment.Site, id, cancellationToken).ConfigureAwait(false) is not { State: CommentState.Published } parent)
                return true;
            comment = parent;
        }

        return false;
    }

    private async Task<Answer<Submitted>?> ReplayAsync(CommentSubmission submission, TableEntity? known, List<string> requests, CancellationToken cancellationToken)
    {
        if (known is null || known.GetDateTimeOffset("Expires") <= timeProvider.GetUtcNow() || !CommentId.TryParse(known.GetString("Comment"), out var id))
            return null;
        if (!requests.Contains(known.GetString("Request"), StringComparer.Ordinal))
            return new Problem(ProblemKind.Unprocessable, "idempotency-key-reused", "This idempotencyKey was used for another comment; make a new one for a new text.");
        var comment = await store.FindAsync(submission.Site, id, cancellationToken).ConfigureAwait(false);
        if (comment is null)
            return CommentProblems.NoSuchComment;
        return new Submitted(comment, IsTheAuthor(submission, comment) && comment.AuthorHash is { } hash ? authorKeys.Remake(id.Value, hash) : null, true);
    }

    // Without script the browser shows the answer to the second click alone: were the code not in it, its author would never have it.
    // Once the text was public, whoever read it may send it again behind the same address (a household, a library, a town's mobile network), and the code
    // would hand them another one's words. Before that its author knows it, and moderators, who can do more than the code can; and in the first
    // minute a reader who copies all of it by hand is far less likely than a finger that clicked twice. Who changed the text meanwhile had the code to do it.
    private bool IsTheAuthor(CommentSubmission submission, CommentRow comment) =>
        submission.IdempotencyKey is not null
        || comment.PublishedAt is null
        || (comment is { Revision: 0, ProposalRevision: 0 } && timeProvider.GetUtcNow() < comment.Received + DoubleClick);

    // Keyed, so that the row of a comment that was erased since says nothing of its text.
    private static string RequestHash(byte[] key, CommentSubmission submission, string? from = null)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var field in (string?[])[submission.Page, submission.Parent?.Value, submission.Name, submission.Body, submission.Email, submission.AuthorKey, from])
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            hmac.AppendData(BitConverter.GetBytes(bytes.Length));
            hmac.AppendData(bytes);
        }

        return Keys.Base32(hmac.GetHashAndReset(), 40);
    }

    /// <summary>What was there before the write, which fails when any of it has changed since. Of what is remembered, the first is what the write goes to.</summary>
    private sealed record Found(TableEntity?[] Remembered, ThreadRow? Thread, AuthorRow? Author);
}
