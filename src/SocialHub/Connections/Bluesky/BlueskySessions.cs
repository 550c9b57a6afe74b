using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SocialHub.Connections.Bluesky;

/// <summary>A signed-in account.</summary>
/// <param name="Did">Its identity; handles change.</param>
/// <param name="Server">Its own PDS, from its DID document.</param>
/// <param name="Token">Access token.</param>
internal sealed record BlueskySession(string Did, Uri Server, string Token);

/// <summary>
/// Sessions by app password, kept per process and renewed: an account may sign in 300 times a day and 30 times in 5 minutes, so nobody signs in per post.
/// </summary>
internal sealed class BlueskySessions(HubHttp http, GuardedConnect guard, TimeProvider time)
{
    // An access token lives two hours; one that is about to end is renewed before the checks of a send, not between them and the POST.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    // 30 in 5 minutes at most, and this process may not be the only one.
    private static readonly TimeSpan BetweenSignIns = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>The account's session; a refusal says why there is none.</summary>
    public async Task<(BlueskySession? Session, PublishAnswer? Refusal)> GetAsync(PublishAccount account, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd($"{account.Configuration.Server} {account.Configuration.Name} {Storage.Keys.Hash(account.Secret)}", _ => new Slot());
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (slot.Session is { } session && slot.AccessUntil > now + Margin)
                return (session, null);
            if (slot.Session is { } old && slot.RefreshUntil > now && await RenewAsync(slot, old, cancellationToken) is { } renewed)
                return (renewed, null);
            if (slot.NextSignIn > now)
                return (null, new PublishAnswer(PublishOutcome.Later) { Error = slot.Why, RetryAfter = slot.NextSignIn - now });
            return await SignInAsync(slot, account, cancellationToken);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>The server said that the access token has ended: the next call renews it.</summary>
    public void Expire(BlueskySession session)
    {
        foreach (var slot in _slots.Values)
        {
            if (slot.Session == session)
                slot.AccessUntil = DateTimeOffset.MinValue;
        }
    }

    private async Task<BlueskySession?> RenewAsync(Slot slot, BlueskySession old, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(old.Server, "/xrpc/com.atproto.server.refreshSession"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", slot.RefreshToken);
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
        if (answer.Succeeded && PublishOutcomes.Json(answer) is { } json && Adopt(slot, json, old.Server) is { } session)
            return session;
        // A dead refresh token is of no use; a server that is down is asked for a sign-in next, which says what is wrong.
        slot.RefreshUntil = DateTimeOffset.MinValue;
        return null;
    }

    private async Task<(BlueskySession? Session, PublishAnswer? Refusal)> SignInAsync(Slot slot, PublishAccount account, CancellationToken cancellationToken)
    {
        slot.NextSignIn = time.GetUtcNow() + BetweenSignIns;
        slot.Why = "The account signed in a moment ago.";
        var server = new Uri(account.Configuration.Server);
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("identifier", account.Configuration.Name);
            json.WriteString("password", account.Secret);
            json.WriteEndObject();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/xrpc/com.atproto.server.createSession")) { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
        var read = PublishOutcomes.Json(answer);
        if (answer.Succeeded && read is { } made && Adopt(slot, made, server) is { } session)
            return (session, null);
        var code = read?.StringOf("error");
        var refusal = PublishOutcomes.Of(answer, code);
        // Signing in twice harms nobody: an unknown outcome is only tried later. A wrong form of name or an account that is shut is for a person.
        refusal = refusal.Outcome switch
        {
            PublishOutcome.Unknown => refusal with { Outcome = PublishOutcome.Later },
            PublishOutcome.Refused => refusal with { Outcome = PublishOutcome.NeedsAttention },
            _ => refusal,
        };
        slot.Why = refusal.Error ?? slot.Why;
        if (refusal.RetryAfter is { } wait && wait > BetweenSignIns)
            slot.NextSignIn = time.GetUtcNow() + wait;
        return (null, refusal);
    }

    private BlueskySession? Adopt(Slot slot, JsonElement json, Uri server)
    {
        if (json.StringOf("accessJwt") is not { } access || json.StringOf("refreshJwt") is not { } refresh || json.StringOf("did") is not { } did || !AtIdentifiers.IsDid(did))
            return null;
        (slot.AccessUntil, slot.RefreshUntil, slot.RefreshToken) = (Expiry(access), Expiry(refresh), refresh);
        return slot.Session = new BlueskySession(did, PdsOf(json, did, server) ?? server, access);
    }

    // A token goes there: never in clear, unless IT said so of the account's own server or of that origin.
    private Uri? PdsOf(JsonElement json, string did, Uri server)
    {
        foreach (var service in json.Member("didDoc")?.Member("service").Items() ?? [])
        {
            if (service.StringOf("id") is { } id && (id == "#atproto_pds" || id == did + "#atproto_pds")
                && Uri.TryCreate(service.StringOf("serviceEndpoint"), UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && (server.Scheme == "http" || guard.IsAllowed(address)))))
                return address;
        }

        return null;
    }

    // The token is the server's own; only its end is read from it.
    private static DateTimeOffset Expiry(string token)
    {
        var parts = token.Split('.');
        try
        {
            if (parts.Length == 3)
            {
                using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
                if (claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds))
                    return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentOutOfRangeException or DecoderFallbackException)
        {
            // Not a JWT that says when it ends: it is renewed each time.
        }

        return DateTimeOffset.MinValue;
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public BlueskySession? Session { get; set; }

        public string RefreshToken { get; set; } = "";

        public DateTimeOffset AccessUntil { get; set; }

        public DateTimeOffset RefreshUntil { get; set; }

        public DateTimeOffset NextSignIn { get; set; }

        public string Why { get; set; } = "";
    }
}
