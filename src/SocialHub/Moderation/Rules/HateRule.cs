namespace SocialHub.Moderation.Rules;

/// <summary>Slurs and phrases against groups of people.</summary>
public sealed class HateRule : ModerationRule
{
    public override string Id => "hate-words";

    public override string FindingClass => FindingClasses.Hate;

    public override Verdict Verdict => Verdict.Reject;

    public override Wording Reason { get; } = new(
        "L’expression vise des personnes pour leur origine, leur religion, leur sexe, leur orientation ou leur handicap.",
        "The expression attacks people for their origin, religion, sex, orientation or disability.");

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
