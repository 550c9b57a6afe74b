namespace SocialHub.Moderation.Rules;

/// <summary>
/// French social security numbers (NIR): sex, year, month, department (2A and 2B in Corsica), commune, order, and a key of two digits
/// that is 97 less the number modulo 97 (décret 82-103; for 2A and 2B the letter reads 0 and 1 000 000 or 2 000 000 is taken off).
/// </summary>
public sealed class SocialSecurityNumberRule : ModerationRule
{
    private const int Length = 15;

    public override string Id => "social-security-number";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de sécurité sociale serait visible de tous.", "A French social security number would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            var text = field.Plain.Text;
            for (var i = 0; i + Length <= text.Length; i++)
            {
                if (text[i] is not ('1' or '2' or '3' or '4' or '7' or '8') || (i > 0 && Text.Words.IsLetterOrDigit(text[i - 1]))) continue;
                if (EndOf(text, i) is not { } end) continue;
                findings.Add(field, i, end);
                i = end;
            }
        }
    }

    private static int? EndOf(ReadOnlySpan<char> text, int start)
    {
        Span<char> number = stackalloc char[Length];
        var count = 0;
        var i = start;
        for (; i < text.Length && count < Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) || (count == 6 && text[i] is 'a' or 'b')) number[count++] = text[i];
            else if (text[i] is not (' ' or '.' or '-' or '/') || !char.IsAsciiLetterOrDigit(text[i - 1])) return null;
        }

        if (count < Length || (i < text.Length && Text.Words.IsLetterOrDigit(text[i]))) return null;
        var month = Two(number, 3);
        if (month is not ((>= 1 and <= 12) or (>= 20 and <= 42) or >= 50)) return null;
        var corsica = number[6] switch { 'a' => 1_000_000L, 'b' => 2_000_000L, _ => 0L };
        if (corsica != 0)
        {
            if (number[5] != '2') return null;
            number[6] = '0';
        }

        var value = 0L;
        for (var n = 0; n < 13; n++) value = (value * 10) + number[n] - '0';
        return 97 - ((value - corsica) % 97) == Two(number, 13) ? i : null;
    }

    private static int Two(ReadOnlySpan<char> number, int at) => ((number[at] - '0') * 10) + number[at + 1] - '0';
}
