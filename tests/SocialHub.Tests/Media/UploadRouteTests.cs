using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using SkiaSharp;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;
using SocialHub.Tests.Feeds;

namespace SocialHub.Tests.Media;

public sealed class UploadRouteTests(UploadRouteTests.SharedHub shared) : IClassFixture<UploadRouteTests.SharedHub>
{
    private static readonly byte[] Picture = MediaTests.Picture(SKEncodedImageFormat.Png, 40, 30);

    [Fact]
    public async Task An_editor_uploads_a_picture_that_the_hub_then_serves_under_its_hash()
    {
        using var answer = await UploadAsync(Picture, "La place, à l’aube", type: "text/plain");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await RunningHub.JsonAsync(answer);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Picture));
        Assert.Equal((hash, "La place, à l’aube", "image/png", 40), (made.GetProperty("hash").GetString(), made.GetProperty("alt").GetString(), made.GetProperty("contentType").GetString(), made.GetProperty("width").GetInt32()));
        Assert.InRange(made.GetProperty("keptUntil").GetDateTimeOffset(), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        using var served = await shared.Hub.Client.GetAsync("/media/" + hash);
        Assert.Equal("image/png", served.Content.Headers.ContentType?.ToString());
        Assert.Equal(Picture, await served.Content.ReadAsByteArrayAsync());
        using var again = await UploadAsync(Picture, "Autrement dit");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    [Theory]
    [InlineData(401, null)]
    [InlineData(403, "contributor")]
    [InlineData(403, "moderator")]
    [InlineData(201, "administrator")]
    public async Task Only_an_editor_uploads(int status, string? role)
    {
        using var answer = await UploadAsync(Picture, "A", role: role);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("")]
    public async Task What_is_no_picture_is_415_whatever_it_calls_itself(string text)
    {
        using var answer = await UploadAsync(System.Text.Encoding.UTF8.GetBytes(text), "A", type: "image/png");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("urn:socialhub:problem:picture-unknown", (await RunningHub.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_picture_beyond_8_MB_is_413_in_the_form_and_as_a_body()
    {
        foreach (var size in new[] { 8_000_001, 9_000_000 })
        {
            var bytes = new byte[size];
            Picture.CopyTo(bytes, 0);
            using var answer = await UploadAsync(bytes, "A");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task A_picture_without_words_is_422(string? alt)
    {
        using var answer = await UploadAsync(Picture, alt);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data", "x", 415)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nA\r\n--b--\r\n", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"picture\"\r\n\r\nA", 400)]
    [InlineData("multipart/form-data; boundary=b", "no form at all", 400)]
    public async Task A_body_that_is_no_such_form_says_what_to_send(string type, string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/media") { Content = new StringContent(body), Headers = { { "x-hub-key", RunningHub.KeyOf("editor") } } };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await shared.Hub.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpResponseMessage> UploadAsync(byte[] bytes, string? alt, string type = "image/png", string? role = "editor")
    {
        using var file = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var form = new MultipartFormDataContent { { file, "picture", "photo.svg" } };
        if (alt is not null)
            form.Add(new StringContent(alt), "alt");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/media") { Content = form };
        if (role is not null)
            request.Headers.Add("x-hub-key", RunningHub.KeyOf(role));
        return await shared.Hub.Client.SendAsync(request);
    }

    /// <summary>One hub for all: an upload that is refused leaves nothing behind.</summary>
    public sealed class SharedHub(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal RunningHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Hub = await RunningHub.StartAsync(azurite, HubJson.Whole);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
