namespace SocialHub.Storage;

/// <summary>Names of the hint queues; a trigger names its queue by these.</summary>
public static class Queues
{
    /// <summary>A comment or a proposal waits for the rules.</summary>
    public const string CommentVerdict = "comment-verdict";

    /// <summary>What must follow an erasure, a closing, an author's wish; apart from the verdicts so that a large erasure delays none.</summary>
    public const string CommentUpkeep = "comment-upkeep";

    /// <summary>A card or a reminder must reach the moderators.</summary>
    public const string ModerationCard = "moderation-card";

    /// <summary>A mail must reach its recipient.</summary>
    public const string MailSend = "mail-send";

    /// <summary>A source is due to be read.</summary>
    public const string SourceRefresh = "source-refresh";

    /// <summary>A publication is due.</summary>
    public const string PublicationSend = "publication-send";
}
