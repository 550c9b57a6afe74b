using System.Net;
using System.Text.Json;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

public sealed class OfficialAnswerTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task An_official_answer_sent_twice_under_one_key_is_made_once_and_then_told_again()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, isTwo: true);
        var id = await hub.PublishedAsync("Quand ouvre la piscine ?");
        Task<HttpResponseMessage> AnswerAsync(string text) => hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/answer", $$"""{"text":"{{text}}"}""", ("x-hub-key", RunningHub.KeyOf("moderator")), ("Idempotency-Key", "once"));
        using var first = await AnswerAsync("Lundi.");
        using var again = await AnswerAsync("Lundi.");
        using var other = await AnswerAsync("Mardi.");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var thread = JsonDocument.Parse(await hub.Client.GetStringAsync($"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}")).RootElement;
        Assert.Equal(2, thread.GetProperty("count").GetInt32());
    }
}
