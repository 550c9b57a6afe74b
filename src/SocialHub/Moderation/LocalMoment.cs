using System.Globalization;

namespace SocialHub.Moderation;

/// <summary>A moment by the authority's clock, as people read it: « 24 novembre 2026 à 18:30 ».</summary>
public static class LocalMoment
{
    /// <summary>The moment in words, without an article before it.</summary>
    /// <param name="time">In any offset.</param>
    /// <param name="zone">The authority's.</param>
    public static Wording Of(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return new(local.ToString(local.Day == 1 ? "d'er' MMMM yyyy 'à' HH:mm" : "d MMMM yyyy 'à' HH:mm", CultureInfo.GetCultureInfo("fr-FR")), local.ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-GB")));
    }

    /// <summary>The moment in words.</summary>
    /// <param name="time">In any offset.</param>
    /// <param name="zone">IANA name of the authority's zone, as hub.json has it.</param>
    public static Wording Of(DateTimeOffset time, string zone) => Of(time, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
