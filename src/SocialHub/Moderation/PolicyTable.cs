using SocialHub.Configuration;

namespace SocialHub.Moderation;

/// <summary>Where a judged comment goes.</summary>
public enum PolicyOutcome
{
    /// <summary>A person decides.</summary>
    Held,

    /// <summary>Public at once.</summary>
    Published,

    /// <summary>Refused at once, with its reason and the way to object.</summary>
    Rejected,
}

/// <summary>What the policy makes of a verdict.</summary>
/// <param name="Outcome">Where the comment goes.</param>
/// <param name="Why">The reason in words; null when it is published, which needs none.</param>
/// <param name="RefusalProposed">True when the rules propose to the person to refuse.</param>
public sealed record PolicyDecision(PolicyOutcome Outcome, Wording? Why, bool RefusalProposed)
{
    /// <summary>Code of <see cref="RefusalReasons"/> when <see cref="Outcome"/> is a refusal.</summary>
    public string? RefusalReason { get; init; }
}

/// <summary>
/// The policy, as a pure function:
/// <code>
/// verdict | a priori                             | a posteriori
/// publish | Held, "every comment is read first"  | Published
/// hold    | Held                                 | Held
/// reject  | Held, refusal proposed               | Held, refusal proposed; Rejected at once when every
///         |                                      | rejecting finding is of a class the authority chose
/// </code>
/// An unchecked finding always means a person, whatever the classes: the rules could not see the whole text.
/// The third policy, "first comment read, then trusted", is the second column for an author whom a person's decision made trusted, and the first for any other.
/// The table is for a text that no person has to do with yet. Once readers reported it or a person decided about it, whatever its author makes
/// of it is Held, in either column.
/// </summary>
public static class PolicyTable
{
    public static Wording ReadFirst { get; } =
        new("Chaque commentaire est lu avant d’être publié.", "Every comment is read before it is published.");

    public static Wording FirstRead { get; } =
        new("Le premier commentaire de chaque auteur est lu avant d’être publié.", "Each author's first comment is read before it is published.");

    public static Wording HeldByRules { get; } =
        new("Le texte contient un passage qu’une personne doit lire.", "The text holds a passage that a person must read.");

    public static Wording RefusalProposed { get; } =
        new("Le texte semble contraire à la charte : un refus est proposé, une personne décide.", "The text seems to break the charter: a refusal is proposed, a person decides.");

    public static Wording PageHeld { get; } =
        new("Les nouveaux commentaires de cette page attendent d’être lus.", "New comments on this page wait to be read.");

    public static Wording PageClosed { get; } =
        new("Les commentaires de cette page sont fermés : ce qui y est écrit encore attend d’être lu.", "Comments on this page are closed: what is still written there waits to be read.");

    public static Wording Frozen { get; } =
        new("Les commentaires sont suspendus pour le moment : chaque texte attend d’être lu.", "Comments are frozen at the moment: every text waits to be read.");

    public static Wording Reported { get; } =
        new("Ce commentaire a été signalé : une personne le relit.", "This comment was reported: a person reads it again.");

    public static Wording CouldNotCheck { get; } = ModerationEngine.UncheckedReason;

    /// <summary>Decides one row of the table.</summary>
    /// <param name="verdict">What the rules said.</param>
    /// <param name="findings">Why they said it.</param>
    /// <param name="policy">Of the thread, or of its site.</param>
    /// <param name="rejectAtOnce">Classes that the authority refuses without a person (<c>rejectAtOnce</c> of the site); counts a posteriori only.</param>
    /// <param name="isTrusted">True when a person published a comment of its author lately and none was refused since; counts for <see cref="CommentPolicy.FirstThenTrusted"/> only.</param>
    public static PolicyDecision Decide(Verdict verdict, IReadOnlyList<Finding> findings, CommentPolicy policy, IReadOnlyList<string> rejectAtOnce, bool isTrusted = false)
    {
        var isAfter = policy is CommentPolicy.APosteriori || (policy is CommentPolicy.FirstThenTrusted && isTrusted);
        var uncheckedText = findings.Any(finding => finding.Class == FindingClasses.Unchecked);
        return verdict switch
        {
            Verdict.Publish when isAfter && !uncheckedText => new(PolicyOutcome.Published, null, false),
            Verdict.Publish => new(PolicyOutcome.Held, uncheckedText ? CouldNotCheck : policy is CommentPolicy.FirstThenTrusted ? FirstRead : ReadFirst, false),
            Verdict.Hold => new(PolicyOutcome.Held, uncheckedText ? CouldNotCheck : HeldByRules, false),
            _ when isAfter && !uncheckedText && RejectingClass(findings, rejectAtOnce) is { } chosen =>
                new(PolicyOutcome.Rejected, RefusalReasons.ForClass(chosen).Label, true) { RefusalReason = RefusalReasons.ForClass(chosen).Code },
            _ => new(PolicyOutcome.Held, RefusalProposed, true),
        };
    }

    private static string? RejectingClass(IReadOnlyList<Finding> findings, IReadOnlyList<string> rejectAtOnce)
    {
        string? chosen = null;
        foreach (var finding in findings)
        {
            if (finding.Verdict is not Verdict.Reject) continue;
            if (!rejectAtOnce.Contains(finding.Class, StringComparer.Ordinal)) return null;
            chosen ??= finding.Class;
        }

        return chosen;
    }
}
