namespace SocialHub.Moderation.Matching;

/// <summary>
/// A hash of characters that grows with each of them, so that every beginning of a word is hashed on the way to its end.
/// It chooses a place in a table; whoever needs certainty compares the characters too.
/// </summary>
internal static class TextHash
{
    /// <summary>Of no characters.</summary>
    public const ulong Empty = 0xCBF29CE484222325;

    /// <summary>The hash of what was hashed with <paramref name="c"/> behind it.</summary>
    public static ulong With(ulong hash, char c) => (hash ^ c) * 0x9E3779B97F4A7C15;

    /// <summary>Never 0, which tables use for an empty place.</summary>
    public static ulong Final(ulong hash)
    {
        // The product moves differences upwards only; tables take their places from the lower bits.
        hash ^= hash >> 32;
        return hash == 0 ? 1 : hash;
    }

    /// <summary>The final hash of a whole word.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Empty;
        foreach (var c in text) hash = With(hash, c);
        return Final(hash);
    }
}
