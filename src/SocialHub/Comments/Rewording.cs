using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Comments;

/// <summary>
/// The nudge: a comment that the rules hold for its words alone is kept and waits as any other, and its author is asked to put it in other words, once, before
/// the moderators are told. The card waits as long; it is due in the transition that asks, so that nothing depends on the author.
/// </summary>
public static class Rewording
{
    /// <summary>How long its author is asked; null: this one is not.</summary>
    /// <param name="comment">As it is, with what the rules said of it.</param>
    /// <param name="judgement">What they said: held, each finding in the text itself and of a class that words make (<see cref="FindingClasses.OfWords"/>), and all of them known.</param>
    /// <param name="site">Its site.</param>
    public static TimeSpan? AskedFor(CommentRow comment, Judgement judgement, SiteConfiguration site)
    {
        // A text that was changed, decided or objected to was in its author's hands already.
        if (site.RewordMinutes == 0 || comment is not { Revision: 0, Round: 0, Objected: false } || judgement.Verdict != Verdict.Hold || judgement.Total > judgement.Findings.Count)
            return null;
        return judgement.Findings.Where(finding => finding.Verdict != Verdict.Publish).All(IsOfWords) ? TimeSpan.FromMinutes(site.RewordMinutes) : null;
    }

    /// <summary>True while its author may.</summary>
    public static bool IsOpen(CommentRow comment, DateTimeOffset now) => comment is { State: CommentState.Held, FirstBody: null } && now < comment.RewordUntil;

    /// <summary>
    /// Notes that its author writes another text of what the rules hold; call it before the text is exchanged. Whoever changes a text that no rule has held yet
    /// knows nothing of what they say, and one that waits for other reasons passed them: both are judged as new, and nothing is kept of them.
    /// </summary>
    /// <returns>True when it is what was asked for, and is judged in place of the first text.</returns>
    public static bool Take(CommentRow comment, DateTimeOffset now)
    {
        if (comment is { RewordUntil: null, FirstBody: null } and not { State: CommentState.Held, Verdict: not Verdict.Publish })
            return false;
        var isAsked = IsOpen(comment, now);
        comment.FirstBody ??= comment.Body;
        comment.RewordUntil = isAsked ? null : now;
        return isAsked;
    }

    /// <summary>True where no rule publishes it any more: what was written after the one time, or by whoever was not asked, is for the moderators, or one could try words until they pass.</summary>
    public static bool IsSpent(CommentRow comment) => comment is { FirstBody: not null, RewordUntil: not null };

    private static bool IsOfWords(Finding finding) => finding.Field == "text" && FindingClasses.OfWords.Contains(finding.Class, StringComparer.Ordinal);
}
