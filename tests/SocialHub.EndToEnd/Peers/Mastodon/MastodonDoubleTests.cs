using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Peers.Mastodon;

public sealed class MastodonDoubleTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task An_independent_client_signs_in_posts_a_picture_once_pages_and_deletes()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        mastodon.Habits.MediaProcessing = TimeSpan.FromSeconds(2);
        var user = mastodon.Instance.AddUser("mairie");

        await using var client = ChildProcess.Start(
            NpmTools.Node22(),
            [NpmTools.Script("mastodon-client", "journey.mjs"), mastodon.Address.ToString(), mastodon.Authorise(user)],
            [new("PEER_MODULES", NpmTools.Folder("mastodon-client"))]);
        var line = await client.LineAsync(l => l.StartsWith("RESULT ", StringComparison.Ordinal), Patience.Limit);
        var seen = JsonDocument.Parse(line["RESULT ".Length..]).RootElement;

        Assert.Equal("mairie", seen.GetProperty("user").GetString());
        Assert.True(seen.GetProperty("lookup").GetBoolean());
        Assert.Equal(500, seen.GetProperty("maxCharacters").GetInt32());
        Assert.Equal(seen.GetProperty("first").GetString(), seen.GetProperty("again").GetString());
        Assert.Equal(422, seen.GetProperty("refused").GetInt32());
        Assert.Equal([2, 2, 2], seen.GetProperty("pages").EnumerateArray().Select(p => p.GetArrayLength()));
        Assert.Equal(6, seen.GetProperty("pages").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(id => id.GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("Un carré", seen.GetProperty("alt").GetString());
        Assert.Contains("href=\"https://mairie.example/actualites/un-article-assez-long\"", seen.GetProperty("content").GetString()!, StringComparison.Ordinal);
        Assert.Equal(404, seen.GetProperty("gone").GetInt32());
        Assert.Equal(401, seen.GetProperty("stranger").GetInt32());
        Assert.Equal(5, mastodon.Instance.Statuses.Count);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_an_hour_and_then_the_same_request_posts_twice()
    {
        await using var mastodon = await MastodonDouble.StartAsync(_time);
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        var first = await IdAsync(await PostAsync(client, "un", "k"));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first, await IdAsync(await PostAsync(client, "un", "k")));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, await IdAsync(await PostAsync(client, "un", "k")));
        Assert.Equal(2, mastodon.Instance.Statuses.Count);
    }

    [Fact]
    public async Task One_repeat_is_answered_500_although_the_status_is_there()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        await PostAsync(client, "un", "k");
        mastodon.Habits.FailNextRepeat = true;
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(client, "un", "k")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, "un", "k")).StatusCode);
        Assert.Single(mastodon.Instance.Statuses);
    }

    [Fact]
    public async Task A_status_is_listed_late_but_there_by_its_id()
    {
        await using var mastodon = await MastodonDouble.StartAsync(_time);
        mastodon.Habits.ListedAfter = TimeSpan.FromSeconds(30);
        var user = mastodon.Instance.AddUser("mairie");
        using var client = Client(mastodon, user);
        var id = await IdAsync(await PostAsync(client, "un", "k"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/statuses/" + id)).StatusCode);
        Assert.Equal("[]", await client.GetStringAsync($"/api/v1/accounts/{user.Id}/statuses"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains(id, await client.GetStringAsync($"/api/v1/accounts/{user.Id}/statuses"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_answer_leaves_the_status_and_cuts_the_connection()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        mastodon.Habits.DropAnswerEvery = 2;
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        await PostAsync(client, "un", "a");
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, "deux", "b"));
        Assert.Equal(["un", "deux"], mastodon.Instance.Statuses.Select(s => s.Text));
        Assert.Equal(["a", "b"], mastodon.Received.Select(r => r.IdempotencyKey));
    }

    [Fact]
    public async Task Two_requests_at_once_with_one_key_both_post()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        var (there, both) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        mastodon.Habits.Work = () =>
        {
            if (Interlocked.Increment(ref there) == 2)
                both.SetResult();
            return both.Task.WaitAsync(Patience.Limit);
        };
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        await Task.WhenAll(PostAsync(client, "un", "k"), PostAsync(client, "un", "k"));
        Assert.Equal(2, mastodon.Instance.Statuses.Count);
    }

    [Theory]
    [InlineData("https://mairie.example/une-adresse-bien-plus-longue-que-vingt-trois-caracteres", 23)]
    [InlineData("mairie.example/page", 19)]
    [InlineData("@agent@mairie.example", 6)]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("e\u0301", 1)]
    public async Task Length_is_counted_as_the_documentation_says(string text, int length)
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        mastodon.Habits.MaxCharacters = length;
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, text, "a")).StatusCode);
        mastodon.Habits.MaxCharacters = length - 1;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, text, "b")).StatusCode);
    }

    [Fact]
    public async Task Too_many_requests_are_429_until_the_time_that_the_header_names()
    {
        await using var mastodon = await MastodonDouble.StartAsync(_time);
        mastodon.Habits.RequestsPer5Minutes = 1;
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        await PostAsync(client, "un", "a");
        var refused = await PostAsync(client, "deux", "b");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("2026-11-24T12:05:00.000Z", Assert.Single(refused.Headers.GetValues("X-RateLimit-Reset")));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, "deux", "b")).StatusCode);
    }

    [Fact]
    public async Task A_broken_instance_answers_with_a_page_of_HTML()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        mastodon.Habits.Down = 502;
        using var client = Client(mastodon, mastodon.Instance.AddUser("mairie"));
        var answer = await PostAsync(client, "un", "a");
        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType!));
        Assert.Empty(mastodon.Instance.Statuses);
    }

    private static HttpClient Client(MastodonDouble mastodon, MastodonUser user)
    {
        var client = new HttpClient { BaseAddress = mastodon.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
        return client;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string text, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statuses") { Content = JsonContent.Create(new { status = text }) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
}
