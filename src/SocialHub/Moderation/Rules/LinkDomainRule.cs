namespace SocialHub.Moderation.Rules;

/// <summary>Links that leave the authority's sites and the domains it allows.</summary>
public sealed class LinkDomainRule : ModerationRule
{
    public override string Id => "link-domain";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new("Le lien mène à un site qui n’est pas sur la liste de la collectivité.", "The link leads to a site that is not on the authority's list.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var link in reading.Links)
        {
            if (link.Host is not { } host || !reading.Authority.Allows(host)) findings.Add(link.Field, link.Start, link.End);
        }
    }
}
