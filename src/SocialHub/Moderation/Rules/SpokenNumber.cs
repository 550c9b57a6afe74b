using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>French numbers in words: "quarante-deux", "mille neuf cent quatre-vingt-cinq".</summary>
internal static class SpokenNumber
{
    private const int MostWords = 8;

    /// <summary>Words of numbers below a hundred, folded: those from which the others are made.</summary>
    public static IReadOnlyDictionary<string, int> BelowHundred { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["un"] = 1,
        ["une"] = 1,
        ["deux"] = 2,
        ["trois"] = 3,
        ["quatre"] = 4,
        ["cinq"] = 5,
        ["six"] = 6,
        ["sept"] = 7,
        ["huit"] = 8,
        ["neuf"] = 9,
        ["dix"] = 10,
        ["onze"] = 11,
        ["douze"] = 12,
        ["treize"] = 13,
        ["quatorze"] = 14,
        ["quinze"] = 15,
        ["seize"] = 16,
        ["vingt"] = 20,
        ["vingts"] = 20,
        ["trente"] = 30,
        ["quarante"] = 40,
        ["cinquante"] = 50,
        ["soixante"] = 60,
        ["septante"] = 70,
        ["huitante"] = 80,
        ["octante"] = 80,
        ["nonante"] = 90,
    };

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Values = new Dictionary<string, int>(BelowHundred, StringComparer.Ordinal)
    {
        ["cent"] = 100,
        ["cents"] = 100,
        ["mille"] = 1000,
        ["mil"] = 1000,
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a word that is or may be a part of one ("quatre", "et").</summary>
    public static bool IsPart(ReadOnlySpan<char> word) => word is "et" || Values.ContainsKey(word);

    /// <summary>The number whose first word stands at a place; null: none does.</summary>
    /// <param name="text">Folded.</param>
    /// <param name="words">Of the text.</param>
    /// <param name="first">Index of its first word.</param>
    /// <param name="beyond">Index of the first word behind it.</param>
    public static int? Read(ReadOnlySpan<char> text, List<Word> words, int first, out int beyond)
    {
        var (whole, part) = (0, 0);
        beyond = first;
        for (var i = first; i < words.Count && i - first < MostWords; i++)
        {
            if (i > first && text[words[i - 1].End..words[i].Start] is not (" " or "-")) break;
            var word = text[words[i].Start..words[i].End];
            // "trente et un"
            if (word is "et" && beyond == i && i > first) continue;
            if (!Values.TryGetValue(word, out var value)) break;
            switch (value)
            {
                case 1000:
                    (whole, part) = (Math.Max(1, part) * 1000, 0);
                    break;
                case 100 when part < 100:
                    part = Math.Max(1, part) * 100;
                    break;
                case 20 when part % 100 == 4:
                    part += 76;
                    break;
                default:
                    part += value;
                    break;
            }

            beyond = i + 1;
        }

        return beyond > first ? whole + part : null;
    }
}
