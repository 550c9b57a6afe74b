using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Mastodon;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Words of servers that are longer than a row holds.</summary>
public sealed class LongWordsTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData((int)PublishOutcome.Refused, "Failed")]
    [InlineData((int)PublishOutcome.NeedsAttention, "Planned")]
    [InlineData((int)PublishOutcome.Later, "Planned")]
    public async Task However_long_the_reason_is_that_a_network_gives_the_outcome_is_written_down(int outcome, string state)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.PrepareFails = new PublishAnswer((PublishOutcome)outcome) { Error = new string('x', 100_000) };
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        var row = await hub.OnlyAsync("skies");
        Assert.Equal((state, true), (row.State.ToString(), row.Why!.StartsWith("xxx", StringComparison.Ordinal)));
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_address_that_is_longer_than_any_browser_takes_is_left_out_and_the_post_counts_as_published()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.UrlTail = new string('x', 100_000);
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        var row = await hub.OnlyAsync("skies");
        Assert.Equal((PublicationState.Published, null), (row.State, row.Url));
        await hub.CheckAsync();
    }

    [Fact]
    public async Task The_code_of_an_error_is_told_in_a_sentence_that_a_person_can_read()
    {
        var clock = new FakeTimeProvider();
        var code = new string('c', 50_000);
        using var server = new Answering(HttpStatusCode.BadRequest, $$"""{"error":"{{code}}"}""");
        var connection = BlueskySessionTests.Connection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("a", new AccountConfiguration { Network = "bluesky", Server = "https://server.example", Name = "ville" }, "secret");
        var answer = await connection.PostAsync(account, new FrozenRequest("/x", "{}"u8.ToArray(), "3k2aaaaaaaaaa"), TimeSpan.FromSeconds(30), None);
        Assert.Equal(PublishOutcome.NeedsAttention, answer.Outcome);
        Assert.InRange(answer.Error!.Length, 200, 400);
    }

    [Fact]
    public async Task A_status_whose_id_no_instance_would_make_is_none()
    {
        var clock = new FakeTimeProvider();
        using var server = new Answering(HttpStatusCode.OK, $$"""{"id":"{{new string('9', 50_000)}}","url":"https://server.example/1"}""");
        var account = new PublishAccount("a", new AccountConfiguration { Network = "mastodon", Server = "https://server.example", Name = "ville" }, "secret");
        var answer = await new MastodonPublishConnection(new HubHttp(server, clock), clock).PostAsync(account, new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "key"), TimeSpan.FromSeconds(30), None);
        Assert.Equal(PublishOutcome.Unknown, answer.Outcome);
    }

    /// <summary>Says one thing to everything.</summary>
    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json"), RequestMessage = request });
    }
}
