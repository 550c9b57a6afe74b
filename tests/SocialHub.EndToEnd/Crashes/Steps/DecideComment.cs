using System.Net;
using System.Text.Json;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A moderator waits for the comment in the list, and for its card, and decides.</summary>
public sealed class DecideComment(string text, string decision, string subject = "comment") : CrashStep
{
    public override string Name => $"{decision} \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        JsonElement waiting = default;
        await run.UntilAsync($"\"{text}\" waits for a moderator", async () =>
        {
            waiting = await FindAsync(run, comment.Id, subject);
            return waiting.ValueKind == JsonValueKind.Object;
        });
        var (round, revision) = (waiting.GetProperty("round").GetInt32(), waiting.GetProperty("revision").GetInt32());
        await run.UntilAsync($"a card about \"{text}\" of this round arrives", () => CardTokens.AnyAsync(run, comment.Id, view =>
            view.GetProperty("subject").GetString() == subject && view.GetProperty("round").GetInt32() == round && view.GetProperty("revision").GetInt32() == revision));
        await new AwaitCard(text, subject).RunAsync(run);
        var answer = await run.Moderator.PostAsync(
            $"/api/v1/moderation/comments/{run.Site}/{comment.Id}/decision",
            new { decision, subject, revision, round, reason = decision == "reject" ? "off-topic" : null, by = new { id = "agent-1", name = "Dominique" } });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        comment.Decided.Enqueue(new ShownToDecide(subject, revision, round, waiting.GetProperty("text").GetString()!, decision));
        comment.Settle(subject, decision);
    }

    /// <summary>Reads the moderators' list page after page.</summary>
    private static async Task<JsonElement> FindAsync(CrashRun run, string id, string subject)
    {
        for (var after = ""; ;)
        {
            var list = await run.Moderator.GetAsync("/api/v1/moderation/comments" + (after.Length == 0 ? "" : "?after=" + Uri.EscapeDataString(after)));
            Assert.Equal(HttpStatusCode.OK, list.Status);
            var json = list.Json();
            if (json.GetProperty("items").EnumerateArray().FirstOrDefault(i => i.GetProperty("id").GetString() == id && i.GetProperty("subject").GetString() == subject) is { ValueKind: JsonValueKind.Object } found)
                return found;
            if (!json.TryGetProperty("next", out var next) || next.ValueKind != JsonValueKind.String)
                return default;
            after = next.GetString()!;
        }
    }
}
