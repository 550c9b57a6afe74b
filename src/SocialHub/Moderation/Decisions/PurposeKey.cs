using System.Security.Cryptography;
using System.Text;
using SocialHub.Configuration;

namespace SocialHub.Moderation.Decisions;

/// <summary>Keys for one purpose each, derived from the signing key by HKDF (RFC 5869): what is signed for one purpose is worth nothing for another.</summary>
public static class PurposeKey
{
    /// <param name="signingKey">Secret text of the process settings.</param>
    /// <param name="purpose">A stable word; changing it voids what was signed.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Derive(string signingKey, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(signingKey), 32, info: Encoding.UTF8.GetBytes("socialhub " + purpose + " v1"));

    /// <summary>The keys of a purpose that count: the one that is used, then that of before the last change of the signing key, where there is one.</summary>
    /// <param name="settings">Of the process.</param>
    /// <param name="purpose">A stable word.</param>
    public static byte[][] Accepted(HubOptions settings, string purpose) =>
        string.IsNullOrEmpty(settings.PreviousSigningKey) ? [Derive(settings.SigningKey, purpose)] : [Derive(settings.SigningKey, purpose), Derive(settings.PreviousSigningKey, purpose)];
}
