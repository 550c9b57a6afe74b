namespace SocialHub.Moderation.Rules;

/// <summary>Threats of the word lists: a verb of harm with whom it is meant for.</summary>
public sealed class ThreatRule : ModerationRule
{
    public override string Id => "threat-words";

    public override string FindingClass => FindingClasses.Threat;

    public override Verdict Verdict => Verdict.Reject;

    public override Wording Reason { get; } = new(
        "La phrase menace quelqu’un.",
        "The sentence threatens somebody.");

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
