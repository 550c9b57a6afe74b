namespace SocialHub.Comments;

/// <summary>What one address sends, each counted apart.</summary>
public enum SubmissionKind
{
    /// <summary>A comment or a report: 5 in ten minutes.</summary>
    Comment,

    /// <summary>A change of one's own text: 20 in ten minutes, because each makes a fresh card for the team.</summary>
    Edit,

    /// <summary>An objection to a refusal: 5 in ten minutes.</summary>
    Objection,

    /// <summary>A wish to be forgotten under a key that never wrote: 5 in ten minutes.</summary>
    Erasure,
}
