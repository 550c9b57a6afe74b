using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Sees that a debate turns, in the transition of the verdict that makes it turn: comments that the rules held, comments received, or a threat.
/// The team is told once, and again only when the debate escalates to a threat, when somebody threatens after a person chose or after the threat that was told
/// of was dealt with, or when it turns anew after it calmed down: after a time without any of these.
/// </summary>
internal static class DebateWatch
{
    public const string Held = "held";
    public const string Received = "received";
    public const string Threat = "threat";

    // How exactly it is known when a debate was last hot: each note is a write to the thread, for which all its comments contend.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    // As between cards of a text that its author changes again and again.
    private static readonly TimeSpan TellingsApart = TimeSpan.FromMinutes(10);

    /// <summary>Looks at what the rules said of a text, as part of the transition that writes it down.</summary>
    /// <returns>Due rows of what the team must be told, for hints once they are written.</returns>
    public static IReadOnlyList<DueRow> Look(CommentChange change, Judgement judgement, bool isHeld, bool isNew, TeamSettings team)
    {
        var setting = team.Debate;
        var (thread, now) = (change.Thread, change.Now);
        var isThreat = IsThreat(judgement.Findings);
        // What could not be checked says nothing of the debate, and an edited text was counted when it was new.
        if (isNew && isHeld && judgement.Findings.Any(finding => finding.Verdict != Verdict.Publish && finding.Class != FindingClasses.Unchecked))
        {
            thread.HoldByRules(now);
            change.ThreadCounts();
        }

        var why = isThreat ? Threat : thread.Closed ? null : Why(thread, now, setting);
        if (why is null)
            return [];
        var heat = isThreat ? DebateHeat.Threat : DebateHeat.Heated;
        // Whoever chose, or dealt with the one threat, had this one not before them: what they said holds for what they saw. As long as neither has happened, one alarm is enough for all.
        // What is refused at once waits for nobody, and does not ring after another one.
        var isNext = isThreat && isHeld && thread.HeatOf is not null && thread.HeatOver == thread.HeatOf;
        var isUnseen = isNext || (isThreat && (thread.TurnChoice is not null || thread.HeatOf is null));
        if (heat <= thread.Heat && !isUnseen)
        {
            if (thread.HotAt is { } hot && now - hot < Step)
                return [];
            thread.HotAt = now;
            change.ThreadCounts();
            return [];
        }

        // Told a moment ago: this one takes the place of the threat that is over, and comes by its own card and mail, so that nobody rings all night by taking back and writing again.
        if (isNext && heat <= thread.Heat && thread.TurnChoice is null && thread.TurnedAt is { } told && now - told < TellingsApart)
        {
            (thread.HeatOf, thread.HeatOver, thread.HotAt) = (change.Comment.Id, null, now);
            change.ThreadCounts();
            return [];
        }

        thread.Heat = heat;
        (thread.HeatOf, thread.HeatOver) = (change.Comment.Id, isHeld ? null : change.Comment.Id);
        var (held, received) = Counts(thread, now, setting);
        (thread.HeatWhy, thread.HeatCount) = (why, why == Received ? received : held);
        thread.HotAt = now;
        thread.TurnedAt = now;
        thread.Turn++;
        thread.TurnChoice = null;
        var turning = change.OfThread;
        turning.DropTelling();
        turning.Watch();
        if (!thread.IsHeld && !turning.Promises(DueKinds.Calm))
            turning.Promise(Queues.CommentUpkeep, DueKinds.Calm, now + TimeSpan.FromHours(setting.CalmHours));
        List<DueRow> due = [turning.Promise(Queues.ModerationCard, DueKinds.Turned, now)];
        if (team.MailsTeam)
            due.Add(turning.Promise(Queues.MailSend, DueKinds.TurnedMail, now));
        change.ThreadLog = turning.Log("turned", Actor.Rules, why);
        return due;
    }

    /// <summary>True when the rules see a threat among these.</summary>
    public static bool IsThreat(IEnumerable<Finding> findings) => findings.Any(finding => finding is { Class: FindingClasses.Threat, Verdict: not Verdict.Publish });

    /// <summary>True while a threat of this comment waits for a person, also while the rules look at it again: what its author made of it may be one, too.</summary>
    public static bool MayThreaten(CommentRow comment) => comment.State switch
    {
        CommentState.Received => true,
        CommentState.Held => IsThreat(comment.Findings),
        CommentState.Published => comment.ProposalState == ProposalState.Received || (comment.ProposalState == ProposalState.Held && IsThreat(comment.ProposalFindings)),
        _ => false,
    };

    /// <summary>
    /// True when what is to be decided is the threat that the team was told of last, and no person has decided about it: whoever is on duty hears of it at any
    /// hour. Of a raid one is enough: the others are shown where the debate is decided about, and wait for the morning.
    /// </summary>
    public static bool IsAlarm(CommentRow comment, ThreadRow? thread, DecisionSubject subject) => thread?.HeatOf == comment.Id && subject switch
    {
        DecisionSubject.Comment => comment.State == CommentState.Held && IsThreat(comment.Findings),
        DecisionSubject.Proposal => comment.ProposalWaits && IsThreat(comment.ProposalFindings),
        // A person read the text before its author objected, or readers reported it.
        _ => false,
    };

    private static string? Why(ThreadRow thread, DateTimeOffset now, DebateSetting setting)
    {
        var (held, received) = Counts(thread, now, setting);
        return held >= setting.Held ? Held : received >= setting.Received ? Received : null;
    }

    // How many comments the rules held, and how many were received, in the times that the team set.
    private static (int Held, int Received) Counts(ThreadRow thread, DateTimeOffset now, DebateSetting setting) => (
        thread.HeldByRules.Count(at => at > now - TimeSpan.FromMinutes(setting.HeldMinutes)),
        thread.Received.Count(at => at > now - TimeSpan.FromMinutes(setting.ReceivedMinutes)));
}
