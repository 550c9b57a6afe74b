using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SocialHub.Tests.Standalone;

public sealed partial class ProcessTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task The_embedded_storage_ends_with_the_hub_however_the_hub_ends(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it looks for the hub's child processes in /proc");
        var data = Directory.CreateTempSubdirectory("socialhub-test-");
        try
        {
            await using var hub = await HubProcess.StartAsync(["--data", data.FullName]);
            var storage = Assert.Single(hub.Children());
            await hub.EndAsync(signal);
            if (signal != "KILL")
                Assert.Equal(0, hub.ExitCode);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (IsAlive(storage))
                await Task.Delay(50, patience.Token);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Two_processes_on_one_account_run_each_occurrence_of_a_timer_once()
    {
        string[] arguments = ["--storage", await azurite.NewAccountAsync()];
        (string, string)[] settings = [("SocialHub__SigningKey", "a key that is only good for tests, and long"), ("TickSchedule", "* * * * * *"), ("Logging__LogLevel__SocialHub", "Debug")];
        await using var one = await HubProcess.StartAsync(arguments, settings);
        await using var two = await HubProcess.StartAsync(arguments, settings);
        await two.UntilAsync(() => Occurrences(one).Concat(Occurrences(two)).Count() >= 6);
        await Task.WhenAll(one.EndAsync("TERM"), two.EndAsync("TERM"));

        var occurrences = Occurrences(one).Concat(Occurrences(two)).ToList();
        Assert.Equal(occurrences.Distinct(), occurrences);
        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
    }

    private static IEnumerable<string> Occurrences(HubProcess hub) =>
        hub.Lines.Select(line => TimerRan().Match(line)).Where(match => match.Success).Select(match => match.Groups["due"].Value);

    private static bool IsAlive(int process)
    {
        try
        {
            using var one = Process.GetProcessById(process);
            return !one.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("Timer EveryMinute ran for (?<due>[0-9T:.Z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimerRan();
}
