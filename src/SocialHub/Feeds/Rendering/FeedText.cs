using System.Globalization;

namespace SocialHub.Feeds.Rendering;

/// <summary>Words and dates of a feed in French and English. Its own month names: those of the machine's language data differ from one to another, and two hubs answer the same bytes.</summary>
internal sealed class FeedText
{
    private static readonly string[] FrenchMonths = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private readonly bool _english;
    private readonly TimeZoneInfo _zone;

    public FeedText(string language, string timeZone)
    {
        _english = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        _zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    public string Pinned => _english ? "Pinned" : "Épinglé";

    public string None => _english ? "No posts yet." : "Aucune publication pour le moment.";

    public string More => _english ? "Show more" : "Afficher la suite";

    public string SeeOn => _english ? "See on " : "Voir sur ";

    public string AlsoOn => _english ? "Also on " : "Aussi sur ";

    public static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        return _english
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Day} {EnglishMonths[local.Month - 1]} {local.Year}, {local:HH:mm}")
            : string.Create(CultureInfo.InvariantCulture, $"{local.Day}{(local.Day == 1 ? "er" : "")} {FrenchMonths[local.Month - 1]} {local.Year} à {local:HH:mm}");
    }

    /// <summary>A network as people call it; of the web, the host.</summary>
    public static string Network(string network, string url) => network switch
    {
        "linkedin" => "LinkedIn",
        "youtube" => "YouTube",
        "web" or "" => new Uri(url).Host,
        _ => char.ToUpperInvariant(network[0]) + network[1..],
    };
}
