using System.Net;
using System.Text.Json;

namespace SocialHub.Tests.Comments;

/// <summary>An author key travels in a header or in a body; where it is all that is needed, either will do.</summary>
public sealed class AuthorKeyHeaderTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_POST_with_only_the_header_sees_exports_withdraws_and_erases()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour", Key);
        Assert.Equal((HttpStatusCode.OK, id), await PostAsync(hub, $"{CitizenHub.Comments}/{id}/view", body => body.GetProperty("id").GetString()));
        Assert.Equal((HttpStatusCode.OK, id), await PostAsync(hub, $"api/v1/sites/{Town.Site}/author/export", body => body.GetProperty("comments")[0].GetProperty("id").GetString()));
        Assert.Equal((HttpStatusCode.NoContent, null), await PostAsync(hub, $"{CitizenHub.Comments}/{id}/withdraw", _ => null));
        Assert.Equal((HttpStatusCode.Accepted, null), await PostAsync(hub, $"api/v1/sites/{Town.Site}/author/erase", _ => null));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_body_without_a_key_leaves_it_to_the_header_and_neither_is_a_401_or_a_415()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour", Key);
        using var both = await hub.JsonAsync(HttpMethod.Post, $"api/v1/sites/{Town.Site}/author/export", "{}", ("Author-Key", Key));
        using var none = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", "{}");
        using var nothing = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null);
        using var edit = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", null, ("Author-Key", Key));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (both.StatusCode, none.StatusCode));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType), (nothing.StatusCode, edit.StatusCode));
    }

    [Fact]
    public async Task A_GET_with_the_header_shows_the_author_state_and_verdict_and_no_cache_keeps_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        using var sent = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, $$"""{"page":"{{Town.Page}}","text":"Bonjour","name":"Camille","authorKey":"{{Key}}"}""");
        var id = JsonDocument.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetString();
        var path = $"{CitizenHub.Comments}/{id}";
        using var own = await hub.SendAsync(HttpMethod.Get, path, null, ("Author-Key", Key));
        var view = JsonDocument.Parse(await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Contains(view.GetProperty("state").GetString(), (string[])["received", "held"]);
        Assert.Contains("Votre commentaire est bien reçu", view.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("no-store", own.Headers.GetValues("Cache-Control").Single());
        using var other = await hub.SendAsync(HttpMethod.Get, path, null, ("Author-Key", "BBBBBBBBBBBBBBBBBBBBBA"));
        using var anybody = await hub.SendAsync(HttpMethod.Get, path, null);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), (other.StatusCode, anybody.StatusCode));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_anybody_reads_of_a_public_comment_is_kept_apart_from_what_its_author_reads()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var path = $"{CitizenHub.Comments}/{await hub.PublishedAsync("Bonjour", Key)}";
        using var anybody = await hub.SendAsync(HttpMethod.Get, path, null);
        Assert.Contains("Author-Key", anybody.Headers.Vary);
        Assert.True(anybody.Headers.CacheControl!.Public);
        using var own = await hub.SendAsync(HttpMethod.Get, path, null, ("Author-Key", Key));
        Assert.Equal("published", JsonDocument.Parse(await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("state").GetString());
    }

    private static async Task<(HttpStatusCode Status, string? Said)> PostAsync(CitizenHub hub, string path, Func<JsonElement, string?> say)
    {
        using var answer = await hub.SendAsync(HttpMethod.Post, path, null, ("Author-Key", Key));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, body.Length == 0 ? null : say(JsonDocument.Parse(body).RootElement));
    }
}
