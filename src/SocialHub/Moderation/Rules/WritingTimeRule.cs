namespace SocialHub.Moderation.Rules;

/// <summary>Sent faster than anybody writes.</summary>
/// <param name="minimum">Least time between showing the form and sending it.</param>
public sealed class WritingTimeRule(TimeSpan minimum) : ModerationRule
{
    public override string Id => "writing-time";

    public override string FindingClass => FindingClasses.Trap;

    public override RuleNeeds Needs => RuleNeeds.WritingTime;

    public override Wording Reason { get; } = new("Le formulaire a été envoyé très vite : l’envoi est peut-être automatique.", "The form was sent very fast: a machine may have sent this.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        // A time before zero is a clock of the form that says nothing.
        if (reading.Subject.WritingTime is { } time && time >= TimeSpan.Zero && time < minimum) findings.AddWhole();
    }
}
