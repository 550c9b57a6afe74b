using PhoneNumbers;

namespace SocialHub.Moderation.Rules;

/// <summary>Telephone numbers that exist by the numbering plan (libphonenumber): French ones, and international ones written with a plus.</summary>
public sealed class PhoneRule : ModerationRule
{
    // The national plan of ten digits covers France and the overseas departments, which have country codes of their own.
    private static readonly string[] Regions = ["FR", "RE", "GP", "GF", "MQ"];

    private const int FrenchLength = 10;

    // A text that is all digits is known for what it is long before.
    private const int MostAttempts = 50;

    public override string Id => "phone";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de téléphone serait visible de tous.", "A telephone number would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            var attempts = 0;
            foreach (var groups in DigitGroups.In(field.Plain))
            {
                if (groups.HasPlus && TryInternational(groups, out var end) is { } found && found && attempts++ < MostAttempts)
                {
                    findings.Add(field, groups.Position(0) - 1, groups.Position(end - 1) + 1);
                    continue;
                }

                var next = 0;
                foreach (var start in groups.GroupStarts)
                {
                    if (start < next || start + FrenchLength > groups.Digits.Length || groups.Digits[start] != '0' || !groups.IsEdge(start + FrenchLength) || !IsSpacedLikeAPhone(groups.Sizes(start, start + FrenchLength))) continue;
                    if (attempts++ >= MostAttempts) return;
                    if (!IsValid(groups.Digits.Slice(start, FrenchLength).ToString())) continue;
                    next = start + FrenchLength;
                    findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1);
                }
            }
        }
    }

    // "+33 (0)6 ..." is written in France although no plan has that zero.
    private static bool TryInternational(DigitGroups groups, out int end)
    {
        var digits = groups.Digits;
        for (end = Math.Min(digits.Length, 16); end >= 8; end--)
        {
            if (!groups.IsEdge(end)) continue;
            var number = digits[..end].ToString();
            if (number.StartsWith("330", StringComparison.Ordinal)) number = string.Concat("33", number.AsSpan(3));
            if (IsValid("+" + number)) return true;
        }

        return false;
    }

    // Pairs, fours, one digit each or no space at all, and two ways with threes: "063 24 00123" is a file's number.
    private static bool IsSpacedLikeAPhone(IEnumerable<int> sizes)
    {
        var groups = sizes.ToArray();
        return Array.TrueForAll(groups, size => size % 2 == 0) || Array.TrueForAll(groups, size => size == 1) || groups is [4, 3, 3] or [3, 3, 4];
    }

    private static bool IsValid(string number)
    {
        var plan = PhoneNumberUtil.GetInstance();
        try
        {
            return number[0] == '+' ? plan.IsValidNumber(plan.Parse(number, null)) : Regions.Any(region => plan.IsValidNumber(plan.Parse(number, region)));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
