using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>About what does not wait any more no link of any card decides anything, whoever tries it; nor does a link that somebody forged.</summary>
public sealed class SpentLinksDecideNothing : Invariant
{
    // The part behind # is never sent, so that all links of all cards are this one request.
    private const int Scans = 1000;

    public override async Task CheckAsync(CrashRun run)
    {
        var before = await StatesAsync(run);
        for (var scan = 0; scan < Scans; scan++)
            Assert.Equal(HttpStatusCode.OK, (await run.Citizen.SendAsync(scan % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, "/moderation/decide", null)).Status);
        Assert.Equal(before, await StatesAsync(run));
        var rows = await StoredRows.CommentsAsync(run);
        var waiting = (await StoredRows.OfAsync(run, "Comments", "q.", run.Site)).Select(row => row.RowKey.Split('.')).Select(key => (Id: key[2], Subject: key[3])).ToHashSet();
        foreach (var link in CardTokens.Delivered(run).Select(card => card.Token).DistinctBy(link => link.Text, StringComparer.Ordinal))
        {
            var token = link.Text;
            // What still waits may be decided; only by a link that shows it.
            var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token });
            if (view.Ok && link.Subject == "thread")
            {
                var thread = (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).Single(row => row.RowKey[2..] == link.Id);
                Assert.Equal((link.Round, null), (thread.GetInt32("Turn"), thread.GetString("TurnChoice")));
                continue;
            }

            if (view.Ok)
            {
                var (id, subject) = (view.Json().GetProperty("id").GetString()!, view.Json().GetProperty("subject").GetString()!);
                Assert.Contains((id, subject), waiting);
                var row = rows.Single(comment => comment.RowKey == "c." + id);
                Assert.Equal(row.GetInt32("Round") ?? 0, view.Json().GetProperty("round").GetInt32());
                Assert.Equal(row.GetInt32(subject == "proposal" ? "ProposalRevision" : "Revision") ?? 0, view.Json().GetProperty("revision").GetInt32());
                continue;
            }

            foreach (var decision in link.Subject == "thread" ? ["hold", "close", "leave"] : new[] { "publish", "reject", "undo" })
            {
                // The newest decision may be taken back by the link that it was made with: there it is still good for that.
                var newest = rows.SingleOrDefault(comment => comment.RowKey == "c." + link.Id)?.GetString("Decision") ?? "";
                if (decision == "undo" && (newest.StartsWith($"{link.Subject} {link.Revision} {link.Round} ", StringComparison.Ordinal) || newest == $"undo {link.Round}"))
                    continue;
                var answer = await run.Citizen.PostAsync("/moderation/decide", new { token, decision, reason = "off-topic", by = "Un passant" });
                Assert.True(answer.Status is HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.NotFound, $"{answer.Status} {answer.Body}");
            }

            var forged = await run.Citizen.PostAsync("/moderation/decide", new { token = token[..^1] + (token[^1] == 'A' ? 'Q' : 'A'), decision = "publish", by = "Un passant" });
            Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        }

        Assert.Equal(before, await StatesAsync(run));
    }

    private static async Task<IEnumerable<(string, string?, int?)>> StatesAsync(CrashRun run) =>
        [.. (await StoredRows.CommentsAsync(run)).Select(comment => (comment.RowKey, comment.GetString("State"), comment.GetInt32("Seq")))];
}
