using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;

namespace SocialHub.Tests.Moderation;

/// <summary>The engine as the hub composes it, with an authority of its own.</summary>
internal static class Judge
{
    public static HubConfiguration Authority { get; } = new()
    {
        Authority = new() { Name = "Ville de Saint-Exemple", Language = "fr", PublicAddress = "https://hub.saint-exemple.example" },
        Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal)
        {
            ["ville"] = new() { Origins = ["https://www.saint-exemple.example"] },
            ["agglo"] = new() { Origins = ["https://agglo.example"] },
        },
        Moderation = new() { HoldWords = ["lac pollué", "Dupont"], AllowWords = ["bordel ambulant", "connard de service"], AllowedDomains = ["service-public.fr"] },
    };

    private static readonly CompiledAuthority Compiled = new(Authority);

    public static ModerationEngine Engine { get; } =
        new(Options.Create(new HubOptions { SigningKey = new string('k', 32) }), TimeProvider.System, NullLogger<ModerationEngine>.Instance);

    public static Judgement Text(string text) => Engine.Judge(new(text), Authority);

    public static Judgement Of(ModerationSubject subject) => Engine.Judge(subject, Authority);

    /// <summary>What every rule says, none left out; a rule that fails fails the caller instead of holding the text.</summary>
    public static IReadOnlyList<Finding> Everything(ModerationSubject subject)
    {
        var reading = new Reading(subject, Compiled, Lexicon.BuiltIn);
        var sink = new FindingSink(reading);
        foreach (var rule in Engine.Rules)
        {
            sink.For(rule);
            rule.Judge(reading, sink);
        }

        return sink.All;
    }

    public static IEnumerable<string> Rules(string text) => Text(text).Findings.Select(finding => finding.Rule);
}
