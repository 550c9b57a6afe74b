namespace SocialHub.Moderation;

/// <summary>The classes that findings belong to; <c>rejectAtOnce</c> of hub.json names some of <see cref="Rejecting"/>.</summary>
public static class FindingClasses
{
    public const string Insult = "insult";
    public const string Hate = "hate";
    public const string Threat = "threat";

    /// <summary>Words that the authority itself asked to hold.</summary>
    public const string Words = "words";

    public const string PersonalData = "personal-data";
    public const string Links = "links";
    public const string Advertising = "advertising";
    public const string Shouting = "shouting";
    public const string Flood = "flood";
    public const string Duplicate = "duplicate";

    /// <summary>Somebody signs as the authority.</summary>
    public const string Impersonation = "impersonation";

    /// <summary>Signs of a machine: the hidden field, a form sent too fast.</summary>
    public const string Trap = "trap";

    /// <summary>A rule could not say anything: it failed, or time ran out.</summary>
    public const string Unchecked = "unchecked";

    /// <summary>What other words would mend: how something is said, and nothing that it says.</summary>
    public static IReadOnlyList<string> OfWords { get; } = [Insult, Words, Shouting];

    /// <summary>Those of which a rule ever proposes to refuse; naming another one in <c>rejectAtOnce</c> changes nothing, for a person reads what it finds.</summary>
    public static IReadOnlyList<string> Rejecting { get; } = [Insult, Hate, Threat, Advertising];

    public static IReadOnlyList<string> All { get; } =
        [Insult, Hate, Threat, Words, PersonalData, Links, Advertising, Shouting, Flood, Duplicate, Impersonation, Trap, Unchecked];
}
