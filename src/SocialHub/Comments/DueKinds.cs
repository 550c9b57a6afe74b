namespace SocialHub.Comments;

/// <summary>Kinds of due rows in table Comments.</summary>
public static class DueKinds
{
    /// <summary>The rules must judge a text.</summary>
    public const string Verdict = "verdict";

    /// <summary>A card must reach the moderators.</summary>
    public const string Card = "card";

    /// <summary>It still waits: remind them.</summary>
    public const string Reminder = "reminder";

    /// <summary>Rows besides an erased or withdrawn comment must go.</summary>
    public const string EraseRest = "erase-rest";

    /// <summary>Everything of an author must be erased.</summary>
    public const string EraseAuthor = "erase-author";

    /// <summary>A thread closes by the clock.</summary>
    public const string Thread = "thread";
}
