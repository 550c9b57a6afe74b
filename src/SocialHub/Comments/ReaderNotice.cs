namespace SocialHub.Comments;

/// <summary>What a reader said of a comment.</summary>
/// <param name="Reason">In their words.</param>
/// <param name="Email">Where they may be answered, for signed-in moderators alone; null: nowhere, or forgotten.</param>
public sealed record ReaderNotice(string Reason, string? Email);
