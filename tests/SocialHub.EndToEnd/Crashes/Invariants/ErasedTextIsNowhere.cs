using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>The words of an erased comment are in no table, no blob, no queue and no poison queue.</summary>
public sealed class ErasedTextIsNowhere : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var erased = run.Notes<CommentNotes>().Accepted.Where(comment => comment.State == "Erased").ToList();
        if (erased.Count == 0)
            return;
        await foreach (var table in run.Tables.QueryAsync())
        {
            await foreach (var row in run.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                Assert.All(row, property => Clean(property.Value?.ToString() ?? "", $"{table.Name} {row.RowKey} {property.Key}"));
        }

        await foreach (var container in run.Blobs.GetBlobContainersAsync())
        {
            var client = run.Blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
                Clean((await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString(), $"{container.Name}/{blob.Name}");
        }

        await foreach (var queue in run.Queues.GetQueuesAsync())
        {
            foreach (var message in (await run.Queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                Clean(message.Body.ToString(), queue.Name);
        }

        void Clean(string value, string where) =>
            Assert.All(erased, comment => Assert.False(value.Contains(comment.Text, StringComparison.Ordinal) || value.Contains(comment.AuthorKey, StringComparison.Ordinal), $"Erased words are in {where}."));
    }
}
