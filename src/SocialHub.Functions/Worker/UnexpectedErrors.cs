using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Worker;

/// <summary>
/// Answers an exception in an HTTP function as problem details without saying what happened inside. Queue and timer functions
/// keep theirs: a message whose function failed must not count as done.
/// </summary>
internal sealed class UnexpectedErrors(ILogger<UnexpectedErrors> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.GetHttpContext() is { Response.HasStarted: false } http)
        {
            // Executed by the ASP.NET Core integration, which wraps this middleware. 499: the caller went away, nobody reads it.
            var answer = FailedRequests.Answer(http, e, context.FunctionDefinition.Name, logger) ?? Results.StatusCode(499);
            http.Response.Clear();
            context.GetInvocationResult().Value = answer;
        }
    }
}
