using System.Globalization;
using SocialHub.Configuration.Settings;

namespace SocialHub.Comments;

/// <summary>Refusals that several operations share.</summary>
public static class CommentProblems
{
    public static Problem NoSuchComment { get; } = new(ProblemKind.NotFound, "no-such-comment", "There is no comment of that name on this site.");

    public static Problem Erased { get; } = new(ProblemKind.Gone, "comment-erased", "This comment was erased.");

    /// <summary>The same to its author or a reader, who learn where nobody had decided about it.</summary>
    public static Problem Gone(CommentRow comment) => comment.Expired ? Expired : Erased;

    private static Problem Expired { get; } = new(ProblemKind.Gone, "comment-expired", "Nobody decided about this comment within the days that such comments are kept, so it was erased.");

    public static Problem NotTheAuthor { get; } = new(ProblemKind.Unauthenticated, "author-key-wrong", "Send the author key that came with this comment, in the header Author-Key or as authorKey in the body.");

    public static Problem NotEditable { get; } = new(ProblemKind.Conflict, "not-editable", "A comment that was refused or withdrawn cannot be changed; write a new one, or object to the refusal.");

    public static Problem TextChanged { get; } = new(ProblemKind.Changed, "text-changed", "The text was changed since you read it; read it again and repeat your change.");

    /// <summary>No comment is taken on any page for a time, as the team says why.</summary>
    public static Problem Frozen(CommentFreeze freeze) =>
        new(ProblemKind.Conflict, "comments-frozen", $"Comments are suspended{(freeze.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}") : "")}; nothing was kept of this one.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = freeze.Reason, ["until"] = freeze.Until },
        };

    /// <summary>Others wrote the same row each time that this was tried.</summary>
    public static Problem Busy { get; } = new(ProblemKind.Unavailable, "busy", "Many people write here at this moment; try again in a few seconds.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Problem NoSuchThread { get; } = new(ProblemKind.NotFound, "no-such-thread", "Nobody has written under this page yet.");
}
