using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Standalone.Oracle;

/// <summary>The same scenarios here and on the real WebJobs host, with the same expectations.</summary>
public sealed class OracleTests(AzuriteFixture azurite)
{
    private const string Text = """{"v":1,"site":"mairie","id":"é-😀"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Runtime.Standalone)]
    [InlineData(Runtime.WebJobs)]
    public async Task A_message_that_always_fails_runs_maxDequeueCount_times_and_is_then_poison_with_its_text_unchanged(Runtime runtime)
    {
        var (storage, queue) = await QueueAsync();
        var observed = new Observed { Do = _ => throw new InvalidOperationException("always") };
        await queue.SendMessageAsync(Text, Stop);
        await using var host = await OracleHost.StartAsync(runtime, storage, observed);

        var poison = Client(storage, "oracle-poison");
        await Observed.UntilAsync(async () => await poison.ExistsAsync(Stop) && await CountAsync(poison) == 1);
        await Observed.UntilAsync(async () => await CountAsync(queue) == 0);
        Assert.Equal(Enumerable.Repeat(Text, OracleHost.MaxDequeueCount), observed.Runs);
        Assert.Equal(Text, (await poison.PeekMessageAsync(Stop)).Value.Body.ToString());
        Assert.Equal(
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text)),
            (await new QueueClient(storage, "oracle-poison").PeekMessageAsync(Stop)).Value.Body.ToString());
    }

    [Theory]
    [InlineData(Runtime.Standalone)]
    [InlineData(Runtime.WebJobs)]
    public async Task A_message_that_fails_once_runs_again_and_is_then_gone(Runtime runtime)
    {
        var (storage, queue) = await QueueAsync();
        var runs = 0;
        var observed = new Observed { Do = _ => Interlocked.Increment(ref runs) == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask };
        await queue.SendMessageAsync(Text, Stop);
        await using var host = await OracleHost.StartAsync(runtime, storage, observed);
        await Observed.UntilAsync(async () => observed.Runs.Count >= 2 && await CountAsync(queue) == 0);
        Assert.Equal([Text, Text], observed.Runs);
        Assert.False(await Client(storage, "oracle-poison").ExistsAsync(Stop));
    }

    [Theory]
    [InlineData(Runtime.Standalone)]
    [InlineData(Runtime.WebJobs)]
    public async Task A_message_stays_with_the_function_that_runs_for_longer_than_a_lease(Runtime runtime)
    {
        var (storage, queue) = await QueueAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var observed = new Observed { Do = _ => release.Task };
        await queue.SendMessageAsync(Text, Stop);
        await using var host = await OracleHost.StartAsync(runtime, storage, observed);
        await Observed.UntilAsync(() => Task.FromResult(observed.Runs.Count == 1));

        // Ours was renewed if it is still held when the first one is over; the WebJobs host's is ten minutes.
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < OracleHost.Lease * 1.5)
        {
            Assert.Empty((await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1), Stop)).Value);
            await Task.Delay(100, Stop);
        }

        release.SetResult();
        await Observed.UntilAsync(async () => await CountAsync(queue) == 0);
        Assert.Single(observed.Runs);
    }

    [Theory]
    [InlineData(Runtime.Standalone)]
    [InlineData(Runtime.WebJobs)]
    public async Task A_timer_that_was_missed_runs_once_as_past_due(Runtime runtime)
    {
        var (storage, _) = await QueueAsync();
        var observed = new Observed();
        await using (await OracleHost.StartAsync(runtime, storage, observed))
            await Observed.UntilAsync(async () => await ScheduleAsync(storage) is not null);
        Assert.Empty(observed.TimerRuns);

        var schedule = (await ScheduleAsync(storage))!;
        var status = JsonNode.Parse((await schedule.DownloadContentAsync(Stop)).Value.Content.ToString())!.AsObject();
        foreach (var name in status.Select(member => member.Key).ToList())
        {
            if (!name.Equals("schedule", StringComparison.OrdinalIgnoreCase))
                status[name] = name.Equals("next", StringComparison.OrdinalIgnoreCase) ? "2025-01-01T00:00:00" : "2024-03-01T00:00:00";
        }

        await schedule.UploadAsync(new BinaryData(status.ToJsonString()), overwrite: true, Stop);
        await using (await OracleHost.StartAsync(runtime, storage, observed))
            await Observed.UntilAsync(async () => !observed.TimerRuns.IsEmpty && !(await schedule.DownloadContentAsync(Stop)).Value.Content.ToString().Contains("2025-01-01", StringComparison.Ordinal));
        Assert.Equal([true], observed.TimerRuns);

        await StartAgainAsync(runtime, storage, observed);
        Assert.Equal([true], observed.TimerRuns);
    }

    [Theory]
    [InlineData(Runtime.Standalone)]
    [InlineData(Runtime.WebJobs)]
    public async Task Two_hosts_on_one_account_run_each_occurrence_of_a_timer_once(Runtime runtime)
    {
        var storage = await azurite.NewAccountAsync();
        var observed = new Observed();
        await using (await StartEverySecondAsync())
        await using (await StartEverySecondAsync())
        {
            // Both are there now.
            var before = observed.Occurrences.Count;
            await Observed.UntilAsync(() => Task.FromResult(observed.Occurrences.Count >= before + 4));
        }

        Assert.Equal(observed.Occurrences.Distinct(), observed.Occurrences);
        Assert.Equal(observed.Occurrences.Order(), observed.Occurrences);

        Task<IAsyncDisposable> StartEverySecondAsync() => OracleHost.StartAsync(runtime, storage, observed, typeof(OursEverySecond), typeof(TheirEverySecond));
    }

    // A third start, seen to be at work by a message that it runs.
    private static async Task StartAgainAsync(Runtime runtime, string storage, Observed observed)
    {
        await Client(storage, "oracle").SendMessageAsync(Text, Stop);
        await using var host = await OracleHost.StartAsync(runtime, storage, observed);
        await Observed.UntilAsync(() => Task.FromResult(!observed.Runs.IsEmpty));
    }

    private static async Task<BlobClient?> ScheduleAsync(string storage)
    {
        var service = new BlobServiceClient(storage);
        await foreach (var container in service.GetBlobContainersAsync(cancellationToken: Stop))
        {
            var client = service.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: Stop))
            {
                if (blob.Name == "oracletimer" || blob.Name.EndsWith("Timer/status", StringComparison.Ordinal))
                    return client.GetBlobClient(blob.Name);
            }
        }

        return null;
    }

    private async Task<(string Storage, QueueClient Queue)> QueueAsync()
    {
        var storage = await azurite.NewAccountAsync();
        var queue = Client(storage, "oracle");
        await queue.CreateAsync(cancellationToken: Stop);
        return (storage, queue);
    }

    private static QueueClient Client(string storage, string name) => new(storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount;
}
