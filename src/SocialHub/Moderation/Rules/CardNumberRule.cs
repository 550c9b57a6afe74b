using System.Buffers;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Payment card numbers of 15, 16 and 19 digits: the issuer's first digits and the Luhn check (ISO/IEC 7812), which one of 16 that is called a bank's card may fail.
/// Fourteen digits are left alone: a SIRET has as many and the same check, and is public.
/// </summary>
public sealed class CardNumberRule : ModerationRule
{
    private const int Commonest = 16;
    private const int LongestCall = 40;

    private static readonly int[] CardLengths = [19, Commonest, 15];

    private static readonly SearchValues<string> Calls = SearchValues.Create(["bancaire", "carte bleue", "carte visa", "carte de credit", "carte de paiement", "mastercard", "credit card", "debit card", " cb ", "cb:", "cb n"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Secrets = SearchValues.Create(["crypto", "cvv", "cvc", "expir", " exp "], StringComparison.Ordinal);

    public override string Id => "card-number";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de carte bancaire serait visible de tous.", "A payment card number would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            foreach (var groups in field.Numbers.SelectMany(DigitGroups.In))
            {
                if (groups.Digits.Length < CardLengths[^1]) continue;
                var next = 0;
                foreach (var start in groups.GroupStarts)
                {
                    if (start < next) continue;
                    foreach (var length in CardLengths)
                    {
                        if (start + length > groups.Digits.Length || !groups.IsEdge(start + length)) continue;
                        var (issued, right) = (IsIssued(groups.Digits.Slice(start, length)), Luhn(groups.Digits.Slice(start, length)));
                        if (!issued || !(right || length == Commonest)) continue;
                        var isCalled = IsCalledCard(groups.Reading.Text, groups.Position(start), groups.Position(start + length - 1) + 1);
                        // A digit that is wrong makes no other number of what is called a bank's card.
                        if (!right && !isCalled) continue;
                        next = start + length;
                        if (isCalled || NumberLabels.Before(groups.Reading.Text, groups.Position(start)) is NumberLabel.None)
                            findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: groups.Reading);
                        break;
                    }
                }
            }
        }
    }

    // "ma carte bancaire 4970 ...", "4970 ..., cryptogramme 418"
    private static bool IsCalledCard(ReadOnlySpan<char> text, int start, int end) =>
        text[Math.Max(0, start - LongestCall)..start].IndexOfAny(Calls) >= 0 || text[end..Math.Min(text.Length, end + LongestCall)].IndexOfAny(Secrets) >= 0;

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var two = ((digits[0] - '0') * 10) + digits[1] - '0';
        var four = (two * 100) + ((digits[2] - '0') * 10) + digits[3] - '0';
        return digits.Length switch
        {
            15 => two is 34 or 37,
            16 => digits[0] == '4' || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 || four == 6011 || two is 65 or 62 or 35,
            _ => digits[0] == '4' || two is 62,
        };
    }

    private static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
