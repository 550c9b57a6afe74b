using System.Collections.Concurrent;
using System.Globalization;
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
    private const int Recordings = 3;
    private const int MostRecordings = 6;

    // A poll or a stamp is the same every time: its first occurrences stand for all.
    private const int ClockOrdinals = 2;

    // Of the points that no clock causes, this part may differ between the recordings.
    private const int MostVarying = 10;

    /// <summary>
    /// What each queue is surely put: the hint that follows each of these in the same request or work, and, where none follows at once, the one of the timer
    /// without which the promise would not be kept. Hints beyond these are the timer's, which hints at whatever is not done at its tick.
    /// </summary>
    private static readonly (string Queue, string Operation)[] SureHints =
    [
        ("comment-verdict", "add d:verdict"),
        ("moderation-card", "add d:card"),
        ("moderation-card", "add d:turned"),
        ("moderation-card", "add d:reopened"),
        ("comment-upkeep", "add d:erase-author"),
        ("comment-upkeep", "add d:erase-rest"),
        ("comment-upkeep", "del d:thread"),
        ("comment-upkeep", "del d:reopen"),
        ("publication-send", "add p"),
    ];

    /// <summary>Three runs without a fault; what each of them passes is required.</summary>
    /// <exception cref="InvalidOperationException">Something does not hold even so, or the recordings differ in more than a tenth of what no clock causes.</exception>
    public async Task<CrashRecording> RecordAsync()
    {
        await using var lane = await CrashLane.StartAsync(scenario.UsesNetworks);
        List<IReadOnlyList<Point>> made = [];
        while (made.Count < Recordings)
            made.Add(await RecordOnceAsync(lane));
        // A machine that is busy with other things sends what it sent before, once more: then those three count that are most alike.
        while (!MayVary(Alike(made), Varying(Alike(made)).Count) && made.Count < MostRecordings)
            made.Add(await RecordOnceAsync(lane));
        var recordings = Alike(made);
        var all = recordings.SelectMany(points => points).Distinct().ToList();
        var sure = SureHints.Select(hint => hint.Queue).Distinct(StringComparer.Ordinal).ToDictionary(queue => $"queues {queue} put", queue => recordings.Min(points => SurelyPut(queue, points)), StringComparer.Ordinal);
        var inEach = all.Where(point => !IsClock(point) && recordings.TrueForAll(points => points.Contains(point))).ToList();
        var required = inEach.Where(point => !IsHint(point) || point.Ordinal <= sure.GetValueOrDefault(point.Name.Text)).ToList();
        var byClock = all.Where(point => IsClock(point) && point.Ordinal <= ClockOrdinals).ToList();
        var hints = all.Except(required).Where(point => IsHint(point) && !IsClock(point) && point.Ordinal <= sure.GetValueOrDefault(point.Name.Text) + ClockOrdinals).ToList();
        var varying = Varying(recordings);
        CrashRecording recording = new(required, [.. byClock, .. hints, .. varying]);
        say($"{scenario}: {required.Count} points must be reached, {recording.WhenSeen.Count} more are tried when seen; with three faults each, {recording.Trials.Count()} runs");
        SayWhy("the clock alone causes them", byClock.Select(point => point.Name.Text));
        SayWhy("the timer hints at what is not done at its tick", hints.Select(point => point.ToString()));
        SayWhy($"not in each of {Recordings} recordings", varying.Select(point => point.ToString()));
        return MayVary(recordings, varying.Count)
            ? recording
            : throw new InvalidOperationException($"{scenario}: {varying.Count} points were not in each of {Recordings} recordings, more than one in {MostVarying} of what no clock causes: {string.Join(", ", varying)}");
    }

    /// <summary>One run for each trial, several at a time.</summary>
    /// <param name="recording">Which points must be reached.</param>
    /// <param name="trials">What goes wrong, and where.</param>
    /// <param name="kills">How often in a row the hub is killed there, each time that it comes to this point again.</param>
    public async Task<IReadOnlyList<CrashOutcome>> TryAsync(CrashRecording recording, IEnumerable<(Point Point, Fault Fault)> trials, int kills = 1)
    {
        var queue = new ConcurrentQueue<(Point Point, Fault Fault)>(trials);
        var all = queue.Count;
        var outcomes = new ConcurrentBag<CrashOutcome>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(lanes, all)).Select(async _ =>
        {
            await using var lane = await CrashLane.StartAsync(scenario.UsesNetworks);
            while (queue.TryDequeue(out var trial))
            {
                var outcome = await TryOnceAsync(lane, trial, recording.Required.Contains(trial.Point), kills);
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

    // The three of these recordings that differ least.
    private List<IReadOnlyList<Point>> Alike(List<IReadOnlyList<Point>> made) =>
        Enumerable.Range(0, made.Count).SelectMany(a => Enumerable.Range(a + 1, made.Count - a - 1).SelectMany(b => Enumerable.Range(b + 1, made.Count - b - 1).Select(c => (List<IReadOnlyList<Point>>)[made[a], made[b], made[c]]))).MinBy(three => Varying(three).Count)!;

    private List<Point> Varying(List<IReadOnlyList<Point>> recordings) =>
        [.. recordings.SelectMany(points => points).Distinct().Where(point => !IsClock(point) && !IsHint(point) && !recordings.TrueForAll(points => points.Contains(point)))];

    private bool MayVary(List<IReadOnlyList<Point>> recordings, int varying) =>
        varying * MostVarying <= recordings.SelectMany(points => points).Distinct().Count(point => !IsClock(point) && !IsHint(point));

    private void SayWhy(string reason, IEnumerable<string> points)
    {
        if (points.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } some)
            say($"{scenario}: not required ({reason}): {string.Join("; ", some)}");
    }

    private async Task<IReadOnlyList<Point>> RecordOnceAsync(CrashLane lane)
    {
        await using var run = await CrashRun.StartAsync(scenario, lane, await azurite.NewAccountAsync(), trial: null);
        var failures = await run.PlayAsync();
        if (failures.Count > 0)
            throw new InvalidOperationException($"{scenario} fails without any fault:\n{string.Join('\n', failures)}\n{string.Join('\n', run.Hubs[0].Log.TakeLast(60))}");
        return run.Passed;
    }

    private async Task<CrashOutcome> TryOnceAsync(CrashLane lane, (Point Point, Fault Fault) trial, bool required, int kills)
    {
        CrashRun run;
        try
        {
            run = await CrashRun.StartAsync(scenario, lane, await azurite.NewAccountAsync(), trial, kills: kills);
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

    private static int SurelyPut(string queue, IReadOnlyList<Point> points) =>
        points.SelectMany(point => Operations(point.Name.Text)).Where(operation => SureHints.Contains((queue, operation.What))).Sum(operation => operation.Times);

    // Of a name such as: tables Comments batch[upd c,add d:card x2,add l].
    private static IEnumerable<(string What, int Times)> Operations(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        foreach (var operation in bracket < 0 ? [] : name[(bracket + 1)..^1].Split(','))
        {
            // A row of an erasure is an "x" too, without a number behind it.
            var at = operation.LastIndexOf(" x", StringComparison.Ordinal);
            yield return at > 0 && int.TryParse(operation.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? (operation[..at], times) : (operation, 1);
        }
    }

    private static bool IsHint(Point point) => point.Name.Text.StartsWith("queues ", StringComparison.Ordinal) && point.Name.Text.EndsWith(" put", StringComparison.Ordinal);

    private bool IsClock(Point point) => point.Clock || scenario.AlsoClock(point.Name);
}
