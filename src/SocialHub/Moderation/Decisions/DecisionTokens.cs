using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Moderation.Decisions;

/// <summary>
/// Signs and reads decision links. Format, before base64url without padding (RFC 4648, 5):
/// <code>
/// 1 byte   format, 1
/// 4 bytes  key id: the first bytes of a hash of the key
/// 1 byte   subject
/// 4 bytes  expiry, seconds since 1970, big endian
/// varints  revision, round, reports (LEB128)
/// 3 texts  site, id, person ("" for none), each one length byte and UTF-8
/// 32 bytes HMAC-SHA-256 of all that stands before
/// </code>
/// The key serves only this purpose (<see cref="PurposeKey"/>); links signed with the previous key work until they expire.
/// </summary>
public sealed class DecisionTokens
{
    /// <summary>No token is longer, in characters.</summary>
    public const int LongestText = 512;

    private const byte Format = 1;
    private const int KeyIdBytes = 4;
    private const int MacBytes = HMACSHA256.HashSizeInBytes;
    private const int LongestPart = 100;

    private readonly SigningKey[] _keys;
    private readonly TimeSpan _validFor;
    private readonly TimeProvider _clock;

    public DecisionTokens(IOptions<HubOptions> options, TimeProvider clock)
    {
        var settings = options.Value;
        _validFor = settings.Times.DecisionLink;
        _clock = clock;
        _keys = string.IsNullOrEmpty(settings.PreviousSigningKey)
            ? [new(settings.SigningKey)]
            : [new(settings.SigningKey), new(settings.PreviousSigningKey)];
    }

    /// <summary>When a link made now expires.</summary>
    public DateTimeOffset ExpiryFromNow() => DateTimeOffset.FromUnixTimeSeconds((_clock.GetUtcNow() + _validFor).ToUnixTimeSeconds());

    /// <summary>Signs a token with the current key.</summary>
    /// <exception cref="ArgumentException">Site, id or person is longer than 100 bytes of UTF-8.</exception>
    public string Sign(DecisionToken token)
    {
        var buffer = new ArrayBufferWriter<byte>(160);
        Put(buffer, Format);
        buffer.Write(_keys[0].Id);
        Put(buffer, (byte)token.Subject);
        var expires = (uint)token.Expires.ToUnixTimeSeconds();
        buffer.Write((ReadOnlySpan<byte>)[(byte)(expires >> 24), (byte)(expires >> 16), (byte)(expires >> 8), (byte)expires]);
        PutNumber(buffer, token.Revision);
        PutNumber(buffer, token.Round);
        PutNumber(buffer, token.Reports);
        PutText(buffer, token.Site);
        PutText(buffer, token.Id);
        PutText(buffer, token.Person ?? "");
        buffer.Write(HMACSHA256.HashData(_keys[0].Key, buffer.WrittenSpan));
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>Reads a token; never throws. Signatures are compared in constant time.</summary>
    public ParsedToken Read(string? text)
    {
        if (text is not { Length: > 0 and <= LongestText } || Decode(text) is not { } bytes || bytes.Length < 1 + KeyIdBytes + MacBytes || bytes[0] != Format) return new(TokenState.Forged, null);
        var signed = bytes.AsSpan(0, bytes.Length - MacBytes);
        var mac = bytes.AsSpan(bytes.Length - MacBytes);
        foreach (var key in _keys)
        {
            if (!signed.Slice(1, KeyIdBytes).SequenceEqual(key.Id)) continue;
            if (!CryptographicOperations.FixedTimeEquals(mac, HMACSHA256.HashData(key.Key, signed))) continue;
            if (Payload(signed[(1 + KeyIdBytes)..]) is not { } token) continue;
            return new(token.Expires > _clock.GetUtcNow() ? TokenState.Valid : TokenState.Expired, token);
        }

        return new(TokenState.Forged, null);
    }

    // Base64 has spare bits in its last character: only the one spelling that we write counts.
    private static byte[]? Decode(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal) ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static DecisionToken? Payload(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 5) return null;
        var subject = (DecisionSubject)payload[0];
        var expires = ((long)payload[1] << 24) | ((long)payload[2] << 16) | ((long)payload[3] << 8) | payload[4];
        payload = payload[5..];
        if (!Enum.IsDefined(subject) || !TakeNumber(ref payload, out var revision) || !TakeNumber(ref payload, out var round) || !TakeNumber(ref payload, out var reports)
            || !TakeText(ref payload, out var site) || !TakeText(ref payload, out var id) || !TakeText(ref payload, out var person) || payload.Length > 0)
        {
            return null;
        }

        return new(site, id, subject, revision, round, reports, DateTimeOffset.FromUnixTimeSeconds(expires)) { Person = person.Length == 0 ? null : person };
    }

    private static void Put(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static void PutNumber(ArrayBufferWriter<byte> buffer, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var value = (uint)number;
        for (; value >= 0x80; value >>= 7) Put(buffer, (byte)(value | 0x80));
        Put(buffer, (byte)value);
    }

    private static void PutText(ArrayBufferWriter<byte> buffer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > LongestPart) throw new ArgumentException($"'{text}' is longer than {LongestPart} bytes.", nameof(text));
        Put(buffer, (byte)bytes.Length);
        buffer.Write(bytes);
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> payload, out int number)
    {
        long value = 0;
        number = 0;
        for (var i = 0; i < 5 && i < payload.Length; i++)
        {
            value |= (long)(payload[i] & 0x7F) << (7 * i);
            if (payload[i] >= 0x80) continue;
            payload = payload[(i + 1)..];
            number = (int)value;
            return value <= int.MaxValue;
        }

        return false;
    }

    private static bool TakeText(ref ReadOnlySpan<byte> payload, out string text)
    {
        text = "";
        if (payload.Length < 1 || payload.Length < 1 + payload[0]) return false;
        text = Encoding.UTF8.GetString(payload.Slice(1, payload[0]));
        payload = payload[(1 + payload[0])..];
        return true;
    }

    private sealed class SigningKey
    {
        public SigningKey(string signingKey)
        {
            Key = PurposeKey.Derive(signingKey, "decision-link");
            Id = SHA256.HashData(PurposeKey.Derive(signingKey, "decision-link-key-id"))[..KeyIdBytes];
        }

        public byte[] Key { get; }

        public byte[] Id { get; }
    }
}
