using System.Globalization;

namespace SocialHub.Configuration.Settings;

/// <summary>Who is on duty, and when the next working morning is, by the authority's clock.</summary>
/// <param name="people">The team's setting.</param>
/// <param name="authority">Its time zone, and the days on which it is closed besides public holidays.</param>
public sealed class DutyHours(PeopleSetting people, AuthorityConfiguration authority)
{
    /// <summary>Shortest time for which a page is held: tapped a moment before the team arrives, it would give them none.</summary>
    public static readonly TimeSpan ShortestHold = TimeSpan.FromHours(2);

    private static readonly TimeOnly UsualMorning = new(8, 0);
    private static readonly TimeOnly EarliestMorning = new(5, 0);
    private static readonly TimeOnly LatestMorning = new(12, 0);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(authority.TimeZone);
    private readonly HashSet<string> _closing = [.. authority.ClosingDays];

    /// <summary>
    /// Who is told now that a debate turns: who is on duty, and who asked to be told at any hour. When that is nobody, everybody: it must not go unseen.
    /// </summary>
    public IReadOnlyList<Person> Told(DateTimeOffset now)
    {
        var told = people.People.Where(person => person.Urgent || IsOnDuty(person, now)).ToList();
        return told.Count > 0 ? told : people.People;
    }

    /// <summary>Who is on duty now; when that is nobody, everybody.</summary>
    public IReadOnlyList<Person> OnDuty(DateTimeOffset now)
    {
        var there = people.People.Where(person => IsOnDuty(person, now)).ToList();
        return there.Count > 0 ? there : people.People;
    }

    /// <summary>When somebody is on duty next, to a quarter of an hour; now, when somebody is or nobody will be within two weeks.</summary>
    public DateTimeOffset NextOnDuty(DateTimeOffset now)
    {
        for (var at = now; at < now.AddDays(14); at = at.AddTicks(-(at.UtcTicks % Quarter.Ticks)) + Quarter)
        {
            if (people.People.Any(person => IsOnDuty(person, at)))
                return at;
        }

        return now;
    }

    /// <summary>True in the duty hours of a person; a public holiday and a closing day have none.</summary>
    public bool IsOnDuty(Person person, DateTimeOffset now)
    {
        if (!HubConfigurationValidator.TryTime(person.From, out var from) || !HubConfigurationValidator.TryTime(person.To, out var to))
            return false;
        var local = TimeZoneInfo.ConvertTime(now, _zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (from < to)
            return time >= from && time < to && Has(person, day);
        // Over midnight: the night belongs to the day on which it began.
        return time >= from ? Has(person, day) : time < to && Has(person, day.AddDays(-1));
    }

    /// <summary>
    /// The first working morning at least <see cref="ShortestHold"/> after <paramref name="now"/>: no weekend, no public holiday, no closing day, and where
    /// people have duty hours, a day on which somebody has; at the hour at which the first of them begins, or at 08:00.
    /// </summary>
    public DateTimeOffset NextWorkingMorning(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _zone).DateTime);
        var isManned = people.People.Any(person => Enumerable.Range(0, 7).Any(ahead => IsWeekday(today.AddDays(ahead)) && Names(person, today.AddDays(ahead))));
        for (var day = today; ; day = day.AddDays(1))
        {
            if (!IsWeekday(day) || IsClosed(day))
                continue;
            var starts = people.People.Where(person => Has(person, day)).Select(person => HubConfigurationValidator.TryTime(person.From, out var from) ? from : UsualMorning).ToList();
            if (isManned && starts.Count == 0)
                continue;
            // Whoever is on duty day and night, or at night, begins no morning.
            var mornings = starts.Where(start => start >= EarliestMorning && start <= LatestMorning).ToList();
            var morning = Instant(day, mornings.Count == 0 ? UsualMorning : mornings.Min());
            if (morning >= now + ShortestHold)
                return morning;
        }
    }

    private bool Has(Person person, DateOnly day) => Names(person, day) && !IsClosed(day);

    private bool IsClosed(DateOnly day) =>
        PublicHolidays.Are(day, authority.TimeZone, authority.AlsaceMoselle) || _closing.Contains(day.ToString(ConfigurationCheck.DayFormat, CultureInfo.InvariantCulture));

    private static bool Names(Person person, DateOnly day) => person.Days.Contains(day.ToString("dddd", CultureInfo.InvariantCulture).ToLowerInvariant(), StringComparer.Ordinal);

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    // A time that the clocks jump over does not exist: an hour later does.
    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (_zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
