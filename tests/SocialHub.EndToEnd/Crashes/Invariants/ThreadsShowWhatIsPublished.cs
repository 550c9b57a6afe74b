using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>A thread's count, and what its page shows, are its published comments: no other text is public, and the one shown is the one that was judged.</summary>
public sealed class ThreadsShowWhatIsPublished : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var comments = await StoredRows.CommentsAsync(run);
        foreach (var thread in await StoredRows.OfAsync(run, "Comments", "t.", run.Site))
        {
            var published = comments.Where(c => c.RowKey.StartsWith($"c.{thread.RowKey[2..]}-", StringComparison.Ordinal) && c.GetString("State") == "Published").ToList();
            Assert.Equal(published.Count, thread.GetInt32("Count") ?? 0);
            Assert.All(published, c => Assert.Equal(c.GetInt32("Revision") ?? 0, c.GetInt32("JudgedRevision") ?? 0));
            var shown = await run.Citizen.GetAsync(Path(run, thread));
            Assert.Equal(HttpStatusCode.OK, shown.Status);
            Assert.Equal(published.Count, shown.Json().GetProperty("count").GetInt32());
            Assert.Equal(published.Select(c => c.RowKey[2..]), shown.Json().GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
            foreach (var hub in run.Hubs.Skip(1))
            {
                using var visitor = new HubClient([hub.Address]);
                using var first = new HubClient([run.Hubs[0].Address]);
                Assert.Equal((await first.GetAsync(Path(run, thread))).Body, (await visitor.GetAsync(Path(run, thread))).Body);
            }
            Assert.All(run.Notes<CommentNotes>().Accepted.Where(c => !published.Exists(p => p.RowKey[2..] == c.Id)), hidden => Assert.DoesNotContain(hidden.Text, shown.Body, StringComparison.Ordinal));
            Assert.Equal(published.Select(c => c.GetString("Html")), shown.Json().GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("html").GetString()));
            foreach (var form in new[] { "html", "rss" })
            {
                var other = await run.Citizen.GetAsync(Path(run, thread).Replace("/comments?", $"/comments.{form}?", StringComparison.Ordinal));
                Assert.Equal(HttpStatusCode.OK, other.Status);
                Assert.All(published.TakeLast(50), c => Assert.Contains(c.RowKey[2..], other.Body, StringComparison.Ordinal));
                Assert.All(comments.Where(c => c.GetString("State") != "Published"), c => Assert.DoesNotContain(c.RowKey[2..], other.Body, StringComparison.Ordinal));
                Assert.All(run.Notes<CommentNotes>().Accepted.Select(c => c.Proposal).OfType<string>(), change => Assert.DoesNotContain(change, other.Body + shown.Body, StringComparison.Ordinal));
            }
        }
    }

    private static string Path(CrashRun run, Azure.Data.Tables.TableEntity thread) => $"/api/v1/sites/{run.Site}/comments?page={Uri.EscapeDataString(thread.GetString("Page"))}";
}
