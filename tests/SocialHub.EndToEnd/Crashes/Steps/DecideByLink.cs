using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>
/// A moderator opens the newest card about a text and decides behind its link; before that a scanner has opened every link of it, and after it
/// the links of all older cards decide nothing.
/// </summary>
public sealed class DecideByLink(string text, string decision, string state) : CrashStep
{
    // The part behind # is never sent, so all links of a card are this one request to a scanner.
    private const int Scans = 100;

    public override string Name => $"{decision} \"{text}\" by link";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        string token = "";
        await run.UntilAsync($"a card about \"{text}\" leads to what waits", async () =>
            (token = await CardTokens.FindAsync(run, comment.Text, view => view.GetProperty("id").GetString() == comment.Id) ?? "").Length > 0);
        for (var scan = 0; scan < Scans; scan++)
        {
            Assert.Equal(HttpStatusCode.OK, (await run.Citizen.GetAsync("/moderation/decide")).Status);
            Assert.Equal(HttpStatusCode.OK, (await run.Citizen.SendAsync(HttpMethod.Head, "/moderation/decide", null)).Status);
        }

        var answer = await run.Citizen.PostAsync("/moderation/decide", new { token, decision, reason = decision == "reject" ? "off-topic" : null, by = "Dominique" });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        comment.State = state;
        var other = await run.Citizen.PostAsync("/moderation/decide", new { token, decision = decision == "reject" ? "publish" : "reject", reason = "off-topic", by = "Claude" });
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
    }
}
