namespace SocialHub.Moderation;

/// <summary>What a rule must know beyond the text.</summary>
[Flags]
public enum RuleNeeds
{
    None = 0,

    /// <summary><see cref="ModerationSubject.Recent"/>.</summary>
    Recent = 1,

    /// <summary><see cref="ModerationSubject.HoneypotFilled"/>.</summary>
    Honeypot = 2,

    /// <summary><see cref="ModerationSubject.WritingTime"/>.</summary>
    WritingTime = 4,
}

/// <summary>
/// One reason to stop a text. Rules hold no state, run on many threads at once, look at each character a bounded number of times,
/// and say every hit: what counts more is decided by the engine and by the policy.
/// </summary>
public abstract class ModerationRule
{
    /// <summary>Stable, kebab-case; stands in findings, logs and figures.</summary>
    public abstract string Id { get; }

    /// <summary>One of <see cref="FindingClasses"/>.</summary>
    public abstract string FindingClass { get; }

    /// <summary>How severe its findings are unless it says otherwise of one.</summary>
    public virtual Verdict Verdict => Verdict.Hold;

    /// <summary>The reason, to moderators and to the author, unless it says otherwise of one finding.</summary>
    public abstract Wording Reason { get; }

    /// <summary>Without this the rule stays silent.</summary>
    public virtual RuleNeeds Needs => RuleNeeds.None;

    /// <summary>Looks at one text and reports through <paramref name="findings"/>.</summary>
    public abstract void Judge(Reading reading, FindingSink findings);
}
