namespace SocialHub.Comments;

/// <summary>Kinds of due rows in table Comments.</summary>
public static class DueKinds
{
    /// <summary>The rules must judge a text.</summary>
    public const string Verdict = "verdict";

    /// <summary>A card must reach the moderators.</summary>
    public const string Card = "card";

    /// <summary>What waits must reach the team by mail.</summary>
    public const string Mail = "mail";

    /// <summary>The author must hear by mail what became of a comment.</summary>
    public const string Hear = "hear";

    /// <summary>Readers who left an address with a report must hear by mail that it arrived, or what was decided.</summary>
    public const string Notice = "notice";

    /// <summary>It still waits: remind them.</summary>
    public const string Reminder = "reminder";

    /// <summary>So much waits that the team is told of all of it by one card.</summary>
    public const string Digest = "digest";

    /// <summary>The same by mail.</summary>
    public const string DigestMail = "digest-mail";

    /// <summary>A channel has not taken a digest that another one has.</summary>
    public const string DigestRest = "digest-rest";

    /// <summary>A person could not be brought a digest by mail that others have.</summary>
    public const string DigestMailRest = "digest-mail-rest";

    /// <summary>Rows besides an erased comment must go; of a withdrawn one, all but what was reported, without who did.</summary>
    public const string EraseRest = "erase-rest";

    /// <summary>Everything of an author must be erased.</summary>
    public const string EraseAuthor = "erase-author";

    /// <summary>A thread closes by the clock.</summary>
    public const string Thread = "thread";

    /// <summary>A debate turned: whoever is on duty must be told.</summary>
    public const string Turned = "turned";

    /// <summary>The same by mail.</summary>
    public const string TurnedMail = "turned-mail";

    /// <summary>Nobody has answered the alarm about a threat: it rings again.</summary>
    public const string Again = "again";

    /// <summary>A debate that turned may have calmed down.</summary>
    public const string Calm = "calm";

    /// <summary>A thread that is held reopens.</summary>
    public const string Reopen = "reopen";

    /// <summary>A thread has reopened by itself: the team must be told.</summary>
    public const string Reopened = "reopened";

    /// <summary>The same by mail.</summary>
    public const string ReopenedMail = "reopened-mail";
}
