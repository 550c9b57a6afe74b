using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SocialHub.Benchmarks;

/// <summary>What visitors read, against bare Kestrel answering the same bytes: both in processes of their own, in turns within one run.</summary>
internal static class HttpBenchmark
{
    private const int Connections = 8;
    private const int Rounds = 9;
    private const int Comments = 30;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public static async Task RunAsync()
    {
        await using var town = await Town.OpenAsync();
        await town.StartAsync();
        await town.GatherAsync();
        var page = town.Web.Open("/article", "Un article");
        for (var i = 0; i < Comments; i++)
            await town.WriteAsync(page);
        await Town.UntilAsync("all comments are public", async () => (await town.GetAsync(Town.ThreadPath(page))).Contains($"\"count\":{Comments.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));

        string[] browser = ["Accept: */*", "Accept-Encoding: gzip, deflate, br", $"Origin: {town.Web.Address.GetLeftPart(UriPartial.Authority)}"];
        string[] plain = ["Accept: */*"];
        (string Name, string Path, string[] Headers)[] cases =
        [
            ("feed, as a browser asks", Town.FeedPath, browser),
            ("feed, not compressed", Town.FeedPath, plain),
            ("feed, unchanged (304)", Town.FeedPath, [.. browser, $"If-None-Match: {await TagAsync(town, Town.FeedPath, browser)}"]),
            ($"thread of {Comments} comments", Town.ThreadPath(page), browser),
            ("thread, unchanged (304)", Town.ThreadPath(page), [.. browser, $"If-None-Match: {await TagAsync(town, Town.ThreadPath(page), browser)}"]),
        ];

        var hub = new List<RawLoad>();
        foreach (var (_, path, headers) in cases)
            hub.Add(await RawLoad.ConnectAsync(town.Address, path, headers, Connections));
        var (kestrel, addresses) = await BareKestrel.StartAsync(town.Folder, [.. hub.Select(load => load.Answer)]);
        await using var _ = kestrel;
        var bare = new List<RawLoad>();
        for (var i = 0; i < cases.Length; i++)
        {
            bare.Add(await RawLoad.ConnectAsync(addresses[i], cases[i].Path, cases[i].Headers, Connections));
            if (Dateless(bare[i].Answer) != Dateless(hub[i].Answer))
                throw new InvalidOperationException($"The two answers differ in {cases[i].Name}:\n{Dateless(hub[i].Answer)}\n\n{Dateless(bare[i].Answer)}");
        }

        using var hubProcess = Process.GetProcessById(town.Hub.Id);
        using var bareProcess = Process.GetProcessById(kestrel.Id);
        Machine.Describe($"Feed and thread against bare Kestrel ({Connections} connections, {Rounds} turns of {Turn.TotalSeconds:0} s each after {WarmUp.TotalSeconds:0} s, medians)", "http");
        Console.WriteLine("| GET | bytes | hub/s | Kestrel/s | ratio | hub CPU µs each | Kestrel CPU µs each | ratio of CPU |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < cases.Length; i++)
        {
            await hub[i].RunAsync(WarmUp);
            await bare[i].RunAsync(WarmUp);
            var turns = new List<(double Hub, double Bare, double HubCpu, double BareCpu)>();
            for (var round = 0; round < Rounds; round++)
            {
                // Who goes first changes, so that neither always follows the other's heat.
                var first = round % 2 == 0 ? await TurnAsync(hub[i], hubProcess) : await TurnAsync(bare[i], bareProcess);
                var second = round % 2 == 0 ? await TurnAsync(bare[i], bareProcess) : await TurnAsync(hub[i], hubProcess);
                var (ours, theirs) = round % 2 == 0 ? (first, second) : (second, first);
                turns.Add((ours.Rate, theirs.Rate, ours.Cpu, theirs.Cpu));
            }

            double Median(Func<(double Hub, double Bare, double HubCpu, double BareCpu), double> of) => Machine.Median(turns.Select(of));
            Console.WriteLine($"| {cases[i].Name} | {hub[i].Answer.Length} | {Machine.Number(Median(t => t.Hub))} | {Machine.Number(Median(t => t.Bare))} | **{Machine.Number(Median(t => t.Hub / t.Bare), "0.00")}** | {Machine.Number(Median(t => t.HubCpu), "0.0")} | {Machine.Number(Median(t => t.BareCpu), "0.0")} | {Machine.Number(Median(t => t.BareCpu / t.HubCpu), "0.00")} |");
        }

        foreach (var load in hub.Concat(bare))
            load.Dispose();
    }

    private static async Task<(double Rate, double Cpu)> TurnAsync(RawLoad load, Process server)
    {
        server.Refresh();
        var before = server.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var rate = await load.RunAsync(Turn);
        var answers = rate * Stopwatch.GetElapsedTime(start).TotalSeconds;
        server.Refresh();
        return (rate, (server.TotalProcessorTime - before).TotalMicroseconds / answers);
    }

    private static async Task<string> TagAsync(Town town, string path, string[] headers)
    {
        using var load = await RawLoad.ConnectAsync(town.Address, path, headers, 1);
        return Lines(load.Answer).Single(line => line.StartsWith("ETag: ", StringComparison.OrdinalIgnoreCase))[6..];
    }

    private static string[] Lines(byte[] answer) => Encoding.Latin1.GetString(answer).Split("\r\n\r\n", 2)[0].Split("\r\n");

    // The order of headers is the server's business; that there are as many of them, and the same, is not.
    private static string Dateless(byte[] answer) =>
        string.Join('\n', Lines(answer).Where(line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)) + "\n\n" + Encoding.Latin1.GetString(answer).Split("\r\n\r\n", 2)[1];
}
