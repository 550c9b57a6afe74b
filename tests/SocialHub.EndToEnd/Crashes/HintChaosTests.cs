using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>Queues do to hints what queues may do, far more often than they would: every invariant holds, because tables hold the truth.</summary>
public sealed class HintChaosTests(AzuriteFixture azurite)
{
    public static TheoryData<CrashScenario> All { get; } = [Scenarios.Comments, Scenarios.Rights, Scenarios.Reports, Scenarios.Feeds, Scenarios.Publishing, Scenarios.Gates];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public Task Hints_that_are_lost_doubled_late_or_out_of_order_change_nothing(CrashScenario scenario)
    {
        var seed = Random.Shared.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Console.WriteLine($"{scenario}: hints by seed {seed}");
        return HoldAsync(scenario with
        {
            Settings = new Dictionary<string, string>(scenario.Settings, StringComparer.Ordinal)
            {
                ["Standalone__Faults__Seed"] = seed,
                ["Standalone__Faults__Drop"] = "0.3",
                ["Standalone__Faults__Twice"] = "0.3",
                ["Standalone__Faults__Delay"] = "0.3",
                ["Standalone__Faults__Reorder"] = "0.5",
            },
        }, emptied: false);
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public Task Queues_that_are_emptied_after_each_step_change_nothing(CrashScenario scenario) => HoldAsync(scenario, emptied: true);

    private async Task HoldAsync(CrashScenario scenario, bool emptied)
    {
        await using var lane = await CrashLane.StartAsync(scenario.UsesNetworks);
        if (lane.Mastodon is { } mastodon)
            mastodon.Habits.DropAnswerEvery = 4;
        await using var run = await CrashRun.StartAsync(scenario, lane, await azurite.NewAccountAsync(), trial: null);
        var failures = await run.PlayAsync(emptied ? () => EmptyAsync(run) : null);
        Assert.True(failures.Count == 0, $"{string.Join('\n', failures)}\n{string.Join('\n', run.Hubs[0].Log.TakeLast(60))}");
    }

    private static async Task EmptyAsync(CrashRun run)
    {
        await foreach (var queue in run.Queues.GetQueuesAsync())
            await run.Queues.GetQueueClient(queue.Name).ClearMessagesAsync();
    }
}
