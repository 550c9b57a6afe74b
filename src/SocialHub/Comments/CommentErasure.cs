using Azure.Data.Tables;
using Azure.Storage.Blobs.Specialized;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Makes words, names and addresses disappear for good; wins over everything.</summary>
public sealed class CommentErasure(CommentStore store, CommentThreads threads, Debates debates, HubStorage storage, DueWork dueWork, TimeProvider timeProvider)
{
    /// <summary>Erases one comment, in one transition.</summary>
    public Task<Answer<CommentRow>> EraseAsync(string site, CommentId id, Actor by, CancellationToken cancellationToken) => store.ChangeAsync(
        site,
        id,
        (change, _) =>
        {
            var comment = change.Comment;
            // Its author may have objected since the daily round read it.
            if (by == Actor.TheClock && comment.IsObjectionWaiting)
                return CommentStore.Decided.Nothing;
            // One that nobody decided about in time is still to be told of; whoever wants it erased wants that address gone, too.
            if (comment.State == CommentState.Erased && (comment.Email is null || by == Actor.TheClock))
                return CommentStore.Decided.Nothing;
            comment.Email = null;
            if (comment.State == CommentState.Erased)
            {
                change.DropHearing();
                return new CommentStore.Decided("email-forgotten", by);
            }

            Erase(change);
            return new CommentStore.Decided("erased", by);
        },
        cancellationToken);

    /// <summary>
    /// Erases a comment that has waited for a decision longer than such comments are kept, in one transition. Its author, if there is an address, is told so
    /// (<see cref="AuthorMails.Expired"/>); until then the address stays, and nothing else. One that was decided meanwhile stays, and so does an objection.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="days">How long they are kept.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <exception cref="InvalidOperationException">It could not be erased now.</exception>
    internal async Task ExpireAsync(string site, CommentId id, int days, CancellationToken cancellationToken) => Throw(id, await store.ChangeAsync(
        site,
        id,
        (change, _) =>
        {
            var comment = change.Comment;
            if (comment.State is not (CommentState.Received or CommentState.Held) || comment.IsObjectionWaiting || (change.Now - comment.Since).TotalDays <= days)
                return CommentStore.Decided.Nothing;
            Erase(change);
            comment.Expired = true;
            change.Hear(AuthorMails.Expired);
            if (!change.IsToHear)
                comment.Email = null;
            return new CommentStore.Decided("expired", Actor.TheClock);
        },
        cancellationToken).ConfigureAwait(false));

    /// <summary>Erases one comment that has to go, whoever waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">It could not be erased now.</exception>
    internal async Task EraseForGoodAsync(string site, CommentId id, Actor by, CancellationToken cancellationToken) => Throw(id, await EraseAsync(site, id, by, cancellationToken).ConfigureAwait(false));

    // All but the address.
    private static void Erase(CommentChange change)
    {
        var comment = change.Comment;
        change.DropAll();
        change.DropHearing();
        change.DropNotices();
        change.DropProposal();
        if (comment.AuthorHash is { } author)
            change.Delete(Keys.AuthorComment(author, comment.Id));
        comment.State = CommentState.Erased;
        comment.Name = "";
        comment.Body = "";
        comment.Html = "";
        comment.Findings = [];
        comment.AuthorHash = null;
        comment.Why = null;
        comment.Reports = 0;
        comment.Objected = false;
        change.Add(new ErasureRow(new TableEntity(comment.Site, Keys.Erasure(comment.Id)) { ["At"] = change.Now }));
        change.Promise(Queues.CommentUpkeep, DueKinds.EraseRest, DecisionSubject.Comment);
    }

    private static void Throw(CommentId id, Answer<CommentRow> answer)
    {
        if (answer.Problem is { } problem)
            throw new InvalidOperationException($"Comment {id} could not be erased now ({problem.Code}); it is tried again.");
    }

    /// <summary>Forgets where the author is told, once the retention's days are over and nothing is left to be told or objected to.</summary>
    public Task<Answer<CommentRow>> ForgetEmailAsync(string site, CommentId id, CancellationToken cancellationToken) => store.ChangeAsync(
        site,
        id,
        (change, _) =>
        {
            // Its author may have objected since.
            if (change.Comment.Email is null || change.Comment.IsToBeHeardOf)
                return CommentStore.Decided.Nothing;
            change.Comment.Email = null;
            return new CommentStore.Decided("email-forgotten", Actor.TheClock);
        },
        cancellationToken);

