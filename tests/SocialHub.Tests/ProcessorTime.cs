using System.Diagnostics;
using System.Globalization;

namespace SocialHub.Tests;

/// <summary>What a piece of work costs: how long a processor was at it, which says the same on a machine that is busy with other things.</summary>
internal static class ProcessorTime
{
    // The first number is how many nanoseconds this thread has run.
    private const string OfThisThread = "/proc/thread-self/schedstat";

    /// <summary>How long the thread of the caller ran for <paramref name="work"/>; where the system does not say it, how long it took.</summary>
    public static TimeSpan Of(Action work)
    {
        var (began, ran) = (Stopwatch.GetTimestamp(), Ran());
        work();
        return Ran() - ran ?? Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan? Ran()
    {
        if (!File.Exists(OfThisThread))
            return null;
        var text = File.ReadAllText(OfThisThread);
        return TimeSpan.FromMicroseconds(long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 1000);
    }
}
