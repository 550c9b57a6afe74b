using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Triggers;
using SocialHub.Tests.Storage;

namespace SocialHub.Tests.Standalone;

public sealed class QueueTests(AzuriteFixture azurite)
{
    private static readonly HostSettings Quick = new() { MaxPollingInterval = TimeSpan.FromMilliseconds(200), VisibilityTimeout = TimeSpan.Zero, MaxDequeueCount = 3 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_takes_no_new_message_and_lets_the_running_ones_finish()
    {
        var (queue, work) = (await QueueAsync(), new Work());
        await using var host = await TestHost.StartAsync(queue.Connection, work, [typeof(Functions)], Quick, ("Standalone:QueueLease", "00:00:10"));
        work.Hold.Reset();
        await queue.Client.SendMessageAsync("first", Stop);
        await work.UntilAsync(() => work.Started.Contains("first"));

        // Not the whole host's stop: that comes to the pumps when the web server has ended, and the second message would be there before.
        var stopping = host.Services.GetServices<IHostedService>().OfType<BackgroundPumps>().Single().StopAsync(CancellationToken.None);
        await queue.Client.SendMessageAsync("second", Stop);
        Assert.False(stopping.IsCompleted);
        work.Hold.Set();
        await stopping;

        Assert.Equal(["first"], work.Finished);
        // A look that was under way at the stop may have been handed it and heard nothing: then it is there again after the lease.
        QueueMessage[] left = [];
        await work.UntilAsync(() => (left = queue.Client.ReceiveMessages(10, cancellationToken: Stop).Value).Length > 0);
        Assert.Equal("second", Assert.Single(left).Body.ToString());
        Assert.Equal(["first"], work.Started);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_function_that_overruns_the_stop_is_told_and_its_message_stays()
    {
        var (queue, work) = (await QueueAsync(), new Work());
        await using var host = await TestHost.StartAsync(queue.Connection, work, [typeof(Functions)], Quick, ("Standalone:StopWithin", "00:00:01"));
        work.Hold.Reset();
        await queue.Client.SendMessageAsync("slow", Stop);
        await work.UntilAsync(() => work.Started.Contains("slow"));
        await host.StopAsync();
        await work.UntilAsync(() => work.Cancelled.Contains("slow"));
        Assert.Equal(1, (await queue.Client.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_goes_to_the_poison_queue_unrun()
    {
        var (queue, work) = (await QueueAsync(), new Work());
        var raw = new QueueClient(queue.Connection, "work");
        await raw.SendMessageAsync("{\"v\":1}", Stop);
        await using var host = await TestHost.StartAsync(queue.Connection, work, [typeof(Functions)], Quick);
        var poison = new QueueClient(queue.Connection, "work-poison");
        await work.UntilAsync(() => poison.Exists(Stop).Value && poison.PeekMessages(1, Stop).Value.Length == 1);
        Assert.Equal("{\"v\":1}", poison.PeekMessages(1, Stop).Value[0].Body.ToString());
        Assert.Empty(work.Started);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Many_messages_all_run_and_no_more_at_once_than_a_batch_and_its_threshold()
    {
        var (queue, work) = (await QueueAsync(), new Work());
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Stop, async (n, stop) => await queue.Client.SendMessageAsync(n.ToString(), stop));
        await using var host = await TestHost.StartAsync(queue.Connection, work, [typeof(Functions)], Quick);
        await work.UntilAsync(() => work.Finished.Count == 100);
        Assert.Equal(100, work.Finished.Distinct().Count());
        Assert.InRange(work.MostAtOnce, 1, 24);
    }

    [Fact]
    public async Task Hints_may_be_dropped()
    {
        var work = await RunAsync(3, work => work.Queue.PeekMessages().Value.Length == 0, ("Standalone:Faults:Drop", "1"));
        Assert.Empty(work.Started);
    }

    [Fact]
    public async Task Hints_may_come_twice()
    {
        var work = await RunAsync(3, work => work.Finished.Count == 6, ("Standalone:Faults:Twice", "1"));
        Assert.All(work.Finished.GroupBy(text => text), same => Assert.Equal(2, same.Count()));
    }

    [Fact]
    public async Task Hints_may_come_late_and_still_come()
    {
        var work = await RunAsync(8, work => work.Finished.Distinct().Count() == 8, ("Standalone:Faults:Delay", "0.5"), ("Standalone:Faults:LongestDelay", "00:00:01"), ("Standalone:Faults:Reorder", "1"));
        Assert.Equal(8, work.Finished.Count);
    }

    [Fact]
    public void The_same_seed_does_the_same_to_hints() =>
        Gen.Select(Gen.Int, Gen.Double[0, 1]).Sample((seed, often) =>
        {
            static string Roll(HintFaults faults)
            {
                var dice = new HintFaultDice(faults);
                var order = Enumerable.Range(0, 20).ToArray();
                dice.Shuffle(order);
                return string.Join(' ', order.Select(n => $"{n}{dice.Drops()}{dice.RunsTwice()}{dice.Delays()}"));
            }

            var faults = new HintFaults { Seed = seed, Drop = often, Twice = often, Delay = often, Reorder = often };
            return Roll(faults) == Roll(faults);
        });

    private async Task<Work> RunAsync(int messages, Func<Work, bool> until, params (string, string)[] faults)
    {
        var queue = await QueueAsync();
        var work = new Work { Queue = queue.Client };
        for (var n = 0; n < messages; n++)
            await queue.Client.SendMessageAsync(n.ToString(), Stop);
        await using var host = await TestHost.StartAsync(queue.Connection, work, [typeof(Functions)], Quick, faults);
        await work.UntilAsync(() => until(work));
        await host.StopAsync();
        return work;
    }

    [Fact]
    public async Task A_failure_that_is_none_of_the_queues_own_stops_the_reading_for_a_moment_only()
    {
        var (connection, client) = await QueueAsync();
        var options = new QueueClientOptions();
        var asked = 0;
        options.AddPolicy(new NoToken(() => Interlocked.Increment(ref asked) <= 3), Azure.Core.HttpPipelinePosition.PerCall);
        var queues = new QueueServiceClient(connection, options);
        var done = new QueueClient(connection, "done");
        await done.CreateAsync(cancellationToken: Stop);
        await client.SendMessageAsync("first", Stop);
        await using var host = await TestHost.StartAsync(connection, queues, [typeof(Passing)], Quick);
        await Patience.UntilAsync("the message went through", async () => (await done.PeekMessageAsync(Stop)).Value is not null);
    }

    private async Task<(string Connection, QueueClient Client)> QueueAsync()
    {
        var connection = await azurite.NewAccountAsync();
        var client = new QueueClient(connection, "work", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await client.CreateAsync(cancellationToken: Stop);
        return (connection, client);
    }

    public sealed class Work
    {
        private int _now;

        public QueueClient Queue { get; init; } = null!;

        public ManualResetEventSlim Hold { get; } = new(true);

        public ConcurrentQueue<string> Started { get; } = [];

        public ConcurrentQueue<string> Finished { get; } = [];

        public ConcurrentQueue<string> Cancelled { get; } = [];

        public int MostAtOnce { get; private set; }

        public async Task DoAsync(string text, CancellationToken stop)
        {
            lock (Started)
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            Started.Enqueue(text);
            try
            {
                // Without end of its own: only the runtime may cut it short.
                while (!Hold.IsSet)
                    await Task.Delay(20, stop);
                Finished.Enqueue(text);
            }
            catch (OperationCanceledException)
            {
                Cancelled.Enqueue(text);
                throw;
            }
            finally
            {
                lock (Started)
                    _now--;
            }
        }

        public Task UntilAsync(Func<bool> condition) => Patience.UntilAsync("the work is so far", condition);
    }

    public sealed class Passing(QueueServiceClient queues)
    {
        [Function("Passing")]
        public Task Run([QueueTrigger("work")] string message, CancellationToken stop) => queues.GetQueueClient("done").SendMessageAsync(message, stop);
    }

    public sealed class Functions(Work work)
    {
        [Function("Work")]
        public Task Run([QueueTrigger("work")] string message, CancellationToken stop) => work.DoAsync(message, stop);
    }
}
