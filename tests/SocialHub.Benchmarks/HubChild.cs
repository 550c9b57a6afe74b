using System.Globalization;
using SocialHub.EndToEnd.Peers;
using SocialHub.Standalone;

namespace SocialHub.Benchmarks;

/// <summary>The standalone hub in a process of its own, composed as its command <c>run</c> composes it.</summary>
internal static class HubChild
{
    /// <summary>Setting: after how many seconds the process says what memory it holds.</summary>
    public const string MemoryAfter = "BENCHMARK_MEMORY_AFTER";

    private const string Listens = "SocialHub listens on ";

    /// <summary>The child's side. It ends when its standard input closes.</summary>
    public static async Task<int> MainAsync(string[] args)
    {
        await using var host = StandaloneHost.Build(["run", .. args]);
        await host.StartAsync();
        Console.WriteLine(Listens + host.Urls.First());
        if (int.TryParse(Environment.GetEnvironmentVariable(MemoryAfter), CultureInfo.InvariantCulture, out var seconds))
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            Console.WriteLine(Memory());
        }

        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await host.StopAsync();
        return 0;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<(ChildProcess Process, Uri Address)> StartAsync(string hubFile, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var process = ChildProcess.Start("dotnet", [typeof(HubChild).Assembly.Location, "hub", "--hub", hubFile, "--port", "0"], environment, Path.GetDirectoryName(hubFile));
        var line = await process.LineAsync(l => l.StartsWith(Listens, StringComparison.Ordinal), TimeSpan.FromSeconds(120));
        return (process, new Uri(line[Listens.Length..]));
    }

    private static string Memory()
    {
        var before = GC.GetGCMemoryInfo(GCKind.Any);
        var (resident, heap, committed) = (Environment.WorkingSet, GC.GetTotalMemory(false), before.TotalCommittedBytes);
        var live = GC.GetTotalMemory(forceFullCollection: true);
        return string.Create(CultureInfo.InvariantCulture, $"memory {resident} {heap} {committed} {live} {Environment.WorkingSet}");
    }
}
