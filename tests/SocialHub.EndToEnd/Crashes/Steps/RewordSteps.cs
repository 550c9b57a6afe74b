using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A comment is held for its words alone: its author is asked for others.</summary>
public sealed class AwaitReword(string text) : CrashStep
{
    public override string Name => $"the author of \"{text}\" is asked for other words";

    public override Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        return run.UntilAsync($"the author of \"{text}\" is asked for other words", async () =>
            (await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/view", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)))).Json().TryGetProperty("mayReword", out _));
    }
}

/// <summary>The author wants no other words.</summary>
public sealed class KeepWording(string text) : CrashStep
{
    public override string Name => $"keep \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        var answer = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}/keep", new { authorKey = comment.AuthorKey }, ("Origin", SubmitComment.Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.OK && !answer.Json().TryGetProperty("mayReword", out _), $"{answer.Status} {answer.Body}");
    }
}
