using System.Net;
using System.Text.Json;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

public sealed class ThreadRuleTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task A_page_is_closed_before_anybody_wrote_there_and_opened_again()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(hub, "\"closed\":false")).Status);
        var closed = await PutAsync(hub, "\"closed\":true");
        Assert.Equal((HttpStatusCode.OK, true, 0), (closed.Status, closed.Body.GetProperty("closed").GetBoolean(), closed.Body.GetProperty("count").GetInt32()));
        using var refused = await hub.FormAsync(CitizenHub.Comments, Town.Origin, ("page", Town.Page), ("text", "Bonjour"), ("name", "Camille"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("\"open\":false", await hub.Client.GetStringAsync($"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"closed\":false")).Status);
        await hub.PublishedAsync("Bonjour");
    }

    [Fact]
    public async Task Who_changes_what_somebody_changed_since_is_told_so_but_a_new_comment_changes_nothing_of_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(hub, "\"closed\":true", "\"0\"")).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(hub, "\"closed\":true", "*")).Status);
        var first = await PutAsync(hub, "\"policy\":\"a-posteriori\"");
        Assert.Equal($"\"{first.Body.GetProperty("revision").GetInt32()}\"", first.Tag);
        await hub.PublishedAsync("Bonjour");
        var second = await PutAsync(hub, "\"closed\":true", first.Tag);
        Assert.Equal((HttpStatusCode.OK, true), (second.Status, second.Body.GetProperty("closed").GetBoolean()));
        var late = await PutAsync(hub, "\"closed\":false", first.Tag);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "urn:socialhub:problem:thread-changed"), (late.Status, late.Body.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"closed\":false", $"{first.Tag}, {second.Tag}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"closed\":true", "*")).Status);
    }

    [Fact]
    public async Task What_holds_for_a_page_is_told_with_where_it_comes_from_and_what_readers_are_told()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var before = await ViewAsync(hub);
        Assert.Equal((HttpStatusCode.OK, null, "a-posteriori", false), (before.Status, before.Tag, before.Body.GetProperty("policy").GetString(), before.Body.GetProperty("own").GetProperty("policy").GetBoolean()));
        Assert.False(before.Body.TryGetProperty("thread", out _));
        Assert.StartsWith("Les nouveaux commentaires de cette page sont mis en attente jusqu’au ", before.Body.GetProperty("holdNotice").GetString(), StringComparison.Ordinal);

        var first = await PutAsync(hub, "\"policy\":\"a-priori\",\"rejectAtOnce\":[]");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"held\":true", first.Tag)).Status);
        var held = await ViewAsync(hub, "#commentaires");
        Assert.Equal((Town.Site, "a-priori", "a-posteriori", true, true, false), (held.Body.GetProperty("site").GetString(), held.Body.GetProperty("policy").GetString(), held.Body.GetProperty("siteRule").GetProperty("policy").GetString(), held.Body.GetProperty("own").GetProperty("policy").GetBoolean(), held.Body.GetProperty("own").GetProperty("rejectAtOnce").GetBoolean(), held.Body.GetProperty("own").GetProperty("closes").GetBoolean()));
        Assert.Equal(held.Body.GetProperty("holdNotice").GetString(), held.Body.GetProperty("notice").GetString());
        Assert.Equal([("held", "moderator"), ("policy", "moderator")], held.Body.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("what").GetString(), change.GetProperty("who").GetString())));

        // Back to what its site says, by the ETag that was shown.
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"policy\":\"site\",\"rejectAtOnce\":[\"site\"],\"held\":false", held.Tag)).Status);
        var back = await ViewAsync(hub);
        Assert.Equal(("a-posteriori", false, "advertising"), (back.Body.GetProperty("policy").GetString(), back.Body.GetProperty("own").GetProperty("policy").GetBoolean(), Assert.Single(back.Body.GetProperty("rejectAtOnce").EnumerateArray()).GetString()));
        Assert.False(back.Body.TryGetProperty("notice", out _));
    }

    [Fact]
    public async Task What_cannot_be_settled_is_said_in_a_sentence_for_people()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        Assert.Equal((HttpStatusCode.NotFound, true), await SaidAsync("\"policy\":\"site\"", "il n’y a rien à rouvrir"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await SaidAsync("\"closes\":\"2020-01-01T00:00:00Z\"", "La fermeture doit venir plus tard que maintenant"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await SaidAsync("\"held\":true,\"until\":\"2020-01-01T00:00:00Z\"", "La fin de la mise en attente"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await SaidAsync("\"policy\":\"b\"", "Choisissez une des règles"));
        Assert.Equal((HttpStatusCode.PreconditionFailed, true), await SaidAsync("\"closed\":true", "Quelqu’un a réglé cette page entre-temps", "\"7\""));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, "\"closed\":true")).Status);
        Assert.Equal((HttpStatusCode.Conflict, true), await SaidAsync("\"held\":true", "rouvrez-la d’abord"));
        using var foreign = await hub.SendAsync(HttpMethod.Get, "api/v1/threads?page=https%3A%2F%2Fautre.example%2F", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Contains("copiez-la entière depuis la barre d’adresse", (await RunningHub.JsonAsync(foreign)).GetProperty("message").GetString(), StringComparison.Ordinal);

        async Task<(HttpStatusCode, bool)> SaidAsync(string members, string words, string? ifMatch = null)
        {
            var refused = await PutAsync(hub, members, ifMatch);
            return (refused.Status, refused.Body.GetProperty("message").GetString()!.Contains(words, StringComparison.Ordinal));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> ViewAsync(CitizenHub hub, string end = "")
    {
        using var answer = await hub.SendAsync(HttpMethod.Get, $"api/v1/threads?page={Uri.EscapeDataString(Town.Page + end)}", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer.Headers.ETag?.Tag);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> PutAsync(CitizenHub hub, string members, string? ifMatch = null)
    {
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];
        using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}",{{members}}}""", [.. headers, ("x-hub-key", RunningHub.KeyOf("moderator"))]);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer.Headers.ETag?.Tag);
    }
}
