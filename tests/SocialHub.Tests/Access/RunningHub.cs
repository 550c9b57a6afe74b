using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Standalone;
using SocialHub.Standalone.Hosting;

namespace SocialHub.Tests.Access;

/// <summary>The whole standalone hub in this process, on an account of its own, with one key of each role.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RunSettings _settings;
    private readonly Action<WebApplicationBuilder>? _configure;

    private RunningHub(WebApplication application, RunSettings settings, Action<WebApplicationBuilder>? configure) => (_application, _settings, _configure) = (application, settings, configure);

    public required HttpClient Client { get; init; }

    public IServiceProvider Services => _application.Services;

    /// <summary>Every method of every route, as <c>GET api/v1/health</c>.</summary>
    public IReadOnlyList<string> Routes =>
        [.. _application.Services.GetRequiredService<FunctionCatalog>().Http.SelectMany(f => f.Methods.Select(method => $"{method} {f.Route}")).Order(StringComparer.Ordinal)];

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public static string KeyOf(string role) => $"a-key-of-the-{role}-for-tests-only";

    /// <param name="azurite">Where its account is.</param>
    /// <param name="hubJson">Its configuration; null: none, in a blob that does not exist.</param>
    /// <param name="configure">Changes the composition before it is built.</param>
    /// <param name="isWorking">Its queues and timers run.</param>
    /// <param name="values">More settings.</param>
    public static async Task<RunningHub> StartAsync(AzuriteFixture azurite, string? hubJson, Action<WebApplicationBuilder>? configure = null, bool isWorking = false, params (string Name, string Value)[] values)
    {
        string? file = null;
        if (hubJson is not null)
            await File.WriteAllTextAsync(file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), hubJson);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SocialHub:SigningKey"] = "a key that is only good for tests, and long",
            // As behind Azure's one proxy: a test says by X-Forwarded-For who asks.
            ["SocialHub:TrustedHops"] = "1",
            // Five queues are looked into all the time by each hub that does: only those do whose test waits for what comes of it.
            ["Standalone:Background"] = isWorking ? "true" : "false",
            // host.json's minute is for accounts that are billed by the look: a message that comes after a quiet while would wait for most of it.
            ["Standalone:MaxPollingInterval"] = "00:00:00.5",
            // Where there is more to do than processors, a rule that never ends and one that has its turn late look alike; EngineTests hold the bound.
            ["SocialHub:Times:RulesWithin"] = "00:01:00",
            ["SocialHub:HubKeys"] = string.Join(';', new[] { "contributor", "moderator", "editor", "administrator" }.Select(role => Accesses.Stored(role, role, KeyOf(role)))),
        };
        foreach (var (name, value) in values)
            settings[name] = value;
        return await StartAsync(new RunSettings { Port = 0, Storage = await azurite.NewAccountAsync(), HubFile = file, Values = settings }, configure);
    }

    /// <summary>Another hub of the same account and configuration, which shares nothing else with this one and leaves queues and timers to it; it ends first.</summary>
    public Task<RunningHub> TwinAsync() =>
        StartAsync(_settings with { Values = new Dictionary<string, string?>(_settings.Values, StringComparer.Ordinal) { ["Standalone:Background"] = "false" } }, _configure);

    /// <summary>Another hub of the same account under a hub.json of its own; it works, too, and ends first.</summary>
    public async Task<RunningHub> UnderAsync(string hubJson)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, hubJson);
        return await StartAsync(_settings with { HubFile = file }, _configure);
    }

    private static async Task<RunningHub> StartAsync(RunSettings settings, Action<WebApplicationBuilder>? configure)
    {
        var application = StandaloneHost.Build(settings, configure);
        await application.StartAsync();
        return new RunningHub(application, settings, configure) { Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()), Timeout = TimeSpan.FromSeconds(60) } };
    }

    /// <summary>Calls a route with any values in its places and an empty JSON object as body.</summary>
    public Task<HttpResponseMessage> SendAsync(string route, params (string Name, string Value)[] headers) => SendAsync(route, "{}", headers);

    public async Task<HttpResponseMessage> SendAsync(string route, string body, params (string Name, string Value)[] headers)
    {
        var (method, template) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = System.Text.RegularExpressions.Regex.Replace(template, @"\{(?<name>[a-z]+)[^}]*\}", match => match.Groups["name"].Value switch { "site" => "mairie", "ignored" => "", var name => name }, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path));
        if (method is "POST" or "PUT" or "DELETE")
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await Client.SendAsync(request);
        DocumentedAnswers.Check(request, answer);
        return answer;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        if (_settings.HubFile is { } file)
            File.Delete(file);
    }
}
