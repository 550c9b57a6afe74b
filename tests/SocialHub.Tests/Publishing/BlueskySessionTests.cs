using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;

namespace SocialHub.Tests.Publishing;

public sealed class BlueskySessionTests
{
    private const string Did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("https://pds.example", "https://own.example", "", "https://own.example/")]
    [InlineData("https://pds.example", "http://own.example", "", "https://pds.example/")]
    [InlineData("https://pds.example", "http://own.example:2583", "http://own.example:2583", "http://own.example:2583/")]
    [InlineData("http://pds.example", "http://own.example", "", "http://own.example/")]
    [InlineData("https://pds.example", "ftp://own.example", "ftp://own.example", "https://pds.example/")]
    public async Task A_token_goes_in_clear_only_where_the_configuration_says_so(string server, string endpoint, string allowed, string expected)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 3, 9, 10, 0, 0, TimeSpan.Zero));
        using var pds = new SignsIn(endpoint);
        var sessions = Sessions(new HubHttp(pds, clock), clock, allowed);
        var account = new PublishAccount("skies", new AccountConfiguration { Network = "bluesky", Server = server, Name = "ville.bsky.example" }, "secret");
        var (session, refusal) = await sessions.GetAsync(account, TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        Assert.Equal(expected, session!.Server.AbsoluteUri);
    }

    [Theory]
    [InlineData("ville.bsky.example", true, Did)]
    [InlineData("ville.bsky.example", false, "ville.bsky.example")]
    [InlineData(Did, false, Did)]
    public async Task A_dry_run_shows_the_repository_that_the_record_would_be_put_into(string name, bool isKnown, string repository)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 3, 9, 10, 0, 0, TimeSpan.Zero));
        using var network = new Directory(isKnown);
        var shown = await Connection(new HubHttp(network, clock), clock).PreviewAsync(
            new AccountConfiguration { Network = "bluesky", Server = "https://pds.example", Name = name },
            new PublishItem("Texte", "3k2aaaaaaaaaa", clock.GetUtcNow(), "fr"),
            TestContext.Current.CancellationToken);
        using var body = JsonDocument.Parse(shown.Body);
        Assert.Equal(repository, body.RootElement.GetProperty("repo").GetString());
    }

    internal static BlueskyPublishConnection Connection(HubHttp http, TimeProvider clock) =>
        new(http, Sessions(http, clock), new BlueskyIdentity(http, Options.Create(new HubOptions())));

    internal static BlueskySessions Sessions(HubHttp http, TimeProvider clock, string allowed = "") =>
        new(http, new GuardedConnect(Options.Create(new HubOptions { AllowedPrivateOrigins = allowed }), (_, _) => Task.FromResult<IPAddress[]>([]), clock), clock);

    /// <summary>Resolves the handle, and knows the identity behind it.</summary>
    private sealed class Directory(bool isKnown) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var json = request.RequestUri!.AbsolutePath.EndsWith("resolveHandle", StringComparison.Ordinal)
                ? $$"""{"did":"{{Did}}"}"""
                : $$"""{"id":"{{Did}}","alsoKnownAs":["at://ville.bsky.example"],"service":[{"id":"#atproto_pds","serviceEndpoint":"https://pds.example"}]}""";
            return Task.FromResult(new HttpResponseMessage(isKnown ? HttpStatusCode.OK : HttpStatusCode.NotFound) { Content = new StringContent(json, Encoding.UTF8, "application/json"), RequestMessage = request });
        }
    }

    private sealed class SignsIn(string endpoint) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($$"""{"accessJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","refreshJwt":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x","did":"{{Did}}","didDoc":{"service":[{"id":"#atproto_pds","serviceEndpoint":"{{endpoint}}"}]} }""", Encoding.UTF8, "application/json"),
            });
    }
}
