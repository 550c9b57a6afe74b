using System.Net;
using System.Text.Json;
using SocialHub.EndToEnd.Crashes;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Journeys;

/// <summary>
/// What people do with a hub, from its pages' first byte to the last, over public routes alone: the same for the standalone hub and, with HUB_ADDRESS,
/// for the function app (<c>.github/workflows/azure.yml</c>).
/// </summary>
public sealed class JourneyTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_comment_goes_to_a_moderator_onto_the_page_and_away_again()
    {
        await using var hub = await JourneyHub.OpenAsync(azurite);
        var page = hub.Town.Open($"/journey/{Guid.NewGuid():N}", "La piscine");
        var authorKey = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var comments = $"/api/v1/sites/{JourneyHub.Site}/comments";
        var body = new { page, text = "Quand rouvre la piscine ?", name = "Camille", authorKey, idempotencyKey = Guid.NewGuid().ToString("N"), started = TimeProvider.System.GetUtcNow().AddMinutes(-1) };
        var sent = await hub.Visitor.PostAsync(comments, body, ("Origin", hub.Origin));
        Assert.True(sent.Status is HttpStatusCode.Created or HttpStatusCode.OK, $"{sent.Status} {sent.Body}");
        var id = sent.Json().GetProperty("id").GetString()!;

        JsonElement waiting = default;
        await JourneyHub.UntilAsync(hub.Team, "/api/v1/moderation/comments", "the comment waits", list =>
            (waiting = list.Json().GetProperty("items").EnumerateArray().FirstOrDefault(item => item.GetProperty("id").GetString() == id)).ValueKind == JsonValueKind.Object);
        Assert.Equal("[]", await PublicAsync(hub, comments, page));
        await JourneyHub.UntilAsync(hub.Team, "/api/v1/health", "health tells that something waits, that no channel lacks anything, and of each queue", answer =>
            answer.Json().GetProperty("moderation") is var moderation && moderation.GetProperty("oldestWaiting").ValueKind == JsonValueKind.String
            && moderation.GetProperty("channels").GetRawText() == "{}" && answer.Json().GetProperty("queues").GetProperty("comment-verdict").GetProperty("overdue").GetInt32() == 0);
        var decision = new { decision = "publish", revision = waiting.GetProperty("revision").GetInt32(), round = waiting.GetProperty("round").GetInt32(), by = new { id = "agent-1", name = "Dominique" } };
        var decided = await hub.Team.PostAsync($"/api/v1/moderation/comments/{JourneyHub.Site}/{id}/decision", decision);
        Assert.True(decided.Ok, decided.Body);

        var thread = $"{comments}?page={Uri.EscapeDataString(page)}";
        foreach (var form in new[] { thread, thread.Replace("comments?", "comments.html?", StringComparison.Ordinal), thread.Replace("comments?", "comments.rss?", StringComparison.Ordinal) })
            await JourneyHub.UntilAsync(hub.Visitor, form, "the comment is public", answer => answer.Body.Contains("Quand rouvre la piscine", StringComparison.Ordinal));
        await JourneyHub.UntilAsync(hub.Visitor, $"/api/v1/sites/{JourneyHub.Site}/comment-counts?page={Uri.EscapeDataString(page)}", "it is counted", answer => answer.Json().GetProperty("counts").EnumerateObject().Single().Value.GetInt32() == 1);

        var withdrawn = await hub.Visitor.PostAsync($"{comments}/{id}/withdraw", new { authorKey }, ("Origin", hub.Origin));
        Assert.True(withdrawn.Ok, withdrawn.Body);
        await JourneyHub.UntilAsync(hub.Visitor, thread, "it is gone", answer => answer.Json().GetProperty("count").GetInt32() == 0);
    }

    [Fact]
    public async Task An_article_is_gathered_into_the_feed_and_its_announcement_composed()
    {
        await using var hub = await JourneyHub.OpenAsync(azurite);
        var old = $"Le musée {Guid.NewGuid():N}";
        hub.News.Publish($"/journey/{Guid.NewGuid():N}", old, TimeProvider.System.GetUtcNow().AddHours(-2));
        foreach (var form in new[] { "", ".rss", ".html" })
            await JourneyHub.UntilAsync(hub.Visitor, $"/api/v1/feeds/{JourneyHub.Feed}{form}", "the feed shows the article", answer => answer.Body.Contains(old, StringComparison.Ordinal));
        var tag = (await hub.Visitor.GetAsync($"/api/v1/feeds/{JourneyHub.Feed}")).ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await hub.Visitor.GetAsync($"/api/v1/feeds/{JourneyHub.Feed}", ("If-None-Match", tag))).Status);

        // A look at the articles has been made once the newest one is either planned or, at the first look, only seen; then the next is announced.
        await JourneyHub.UntilAsync(hub.Team, "/api/v1/health", "the articles were looked at", answer => answer.Ok);
        HubAnswer planned;
        var number = 0;
        do
        {
            var fresh = $"La piscine {Guid.NewGuid():N}";
            hub.News.Publish($"/journey/{Guid.NewGuid():N}", fresh, TimeProvider.System.GetUtcNow());
            await hub.Team.PostAsync("/api/v1/operations/tick", new { });
            await Task.Delay(TimeSpan.FromSeconds(5));
            planned = await hub.Team.GetAsync("/api/v1/publications");
            Assert.True(++number < 60, planned.Body);
        }
        while (!planned.Body.Contains("La piscine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_and_files_are_there_and_nothing_of_the_team_is_told_to_a_stranger()
    {
        await using var hub = await JourneyHub.OpenAsync(azurite);
        foreach (var path in new[] { "/", "/moderation", "/moderation/decide", "/widgets/v1.js", "/widgets/v1.css", "/openapi.json", "/hub.schema.json" })
            Assert.Equal((path, HttpStatusCode.OK), (path, (await hub.Visitor.GetAsync(path)).Status));
        await JourneyHub.UntilAsync(hub.Visitor, "/api/v1/health", "the hub is up", answer => answer.Ok);
        foreach (var path in new[] { "/api/v1/moderation/comments", "/api/v1/publications", "/api/v1/settings/words" })
        {
            var answer = await hub.Visitor.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.Status));
            Assert.EndsWith("sign-in-required", answer.Json().GetProperty("type").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Visitor.GetAsync("/no-such-page")).Status);
    }

    private static async Task<string> PublicAsync(JourneyHub hub, string comments, string page) =>
        (await hub.Visitor.GetAsync($"{comments}?page={Uri.EscapeDataString(page)}")).Json().GetProperty("comments").GetRawText();
}
