using System.Collections.Concurrent;
using System.Diagnostics;

namespace SocialHub.Tests.Standalone;

/// <summary>The standalone hub as a process of its own, killed when a test forgets it.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private HubProcess(Process process) => _process = process;

    /// <summary>What it has printed and logged.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts <c>run</c> and waits until it listens.</summary>
    public static async Task<HubProcess> StartAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "SocialHub.Standalone.dll"), "run", "--port", "0", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var hub = new HubProcess(Process.Start(start)!);
        hub._process.OutputDataReceived += (_, e) => hub._lines.Enqueue(e.Data ?? "");
        hub._process.ErrorDataReceived += (_, e) => hub._lines.Enqueue(e.Data ?? "");
        hub._process.BeginOutputReadLine();
        hub._process.BeginErrorReadLine();
        await hub.UntilAsync(() => hub.Lines.Any(line => line.StartsWith("SocialHub listens on ", StringComparison.Ordinal)));
        return hub;
    }

    /// <summary>The processes that it started and that still run; Linux only.</summary>
    public IReadOnlyList<int> Children() =>
    [
        // A child belongs to the thread that started it.
        .. Directory.EnumerateDirectories($"/proc/{_process.Id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)),
    ];

    /// <summary>Sends a signal by its name and waits for the end.</summary>
    public async Task EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            Assert.False(_process.HasExited, string.Join('\n', _lines));
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
