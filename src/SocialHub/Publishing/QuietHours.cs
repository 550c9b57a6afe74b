using System.Globalization;

namespace SocialHub.Publishing;

/// <summary>
/// Hours in which nothing is posted, by the authority's clock. A moment is judged by what the clock on the wall shows then: where a change of time
/// makes an hour twice, both are judged; an hour that does not exist is never shown.
/// </summary>
public sealed class QuietHours
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(49);
    private readonly TimeZoneInfo _zone;
    private readonly TimeOnly? _from;
    private readonly TimeOnly? _to;

    /// <param name="zone">The authority's zone.</param>
    /// <param name="from">Start, <c>HH:mm</c>; null: never quiet.</param>
    /// <param name="to">End, <c>HH:mm</c>, not included; earlier than the start: on the next day.</param>
    public QuietHours(TimeZoneInfo zone, string? from, string? to)
    {
        _zone = zone;
        if (Parse(from) is { } start && Parse(to) is { } end && start != end)
            (_from, _to) = (start, end);
    }

    /// <summary>True when the wall shows a quiet hour at that moment.</summary>
    public bool IsQuiet(DateTimeOffset at)
    {
        if (_from is not { } from || _to is not { } to)
            return false;
        var shown = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);
        return from < to ? shown >= from && shown < to : shown >= from || shown < to;
    }

    /// <summary>True when no moment of the span is quiet, both ends included.</summary>
    public bool IsFree(DateTimeOffset from, DateTimeOffset to)
    {
        if (IsQuiet(from) || IsQuiet(to))
            return false;
        // Quiet hours begin and end on whole minutes, and clocks change on whole minutes.
        for (var at = NextMinute(from); at < to; at += Step)
        {
            if (IsQuiet(at))
                return false;
        }

        return true;
    }

    /// <summary>The first moment from <paramref name="at"/> on that begins a free span; two days later when the free hours are shorter than it.</summary>
    public DateTimeOffset NextFree(DateTimeOffset at, TimeSpan span)
    {
        if (IsFree(at, at + span))
            return at;
        var next = NextMinute(at);
        while (next < at + Farthest && !IsFree(next, next + span))
            next += Step;
        return next;
    }

    private static DateTimeOffset NextMinute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static TimeOnly? Parse(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
