using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Publishing;

public sealed class RecentPostsTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 9, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30, 20, true)]
    [InlineData(30, null, false)]
    [InlineData(199, 190, true)]
    [InlineData(250, 150, true)]
    [InlineData(250, 230, null)]
    [InlineData(250, null, null)]
    public async Task Only_a_look_at_every_post_since_the_first_attempt_says_that_it_is_not_there(int posts, int? ours, bool? isFound)
    {
        var clock = new FakeTimeProvider(Now);
        using var server = new Instance(posts, ours);
        var connection = new MastodonPublishConnection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("toots", new AccountConfiguration { Network = "mastodon", Server = "https://mastodon.example", Name = "ville" }, "secret");
        var mark = new PublishMark(new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "key"), "Texte", "utm_id=ours", Now.AddHours(-1));
        var look = await connection.LookAsync(account, mark, TestContext.Current.CancellationToken);
        Assert.Equal(isFound, look.IsFound);
        Assert.Equal(isFound is null, look.Error is not null);
    }

    [Fact]
    public async Task Megabytes_of_brackets_in_posts_are_looked_through_all_the_same()
    {
        var clock = new FakeTimeProvider(Now);
        using var server = new Instance(1, 0) { Filling = new string('<', 100_000) };
        var connection = new MastodonPublishConnection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("toots", new AccountConfiguration { Network = "mastodon", Server = "https://mastodon.example", Name = "ville" }, "secret");
        var look = await connection.LookAsync(account, new PublishMark(new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "key"), "Texte", "utm_id=ours", Now.AddHours(-1)), TestContext.Current.CancellationToken);
        Assert.True(look.IsFound);
    }

    [Theory]
    [InlineData(206, (int)PublishOutcome.Later)]
    [InlineData(200, (int)PublishOutcome.Refused)]
    [InlineData(404, (int)PublishOutcome.Refused)]
    public async Task A_status_that_is_refused_for_a_picture_that_is_not_processed_is_sent_later(int picture, int outcome)
    {
        var clock = new FakeTimeProvider(Now);
        using var server = new Refusing(picture);
        var connection = new MastodonPublishConnection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("toots", new AccountConfiguration { Network = "mastodon", Server = "https://mastodon.example", Name = "ville" }, "secret");
        var answer = await connection.PostAsync(account, new FrozenRequest("/api/v1/statuses", "{\"status\":\"x\",\"media_ids\":[\"7\"]}"u8.ToArray(), "key"), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((PublishOutcome)outcome, answer.Outcome);
    }

    /// <summary>Takes no status, and tells of pictures what it is told.</summary>
    private sealed class Refusing(int picture) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(request.RequestUri!.AbsolutePath == "/api/v1/media/7" ? (HttpStatusCode)picture : HttpStatusCode.UnprocessableEntity)
            {
                Content = new StringContent("""{"error":"Les fichiers ne sont pas prêts."}""", Encoding.UTF8, "application/json"),
                RequestMessage = request,
            });
    }

    /// <summary>So many posts within the last minutes, and older ones behind them.</summary>
    private sealed class Instance(int posts, int? ours) : HttpMessageHandler, IHttpClientFactory
    {
        public string Filling { get; init; } = "";

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var first = query["max_id"] is { } before ? 10_000 - int.Parse(before, CultureInfo.InvariantCulture) + 1 : 0;
            var json = request.RequestUri.AbsolutePath.EndsWith("verify_credentials", StringComparison.Ordinal)
                ? """{"id":"1"}"""
                : $"[{string.Join(',', Enumerable.Range(first, 40).Where(i => i < posts + 40).Select(Status))}]";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json"), RequestMessage = request });
        }

        private string Status(int i)
        {
            var at = i < posts ? Now.AddSeconds(-i) : Now.AddDays(-1);
            return $$"""{"id":"{{10_000 - i}}","url":"https://mastodon.example/{{i}}","content":"<a href=\"https://www.saint-exemple.fr/?utm_id={{(i == ours ? "ours" : "other")}}\">x</a>{{Filling}}","created_at":"{{at.UtcDateTime:O}}"}""";
        }
    }
}
