namespace SocialHub.Comments;

/// <summary>A comment with what its author objected, as the author takes it along.</summary>
/// <param name="Comment">As it is now.</param>
/// <param name="Objections">Oldest first.</param>
public sealed record AuthoredComment(CommentRow Comment, IReadOnlyList<AnsweredObjection> Objections);

/// <summary>An objection and what became of it.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Reason">In the author's words.</param>
/// <param name="Decision"><c>published</c> or <c>rejected</c>; null while it waits. Who decided is not the author's to know.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Refusal">Code of the reason when it was refused again.</param>
public sealed record AnsweredObjection(DateTimeOffset? At, string Reason, string? Decision, DateTimeOffset? DecidedAt, string? Refusal);
