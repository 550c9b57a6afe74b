namespace SocialHub.Comments;

/// <summary>What a reader reports.</summary>
public enum NoticeKind
{
    /// <summary>A breach of the charter: whoever reports may stay unknown.</summary>
    Charter,

    /// <summary>Something against the law. The Digital Services Act (article 16) asks for a name, an e-mail address and a statement of good faith.</summary>
    Illegal,

    /// <summary>Sexual abuse of a child: the Act asks for the statement, and lets who reports stay unknown (16, 2 c).</summary>
    ChildAbuse,
}
