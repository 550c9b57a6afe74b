using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SocialHub.Storage;

namespace SocialHub.Operations;

/// <summary>Runs what the rooms registered, all at once; one that fails stops none of the others. Notes when the round ended, for health.</summary>
public sealed partial class Ticks(IEnumerable<Tick> ticks, IEnumerable<DailyWork> daily, HubStorage storage, TimeProvider time, ILogger<Ticks> logger)
{
    /// <summary>A tick that takes longer is cancelled: one that hangs must not stop the timer for good.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Daily work that takes longer is cancelled and goes on the next day; host.json gives a function 10 minutes.</summary>
    public static readonly TimeSpan LongestDaily = TimeSpan.FromMinutes(9);

    /// <summary>One round of all ticks.</summary>
    public async Task<TickOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(ticks.Select(t => (t.Name, t.RunAsync)), Longest, cancellationToken);
        await storage.Settings.UpsertEntityAsync(
            new TableEntity(Keys.OperationsPartition, Keys.LastTick) { ["At"] = time.GetUtcNow(), ["Failed"] = string.Join(' ', outcome.Failed) },
            TableUpdateMode.Replace,
            cancellationToken);
        return outcome;
    }

    /// <summary>One round of all daily work.</summary>
    public Task<TickOutcome> RunDailyAsync(CancellationToken cancellationToken) =>
        RunAsync(daily.Select(d => (d.Name, d.RunAsync)), LongestDaily, cancellationToken);

    /// <summary>When the last round ended, on whichever instance, and which ticks failed in it; null when none ever did.</summary>
    public async Task<(DateTimeOffset At, IReadOnlyList<string> Failed)?> LastAsync(CancellationToken cancellationToken)
    {
        var row = await storage.Settings.GetEntityIfExistsAsync<TableEntity>(Keys.OperationsPartition, Keys.LastTick, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.GetDateTimeOffset("At") is { } at
            ? (at, (row.Value.GetString("Failed") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    private async Task<TickOutcome> RunAsync(IEnumerable<(string Name, Func<CancellationToken, Task> RunAsync)> work, TimeSpan longest, CancellationToken cancellationToken)
    {
        var runs = await Task.WhenAll(work.Select(async one => (one.Name, Succeeded: await RunOneAsync(one.Name, one.RunAsync, longest, cancellationToken))));
        cancellationToken.ThrowIfCancellationRequested();
        return new(runs.Length, [.. runs.Where(r => !r.Succeeded).Select(r => r.Name)]);
    }

    private async Task<bool> RunOneAsync(string name, Func<CancellationToken, Task> run, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await run(either.Token);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Not swallowed: the timer's function throws for it, once the others have run.
            Log.Failed(logger, e, name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The regular work {Name} failed; it is tried again at its next turn.")]
        public static partial void Failed(ILogger logger, Exception exception, string name);
    }
}
