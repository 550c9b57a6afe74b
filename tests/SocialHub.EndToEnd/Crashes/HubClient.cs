using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>One answer of the hub, and whether the request had to be repeated: then what it asked for may have been done by an earlier try.</summary>
public sealed record HubAnswer(HttpStatusCode Status, string Body, string? ETag, bool Repeated)
{
    /// <summary>The address that the person asked from.</summary>
    public string From { get; init; } = "";

    /// <summary>The cookie that the answer sets, as <c>name=value</c>; null: none.</summary>
    public string? Cookie { get; init; }

    public bool Ok => (int)Status is >= 200 and < 300;

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }
}

/// <summary>One thing that the hub told a client.</summary>
/// <param name="Request">Method and path.</param>
/// <param name="Sent">The body that was sent; empty: none.</param>
/// <param name="Headers">Of the answer, a line each.</param>
/// <param name="Body">Of the answer.</param>
public sealed record Told(string Request, string Sent, string Headers, string Body);

/// <summary>A real client of the hub, or of several behind one address: it repeats the same request, Idempotency-Key and all, when the connection broke or nobody listened, and when it is told to come back.</summary>
public sealed class HubClient(IReadOnlyList<Uri> hubs, string? hubKey = null) : IDisposable
{
    private static int _people;

    private readonly ConcurrentBag<string> _addresses = [];
    private readonly ConcurrentDictionary<Told, bool> _told = new();

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Addresses of the people who asked through it; each is another one.</summary>
    public IReadOnlyCollection<string> Addresses => _addresses;

    /// <summary>Everything different that it was told.</summary>
    public IReadOnlyCollection<Told> Told => [.. _told.Keys];

    /// <summary>A body as it is sent.</summary>
    public static string Json(object body) => JsonSerializer.Serialize(body, JsonSerializerOptions.Web);

    public Task<HubAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<HubAnswer> PostAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    /// <summary>Sends a request until it is answered by other words than "come back".</summary>
    /// <param name="method">Which.</param>
    /// <param name="path">With its query.</param>
    /// <param name="body">Sent as JSON; null: none.</param>
    /// <param name="headers">Also <c>X-Forwarded-For</c>, for a person who asked before; without it, it is another person.</param>
    public async Task<HubAnswer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience.Limit;
        // Another person each time, and the same one in every repeat: limits are per address.
        var from = headers.FirstOrDefault(header => header.Name == "X-Forwarded-For").Value;
        if (from is null)
        {
            var person = Interlocked.Increment(ref _people);
            // Never a part of an innocent number: each is as long as an address may be.
            from = $"10.{100 + (person / 22500)}.{100 + (person / 150 % 150)}.{100 + (person % 150)}";
            headers = [.. headers, ("X-Forwarded-For", from)];
            _addresses.Add(from);
        }
        var sent = body is null ? "" : Json(body);
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(hubs[Random.Shared.Next(hubs.Count)], path));
                if (body is not null)
                    request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
                if (hubKey is not null)
                    request.Headers.Add("x-hub-key", hubKey);
                foreach (var (name, value) in headers)
                    request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await _client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                _told[new Told($"{method} {path}", sent, string.Join('\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")), text)] = true;
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || TimeProvider.System.GetUtcNow() > until)
                {
                    return new HubAnswer(answer.StatusCode, text, answer.Headers.ETag?.ToString(), tries > 1)
                    {
                        From = from,
                        Cookie = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null,
                    };
                }
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
