using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Comments;
using SocialHub.Configuration;

namespace SocialHub.Functions.Comments;

/// <summary>A comment as it is sent in. Limits are those of <see cref="CommentInput"/>.</summary>
internal sealed record SubmitBody(string? Page, string? Parent, string? Text, string? Name, string? Email, string? IdempotencyKey, string? AuthorKey, DateTimeOffset? Started, string? Website);

internal sealed record EditBody(string? Text, int? Revision, string? AuthorKey);

internal sealed record AuthorBody(string? AuthorKey);

internal sealed record NoticeBody(string? Reason, string? Email, string? AuthorKey);

internal sealed record SubmitAnswer(string Id, string State, string Message, int Revision, string? AuthorKey);

internal sealed record CommentBody(string Id, string? Parent, string Name, string Html, bool Official, DateTimeOffset Published, DateTimeOffset? Edited, int Depth, int Revision)
{
    public static CommentBody Of(PublicComment comment) =>
        new(comment.Id, comment.Parent, comment.Name, comment.Html, comment.Official, comment.Published, comment.Edited, comment.Depth, comment.Revision);
}

/// <summary>A page of a thread. <paramref name="Notice"/> is what readers are told while every new comment waits until <paramref name="HeldUntil"/>. <paramref name="Words"/> is what <c>&lt;comment-thread&gt;</c> says around it, for whoever asks in a language.</summary>
internal sealed record ThreadBody(string Page, string Title, int Count, bool Open, DateTimeOffset? Closes, string Policy, DateTimeOffset? HeldUntil, string? Notice, IReadOnlyList<CommentBody> Comments, string? Next, IReadOnlyDictionary<string, string>? Words)
{
    public static ThreadBody Of(ThreadPage page, HubConfiguration hub, string? language) => new(
        page.Thread.Page,
        page.Thread.Title,
        page.Thread.Comments.Count,
        page.Thread.Open,
        page.Thread.Closes,
        PolicyWords.Of(page.Thread.Policy),
        page.Thread.HeldUntil,
        WidgetWords.Held(page.Thread, hub)?.In(language ?? hub.Authority.Language),
        [.. page.Comments.Select(CommentBody.Of)],
        page.Next,
        language is null ? null : WidgetWords.In(language));
}

internal sealed record CountsBody(IReadOnlyDictionary<string, int> Counts);

internal sealed record ReasonBody(string Class, string Reason, int Start, int Length);

/// <summary>A change of a public comment: received, held or rejected. <paramref name="Refusal"/> is the reason in words, <paramref name="Decided"/> when it was refused.</summary>
internal sealed record ProposalBody(string State, string Text, int Revision, string? Refusal, DateTimeOffset? Decided);

/// <summary>
/// A comment as its author sees it: <paramref name="Text"/> and <paramref name="Reasons"/> are of the newest text, which may be a change that waits or was refused;
/// <paramref name="Revision"/> is what the next edit names, <paramref name="Html"/> the public text.
/// </summary>
internal sealed record AuthorView(string Id, string? Parent, string State, string Message, string Page, string Name, string Text, string Html, DateTimeOffset Received, DateTimeOffset? Published, int Depth, int Revision, IReadOnlyList<ReasonBody> Reasons, string? Why, string? Refusal, bool MayObject, ProposalBody? Proposal);

/// <summary>All that is kept of a comment. <paramref name="Reasons"/>, <paramref name="Why"/> and <paramref name="Refusal"/> are those that its author is shown.</summary>
internal sealed record ExportedComment(string Id, string Page, string State, string? Parent, string Name, string Text, string? Proposal, RefusedProposalBody? RefusedProposal, string? Email, DateTimeOffset Received, DateTimeOffset? Published, DateTimeOffset? Edited, int Revision, IReadOnlyList<ReasonBody> Reasons, string? Why, string? Refusal, IReadOnlyList<ExportedObjection> Objections);

/// <summary>A change of a public comment that was refused, with the reason in words.</summary>
internal sealed record RefusedProposalBody(string Text, string? Refusal, DateTimeOffset? Decided);

/// <summary>An objection, and what was answered: published or rejected, with the reason in words.</summary>
internal sealed record ExportedObjection(DateTimeOffset? At, string Reason, string? Decision, DateTimeOffset? Decided, string? Refusal);

internal sealed record ExportBody(string Site, IReadOnlyList<ExportedComment> Comments);

/// <summary>The rules of the debate: plain text, an empty line parts paragraphs. <paramref name="Version"/> counts the team's changes; 0: the text of hub.json or the hub's own.</summary>
internal sealed record CharterBody(string Text, int Version, string Language);

internal sealed record ReceiptBody(string Id, string State, string Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SubmitBody))]
[JsonSerializable(typeof(EditBody))]
[JsonSerializable(typeof(AuthorBody))]
[JsonSerializable(typeof(NoticeBody))]
[JsonSerializable(typeof(SubmitAnswer))]
[JsonSerializable(typeof(ThreadBody))]
[JsonSerializable(typeof(CountsBody))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(AuthorView))]
[JsonSerializable(typeof(ExportBody))]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(CharterBody))]
internal sealed partial class CommentWire : JsonSerializerContext;
