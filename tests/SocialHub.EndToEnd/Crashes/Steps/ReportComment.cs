using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A reader reports a public comment.</summary>
public sealed class ReportComment(string text) : CrashStep
{
    public override string Name => $"report \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var reason = $"Propos déplacés, selon {Guid.NewGuid():N}.";
        var email = $"lecteur-{Guid.NewGuid():N}@example.org";
        foreach (var word in new[] { reason, email })
        {
            comment.Words.Enqueue(word);
            comment.Notices.Enqueue(word);
        }
        comment.Reported.Enqueue(reason);
        run.Notes<CommentNotes>().ReaderEmails.Enqueue(email);
        var answer = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/reports", new { reason, email }, ("Origin", SubmitComment.Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Created || (answer.Repeated && answer.Status == HttpStatusCode.OK), $"{answer.Status} {answer.Body}");
    }
}
