using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Moderation.Decisions;

/// <summary>
/// Author keys: 128 bits as 22 characters of base64url, made by the widget or, for a form without script, by the hub.
/// Only their hash is stored.
/// </summary>
public sealed class AuthorKeys(IOptions<HubOptions> options)
{
    /// <summary>Characters of a key.</summary>
    public const int KeyLength = 22;

    private const int KeyBytes = 16;
    private const int StoredBytes = 20;

    private readonly byte[][] _keys = PurposeKey.Accepted(options.Value, "author-key");

    /// <summary>True for what can be an author key; anything else is refused before it is hashed.</summary>
    public static bool IsKey(string? key) =>
        key is { Length: KeyLength } && Base64Url.IsValid(key) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(key)) == key;

    /// <summary>
    /// What is stored of a key: 40 characters of <c>[0-9a-f]</c>. Not keyed, so that it survives a change of the signing key;
    /// 128 random bits need no salt.
    /// </summary>
    /// <exception cref="ArgumentException">It is no key (<see cref="IsKey"/>).</exception>
    public static string Hash(string key)
    {
        if (!IsKey(key)) throw new ArgumentException("An author key has 22 characters of base64url.", nameof(key));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("socialhub author-key v1 " + key)).AsSpan(0, StoredBytes));
    }

    /// <summary>The key that the hub makes for a comment sent by a form: the same again for the same comment, which is what makes a replay answer alike.</summary>
    public string Make(string commentId) => Make(_keys[0], commentId);

    /// <summary>The key that was made for a comment, also before the last rotation of the signing key; null when the stored hash is of no key of ours.</summary>
    public string? Remake(string commentId, string storedHash)
    {
        foreach (var signingKey in _keys)
        {
            var key = Make(signingKey, commentId);
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(key)), Encoding.ASCII.GetBytes(storedHash))) return key;
        }

        return null;
    }

    private static string Make(byte[] key, string commentId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(commentId)).AsSpan(0, KeyBytes));
}
