using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The author of a text wants everything erased; the hub promises it and keeps the promise by itself.</summary>
public sealed class EraseAuthor(string text) : CrashStep
{
    public override string Name => $"erase the author of \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var answer = await run.Citizen.SendAsync(HttpMethod.Delete, $"/api/v1/sites/{run.Site}/author", null, ("Author-Key", comment.AuthorKey), ("Origin", SubmitComment.Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Accepted, $"{answer.Status} {answer.Body}");
        foreach (var own in run.Notes<CommentNotes>().Accepted.Where(one => one.AuthorKey == comment.AuthorKey))
            own.State = "Erased";
    }
}
