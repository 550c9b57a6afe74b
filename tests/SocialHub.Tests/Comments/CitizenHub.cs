using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Comments;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>A running hub as a citizen's browser meets it, with or without script, on the site of <see cref="Town"/>.</summary>
internal sealed class CitizenHub : IAsyncDisposable
{
    private static int _people;
    private readonly RunningHub _hub;
    private readonly RunningHub? _other;
    private int _asked;

    private CitizenHub(RunningHub hub, RunningHub? other) => (_hub, _other) = (hub, other);

    public const string Comments = "api/v1/sites/" + Town.Site + "/comments";

    /// <summary>Asks the hub, or the one of two whose turn it is.</summary>
    public HttpClient Client => (_other is not null && Interlocked.Increment(ref _asked) % 2 == 0 ? _other : _hub).Client;

    public T Get<T>()
        where T : notnull => _hub.Services.GetRequiredService<T>();

    /// <param name="azurite">Where its account is.</param>
    /// <param name="language">Of the authority.</param>
    /// <param name="policy">Of its one site.</param>
    /// <param name="configure">Changes the composition before it is built.</param>
    /// <param name="isTwo">Two hubs answer in turn, for tests of limits, caches and replays: what one of them remembers alone does not hold.</param>
    /// <param name="channels">The team's webhook, TEAMS, and everything else that the hub asks for; null: it has none.</param>
    /// <param name="otherSite">Id of a second site on the same origin; empty: there is none.</param>
    public static async Task<CitizenHub> OpenAsync(AzuriteFixture azurite, string language = "fr", string policy = "a-posteriori", Action<WebApplicationBuilder>? configure = null, bool isTwo = false, Channels? channels = null, string otherSite = "")
    {
        var hub = await RunningHub.StartAsync(
            azurite,
            Configuration(Town.Site, language, policy, channels is null ? "" : "\"TEAMS\"", otherSite),
            builder =>
            {
                configure?.Invoke(builder);
                if (channels is not null)
                    builder.Services.AddSingleton<IHttpClientFactory>(channels);
            },
            isWorking: true,
            ("TEAMS", channels is null ? "" : "https://teams.example/hook"));
        return new CitizenHub(hub, isTwo ? await hub.TwinAsync() : null);
    }

    /// <summary>Another hub on the same account, in whose hub.json the site has another id; it ends first.</summary>
    public async Task<CitizenHub> RenamedAsync() => new(await _hub.UnderAsync(Configuration("saint-exemple", "fr", "a-posteriori")), null);

    private static string Configuration(string site, string language, string policy, string webhooks = "", string otherSite = "") => $$"""
        {
          "authority": { "name": "Ville de Saint-Exemple", "language": "{{language}}", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
          "sites": { "{{site}}": { "name": "Ville", "origins": ["{{Town.Origin}}"], "openPaths": ["/*"], "policy": "{{policy}}" }{{(otherSite.Length == 0 ? "" : $$""", "{{otherSite}}": { "name": "Autre", "origins": ["{{Town.Origin}}"], "openPaths": ["/*"], "policy": "{{policy}}" }""")}} },
          "moderation": { "webhooks": [{{webhooks}}] }
        }
        """;

    /// <summary>What a page without script sends.</summary>
    public Task<HttpResponseMessage> FormAsync(string path, string? origin, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), origin is null ? [] : [("Origin", origin)]);

    public Task<HttpResponseMessage> JsonAsync(HttpMethod method, string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>A comment that the rules made public (of a hub with policy a posteriori), under an author key; its id.</summary>
    public async Task<string> PublishedAsync(string text, string authorKey = "AAAAAAAAAAAAAAAAAAAAAA", string? email = null)
    {
        using var sent = await JsonAsync(HttpMethod.Post, Comments, JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = text, ["name"] = "Camille", ["authorKey"] = authorKey, ["email"] = email }));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var id = JsonDocument.Parse(await sent.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        await Patience.UntilAsync("the rules have published it", async () =>
        {
            using var shown = await Client.GetAsync($"{Comments}/{id}", TestContext.Current.CancellationToken);
            return shown.IsSuccessStatusCode;
        });
        return id;
    }

    /// <summary>An author key as a widget makes it.</summary>
    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>A comment from an address that nobody else uses, once the rules have judged it; its id.</summary>
    public async Task<string> JudgedAsync(string text, string? authorKey = null, string page = Town.Page, string? parent = null)
    {
        using var sent = await WriteAsync(JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal) { ["page"] = page, ["text"] = text, ["name"] = "Camille", ["authorKey"] = authorKey ?? NewKey(), ["parent"] = parent }));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var id = (await RunningHub.JsonAsync(sent)).GetProperty("id").GetString()!;
        await Patience.UntilAsync("the rules have judged it", async () =>
            await Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken) is { State: not CommentState.Received });
        return id;
    }

    /// <summary>A comment's JSON from an address that nobody else uses.</summary>
    public Task<HttpResponseMessage> WriteAsync(string body, params (string Name, string Value)[] headers)
    {
        var person = Interlocked.Increment(ref _people);
        return JsonAsync(HttpMethod.Post, Comments, body, [.. headers, ("X-Forwarded-For", $"10.9.{person >> 8 & 255}.{person & 255}")]);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var client = Client;
        using var request = new HttpRequestMessage(method, new Uri(client.BaseAddress!, path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        DocumentedAnswers.Check(request, answer);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_other is not null)
            await _other.DisposeAsync();
        await _hub.DisposeAsync();
    }
}
