using System.Buffers;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// French social security numbers (NIR): sex, year, month, department (2A and 2B in Corsica), commune, order, and a key of two digits
/// that is 97 less the number modulo 97 (décret 82-103; for 2A and 2B the letter reads 0 and 1 000 000 or 2 000 000 is taken off).
/// </summary>
public sealed class SocialSecurityNumberRule : ModerationRule
{
    private const int Length = 15;
    private const int WithoutKey = 13;
    private const int MostSeparators = 3;

    // Groups begin at digits 1, 3, 5, 7 and 10.
    private const int KnownEdges = (1 << 1) | (1 << 3) | (1 << 5) | (1 << 7) | (1 << 10);

    private const int LongestCall = 50;

    // The longer first.
    private static readonly string[] KeyWords = ["cle de controle", "clef de controle", "clef", "cle", "key"];

    private static readonly SearchValues<string> Calls = SearchValues.Create(["secu", "assure social", "assuree sociale", "carte vitale", "nir ", "n ss", "no ss", "n° ss", "numero ss", "insee"], StringComparison.Ordinal);

    public override string Id => "social-security-number";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de sécurité sociale serait visible de tous.", "A French social security number would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            foreach (var view in field.Numbers) Judge(field, view, findings);
        }
    }

    private static void Judge(FieldReading field, Text.Normalised view, FindingSink findings)
    {
        var text = view.Text;
        for (var i = 0; i + WithoutKey <= text.Length; i++)
        {
            if (Digit(text[i]) is not ('1' or '2' or '3' or '4' or '7' or '8') || (i > 0 && Text.Words.IsLetterOrDigit(text[i - 1]))) continue;
            if (EndOf(text, i) is not { } end) continue;
            findings.Add(field, i, end, view: view);
            i = end - 1;
        }
    }

    // O, I and l read as the digits they look like.
    private static char Digit(char c) => c switch { >= '0' and <= '9' => c, 'o' => '0', 'l' or 'i' => '1', _ => '\0' };

    private static int? EndOf(ReadOnlySpan<char> text, int start)
    {
        Span<char> number = stackalloc char[Length];
        // Where a group ends, as bits: the form "1 85 05 78 006 084" is known without its key.
        var (count, gap, edges, bare) = (0, 0, 0, 0);
        var i = start;
        var end = start;
        for (; i < text.Length && count < Length; i++)
        {
            if (Digit(text[i]) is var digit and not '\0' || (count == 6 && text[i] is 'a' or 'b' && (digit = text[i]) != '\0'))
            {
                if (char.IsAsciiDigit(text[i])) bare++;
                if (gap > 0) edges |= 1 << count;
                gap = 0;
                number[count++] = digit;
                end = i + 1;
            }
            else if (count == WithoutKey && LengthOfKeyWord(text, i) is > 0 and var word)
            {
                i += word - 1;
                gap = 0;
            }
            else if (Text.Words.IsLetterOrDigit(text[i]) || text[i] == '\n' || ++gap > MostSeparators)
            {
                break;
            }
        }

        // Letters for most of the digits are words.
        if (bare < WithoutKey / 2 || !IsPerson(number, count)) return null;
        var isWhole = count == Length && !(i < text.Length && Text.Words.IsLetterOrDigit(text[i]));
        if (isWhole && HasKey(number)) return end;
        return count == WithoutKey && (edges == KnownEdges || IsCalled(text, start)) && !(end < text.Length && Text.Words.IsLetterOrDigit(text[end])) ? end : null;
    }

    // "... 084 clé 49"
    private static int LengthOfKeyWord(ReadOnlySpan<char> text, int at)
    {
        foreach (var word in KeyWords)
        {
            if (text[at..].StartsWith(word, StringComparison.Ordinal) && !Text.Words.IsLetterOrDigit(text[at - 1]) && !(at + word.Length < text.Length && char.IsLetter(text[at + word.Length]))) return word.Length;
        }

        return 0;
    }

    // Without its key and written together, thirteen digits may be anything but where they are said to be one.
    private static bool IsCalled(ReadOnlySpan<char> text, int start) => text[Math.Max(0, start - LongestCall)..start].IndexOfAny(Calls) >= 0;

    private static bool IsPerson(ReadOnlySpan<char> number, int count) =>
        count >= WithoutKey && Two(number, 3) is (>= 1 and <= 12) or (>= 20 and <= 42) or >= 50 && (number[6] is not ('a' or 'b') || number[5] == '2');

    private static bool HasKey(ReadOnlySpan<char> number)
    {
        var corsica = number[6] switch { 'a' => 1_000_000L, 'b' => 2_000_000L, _ => 0L };
        var value = 0L;
        for (var n = 0; n < WithoutKey; n++) value = (value * 10) + (char.IsAsciiDigit(number[n]) ? number[n] - '0' : 0);
        return 97 - ((value - corsica) % 97) == Two(number, WithoutKey);
    }

    private static int Two(ReadOnlySpan<char> number, int at) => ((number[at] - '0') * 10) + number[at + 1] - '0';
}
