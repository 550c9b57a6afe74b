using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>
/// Finds texts that look like the value of a secret: hub.json is kept in git and copied around, so one that holds a secret is refused.
/// The value itself is never repeated in the error.
/// </summary>
internal static partial class SecretValues
{
    public static IEnumerable<ConfigurationError> Find(JsonElement value, string path = JsonPath.Root) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Find(m.Value, JsonPath.Member(path, m.Name))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Find(v, JsonPath.Item(path, i))),
        JsonValueKind.String when LooksSecret(value.GetString()!) =>
            [new(path, "looks like a secret's value, and this file holds none: put the value in a setting of the app, write the setting's name here (A-Z, 0-9, _), and renew the secret if this file was ever shared.")],
        _ => [],
    };

    /// <summary>Known forms of tokens and passwords, and addresses that carry one.</summary>
    public static bool LooksSecret(string text) => Known().IsMatch(text) || AppPassword().IsMatch(text);

    // In order: JWT; PEM; storage connection string; signature of a workflow address or SAS; GitHub, Slack, Meta and Google tokens; credentials in an address; "Bearer ...".
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|-----BEGIN |\b(Account|SharedAccess)Key=|[?&;](sig|access_token|token|code|api_?key)=[^&]{12,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bEAA[A-Za-z0-9]{40,}|\bAIza[A-Za-z0-9_-]{30,}|^https?://[^/@\s]+:[^/@\s]+@|^Bearer\s", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Known();

    // Bluesky's app passwords: four groups of four, shown as xxxx-xxxx-xxxx-xxxx.
    [GeneratedRegex("^[a-z0-9]{4}(-[a-z0-9]{4}){3}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AppPassword();
}
