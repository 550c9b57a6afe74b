using System.Text;
using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Everything that the storage account holds, as text: each property of each entity, each blob, each waiting message.</summary>
internal static class StoredTexts
{
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
                yield return ($"blob {container.Name}/{blob.Name}", (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString());
        }
        await foreach (var queue in run.Queues.GetQueuesAsync())
        {
            foreach (var message in (await run.Queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                yield return ($"queue {queue.Name}", Decoded(message.MessageText));
        }
    }

    private static string Decoded(string message)
    {
        var bytes = new byte[message.Length];
        return Convert.TryFromBase64String(message, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : message;
    }
}
