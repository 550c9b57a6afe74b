using System.Globalization;
using System.Text.Json;

namespace SocialHub.Connections;

/// <summary>What an HTTP answer to a publishing call means. Decided by status and error code, never by words in a body.</summary>
internal static class PublishOutcomes
{
    // A code is a word; whoever sends more than that has sent something else.
    private const int LongestCode = 200;

    /// <summary>The outcome of a call that did not bring a usable 2xx.</summary>
    /// <param name="fetched">The answer.</param>
    /// <param name="code">The network's error code, when it sent one.</param>
    public static PublishAnswer Of(Fetched fetched, string? code = null)
    {
        var error = code is null ? fetched.Error ?? "The answer cannot be read." : $"{fetched.Error ?? fetched.Address.Host} ({(code.Length <= LongestCode ? code : code[..LongestCode] + "…")})";
        PublishOutcome outcome = fetched.Status switch
        {
            0 => fetched.MayHaveArrived ? PublishOutcome.Unknown : PublishOutcome.Later,
            429 => PublishOutcome.Later,
            401 or 403 => PublishOutcome.NeedsAttention,
            // 408: the server gave up reading, or did not; 425 is of TLS early data, which is never used here.
            408 => PublishOutcome.Unknown,
            >= 400 and < 500 => PublishOutcome.Refused,
            _ => PublishOutcome.Unknown,
        };
        return new PublishAnswer(outcome) { Error = error, RetryAfter = RetryAfter(fetched), IsLimited = fetched.Status == 429 };
    }

    /// <summary>The body as JSON; null when it is none.</summary>
    public static JsonElement? Json(Fetched fetched)
    {
        try
        {
            using var document = JsonDocument.Parse(fetched.Bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member of an object, whatever it is.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The items of an array; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    // Retry-After; Bluesky's RateLimit-Reset is a Unix time, Mastodon's X-RateLimit-Reset an ISO date, both of them absolute. The caller's clock is unknown here,
    // so the server's own Date tells how long that is.
    private static TimeSpan? RetryAfter(Fetched fetched)
    {
        if (fetched.Status is not (429 or 503) || fetched.RetryAfter is not null)
            return fetched.RetryAfter;
        if (!DateTimeOffset.TryParse(fetched.Headers.GetValueOrDefault("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now))
            return null;
        var reset = fetched.Headers.GetValueOrDefault("RateLimit-Reset") is { } unix && long.TryParse(unix, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.TryParse(fetched.Headers.GetValueOrDefault("X-RateLimit-Reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var iso) ? iso : (DateTimeOffset?)null;
        return reset is { } at ? at > now ? at - now : TimeSpan.Zero : null;
    }
}
