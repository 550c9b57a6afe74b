namespace SocialHub.EndToEnd.Faults;

/// <summary>What goes wrong at a point.</summary>
public enum Fault
{
    /// <summary>The hub is killed before its request is forwarded: the change never happens.</summary>
    KillBefore,

    /// <summary>The request is forwarded and answered, the hub is killed before it sees the answer.</summary>
    KillAfter,

    /// <summary>The request is forwarded and answered, the connection is cut before the answer; the hub lives.</summary>
    CutAnswer,
}

/// <summary>The name of a request that changes something: service, what, shape of the keys; the same in every run of one scenario.</summary>
/// <param name="Text">For example <c>tables Comments batch[add c,add i,add s,add l,add d:verdict]</c>.</param>
/// <param name="Clock">Only the clock decides whether and how often it happens (polls, stamps, renewals): a fault there is tried when it is seen, never required.</param>
public sealed record RequestName(string Text, bool Clock)
{
    public override string ToString() => Text;
}

/// <summary>One request of a run: the <paramref name="Ordinal"/>-th that succeeds under its name, from 1. A repeat after a refusal (412) is the same point again.</summary>
public sealed record Point(RequestName Name, int Ordinal)
{
    public bool Clock => Name.Clock;

    public override string ToString() => $"{Name.Text}#{Ordinal}";
}
