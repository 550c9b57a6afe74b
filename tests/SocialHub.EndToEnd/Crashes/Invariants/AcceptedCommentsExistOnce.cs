using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Every comment answered 2xx exists exactly once with that text, by id, in its thread, in storage and by author, also after a replay with its key or, without one, from the same address; and no other comment does. Its thread counts it, among those that are gone once it is.</summary>
public sealed class AcceptedCommentsExistOnce : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var accepted = run.Notes<CommentNotes>().Accepted;
        foreach (var comment in accepted)
        {
            var replay = await run.Citizen.PostAsync(SubmitComment.Route(run), comment.Request, ("Origin", SubmitComment.Origin(run)), ("X-Forwarded-For", comment.From));
            Assert.Equal((HttpStatusCode.OK, comment.Id), (replay.Status, replay.Json().GetProperty("id").GetString()));
        }
        var stored = (await StoredRows.CommentsAsync(run)).ToDictionary(r => r.RowKey[2..], StringComparer.Ordinal);
        var threads = (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).ToDictionary(row => row.GetString("Page"), StringComparer.Ordinal);
        foreach (var thread in threads.Values)
        {
            var here = stored.Values.Where(row => row.RowKey.StartsWith($"c.{thread.RowKey[2..]}-", StringComparison.Ordinal)).ToList();
            Assert.Equal((here.Count, here.Count(row => row.GetString("State") is "Rejected" or "Withdrawn" or "Erased")), (thread.GetInt32("Accepted") ?? 0, thread.GetInt32("Gone") ?? 0));
        }

        foreach (var comment in accepted)
        {
            Assert.True(stored.Remove(comment.Id, out var row), $"{comment.Id} is not stored");
            Assert.StartsWith(threads[comment.Page].RowKey[2..] + "-", comment.Id, StringComparison.Ordinal);
            if (row.GetString("State") is not "Erased")
                Assert.Equal((comment.Text, comment.Name, comment.Email, comment.Page), (row.GetString("Body"), row.GetString("Name"), row.GetString("Email"), row.GetString("Page")));
            if (comment.State is not null)
                Assert.Equal(comment.State, row.GetString("State"));
            Assert.Equal(row.GetString("State") is "Withdrawn" or "Erased" ? null : comment.Proposal ?? comment.Refused, row.GetString("ProposalBody"));
            var view = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/view", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
            if (row.GetString("State") == "Erased")
            {
                Assert.Equal(HttpStatusCode.Gone, view.Status);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, view.Status);
            Assert.Equal(row.GetString("State"), view.Json().GetProperty("state").GetString(), ignoreCase: true);
            // The author of a refused change is told why, and has the text.
            if (comment.Refused is not null && row.GetString("State") is not "Withdrawn")
            {
                var told = view.Json().GetProperty("proposal");
                Assert.Equal(("rejected", comment.Refused, "Hors sujet"), (told.GetProperty("state").GetString(), told.GetProperty("text").GetString(), told.GetProperty("refusal").GetString()));
            }

            var own = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/author/export", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
            var taken = own.Json().GetProperty("comments").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("text").GetString(), StringComparer.Ordinal);
            Assert.Equal(accepted.Where(one => one.AuthorKey == comment.AuthorKey && one.State != "Erased").Select(one => one.Id).Order(StringComparer.Ordinal), taken.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(comment.Text, taken[comment.Id]);
        }
        // A request whose answer was lost for good may have left a comment; a client that repeats leaves none.
        Assert.Empty(stored.Keys);
    }
}
