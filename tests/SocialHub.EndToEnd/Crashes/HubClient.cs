using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>One answer of the hub, and whether the request had to be repeated: then what it asked for may have been done by an earlier try.</summary>
public sealed record HubAnswer(HttpStatusCode Status, string Body, string? ETag, bool Repeated)
{
    public bool Ok => (int)Status is >= 200 and < 300;

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }
}

/// <summary>A real client of the hub, or of several behind one address: it repeats the same request, Idempotency-Key and all, when the connection broke or nobody listened, and when it is told to come back.</summary>
public sealed class HubClient(IReadOnlyList<Uri> hubs, string? hubKey = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _people;

    private readonly System.Collections.Concurrent.ConcurrentBag<string> _addresses = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Request, string Body), bool> _told = new();

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Addresses of the people who asked through it; each is another one.</summary>
    public IReadOnlyCollection<string> Addresses => _addresses;

    /// <summary>Everything different that it was told, with the request that asked for it.</summary>
    public IReadOnlyCollection<(string Request, string Body)> Told => [.. _told.Keys];

    public Task<HubAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<HubAnswer> PostAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public async Task<HubAnswer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        // Another person each time, and the same one in every repeat: limits are per address.
        var person = Interlocked.Increment(ref _people);
        var from = $"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}";
        _addresses.Add(from);
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(hubs[Random.Shared.Next(hubs.Count)], path));
                if (body is not null)
                    request.Content = JsonContent.Create(body);
                if (hubKey is not null)
                    request.Headers.Add("x-hub-key", hubKey);
                request.Headers.Add("X-Forwarded-For", from);
                foreach (var (name, value) in headers)
                    request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await _client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                _told[($"{method} {path}", text)] = true;
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || TimeProvider.System.GetUtcNow() > until)
                    return new HubAnswer(answer.StatusCode, text, answer.Headers.ETag?.ToString(), tries > 1);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && TimeProvider.System.GetUtcNow() < until)
            {
                // The hub died or was never there: once more.
            }
            await Task.Delay(100);
        }
    }

    public void Dispose() => _client.Dispose();
}
