using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Tests.Standalone;

public sealed class TimerTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task A_run_that_takes_longer_than_its_interval_is_alone_and_a_stop_waits_for_it()
    {
        var storage = await azurite.NewAccountAsync();
        var turns = new Turns { Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var one = await TestHost.StartAsync(storage, turns, [typeof(EverySecond)]);
        await using var two = await TestHost.StartAsync(storage, turns, [typeof(EverySecond)]);
        await turns.UntilAsync(() => !turns.Ran.IsEmpty);
        var due = turns.Ran.First();
        await turns.UntilAsync(() => TimeProvider.System.GetUtcNow().UtcDateTime > due.AddSeconds(3));
        Assert.Single(turns.Ran);

        var stopping = Task.WhenAll(one.StopAsync(), two.StopAsync());
        Assert.False(stopping.IsCompleted);
        turns.Hold.SetResult();
        await stopping;
        Assert.Equal(1, turns.MostAtOnce);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("{half")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_schedule_that_somebody_broke_is_recorded_anew(string broken)
    {
        var storage = await azurite.NewAccountAsync();
        var schedules = new BlobContainerClient(storage, TimerPump.Container);
        await schedules.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await schedules.UploadBlobAsync("everysecond", BinaryData.FromString(broken), TestContext.Current.CancellationToken);
        var turns = new Turns();
        await using var host = await TestHost.StartAsync(storage, turns, [typeof(EverySecond)]);
        await turns.UntilAsync(() => !turns.Ran.IsEmpty);
    }

    public sealed class Turns
    {
        private int _now;

        /// <summary>The occurrences that ran.</summary>
        public ConcurrentQueue<DateTime> Ran { get; } = [];

        public TaskCompletionSource? Hold { get; init; }

        public int MostAtOnce { get; private set; }

        public async Task RunAsync(DateTime occurrence)
        {
            lock (Ran)
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            Ran.Enqueue(occurrence);
            if (Hold is not null)
                await Hold.Task;
            lock (Ran)
                _now--;
        }

        public Task UntilAsync(Func<bool> condition) => Patience.UntilAsync("the timer is so far", condition);
    }

    public sealed class EverySecond(Turns turns)
    {
        [Function("EverySecond")]
        public Task Run([TimerTrigger("* * * * * *")] TimerInfo timer) => turns.RunAsync(timer.ScheduleStatus!.Next);
    }
}
