using System.Globalization;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Comments;

/// <summary>What a person says of a comment.</summary>
public enum DecisionChoice
{
    Publish,
    Reject,
}

/// <summary>A decision as it arrives: on what the person saw.</summary>
/// <param name="Subject">The comment, its proposal, its reports or its objection.</param>
/// <param name="Revision">Of the text that was shown.</param>
/// <param name="Round">Of moderation that was shown.</param>
/// <param name="Reports">How many reports ever the link knew of; null: decided without a link.</param>
/// <param name="Choice">Publish (or keep), or reject.</param>
/// <param name="Reason">Code of <see cref="Moderation.RefusalReasons"/>; needed to reject.</param>
/// <param name="By">Who decides.</param>
public sealed record CommentDecision(DecisionSubject Subject, int Revision, int Round, int? Reports, DecisionChoice Choice, string? Reason, Actor By)
{
    /// <summary>How many open reports were shown; null: nobody said, then they are not compared.</summary>
    public int? OpenReports { get; init; }

    /// <summary>What makes a repeated click the same decision.</summary>
    public string Signature => string.Create(CultureInfo.InvariantCulture, $"{CommentChange.Word(Subject)} {Revision} {Round} {Choice}");
}
