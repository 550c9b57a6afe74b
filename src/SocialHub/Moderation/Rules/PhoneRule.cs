using System.Globalization;
using PhoneNumbers;

namespace SocialHub.Moderation.Rules;

/// <summary>Telephone numbers that exist by the numbering plan (libphonenumber): French ones, and international ones written with a plus or with <c>00</c>.</summary>
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
                var next = 0;
                foreach (var start in groups.GroupStarts)
                {
                    if (start < next) continue;
                    var plus = start == 0 && groups.HasPlus;
                    var abroad = plus ? 0 : start + 2;
                    if ((plus || HasZeros(groups, start)) && attempts++ < MostAttempts && TryInternational(groups, abroad, out var end))
                    {
                        findings.Add(field, groups.Position(start) - (plus ? 1 : 0), groups.Position(end - 1) + 1);
                        next = end;
                        continue;
                    }

                    if (!IsFrenchForm(groups, start, next)) continue;
                    if (attempts++ >= MostAttempts) return;
                    if (!IsValid(groups.Digits.Slice(start, FrenchLength).ToString())) continue;
                    next = start + FrenchLength;
                    findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1);
                }
            }
        }
    }

    private static bool HasZeros(DigitGroups groups, int start) =>
        start + 10 <= groups.Digits.Length && groups.Digits[start] == '0' && groups.Digits[start + 1] == '0' && !groups.IsGlued(start);

    private static bool IsFrenchForm(DigitGroups groups, int start, int next)
    {
        var end = start + FrenchLength;
        return end <= groups.Digits.Length && groups.Digits[start] == '0' && groups.IsEdge(end) && IsSpacedLikeAPhone(groups.Sizes(start, end)) && HasItsSlashes(groups, start, next);
    }

    // Between all of its pairs or between none: dates and references have them between some. After a slash without blanks begins only a second number.
    private static bool HasItsSlashes(DigitGroups groups, int start, int next)
    {
        var end = start + FrenchLength;
        if (groups.IsGlued(start) && start != next) return false;
        var (some, all) = groups.Slashes(start, end);
        return !some || (all && groups.Sizes(start, end).All(size => size == 2) && !(end < groups.Digits.Length && groups.IsSlashed(end)) && !IsCounting(groups.Digits.Slice(start, FrenchLength)));
    }

    // "les 04/05/06/07/08 juillet"
    private static bool IsCounting(ReadOnlySpan<char> digits)
    {
        for (var i = 2; i < digits.Length; i += 2)
        {
            if (int.Parse(digits.Slice(i, 2), CultureInfo.InvariantCulture) != int.Parse(digits.Slice(i - 2, 2), CultureInfo.InvariantCulture) + 1) return false;
        }

        return true;
    }

    // "+33 (0)6 ..." is written in France although no plan has that zero.
    private static bool TryInternational(DigitGroups groups, int start, out int end)
    {
        var digits = groups.Digits;
        for (end = Math.Min(digits.Length, start + 16); end >= start + 8; end--)
        {
            if (!groups.IsEdge(end)) continue;
            var number = digits[start..end].ToString();
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
