using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SocialHub.EndToEnd.Peers;

/// <summary>One record as the server keeps it.</summary>
public sealed record BlueskyRecord(string Uri, string Cid, JsonElement Value)
{
    public string Key => Uri[(Uri.LastIndexOf('/') + 1)..];

    public string Text => Value.GetProperty("text").GetString()!;
}

/// <summary>A plain client of one account: what it reads owes nothing to the hub's own code.</summary>
public sealed class BlueskyAccount
{
    private readonly HttpClient _client;
    private readonly string _token;

    private BlueskyAccount(HttpClient client, string did, string handle, string password, string token) =>
        (_client, Did, Handle, Password, _token) = (client, did, handle, password, token);

    public string Did { get; }

    public string Handle { get; }

    /// <summary>An app password of the account.</summary>
    public string Password { get; }

    public static async Task<BlueskyAccount> CreateAsync(HttpClient client, string handle)
    {
        const string password = "correct horse battery staple";
        var made = await CallAsync(client, null, "com.atproto.server.createAccount", new { handle, email = handle + "@example.org", password });
        var token = made.GetProperty("accessJwt").GetString()!;
        var app = await CallAsync(client, token, "com.atproto.server.createAppPassword", new { name = "hub" });
        return new BlueskyAccount(client, made.GetProperty("did").GetString()!, handle, app.GetProperty("password").GetString()!, token);
    }

    /// <summary>All posts of the account, as its repository holds them, newest record key first.</summary>
    public async Task<IReadOnlyList<BlueskyRecord>> PostsAsync()
    {
        List<BlueskyRecord> posts = [];
        string? cursor = null;
        do
        {
            var address = $"/xrpc/com.atproto.repo.listRecords?repo={Did}&collection=app.bsky.feed.post&limit=100" + (cursor is null ? "" : "&cursor=" + cursor);
            var page = await _client.GetFromJsonAsync<JsonElement>(address);
            posts.AddRange(page.GetProperty("records").EnumerateArray().Select(r => new BlueskyRecord(r.GetProperty("uri").GetString()!, r.GetProperty("cid").GetString()!, r.GetProperty("value"))));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return posts;
    }

    /// <summary>A post that somebody made by hand, in the network's own app.</summary>
    public async Task<string> PostAsync(string text, TimeProvider? time = null)
    {
        var record = new Dictionary<string, object>
        {
            ["$type"] = "app.bsky.feed.post",
            ["text"] = text,
            ["createdAt"] = (time ?? TimeProvider.System).GetUtcNow().UtcDateTime,
        };
        var made = await CallAsync(_client, _token, "com.atproto.repo.createRecord", new { repo = Did, collection = "app.bsky.feed.post", record });
        return made.GetProperty("uri").GetString()!;
    }

    /// <summary>Many posts in one write, under record keys that the server chooses.</summary>
    public async Task<IReadOnlyList<string>> PostManyAsync(int count, Func<int, DateTimeOffset> created)
    {
        var writes = Enumerable.Range(0, count).Select(index => new Dictionary<string, object>
        {
            ["$type"] = "com.atproto.repo.applyWrites#create",
            ["collection"] = "app.bsky.feed.post",
            ["value"] = new Dictionary<string, object> { ["$type"] = "app.bsky.feed.post", ["text"] = $"Texte {index}", ["createdAt"] = created(index).UtcDateTime },
        });
        var made = await CallAsync(_client, _token, "com.atproto.repo.applyWrites", new { repo = Did, writes });
        return [.. made.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("uri").GetString()!)];
    }

    public Task DeleteAsync(string key) =>
        CallAsync(_client, _token, "com.atproto.repo.deleteRecord", new { repo = Did, collection = "app.bsky.feed.post", rkey = key });

    /// <summary>The bytes of a blob that a record refers to.</summary>
    public Task<byte[]> BlobAsync(string cid) => _client.GetByteArrayAsync($"/xrpc/com.atproto.sync.getBlob?did={Did}&cid={cid}");

    private static async Task<JsonElement> CallAsync(HttpClient client, string? token, string method, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/xrpc/" + method) { Content = JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
