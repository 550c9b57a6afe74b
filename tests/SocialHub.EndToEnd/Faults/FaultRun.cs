using System.Collections.Concurrent;

namespace SocialHub.EndToEnd.Faults;

/// <summary>A fault that waits for its point.</summary>
public sealed class ArmedFault(Point point, Fault kind, Func<Task> kill)
{
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile State _state;

    private enum State
    {
        Waiting,
        Taken,
        CalledOff,
    }

    public Point Point => point;

    public Fault Kind => kind;

    /// <summary>True from the moment when the request at the point came; the fault happens or has happened.</summary>
    public bool Taken => _state == State.Taken;

    /// <summary>Completes when the fault has happened.</summary>
    public Task Fired => _fired.Task;

    /// <summary>From now on its point passes like any other.</summary>
    /// <returns>False: it happens just now, or has happened.</returns>
    public bool CallOff() => Interlocked.CompareExchange(ref _state, State.CalledOff, State.Waiting) != State.Taken;

    internal bool TryTake() => Interlocked.CompareExchange(ref _state, State.Taken, State.Waiting) == State.Waiting;

    internal async Task FireAsync()
    {
        if (kind is not Fault.CutAnswer)
            await kill();
        _fired.TrySetResult();
    }
}

/// <summary>Requests to one service wait here until they are let through: what comes in between then surely comes in between.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a request waits.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Lets all through, those to come too.</summary>
    public void Open() => _opened.TrySetResult();

    internal Task PassAsync()
    {
        _arrived.TrySetResult();
        return _opened.Task;
    }
}

/// <summary>What one run saw and what it lets go wrong.</summary>
public sealed class FaultRun
{
    private readonly Lock _lock = new();
    // Those that succeeded, and those on their way: of two at once the second is the next point, whichever is answered first.
    private readonly Dictionary<RequestName, int> _counted = [];
    private readonly Dictionary<RequestName, int> _succeeded = [];
    private readonly List<Point> _points = [];
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private ArmedFault? _armed;

    /// <summary>The points in the order in which they succeeded.</summary>
    public IReadOnlyList<Point> Points
    {
        get
        {
            lock (_lock)
                return [.. _points];
        }
    }

    /// <summary>Every request that was forwarded, reading ones too.</summary>
    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    /// <summary>Lets the request at <paramref name="point"/> go wrong, once.</summary>
    /// <param name="kill">Kills the hub and returns when it is gone; not called for <see cref="Fault.CutAnswer"/>.</param>
    public ArmedFault Arm(Point point, Fault kind, Func<Task> kill)
    {
        var armed = new ArmedFault(point, kind, kill);
        lock (_lock)
            _armed = armed;
        return armed;
    }

    /// <summary>Closes the way to a service until the gate is opened.</summary>
    public Gate Close(string service) => _gates[service] = new Gate();

    internal Task WaitAtGateAsync(string service) => _gates.TryGetValue(service, out var gate) ? gate.PassAsync() : Task.CompletedTask;

    internal ArmedFault? Take(RequestName? name)
    {
        if (name is null)
            return null;
        lock (_lock)
        {
            var ordinal = _counted[name] = _counted.GetValueOrDefault(name) + 1;
            return _armed is { } armed && armed.Point.Name == name && armed.Point.Ordinal == ordinal && armed.TryTake() ? armed : null;
        }
    }

    internal void Passed(RequestName? name, ProxiedRequest request, bool succeeded)
    {
        _requests.Enqueue(request);
        if (name is null)
            return;
        if (!succeeded)
        {
            Missed(name);
            return;
        }
        lock (_lock)
        {
            var ordinal = _succeeded[name] = _succeeded.GetValueOrDefault(name) + 1;
            _points.Add(new Point(name, ordinal));
        }
    }

    /// <summary>A request that was passed on and not answered: what became of it nobody knows.</summary>
    internal void Unanswered(ProxiedRequest request) => _requests.Enqueue(request);

    /// <summary>A request that changed nothing: refused, or nobody was there.</summary>
    internal void Missed(RequestName? name)
    {
        if (name is null)
            return;
        lock (_lock)
            _counted[name]--;
    }
}
