using System.Collections.Concurrent;
using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Faults;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>
/// The heart of the promise "a crash at any point loses nothing and doubles nothing". A scenario is recorded through the proxy; then, for each
/// request that changed something and each of three faults, it is run again. The ordinary run takes a sample (its seed is printed, and
/// SOCIALHUB_CRASH_SEED repeats it, SOCIALHUB_CRASH_SCENARIO names the one scenario to run); <c>dotnet run tests/all.cs crash</c> takes all.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite)
{
    private const int Sample = 12;

    public static TheoryData<CrashScenario> All { get; } =
    [
        .. new[] { Scenarios.Start, Scenarios.Comments, Scenarios.Rights, Scenarios.Reports, Scenarios.Debate, Scenarios.Rewording, Scenarios.MailBox, Scenarios.Feeds, Scenarios.Publishing, Scenarios.Gates }
            .Where(scenario => Environment.GetEnvironmentVariable("SOCIALHUB_CRASH_SCENARIO") is not { Length: > 0 } one || scenario.Name == one),
    ];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public async Task Nothing_is_lost_or_doubled_by_a_crash_at_a_sample_of_the_points(CrashScenario scenario)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SOCIALHUB_CRASH_SEED"), out var given) ? given : Random.Shared.Next();
        Console.WriteLine($"{scenario}: seed {seed}");
        await RunAsync(scenario, trials =>
        {
            var shuffled = trials.ToArray();
            new Random(seed).Shuffle(shuffled);
            return shuffled.Take(Sample);
        }, lanes: Math.Max(2, Environment.ProcessorCount));
    }

    [Theory(Explicit = true)]
    [Trait("run", "crash")]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public Task Nothing_is_lost_or_doubled_by_a_crash_at_any_point(CrashScenario scenario) =>
        // A run waits about as long as it works, and nothing else runs beside these.
        RunAsync(scenario, trials => trials, lanes: 2 * Environment.ProcessorCount);

    /// <summary>What killed the hub twice is not tried a third time: a person gets it. Everything else that is cut twice at the same point goes on.</summary>
    [Fact]
    public async Task A_work_that_kills_the_hub_twice_ends_all_the_same()
    {
        Spy spy = new();
        var experiment = new CrashExperiment(Scenarios.Killing with { Invariants = [.. Scenarios.Killing.Invariants, spy] }, azurite, lanes: 1, Console.WriteLine);
        var recording = await experiment.RecordAsync();
        Assert.DoesNotContain(spy.Findings, IsUnchecked);
        foreach (var operation in new[] { "del d:verdict", "del d:card", "del d:erase-rest", "del d:erase-author" })
        {
            spy.Findings.Clear();
            var point = recording.Required.First(point => point.Name.Text.Contains(operation, StringComparison.Ordinal));
            var outcome = Assert.Single(await experiment.TryAsync(recording, [(point, Fault.KillBefore)], kills: 2));
            Assert.True(outcome is { Reached: true, Failures.Count: 0 }, outcome.ToString());
            // Only what the rules do may be the cause of a death: their comment waits, "could not be checked automatically".
            Assert.Equal(operation == "del d:verdict", spy.Findings.Any(IsUnchecked));
        }

        static bool IsUnchecked(string findings) => findings.Contains("all-rules", StringComparison.Ordinal);
    }

    /// <summary>Remembers what the rules said.</summary>
    private sealed class Spy : Invariant
    {
        public ConcurrentBag<string> Findings { get; } = [];

        public override async Task CheckAsync(CrashRun run)
        {
            foreach (var comment in await StoredRows.CommentsAsync(run))
                Findings.Add(comment.GetString("Findings") ?? "");
        }
    }

    private async Task RunAsync(CrashScenario scenario, Func<IEnumerable<(Point, Fault)>, IEnumerable<(Point, Fault)>> choose, int lanes)
    {
        var experiment = new CrashExperiment(scenario, azurite, lanes, Console.WriteLine);
        var recording = await experiment.RecordAsync();
        Assert.NotEmpty(recording.Required);
        var outcomes = await experiment.TryAsync(recording, choose(recording.Trials));
        Assert.Empty(outcomes.Where(o => o.Failures.Count > 0).Select(o => o.ToString()));
    }
}
