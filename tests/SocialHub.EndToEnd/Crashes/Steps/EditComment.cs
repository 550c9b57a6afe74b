using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The author changes a text: at once before a decision, as a proposal after it.</summary>
public sealed class EditComment(string text, string newText, bool isProposal) : CrashStep
{
    public override string Name => $"edit \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var path = $"/api/v1/sites/{run.Site}/comments/{comment.Id}";
        var view = await run.Citizen.PostAsync(path + "/view", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
        var revision = view.Json().GetProperty("revision").GetInt32();
        var answer = await run.Citizen.SendAsync(HttpMethod.Put, path, new { text = newText, revision, authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Accepted, $"{answer.Status} {answer.Body}");
        comment.Texts[answer.Json().GetProperty("revision").GetInt32()] = newText;
        comment.Words.Enqueue(newText);
        comment.Refused = null;
        if (isProposal)
            comment.Proposal = newText;
        else
            comment.Text = newText;
        comment.State = isProposal ? "Published" : null;
    }
}
