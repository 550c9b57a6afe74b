using SocialHub.Configuration;

namespace SocialHub.Moderation.Rules;

/// <summary>Every rule of the hub, in the order they run: a new one is a class in this folder and a line here.</summary>
public static class RuleCatalogue
{
    public static IReadOnlyList<ModerationRule> All(HubTimes times) =>
    [
        new ThreatRule(),
        new HateRule(),
        new InsultRule(),
        new HubWordsRule(),
        new AuthorityNameRule(),
        new EmailRule(),
        new PhoneRule(),
        new IbanRule(),
        new SocialSecurityNumberRule(),
        new CardNumberRule(),
        new AdvertisingRule(),
        new LinkCountRule(),
        new LinkDomainRule(),
        new CapitalsRule(),
        new PunctuationRule(),
        new RepetitionRule(),
        new FloodRule(),
        new DuplicateRule(),
        new HoneypotRule(),
        new WritingTimeRule(times.MinimumWriting),
    ];
}
