using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>Rules of <c>$.publishing</c>, <c>$.moderation</c>, <c>$.retention</c> and <c>$.defaults</c>; what the team edits is held to the same.</summary>
internal sealed partial class TeamRules(ConfigurationCheck root, HubConfiguration configuration)
{
    public const int LongestCharter = 10_000;

    private static readonly string[] DayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public void Check()
    {
        CheckPublishing(root.Member("publishing"), configuration.Publishing);
        CheckModeration(root.Member("moderation"), configuration.Moderation);
        if (configuration.Mail is { } mail)
            CheckMail(root.Member("mail"), mail);
        CheckRetention(root.Member("retention"), configuration.Retention);
        var defaults = root.Member("defaults");
        if (configuration.Defaults.Charter is { } charter)
            Charter(defaults.Member("charter"), charter, defaults.Member("charterArticles"), configuration.Defaults.CharterArticles);
        else
            defaults.Member("charterArticles").That(configuration.Defaults.CharterArticles.Count == 0, "is written without \"charter\", and the hub's own charter has its articles; write the charter too, or remove this.");
        NetworkTemplates(defaults.Member("templates"), configuration.Defaults.Templates);
        People(defaults.Member("people"), configuration.Defaults.People);
        Goals(defaults.Member("goals"), configuration.Defaults.Goals, configuration);
    }

    /// <summary>A charter, and the articles that its text has to have.</summary>
    public static void Charter(ConfigurationCheck here, string text, ConfigurationCheck articles, IReadOnlyDictionary<string, string> cited)
    {
        _ = here.That(!string.IsNullOrWhiteSpace(text), "is empty; write the charter, or remove it for the hub's own.")
            && here.That(text.Length <= LongestCharter, $"is longer than {LongestCharter} characters; shorten it.");
        foreach (var (reason, article) in cited)
        {
            _ = articles.Member(reason).That(HubConfigurationValidator.Reasons.Contains(reason, StringComparer.Ordinal), $"is no reason of a refusal; write one of: {string.Join(", ", HubConfigurationValidator.Reasons)}.")
                && articles.Member(reason).That(CharterArticles.IsNumber(article), "is no number of an article; write at most 10 letters, digits, dots and hyphens, as in \"3\" or \"4.2\".")
                && articles.Member(reason).That(CharterArticles.Of(text).Any(part => part.Number == article), $"names an article that the text does not have; begin a paragraph with \"Article {article}\".");
        }
    }

    public static void NetworkTemplates(ConfigurationCheck here, IReadOnlyDictionary<string, string> templates)
    {
        foreach (var (network, template) in templates)
        {
            here.Member(network).That(HubConfigurationValidator.Networks.Contains(network, StringComparer.Ordinal), $"is no network that the hub knows; write one of: {string.Join(", ", HubConfigurationValidator.Networks)}.");
            Templates.Check(here.Member(network), template);
        }
    }

    public static void People(ConfigurationCheck here, IReadOnlyList<Person> people)
    {
        here.Count(people.Count, 0, 50, "people");
        for (var i = 0; i < people.Count; i++)
        {
            var person = here.Item(i);
            person.Member("name").Text(people[i].Name, ConfigurationCheck.LongestName, "the person's name");
            person.Member("email").That(Email().IsMatch(people[i].Email), "is no e-mail address; write it as in \"camille@saint-exemple.fr\".");
            person.Member("teams").OptionalText(people[i].Teams, 254, "the person's sign-in name or object id in Teams, or remove it");
            person.Member("from").That(HubConfigurationValidator.TryTime(people[i].From, out var from), "is no time of day; write hours and minutes, as in \"08:00\".");
            person.Member("to").That(HubConfigurationValidator.TryTime(people[i].To, out var to), "is no time of day; write hours and minutes, as in \"18:00\".");
            person.Member("to").That(from != to, "is the same time as the start; write another.");
            for (var day = 0; day < people[i].Days.Count; day++)
                person.Member("days").Item(day).That(DayNames.Contains(people[i].Days[day], StringComparer.Ordinal), $"is no day; write one of: {string.Join(", ", DayNames)}.");
            person.Member("days").Distinct(people[i].Days);
        }
    }

    public static void Goals(ConfigurationCheck here, IReadOnlyDictionary<string, Goal> goals, HubConfiguration configuration)
    {
        foreach (var (account, goal) in goals)
        {
            var member = here.Member(account);
            member.Reference(account, configuration.Accounts, "account");
            member.Member("line").OptionalText(goal.Line, 1000, "the editorial line, or remove it");
            member.Member("followers").Range(goal.Followers, 1, 100_000_000, "followers");
            member.Member("postsPerWeek").Range(goal.PostsPerWeek, 1, 500, "posts");
            member.Member("answerWithinHours").Range(goal.AnswerWithinHours, 1, 720, "hours");
        }
    }

