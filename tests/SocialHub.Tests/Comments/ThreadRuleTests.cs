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

    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> PutAsync(CitizenHub hub, string members, string? ifMatch = null)
    {
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];
        using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}",{{members}}}""", [.. headers, ("x-hub-key", RunningHub.KeyOf("moderator"))]);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer.Headers.ETag?.Tag);
    }
}
