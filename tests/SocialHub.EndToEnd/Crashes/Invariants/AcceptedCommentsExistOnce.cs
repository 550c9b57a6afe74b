using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Every comment answered 2xx exists exactly once with that text, by id, in storage and by author, also after a replay; and no other comment does.</summary>
public sealed class AcceptedCommentsExistOnce : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var accepted = run.Notes<CommentNotes>().Accepted;
        foreach (var comment in accepted.Where(c => c.Request is not null))
        {
            var replay = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments", comment.Request!, ("Origin", SubmitComment.Origin(run)));
            Assert.Equal((HttpStatusCode.OK, comment.Id), (replay.Status, replay.Json().GetProperty("id").GetString()));
        }
        var stored = (await StoredRows.CommentsAsync(run)).ToDictionary(r => r.RowKey[2..], StringComparer.Ordinal);
        foreach (var comment in accepted)
        {
            Assert.True(stored.Remove(comment.Id, out var row), $"{comment.Id} is not stored");
            if (row.GetString("State") is not ("Erased" or "Withdrawn"))
                Assert.Equal(comment.Text, row.GetString("Body"));
            if (comment.State is not null)
                Assert.Equal(comment.State, row.GetString("State"));
            var view = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/view", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
            if (row.GetString("State") == "Erased")
            {
                Assert.Equal(HttpStatusCode.Gone, view.Status);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, view.Status);
            Assert.Equal(row.GetString("State"), view.Json().GetProperty("state").GetString(), ignoreCase: true);
            var own = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/author/export", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
            Assert.Equal([comment.Id], own.Json().GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        }
        // A request whose answer was lost for good may have left a comment; a client that repeats leaves none.
        Assert.Empty(stored.Keys);
    }
}
