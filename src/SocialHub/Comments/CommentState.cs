namespace SocialHub.Comments;

/// <summary>Where a comment stands. Final: Published, Rejected, Withdrawn, Erased (without open proposal, report or objection).</summary>
public enum CommentState
{
    /// <summary>Accepted; the rules have not judged it yet.</summary>
    Received,

    /// <summary>Waits for a person.</summary>
    Held,

    /// <summary>On the page.</summary>
    Published,

    /// <summary>Refused, with a reason; its author may object.</summary>
    Rejected,

    /// <summary>Taken back by its author; never comes back.</summary>
    Withdrawn,

    /// <summary>Its text, name and address are gone; never comes back.</summary>
    Erased,
}

/// <summary>Where an edit of a published comment stands.</summary>
public enum ProposalState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The rules have not judged it yet.</summary>
    Received,

    /// <summary>Waits for a person.</summary>
    Held,

    /// <summary>A person refused it; its author is told why and may take the text up again. An older version of the app, which does not know the word, reads <see cref="None"/>.</summary>
    Rejected,
}
