using System.Globalization;
using CsCheck;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

public sealed class FeedDateTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData("Tue, 24 Nov 2026 12:34:56 GMT", "2026-11-24T12:34:56Z")]
    [InlineData("Tue, 24 Nov 26 12:34 +0100", "2026-11-24T11:34:00Z")]
    [InlineData("24 Nov 98 12:34:56 UT", "1998-11-24T12:34:56Z")]
    [InlineData("Mar, 24 nov. 2026 12:34:56 +0100", "2026-11-24T11:34:56Z")]
    [InlineData("mardi 24 novembre 2026 à 12h34", "2026-11-24T11:34:00Z")]
    [InlineData("1er août 2026", "2026-07-31T22:00:00Z")]
    [InlineData("Lun, 02 Fév 2026 08:00:00 +0100", "2026-02-02T07:00:00Z")]
    [InlineData("Sat, 15 déc 2025 08:00:00 CET", "2025-12-15T07:00:00Z")]
    [InlineData("Wed, 15 Jul 2026 08:00:00 CEST", "2026-07-15T06:00:00Z")]
    [InlineData("Tue, 24 Nov 2026 12:34:56 EST", "2026-11-24T17:34:56Z")]
    [InlineData("Tue, 24 Nov 2026 12:34:56 GMT+1", "2026-11-24T11:34:56Z")]
    [InlineData("Tue, 24 Nov 2026 24:00:00 GMT", "2026-11-25T00:00:00Z")]
    [InlineData("Tue Nov 24 12:34:56 2026", "2026-11-24T11:34:56Z")]
    [InlineData("November 24, 2026 3:05 PM", "2026-11-24T14:05:00Z")]
    [InlineData("2026-11-24T12:34:56Z", "2026-11-24T12:34:56Z")]
    [InlineData("2026-11-24T12:34:56.789+01:00", "2026-11-24T11:34:56Z")]
    [InlineData("2026-11-24t12:34:56-0500", "2026-11-24T17:34:56Z")]
    [InlineData("2026-11-24 12:34:56", "2026-11-24T11:34:56Z")]
    [InlineData("2026-11-24", "2026-11-23T23:00:00Z")]
    [InlineData("2026-07-24", "2026-07-23T22:00:00Z")]
    [InlineData("2026-11", "2026-10-31T23:00:00Z")]
    [InlineData("20261124T123456Z", "2026-11-24T12:34:56Z")]
    [InlineData("24/11/2026 12:34", "2026-11-24T11:34:00Z")]
    [InlineData("11/24/2026", "2026-11-23T23:00:00Z")]
    [InlineData("24.11.2026", "2026-11-23T23:00:00Z")]
    public void Dates_are_read_as_they_are_written(string text, string utc) =>
        Assert.Equal(utc, FeedDates.Parse(text, Paris)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("hier")]
    [InlineData("Tue, 31 Feb 2026 12:00:00 GMT")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-24T25:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1790000000")]
    [InlineData("novembre 2026")]
    public void What_is_no_date_is_none(string text) => Assert.Null(FeedDates.Parse(text, Paris));

    [Fact]
    public void Every_date_survives_its_own_writing() =>
        Gen.DateTime[new DateTime(1970, 1, 2), new DateTime(2099, 12, 30)].Sample(date =>
        {
            var whole = new DateTimeOffset(date.Ticks - (date.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            Assert.Equal(whole, FeedDates.Parse(whole.ToString("r", CultureInfo.InvariantCulture), Paris));
            Assert.Equal(whole, FeedDates.Parse(whole.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture), Paris));
            Assert.Equal(whole, FeedDates.Parse(whole.ToString("dddd d MMMM yyyy HH:mm:ss +0000", CultureInfo.GetCultureInfo("fr-FR")), Paris));
        });

    [Fact]
    public void Any_text_is_a_date_or_none() => Gen.String.Sample(text => FeedDates.Parse(text, Paris) is null or { Year: >= 1969 and <= 2101 });
}
