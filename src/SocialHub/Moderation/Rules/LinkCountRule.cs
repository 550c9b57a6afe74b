namespace SocialHub.Moderation.Rules;

/// <summary>More links than an answer needs.</summary>
public sealed class LinkCountRule : ModerationRule
{
    /// <summary>How many links to other sites a text may hold.</summary>
    public const int Most = 3;

    public override string Id => "link-count";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new($"Le texte contient plus de {Most} liens vers d’autres sites.", $"The text holds more than {Most} links to other sites.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var outside = 0;
        foreach (var link in reading.Links)
        {
            if (link.Host is { } host && (reading.Authority.Allows(host) || LinkDomainRule.IsKnown(host))) continue;
            if (++outside > Most)
            {
                findings.Add(link.Field, link.Start, link.End);
                return;
            }
        }
    }
}
