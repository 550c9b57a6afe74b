using System.Globalization;

namespace SocialHub.Configuration;

/// <summary>Judges a whole hub.json and returns every error at once, each with its path and what to write.</summary>
public static class HubConfigurationValidator
{
    public const int MostSites = 20;
    public const int MostAccounts = 50;
    public const int MostSources = 100;
    public const int MostFeeds = 50;
    public const int MostWords = 2000;

    /// <summary>Bytes (UTF-8) of both word lists together, with room for quotes and commas: the team keeps them as one setting of at most 64 KiB.</summary>
    public const int MostWordBytes = 48_000;

    /// <summary>Networks that an account may be on.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["bluesky", "mastodon"];

    /// <summary>Classes of the rules that <c>rejectAtOnce</c> may name: those of the room Moderation, which this one may not ask; a test holds the two together.</summary>
    public static IReadOnlyList<string> RuleClasses { get; } =
        ["insult", "hate", "threat", "words", "personal-data", "links", "advertising", "shouting", "flood", "duplicate", "impersonation", "trap", "unchecked"];

    /// <summary>Those of <see cref="RuleClasses"/> that a rule ever rejects. hub.json may name the others, as it always could: health says that they change nothing.</summary>
    public static IReadOnlyList<string> RejectingClasses { get; } = ["insult", "hate", "threat", "advertising"];

    /// <summary>Codes of the reasons of a refusal, for each of which a charter may name an article; a test holds them together with those of the room Moderation.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
        ["insult", "hate", "threat", "personal-data", "advertising", "off-topic", "illegal", "duplicate", "impersonation", "election", "charter"];

    /// <summary>Every error, in the order of the file's parts; empty when the configuration can run.</summary>
    public static IReadOnlyList<ConfigurationError> Validate(HubConfiguration configuration)
    {
        var errors = new List<ConfigurationError>();
        new AuthorityRules(new(errors, JsonPath.Root)).Check(configuration.Authority);
        new SiteRules(new(errors, JsonPath.Root), configuration).Check();
        new SourceRules(new(errors, JsonPath.Root), configuration).Check();
        new TeamRules(new(errors, JsonPath.Root), configuration).Check();
        return errors;
    }

    /// <summary>A clock time <c>HH:mm</c>, 00:00 to 23:59.</summary>
    public static bool TryTime(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
