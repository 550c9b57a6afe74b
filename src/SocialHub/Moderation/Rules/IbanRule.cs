using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>International bank account numbers: ISO 13616, length by country (SWIFT's registry) and check digits modulo 97.</summary>
public sealed class IbanRule : ModerationRule
{
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ad"] = 24,
        ["at"] = 20,
        ["be"] = 16,
        ["bg"] = 28,
        ["ch"] = 21,
        ["cy"] = 28,
        ["cz"] = 24,
        ["de"] = 22,
        ["dk"] = 18,
        ["ee"] = 20,
        ["es"] = 24,
        ["fi"] = 18,
        ["fo"] = 18,
        ["fr"] = 27,
        ["gb"] = 22,
        ["gi"] = 23,
        ["gl"] = 18,
        ["gr"] = 27,
        ["hr"] = 21,
        ["hu"] = 28,
        ["ie"] = 22,
        ["is"] = 26,
        ["it"] = 27,
        ["li"] = 21,
        ["lt"] = 20,
        ["lu"] = 20,
        ["lv"] = 21,
        ["ma"] = 28,
        ["mc"] = 27,
        ["mt"] = 31,
        ["mu"] = 30,
        ["nl"] = 18,
        ["no"] = 15,
        ["pl"] = 28,
        ["pt"] = 25,
        ["ro"] = 24,
        ["rs"] = 22,
        ["se"] = 24,
        ["si"] = 19,
        ["sk"] = 24,
        ["sm"] = 27,
        ["tn"] = 24,
        ["tr"] = 26,
        ["ua"] = 29,
        ["va"] = 22,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override string Id => "iban";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de compte bancaire (IBAN) serait visible de tous.", "A bank account number (IBAN) would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var lengths = Lengths.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var field in reading.Fields)
        {
            var text = field.Plain.Text;
            for (var i = 0; i + 15 <= text.Length; i++)
            {
                if (!char.IsAsciiLetter(text[i]) || !char.IsAsciiLetter(text[i + 1]) || !(char.IsAsciiDigit(text[i + 2]) || text[i + 2] == ' ')) continue;
                if (i > 0 && Text.Words.IsLetterOrDigit(text[i - 1])) continue;
                if (!lengths.TryGetValue(text.Slice(i, 2), out var length)) continue;
                if (EndOf(text, i, length) is not { } end) continue;
                findings.Add(field, i, end);
                i = end;
            }
        }
    }

    // Reads the number over single spaces, dots and hyphens, and computes it modulo 97 with its first four characters last.
    private static int? EndOf(ReadOnlySpan<char> text, int start, int length)
    {
        Span<char> number = stackalloc char[length];
        var count = 0;
        var i = start;
        for (; i < text.Length && count < length; i++)
        {
            if (char.IsAsciiDigit(text[i]) || (char.IsAsciiLetter(text[i]) && count is not (2 or 3))) number[count++] = text[i];
            else if (text[i] is not (' ' or '.' or '-') || !char.IsAsciiLetterOrDigit(text[i - 1])) return null;
        }

        if (count < length || (i < text.Length && Text.Words.IsLetterOrDigit(text[i]))) return null;
        var remainder = 0;
        for (var n = 0; n < length; n++)
        {
            var c = number[(n + 4) % length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'a' + 10) % 97;
        }

        return remainder == 1 ? i : null;
    }
}
