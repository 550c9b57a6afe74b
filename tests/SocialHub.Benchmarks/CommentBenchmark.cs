using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using SocialHub.Storage;

namespace SocialHub.Benchmarks;

/// <summary>
/// A comment through the hub, against the storage requests that it needs sent by the same SDK to the same storage: the same reads in the same order,
/// the same transaction with the same rows, the same message. In turns, one by one; the hub's queues rest meanwhile.
/// </summary>
internal static class CommentBenchmark
{
    private const int Pairs = 300;
    private const int WarmUp = 150;
    private const int PerPage = 150;

    public static async Task RunAsync()
    {
        await using var town = await Town.OpenAsync();
        town.Settings["Standalone__Background"] = "false";
        await town.StartAsync();
        var page = town.Web.Open("/article/0", "Un article");
        var raw = await RawComment.RecordedAsync(town, page);

        Machine.Describe($"Comment POST against its raw storage requests ({Pairs} pairs in turns after {WarmUp})", "comments");
        List<double> hub = [], bare = [];
        for (var pair = 0; pair < WarmUp + Pairs; pair++)
        {
            if (pair % PerPage == 0)
                await town.WriteAsync(page = town.Web.Open($"/article/{pair + 1}", "Un article"));
            var (ours, theirs) = (0d, 0d);
            foreach (var hubsTurn in pair % 2 == 0 ? new[] { true, false } : [false, true])
            {
                var start = Stopwatch.GetTimestamp();
                if (hubsTurn)
                    await town.WriteAsync(page);
                else
                    await raw.SendAsync();
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                (ours, theirs) = hubsTurn ? (took, theirs) : (ours, took);
            }

            if (pair >= WarmUp)
            {
                hub.Add(ours);
                bare.Add(theirs);
            }
        }

        Console.WriteLine("| | median ms | 90th percentile ms |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine($"| POST through the hub | {Machine.Number(Machine.Median(hub), "0.00")} | {Machine.Number(Percentile(hub), "0.00")} |");
        Console.WriteLine($"| {raw.Reads} point reads, 1 row, 1 transaction of {raw.Rows} rows, 1 message | {Machine.Number(Machine.Median(bare), "0.00")} | {Machine.Number(Percentile(bare), "0.00")} |");
        Console.WriteLine();
        Console.WriteLine($"Ratio of the medians **{Machine.Number(Machine.Median(bare) / Machine.Median(hub), "0.00")}**, of the pairs {Machine.Number(Machine.Median(bare.Zip(hub, (b, h) => b / h)), "0.00")}.");
    }

    private static double Percentile(List<double> values) => values.Order().ElementAt(values.Count * 9 / 10);

    /// <summary>The rows that one comment made, to be written again under other names.</summary>
    private sealed class RawComment(HubStorage storage, string id, IReadOnlyList<TableEntity> rows, TableEntity thread, TableEntity author, TableEntity limit, string message)
    {
        private const string Partition = "raw";
        private int _count;

        // Idempotency, thread, address.
        public int Reads => 3;

        public int Rows => rows.Count + 2;

        public static async Task<RawComment> RecordedAsync(Town town, string page)
        {
            var connection = town.Azurite.ConnectionString;
            var storage = new HubStorage(new TableServiceClient(connection), new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }), new Azure.Storage.Blobs.BlobServiceClient(connection));
            var id = await town.WriteAsync(page);
            List<TableEntity> rows = [];
            TableEntity? thread = null, author = null;
            await foreach (var row in storage.Comments.QueryAsync<TableEntity>(r => r.PartitionKey == Town.Site))
            {
                if (row.RowKey.StartsWith("t.", StringComparison.Ordinal))
                    thread = Copy(row, row.RowKey);
                else if (row.RowKey.StartsWith("a.", StringComparison.Ordinal) && !row.RowKey.Contains(id, StringComparison.Ordinal))
                    author = Copy(row, row.RowKey);
                else if (row.RowKey.Contains(id, StringComparison.Ordinal) || row.GetString("Comment") == id)
                    rows.Add(Copy(row, row.RowKey));
            }

            TableEntity? limit = null;
            await foreach (var row in storage.Limits.QueryAsync<TableEntity>(r => r.PartitionKey != ""))
            {
                if (row.ContainsKey("Times"))
                    limit = Copy(row, row.RowKey);
            }

            var message = Hint.For(Town.Site, rows.Single(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).RowKey).ToMessage();
            await storage.QueueService.CreateQueueAsync("raw");
            await storage.Comments.AddEntityAsync(thread!);
            return new RawComment(storage, id, rows, thread!, author!, limit!, message);
        }

        public async Task SendAsync()
        {
            var fresh = id[..^8] + (++_count).ToString("D8", System.Globalization.CultureInfo.InvariantCulture);
            var key = $"i.{fresh}";
            var remembered = storage.Comments.GetEntityIfExistsAsync<TableEntity>(Partition, key);
            var found = storage.Comments.GetEntityIfExistsAsync<TableEntity>(Partition, thread.RowKey);
            await Task.WhenAll(remembered, found);
            await storage.Limits.GetEntityIfExistsAsync<TableEntity>(Partition, fresh);
            await storage.Limits.AddEntityAsync(Copy(limit, fresh));
            var current = (await found).Value!;
            var actions = rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, Named(row, fresh, key))).ToList();
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, current, current.ETag));
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, Copy(author, $"a.{fresh}")));
            await storage.Comments.SubmitTransactionAsync(actions);
            await storage.QueueService.GetQueueClient("raw").SendMessageAsync(message, timeToLive: TimeSpan.FromDays(1));
        }

        private TableEntity Named(TableEntity row, string fresh, string key) =>
            Copy(row, row.RowKey.StartsWith("i.", StringComparison.Ordinal) ? key : row.RowKey.Replace(id, fresh, StringComparison.Ordinal));

        private static TableEntity Copy(TableEntity row, string key)
        {
            var copy = new TableEntity(Partition, key);
            foreach (var (name, value) in row)
            {
                if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
                    copy[name] = value;
            }

            return copy;
        }
    }
}
