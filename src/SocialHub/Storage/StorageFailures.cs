using Azure;
using Azure.Identity;

namespace SocialHub.Storage;

/// <summary>Tells exceptions that storage causes by not answering from those that are errors of ours.</summary>
public static class StorageFailures
{
    /// <summary>How long a caller is asked to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// True for what the SDK throws after its own repeats: a refused or lost connection (status 0), 408, 429 and 5xx, no token of the managed identity,
    /// and a wait that reached its bound. What storage refuses for a reason of ours (4xx) is none.
    /// </summary>
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        // The SDK's "Retry failed after 4 tries".
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(Is),
        OperationCanceledException or TimeoutException or AuthenticationFailedException => true,
        _ => false,
    };
}
