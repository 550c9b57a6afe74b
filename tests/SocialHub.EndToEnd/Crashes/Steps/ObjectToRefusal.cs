using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The author of a refused comment objects.</summary>
public sealed class ObjectToRefusal(string text) : CrashStep
{
    public override string Name => $"object to the refusal of \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var reason = $"Je ne vois pas en quoi, dit {Guid.NewGuid():N}.";
        comment.Words.Enqueue(reason);
        comment.Notices.Enqueue(reason);
        var answer = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/objections", new { reason, authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Created || (answer.Repeated && answer.Status == HttpStatusCode.OK), $"{answer.Status} {answer.Body}");
        comment.State = "Held";
    }
}
