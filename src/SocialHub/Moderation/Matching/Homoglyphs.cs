using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>Letters of other scripts as the Latin ones that readers take them for: the letters of Unicode's confusables.txt (TR39) and some of our own (<c>homoglyphs.tsv</c>).</summary>
internal static class Homoglyphs
{
    private static readonly FrozenDictionary<int, char> Latin = Load();

    private static readonly ConcurrentDictionary<int, char> Seen = new();

    /// <summary>The Latin letter, lower case; 0 when <paramref name="rune"/> looks like none. A letter with marks looks like the one without.</summary>
    public static char LetterFor(Rune rune) => Seen.GetOrAdd(rune.Value, static value =>
    {
        if (Latin.TryGetValue(value, out var letter)) return letter;
        // The first of its parts is what the same letter is in NFD, where each part is looked up by itself.
        var parts = new Rune(value).ToString();
        try
        {
            parts = parts.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return '\0';
        }

        var first = Rune.GetRuneAt(parts, 0);
        // The table has most letters in one case only; what looks like a p looks like a P in the other.
        return Latin.TryGetValue(first.Value, out letter) ? letter : Latin.GetValueOrDefault(Rune.ToLowerInvariant(first).Value);
    });

    private static FrozenDictionary<int, char> Load()
    {
        var letters = new Dictionary<int, char>();
        foreach (var line in EmbeddedTable.Lines("Matching.homoglyphs.tsv"))
        {
            foreach (var code in line[1].Split(' ')) letters[int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = line[0][0];
        }

        return letters.ToFrozenDictionary();
    }
}
