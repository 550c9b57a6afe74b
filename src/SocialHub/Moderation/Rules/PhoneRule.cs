using PhoneNumbers;

namespace SocialHub.Moderation.Rules;

/// <summary>Telephone numbers that exist by the numbering plan (libphonenumber): French ones, and international ones written with a plus.</summary>
public sealed class PhoneRule : ModerationRule
{
    private const string Region = "FR";
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
                    if (start < next || start + FrenchLength > groups.Digits.Length || groups.Digits[start] != '0' || !groups.IsEdge(start + FrenchLength)) continue;
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

    private static bool IsValid(string number)
    {
        var plan = PhoneNumberUtil.GetInstance();
        try
        {
            return plan.IsValidNumber(plan.Parse(number, Region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
