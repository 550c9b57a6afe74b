using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>
/// Refusals of the core as <c>application/problem+json</c> (RFC 9457), with <c>notice</c>, the sentence for a citizen in their language, where there is one;
/// who sent a form or opened a page, without script, reads a page instead.
/// </summary>
public static class Problems
{
    /// <summary>A problem's <c>type</c> is this and its <see cref="Problem.Code"/>: stable, to be compared, not opened.</summary>
    public const string TypePrefix = "urn:socialhub:problem:";

    /// <summary>The answer to a caller who met <paramref name="problem"/>: its status, and <c>retryAfter</c> in whole seconds both as header and in the body, because a script of another origin cannot read the header.</summary>
    public static IResult Of(Problem problem) => new ProblemResult(StatusOf(problem.Kind), TitleOf(problem.Kind), problem);

    /// <summary>The HTTP status of a kind.</summary>
    public static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => 400,
        ProblemKind.Unauthenticated => 401,
        ProblemKind.Forbidden => 403,
        ProblemKind.NotFound => 404,
        ProblemKind.Conflict => 409,
        ProblemKind.Gone => 410,
        ProblemKind.Changed => 412,
        ProblemKind.TooLarge => 413,
        ProblemKind.UnsupportedMediaType => 415,
        ProblemKind.Unprocessable => 422,
        ProblemKind.PreconditionRequired => 428,
        ProblemKind.TooMany => 429,
        ProblemKind.Unavailable => 503,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a status."),
    };

    /// <summary>The answer to an exception that nobody expected: it says nothing of what happened inside.</summary>
    public static IResult Unexpected { get; } = new ProblemResult(
        500, "Internal Server Error", new Problem(ProblemKind.Unavailable, "unexpected", "The hub met an error that it did not expect; it has been logged. Try again later."));

    private static string TitleOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => "Bad Request",
        ProblemKind.Unauthenticated => "Unauthorized",
        ProblemKind.Forbidden => "Forbidden",
        ProblemKind.NotFound => "Not Found",
        ProblemKind.Conflict => "Conflict",
        ProblemKind.Gone => "Gone",
        ProblemKind.Changed => "Precondition Failed",
        ProblemKind.TooLarge => "Content Too Large",
        ProblemKind.UnsupportedMediaType => "Unsupported Media Type",
        ProblemKind.Unprocessable => "Unprocessable Content",
        ProblemKind.PreconditionRequired => "Precondition Required",
        ProblemKind.TooMany => "Too Many Requests",
        _ => "Service Unavailable",
    };

    // By its address, because much is refused before a form was read. All others bring a code and a button.
    private static bool HoldsText(PathString path) =>
        path.Value?.TrimEnd('/') is { } address && (address[(address.LastIndexOf('/') + 1)..] is "comments" or "edit" or "reports" or "objections");

    // Fields, not properties: the isolated worker also serialises a result for its host, which needs nothing of it.
    private sealed class ProblemResult(int status, string title, Problem problem) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var retryAfter = problem.RetryAfter is { } wait ? (long)Math.Ceiling(Math.Max(1, wait.TotalSeconds)) : (long?)null;
            var response = httpContext.Response;
            if (retryAfter is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            // Before hub.json was ever read, and where storage does not answer, a page speaks the default language.
            var hub = httpContext.RequestServices?.GetService<HubConfigurationSource>()?.Current ?? new HubConfiguration();
            var isForm = RequestBody.IsForm(httpContext.Request);
            if (isForm || Page.Is(httpContext.Request))
            {
                await new ProblemPage(hub, status, problem, retryAfter, isForm, isForm && HoldsText(httpContext.Request.Path)).ExecuteAsync(httpContext);
                return;
            }

            var notice = ProblemWords.All.ContainsKey(problem.Code) ? ProblemWords.Of(problem, retryAfter).In(VisitorLanguage.Of(httpContext.Request, hub)) : null;
            var body = ProblemWriter.Write(status, title, TypePrefix + problem.Code, problem, retryAfter, notice);
            response.StatusCode = status;
            response.ContentType = "application/problem+json";
            response.ContentLength = body.Length;
            response.Headers.CacheControl = "no-store";
            if (status == 401)
                response.Headers.WWWAuthenticate = "Bearer";
            if (!HttpMethods.IsHead(httpContext.Request.Method))
                await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
