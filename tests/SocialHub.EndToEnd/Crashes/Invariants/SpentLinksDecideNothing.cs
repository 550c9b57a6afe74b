using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>About what does not wait any more no link of any card decides anything, whoever tries it; nor does a link that somebody forged.</summary>
public sealed class SpentLinksDecideNothing : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var before = await StatesAsync(run);
        var waiting = (await StoredRows.OfAsync(run, "Comments", "q.", run.Site)).Select(row => row.RowKey.Split('.')).Select(key => (Id: key[2], Subject: key[3])).ToHashSet();
        foreach (var token in DecideByLink.Tokens(run))
        {
            // What still waits may be decided; only by a link that shows it.
            var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token });
            if (view.Ok)
            {
                Assert.Contains((view.Json().GetProperty("id").GetString()!, view.Json().GetProperty("subject").GetString()!), waiting);
                continue;
            }
            foreach (var decision in new[] { "publish", "reject" })
            {
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
