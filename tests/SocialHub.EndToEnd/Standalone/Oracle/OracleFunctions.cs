using System.Collections.Concurrent;
using SocialHub.Tests;
using Ours = SocialHub.Standalone.Triggers;
using Theirs = Microsoft.Azure.WebJobs;

namespace SocialHub.EndToEnd.Standalone.Oracle;

/// <summary>What the functions of a scenario saw, and what they are told to do.</summary>
public sealed class Observed
{
    /// <summary>Texts of the messages, one for each run.</summary>
    public ConcurrentQueue<string> Runs { get; } = [];

    /// <summary>Whether each timer run was past due.</summary>
    public ConcurrentQueue<bool> TimerRuns { get; } = [];

    /// <summary>The occurrences that ran, as the runtime names them.</summary>
    public ConcurrentQueue<DateTime> Occurrences { get; } = [];

    /// <summary>What a run does after it was noted.</summary>
    public Func<string, Task> Do { get; init; } = _ => Task.CompletedTask;

    public Task RunAsync(string text)
    {
        Runs.Enqueue(text);
        return Do(text);
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition) => Patience.UntilAsync("the runtime has done it", condition);
}

public sealed class OursFunctions(Observed observed)
{
    public const string EveryNewYear = "0 0 0 1 1 *";

    [Ours.Function("OracleQueue")]
    public Task Queue([Ours.QueueTrigger("oracle")] string message) => observed.RunAsync(message);

    [Ours.Function("OracleTimer")]
    public Task Timer([Ours.TimerTrigger(EveryNewYear)] Ours.TimerInfo timer)
    {
        observed.TimerRuns.Enqueue(timer.IsPastDue);
        return Task.CompletedTask;
    }
}

public sealed class TheirFunctions(Observed observed)
{
    public Task Queue([Theirs.QueueTrigger("oracle")] string message) => observed.RunAsync(message);

    public Task Timer([Theirs.TimerTrigger(OursFunctions.EveryNewYear)] Theirs.TimerInfo timer)
    {
        observed.TimerRuns.Enqueue(timer.IsPastDue);
        return Task.CompletedTask;
    }
}

public sealed class OursEverySecond(Observed observed)
{
    [Ours.Function("OracleEverySecond")]
    public Task Timer([Ours.TimerTrigger("* * * * * *")] Ours.TimerInfo timer)
    {
        observed.Occurrences.Enqueue(timer.ScheduleStatus!.Next);
        return Task.CompletedTask;
    }
}

public sealed class TheirEverySecond(Observed observed)
{
    // By type, not by expression: of an expression with less than a minute the WebJobs host keeps no status, which names the occurrence.
    public Task Timer([Theirs.TimerTrigger(typeof(EachSecond), UseMonitor = true)] Theirs.TimerInfo timer)
    {
        observed.Occurrences.Enqueue(timer.ScheduleStatus!.Next);
        return Task.CompletedTask;
    }

    public sealed class EachSecond : Theirs.Extensions.Timers.TimerSchedule
    {
        public override bool AdjustForDST => false;

        public override DateTime GetNextOccurrence(DateTime now) => now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));
    }
}
