using System.Globalization;
using System.Runtime.InteropServices;

namespace SocialHub.Benchmarks;

/// <summary>What figures are worth nothing without.</summary>
internal static class Machine
{
    /// <summary>Writes the heading of a table: what, when, where, and how to measure again.</summary>
    public static void Describe(string what, string command)
    {
        Console.WriteLine();
        Console.WriteLine($"### {what}");
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load at the start {Load()}."));
        Console.WriteLine($"Again: `dotnet run -c Release --project tests/SocialHub.Benchmarks -- {command}`");
        Console.WriteLine();
    }

    /// <summary>Processes that wanted a core, over the last 1, 5 and 15 minutes; more than the cores means that figures are of a busy machine.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "not known";

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
}
