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
        new OfficialNameRule(),
        new EmailRule(),
        new MessengerAccountRule(),
        new PhoneRule(),
        new IbanRule(),
        new SocialSecurityNumberRule(),
        new CardNumberRule(),
        new PostalAddressRule(),
        new BirthDateRule(),
        new LicencePlateRule(),
        new AdvertisingRule(),
        new LinkCountRule(),
        new LinkDomainRule(),
        new LinkHomographRule(),
        new LinkLabelRule(),
        new CapitalsRule(),
        new PunctuationRule(),
        new EmojiRule(),
        new RepetitionRule(),
        new FloodRule(),
        new DuplicateRule(),
        new HoneypotRule(),
        new WritingTimeRule(times.MinimumWriting),
    ];
}
