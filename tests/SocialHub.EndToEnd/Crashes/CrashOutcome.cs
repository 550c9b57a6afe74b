using SocialHub.EndToEnd.Faults;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>How one run with one fault ended.</summary>
/// <param name="Point">Where the fault was armed.</param>
/// <param name="Fault">What was to go wrong.</param>
/// <param name="Reached">The fault happened.</param>
/// <param name="Failures">What did not hold, each with the invariant's or the step's name.</param>
/// <param name="Log">The hub's last lines, where something failed.</param>
public sealed record CrashOutcome(Point Point, Fault Fault, bool Reached, IReadOnlyList<string> Failures, IReadOnlyList<string> Log)
{
    public override string ToString() => $"{Fault} at {Point}:\n  {string.Join("\n  ", Failures)}\n    | {string.Join("\n    | ", Log)}";
}

/// <summary>The points that a scenario passes without a fault.</summary>
/// <param name="Required">In each recording and not the clock's doing: a fault there must happen.</param>
/// <param name="WhenSeen">The clock's, and those that were not in each recording: a fault there is tried.</param>
public sealed record CrashRecording(IReadOnlyList<Point> Required, IReadOnlyList<Point> WhenSeen)
{
    /// <summary>Every point with every fault.</summary>
    public IEnumerable<(Point Point, Fault Fault)> Trials => Required.Concat(WhenSeen).SelectMany(_ => Enum.GetValues<Fault>(), (point, fault) => (point, fault));
}
