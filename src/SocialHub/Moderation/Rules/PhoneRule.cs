using System.Collections.Frozen;
using SocialHub.Configuration;

namespace SocialHub.Moderation.Rules;

/// <summary>Telephone numbers that exist by the numbering plan (libphonenumber): French ones, and international ones written with a plus or with <c>00</c>.</summary>
public sealed class PhoneRule : ModerationRule
{
    private const int FrenchLength = 10;

    private static readonly FrozenSet<string> Lists = FrozenSet.ToFrozenSet(["les", "lignes", "bus", "numeros", "tirage", "loto", "jours", "lots", "bureaux", "salles", "semaines", "articles", "points"], StringComparer.Ordinal);

    private const int Shortest = 8;

    // Seven days, from and to, twice.
    private const int MostHours = 7 * 16;

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
                    if (!IsPublic(reading, groups, start, end, number)) findings.Add(field, plus ? groups.PlusAt : groups.Position(start), groups.Position(end - 1) + 1, view: view);
                    continue;
                }

                // "33 6 12 34 56 78": the plus is forgotten.
                if (IsFrenchAbroad(groups, start) && attempts++ < MostAttempts && PhonePlan.Find(string.Concat("+", groups.Digits.Slice(start, FrenchLength + 1))) is { } forgotten)
                {
                    next = start + FrenchLength + 1;
                    if (!IsLabelled(groups, start) && !IsPublic(reading, groups, start, next, forgotten)) findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
                    continue;
                }

                // "mon numéro : 6 12 34 56 78": the zero is forgotten, which the words before alone can tell.
                if (IsWithoutZero(groups, start) && NumberLabels.IsCalledBefore(groups.Reading.Text, groups.Position(start)) && attempts++ < MostAttempts
                    && PhonePlan.Find(string.Concat("0", groups.Digits.Slice(start, FrenchLength - 1))) is { } bare)
                {
                    next = start + FrenchLength - 1;
                    if (!IsPublic(reading, groups, start, next, bare)) findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
                    continue;
                }

                if (DateLength(groups, start) is > 0 and var date)
                {
                    next = start + date;
                    continue;
                }

                if (!IsFrenchForm(groups, start, next))
                {
                    // "appelez le 07700 900123": of a country beside, and no other words would say what it is.
                    if (MayBeOfNeighbour(groups, start) && NumberLabels.IsCalledBefore(groups.Reading.Text, groups.Position(start)) && attempts++ < MostAttempts
                        && PhonePlan.FindAtNeighbours(groups.Digits.ToString()) is { } near)
                    {
                        next = groups.Digits.Length;
                        if (!reading.Authority.IsPublicPhone(near)) findings.Add(field, groups.Position(start), groups.Position(next - 1) + 1, view: view);
                    }

                    continue;
                }

                if (attempts++ >= MostAttempts) return;
                var digits = groups.Digits.Slice(start, FrenchLength).ToString();
                // Made up or not, what is called somebody's number is meant as one; 08 are services.
                if ((PhonePlan.Find(digits) ?? (digits[1] is not ('0' or '8') && NumberLabels.IsCalledBefore(groups.Reading.Text, groups.Position(start)) ? digits : null)) is not { } french) continue;
                next = start + FrenchLength;
                if (IsLabelled(groups, start) || IsPublic(reading, groups, start, next, french)) continue;
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

    // What the authority lists, and a fixed line that the sentence calls an institution's or a help line's own: "le standard de la mairie (04 ...)".
    private static bool IsPublic(Reading reading, DigitGroups groups, int start, int end, string number) =>
        reading.Authority.IsPublicPhone(number)
        || (IsFixed(number) && NumberLabels.IsInstitutionsAt(groups.Reading.Text, groups.Position(start), groups.Position(end - 1) + 1));

    private static bool IsFixed(string number) =>
        number.StartsWith("+33", StringComparison.Ordinal) ? number[3] is not ('6' or '7') : number.StartsWith('0') && number[1] is not ('6' or '7');

    private static bool MayBeOfNeighbour(DigitGroups groups, int start) =>
        start == 0 && !groups.HasPlus && groups.Digits.Length is >= FrenchLength and <= FrenchLength + 2 && groups.Digits[0] is '0' or '3'
        && (!groups.Slashes(0, groups.Digits.Length).Some || IsBelgian(groups));

    // "0475/12.34.56"
    private static bool IsBelgian(DigitGroups groups) =>
        groups.Digits.Length == FrenchLength && groups.Digits[..2] is "04" && groups.IsSlashed(4) && groups.Sizes(0, FrenchLength) is [4, 2, 2, 2] or [4, 3, 3] or [4, 6] && groups.Separators(0, FrenchLength)[1..].AsSpan().IndexOf('/') < 0;

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
        return end <= groups.Digits.Length && groups.Digits[start] == '0' && groups.IsEdge(end) && HasItsSlashes(groups, start, next) && !IsList(groups, start, end) && !IsHours(groups)
            && (IsSpacedLikeAPhone(groups, start, end) || NumberLabels.IsCalledBefore(groups.Reading.Text, groups.Position(start)));
    }

    // "ouvert 09 30 12 00 puis 14 00 18 30"
    private static bool IsHours(DigitGroups groups)
    {
        const int FewestDigits = 12;
        const int LastHour = 24;
        var digits = groups.Digits;
        if (digits.Length < FewestDigits || digits.Length % 4 != 0 || digits.Length > MostHours) return false;
        for (var i = 0; i < digits.Length; i += 4)
        {
            if (!groups.IsEdge(i) || Pair(digits, i) > LastHour || Pair(digits, i + 2) % 5 != 0) return false;
        }

        return true;
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

    // Pairs, fours, one digit each or no space at all, and the ways with threes and fives that people have: "063 24 00123" is a file's number.
    private static bool IsSpacedLikeAPhone(DigitGroups groups, int start, int end)
    {
        var sizes = groups.Sizes(start, end);
        return Array.TrueForAll(sizes, size => size % 2 == 0) || Array.TrueForAll(sizes, size => size <= 2) || sizes is [4, 3, 3] or [3, 3, 4] or [3, 3, 2, 2] or [2, 3, 3, 2] or [1, 3, 3, 3]
            || (groups.Digits[start + 1] is '6' or '7' && sizes is [5, 5] or [2, 2, 3, 3] or [2, 3, 2, 3] or [2, 3, 5]);
    }
}
