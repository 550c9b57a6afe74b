using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Everything that the storage account holds, as text: each property of each entity, its keys too, each blob with its name, each message, also of those in somebody's hands.</summary>
internal static class StoredTexts
{
    // The most that the Queue service gives at a time.
    private const int MostAtOnce = 32;
    private static readonly TimeSpan TakenFor = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<(string Where, string Text)> AllAsync(CrashRun run)
    {
        await foreach (var table in run.Tables.QueryAsync())
        {
            await foreach (var row in run.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                foreach (var (name, value) in row)
                    yield return ($"table {table.Name}, {row.RowKey}, {name}", value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "");
            }
        }
        await foreach (var container in run.Blobs.GetBlobContainersAsync())
        {
            var client = run.Blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
                yield return ($"blob {container.Name}/{blob.Name}", $"{blob.Name}\n{await ContentAsync(client.GetBlobClient(blob.Name))}");
        }
        await foreach (var queue in run.Queues.GetQueuesAsync())
        {
            foreach (var message in await MessagesAsync(run, run.Queues.GetQueueClient(queue.Name)))
                yield return ($"queue {queue.Name}", Decoded(message));
        }
    }

    private static async Task<string> ContentAsync(BlobClient blob)
    {
        try
        {
            return (await blob.DownloadContentAsync()).Value.Content.ToString();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Deleted since it was listed: it holds nothing.
            return "";
        }
    }

    // A message in somebody's hands cannot be seen: of a queue that is worked on, wait until none is; of a poison queue, which nobody reads, take them all.
    private static async Task<IReadOnlyCollection<string>> MessagesAsync(CrashRun run, QueueClient queue)
    {
        var isPoison = queue.Name.EndsWith("-poison", StringComparison.Ordinal);
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        await run.UntilAsync($"every message of {queue.Name} is seen or gone", async () =>
        {
            if (isPoison)
            {
                foreach (var message in (await queue.ReceiveMessagesAsync(MostAtOnce, TakenFor)).Value)
                    seen[message.MessageId] = message.MessageText;
                return seen.Count >= (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
            }

            var shown = (await queue.PeekMessagesAsync(MostAtOnce)).Value;
            foreach (var message in shown)
                seen[message.MessageId] = message.MessageText;
            return shown.Length < MostAtOnce && shown.Length >= (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        });
        return seen.Values;
    }

    private static string Decoded(string message)
    {
        var bytes = new byte[message.Length];
        return Convert.TryFromBase64String(message, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : message;
    }
}
