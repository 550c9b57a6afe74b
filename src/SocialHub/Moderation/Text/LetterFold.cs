using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace SocialHub.Moderation.Text;

/// <summary>
/// What one code point becomes in the folded reading of a text: NFKD, without combining marks and default-ignorable characters, lower case.
/// Folding code point by code point makes the result the same for NFC and NFD input, and never meets the exception that
/// <see cref="string.Normalize()"/> throws on a lone surrogate.
/// </summary>
public static class LetterFold
{
    private const char NotYet = '\0';
    private const char Dropped = '\uFFFE';
    private const char Longer = '\uFFFF';

    // One slot per BMP character, filled as characters are met: a cold start pays for the letters it reads, not for all of Unicode.
    private static readonly char[] Single = new char[char.MaxValue + 1];
    private static readonly ConcurrentDictionary<int, string> Others = new();

    /// <summary>What a unit folds to where that is one character and was met before.</summary>
    internal static bool IsOne(char unit, out char folded)
    {
        folded = Single[unit];
        return folded is not (NotYet or Dropped or Longer);
    }

    /// <summary>Appends what <paramref name="rune"/> folds to; nothing where it is dropped.</summary>
    public static void Append(Rune rune, ref FoldTarget target)
    {
        if (rune.IsBmp)
        {
            var known = Single[rune.Value];
            if (known == NotYet) known = Learn((char)rune.Value);
            if (known == Dropped) return;
            if (known != Longer)
            {
                target.Add(known);
                return;
            }
        }

        foreach (var c in Others.GetOrAdd(rune.Value, static value => Fold(new Rune(value)))) target.Add(c);
    }

    private static char Learn(char c)
    {
        var folded = Fold(new Rune(c));
        var slot = folded.Length switch
        {
            0 => Dropped,
            1 when folded[0] is not (NotYet or Dropped or Longer) => folded[0],
            _ => Longer,
        };
        Single[c] = slot;
        return slot;
    }

    private static string Fold(Rune rune)
    {
        if (IsIgnorable(rune.Value)) return "";
        if (DigitOf(rune) is { } digit) return digit;
        if (Enclosed(rune.Value) is { } enclosed) return enclosed;
        // Singletons first (U+1FFD is U+00B4): what NFC would make of the character decides, so that both forms fold alike.
        if (Explicit(rune.Value) is { } whole) return whole;
        if (Explicit(Composed(rune).Value) is { } composed) return composed;
        var result = new StringBuilder();
        // Decomposed twice: the lower case of a letter may itself decompose (U+0130), and the parts of a ligature may be capitals.
        foreach (var part in Decompose(rune))
        {
            foreach (var lower in Decompose(Rune.ToLowerInvariant(part)))
            {
                if (IsMark(Rune.GetUnicodeCategory(lower)) || IsIgnorable(lower.Value)) continue;
                if (Explicit(lower.Value) is { } written) result.Append(written);
                else result.Append(lower.ToString());
            }
        }

        return result.ToString();
    }

    private static StringRuneEnumerator Decompose(Rune rune) => Normalise(rune, NormalizationForm.FormKD).EnumerateRunes();

    private static Rune Composed(Rune rune) => Rune.GetRuneAt(Normalise(rune, NormalizationForm.FormC), 0);

    private static string Normalise(Rune rune, NormalizationForm form)
    {
        try
        {
            return rune.ToString().Normalize(form);
        }
        catch (ArgumentException)
        {
            return rune.ToString(); // noncharacters are refused by some platforms' normaliser
        }
    }

    /// <summary>True for a character that stands on the one before it, by its category.</summary>
    internal static bool IsMark(UnicodeCategory category) => category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Every script's decimal digits, and the circled ones that NFKD leaves whole (➊, ⓿): a telephone number reads the same in all of them.
    private static string? DigitOf(Rune rune)
    {
        var isDigit = Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber
            || rune.Value is 0x24EA or 0x24FF or (>= 0x24F5 and <= 0x24FD) or (>= 0x2776 and <= 0x277E) or (>= 0x2780 and <= 0x2788) or (>= 0x278A and <= 0x2792) or 0x1F10B or 0x1F10C;
        return isDigit && Rune.GetNumericValue(rune) is >= 0 and <= 9 and var value ? ((char)('0' + (int)value)).ToString() : null;
    }

