using Microsoft.AspNetCore.Http;
using SocialHub.Functions.Comments;

namespace SocialHub.Functions;

/// <summary>What the authority tells of its moderation: counts for everybody, statements of reasons and notices for who has to hand them on.</summary>
public sealed class TransparencyFunctions(TransparencyShell shell)
{
    /// <summary>Counts per month and site.</summary>
    [Function("GetTransparency")]
    public Task<IResult> Json([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/transparency")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.FiguresAsync("json", cancellationToken);

    /// <summary>The same as a table for a spreadsheet.</summary>
    [Function("GetTransparencyCsv")]
    public Task<IResult> Csv([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/transparency.csv")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.FiguresAsync("csv", cancellationToken);

    /// <summary>The same as a page.</summary>
    [Function("GetTransparencyHtml")]
    public Task<IResult> Html([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/transparency.html")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.FiguresAsync("html", cancellationToken);

    /// <summary>The statements of reasons of a period, without anything of the authors.</summary>
    [Function("ExportStatements")]
    public Task<IResult> Statements([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/moderation/statements")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.StatementsAsync(request, false, cancellationToken);

    /// <summary>The same as a table for a spreadsheet.</summary>
    [Function("ExportStatementsCsv")]
    public Task<IResult> StatementsCsv([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/moderation/statements.csv")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.StatementsAsync(request, true, cancellationToken);

    /// <summary>The notices of readers of a period, and what became of them; who takes them is written into a log, so it is no GET.</summary>
    [Function("ExportNotices")]
    public Task<IResult> Notices([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/notices")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.NoticesAsync(request, false, cancellationToken);

    /// <summary>The same as a table for a spreadsheet.</summary>
    [Function("ExportNoticesCsv")]
    public Task<IResult> NoticesCsv([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/notices.csv")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.NoticesAsync(request, true, cancellationToken);
}
