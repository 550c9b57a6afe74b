using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Publishing;

/// <summary>Which of an account's own posts tell everybody of a page, and which only somebody.</summary>
public sealed class AsideTests
{
    private const string Did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly DateTimeOffset Now = new(2027, 3, 9, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", false)]
    [InlineData(""","visibility":"public","in_reply_to_id":null,"in_reply_to_account_id":null""", false)]
    [InlineData(""","visibility":"unlisted" """, false)]
    [InlineData(""","visibility":"private" """, true)]
    [InlineData(""","visibility":"direct" """, true)]
    [InlineData(""","visibility":"public","in_reply_to_id":"7","in_reply_to_account_id":"1" """, false)]
    [InlineData(""","visibility":"public","in_reply_to_id":"7","in_reply_to_account_id":"2" """, true)]
    [InlineData(""","visibility":"public","in_reply_to_id":"7","in_reply_to_account_id":null""", true)]
    public async Task On_Mastodon_replies_to_others_and_what_is_not_for_everybody_are_asides_and_are_still_looked_through(string more, bool isAside)
    {
        var clock = new FakeTimeProvider(Now);
        using var server = new Server(path => path.EndsWith("verify_credentials", StringComparison.Ordinal)
            ? """{"id":"1"}"""
            : $$"""[{"id":"9","url":"https://mastodon.example/9","content":"<a href=\"https://www.saint-exemple.fr/?utm_id=ours\">x</a>","created_at":"{{Now.UtcDateTime:O}}"{{more}}},{"id":"8","created_at":"2026-01-01T00:00:00Z"}]""");
        var connection = new MastodonPublishConnection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("toots", new AccountConfiguration { Network = "mastodon", Server = "https://mastodon.example", Name = "ville" }, "secret");
        var recent = await connection.RecentAsync(account, Now.AddHours(-1), TestContext.Current.CancellationToken);
        Assert.Equal(isAside, Assert.Single(recent.Posts!).IsAside);
        var mark = new PublishMark(new FrozenRequest("/api/v1/statuses", "{}"u8.ToArray(), "key"), "Texte", "utm_id=ours", Now.AddHours(-1));
        Assert.True((await connection.LookAsync(account, mark, TestContext.Current.CancellationToken)).IsFound);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(Did, Did, false)]
    [InlineData(Did, "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb", true)]
    [InlineData("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb", Did, true)]
    public async Task On_Bluesky_replies_in_threads_of_others_are_asides(string? root, string? parent, bool isAside)
    {
        var clock = new FakeTimeProvider(Now);
        var reply = root is null ? "" : $$$""","reply":{"root":{"uri":"at://{{{root}}}/app.bsky.feed.post/3k2aaaaaaaaaa","cid":"x"},"parent":{"uri":"at://{{{parent}}}/app.bsky.feed.post/3k2aaaaaaaaab","cid":"x"}}""";
        using var server = new Server(path => path.EndsWith("listRecords", StringComparison.Ordinal)
            ? $$$"""{"records":[{"uri":"at://{{{Did}}}/app.bsky.feed.post/3k2aaaaaaaaac","cid":"x","value":{"text":"x","createdAt":"{{{Now.UtcDateTime:O}}}"{{{reply}}}}}]}"""
            : $$"""{"accessJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","refreshJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","did":"{{Did}}"}""");
        var connection = BlueskySessionTests.Connection(new HubHttp(server, clock), clock);
        var account = new PublishAccount("skies", new AccountConfiguration { Network = "bluesky", Server = "https://pds.example", Name = "ville.bsky.example" }, "secret");
        var recent = await connection.RecentAsync(account, Now.AddHours(-1), TestContext.Current.CancellationToken);
        Assert.Equal(isAside, Assert.Single(recent.Posts!).IsAside);
    }

    /// <summary>Answers each path with the JSON that a test gives.</summary>
    private sealed class Server(Func<string, string> answers) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answers(request.RequestUri!.AbsolutePath), Encoding.UTF8, "application/json"), RequestMessage = request });
    }
}
