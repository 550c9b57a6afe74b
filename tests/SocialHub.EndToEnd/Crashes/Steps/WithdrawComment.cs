using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The author takes a comment back.</summary>
public sealed class WithdrawComment(string text) : CrashStep
{
    public override string Name => $"withdraw \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var answer = await run.Citizen.SendAsync(HttpMethod.Delete, $"/api/v1/sites/{run.Site}/comments/{comment.Id}", null, ("Author-Key", comment.AuthorKey), ("Origin", SubmitComment.Origin(run)));
        // A repeat may find that the first try did it.
        Assert.True(answer.Status == HttpStatusCode.NoContent || (answer.Repeated && answer.Status is HttpStatusCode.Conflict or HttpStatusCode.Gone), $"{answer.Status} {answer.Body}");
        comment.State = "Withdrawn";
    }
}
