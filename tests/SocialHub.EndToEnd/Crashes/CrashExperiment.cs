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
        var required = first.Where(p => !IsClock(p) && !IsHint(p) && second.Contains(p)).ToList();
        var whenSeen = first.Union(second).Except(required).Where(p => !IsClock(p) || p.Ordinal <= ClockOrdinals).ToList();
        say($"{scenario}: {required.Count} points must be reached, {whenSeen.Count} more are tried when seen; with three faults each, {(required.Count + whenSeen.Count) * 3} runs");
        // Passed in one of two runs only, and not named as the clock's: worth a look when there are many.
        if (whenSeen.Where(p => !IsClock(p) && !IsHint(p)).ToList() is { Count: > 0 } once)
            say($"{scenario}: in one of the two recordings only: {string.Join(", ", once)}");
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
        var failures = await run.PlayAsync();
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
        var failures = await run.PlayAsync();
        if (required && !run.FaultHappened)
            failures.Add("the point was recorded and never reached");
        return new CrashOutcome(trial.Point, trial.Fault, run.FaultHappened, failures, failures.Count == 0 ? [] : [.. run.Hubs[0].Log.TakeLast(40)]);
    }

    // A hint is put by whoever made the work, or by the timer when that took long or was done meanwhile: each is tried, how many there are is not promised.
    private static bool IsHint(Point point) => point.Name.Text.StartsWith("queues ", StringComparison.Ordinal) && point.Name.Text.EndsWith(" put", StringComparison.Ordinal);

    private bool IsClock(Point point) => point.Clock || scenario.AlsoClock(point.Name);
}
