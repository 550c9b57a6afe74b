using System.Buffers.Binary;
using System.Security.Cryptography;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation;

/// <summary>
/// What is kept of a text to know it again: a keyed hash of its letters and digits, and sixteen keyed MinHash values (Broder 1997)
/// of its four-letter shingles, 16 bits each, whose share of equals estimates how alike two texts are.
/// Without the key nobody can test whether a guessed text was written.
/// </summary>
public sealed class Fingerprint : IEquatable<Fingerprint>
{
    /// <summary>How many MinHash values there are.</summary>
    public const int Bands = 16;

    /// <summary>Texts with fewer letters and digits have no bands: "Merci !" is nobody's copy.</summary>
    public const int ShortestWithBands = 25;

    private const int Shingle = 4;
    private const int ExactBytes = 10;

    private readonly byte[] _bytes;

    private Fingerprint(byte[] bytes) => _bytes = bytes;

    /// <summary>Hash of the whole text: 20 characters of hexadecimal, fit for a row key.</summary>
    public string Exact => Convert.ToHexStringLower(_bytes.AsSpan(0, ExactBytes));

    /// <summary>True when it is long enough for a comparison with texts that differ a little.</summary>
    public bool HasBands => _bytes.Length > ExactBytes;

    /// <summary>Of a text, under a key.</summary>
    public static Fingerprint Of(string text, FingerprintKey key) => Of(Normalised.Plain(text), key);

    /// <summary>Of a text that was folded before.</summary>
    internal static Fingerprint Of(Normalised plain, FingerprintKey key)
    {
        var letters = new char[plain.Length];
        var count = 0;
        foreach (var c in plain.Text)
        {
            if (Words.IsLetterOrDigit(c) || char.IsSurrogate(c)) letters[count++] = c;
        }

        // A text of signs only is known by its signs.
        ReadOnlySpan<char> kept = count == 0 ? plain.Text : letters.AsSpan(0, count);
        var bytes = new byte[ExactBytes + (count >= ShortestWithBands ? Bands * 2 : 0)];
        key.Hash(kept)[..ExactBytes].CopyTo(bytes);
        if (count >= ShortestWithBands) WriteBands(kept, key, bytes.AsSpan(ExactBytes));
        return new(bytes);
    }

    /// <summary>Share of equal bands, 0 to 1; an estimate of the Jaccard likeness of the shingles. 1 for the same text, 0 where one has no bands.</summary>
    public double Likeness(Fingerprint other)
    {
        if (_bytes.AsSpan(0, ExactBytes).SequenceEqual(other._bytes.AsSpan(0, ExactBytes))) return 1;
        if (!HasBands || !other.HasBands) return 0;
        var equal = 0;
        for (var i = ExactBytes; i < _bytes.Length; i += 2)
        {
            if (_bytes[i] == other._bytes[i] && _bytes[i + 1] == other._bytes[i + 1]) equal++;
        }

        return (double)equal / Bands;
    }

    /// <summary>Hexadecimal, 20 or 84 characters; see <see cref="TryParse"/>.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static Fingerprint? TryParse(string? value)
    {
        if (value is null || value.Length is not (ExactBytes * 2 or (ExactBytes + (Bands * 2)) * 2)) return null;
        foreach (var c in value)
        {
            if (!char.IsAsciiHexDigitLower(c)) return null;
        }

        return new(Convert.FromHexString(value));
    }

    public bool Equals(Fingerprint? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_bytes);

    private static void WriteBands(ReadOnlySpan<char> letters, FingerprintKey key, Span<byte> bands)
    {
        Span<ulong> least = stackalloc ulong[Bands];
        least.Fill(ulong.MaxValue);
        for (var i = 0; i + Shingle <= letters.Length; i++)
        {
            var shingle = ((ulong)letters[i] << 48) | ((ulong)letters[i + 1] << 32) | ((ulong)letters[i + 2] << 16) | letters[i + 3];
            for (var b = 0; b < Bands; b++) least[b] = Math.Min(least[b], Mix(shingle ^ key.Seeds[b]));
        }

        for (var b = 0; b < Bands; b++) BinaryPrimitives.WriteUInt16LittleEndian(bands[(b * 2)..], (ushort)least[b]);
    }

    // The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input reaches every bit of the output.
    private static ulong Mix(ulong x)
    {
        x ^= x >> 33;
        x *= 0xFF51AFD7ED558CCDUL;
        x ^= x >> 33;
        x *= 0xC4CEB9FE1A85EC53UL;
        return x ^ (x >> 33);
    }
}

/// <summary>Key of fingerprints: made from the signing key, so that rows say nothing to who has only them.</summary>
public sealed class FingerprintKey
{
    private readonly byte[] _key;

    /// <param name="signingKey">The process's signing key, at least 32 characters.</param>
    public FingerprintKey(string signingKey)
    {
        _key = Decisions.PurposeKey.Derive(signingKey, "fingerprint");
        Seeds = new ulong[Fingerprint.Bands];
        for (var i = 0; i < Seeds.Length; i++)
        {
            Seeds[i] = BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(_key, new[] { (byte)'b', (byte)i }));
        }
    }

    internal ulong[] Seeds { get; }

    internal byte[] Hash(ReadOnlySpan<char> letters) => HMACSHA256.HashData(_key, System.Runtime.InteropServices.MemoryMarshal.AsBytes(letters));
}
