using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Connections.Web;

/// <summary>
/// Dates as feeds write them: RFC 3339 and its shorter forms, RFC 822 with two- or four-digit years, both with French or English names,
/// numbers in French order, zones by number or by name. What is not a date is null, never a guess.
/// </summary>
internal static partial class FeedDates
{
    private static readonly FrozenDictionary<string, int> Months = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["jan"] = 1,
        ["janv"] = 1,
        ["january"] = 1,
        ["janvier"] = 1,
        ["feb"] = 2,
        ["fev"] = 2,
        ["fevr"] = 2,
        ["february"] = 2,
        ["fevrier"] = 2,
        ["mar"] = 3,
        ["mars"] = 3,
        ["march"] = 3,
        ["apr"] = 4,
        ["avr"] = 4,
        ["april"] = 4,
        ["avril"] = 4,
        ["may"] = 5,
        ["mai"] = 5,
        ["jun"] = 6,
        ["june"] = 6,
        ["juin"] = 6,
        ["jul"] = 7,
        ["juil"] = 7,
        ["july"] = 7,
        ["juillet"] = 7,
        ["aug"] = 8,
        ["aou"] = 8,
        ["aout"] = 8,
        ["august"] = 8,
        ["sep"] = 9,
        ["sept"] = 9,
        ["september"] = 9,
        ["septembre"] = 9,
        ["oct"] = 10,
        ["october"] = 10,
        ["octobre"] = 10,
        ["nov"] = 11,
        ["november"] = 11,
        ["novembre"] = 11,
        ["dec"] = 12,
        ["december"] = 12,
        ["decembre"] = 12,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // RFC 822, section 5.1, and the names that European servers write. Military letters but Z were never meant (RFC 2822, section 4.3).
    private static readonly FrozenDictionary<string, double> Zones = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["z"] = 0,
        ["ut"] = 0,
        ["utc"] = 0,
        ["gmt"] = 0,
        ["wet"] = 0,
        ["bst"] = 1,
        ["west"] = 1,
        ["cet"] = 1,
        ["met"] = 1,
        ["mez"] = 1,
        ["cest"] = 2,
        ["mest"] = 2,
        ["mesz"] = 2,
        ["eet"] = 2,
        ["eest"] = 3,
        ["msk"] = 3,
        ["est"] = -5,
        ["edt"] = -4,
        ["cst"] = -6,
        ["cdt"] = -5,
        ["mst"] = -7,
        ["mdt"] = -6,
        ["pst"] = -8,
        ["pdt"] = -7,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="text">As the feed has it; longer than 100 characters is no date.</param>
    /// <param name="zone">For a date that names none.</param>
    /// <returns>Null when it cannot be read, or lies outside the years 1970 to 2100.</returns>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100)
            return null;
        var plain = WithoutAccents(text.Trim()).ToLowerInvariant();
        return Iso().Match(plain) is { Success: true } iso ? FromIso(iso, zone) : FromWords(plain, zone);
    }

    private static DateTimeOffset? FromIso(Match m, TimeZoneInfo zone) =>
        Make(Number(m, "y"), Number(m, "mo", 1), Number(m, "d", 1), Number(m, "h", 0), Number(m, "mi", 0), Number(m, "s", 0), m.Groups["z"].Value, zone);

    private static DateTimeOffset? FromWords(string plain, TimeZoneInfo zone)
    {
        var (hour, minute, second) = (0, 0, 0);
        var time = Time().Match(plain);
        var offset = "";
        if (time.Success)
        {
            (hour, minute, second) = (Number(time, "h"), Number(time, "mi", 0), Number(time, "s", 0));
            if (time.Groups["half"].Value is { Length: > 0 } half)
                hour = (hour % 12) + (half[0] == 'p' ? 12 : 0);
            offset = time.Groups["more"].Value is { Length: > 0 } more ? more : time.Groups["z"].Value;
            plain = plain.Remove(time.Index, time.Length).Insert(time.Index, " ");
        }
        if (Numeric().Match(plain) is { Success: true } numbers)
        {
            var (first, other) = (Number(numbers, "a"), Number(numbers, "b"));
            // French order, unless that is no date and the American one is, or the time is American.
            return first > 12 || (other <= 12 && !time.Groups["half"].Success) ? Make(Year(numbers.Groups["y"].Value), other, first, hour, minute, second, offset, zone) : Make(Year(numbers.Groups["y"].Value), first, other, hour, minute, second, offset, zone);
        }
        int? month = null;
        string? day = null, year = null;
        foreach (Match word in Word().Matches(plain))
        {
            var value = word.Value;
            if (char.IsAsciiDigit(value[0]))
            {
                if (value.Length == 4 && year is null)
                    year = value;
                else if (value.Length <= 2 && day is null)
                    day = value;
                else if (value.Length == 2 && year is null)
                    year = value;
            }
            // The last one: "mar" is also the French Tuesday.
            else if (Months.TryGetValue(value, out var number))
                month = number;
            else if (offset.Length == 0 && Zones.ContainsKey(value))
                offset = value;
        }
        if (month is null || day is null || year is null)
            return null;
        return Make(Year(year), month.Value, int.Parse(day, CultureInfo.InvariantCulture), hour, minute, second, offset, zone);
    }

    // RFC 2822, section 4.3: 00 to 49 is this century.
    private static int Year(string digits)
    {
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        return digits.Length > 2 ? year : year + (year < 50 ? 2000 : 1900);
    }

    private static DateTimeOffset? Make(int year, int month, int day, int hour, int minute, int second, string offset, TimeZoneInfo zone)
    {
        if (year is < 1970 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || minute > 59)
            return null;
        // Midnight at the end of a day, and leap seconds.
        var days = hour == 24 && minute == 0 ? 1 : 0;
        if (hour - (24 * days) > 23 || second > 60)
            return null;
        var local = new DateTime(year, month, day, hour % 24, minute, Math.Min(second, 59), DateTimeKind.Unspecified).AddDays(days);
        var date = new DateTimeOffset(local, Offset(offset.Trim(), local, zone)).ToUniversalTime();
        // The first day of computers is a date that nobody set.
        return date < DateTimeOffset.UnixEpoch.AddDays(1) ? null : date;
    }

    private static TimeSpan Offset(string text, DateTime local, TimeZoneInfo zone)
    {
        if (Zones.TryGetValue(text, out var hours))
            return TimeSpan.FromHours(hours);
        if (text.Length >= 2 && text[0] is '+' or '-')
        {
            var digits = string.Concat(text.Where(char.IsAsciiDigit));
            var value = digits.Length <= 2 ? int.Parse(digits, CultureInfo.InvariantCulture) * 60 : (int.Parse(digits[..^2], CultureInfo.InvariantCulture) * 60) + int.Parse(digits[^2..], CultureInfo.InvariantCulture);
            return value > 14 * 60 ? TimeSpan.Zero : TimeSpan.FromMinutes(text[0] == '-' ? -value : value);
        }
        return text.Length > 0 ? TimeSpan.Zero : zone.GetUtcOffset(local);
    }

    private static int Number(Match match, string group, int missing = 0) =>
        match.Groups[group] is { Success: true, Value: { Length: > 0 } digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : missing;

    private static string WithoutAccents(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in Whole(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c);
        }
        return plain.ToString();
    }

    // Half a surrogate pair cannot be normalised.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFE));

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^(?<y>\d{4})([-/]?(?<mo>\d{1,2})([-/]?(?<d>\d{1,2})([t ]+(?<h>\d{1,2}):?(?<mi>\d{2})(:?(?<s>\d{2})([.,]\d+)?)?)?)?)?\s*(?<z>z|utc?|gmt|wet|bst|west|cet|met|mez|cest|mest|mesz|eet|eest|msk|[ecmp][sd]t|[+-]\d{1,2}(:?\d{2})?)?(\[[a-z/_]+\])?$", Options, 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<!\d)(?<h>\d{1,2})\s?[:h]\s?(?<mi>\d{2})?([:m](?<s>\d{2}))?([.,]\d+)?\s*(?<half>[ap]\.?m\.?(?![a-z]))?\s*(\(?(?<z>[+-]\d{1,2}(:?\d{2})?|(z|utc?|gmt|wet|bst|west|cet|met|mez|cest|mest|mesz|eet|eest|msk|[ecmp][sd]t)(?![a-z]))(?<more>[+-]\d{1,2}(:?\d{2})?)?\)?)?", Options, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<!\d)(?<a>\d{1,2})[/.\-](?<b>\d{1,2})[/.\-](?<y>\d{4}|\d{2})(?!\d)", Options, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"\d+|[a-z]+", Options, 1000)]
    private static partial Regex Word();
}
