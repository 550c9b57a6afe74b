using CsCheck;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class QuietHoursTests
{
    private static readonly Gen<string> Time = Gen.Select(Gen.Int[0, 23], Gen.OneOf(Gen.Const(0), Gen.Const(30), Gen.Int[0, 59]), (h, m) => $"{h:D2}:{m:D2}");

    // Both change days of 2027 with the days around them; the overseas zones change nothing and are asked the same.
    private static readonly Gen<(string Zone, DateTimeOffset At)> Moment = Gen.Select(
        Gen.OneOf(Gen.Const("Europe/Paris"), Gen.Const("Indian/Reunion"), Gen.Const("America/Martinique")),
        Gen.OneOf(Gen.Const(new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero)), Gen.Const(new DateTimeOffset(2027, 10, 30, 12, 0, 0, TimeSpan.Zero))),
        Gen.Int[0, 48 * 3600],
        (zone, day, seconds) => (zone, day.AddSeconds(seconds)));

    [Fact]
    public void A_moment_is_quiet_when_the_clock_on_the_wall_says_so() => Gen.Select(Moment, Time, Time).Sample((moment, from, to) =>
    {
        var quiet = new QuietHours(Zone(moment.Zone), from, to);
        var wall = TimeZoneInfo.ConvertTime(moment.At, Zone(moment.Zone)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        bool expected = string.CompareOrdinal(from, to) < 0
            ? string.CompareOrdinal(wall, from) >= 0 && string.CompareOrdinal(wall, to) < 0
            : string.CompareOrdinal(from, to) > 0 && (string.CompareOrdinal(wall, from) >= 0 || string.CompareOrdinal(wall, to) < 0);
        return quiet.IsQuiet(moment.At) == expected;
    });

    [Fact]
    public void The_next_free_moment_is_free_for_its_whole_span_and_the_first_such() => Gen.Select(Moment, Time, Time, Gen.Int[0, 300]).Sample((moment, from, to, seconds) =>
    {
        var quiet = new QuietHours(Zone(moment.Zone), from, to);
        var span = TimeSpan.FromSeconds(seconds);
        var next = quiet.NextFree(moment.At, span);
        if (next >= moment.At.AddHours(49))
            return true;
        // Every second of the span, and no earlier whole minute would do.
        for (var at = next; at <= next + span; at += TimeSpan.FromSeconds(7))
            Assert.False(quiet.IsQuiet(at));
        for (var at = moment.At; at < next; at += TimeSpan.FromMinutes(11))
            Assert.False(quiet.IsFree(at, at + span) && next - at > TimeSpan.FromMinutes(1));
        return true;
    }, iter: 300);

    [Theory]
    // 02:00 to 03:00 does not exist on 28 March 2027 in Paris: hours that begin in it begin at 03:00.
    [InlineData("Europe/Paris", "02:30", "06:00", "2027-03-28T00:59:59Z", false)]
    [InlineData("Europe/Paris", "02:30", "06:00", "2027-03-28T01:00:00Z", true)]
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-03-28T00:59:59Z", true)]
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-03-28T01:00:00Z", false)]
    // 02:00 to 03:00 is twice on 31 October 2027: both are judged.
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-10-31T00:15:00Z", true)]
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-10-31T00:45:00Z", false)]
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-10-31T01:15:00Z", true)]
    [InlineData("Europe/Paris", "21:00", "02:30", "2027-10-31T01:45:00Z", false)]
    [InlineData("Indian/Reunion", "21:00", "07:00", "2027-03-28T02:59:00Z", true)]
    [InlineData("Indian/Reunion", "21:00", "07:00", "2027-03-28T03:00:00Z", false)]
    [InlineData("America/Martinique", "21:00", "07:00", "2027-10-31T00:59:00Z", false)]
    [InlineData("America/Martinique", "21:00", "07:00", "2027-10-31T01:00:00Z", true)]
    public void Change_days_and_overseas(string zone, string from, string to, string at, bool isQuiet) =>
        Assert.Equal(isQuiet, new QuietHours(Zone(zone), from, to).IsQuiet(DateTimeOffset.Parse(at)));

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
