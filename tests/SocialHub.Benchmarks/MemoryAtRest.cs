using System.Globalization;

namespace SocialHub.Benchmarks;

/// <summary>What the hub's process holds when nobody asks anything of it.</summary>
internal static class MemoryAtRest
{
    private const int Seconds = 60;
    private const int Views = 2000;

    public static async Task RunAsync()
    {
        Machine.Describe($"Memory at rest (standalone hub, queues and timers running, {Seconds} s after the start)", "memory");
        Console.WriteLine("| MiB | resident | managed heap | committed by the GC | managed after a full collection | resident then |");
        Console.WriteLine("|---|---|---|---|---|---|");
        await MeasureAsync("after the start", _ => Task.CompletedTask);
        await MeasureAsync($"after a feed was gathered, 30 comments and {Views} views", UseAsync);
    }

    private static async Task UseAsync(Town town)
    {
        await town.GatherAsync();
        var page = town.Web.Open("/article", "Un article");
        for (var i = 0; i < 30; i++)
            await town.WriteAsync(page);
        for (var i = 0; i < Views; i++)
            await town.GetAsync(i % 2 == 0 ? Town.FeedPath : Town.ThreadPath(page));
    }

    private static async Task MeasureAsync(string when, Func<Town, Task> use)
    {
        await using var town = await Town.OpenAsync();
        foreach (var setting in new[] { "TickSchedule", "DailySchedule" })
            town.Settings.Remove(setting);
        town.Settings["Standalone__MaxPollingInterval"] = "00:00:01";
        town.Settings[HubChild.MemoryAfter] = Seconds.ToString(CultureInfo.InvariantCulture);
        await town.StartAsync();
        await use(town);
        var line = await town.Hub.LineAsync(l => l.StartsWith("memory ", StringComparison.Ordinal), TimeSpan.FromSeconds(4 * Seconds));
        var figures = line.Split(' ')[1..].Select(f => Machine.Number(long.Parse(f, CultureInfo.InvariantCulture) / 1048576d, "0.0"));
        Console.WriteLine($"| {when} | {string.Join(" | ", figures)} |");
    }
}
