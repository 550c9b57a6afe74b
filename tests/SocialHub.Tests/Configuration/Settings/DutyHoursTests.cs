using System.Globalization;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;

namespace SocialHub.Tests.Configuration.Settings;

public sealed class DutyHoursTests
{
    private static readonly Person Usual = new() { Name = "Camille", Email = "camille@saint-exemple.fr" };
    private static readonly Person Early = Usual with { Name = "Dominique", From = "07:30", Days = ["wednesday", "saturday"] };
    private static readonly Person Night = Usual with { Name = "Alix", From = "22:00", To = "06:00", Days = ["friday"] };

    [Theory]
    [InlineData(1961, "1961-04-02")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2049, "2049-04-18")]
    [InlineData(2076, "2076-04-19")]
    public void Easter_is_when_the_almanac_says(int year, string day) => Assert.Equal(Day(day), PublicHolidays.Easter(year));

    [Fact]
    public void France_has_eleven_public_holidays()
    {
        var days = Enumerable.Range(0, 365).Select(ahead => new DateOnly(2026, 1, 1).AddDays(ahead)).Where(day => PublicHolidays.Are(day, "Europe/Paris")).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"], days);
        Assert.True(PublicHolidays.Are(new DateOnly(2026, 12, 20), "Indian/Reunion"));
        Assert.False(PublicHolidays.Are(new DateOnly(2026, 12, 20), "Europe/Paris"));
    }

    [Theory]
    // A Sunday evening; a night; a working morning itself; a Friday noon.
    [InlineData("2026-11-29T20:00", "2026-11-30T08:00")]
    [InlineData("2026-11-30T03:00", "2026-11-30T08:00")]
    [InlineData("2026-11-30T08:00", "2026-12-01T08:00")]
    [InlineData("2026-11-27T12:00", "2026-11-30T08:00")]
    // On Wednesdays somebody is there earlier; the Saturday on which she is there, too, is none.
    [InlineData("2026-12-01T20:00", "2026-12-02T07:30")]
    // All Saints on a Sunday does nothing; Armistice on a Wednesday does; Easter's long weekend; Ascension; Christmas on a Friday.
    [InlineData("2026-11-10T20:00", "2026-11-12T08:00")]
    [InlineData("2026-04-03T20:00", "2026-04-07T08:00")]
    [InlineData("2026-05-13T20:00", "2026-05-15T08:00")]
    [InlineData("2026-12-24T20:00", "2026-12-28T08:00")]
    // The clocks change in the night between.
    [InlineData("2026-10-24T20:00", "2026-10-26T08:00")]
    [InlineData("2026-03-28T20:00", "2026-03-30T08:00")]
    public void The_next_working_morning(string now, string morning) =>
        Assert.Equal(Local(morning), Of(Usual, Early, Night).NextWorkingMorning(Local(now)));

    [Theory]
    // Tapped as the team arrives: it would end before anybody has read a line.
    [InlineData("2026-12-01T07:55", "2026-12-02T07:30")]
    [InlineData("2026-11-30T06:01", "2026-12-01T08:00")]
    [InlineData("2026-11-30T06:00", "2026-11-30T08:00")]
    [InlineData("2026-12-04T07:55", "2026-12-07T08:00")]
    public void A_morning_that_begins_in_less_than_two_hours_is_not_waited_for_but_the_one_after_it(string now, string morning) =>
        Assert.Equal(Local(morning), Of(Usual, Early).NextWorkingMorning(Local(now)));

    [Fact]
    public void On_a_day_on_which_the_authority_is_closed_nobody_is_on_duty_and_a_page_that_is_held_waits_over_it()
    {
        var closed = Of(new AuthorityConfiguration { ClosingDays = ["2026-12-24", "2026-05-15"] }, Usual);
        Assert.Equal(Local("2026-12-28T08:00"), closed.NextWorkingMorning(Local("2026-12-23T20:00")));
        Assert.Equal(Local("2026-05-18T08:00"), closed.NextWorkingMorning(Local("2026-05-13T20:00")));
        Assert.False(closed.IsOnDuty(Usual, Local("2026-12-24T10:00")));
        Assert.Equal(Local("2026-12-28T08:00"), closed.NextOnDuty(Local("2026-12-24T10:00")));
    }

    [Fact]
    public void In_Alsace_and_Moselle_Good_Friday_and_the_day_after_Christmas_are_holidays_too_where_hub_json_says_so()
    {
        var (alsace, elsewhere) = (Of(new AuthorityConfiguration { AlsaceMoselle = true }, Usual), Of(Usual));
        Assert.False(alsace.IsOnDuty(Usual, Local("2026-04-03T10:00")));
        Assert.True(elsewhere.IsOnDuty(Usual, Local("2026-04-03T10:00")));
        Assert.Equal(Local("2026-04-07T08:00"), alsace.NextWorkingMorning(Local("2026-04-02T20:00")));
        Assert.Equal(Local("2028-12-27T08:00"), alsace.NextWorkingMorning(Local("2028-12-22T20:00")));
        Assert.Equal(Local("2028-12-26T08:00"), elsewhere.NextWorkingMorning(Local("2028-12-22T20:00")));
    }

    [Fact]
    public void Where_nobody_has_duty_hours_on_weekdays_the_morning_is_at_eight() =>
        Assert.All([Of(), Of(Usual with { Days = [] }), Of(Usual with { Days = ["sunday"] })], duty => Assert.Equal(Local("2026-11-30T08:00"), duty.NextWorkingMorning(Local("2026-11-27T09:00"))));

    [Fact]
    public void Where_only_some_weekdays_have_somebody_the_others_are_waited_over() =>
        Assert.Equal(Local("2026-12-03T09:15"), Of(Usual with { Days = ["thursday"], From = "09:15" }).NextWorkingMorning(Local("2026-11-27T09:00")));

    [Theory]
    [InlineData("2026-11-30T09:00", "Camille")]
    [InlineData("2026-11-30T18:00", "")]
    [InlineData("2026-11-27T23:00", "Alix")]
    [InlineData("2026-11-28T05:59", "Alix")]
    [InlineData("2026-11-28T06:00", "")]
    [InlineData("2026-11-11T09:00", "")]
    public void Who_is_on_duty(string now, string names) =>
        Assert.Equal(names, string.Join(' ', new[] { Usual, Night }.Where(person => Of().IsOnDuty(person, Local(now))).Select(person => person.Name)));

    [Fact]
    public void Who_asked_to_be_told_at_any_hour_is_and_when_nobody_is_there_everybody_is()
    {
        var urgent = Usual with { Name = "Sacha", Urgent = true };
        Assert.Equal(["Sacha"], Of(Usual, urgent).Told(Local("2026-11-29T20:00")).Select(person => person.Name));
        Assert.Equal(["Camille", "Sacha"], Of(Usual, urgent).Told(Local("2026-11-30T09:00")).Select(person => person.Name));
        Assert.Equal(["Camille", "Alix"], Of(Usual, Night).Told(Local("2026-11-29T20:00")).Select(person => person.Name));
    }

    private static DutyHours Of(AuthorityConfiguration authority, params Person[] people) => new(new PeopleSetting { People = people }, authority);

    private static DutyHours Of(params Person[] people) => new(new PeopleSetting { People = people }, new AuthorityConfiguration());

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(string text)
    {
        var local = DateTime.Parse(text, CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").GetUtcOffset(local));
    }
}
