using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>Rules of <c>$.publishing</c>, <c>$.moderation</c> and <c>$.retention</c>.</summary>
internal sealed partial class TeamRules(ConfigurationCheck root, HubConfiguration configuration)
{
    public void Check()
    {
        CheckPublishing(root.Member("publishing"), configuration.Publishing);
        CheckModeration(root.Member("moderation"), configuration.Moderation);
        CheckRetention(root.Member("retention"), configuration.Retention);
    }

    private static void CheckPublishing(ConfigurationCheck here, PublishingConfiguration publishing)
    {
        QuietHours(here, "quietFrom", publishing.QuietFrom, "quietTo", publishing.QuietTo);
        here.Member("paceMinutes").Range(publishing.PaceMinutes, 0, 1440, "minutes");
        here.Member("publishWithinHours").Range(publishing.PublishWithinHours, 1, 720, "hours");
        here.Member("lookEveryMinutes").Range(publishing.LookEveryMinutes, 1, 1440, "minutes");
    }

    /// <summary>Both or neither, and not the same: quiet from 21:00 to 21:00 could mean never or always.</summary>
    public static void QuietHours(ConfigurationCheck here, string fromName, string? from, string toName, string? to)
    {
        const string Write = "is no time of day; write hours and minutes, as in \"21:00\", or null in both for no quiet hours.";
        var (isFrom, isTo) = (HubConfigurationValidator.TryTime(from, out var start), HubConfigurationValidator.TryTime(to, out var end));
        here.Member(fromName).That(isFrom || from is null, Write);
        here.Member(toName).That(isTo || to is null, Write);
        here.Member(from is null ? fromName : toName).That(from is null == to is null, "is missing while the other end is written; write both, or null in both.");
        here.Member(toName).That(!(isFrom && isTo) || start != end, "is the same time as the start; write another, or null in both for no quiet hours.");
    }

    private static void CheckModeration(ConfigurationCheck here, ModerationConfiguration moderation)
    {
        var webhooks = here.Member("webhooks");
        webhooks.Count(moderation.Webhooks.Count, 0, 10, "webhooks");
        for (var i = 0; i < moderation.Webhooks.Count; i++)
            webhooks.Item(i).SettingName(moderation.Webhooks[i]);
        webhooks.Distinct(moderation.Webhooks);
        here.Member("holdWords").Words(moderation.HoldWords, HubConfigurationValidator.MostWords);
        here.Member("allowWords").Words(moderation.AllowWords, HubConfigurationValidator.MostWords);
        for (var i = 0; i < moderation.AllowWords.Count; i++)
            here.Member("allowWords").Item(i).That(!moderation.HoldWords.Contains(moderation.AllowWords[i], StringComparer.OrdinalIgnoreCase), "is among \"holdWords\" too; keep it in one of the two.");
        var domains = here.Member("allowedDomains");
        domains.Count(moderation.AllowedDomains.Count, 0, 500, "domains");
        for (var i = 0; i < moderation.AllowedDomains.Count; i++)
            domains.Item(i).That(Domain().IsMatch(moderation.AllowedDomains[i]), "is no domain; write it in small letters without scheme and path, as in \"service-public.fr\".");
        domains.Distinct(moderation.AllowedDomains);
    }

    private static void CheckRetention(ConfigurationCheck here, RetentionConfiguration retention)
    {
        const string Unit = "days";
        here.Member("publishedDays").Range(retention.PublishedDays, 1, 3650, Unit);
        here.Member("refusedDays").Range(retention.RefusedDays, 1, 3650, Unit);
        here.Member("pendingDays").Range(retention.PendingDays, 1, 3650, Unit);
        here.Member("emailDays").Range(retention.EmailDays, 1, 3650, Unit);
        here.Member("exportDays").Range(retention.ExportDays, 1, 3650, Unit);
    }

    [GeneratedRegex(@"\A(?=.{1,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Domain();
}
