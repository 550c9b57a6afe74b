namespace SocialHub.Configuration;

/// <summary>Rules of <c>$.authority</c>.</summary>
internal sealed class AuthorityRules(ConfigurationCheck root)
{
    // Bridging days of several years; each look at the duty hours goes over them.
    private const int MostClosingDays = 200;
    private const string ExampleAddress = "https://hub.saint-exemple.fr";

    public void Check(AuthorityConfiguration authority)
    {
        var here = root.Member("authority");
        here.Member("name").Text(authority.Name, ConfigurationCheck.LongestName, "the authority's name, as in \"Ville de Saint-Exemple\"");
        here.Member("language").That(authority.Language is "fr" or "en", "is not a language of the hub; write \"fr\" or \"en\".");
        here.Member("timeZone").That(IsIanaZone(authority.TimeZone), "is not a known time zone; write its IANA name, as in \"Europe/Paris\" or \"Indian/Reunion\".");
        here.Member("publicAddress").Origin(authority.PublicAddress, secure: true, ExampleAddress);
        here.Member("directorOfPublication").OptionalText(authority.DirectorOfPublication, ConfigurationCheck.LongestName, "a person's name, or remove it");
        var closing = here.Member("closingDays");
        closing.Count(authority.ClosingDays.Count, 0, MostClosingDays, "days");
        for (var i = 0; i < authority.ClosingDays.Count; i++)
            closing.Item(i).That(TeamRules.TryDay(authority.ClosingDays[i], out _), "is no day; write year, month and day, as in \"2026-12-24\".");
        closing.Distinct(authority.ClosingDays);
    }

    /// <summary>Windows names are refused although .NET may know them: a file must mean the same on every machine.</summary>
    private static bool IsIanaZone(string name) =>
        name.Length is > 0 and <= 60 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && !TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _);
}
