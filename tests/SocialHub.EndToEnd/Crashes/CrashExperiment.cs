using System.Collections.Concurrent;
using SocialHub.EndToEnd.Faults;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>Records the points of a scenario, then runs it again for each of them and each fault.</summary>
/// <param name="scenario">What is run.</param>
/// <param name="azurite">Gives each run an account of its own.</param>
/// <param name="lanes">How many runs go on at a time; each waits more than it works.</param>
/// <param name="say">Where progress goes.</param>
public sealed class CrashExperiment(CrashScenario scenario, AzuriteFixture azurite, int lanes, Action<string> say)
{
    // A poll or a stamp is the same every time: its first occurrences stand for all.
    private const int ClockOrdinals = 2;

    /// <summary>Two runs without a fault.</summary>
    /// <exception cref="InvalidOperationException">Something does not hold even so.</exception>
    public async Task<CrashRecording> RecordAsync()
    {
        await using var lane = await CrashLane.StartAsync(scenario.UsesNetworks);
        var first = await RecordOnceAsync(lane);
        var second = await RecordOnceAsync(lane);
        var required = first.Where(p => !IsClock(p) && second.Contains(p)).ToList();
        var whenSeen = first.Union(second).Except(required).Where(p => !IsClock(p) || p.Ordinal <= ClockOrdinals).ToList();
        say($"{scenario}: {required.Count} points must be reached, {whenSeen.Count} more are tried when seen; with three faults each, {(required.Count + whenSeen.Count) * 3} runs");
        return new CrashRecording(required, whenSeen);
    }

    /// <summary>One run for each trial, several at a time.</summary>
    public async Task<IReadOnlyList<CrashOutcome>> TryAsync(CrashRecording recording, IEnumerable<(Point Point, Fault Fault)> trials)
    {
        var queue = new ConcurrentQueue<(Point Point, Fault Fault)>(trials);
        var all = queue.Count;
        var outcomes = new ConcurrentBag<CrashOutcome>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(lanes, all)).Select(async _ =>
        {
            await using var lane = await CrashLane.StartAsync(scenario.UsesNetworks);
            while (queue.TryDequeue(out var trial))
            {
                var outcome = await TryOnceAsync(lane, trial, recording.Required.Contains(trial.Point));
                outcomes.Add(outcome);
                if (outcome.Failures.Count > 0)
                    say($"FAILED {outcome}");
                else if (outcomes.Count % 50 == 0)
                    say($"{outcomes.Count} of {all} runs");
            }
        }));
        say($"{scenario}: {outcomes.Count} runs, {outcomes.Count(o => o.Reached)} reached their point, {outcomes.Count(o => o.Failures.Count > 0)} failed");
        return [.. outcomes];
    }

    private async Task<IReadOnlyList<Point>> RecordOnceAsync(CrashLane lane)
    {
        await using var run = await CrashRun.StartAsync(scenario, lane, await azurite.NewAccountAsync(), trial: null);
        var failures = await PlayAsync(run);
        if (failures.Count > 0)
            throw new InvalidOperationException($"{scenario} fails without any fault:\n{string.Join('\n', failures)}\n{string.Join('\n', run.Hubs[0].Log.TakeLast(60))}");
        return run.Faults.Points;
    }

    private async Task<CrashOutcome> TryOnceAsync(CrashLane lane, (Point Point, Fault Fault) trial, bool required)
    {
        CrashRun run;
        try
        {
            run = await CrashRun.StartAsync(scenario, lane, await azurite.NewAccountAsync(), trial);
        }
        catch (InvalidOperationException error)
        {
            return new CrashOutcome(trial.Point, trial.Fault, Reached: true, ["start: " + error.Message], []);
        }
        await using var ended = run;
        var failures = await PlayAsync(run);
        if (required && !run.FaultHappened)
            failures.Add("the point was recorded and never reached");
        return new CrashOutcome(trial.Point, trial.Fault, run.FaultHappened, failures, failures.Count == 0 ? [] : [.. run.Hubs[0].Log.TakeLast(40)]);
    }

    private async Task<List<string>> PlayAsync(CrashRun run)
    {
        List<string> failures = [];
        var went = true;
        foreach (var step in scenario.Steps)
            went = went && await HoldsAsync(step.Name, () => step.RunAsync(run));
        if (went)
            await HoldsAsync("coming to rest", () => run.SettledAsync());
        // They must hold even where a step failed, and then tell more than the step.
        foreach (var invariant in scenario.Invariants)
            await HoldsAsync(invariant.Name, () => invariant.CheckAsync(run));
        return failures;

        async Task<bool> HoldsAsync(string name, Func<Task> check)
        {
            try
            {
                await check();
                return true;
            }
            catch (Exception error)
            {
                failures.Add($"{name}: {error.GetType().Name}: {error.Message}");
                return false;
            }
        }
    }

    private bool IsClock(Point point) => point.Clock || scenario.AlsoClock(point.Name);
}
