using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialHub.Tests.Connections;

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

    [Fact]
    public async Task A_comment_that_is_being_taken_when_the_hub_is_told_to_end_is_taken_first()
    {
        var (asked, answered) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var site = new RawServer(async (_, stream, cancellationToken) =>
        {
            asked.TrySetResult();
            await answered.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(RawServer.Ok("<comment-thread></comment-thread>")), cancellationToken);
        });
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, $$"""
            {
              "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.example" },
              "sites": { "ville": { "name": "Ville", "origins": ["{{site.Origin}}"] } }
            }
            """, TestContext.Current.CancellationToken);
        try
        {
            await using var hub = await HubProcess.StartAsync(["--storage", await azurite.NewAccountAsync(), "--hub", file], ("SocialHub__SigningKey", "a key that is only good for tests, and long"), ("SocialHub__AllowedPrivateOrigins", site.Origin));
            var address = new Uri(ListensOn().Match(string.Join('\n', hub.Lines)).Groups["address"].Value);
            using var client = new HttpClient { BaseAddress = address };
            var sending = client.PostAsJsonAsync("api/v1/sites/ville/comments", new { page = site.Origin + "/budget", text = "Bonjour", name = "Camille" }, TestContext.Current.CancellationToken);
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            var ending = hub.EndAsync("TERM");
            // Told, it takes no new visitors; only then does the page answer.
            while (await IsListeningAsync(address))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            answered.SetResult();
            using var answer = await sending;
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.Equal(22, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("authorKey").GetString()!.Length);
            await ending;
            Assert.Equal(0, hub.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> IsListeningAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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

    [GeneratedRegex("SocialHub listens on (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListensOn();

    [GeneratedRegex("Timer EveryMinute ran for (?<due>[0-9T:.Z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimerRan();
}
