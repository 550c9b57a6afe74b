using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Standalone;

/// <summary>What only a process of its own shows: how it ends, and what goes with it.</summary>
public sealed partial class ProcessTests(AzuriteFixture azurite)
{
    private static readonly (string, string) SigningKey = ("SocialHub__SigningKey", "a key that is only good for tests, and long");

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
            var (hub, _) = await StartAsync(await EmbeddedAsync(data));
            await using var ended = hub;
            var storage = Assert.Single(await hub.ChildrenAsync());
            var code = await EndAsync(hub, signal);
            if (signal != "KILL")
                Assert.Equal(0, code);
            await Patience.UntilAsync("the storage has ended", () => !IsAlive(storage));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_command_ends_when_nobody_reads_its_answers_any_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there .NET tells no program that a pipe is closed");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [HubProcess.Program, "moderate"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await process.StandardInput.WriteLineAsync("""{"text":"Bonjour"}""");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("{\"verdict\"", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            process.StandardOutput.Close();
            await Patience.UntilAsync("it has ended", async () =>
            {
                try
                {
                    await process.StandardInput.WriteLineAsync("""{"text":"Encore"}""");
                    await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                    // Its standard input is closed: it has ended, or is about to.
                }

                return process.HasExited;
            });
            Assert.Equal(1, process.ExitCode);
            Assert.Contains("Standard input or output failed", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public async Task A_second_hub_on_the_same_embedded_storage_is_refused_until_the_first_has_ended_however_it_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it looks for the hub's child processes in /proc");
        var data = Directory.CreateTempSubdirectory("socialhub-test-");
        try
        {
            var arguments = await EmbeddedAsync(data);
            var (first, _) = await StartAsync(arguments);
            await using var firstEnds = first;
            var storage = Assert.Single(await first.ChildrenAsync());

            await using (var second = ChildProcess.Start("dotnet", [HubProcess.Program, "run", "--port", "0", .. arguments], []))
            {
                using var patience = Patience.Begin();
                Assert.Equal(1, await second.EndAsync(patience.Token));
                Assert.Contains(second.Output, line => line == $"Another hub keeps its data in {data.FullName}: stop it, or give this one a folder of its own with --data.");
            }

            Assert.True(IsAlive(storage));
            await EndAsync(first, "KILL");
            await Patience.UntilAsync("the storage has ended", () => !IsAlive(storage));
            var (third, _) = await StartAsync(arguments);
            await using var thirdEnds = third;
            Assert.Equal(0, await EndAsync(third, "TERM"));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_hub_that_is_told_to_end_while_it_waits_for_its_storage_has_ended_well(string signal)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://{silent.LocalEndpoint}/ville";
        var connection = $"DefaultEndpointsProtocol=http;AccountName=ville;AccountKey=bm8gc2VjcmV0;TableEndpoint={address};QueueEndpoint={address};BlobEndpoint={address};";
        await using var hub = ChildProcess.Start("dotnet", [HubProcess.Program, "run", "--port", "0", "--storage", connection], [KeyValuePair.Create(SigningKey.Item1, SigningKey.Item2)]);
        using var waiting = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await EndAsync(hub, signal));
        Assert.DoesNotContain(hub.Output, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_on_one_account_run_each_occurrence_of_a_timer_once()
    {
        string[] arguments = ["--storage", await azurite.NewAccountAsync()];
        (string, string)[] settings = [SigningKey, ("TickSchedule", "* * * * * *"), ("Logging__LogLevel__SocialHub", "Debug")];
        var ((one, _), (two, _)) = (await StartAsync(arguments, settings), await StartAsync(arguments, settings));
        await using var first = one;
        await using var second = two;
        await Patience.UntilAsync("the timer has run six times", () => Occurrences(one).Concat(Occurrences(two)).Count() >= 6);
        int[] codes = await Task.WhenAll(EndAsync(one, "TERM"), EndAsync(two, "TERM"));
        Assert.Equal([0, 0], codes);

        var occurrences = Occurrences(one).Concat(Occurrences(two)).ToList();
        Assert.Equal(occurrences.Distinct(), occurrences);
    }

    [Fact]
    public async Task A_comment_that_is_being_taken_when_the_hub_is_told_to_end_is_taken_first()
    {
        var (asked, answered) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var site = await SmallSite.StartAsync();
        var page = site.Set("/budget", async context =>
        {
            asked.TrySetResult();
            await answered.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(SmallSite.CommentElement);
        });
        var origin = site.Address.GetLeftPart(UriPartial.Authority);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, $$"""
            {
              "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.example" },
              "sites": { "ville": { "name": "Ville", "origins": ["{{origin}}"] } }
            }
            """, TestContext.Current.CancellationToken);
        try
        {
            var (hub, address) = await StartAsync(["--storage", await azurite.NewAccountAsync(), "--hub", file], SigningKey, ("SocialHub__AllowedPrivateOrigins", origin));
            await using var ended = hub;
            using var client = new HttpClient { BaseAddress = address };
            var sending = client.PostAsJsonAsync("api/v1/sites/ville/comments", new { page, text = "Bonjour", name = "Camille" }, TestContext.Current.CancellationToken);
            await asked.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            var ending = EndAsync(hub, "TERM");
            // Told, it takes no new visitors; only then does the page answer.
            while (await IsListeningAsync(address))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            answered.SetResult();
            using var answer = await sending;
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.Equal(22, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("authorKey").GetString()!.Length);
            Assert.Equal(0, await ending);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // A hub of an authority on embedded storage that keeps its data there: the demo keeps nothing.
    private static async Task<string[]> EmbeddedAsync(DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, "hub.json");
        await File.WriteAllTextAsync(file, """{ "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.example" } }""", TestContext.Current.CancellationToken);
        return ["--hub", file, "--data", data.FullName];
    }

    // A port that the system gives: these are started once.
    private static async Task<(ChildProcess Hub, Uri Address)> StartAsync(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var hub = ChildProcess.Start("dotnet", [HubProcess.Program, "run", "--port", "0", .. arguments], environment.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        try
        {
            var line = await hub.LineAsync(line => line.StartsWith("SocialHub listens on ", StringComparison.Ordinal), Patience.Limit);
            return (hub, new Uri(ListensOn().Match(line).Groups["address"].Value));
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    private static async Task<int> EndAsync(ChildProcess hub, string signal)
    {
        await hub.SignalAsync(signal);
        using var patience = Patience.Begin();
        return await hub.EndAsync(patience.Token);
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

    private static IEnumerable<string> Occurrences(ChildProcess hub) =>
        hub.Output.Select(line => TimerRan().Match(line)).Where(match => match.Success).Select(match => match.Groups["due"].Value);

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
