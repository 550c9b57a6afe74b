using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever decides by a link is handed what takes that decision back, wherever it changed what stands on the page or lets it stay there.</summary>
public sealed class LinkUndoTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("reject", "rejected")]
    [InlineData("publish", "published")]
    public async Task A_reported_comment_that_was_removed_or_kept_by_a_link_waits_again_by_the_same_link_with_the_readers_words(string choice, string state)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        using var reported = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", """{"reason":"Propos déplacés"}""");
        Assert.Equal(HttpStatusCode.Created, reported.StatusCode);
        var link = await LinkAsync(hub, id, DecisionSubject.Report);
        Assert.Equal("nothing-to-undo", await RefusedAsync(hub, link, "undo"));
        var decided = await TakenAsync(hub, link, choice);
        Assert.Equal(state, decided.GetProperty("state").GetString());
        Assert.Equal("held", (await TakenAsync(hub, decided.GetProperty("undo").GetString()!, "undo")).GetProperty("state").GetString());
        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Comment, TestContext.Current.CancellationToken);
        var (reports, _) = await hub.Get<ModerationCards>().NoticesAsync(waiting!.Comment, TestContext.Current.CancellationToken);
        Assert.Equal("Propos déplacés", Assert.Single(reports).Reason);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("publish", true)]
    [InlineData("reject", false)]
    public async Task A_change_that_was_made_public_by_a_link_is_taken_off_the_page_by_the_same_link_and_one_that_was_refused_needs_none(string choice, bool undoable)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await hub.JudgedAsync("Bonjour", Key);
        var first = await LinkAsync(hub, id, DecisionSubject.Comment);
        await TakenAsync(hub, first, "publish");
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Bande de voleurs","revision":0}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        var link = await LinkAsync(hub, id, DecisionSubject.Proposal);
        var decided = await TakenAsync(hub, link, choice);
        Assert.Equal(undoable, decided.TryGetProperty("undo", out _));
        // The link of another decision takes back neither its own, which is not the newest any more, nor this one.
        Assert.Equal("decided-otherwise", await RefusedAsync(hub, first, "undo"));
        if (!undoable)
        {
            Assert.Equal("nothing-to-undo", await RefusedAsync(hub, link, "undo"));
            return;
        }

        Assert.Equal("held", (await TakenAsync(hub, decided.GetProperty("undo").GetString()!, "undo")).GetProperty("state").GetString());
        using var shown = await hub.SendAsync(HttpMethod.Get, $"{CitizenHub.Comments}/{id}", null);
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
    }

    private static async Task<string> LinkAsync(CitizenHub hub, string id, DecisionSubject subject)
    {
        Waiting? waiting = null;
        await Patience.UntilAsync("it waits for a person", async () =>
            (waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), subject, TestContext.Current.CancellationToken)) is not null);
        return hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!));
    }

    private static async Task<JsonElement> TakenAsync(CitizenHub hub, string token, string decision)
    {
        using var answer = await SendAsync(hub, token, decision);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningHub.JsonAsync(answer);
    }

    private static async Task<string> RefusedAsync(CitizenHub hub, string token, string decision)
    {
        using var answer = await SendAsync(hub, token, decision);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await RunningHub.JsonAsync(answer)).GetProperty("type").GetString()!.Split(':')[^1];
    }

    private static Task<HttpResponseMessage> SendAsync(CitizenHub hub, string token, string decision) =>
        hub.JsonAsync(HttpMethod.Post, "moderation/decide", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token, ["decision"] = decision, ["reason"] = "insult", ["by"] = "Claire" }));
}
