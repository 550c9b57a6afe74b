using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>International bank account numbers: ISO 13616, length by country (SWIFT's registry) and check digits modulo 97.</summary>
public sealed class IbanRule : ModerationRule
{
    // Nothing but digits behind the country.
    private static readonly FrozenSet<string> Numeric = FrozenSet.ToFrozenSet(["de", "be", "es", "pt", "at", "dk", "fi", "no", "se", "ee", "lt", "hr", "si", "pl", "cz", "sk", "hu", "ma", "tn", "rs", "is"], StringComparer.Ordinal);

    private const int Shortest = 15;
    private const int MostSeparators = 3;

    // In percent of its length.
    private const int FewestDigits = 55;

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
        foreach (var field in reading.Fields)
        {
            foreach (var view in field.Numbers) Judge(field, view, findings);
        }
    }

    private static void Judge(FieldReading field, Text.Normalised view, FindingSink findings)
    {
        var lengths = Lengths.GetAlternateLookup<ReadOnlySpan<char>>();
        var text = view.Text;
        Span<char> country = stackalloc char[2];
        for (var i = 0; i + Shortest <= text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]) || (i > 0 && Text.Words.IsLetterOrDigit(text[i - 1]))) continue;
            // "F R 7 6": the country is spaced as the digits are.
            var second = i + 1;
            while (second < text.Length && second - i <= MostSeparators && !Text.Words.IsLetterOrDigit(text[second])) second++;
            if (second + 1 >= text.Length || !char.IsAsciiLetter(text[second]) || char.IsAsciiLetter(text[second + 1]) && !IsAlike(text[second + 1])) continue;
            (country[0], country[1]) = (text[i], text[second]);
            if (!lengths.TryGetValue(country, out var length) || EndOf(text, i, length, Numeric.GetAlternateLookup<ReadOnlySpan<char>>().Contains(country)) is not { } end) continue;
            findings.Add(field, i, end, view: view);
            i = end - 1;
        }
    }

    // Reads the number over what people put between, and computes it modulo 97 with its first four characters last: as it stands, then with O, I and l for digits.
    private static int? EndOf(ReadOnlySpan<char> text, int start, int length, bool isNumeric)
    {
        Span<char> number = stackalloc char[length];
        var (count, gap, digits) = (0, 0, 0);
        var i = start;
        for (; i < text.Length && count < length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                gap = 0;
                if (char.IsAsciiDigit(text[i]) || IsAlike(text[i])) digits++;
                else if (count is 2 or 3 || (isNumeric && count > 3)) return null;
                number[count++] = text[i];
            }
            else if (text[i] is '\n' or '€' or '%' || Text.Words.IsLetterOrDigit(text[i]) || ++gap > MostSeparators)
            {
                return null;
            }
        }

        // A sentence that begins with a country's letters and a house number is mostly letters.
        if (count < length || digits * 100 < length * FewestDigits || (i < text.Length && Text.Words.IsLetterOrDigit(text[i]))) return null;
        if (Remainder(number) == 1) return i;
        // Letters are as good in some places: first the commonest disguise alone.
        for (var n = 2; n < length; n++) number[n] = number[n] switch { 'o' => '0', 'l' or 'i' when n < 4 => '1', var c => c };
        if (Remainder(number) == 1) return i;
        for (var n = 4; n < length; n++) number[n] = number[n] switch { 'l' or 'i' => '1', var c => c };
        return Remainder(number) == 1 ? i : null;
    }

    private static int Remainder(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        for (var n = 0; n < number.Length; n++)
        {
            var c = number[(n + 4) % number.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'a' + 10) % 97;
        }

        return remainder;
    }

    private static bool IsAlike(char c) => c is 'o' or 'l' or 'i';
}
