using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What must hold of table Comments whenever nothing is due.</summary>
internal static class CommentsInvariants
{
    public static async Task CheckAsync(Town town, bool isAtRest = true)
    {
        var rows = await town.RowsAsync();
        var comments = rows.Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)).Select(row => new CommentRow(row)).ToList();
        foreach (var comment in comments)
        {
            LogIsWhole(comment, rows);
            Assert.NotEqual(CommentState.Received, comment.State);
            Assert.NotEqual(ProposalState.Received, comment.ProposalState);
            var mine = comment.Owned;
            Assert.Equal(mine.Order(StringComparer.Ordinal), rows.Select(row => row.RowKey).Where(key => (key.StartsWith("q.", StringComparison.Ordinal) || key.StartsWith("d.", StringComparison.Ordinal)) && key.Contains(comment.Id, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Equal(comment.IsOpen, mine.Any(key => key.StartsWith("q.", StringComparison.Ordinal)));
            // Its author may put it in other words, or changes it again and again: the card is promised for the time after that.
            var isLater = mine.Any(key => key.Contains(".card.", StringComparison.Ordinal) && Keys.ParseUtc(key.Split('.')[1]) > town.Time.GetUtcNow());
            if (Rewording.IsOpen(comment, town.Time.GetUtcNow()))
                Assert.True(isLater);
            if (isLater)
                Assert.Single(mine, key => key.Contains(".card.", StringComparison.Ordinal));
            if (isAtRest && !isLater)
                Assert.Equal(comment.IsOpen, mine.Any(key => key.Contains(".reminder.", StringComparison.Ordinal)));
            if (isAtRest && !isLater && comment.State is CommentState.Held)
                Assert.True(comment.Cards > 0 || rows.Any(row => row.RowKey.StartsWith(Keys.LogOf(comment.Id).From, StringComparison.Ordinal) && row.GetString("What") is "listed" or "in-digest"), "A held comment was never brought to the moderators.");
            // The daily work takes them, which no test of these invariants lets run.
            var prints = rows.Where(row => row.RowKey.StartsWith("s.", StringComparison.Ordinal) && row.RowKey.EndsWith("." + comment.Id, StringComparison.Ordinal)).Select(row => (Key: (string?)row.RowKey, Print: row.GetString("Print"))).ToList();
            if (comment.State is CommentState.Withdrawn or CommentState.Erased || comment.Official)
                Assert.Empty(prints);
            else
                Assert.Equal([(comment.FingerprintKey, Fingerprint.Of(comment.Body, town.Get<CommentFingerprints>().Key).ToString())], prints);
            if (comment.State is CommentState.Published)
                Assert.Equal(comment.Revision, comment.JudgedRevision);
            else
                Assert.True(!comment.ProposalWaits && comment.Reports == 0);
            if (comment.State is CommentState.Withdrawn or CommentState.Erased)
                Assert.Equal(ProposalState.None, comment.ProposalState);
            Assert.Equal(comment.ProposalState != ProposalState.None, comment.ProposalBody is not null);
            if (comment.State is CommentState.Erased)
                Assert.Equal(("", "", "", null, null), (comment.Body, comment.Html, comment.Name, comment.AuthorHash, comment.ProposalBody));
        }

        var thread = rows.Where(row => row.RowKey.StartsWith("t.", StringComparison.Ordinal)).Select(row => new ThreadRow(row)).SingleOrDefault();
        if (thread is not null)
            ThreadIsWhole(thread, rows);
        var published = comments.Where(comment => comment.State == CommentState.Published).ToList();
        Assert.Equal(published.Count, thread?.Count ?? 0);
        Assert.Equal(comments.Count(comment => comment.State is CommentState.Rejected or CommentState.Withdrawn or CommentState.Erased), thread?.Gone ?? 0);
        var shown = await town.ThreadAsync();
        Assert.Equal(published.Select(comment => (comment.Id, comment.Html)).Order(), shown.Comments.Select(comment => (comment.Id, comment.Html)).Order());
    }

    private static void ThreadIsWhole(ThreadRow thread, List<TableEntity> rows)
    {
        var keys = thread.Owned.Concat(thread.DueKey is { } due ? [due] : []);
        Assert.Equal(keys.Order(StringComparer.Ordinal), rows.Select(row => row.RowKey).Where(key => key == Keys.Watched(thread.PageKey) || (key.StartsWith("d.", StringComparison.Ordinal) && key.Contains($".{thread.PageKey}.", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        Assert.Equal(thread.IsHeld, thread.Owned.Any(key => key.Contains(".reopen.", StringComparison.Ordinal)));
        Assert.Equal(thread.HeldSince is not null, thread.IsHeld);
        Assert.Equal(thread.Heat != DebateHeat.None && !thread.IsHeld, thread.Owned.Any(key => key.Contains(".calm.", StringComparison.Ordinal)));
        Assert.Equal(thread.IsHeld || thread.Heat != DebateHeat.None || thread.ClosedAfterTurn, thread.Owned.Contains(Keys.Watched(thread.PageKey)));
        var log = rows.Where(row => row.RowKey.StartsWith(Keys.LogOf(thread.PageKey).From, StringComparison.Ordinal)).Select(row => new LogRow(row)).OrderBy(row => row.Seq).ToList();
        Assert.Equal(Enumerable.Range(0, thread.Seq + 1), log.Select(row => row.Seq));
        Assert.Equal(log.Count, log.Select(row => row.WriteId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(thread.Closed ? "Closed" : thread.IsHeld ? "Held" : "Open", log[^1].State);
    }

    private static void LogIsWhole(CommentRow comment, List<TableEntity> rows)
    {
        var (from, before) = Keys.LogOf(comment.Id);
        var log = rows.Where(row => string.CompareOrdinal(row.RowKey, from) >= 0 && string.CompareOrdinal(row.RowKey, before) < 0).Select(row => new LogRow(row)).OrderBy(row => row.Seq).ToList();
        Assert.Equal(Enumerable.Range(0, comment.Seq + 1), log.Select(row => row.Seq));
        Assert.Equal(comment.State.ToString(), log[^1].State);
        Assert.Equal((comment.Revision, comment.Round), (log[^1].Revision, log[^1].Round));
        // The refusal of a change is told until its author writes again or the text goes; an objection to it is answered in its place.
        var change = log.FindLast(row => row.What is "proposed" or "proposal-rejected" or "proposal-forgotten" or "edited" or "withdrawn" or "erased" or "expired");
        var refused = change?.What == "proposal-rejected" ? change : null;
        Assert.Equal((refused is not null, refused?.Why, refused?.At), (comment.ProposalRefusal is not null, comment.ProposalRefusal, comment.ProposalDecidedAt));
        Assert.Equal(refused is not null && !comment.IsChangeObjected, comment.ProposalState == ProposalState.Rejected);
        Assert.Equal(comment.ProposalObjection == ChangeObjection.Waits, comment is { State: CommentState.Published, ProposalWaits: true } && comment.ProposalObjectedIn is not null);
        Assert.Equal(log.Count, rows.Count(row => row.RowKey.StartsWith("m.", StringComparison.Ordinal) && row.RowKey.Contains(comment.Id, StringComparison.Ordinal)));
    }
}
