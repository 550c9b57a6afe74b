using System.Collections.Frozen;

namespace SocialHub.Configuration.Settings;

/// <summary>
/// Public holidays of France (Code du travail, L3133-1), and of an overseas territory its day of the abolition of slavery (loi n° 83-550). The two days
/// that Alsace and Moselle have besides (L3134-13) must be asked for: their clock is that of Paris.
/// </summary>
public static class PublicHolidays
{
    private static readonly FrozenDictionary<string, (int Month, int Day)> Abolition = new Dictionary<string, (int Month, int Day)>(StringComparer.Ordinal)
    {
        ["Indian/Mayotte"] = (4, 27),
        ["America/Martinique"] = (5, 22),
        ["America/Guadeloupe"] = (5, 27),
        ["America/Cayenne"] = (6, 10),
        ["Indian/Reunion"] = (12, 20),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True when nobody works on that day.</summary>
    /// <param name="day">By the authority's clock.</param>
    /// <param name="zone">IANA name of its time zone.</param>
    /// <param name="isAlsaceMoselle">True: Good Friday and 26 December are, too.</param>
    public static bool Are(DateOnly day, string zone, bool isAlsaceMoselle = false)
    {
        if ((day.Month, day.Day) is (1, 1) or (5, 1) or (5, 8) or (7, 14) or (8, 15) or (11, 1) or (11, 11) or (12, 25))
            return true;
        var afterEaster = day.DayNumber - Easter(day.Year).DayNumber;
        if (isAlsaceMoselle && (afterEaster == -2 || (day.Month, day.Day) is (12, 26)))
            return true;
        // Easter Monday, Ascension, Whit Monday.
        return afterEaster is 1 or 39 or 50 || (Abolition.TryGetValue(zone, out var own) && own == (day.Month, day.Day));
    }

    /// <summary>Easter Sunday of a Gregorian year (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
