namespace SocialHub.Moderation;

/// <summary>One reason for which a comment may be refused.</summary>
/// <param name="Code">Stable, kebab-case; stored, counted and published in figures.</param>
/// <param name="Label">What moderators choose and authors read.</param>
public sealed record RefusalReason(string Code, Wording Label);

/// <summary>
/// The closed list of reasons. A public body may refuse only what is necessary and proportionate (CAA Paris, 27 March 2023, 21PA00815):
/// whoever refuses names one of these.
/// </summary>
public static class RefusalReasons
{
    public static IReadOnlyList<RefusalReason> All { get; } =
    [
        new("insult", new("Insulte ou attaque personnelle", "Insult or personal attack")),
        new("hate", new("Propos haineux ou discriminatoires", "Hateful or discriminatory words")),
        new("threat", new("Menace ou appel à la violence", "Threat or call to violence")),
        new("personal-data", new("Données personnelles", "Personal data")),
        new("advertising", new("Publicité", "Advertising")),
        new("off-topic", new("Hors sujet", "Off topic")),
        new("illegal", new("Propos contraires à la loi", "Words against the law")),
        new("duplicate", new("Commentaire répété", "Repeated comment")),
        new("impersonation", new("Usurpation d’identité", "Impersonation")),
        new("election", new("Propagande en période électorale", "Campaigning in an election period")),
        new("charter", new("Autre manquement à la charte", "Other breach of the charter")),
    ];

    /// <summary>The reason of a code; null when there is none.</summary>
    public static RefusalReason? Find(string? code) => All.FirstOrDefault(reason => reason.Code == code);

    /// <summary>The reason that the hub names when it refuses for a class by itself.</summary>
    /// <param name="findingClass">One of <see cref="FindingClasses"/>.</param>
    public static RefusalReason ForClass(string findingClass) => Find(findingClass switch
    {
        FindingClasses.Links => "advertising",
        FindingClasses.Flood => "duplicate",
        _ => findingClass,
    }) ?? All[^1];
}
