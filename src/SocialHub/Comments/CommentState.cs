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

    /// <summary>A person refused it; its author is told why, may object, and may take the text up again. An older version of the app, which does not know the word, reads <see cref="None"/>.</summary>
    Rejected,
}

/// <summary>Where an objection to the refusal of such an edit stands.</summary>
public enum ChangeObjection
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It waits for a person; so does the edit (<see cref="ProposalState.Held"/>).</summary>
    Waits,

    /// <summary>Whoever had refused, for there was nobody else, refused again.</summary>
    Answered,

    /// <summary>Somebody else refused, too: the same text is not heard again.</summary>
    Upheld,
}
