using System.Text;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>A running hub as a citizen's browser meets it, with or without script, on the site of <see cref="Town"/>.</summary>
internal sealed class CitizenHub : IAsyncDisposable
{
    private readonly RunningHub _hub;

    private CitizenHub(RunningHub hub) => _hub = hub;

    public const string Comments = "api/v1/sites/" + Town.Site + "/comments";

    public HttpClient Client => _hub.Client;

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

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Client.BaseAddress!, path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
