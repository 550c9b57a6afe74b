using System.Net.Mail;
using SocialHub.Comments;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Functions.Comments;

/// <summary>Checks what a citizen sends, against the limits of the interface; each refusal says what to change.</summary>
internal static class CommentInput
{
    public const int LongestText = 4_000;
    public const int LongestName = 60;
    public const int LongestEmail = 254;
    public const int LongestKey = 200;

    public static Answer<CommentSubmission> Submission(SubmitBody body, string siteId, SiteConfiguration site, string address, bool isForm)
    {
        var page = PageAddress.Canonical(body.Page, site);
        if (page.Problem is { } noPage)
            return noPage;
        var text = Text(body.Text);
        if (text.Problem is { } noText)
            return noText;
        var name = (body.Name ?? "").Trim();
        if (name.Length > LongestName || !Visible.IsName(name))
            return new Problem(ProblemKind.Unprocessable, "name-invalid", $"name must have 1 to {LongestName} characters on one line, at least one that can be seen and none that changes the direction of text.");
        var email = string.IsNullOrWhiteSpace(body.Email) ? null : body.Email.Trim();
        if (email is not null && !IsEmail(email))
            return new Problem(ProblemKind.Unprocessable, "email-invalid", "email is no e-mail address; correct it, or leave it out.");
        CommentId? parent = null;
        if (!string.IsNullOrEmpty(body.Parent))
        {
            if (!CommentId.TryParse(body.Parent, out var id))
                return new Problem(ProblemKind.Invalid, "parent-invalid", "parent is no comment id.");
            parent = id;
        }

        // Typed or copied by a person, who does not see a space behind it.
        var authorKey = body.AuthorKey?.Trim();
        if (!string.IsNullOrEmpty(authorKey) && !AuthorKeys.IsKey(authorKey))
            return new Problem(ProblemKind.Invalid, "author-key-invalid", "authorKey must be 128 random bits as 22 characters of base64url; or leave it out, and the hub makes one.");
        if (body.IdempotencyKey is { Length: > LongestKey })
            return new Problem(ProblemKind.Invalid, "idempotency-key-invalid", $"idempotencyKey has at most {LongestKey} characters.");
        return new CommentSubmission(siteId, page.Value, text.Value, name)
        {
            Parent = parent,
            Email = email,
            IdempotencyKey = string.IsNullOrEmpty(body.IdempotencyKey) ? null : body.IdempotencyKey,
            AuthorKey = string.IsNullOrEmpty(authorKey) ? null : authorKey,
            Started = body.Started,
            Trapped = isForm || body.Website is not null || body.Started is not null ? !string.IsNullOrEmpty(body.Website) : null,
            Address = address,
        };
    }

    public static Answer<string> Text(string? text)
    {
        var trimmed = (text ?? "").ReplaceLineEndings("\n").Trim();
        var isEmpty = !Visible.HasAny(trimmed);
        return !isEmpty && trimmed.Length <= LongestText
            ? trimmed
            : new Problem(ProblemKind.Unprocessable, isEmpty ? "text-empty" : "text-too-long", $"text must have 1 to {LongestText} characters, at least one that can be seen; this one has {trimmed.Length}.");
    }

    public static Answer<string> Reason(string? reason)
    {
        var trimmed = (reason ?? "").Trim();
        return Visible.HasAny(trimmed) && trimmed.Length <= CommentReports.LongestReason
            ? trimmed
            : new Problem(ProblemKind.Unprocessable, "reason-invalid", $"reason must have 1 to {CommentReports.LongestReason} characters, at least one that can be seen.");
    }

    /// <summary>A report, with what the law wants of its kind (Digital Services Act, article 16).</summary>
    public static Answer<ReaderNotice> Notice(NoticeBody body)
    {
        var reason = Reason(body.Reason);
        if (reason.Problem is { } wrong)
            return wrong;
        NoticeKind? known = body.Kind switch { null or "" or "charter" => NoticeKind.Charter, "illegal" => NoticeKind.Illegal, "child-abuse" => NoticeKind.ChildAbuse, _ => null };
        if (known is not { } kind)
            return new Problem(ProblemKind.Unprocessable, "kind-invalid", "kind is charter, illegal or child-abuse.");
        var email = string.IsNullOrWhiteSpace(body.Email) ? null : body.Email.Trim();
        if (email is not null && !IsEmail(email))
            return new Problem(ProblemKind.Unprocessable, "email-invalid", "email is no e-mail address; correct it, or leave it out.");
        var name = string.IsNullOrWhiteSpace(body.Name) ? null : body.Name.Trim();
        if (name is not null && (name.Length > LongestName || !Visible.IsName(name)))
            return new Problem(ProblemKind.Unprocessable, "name-invalid", $"name must have 1 to {LongestName} characters on one line, at least one that can be seen and none that changes the direction of text.");
        // Each by itself, so that the form shows it at its field.
        if (kind == NoticeKind.Illegal && name is null)
            return new Problem(ProblemKind.Unprocessable, "notice-name-required", "A notice of something against the law needs name (Digital Services Act, article 16); without it, report a breach of the charter.");
        if (kind == NoticeKind.Illegal && email is null)
            return new Problem(ProblemKind.Unprocessable, "notice-email-required", "A notice of something against the law needs email (Digital Services Act, article 16); without it, report a breach of the charter.");
        if (kind != NoticeKind.Charter && body.GoodFaith != true)
            return new Problem(ProblemKind.Unprocessable, "good-faith-required", "A notice of something against the law needs goodFaith: true, the statement that it is made in good faith and that what it says is accurate and complete.");
        return new ReaderNotice(reason.Value, email) { Kind = kind, Name = name, GoodFaith = body.GoodFaith == true };
    }

    /// <summary>True for one plain address, without a display name.</summary>
    public static bool IsEmail(string email) => email.Length <= LongestEmail && !email.Any(char.IsControl) && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email;
}
