using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace SocialHub.Standalone.Demo;

/// <summary>The demo town's account on a Bluesky server (PDS) of whoever tries the demo: made anew at each start, as the demo keeps nothing.</summary>
/// <param name="Origin">Of the server, as it was given.</param>
/// <param name="OwnOrigin">What the server calls itself in the account's DID document; clients go there.</param>
/// <param name="Handle">Name of the account.</param>
/// <param name="Did">Its identity.</param>
/// <param name="Password">Of the account; told to nobody but the hub.</param>
internal sealed record DemoPds(string Origin, string OwnOrigin, string Handle, string Did, string Password)
{
    private const int RandomLetters = 4;

    /// <summary>Where a browser reads what was posted, as JSON.</summary>
    public string Posts => $"{Origin}/xrpc/com.atproto.repo.listRecords?repo={Did}&collection=app.bsky.feed.post";

    /// <summary>Makes the account (<c>com.atproto.server.createAccount</c>).</summary>
    /// <param name="origin">Of a server that asks for no invitation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidDataException">There is no such server, or it makes no account; the message says why.</exception>
    public static async Task<DemoPds> CreateAccountAsync(string origin, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(origin), Timeout = TimeSpan.FromSeconds(30) };
            using var described = await AnswerAsync(await http.GetAsync(new Uri("/xrpc/com.atproto.server.describeServer", UriKind.Relative), cancellationToken), cancellationToken);
            var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            // The part before the server's own domain has 18 characters at most.
            var handle = $"saint-exemple-{RandomNumberGenerator.GetHexString(RandomLetters, lowercase: true)}{described.RootElement.GetProperty("availableUserDomains")[0].GetString()}";
            using var created = await AnswerAsync(await http.PostAsJsonAsync(new Uri("/xrpc/com.atproto.server.createAccount", UriKind.Relative), new { handle, email = $"{handle}@example.invalid", password }, cancellationToken), cancellationToken);
            var account = created.RootElement;
            var own = account.GetProperty("didDoc").GetProperty("service").EnumerateArray().First(service => service.GetProperty("id").GetString() == "#atproto_pds").GetProperty("serviceEndpoint").GetString()!;
            return new DemoPds(origin, own, account.GetProperty("handle").GetString()!, account.GetProperty("did").GetString()!, password);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidDataException($"--pds {origin}: the demo could not make an account there: {e.Message}", e);
        }
    }

    private static async Task<JsonDocument> AnswerAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(body) : throw new HttpRequestException($"{(int)answer.StatusCode} {body}");
        }
    }
}
