using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SocialHub.EndToEnd.Peers;

/// <summary>
/// A program that a test started: what it prints is kept, it can be asked to stop or be killed, and none outlives the test process.
/// Its standard input stays open as long as the test process lives: a program may end when it closes.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, Process> Alive = new();

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly string _name;
    private int _open = 2;

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Alive.Values)
            process.Kill(entireProcessTree: true);
    };

    private ChildProcess(string name, Process process) => (_name, _process) = (name, process);

    public int Id { get; private set; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything it printed so far, standard output and standard error together.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new ChildProcess(Path.GetFileName(program) + " " + string.Join(' ', start.ArgumentList.Take(3).Select(Path.GetFileName)), new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, line) => child.Take(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        child._process.Exited += (_, _) => Alive.TryRemove(child.Id, out _);
        child._process.Start();
        child.Id = child._process.Id;
        Alive[child.Id] = child._process;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line, past or to come, that is <paramref name="wanted"/>; fails with the whole output when the program ends or the time is up before it.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted, TimeSpan within)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.Find(line => wanted(line)) is { } past)
                return past;
            _waiting.Add((wanted, found));
            if (_open == 0)
                Ended();
        }
        try
        {
            return await found.Task.WaitAsync(within);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{_name} did not print the awaited line within {within}.\n{string.Join('\n', Output)}", late);
        }
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>The processes that it started and that still run; Linux only.</summary>
    public async Task<IReadOnlyList<int>> ChildrenAsync()
    {
        for (; ; )
        {
            try
            {
                // A child belongs to the thread that started it.
                return [.. Directory.EnumerateDirectories($"/proc/{Id}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture)))];
            }
            catch (IOException) when (!HasExited)
            {
                // A thread ended between its listing and its reading: once more.
                await Task.Delay(20);
            }
        }
    }

    /// <summary>A signal by its name, to this process alone; not on Windows.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Returns its exit code when it has ended.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return ExitCode;
    }

    /// <summary>SIGTERM; returns its exit code, or kills it when it takes longer.</summary>
    public async Task<int> StopAsync(TimeSpan within)
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
                _process.StandardInput.Close();
            else
                await SignalAsync("TERM");
        }
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(10));
        Alive.TryRemove(Id, out _);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_lines)
        {
            if (line is null)
            {
                // Not when the process exits: what it printed last may still be on its way.
                if (--_open == 0)
                    Ended();
                return;
            }
            _lines.Add(line);
            foreach (var (_, found) in _waiting.FindAll(w => w.Wanted(line)))
                found.TrySetResult(line);
            _waiting.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    // Both its streams are read to their end; under the lock.
    private void Ended()
    {
        foreach (var (_, found) in _waiting)
            found.TrySetException(new InvalidOperationException($"{_name} ended before it printed the awaited line.\n{string.Join('\n', _lines)}"));
        _waiting.Clear();
    }
}
