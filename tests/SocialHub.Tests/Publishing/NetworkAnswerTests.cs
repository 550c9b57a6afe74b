using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Publishing;

/// <summary>What each HTTP answer of a network means for one publication.</summary>
public sealed class NetworkAnswerTests
{
    private const string Session = """{"accessJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","refreshJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}""";
    private static readonly DateTimeOffset Now = new(2027, 3, 9, 10, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(401, "NeedsAttention")]
    [InlineData(403, "NeedsAttention")]
    [InlineData(404, "Refused")]
    [InlineData(408, "Unknown")]
    [InlineData(410, "Refused")]
    [InlineData(413, "Refused")]
    [InlineData(422, "Refused")]
    [InlineData(500, "Unknown")]
    [InlineData(502, "Unknown")]
    [InlineData(503, "Unknown")]
    [InlineData(200, "Unknown")]
    public async Task A_status_that_is_not_made_ends_by_its_code_and_is_posted_once(int status, string outcome)
    {
        using var server = new Server((_, _) => (status, """{"error":"x"}"""));
        var answer = await Mastodon(server).PostAsync(Toots("ville"), new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "key"), TimeSpan.FromSeconds(30), None);
        Assert.Equal((outcome, false), (answer.Outcome.ToString(), answer.IsLimited));
        Assert.Equal(["POST /api/v1/statuses"], server.Asked);
    }

    [Theory]
    [InlineData(413, """{"error":"PayloadTooLarge"}""", "Refused", false)]
    [InlineData(401, """{"error":"AuthMissing"}""", "NeedsAttention", false)]
    [InlineData(401, "", "NeedsAttention", false)]
    [InlineData(400, """{"error":"ExpiredToken"}""", "Later", true)]
    [InlineData(401, """{"error":"InvalidToken"}""", "Later", true)]
    [InlineData(400, """{"error":"AccountTakedown"}""", "NeedsAttention", false)]
    [InlineData(400, """{"error":"InvalidMimeType"}""", "Refused", false)]
    [InlineData(500, "", "Unknown", false)]
    public async Task A_picture_that_Bluesky_does_not_take_ends_by_its_code(int status, string body, string outcome, bool mayRepeatAtOnce)
    {
        using var server = new Server((_, path) => path.EndsWith("uploadBlob", StringComparison.Ordinal) ? (status, body) : (200, Session));
        var clock = new FakeTimeProvider(Now);
        var account = new PublishAccount("skies", new AccountConfiguration { Network = "bluesky", Server = "https://pds.example", Name = "ville.bsky.example" }, "secret");
        var item = new PublishItem("Texte", "3k2aaaaaaaaaa", Now, "fr") { Pictures = [new PublishPicture(new byte[] { 1 }, 1, 1, "Une place")] };
        var answer = await BlueskySessionTests.Connection(new HubHttp(server, clock), clock).PrepareAsync(account, item, None);
        Assert.Equal((outcome, mayRepeatAtOnce), (answer.Outcome.ToString(), answer.MayRepeatAtOnce));
        Assert.Single(server.Asked, asked => asked.EndsWith("uploadBlob", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ville", "ville", true)]
    [InlineData("Ville", "vilLE", true)]
    [InlineData("ville", "camille", false)]
    public async Task A_token_of_another_person_posts_nothing_and_both_are_named(string name, string username, bool isSame)
    {
        using var server = new Server((_, path) => path.EndsWith("verify_credentials", StringComparison.Ordinal) ? (200, $$"""{"id":"1","username":"{{username}}","acct":"{{username}}"}""") : (200, "[]"));
        var connection = Mastodon(server);
        // A second time, what the first one learned is of no use to another name.
        Assert.Equal(isSame, (await connection.RecentAsync(Toots(name), Now, None)).Posts is not null);
        var other = await connection.PrepareAsync(Toots("autre"), new PublishItem("Texte", "key", Now, "fr"), None);
        Assert.Equal(PublishOutcome.NeedsAttention, other.Outcome);
        var answer = await connection.PrepareAsync(Toots(name), new PublishItem("Texte", "key", Now, "fr"), None);
        Assert.Equal(isSame ? PublishOutcome.Done : PublishOutcome.NeedsAttention, answer.Outcome);
        if (isSame)
            return;
        Assert.Contains($"@{username}", answer.Error, StringComparison.Ordinal);
        Assert.Contains(name, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_token_of_another_person_cannot_see_is_not_told_as_deleted()
    {
        using var server = new Server((_, path) => path.EndsWith("verify_credentials", StringComparison.Ordinal) ? (200, """{"id":"1","username":"camille"}""") : (404, "{}"));
        var answer = await Mastodon(server).DeleteAsync(Toots("ville"), "110", None);
        Assert.Equal(PublishOutcome.NeedsAttention, answer.Outcome);
        Assert.DoesNotContain(server.Asked, asked => asked.StartsWith("DELETE", StringComparison.Ordinal));
    }

    private static MastodonPublishConnection Mastodon(Server server)
    {
        var clock = new FakeTimeProvider(Now);
        return new MastodonPublishConnection(new HubHttp(server, clock), clock);
    }

    private static PublishAccount Toots(string name) => new("toots", new AccountConfiguration { Network = "mastodon", Server = "https://mastodon.example", Name = name }, "secret");

    /// <summary>Answers by method and path.</summary>
    private sealed class Server(Func<string, string, (int Status, string Json)> answers) : HttpMessageHandler, IHttpClientFactory
    {
        public List<string> Asked { get; } = [];

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            var (status, json) = answers(request.Method.Method, request.RequestUri.AbsolutePath);
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json"), RequestMessage = request });
        }
    }
}
