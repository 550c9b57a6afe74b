namespace SocialHub.Moderation.Rules;

/// <summary>Insults; swearing at nobody is noted, not held.</summary>
public sealed class InsultRule : ModerationRule
{
    public override string Id => "insult-words";

    public override string FindingClass => FindingClasses.Insult;

    public override Verdict Verdict => Verdict.Hold;

    public override Wording Reason { get; } = new(
        "Le mot est une insulte ou une grossièreté.",
        "The word is an insult or coarse.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            foreach (var hit in field.Hits)
            {
                if (hit.Entry.Class == FindingClass) findings.Add(field, hit);
            }
        }
    }
}
