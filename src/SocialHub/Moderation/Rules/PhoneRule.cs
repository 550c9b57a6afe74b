using System.Collections.Frozen;
using SocialHub.Configuration;

namespace SocialHub.Moderation.Rules;

/// <summary>Telephone numbers that exist by the numbering plan (libphonenumber): French ones, and international ones written with a plus or with <c>00</c>.</summary>
public sealed class PhoneRule : ModerationRule
{
    private const int FrenchLength = 10;

    private static readonly FrozenSet<string> Lists = FrozenSet.ToFrozenSet(["les", "lignes", "bus", "numeros", "tirage", "loto", "jours", "lots", "bureaux", "salles", "semaines", "articles", "points"], StringComparer.Ordinal);

    private const int Shortest = 8;

    // A text that is all digits is known for what it is long before.
    private const int MostAttempts = 50;

    public override string Id => "phone";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un numéro de téléphone serait visible de tous.", "A telephone number would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            foreach (var view in field.Numbers) Judge(reading, field, view, findings);
        }
    }

    private static void Judge(Reading reading, FieldReading field, Text.Normalised view, FindingSink findings)
    {
        var attempts = 0;
        foreach (var groups in DigitGroups.In(view))
        {
            if (groups.Digits.Length < Shortest) continue;
            var next = 0;
            foreach (var start in groups.GroupStarts)
            {
                if (start < next) continue;
                var plus = start == 0 && groups.HasPlus;
                var abroad = plus ? 0 : start + 2;
                if ((plus || HasZeros(groups, start)) && attempts++ < MostAttempts && TryInternational(groups, abroad, out var end, out var number))
                {
                    next = end;
                    if (!reading.Authority.IsPublicPhone(number)) findings.Add(field, plus ? groups.PlusAt : groups.Position(start), groups.Position(end - 1) + 1, view: view);
                    continue;
                }

                // "33 6 12 34 56 78": the plus is forgotten.
                if (IsFrenchAbroad(groups, start) && attempts++ < MostAttempts && PhonePlan.Find(string.Concat("+", groups.Digits.Slice(start, FrenchLength + 1))) is { } forgotten)
                {
                    next = start + FrenchLength + 1;
                    if (!IsLabelled(groups, start) && !reading.Authority.IsPublicPhone(forgotten)) findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
                    continue;
                }

                // "mon numéro : 6 12 34 56 78": the zero is forgotten, which the words before alone can tell.
                if (IsWithoutZero(groups, start) && NumberLabels.IsCalledBefore(groups.Reading.Text, groups.Position(start)) && attempts++ < MostAttempts
                    && PhonePlan.Find(string.Concat("0", groups.Digits.Slice(start, FrenchLength - 1))) is { } bare)
                {
                    next = start + FrenchLength - 1;
                    if (!reading.Authority.IsPublicPhone(bare)) findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
                    continue;
                }

                if (DateLength(groups, start) is > 0 and var date)
                {
                    next = start + date;
                    continue;
                }

                if (!IsFrenchForm(groups, start, next)) continue;
                if (attempts++ >= MostAttempts) return;
                if (PhonePlan.Find(groups.Digits.Slice(start, FrenchLength).ToString()) is not { } french) continue;
                next = start + FrenchLength;
                if (IsLabelled(groups, start) || reading.Authority.IsPublicPhone(french)) continue;
                findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
            }
        }
    }

    // "ISBN 0306406152", "dossier 0612345678": ten digits without a space behind such a word are no telephone's, and pairs only right behind it ("réf. client 06 12 34 56 78").
    // Where the sentence speaks of a telephone before, such a word disguises its number.
    private static bool IsLabelled(DigitGroups groups, int start) => NumberLabels.Before(groups.Reading.Text, groups.Position(start)) switch
    {
        NumberLabel.Public => true,
        NumberLabel.File => (groups.Sizes(start, start + FrenchLength)[0] != 2 || NumberLabels.IsFileRightBefore(groups.Reading.Text, groups.Position(start)))
            && !NumberLabels.IsTelephoneBefore(groups.Reading.Text, groups.Position(start)),
        _ => false,
    };

    private static bool IsFrenchAbroad(DigitGroups groups, int start)
    {
        var end = start + FrenchLength + 1;
        return end <= groups.Digits.Length && groups.Digits.Slice(start, 3) is "336" or "337" && groups.IsEdge(end) && !groups.IsGlued(start) && !groups.Slashes(start, end).Some
            && groups.Sizes(start, end) is [2, 1, 2, 2, 2, 2] or [2, 3, 2, 2, 2] or [2, 9] or [11];
    }

    // A whole number by itself: a mobile one in any groups, another one in pairs behind its first digit.
    private static bool IsWithoutZero(DigitGroups groups, int start)
    {
        var end = start + FrenchLength - 1;
        if (start != 0 || groups.HasPlus || end != groups.Digits.Length || groups.Digits[0] == '0' || groups.Slashes(start, end).Some) return false;
        return groups.Sizes(start, end) is [1, 2, 2, 2, 2] || (groups.Digits[0] is '6' or '7' && groups.Sizes(start, end) is [9] or [3, 3, 3] or [3, 2, 2, 2] or [1, 8]);
    }

    private static bool HasZeros(DigitGroups groups, int start) =>
        start + 10 <= groups.Digits.Length && groups.Digits[start] == '0' && groups.Digits[start + 1] == '0' && !groups.IsGlued(start)
        // "006 223 15 64232" is a permit's number: of one digit are the codes of two countries only.
        && (!groups.IsEdge(start + 3) || groups.Digits[start + 2] is '1' or '7');

    private static bool IsFrenchForm(DigitGroups groups, int start, int next)
    {
        var end = start + FrenchLength;
        return end <= groups.Digits.Length && groups.Digits[start] == '0' && groups.IsEdge(end) && IsSpacedLikeAPhone(groups, start, end) && HasItsSlashes(groups, start, next) && !IsList(groups, start, end);
    }

    // Between all of its pairs or between none: dates and references have them between some. After a slash without blanks begins only a second number.
    private static bool HasItsSlashes(DigitGroups groups, int start, int next)
    {
        var end = start + FrenchLength;
        if (groups.IsGlued(start) && start != next) return false;
        var (some, all) = groups.Slashes(start, end);
        return !some || (!all && IsMixed(groups, start, end)) || (all && Array.TrueForAll(groups.Sizes(start, end), size => size == 2) && !(end < groups.Digits.Length && groups.IsSlashed(end)) && !IsCounting(groups.Digits.Slice(start, FrenchLength), 1));
    }

    // "06 12/34.56-78": pairs, and some on both sides of a slash that no date, hour or share has.
    private static bool IsMixed(DigitGroups groups, int start, int end)
    {
        const int LastDay = 31;
        const int LastMinute = 59;
        if (end != groups.Digits.Length || !Array.TrueForAll(groups.Sizes(start, end), size => size == 2)) return false;
        for (var i = start + 2; i < end; i += 2)
        {
            if (groups.IsSlashed(i) && (Pair(groups.Digits, i - 2) > LastDay || Pair(groups.Digits, i) > LastMinute)) return true;
        }

        return false;
    }

    // "les 04/05/06/07/08 juillet"
    private static bool IsCounting(ReadOnlySpan<char> digits, int step)
    {
        for (var i = 2; i < digits.Length; i += 2)
        {
            var by = Pair(digits, i) - Pair(digits, i - 2);
            if (by < 1 || by > step) return false;
        }

        return true;
    }

    // "01.02.2026 18 h 30", "01.02.26 - 04.05.26": the day, the month and the year are joined alike, and what follows is not.
    private static int DateLength(DigitGroups groups, int start)
    {
        const int LastDay = 31;
        var digits = groups.Digits[start..];
        if (digits.Length < 8 || Pair(digits, 0) is < 1 or > LastDay || Pair(digits, 2) is < 1 or > 12 || !groups.IsEdge(start + 2) || !groups.IsEdge(start + 4)) return 0;
        if (!groups.IsEdge(start + 6)) return Pair(digits, 4) is 19 or 20 && groups.IsEdge(start + 8) ? 8 : 0;
        if (!groups.IsEdge(start + 8)) return 0;
        var separators = groups.Separators(start, start + 8);
        return separators is [not ' ', _, _] && separators[0] == separators[1] && separators[2] != separators[0] && Pair(digits, 6) <= LastDay ? 6 : 0;
    }

    // "lignes 01, 05, 03, 12, 07", "les 01 02 04 05 06", "0-6 6-3 6-4 2-6 6-1", "0,5 1,2 ...": days, bus lines, scores and amounts.
    private static bool IsList(DigitGroups groups, int start, int end)
    {
        const int LastDay = 31;
        var digits = groups.Digits[start..end];
        var sizes = groups.Sizes(start, end);
        var separators = groups.Separators(start, end);
        if (Array.TrueForAll(sizes, size => size == 2))
        {
            if (IsCounting(digits, LastDay) && Pair(digits, 8) <= LastDay && Lists.GetAlternateLookup<ReadOnlySpan<char>>().Contains(WordBefore(groups.Reading.Text, groups.Position(start)))) return true;
            if (Array.TrueForAll(separators, separator => separator == ',') && Enumerable.Range(0, 5).All(i => Pair(groups.Digits, start + (i * 2)) <= LastDay)) return true;
        }

        if (separators.Length < 4 || !Array.Exists(sizes, size => size == 1)) return false;
        var inside = separators[0];
        if (inside == ' ') return false;
        for (var i = 0; i < separators.Length; i++)
        {
            if (separators[i] == inside != (i % 2 == 0)) return false;
        }

        return true;
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int place)
    {
        var end = place;
        while (end > 0 && text[end - 1] is ' ' or ':') end--;
        var start = end;
        while (start > 0 && end - start < 12 && Text.Words.IsLetterOrDigit(text[start - 1])) start--;
        return text[start..end];
    }

    private static int Pair(ReadOnlySpan<char> digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    // "+33 (0)6 ..." is written in France although no plan has that zero.
    private static bool TryInternational(DigitGroups groups, int start, out int end, out string found)
    {
        var digits = groups.Digits;
        found = "";
        for (end = Math.Min(digits.Length, start + 16); end >= start + 8; end--)
        {
            if (!groups.IsEdge(end)) continue;
            var number = digits[start..end].ToString();
            if (number.StartsWith("330", StringComparison.Ordinal)) number = string.Concat("33", number.AsSpan(3));
            if (PhonePlan.Find("+" + number) is not { } valid) continue;
            found = valid;
            return true;
        }

        return false;
    }

    // Pairs, fours, one digit each or no space at all, and the ways with threes that people have: "063 24 00123" is a file's number.
    private static bool IsSpacedLikeAPhone(DigitGroups groups, int start, int end)
    {
        var sizes = groups.Sizes(start, end);
        return Array.TrueForAll(sizes, size => size % 2 == 0) || Array.TrueForAll(sizes, size => size <= 2) || sizes is [4, 3, 3] or [3, 3, 4] or [3, 3, 2, 2] or [2, 3, 3, 2] or [1, 3, 3, 3];
    }
}
