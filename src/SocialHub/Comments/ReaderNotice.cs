namespace SocialHub.Comments;

/// <summary>What a reader said of a comment.</summary>
/// <param name="Reason">In their words.</param>
/// <param name="Email">Where they may be answered, for signed-in moderators alone; null: nowhere, or forgotten.</param>
public sealed record ReaderNotice(string Reason, string? Email)
{
    /// <summary>What it is about.</summary>
    public NoticeKind Kind { get; init; }

    /// <summary>Who reports, for signed-in moderators alone; null: nobody said, or it is forgotten.</summary>
    public string? Name { get; init; }

    /// <summary>True: the reader states to believe in good faith that what they say is right and whole.</summary>
    public bool GoodFaith { get; init; }
}
