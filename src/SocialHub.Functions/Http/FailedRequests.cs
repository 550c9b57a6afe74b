using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SocialHub.Storage;

namespace SocialHub.Functions.Http;

/// <summary>What becomes of an exception of an HTTP function; both runtimes ask here, so no route needs to catch any.</summary>
internal static partial class FailedRequests
{
    /// <summary>Logs the exception, and makes the answer that says nothing of what happened inside.</summary>
    /// <param name="context">The request.</param>
    /// <param name="exception">What the function threw.</param>
    /// <param name="function">Its name.</param>
    /// <param name="logger">Of the runtime.</param>
    /// <returns>503 when storage did not answer, else 500; null when the caller went away and nobody reads an answer.</returns>
    public static IResult? Answer(HttpContext context, Exception exception, string? function, ILogger logger)
    {
        var isStorage = StorageFailures.Is(exception);
        // A body that ends in its middle is an IOException; a call that the caller's leaving cancelled looks like a storage failure.
        if (context.RequestAborted.IsCancellationRequested && (isStorage || exception is IOException))
        {
            Log.ClientGone(logger, function);
            return null;
        }

        if (isStorage)
        {
            Log.NoStorage(logger, exception, function);
            return Problems.Of(NoStorage);
        }

        Log.Failed(logger, exception, function);
        return Problems.Unexpected;
    }

    private static Problem NoStorage { get; } = new(ProblemKind.Unavailable, "storage-unavailable", "The hub's storage does not answer at this moment; send the same again a little later.") { RetryAfter = StorageFailures.RetryAfter };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string? function);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Storage did not answer function {Function}; its caller was told to come back")]
        public static partial void NoStorage(ILogger logger, Exception exception, string? function);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The caller of {Function} went away")]
        public static partial void ClientGone(ILogger logger, string? function);
    }
}