    // Default_Ignorable_Code_Point of DerivedCoreProperties.txt, with all of Cf: none of them shows.
    private static bool IsIgnorable(int value) => value switch
    {
        0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 => true,
        >= 0x180B and <= 0x180F => true,
        >= 0x200B and <= 0x200F => true,
        >= 0x202A and <= 0x202E => true,
        >= 0x2060 and <= 0x206F => true,
        >= 0xFE00 and <= 0xFE0F => true,
        0xFEFF => true,
        >= 0xFFF0 and <= 0xFFFB => true,
        >= 0x1BCA0 and <= 0x1BCA3 => true,
        >= 0x1D173 and <= 0x1D17A => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };

    // Numbers and letters in brackets, which NFKD takes apart with the brackets, and white ones on black, which it leaves.
    private static string? Enclosed(int value) => value switch
    {
        >= 0x2474 and <= 0x2487 => (value - 0x2473).ToString(CultureInfo.InvariantCulture),
        >= 0x249C and <= 0x24B5 => ((char)('a' + value - 0x249C)).ToString(),
        >= 0x1F110 and <= 0x1F129 => ((char)('a' + value - 0x1F110)).ToString(),
        >= 0x1F150 and <= 0x1F169 => ((char)('a' + value - 0x1F150)).ToString(),
        >= 0x1F170 and <= 0x1F189 => ((char)('a' + value - 0x1F170)).ToString(),
        _ => null,
    };

    // Letters that NFKD leaves whole although a reader takes them for others, and the many apostrophes, dashes and spaces of keyboards.
    private static string? Explicit(int value) => value switch
    {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ð' => "d",
        'þ' => "th",
        0x2018 or 0x2019 or 0x201B or 0x02BC or 0x02B9 or 0x2032 or 0x00B4 or 0x0060 or 0x055A or 0xA78C or 0x02C8 or 0x02BB => "'",
        0x2010 or 0x2011 or 0x2012 or 0x2013 or 0x2014 or 0x2015 or 0x2212 or 0x2043 => "-",
        0xFDFA or 0xFDFB => ((char)value).ToString(), // eighteen letters in one sign, which is read as a sign
        // "½" is no 1 with a 2 behind it, and a text of fractions would be three times as long.
        0x00BC or 0x00BD or 0x00BE or (>= 0x2150 and <= 0x215E) or 0x2189 => ((char)value).ToString(),
        0x0085 or 0x2028 or 0x2029 => "\n",
        0x00A0 or 0x1680 or 0x2007 or 0x202F or 0x205F or 0x3000 => " ",
        _ => null,
    };
}

/// <summary>Where folded characters go, each with the original span it stands for.</summary>
public ref struct FoldTarget
{
    private char[] _text;
    private int[]? _starts; // null as long as each character stands for the unit at its own place
    private int[]? _ends;

    internal FoldTarget(int capacity) => _text = new char[capacity];

    /// <summary>How many folded characters there are.</summary>
    public int Count { get; private set; }

    internal int OriginalStart { get; set; }

    internal int OriginalEnd { get; set; }

    /// <summary>Adds one folded character that stands for the current original span.</summary>
    public void Add(char c)
    {
        if (Count == _text.Length)
        {
            Array.Resize(ref _text, Count * 2);
            if (_starts is not null) Array.Resize(ref _starts, Count * 2);
            if (_ends is not null) Array.Resize(ref _ends, Count * 2);
        }

        _text[Count] = c;
        if (_starts is null || _ends is null)
        {
            if (OriginalStart == Count && OriginalEnd == Count + 1)
            {
                Count++;
                return;
            }

            (_starts, _ends) = (new int[_text.Length], new int[_text.Length]);
            for (var i = 0; i < Count; i++) (_starts[i], _ends[i]) = (i, i + 1);
        }

        _starts[Count] = OriginalStart;
        _ends[Count++] = OriginalEnd;
    }

    internal readonly Normalised ToNormalised(string original, string view) => new(original, view, _text, _starts, _ends, Count);
}
