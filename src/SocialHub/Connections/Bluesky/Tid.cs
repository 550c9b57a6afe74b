using System.Security.Cryptography;

namespace SocialHub.Connections.Bluesky;

/// <summary>
/// A timestamp identifier (https://atproto.com/specs/tid): 53 bits of microseconds and 10 bits of clock id in 13 characters of sortable base32.
/// </summary>
public readonly record struct Tid
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const int Length = 13;
    private const int ClockBits = 10;
    private readonly ulong _value;

    private Tid(ulong value) => _value = value;

    /// <summary>When it was made, to the microsecond.</summary>
    public DateTimeOffset At => DateTimeOffset.UnixEpoch.AddMicroseconds(_value >> ClockBits);

    /// <summary>0 to 1023; tells makers of the same microsecond apart.</summary>
    public int ClockId => (int)(_value & ((1 << ClockBits) - 1));

    /// <summary>Makes one for a moment from 1970 to 2255.</summary>
    public static Tid Of(DateTimeOffset at, int clockId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clockId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(clockId, 1 << ClockBits);
        var microseconds = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds, nameof(at));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(microseconds, 1L << 53, nameof(at));
        return new Tid(((ulong)microseconds << ClockBits) | (uint)clockId);
    }

    /// <summary>Makes one with a random clock id.</summary>
    public static Tid Of(DateTimeOffset at) => Of(at, RandomNumberGenerator.GetInt32(1 << ClockBits));

    /// <summary>Reads one; false for anything else.</summary>
    public static bool TryParse(string? text, out Tid tid)
    {
        tid = default;
        if (text is not { Length: Length })
            return false;
        ulong value = 0;
        for (var i = 0; i < Length; i++)
        {
            var digit = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            // 13 characters hold 65 bits; the first two of them are always 0.
            if (digit < 0 || (i == 0 && digit > 15))
                return false;
            value = (value << 5) | (uint)digit;
        }

        // The specification's syntax lets the 64th bit be set ("first char 2-7a-j"), although no clock reaches it.
        tid = new Tid(value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(Length, _value, static (span, value) =>
    {
        for (var i = span.Length - 1; i >= 0; i--, value >>= 5)
            span[i] = Alphabet[(int)(value & 31)];
    });
}
