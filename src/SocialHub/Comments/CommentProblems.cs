namespace SocialHub.Comments;

/// <summary>Refusals that several operations share.</summary>
internal static class CommentProblems
{
    public static Problem NoSuchComment { get; } = new(ProblemKind.NotFound, "no-such-comment", "There is no comment of that name on this site.");

    public static Problem Erased { get; } = new(ProblemKind.Gone, "comment-erased", "This comment was erased.");

    public static Problem NotTheAuthor { get; } = new(ProblemKind.Unauthenticated, "author-key-wrong", "Send the author key that came with this comment, in the header Author-Key or as authorKey in the body.");

    public static Problem NotEditable { get; } = new(ProblemKind.Conflict, "not-editable", "A comment that was refused or withdrawn cannot be changed; write a new one, or object to the refusal.");

    public static Problem TextChanged { get; } = new(ProblemKind.Changed, "text-changed", "The text was changed since you read it; read it again and repeat your change.");

    public static Problem NoSuchThread { get; } = new(ProblemKind.NotFound, "no-such-thread", "Nobody has written under this page yet.");
}
