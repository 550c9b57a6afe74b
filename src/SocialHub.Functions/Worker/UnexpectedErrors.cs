using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Worker;

/// <summary>
/// Answers an exception in an HTTP function as problem details without saying what happened inside. Queue and timer functions
/// keep theirs: a message whose function failed must not count as done.
/// </summary>
internal sealed partial class UnexpectedErrors(ILogger<UnexpectedErrors> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.GetHttpContext() is { Response.HasStarted: false } http && !http.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, e, context.FunctionDefinition.Name);
            http.Response.Clear();

            // Executed by the ASP.NET Core integration, which wraps this middleware.
            context.GetInvocationResult().Value = Problems.Unexpected;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string function);
    }
}
