using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A moderator takes the newest decision back: the comment waits again, and links of the round before are void.</summary>
public sealed class UndoDecision(string text) : CrashStep
{
    public override string Name => $"undo the decision about \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var history = await run.Moderator.GetAsync($"/api/v1/moderation/history/{run.Site}/{comment.Id}");
        var round = history.Json().GetProperty("entries").EnumerateArray().Last().GetProperty("round").GetInt32();
        var answer = await run.Moderator.PostAsync($"/api/v1/moderation/comments/{run.Site}/{comment.Id}/undo", new { round });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        comment.State = "Held";
    }
}
