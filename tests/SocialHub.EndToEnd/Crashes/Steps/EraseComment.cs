using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>An administrator erases a comment.</summary>
public sealed class EraseComment(string text) : CrashStep
{
    public override string Name => $"erase \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var answer = await run.Administrator.SendAsync(HttpMethod.Delete, $"/api/v1/moderation/comments/{run.Site}/{comment.Id}", null);
        Assert.True(answer.Status == HttpStatusCode.NoContent, $"{answer.Status} {answer.Body}");
        comment.State = "Erased";
    }
}
