using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SocialHub.Standalone;
using SocialHub.Standalone.Commands;
using SocialHub.Standalone.Hosting;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Standalone;

/// <summary>What <c>run</c> says to whoever starts it.</summary>
public sealed class RunCommandTests(AzuriteFixture azurite) : IDisposable
{
    private const string Key = "a key that is only good for tests, and long";
    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-run-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Without_a_signing_key_it_says_which_setting_is_missing() =>
        RefusedAsync(Settings(Closed) with { Values = new Dictionary<string, string?>(StringComparer.Ordinal) }, "SocialHub__SigningKey");

    [Theory]
    [InlineData("SocialHub:SigningKey", "too short", "SocialHub__SigningKey")]
    [InlineData("SocialHub:TrustedHops", "abc", "SocialHub__TrustedHops")]
    [InlineData("SocialHub:TrustedHops", "6", "SocialHub__TrustedHops")]
    [InlineData("SocialHub:Times:Busy", "soon", "SocialHub__Times__Busy")]
    [InlineData("SocialHub:Publishing", "yes", "SocialHub__Publishing")]
    [InlineData("SocialHub:HubKeys", "desk", "SocialHub__HubKeys")]
    [InlineData("Standalone:QueueLease", "00:00:00", "Standalone__QueueLease")]
    public Task A_wrong_setting_is_named_as_it_is_written_in_the_environment(string name, string value, string told) =>
        RefusedAsync(Settings(Closed, (name, value)), told);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountKey=c2VjcmV0")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=ville;nonsense;AccountKey=c2VjcmV0")]
    public async Task A_mistyped_connection_string_is_told_and_never_repeated(string connection)
    {
        var error = await RefusedAsync(Settings(connection), "AzureWebJobsStorage");
        Assert.DoesNotContain("nonsense", error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{ \"extensions\": [] }")]
    [InlineData("{ \"extensions\": { \"queues\": { \"batchSize\": \"many\" } } }")]
    public async Task A_broken_host_json_is_named(string content)
    {
        var file = Path.Combine(_folder, "host.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        var told = StartFailure.Tell(Assert.Throws<InvalidDataException>(() => HostSettings.Read(file)));
        Assert.Contains(file, told, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public Task A_storage_account_that_cannot_be_reached_is_told_in_a_sentence() => RefusedAsync(Settings(Closed), "AzureWebJobsStorage");

    [Fact]
    public async Task Whoever_looks_for_the_cause_is_shown_the_whole_stack()
    {
        var error = await RefusedAsync(Settings("nonsense", ("Logging:LogLevel:Default", "Debug")), "AzureWebJobsStorage", lines: null);
        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_it_while_the_storage_is_waited_for_has_stopped_it()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (output, error) = (new Heard(), new Heard());
        var running = RunCommand.RunAsync(Settings(Connection(((IPEndPoint)silent.LocalEndpoint).Port)), output, error, stop.Token);
        using var waiting = await silent.AcceptTcpClientAsync(stop.Token);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Empty(error.Lines);
    }

    [Fact]
    public async Task The_demo_keeps_nothing_so_it_takes_no_folder_to_keep_it_in() =>
        await RefusedAsync(new RunSettings { Port = 0, DataFolder = _folder }, "--data");

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_error_of_a_faulty_hub_json_is_told_at_the_start_and_what_runs_instead(bool hasLastGood)
    {
        var storage = await azurite.NewAccountAsync();
        var file = Path.Combine(_folder, "hub.json");
        if (hasLastGood)
        {
            await File.WriteAllTextAsync(file, HubJson.Whole, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(await StartedAsync(storage, file, "SocialHub listens on"), line => line.StartsWith('$'));
        }

        await File.WriteAllTextAsync(file, """{ "authority": { "name": "É", "publicAddress": "x", "timezone": "Europe/Paris" } }""", TestContext.Current.CancellationToken);
        var told = await StartedAsync(storage, file, "has 2 errors");
        Assert.Contains(told, line => line == "$.authority.timezone: is not a member here; did you mean \"timeZone\"?");
        Assert.Contains(told, line => line.StartsWith("$.authority.publicAddress: ", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains(hasLastGood ? "the last good one runs" : "nothing runs", StringComparison.Ordinal));
    }

    // Nobody listens on port 1.
    private static string Closed => Connection(1);

    private static string Connection(int port) => "DefaultEndpointsProtocol=http;AccountName=ville;AccountKey=bm8gc2VjcmV0;" + string.Concat(((string[])["Table", "Queue", "Blob"]).Select(service => $"{service}Endpoint=http://127.0.0.1:{port}/ville;"));

    private static RunSettings Settings(string storage, params (string Name, string Value)[] values) => new()
    {
        Port = 0,
        Storage = storage,
        Values = values.Prepend(("SocialHub:SigningKey", Key)).GroupBy(value => value.Item1).ToDictionary(value => value.Key, value => (string?)value.Last().Item2, StringComparer.Ordinal),
    };

    private static async Task<string> RefusedAsync(RunSettings settings, string names, int? lines = 1)
    {
        var (output, error) = (new Heard(), new Heard());
        Assert.Equal(1, await RunCommand.RunAsync(settings, output, error, TestContext.Current.CancellationToken));
        var told = string.Join('\n', error.Lines);
        Assert.Contains(names, told, StringComparison.Ordinal);
        if (lines is { } most)
            Assert.Equal(most, told.Split('\n').Length);
        return told;
    }

    // What it said on both until the line came; it keeps running, and ends when it is told to.
    private static async Task<IReadOnlyList<string>> StartedAsync(string storage, string file, string until)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (output, error) = (new Heard(), new Heard());
        var running = RunCommand.RunAsync(Settings(storage, ("Standalone:Background", "false")) with { HubFile = file }, output, error, stop.Token);
        await Patience.UntilAsync(until, () => running.IsCompleted || output.Lines.Concat(error.Lines).Any(line => line.Contains(until, StringComparison.Ordinal)));
        Assert.False(running.IsCompleted, string.Join('\n', error.Lines));
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        return [.. output.Lines, .. error.Lines];
    }

    private sealed class Heard : TextWriter
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => Lines.Enqueue(value ?? "");

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
