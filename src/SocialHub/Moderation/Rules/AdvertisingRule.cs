namespace SocialHub.Moderation.Rules;

/// <summary>
/// The phrases of advertising. With a link to another site it is plain advertising, which an authority may refuse without a person;
/// without one a person looks.
/// </summary>
public sealed class AdvertisingRule : ModerationRule
{
    public override string Id => "advertising-words";

    public override string FindingClass => FindingClasses.Advertising;

    public override Wording Reason { get; } = new("Le passage ressemble à de la publicité.", "The passage looks like advertising.");

    private static Wording Plain { get; } = new("Le texte fait de la publicité et renvoie vers un autre site.", "The text advertises and sends readers to another site.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var outside = reading.Links.Any(link => link.Host is not { } host || !reading.Authority.Allows(host));
        foreach (var field in reading.Fields)
        {
            foreach (var hit in field.Hits)
            {
                // Milder phrases ("livraison gratuite") say something only beside a link.
                if (hit.Entry.Class != FindingClass || (hit.Verdict is not Verdict.Reject && !outside)) continue;
                var plain = outside && hit.Verdict is Verdict.Reject;
                findings.Add(field, hit.Start, hit.End, plain ? Verdict.Reject : Verdict.Hold, plain ? Plain : Reason);
            }
        }
    }
}
