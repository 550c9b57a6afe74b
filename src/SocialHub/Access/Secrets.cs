using Microsoft.Extensions.Configuration;

namespace SocialHub.Access;

/// <summary>Values of the settings that hub.json names; on Azure they are references to Key Vault. Nobody logs or stores what comes from here.</summary>
public sealed class Secrets(IConfiguration settings)
{
    /// <summary>The value of the setting <paramref name="name"/>, or null when it is not set or the name is none (A-Z, 0-9, _).</summary>
    public string? Get(string name)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            return null;
        var value = settings[name];
        // An unresolved Key Vault reference is left as it is written: that is no secret, and must not be sent anywhere.
        return string.IsNullOrWhiteSpace(value) || value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal) ? null : value.Trim();
    }

    /// <summary>The value as a web address that something can be sent to; null when it is not set, or none.</summary>
    public Uri? Address(string name) =>
        Uri.TryCreate(Get(name), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;
}
