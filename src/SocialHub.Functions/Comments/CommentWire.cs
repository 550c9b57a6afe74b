using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Comments;
using SocialHub.Configuration;

namespace SocialHub.Functions.Comments;

/// <summary>A comment as it is sent in. Limits are those of <see cref="CommentInput"/>.</summary>
internal sealed record SubmitBody(string? Page, string? Parent, string? Text, string? Name, string? Email, string? IdempotencyKey, string? AuthorKey, DateTimeOffset? Started, string? Website);

internal sealed record EditBody(string? Text, int? Revision, string? AuthorKey);

internal sealed record AuthorBody(string? AuthorKey);

/// <summary>A report or an objection. <paramref name="Kind"/> of a report is charter (default), illegal or child-abuse; what is against the law needs name, email and good faith, child abuse good faith alone.</summary>
internal sealed record NoticeBody(string? Reason, string? Email, string? AuthorKey, string? Name = null, string? Kind = null, bool? GoodFaith = null);

/// <summary>Its author is asked for other words, once, until <paramref name="Until"/>: PUT or POST <c>edit</c>, or POST <c>keep</c> to leave it as it is. <paramref name="Html"/> is the own text with the places that hold it, and why.</summary>
internal sealed record RewordBody(DateTimeOffset Until, string Html);

internal sealed record SubmitAnswer(string Id, string State, string Message, int Revision, string? AuthorKey, RewordBody? MayReword);

internal sealed record CommentBody(string Id, string? Parent, string Name, string Html, bool Official, DateTimeOffset Published, DateTimeOffset? Edited, int Depth, int Revision)
{
    public static CommentBody Of(PublicComment comment) =>
        new(comment.Id, comment.Parent, comment.Name, comment.Html, comment.Official, comment.Published, comment.Edited, comment.Depth, comment.Revision);
}

/// <summary>A page of a thread. <paramref name="Notice"/> is what readers are told while comments are frozen, or every new comment waits until <paramref name="HeldUntil"/>. <paramref name="Words"/> is what <c>&lt;comment-thread&gt;</c> says around it, for whoever asks in a language.</summary>
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
        WidgetWords.Notice(page.Thread, hub)?.In(language ?? hub.Authority.Language),
        [.. page.Comments.Select(CommentBody.Of)],
        page.Next,
        language is null ? null : WidgetWords.In(language, page.Thread.Policy));
}

internal sealed record CountsBody(IReadOnlyDictionary<string, int> Counts);

internal sealed record ReasonBody(string Class, string Reason, int Start, int Length);

/// <summary>A change of a public comment: received, held or rejected. <paramref name="Refusal"/> is the reason in words, <paramref name="Decided"/> when it was refused.</summary>
internal sealed record ProposalBody(string State, string Text, int Revision, string? Refusal, DateTimeOffset? Decided);

/// <summary>
/// A comment as its author sees it: <paramref name="Text"/> and <paramref name="Reasons"/> are of the newest text, which may be a change that waits or was refused;
/// <paramref name="Revision"/> is what the next edit names, <paramref name="Html"/> the public text.
/// </summary>
internal sealed record AuthorView(string Id, string? Parent, string State, string Message, string Page, string Name, string Text, string Html, DateTimeOffset Received, DateTimeOffset? Published, int Depth, int Revision, IReadOnlyList<ReasonBody> Reasons, string? Why, string? Refusal, bool MayObject, ProposalBody? Proposal, StatementBody? Statement, RewordBody? MayReword);

/// <summary>
/// Why a text is not public (article 17 of the Digital Services Act). <paramref name="Decision"/> is not-published, removed or change-refused; <paramref name="Ground"/> charter or law;
/// <paramref name="Article"/> and <paramref name="Version"/> are those in force at <paramref name="Decided"/>, <paramref name="Charter"/> their address;
/// <paramref name="Facts"/> is what the rules noticed, in words; <paramref name="Redress"/> says how to object; <paramref name="Html"/> is article, means and redress as safe HTML.
/// </summary>
internal sealed record StatementBody(string Decision, DateTimeOffset Decided, string Reason, string Label, string Ground, string? Article, int? Version, string Charter, bool Detected, bool Automated, bool OnNotice, string Means, IReadOnlyList<string> Facts, string Redress, string Html);

/// <summary>All that is kept of a comment. <paramref name="FirstText"/> is what was written first, where its author was asked for other words; <paramref name="Reasons"/>, <paramref name="Why"/> and <paramref name="Refusal"/> are those that its author is shown.</summary>
internal sealed record ExportedComment(string Id, string Page, string State, string? Parent, string Name, string Text, string? FirstText, string? Proposal, RefusedProposalBody? RefusedProposal, string? Email, DateTimeOffset Received, DateTimeOffset? Published, DateTimeOffset? Edited, int Revision, IReadOnlyList<ReasonBody> Reasons, string? Why, string? Refusal, StatementBody? Statement, IReadOnlyList<ExportedObjection> Objections);

/// <summary>A change of a public comment that was refused, with the reason in words.</summary>
internal sealed record RefusedProposalBody(string Text, string? Refusal, DateTimeOffset? Decided);

/// <summary>An objection, and what was answered: published or rejected, with the reason in words.</summary>
internal sealed record ExportedObjection(DateTimeOffset? At, string Reason, string? Decision, DateTimeOffset? Decided, string? Refusal);

internal sealed record ExportBody(string Site, IReadOnlyList<ExportedComment> Comments);

/// <summary>
/// The rules of the debate: plain text, an empty line parts paragraphs. <paramref name="Version"/> counts the team's changes; 0: the text of hub.json or the hub's own.
/// <paramref name="Articles"/> is the article that a refusal cites, by the code of its reason; <paramref name="Since"/> when the team wrote this version.
/// </summary>
internal sealed record CharterBody(string Text, int Version, string Language, IReadOnlyDictionary<string, string> Articles, DateTimeOffset? Since);

/// <summary>That a report or an objection has arrived; <paramref name="Url"/> is the exact place that a report is about.</summary>
internal sealed record ReceiptBody(string Id, string State, string Message, string? Url);

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