    /// <summary>True for a day as <c>yyyy-MM-dd</c>.</summary>
    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, ConfigurationCheck.DayFormat, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out day);

    /// <summary>Words that hold and words that pass: bounded, and none in both.</summary>
    public static void Words(ConfigurationCheck here, string holdName, IReadOnlyList<string> hold, string allowName, IReadOnlyList<string> allow)
    {
        here.Member(holdName).Words(hold, HubConfigurationValidator.MostWords);
        here.Member(allowName).Words(allow, HubConfigurationValidator.MostWords);
        Seen(here.Member(holdName), hold);
        Seen(here.Member(allowName), allow);
        var bytes = hold.Concat(allow).Sum(word => System.Text.Encoding.UTF8.GetByteCount(word ?? ""));
        here.Member(hold.Count >= allow.Count ? holdName : allowName).That(bytes <= HubConfigurationValidator.MostWordBytes, $"has, with \"{(hold.Count >= allow.Count ? allowName : holdName)}\", {bytes} bytes of words; at most {HubConfigurationValidator.MostWordBytes} are possible.");
        for (var i = 0; i < allow.Count; i++)
            here.Member(allowName).Item(i).That(!hold.Contains(allow[i], StringComparer.OrdinalIgnoreCase), $"is among \"{holdName}\" too; keep it in one of the two.");
    }

    private static void Seen(ConfigurationCheck here, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(words[i]))
                here.Item(i).Seen(words[i]);
        }
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
        Words(here, "holdWords", moderation.HoldWords, "allowWords", moderation.AllowWords);
        var domains = here.Member("allowedDomains");
        domains.Count(moderation.AllowedDomains.Count, 0, 500, "domains");
        for (var i = 0; i < moderation.AllowedDomains.Count; i++)
            domains.Item(i).That(Domain().IsMatch(moderation.AllowedDomains[i]), "is no domain; write it in small letters without scheme and path, as in \"service-public.fr\".");
        domains.Distinct(moderation.AllowedDomains);
        var contacts = here.Member("publicContacts");
        contacts.Count(moderation.PublicContacts.Count, 0, PublicContact.Most, "contacts");
        for (var i = 0; i < moderation.PublicContacts.Count; i++)
        {
            var contact = moderation.PublicContacts[i];
            contacts.Item(i).That(Email().IsMatch(contact) || PublicContact.PhoneOf(contact) is not null, "is neither an e-mail address nor a telephone number that exists; write it as in \"mairie@saint-exemple.fr\" or \"05 56 00 00 00\", without what is called by three or four digits.");
        }

        contacts.Distinct(moderation.PublicContacts);
        Officials(here.Member("officials"), moderation.Officials);
    }

    /// <summary>Names of elected members, each once.</summary>
    public static void Officials(ConfigurationCheck here, IReadOnlyList<string> names)
    {
        here.Count(names.Count, 0, 500, "names");
        for (var i = 0; i < names.Count; i++)
            here.Item(i).Text(names[i], ConfigurationCheck.LongestName, "the name of one person, as in \"Jeanne Exemple\"");
        here.Distinct(names);
    }

    private static void CheckMail(ConfigurationCheck here, MailConfiguration mail)
    {
        here.Member("host").That(mail.Host.Length <= 253 && Uri.CheckHostName(mail.Host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6, "is no name of a server; write it without a scheme, as in \"smtp.saint-exemple.fr\".");
        here.Member("port").Range(mail.Port, 1, 65535, "587 with starttls, 465 with tls");
        here.Member("user").OptionalText(mail.User, 254, "the login, or remove it");
        if (mail.Secret is not null)
            here.Member("secret").SettingName(mail.Secret);
        here.Member(mail.User is null ? "user" : "secret").That(mail.User is null == mail.Secret is null, "is missing while the other is written; write both, or neither where the server asks for no login.");
        here.Member("security").That(mail.User is null || mail.Security != MailSecurity.None, "is none while there is a login: its password would be readable on the way; write \"starttls\" or \"tls\".");
        here.Member("from").That(Email().IsMatch(mail.From), "is no e-mail address; write it as in \"commentaires@saint-exemple.fr\".");
        here.Member("name").OptionalText(mail.Name, ConfigurationCheck.LongestName, "the sender's name, or remove it");
    }

    private static void CheckRetention(ConfigurationCheck here, RetentionConfiguration retention)
    {
        const string Unit = "days";
        here.Member("publishedDays").Range(retention.PublishedDays, 1, 3650, Unit);
        here.Member("refusedDays").Range(retention.RefusedDays, 1, 3650, Unit);
        here.Member("pendingDays").Range(retention.PendingDays, 1, 3650, Unit);
        here.Member("emailDays").Range(retention.EmailDays, 1, 3650, Unit);
        // What was decided lately is shown with its names for 90 days.
        here.Member("auditDays").Range(retention.AuditDays, 90, 3650, Unit);
    }

    [GeneratedRegex(@"\A(?=.{1,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Domain();

    // What HTML's <input type=email> accepts is the practical measure (https://html.spec.whatwg.org/#valid-e-mail-address), here with a dot in the domain.
    [GeneratedRegex(@"\A(?=.{3,254}\z)[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();
}
