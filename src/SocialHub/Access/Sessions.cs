using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialHub.Access;

/// <summary>A session on the desk: what a hub key was exchanged for.</summary>
/// <param name="Value">The cookie's value; a secret of that browser.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Caller">Whose it is.</param>
public sealed record Session(string Value, DateTimeOffset Expires, Caller Caller);

/// <summary>
/// Sessions without a store: <c>1.{expiry, unix seconds in hexadecimal}.{key name, base64url}.{HMAC-SHA-256, base64url}</c>.
/// The HMAC covers the key's stored hash too, so a key that is removed or replaced takes its sessions with it, and its role is always today's.
/// </summary>
internal sealed class Sessions(HubKeys keys, SigningKeys signing, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private const string Purpose = "session";
    private const int Longest = 400;

    public Session? Open(string key)
    {
        if (keys.Find(key) is not { } caller)
            return null;
        var expires = time.GetUtcNow().Add(Lifetime);
        var body = $"1.{expires.ToUnixTimeSeconds():x}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(caller.Name))}";
        return new(body + "." + Base64Url.EncodeToString(Mac(signing.Current(Purpose), body, keys.HashOf(caller.Name)!)), expires, caller);
    }

    public Caller? Find(string value)
    {
        if (value.Length > Longest || value.Split('.') is not ["1", var expiry, var name, var mac])
            return null;
        if (!long.TryParse(expiry, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seconds) || seconds <= time.GetUtcNow().ToUnixTimeSeconds())
            return null;
        if (!Base64Url.IsValid(name) || !Base64Url.IsValid(mac))
            return null;
        var keyName = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name));
        if (keys.HashOf(keyName) is not { } hash)
            return null;
        var given = Base64Url.DecodeFromChars(mac);
        return signing.Accepted(Purpose).Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, $"1.{expiry}.{name}", hash), given)) ? keys.Named(keyName) : null;
    }

    private static byte[] Mac(byte[] key, string body, byte[] keyHash) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(body), 0, .. keyHash]);
}
