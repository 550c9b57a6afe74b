namespace SocialHub.Moderation.Rules;

/// <summary>The field that people don't see was filled. It holds with a reason and never swallows: a browser's own filling may be to blame.</summary>
public sealed class HoneypotRule : ModerationRule
{
    public override string Id => "honeypot";

    public override string FindingClass => FindingClasses.Trap;

    public override RuleNeeds Needs => RuleNeeds.Honeypot;

    public override Wording Reason { get; } = new("Un champ caché du formulaire a été rempli : l’envoi est peut-être automatique.", "A hidden field of the form was filled: a machine may have sent this.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Subject.HoneypotFilled is true) findings.AddWhole();
    }
}
