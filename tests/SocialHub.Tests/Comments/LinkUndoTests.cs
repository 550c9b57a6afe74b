using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever decides by a link is handed what takes that decision back, wherever the hub would take it back.</summary>
public sealed class LinkUndoTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("reject", "rejected", true)]
    [InlineData("publish", "published", false)]
    public async Task A_reported_comment_that_was_removed_by_a_link_waits_again_by_the_same_link_and_one_that_was_kept_needs_none(string choice, string state, bool undoable)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        using var reported = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", """{"reason":"Propos déplacés"}""");
        Assert.Equal(HttpStatusCode.Created, reported.StatusCode);
        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Report, TestContext.Current.CancellationToken);
        var link = hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!));
        var decided = await SendAsync(link, choice);
        Assert.Equal(state, decided.GetProperty("state").GetString());
        Assert.Equal(undoable, decided.TryGetProperty("undo", out var undo));
        if (undoable)
            Assert.Equal("held", (await SendAsync(undo.GetString()!, "undo")).GetProperty("state").GetString());

        async Task<JsonElement> SendAsync(string token, string decision)
        {
            using var answer = await hub.JsonAsync(HttpMethod.Post, "moderation/decide", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token, ["decision"] = decision, ["reason"] = "insult", ["by"] = "Claire" }));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await RunningHub.JsonAsync(answer);
        }
    }
}
