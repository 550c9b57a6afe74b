using Azure;
using Microsoft.Extensions.Logging;

namespace SocialHub.Storage;

/// <summary>Sends hints. A hint that cannot be sent is only late: the timer makes it again from its due row.</summary>
public sealed partial class Hints(HubStorage storage, ILogger<Hints> logger)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(1);

    /// <summary>Sends one hint; a failure is logged and swallowed.</summary>
    public async Task SendAsync(string queue, Hint hint, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Queue(queue).SendMessageAsync(hint.ToMessage(), timeToLive: TimeToLive, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException || StorageFailures.Is(error))
        {
            Log.HintNotSent(logger, queue, hint.Partition, error);
        }
    }

    /// <summary>Sends a hint of each due row that was just written.</summary>
    public async Task SendAsync(IEnumerable<DueRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            await SendAsync(row.Queue, row.Hint, cancellationToken).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A hint for {Queue} in {Partition} was not sent; the timer will make it again.")]
        public static partial void HintNotSent(ILogger logger, string queue, string partition, Exception error);
    }
}
