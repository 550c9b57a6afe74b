using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Functions.Comments;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>What citizens write and read, and the work that follows.</summary>
public sealed class CommentFunctions(CommentShell shell, CommentVerdicts verdicts, CommentErasure erasure)
{
    [Function("SubmitComment")]
    public Task<IResult> Submit([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.SubmitAsync(request, site, cancellationToken);

    [Function("GetComments")]
    public Task<IResult> Thread([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "json", cancellationToken);

    [Function("GetCommentsHtml")]
    public Task<IResult> ThreadHtml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments.html")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "html", cancellationToken);

    [Function("GetCommentsRss")]
    public Task<IResult> ThreadRss([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments.rss")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ThreadAsync(request, site, "rss", cancellationToken);

    [Function("CountComments")]
    public Task<IResult> Counts([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comment-counts")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.CountsAsync(request, site, cancellationToken);

    [Function("GetComment")]
    public Task<IResult> Comment([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.CommentAsync(request, site, id, cancellationToken);

    [Function("ViewComment")]
    public Task<IResult> View([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/view")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ViewAsync(request, site, id, cancellationToken);

    [Function("EditComment")]
    public Task<IResult> Edit([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.EditAsync(request, site, id, cancellationToken);

    [Function("EditCommentByPost")]
    public Task<IResult> EditByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/edit")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.EditAsync(request, site, id, cancellationToken);

    [Function("WithdrawComment")]
    public Task<IResult> Withdraw([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/sites/{site}/comments/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.WithdrawAsync(request, site, id, cancellationToken);

    [Function("WithdrawCommentByPost")]
    public Task<IResult> WithdrawByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/withdraw")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.WithdrawAsync(request, site, id, cancellationToken);

    [Function("ReportComment")]
    public Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/reports")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ReportAsync(request, site, id, cancellationToken);

    [Function("ObjectToRefusal")]
    public Task<IResult> ObjectToRefusal([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/comments/{id}/objections")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.ObjectAsync(request, site, id, cancellationToken);

    [Function("AuthorPage")]
    public Task<IResult> Author([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/sites/{site}/author.html")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.AuthorAsync(site, cancellationToken);

    [Function("ExportAuthor")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/sites/{site}/author")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ExportAsync(request, site, cancellationToken);

    [Function("ExportAuthorByPost")]
    public Task<IResult> ExportByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/author/export")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.ExportAsync(request, site, cancellationToken);

    [Function("EraseAuthor")]
    public Task<IResult> Erase([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/sites/{site}/author")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.EraseAuthorAsync(request, site, cancellationToken);

    [Function("EraseAuthorByPost")]
    public Task<IResult> EraseByPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sites/{site}/author/erase")] HttpRequest request, string site, CancellationToken cancellationToken) =>
        shell.EraseAuthorAsync(request, site, cancellationToken);

    [Function("JudgeComment")]
    public Task Judge([QueueTrigger(Queues.CommentVerdict)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? verdicts.RunAsync(parsed, cancellationToken) : Task.CompletedTask;

    [Function("KeepComments")]
    public Task Upkeep([QueueTrigger(Queues.CommentUpkeep)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? erasure.RunAsync(parsed, cancellationToken) : Task.CompletedTask;
}
