namespace SocialHub.Moderation.Rules;

/// <summary>Words that the authority itself asked to hold (<c>moderation.holdWords</c> of hub.json).</summary>
public sealed class HubWordsRule : ModerationRule
{
    public override string Id => "hub-words";

    public override string FindingClass => FindingClasses.Words;

    public override Wording Reason { get; } = new(
        "Le mot est sur la liste de la collectivité : une personne relit.",
        "The word is on the authority's own list: a person reads it.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Authority.Held is not { } held) return;
        foreach (var field in reading.Fields)
        {
            foreach (var hit in held.Find(field)) findings.Add(field, hit);
        }
    }
}
