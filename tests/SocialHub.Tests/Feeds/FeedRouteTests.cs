using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkiaSharp;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Functions;
using SocialHub.Operations;
using SocialHub.Standalone;
using static SocialHub.Tests.Feeds.SourceRefreshTests;

namespace SocialHub.Tests.Feeds;

/// <summary>The feed routes of a whole hub: timer, queue, functions and storage as they are, only the source is scripted.</summary>
public sealed class FeedRouteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly byte[] Picture = MediaTests.Picture(SKEncodedImageFormat.Png, 8, 6);
    private readonly Script _script = new();
    private WebApplication _hub = null!;
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _script.Pictures["https://cdn.example/a.png"] = Picture;
        _script.Gives("site", At(1) with { Pictures = [new("https://cdn.example/a.png", "La place")] }, At(2));
        var settings = new RunSettings
        {
            Port = 0,
            Storage = await azurite.NewAccountAsync(),
            Values = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["SocialHub:SigningKey"] = new string('s', 40),
                ["SocialHub:HubKeys"] = $"desk:editor:{Hash("the editor's key")};other:moderator:{Hash("the moderator's key")}",
                ["SocialHub:Times:Memory"] = "00:00:00",
                ["TickSchedule"] = "0 0 0 1 1 *",
            },
        };
        _hub = StandaloneHost.Build(settings, builder =>
        {
            builder.Services.RemoveAll<IReadConnection>();
            builder.Services.RemoveAll<FetchPicture>();
            builder.Services.AddSingleton<FetchPicture>(_script.PictureAsync);
            builder.Services.AddSingleton<IReadConnection>(new Connection(_script));
        });
        await _hub.StartAsync(Stop);
        _client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(_hub.Urls.First()) };
        const string Json = """
            { "authority": { "name": "Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr" },
              "sources": { "site": { "address": "https://www.saint-exemple.fr/feed" } },
              "feeds": { "accueil": { "title": "La ville", "sources": ["site"] } } }
            """;
        Assert.True((await _hub.Services.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(Json), null, Stop)).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _hub.StopAsync(CancellationToken.None);
        await _hub.DisposeAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_tick_gathers_a_feed_that_is_then_served_in_three_forms_and_kept_by_caches()
    {
        using (var never = await _client.GetAsync("/api/v1/feeds/accueil", Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, never.StatusCode);
            Assert.NotNull(never.Headers.RetryAfter);
        }
        await GatherAsync();
        foreach (var (ending, type) in new[] { ("", "application/feed+json"), (".rss", "application/rss+xml"), (".html", "text/html") })
        {
            using var answer = await _client.GetAsync("/api/v1/feeds/accueil" + ending, Stop);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("public, stale-while-revalidate=600, stale-if-error=86400, max-age=60".Split(", ").Order(), answer.Headers.CacheControl!.ToString().Split(", ").Order());
            using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/feeds/accueil" + ending) { Headers = { { "If-None-Match", answer.Headers.ETag!.ToString() }, { "Accept-Encoding", "br" } } };
            using var same = await _client.SendAsync(again, Stop);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
            using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/feeds/accueil" + ending), Stop);
            Assert.Equal(answer.Headers.ETag, head.Headers.ETag);
            using var small = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/feeds/accueil" + ending) { Headers = { { "Accept-Encoding", "gzip, br" } } }, Stop);
            Assert.Equal(["br"], small.Content.Headers.ContentEncoding);
        }
        Assert.Contains("default-src 'none'", (await _client.GetAsync("/api/v1/feeds/accueil.html", Stop)).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/v1/feeds/autre", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync("/api/v1/feeds/accueil?after=x", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/api/v1/feeds/accueil?network=&q=&after=", Stop)).StatusCode);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_picture_is_served_for_good_and_as_nothing_but_a_picture()
    {
        await _hub.Services.GetRequiredService<SourceRefresh>().RefreshAsync("site", Stop);
        var address = "/media/" + Convert.ToHexStringLower(SHA256.HashData(Picture));
        using var answer = await _client.GetAsync(address, Stop);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(Picture, await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var same = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } }, Stop);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/media/" + new string('0', 64), Stop)).StatusCode);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Only_an_editor_hides_and_it_shows_at_once()
    {
        await _hub.Services.GetRequiredService<SourceRefresh>().RefreshAsync("site", Stop);
        var path = $"/api/v1/feeds/accueil/posts/{PostKey.Of("site", At(1))}";
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(path, """{"hidden":true}""", null));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(path, """{"hidden":true}""", "the moderator's key"));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(path, """{"hide":true}""", "the editor's key"));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(path, "{}", "the editor's key"));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync("/api/v1/feeds/accueil/posts/site.x", """{"hidden":true}""", "the editor's key"));
        Assert.Contains(At(1).Url, await _client.GetStringAsync("/api/v1/feeds/accueil", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(path, """{"hidden":true}""", "the editor's key"));
        var feed = await _client.GetStringAsync("/api/v1/feeds/accueil", Stop);
        Assert.DoesNotContain(At(1).Url, feed, StringComparison.Ordinal);
        Assert.Contains(At(2).Url, feed, StringComparison.Ordinal);
    }

    private async Task GatherAsync()
    {
        await _hub.Services.GetRequiredService<Ticks>().RunAsync(Stop);
        using var limit = Patience.Begin();
        while ((await _client.GetAsync("/api/v1/feeds/accueil", limit.Token)).StatusCode != HttpStatusCode.OK)
            await Task.Delay(50, limit.Token);
    }

    private async Task<HttpStatusCode> PutAsync(string path, string json, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (key is not null)
            request.Headers.Add("x-hub-key", key);
        using var answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed class Connection(Script script) : IReadConnection
    {
        public string Network => "web";

        public Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => script.AnswerAsync(request);
    }
}
