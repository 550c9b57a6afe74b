namespace SocialHub.Comments;

/// <summary>What one address sends, each counted apart.</summary>
public enum SubmissionKind
{
    /// <summary>A comment: 5 in ten minutes.</summary>
    Comment,

    /// <summary>A report of somebody's comment: 20 in ten minutes, for a raid leaves more than a few, and who reports them must still be able to write.</summary>
    Report,

    /// <summary>A change of one's own text: 20 in ten minutes, because each makes a fresh card for the team.</summary>
    Edit,

    /// <summary>An objection to a refusal: 5 in ten minutes.</summary>
    Objection,

    /// <summary>A wish to be forgotten under a key that never wrote: 5 in ten minutes.</summary>
    Erasure,
}
