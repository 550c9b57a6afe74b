using SocialHub.EndToEnd.Faults;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>One thing that somebody does, and what he then waits to see. It must bear the hub dying under it: it speaks through <see cref="CrashRun.Citizen"/> and the like, which repeat as a real client does.</summary>
public abstract class CrashStep
{
    public virtual string Name => GetType().Name;

    public abstract Task RunAsync(CrashRun run);
}

/// <summary>What must be true when everything has come to rest, whatever happened before.</summary>
public abstract class Invariant
{
    public virtual string Name => GetType().Name;

    /// <summary>Throws (an assertion) where it does not hold.</summary>
    public abstract Task CheckAsync(CrashRun run);
}

/// <summary>What a crash test runs: steps in order, then invariants.</summary>
public sealed record CrashScenario(string Name, IReadOnlyList<CrashStep> Steps, IReadOnlyList<Invariant> Invariants)
{
    /// <summary>False where no step publishes: the Bluesky server and the Mastodon double are then not started.</summary>
    public bool UsesNetworks { get; init; } = true;

    /// <summary><c>off</c> or <c>on</c>.</summary>
    public string Publishing { get; init; } = "off";

    /// <summary>Changes hub.json before the hub starts.</summary>
    public Action<CrashRun, HubFile> Configure { get; init; } = (_, _) => { };

    /// <summary>Further settings of the process, named as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Points besides those of <see cref="RequestName.Clock"/> that only the clock causes in this scenario.</summary>
    public Func<RequestName, bool> AlsoClock { get; init; } = _ => false;

    public override string ToString() => Name;
}
