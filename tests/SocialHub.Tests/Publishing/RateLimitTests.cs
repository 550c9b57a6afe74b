using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class RateLimitTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("Retry-After: 90", 90)]
    [InlineData("Retry-After: Tue, 09 Mar 2027 10:05:00 GMT", 300)]
    [InlineData("Retry-After: Tue, 09 Mar 2027 09:00:00 GMT", 0)]
    [InlineData("ratelimit-reset: 1804586520", 120)]
    [InlineData("X-RateLimit-Reset: 2027-03-09T10:04:00.123456Z", 240)]
    [InlineData("RateLimit-Reset: 99999999999999999999", null)]
    [InlineData("X-RateLimit-Reset: soon", null)]
    [InlineData("X-Nothing: 1", null)]
    public async Task A_429_says_how_long_to_wait_in_each_networks_way(string header, int? seconds)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 3, 9, 10, 0, 0, TimeSpan.Zero));
        foreach (var network in new[] { "bluesky", "mastodon" })
        {
            using var server = new Limiting(header, clock.GetUtcNow());
            var http = new HubHttp(server, clock);
            IPublishConnection connection = network == "bluesky" ? BlueskySessionTests.Connection(http, clock) : new MastodonPublishConnection(http, clock);
            var account = new PublishAccount("a", new AccountConfiguration { Network = network, Server = "https://server.example", Name = "ville" }, "secret");
            var answer = await connection.PostAsync(account, new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "3k2aaaaaaaaaa"), TimeSpan.FromSeconds(30), None);
            Assert.Equal((PublishOutcome.Later, true, seconds), (answer.Outcome, answer.IsLimited, (int?)answer.RetryAfter?.TotalSeconds));
            Assert.Equal(1, server.Posts);
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Sending_waits_as_long_as_it_was_told_and_so_does_everything_else_of_the_account()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.RetryAfter = TimeSpan.FromMinutes(40);
        hub.Skies.Fates.Enqueue(Fate.TooMany);
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        await hub.WriteAsync("Deux", "skies", "toots");
        await hub.WorkAsync();
        Assert.Equal((1, 1), (hub.Skies.Sent.Count, hub.Toots.Sent.Count));
        for (var minute = 0; minute < 39; minute++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.WorkAsync();
        }

        Assert.Single(hub.Skies.Sent);
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal(p.Account == "skies" ? PublicationState.Planned : PublicationState.Published, p.State));
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.WorkAsync();
        Assert.Equal(["Deux", "Un"], hub.Skies.Posts.Select(post => post.Text).Order(StringComparer.Ordinal));
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_wait_of_a_year_is_not_believed_and_never_goes_beyond_publishBy()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.RetryAfter = TimeSpan.FromDays(365);
        hub.Skies.Fates.Enqueue(Fate.TooMany);
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);

        hub.Skies.Fates.Enqueue(Fate.TooMany);
        var planned = await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Deux") { PublishBy = hub.Now.AddHours(2) }, "another-key", PublishingHub.Editor, None);
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        await hub.WorkAsync();
        Assert.Equal("expired", (await hub.Publications.GetAsync(planned.Value.List.Items[0].Id, None)).Value.State);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_429_before_anything_is_frozen_is_obeyed_too()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.PrepareFails = new PublishAnswer(PublishOutcome.Later) { Error = "429", RetryAfter = TimeSpan.FromMinutes(30), IsLimited = true };
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        hub.Skies.PrepareFails = null;
        hub.Clock.Advance(TimeSpan.FromMinutes(29));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Prepared);
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
    }

    /// <summary>Lets anybody sign in, and says 429 to everything else.</summary>
    private sealed class Limiting(string header, DateTimeOffset now) : HttpMessageHandler, IHttpClientFactory
    {
        public int Posts { get; private set; }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("createSession", StringComparison.Ordinal))
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"accessJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","refreshJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}""", Encoding.UTF8, "application/json") });
            Posts++;
            var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("""{"error":"RateLimitExceeded"}""") };
            answer.Headers.Date = now;
            answer.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
            return Task.FromResult(answer);
        }
    }
}
