namespace SocialHub.Moderation.Rules;

/// <summary>Many comments of one author or address in a short time, each within the limit that refuses.</summary>
public sealed class FloodRule : ModerationRule
{
    /// <summary>How many earlier comments are too many.</summary>
    public const int Most = 3;

    /// <summary>Within what time.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    public override string Id => "flood";

    public override string FindingClass => FindingClasses.Flood;

    public override RuleNeeds Needs => RuleNeeds.Recent;

    public override Wording Reason { get; } = new(
        $"Plus de {Most} commentaires du même auteur en {Within.TotalMinutes} minutes.",
        $"More than {Most} comments of the same author within {Within.TotalMinutes} minutes.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Subject.Recent is not { } recent) return;
        var count = recent.Comments.Count(comment => comment.SameAuthor && comment.At > recent.Now - Within && comment.At <= recent.Now);
        if (count >= Most) findings.AddWhole();
    }
}