    /// <summary>Forgets a proposed text that was refused, once it is as old as a refused comment may get.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="refused">When it was refused: one that was refused since stays.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    public Task<Answer<CommentRow>> ForgetProposalAsync(string site, CommentId id, DateTimeOffset? refused, CancellationToken cancellationToken) => store.ChangeAsync(
        site,
        id,
        (change, _) =>
        {
            if (change.Comment.ProposalState != ProposalState.Rejected || change.Comment.ProposalDecidedAt != refused)
                return CommentStore.Decided.Nothing;
            change.DropProposal();
            return new CommentStore.Decided("proposal-forgotten", Actor.TheClock);
        },
        cancellationToken);

    /// <summary>Works on one due row of queue <see cref="Queues.CommentUpkeep"/>; safe to repeat.</summary>
    public Task RunAsync(Hint hint, CancellationToken cancellationToken) => dueWork.WorkAsync(
        store.Table,
        hint,
        async claim =>
        {
            // Nothing here can do harm by being tried again, so a work that was killed twice is tried a third time.
            switch (claim.Row.Kind)
            {
                case DueKinds.EraseRest when CommentId.TryParse(claim.Row.Owner, out var id):
                    await EraseRestAsync(hint.Partition, id, hint.Due, cancellationToken).ConfigureAwait(false);
                    return true;
                case DueKinds.EraseAuthor:
                    await EraseAuthorAsync(hint.Partition, claim.Row.Owner, hint.Due, cancellationToken).ConfigureAwait(false);
                    return true;
                case DueKinds.Thread:
                    await threads.CloseByClockAsync(hint.Partition, claim.Row.Owner, hint.Due, cancellationToken).ConfigureAwait(false);
                    return true;
                case DueKinds.Calm:
                    await debates.CalmAsync(hint.Partition, claim.Row.Owner, hint.Due, cancellationToken).ConfigureAwait(false);
                    return true;
                case DueKinds.Again:
                    await debates.RepeatAsync(hint.Partition, claim.Row, cancellationToken).ConfigureAwait(false);
                    return true;
                case DueKinds.Reopen:
                    await debates.ReopenAsync(hint.Partition, claim.Row.Owner, hint.Due, cancellationToken).ConfigureAwait(false);
                    return true;
                default:
                    return false;
            }
        },
        cancellationToken);

    // One by one and not in the transition: any of these may have gone already, which would fail a transaction.
    private async Task EraseRestAsync(string site, CommentId id, string dueKey, CancellationToken cancellationToken)
    {
        var comment = await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false);
        if (comment is null)
            return;
        if (comment.FingerprintKey is { } fingerprint)
            await store.DeleteAsync(site, fingerprint, cancellationToken).ConfigureAwait(false);
        var isErased = comment.State == CommentState.Erased;
        foreach (var range in isErased ? new[] { Keys.ReportsOf(id.Value), Keys.ObjectionsOf(id.Value) } : [Keys.ObjectionsOf(id.Value)])
        {
            await foreach (var key in store.KeysAsync(site, range, cancellationToken).ConfigureAwait(false))
                await store.DeleteAsync(site, key, cancellationToken).ConfigureAwait(false);
        }

        // What was reported stays with what its author took back, so that the authority can account for its notices (Digital Services Act, articles 16 and 24); nobody is to be answered about it any more.
        if (!isErased)
            await ForgetReportersAsync(site, id, cancellationToken).ConfigureAwait(false);
        if (isErased)
        {
            await ForgetHashesAsync(site, id, cancellationToken).ConfigureAwait(false);
            await RememberAsync(site, id, comment.Since, cancellationToken).ConfigureAwait(false);
        }

        await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                // Only this promise: that of an erasure that came meanwhile still has to be remembered for a restore.
                if (!change.Keeps(dueKey))
                    return CommentStore.Decided.Nothing;
                change.Comment.FingerprintKey = null;
                return new CommentStore.Decided("rest-erased", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // A short text can be guessed from its hash. Another hand in the log (a name that is forgotten) may be faster: then it is looked for again.
    private async Task ForgetHashesAsync(string site, CommentId id, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.LogOf(id.Value);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and Why ge {Evidence.HashMark} and Why lt {Evidence.BehindHashes}");
        while (await store.Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                row.Remove("Why");
                await store.ReplaceUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A mail that is just noted on such a row may be faster: then it is looked for again.
    private async Task ForgetReportersAsync(string site, CommentId id, CancellationToken cancellationToken)
    {
        while (await store.RangeAsync(site, Keys.ReportsOf(id.Value), cancellationToken).Select(row => new NoticeRow(row)).Where(notice => notice.HasReporter).ToListAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } notices)
        {
            foreach (var notice in notices)
            {
                notice.ForgetReporter();
                await store.ReplaceUnchangedAsync(notice.Entity, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A restored copy of the tables applies these again. A line may stand there twice; reading it twice does no harm.
    private async Task RememberAsync(string site, CommentId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var blob = storage.Erasures.GetAppendBlobClient(at.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        await blob.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        using var line = new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"{Keys.Utc(at)} {site} {id}\n"));
        await blob.AppendBlockAsync(line, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private async Task EraseAuthorAsync(string site, string hash, string dueKey, CancellationToken cancellationToken)
    {
        var range = Keys.CommentsOfAuthor(hash);
        // One that cannot go keeps no other; the promise stays until all are gone.
        var turns = new EachInTurn();
        await foreach (var key in store.KeysAsync(site, range, cancellationToken).ConfigureAwait(false))
        {
            if (CommentId.TryParse(key[range.From.Length..], out var id))
                await turns.TryAsync(() => EraseForGoodAsync(site, id, Actor.TheAuthor, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        turns.ThrowAny();
        while (await store.FindAuthorAsync(site, hash, cancellationToken).ConfigureAwait(false) is { } author && author.DueKey == dueKey)
        {
            author.DueKey = null;
            author.Seq++;
            var log = LogRow.New(site, hash, author.Seq, timeProvider.GetUtcNow(), "erased", "Erased", Actor.TheClock.Name);
            if (await new Transition(store.Table, log, timeProvider).Replace(author).Delete(dueKey).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class ErasureRow(TableEntity entity) : Row(entity);
}
