using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>Keys for signatures, one per purpose, derived (HKDF-SHA-256, RFC 5869) from the signing key of the settings: what signs a session can't sign a decision.</summary>
public sealed class SigningKeys(IOptions<HubOptions> options)
{
    /// <summary>The 32-byte key of a purpose that new signatures are made with.</summary>
    public byte[] Current(string purpose) => Derive(options.Value.SigningKey, purpose);

    /// <summary>Every key whose signatures are accepted: the current one, then the one before the last rotation.</summary>
    public IEnumerable<byte[]> Accepted(string purpose)
    {
        yield return Current(purpose);
        if (!string.IsNullOrEmpty(options.Value.PreviousSigningKey))
            yield return Derive(options.Value.PreviousSigningKey, purpose);
    }

    private static byte[] Derive(string key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: Encoding.UTF8.GetBytes($"socialhub/{purpose}"));
}
