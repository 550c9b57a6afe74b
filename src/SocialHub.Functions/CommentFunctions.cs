using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Functions.Comments;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>What citizens write and read, and the work that follows.</summary>
public sealed class CommentFunctions(CommentShell shell, CommentVerdicts verdicts, CommentErasure erasure)
{
    /// <summary>Takes a comment, from the widget or a form.</summary>
    [Function("SubmitComment")]
    public Task<IResult> Submit([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.SubmitAsync(request, site, cancellationToken);

    /// <summary>The public thread of a page, in JSON.</summary>
    [Function("GetComments")]
    public Task<IResult> Thread([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "json", cancellationToken);

    /// <summary>The same as a piece of HTML, with its forms.</summary>
    [Function("GetCommentsHtml")]
    public Task<IResult> ThreadHtml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments.html")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "html", cancellationToken);

    /// <summary>The same as RSS.</summary>
    [Function("GetCommentsRss")]
    public Task<IResult> ThreadRss([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments.rss")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "rss", cancellationToken);

    /// <summary>How many public comments each of some pages has.</summary>
    [Function("CountComments")]
    public Task<IResult> Counts([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comment-counts")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.CountsAsync(request, site, cancellationToken);

    /// <summary>One public comment; to its author, who sends the key, in any state.</summary>
    [Function("GetComment")]
    public Task<IResult> Comment([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.CommentAsync(request, site, id, cancellationToken);

    /// <summary>One comment as its author sees it; the key may stand in the body.</summary>
    [Function("ViewComment")]
    public Task<IResult> View([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/view")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ViewAsync(request, site, id, cancellationToken);

    /// <summary>Replaces the text of an own comment.</summary>
    [Function("EditComment")]
    public Task<IResult> Edit([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.EditAsync(request, site, id, cancellationToken);

    /// <summary>The same for a form, which can only POST.</summary>
    [Function("EditCommentByPost")]
    public Task<IResult> EditByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/edit")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.EditAsync(request, site, id, cancellationToken);

    /// <summary>Wants no other words for an own comment whose author was asked for them.</summary>
    [Function("KeepWording")]
    public Task<IResult> Keep([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/keep")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.KeepAsync(request, site, id, cancellationToken);

    /// <summary>Takes an own comment back.</summary>
    [Function("WithdrawComment")]
    public Task<IResult> Withdraw([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.WithdrawAsync(request, site, id, cancellationToken);

    /// <summary>The same for a form, which can only POST.</summary>
    [Function("WithdrawCommentByPost")]
    public Task<IResult> WithdrawByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/withdraw")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.WithdrawAsync(request, site, id, cancellationToken);

    /// <summary>A reader reports a public comment.</summary>
    [Function("ReportComment")]
    public Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/reports")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ReportAsync(request, site, id, cancellationToken);

    /// <summary>An author objects to a refusal.</summary>
    [Function("ObjectToRefusal")]
    public Task<IResult> ObjectToRefusal([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/objections")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ObjectAsync(request, site, id, cancellationToken);

    /// <summary>The page where an author gives the code that was noted.</summary>
    [Function("AuthorPage")]
    public Task<IResult> Author([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/author.html")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.AuthorAsync(site, cancellationToken);

    /// <summary>All that was written with one key.</summary>
    [Function("ExportAuthor")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/sites/{site}/author")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ExportAsync(request, site, cancellationToken);

    /// <summary>The same for a form, which brings the key in its body.</summary>
    [Function("ExportAuthorByPost")]
    public Task<IResult> ExportByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/author/export")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ExportAsync(request, site, cancellationToken);

    /// <summary>Has all that was written with one key erased.</summary>
    [Function("EraseAuthor")]
    public Task<IResult> Erase([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/sites/{site}/author")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.EraseAuthorAsync(request, site, cancellationToken);

    /// <summary>The same for a form, which is asked once more before.</summary>
    [Function("EraseAuthorByPost")]
    public Task<IResult> EraseByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/author/erase")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.EraseAuthorAsync(request, site, cancellationToken);

    /// <summary>Asks whether mails about own comments shall end.</summary>
    [Function("UnsubscribePage")]
    public Task<IResult> UnsubscribePage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/unsubscribe/{recipient}")] HttpRequest request, string site, string recipient, CancellationToken cancellationToken) =>
        shell.UnsubscribePageAsync(site, recipient, cancellationToken);

    /// <summary>Ends them; what a mail program sends by one click (RFC 8058), and the page's button.</summary>
    [Function("Unsubscribe")]
    public Task<IResult> Unsubscribe([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/unsubscribe/{recipient}")] HttpRequest request, string site, string recipient, CancellationToken cancellationToken) =>
        shell.UnsubscribeAsync(request, site, recipient, cancellationToken);

    /// <summary>Where the mail that told a refusal leads: why, and a form to object.</summary>
    [Function("ObjectionPage")]
    public Task<IResult> ObjectionPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/objection/{link}")] HttpRequest request, string site, string link, CancellationToken cancellationToken) =>
        shell.ObjectionPageAsync(site, link, cancellationToken);

    /// <summary>Objects to that refusal, with the link in the place of the author's code.</summary>
    [Function("ObjectByLink")]
    public Task<IResult> ObjectByLink([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/objection/{link}")] HttpRequest request, string site, string link, CancellationToken cancellationToken) =>
        shell.ObjectByLinkAsync(request, site, link, cancellationToken);

    /// <summary>A comment or a change waits for the rules.</summary>
    [Function("JudgeComment")]
    public Task Judge([QueueTrigger(Queues.CommentVerdict)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? verdicts.RunAsync(parsed, cancellationToken) : Task.CompletedTask;

    /// <summary>Something is to be erased, or has reached the end of its time.</summary>
    [Function("KeepComments")]
    public Task Upkeep([QueueTrigger(Queues.CommentUpkeep)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? erasure.RunAsync(parsed, cancellationToken) : Task.CompletedTask;
}
