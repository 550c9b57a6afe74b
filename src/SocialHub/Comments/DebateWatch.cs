using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Sees that a debate turns, in the transition of the verdict that makes it turn: comments that the rules held, comments received, or a threat.
/// The team is told once, and again only when the debate escalates to a threat, when somebody threatens after a person chose or after the threat that was told
/// of was dealt with, or when it turns anew after a time without any of these. Of a threat that nobody answers it is told a few times more.
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
    /// <param name="change">The comment's transition, with the state that it gets.</param>
    /// <param name="judgement">What the rules said.</param>
    /// <param name="isHeld">True where a person has to decide; false where it is public or was refused at once.</param>
    /// <param name="isNew">False of an edited text.</param>
    /// <param name="team">Whom to tell, and when.</param>
    public static IReadOnlyList<DueRow> Look(CommentChange change, Judgement judgement, bool isHeld, bool isNew, TeamSettings team)
    {
        var setting = team.Debate;
        var (thread, now) = (change.Thread, change.Now);
        var isThreat = IsThreat(judgement.Findings);
        // What could not be checked says nothing of the debate, and an edited text was counted when it was new.
        // What the rules refuse at once heats it as much as what they hold, but for advertising, which is nobody's anger.
        var isStopped = isHeld
            ? judgement.Findings.Any(finding => finding.Verdict != Verdict.Publish && finding.Class != FindingClasses.Unchecked)
            : change.Comment.State == CommentState.Rejected && judgement.Findings.Any(finding => finding.Verdict == Verdict.Reject && finding.Class is FindingClasses.Insult or FindingClasses.Hate or FindingClasses.Threat);
        if (isNew && isStopped)
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
        // Nobody answered, and it stands in the list all the same: but for hours there was nothing of what made it turn, and this is a new debate.
        // It takes the place of no threat that still waits.
        var isAnew = thread.TurnChoice is null && thread.HotAt + TimeSpan.FromHours(setting.CalmHours) <= now && (isThreat || thread.Heat != DebateHeat.Threat || thread.HeatOver == thread.HeatOf);
        if (heat <= thread.Heat && !isUnseen && !isAnew)
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
        if (isThreat && setting.RepeatMinutes > 0)
            turning.Promise(Queues.CommentUpkeep, DueKinds.Again, now + TimeSpan.FromMinutes(setting.RepeatMinutes)).Entity[Debates.RepeatName] = 1;
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
    /// True when what is to be decided is a threat, and no person has decided about it: whoever is on duty hears of it at any hour, alone or, of a raid, in a
    /// digest.
    /// </summary>
    public static bool IsAlarm(CommentRow comment, DecisionSubject subject) => subject switch
    {
        DecisionSubject.Comment => comment is { State: CommentState.Held, Round: 0 } && IsThreat(comment.Findings),
        DecisionSubject.Proposal => comment is { ProposalWaits: true, IsChangeObjected: false } && IsThreat(comment.ProposalFindings),
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
