using SocialHub.EndToEnd.Faults;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>
/// The heart of the promise "a crash at any point loses nothing and doubles nothing". A scenario is recorded through the proxy; then, for each
/// request that changed something and each of three faults, it is run again. The ordinary run takes a sample (its seed is printed, and
/// SOCIALHUB_CRASH_SEED repeats it); <c>dotnet run tests/all.cs crash</c> takes all.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite)
{
    private const int Sample = 12;

    public static TheoryData<CrashScenario> All { get; } = [Scenarios.Start, Scenarios.Comments, Scenarios.Rights, Scenarios.Feeds, Scenarios.Publishing];

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
        });
    }

    [Theory(Explicit = true)]
    [Trait("run", "crash")]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public Task Nothing_is_lost_or_doubled_by_a_crash_at_any_point(CrashScenario scenario) => RunAsync(scenario, trials => trials);

    private async Task RunAsync(CrashScenario scenario, Func<IEnumerable<(Point, Fault)>, IEnumerable<(Point, Fault)>> choose)
    {
        var experiment = new CrashExperiment(scenario, azurite, lanes: Math.Max(2, Environment.ProcessorCount), Console.WriteLine);
        var recording = await experiment.RecordAsync();
        Assert.NotEmpty(recording.Required);
        var outcomes = await experiment.TryAsync(recording, choose(recording.Trials));
        Assert.Empty(outcomes.Where(o => o.Failures.Count > 0).Select(o => o.ToString()));
    }
}
