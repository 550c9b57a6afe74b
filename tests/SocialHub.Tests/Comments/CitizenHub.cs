using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>A running hub as a citizen's browser meets it, with or without script, on the site of <see cref="Town"/>.</summary>
internal sealed class CitizenHub : IAsyncDisposable
{
    private readonly RunningHub _hub;

    private CitizenHub(RunningHub hub) => _hub = hub;

    public const string Comments = "api/v1/sites/" + Town.Site + "/comments";

    public HttpClient Client => _hub.Client;

    public T Get<T>()
        where T : notnull => _hub.Services.GetRequiredService<T>();

    public static async Task<CitizenHub> OpenAsync(AzuriteFixture azurite, string language = "fr", string policy = "a-posteriori") => new(await RunningHub.StartAsync(azurite, $$"""
        {
          "authority": { "name": "Ville de Saint-Exemple", "language": "{{language}}", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
          "sites": { "{{Town.Site}}": { "name": "Ville", "origins": ["{{Town.Origin}}"], "openPaths": ["/*"], "policy": "{{policy}}" } }
        }
        """));

    /// <summary>What a page without script sends.</summary>
    public Task<HttpResponseMessage> FormAsync(string path, string? origin, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), origin is null ? [] : [("Origin", origin)]);

    public Task<HttpResponseMessage> JsonAsync(HttpMethod method, string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>A comment that the rules made public (of a hub with policy a posteriori), under an author key; its id.</summary>
    public async Task<string> PublishedAsync(string text, string authorKey = "AAAAAAAAAAAAAAAAAAAAAA")
    {
        using var sent = await JsonAsync(HttpMethod.Post, Comments, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = text, ["name"] = "Camille", ["authorKey"] = authorKey }));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var id = JsonDocument.Parse(await sent.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        for (var tries = 0; ; tries++)
        {
            using var shown = await Client.GetAsync($"{Comments}/{id}", TestContext.Current.CancellationToken);
            if (shown.IsSuccessStatusCode)
                return id;
            Assert.True(tries < 600, "The rules never published it.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Client.BaseAddress!, path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
