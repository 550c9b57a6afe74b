using System.Net;
using System.Text.Json;
using SocialHub.Comments;
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

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_authority_answers_a_page_itself_while_no_comment_on_it_is_public_and_once_under_one_key()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", isTwo: true);
        var page = CommentId.Parse(await hub.JudgedAsync("Quand ouvre la piscine ?")).Page;
        Task<HttpResponseMessage> AnswerAsync(string thread, string role = "moderator", string key = "once", string text = "La piscine ouvre lundi.") =>
            hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/threads/{Town.Site}/{thread}/answer", $$"""{"text":"{{text}}"}""", ("x-hub-key", RunningHub.KeyOf(role)), ("Idempotency-Key", key));
        foreach (var (thread, role, key, text, status) in new[]
        {
            (page, "contributor", "once", "Lundi.", HttpStatusCode.Forbidden), ("aaaaaaaaaaaa", "moderator", "once", "Lundi.", HttpStatusCode.NotFound), ("A%23b", "moderator", "once", "Lundi.", HttpStatusCode.NotFound),
            (page, "moderator", "", "Lundi.", HttpStatusCode.PreconditionRequired), (page, "moderator", "once", " ", HttpStatusCode.UnprocessableEntity),
        })
        {
            using var refused = await AnswerAsync(thread, role, key, text);
            Assert.Equal(status, refused.StatusCode);
        }

        using var first = await AnswerAsync(page);
        using var again = await AnswerAsync(page);
        using var other = await AnswerAsync(page, text: "Mardi.");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.StatusCode, again.StatusCode, other.StatusCode));
        var shown = JsonDocument.Parse(await hub.Client.GetStringAsync($"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}")).RootElement;
        var answer = Assert.Single(shown.GetProperty("comments").EnumerateArray());
        Assert.Equal((1, "Ville de Saint-Exemple", true, 0, false), (shown.GetProperty("count").GetInt32(), answer.GetProperty("name").GetString(), answer.GetProperty("official").GetBoolean(), answer.GetProperty("depth").GetInt32(), answer.TryGetProperty("parent", out _)));
        Assert.Contains("La piscine ouvre lundi.", answer.GetProperty("html").GetString(), StringComparison.Ordinal);
        // Readers answer it as any comment.
        var reply = await hub.JudgedAsync("Merci !", parent: answer.GetProperty("id").GetString());
        Assert.Equal(answer.GetProperty("id").GetString(), (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(reply), TestContext.Current.CancellationToken))!.Parent);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_the_rules_see_in_an_official_answer_is_told_and_it_is_public_all_the_same()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Qui appeler ?");
        using var sent = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/answer", """{"text":"Appelez Camille au 06 12 34 56 78."}""", ("x-hub-key", RunningHub.KeyOf("moderator")), ("Idempotency-Key", "once"));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var answer = await RunningHub.JsonAsync(sent);
        Assert.Equal(("published", "Un numéro de téléphone serait visible de tous."), (answer.GetProperty("state").GetString(), Assert.Single(answer.GetProperty("remarks").EnumerateArray()).GetString()));
        using var listed = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments?state=published", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
        var item = (await RunningHub.JsonAsync(listed)).GetProperty("items").EnumerateArray().First(entry => entry.GetProperty("id").GetString() == answer.GetProperty("id").GetString());
        Assert.Equal(("Appelez Camille au 06 12 34 56 78.", "phone"), (item.GetProperty("text").GetString(), item.GetProperty("findings")[0].GetProperty("rule").GetString()));
    }
}
