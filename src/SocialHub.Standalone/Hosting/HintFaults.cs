namespace SocialHub.Standalone.Hosting;

/// <summary>
/// Test mode of the queue pump (section <c>Standalone:Faults</c>): what a queue is allowed to do to hints, done often.
/// Each value is a probability, 0 to 1; every invariant of the hub must hold under any of them.
/// </summary>
public sealed class HintFaults
{
    public int Seed { get; set; } = 1;

    /// <summary>The message is deleted unread.</summary>
    public double Drop { get; set; }

    /// <summary>The function runs twice for it.</summary>
    public double Twice { get; set; }

    /// <summary>The message comes back after a random part of <see cref="LongestDelay"/>.</summary>
    public double Delay { get; set; }

    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The messages of one fetch run in random order.</summary>
    public double Reorder { get; set; }
}

/// <summary>What happens to one message; decided by the seed alone, so a run can be repeated.</summary>
internal sealed class HintFaultDice(HintFaults faults)
{
    private readonly Random _random = new(faults.Seed);
    private readonly Lock _one = new();

    public bool Drops() => Roll(faults.Drop);

    public bool RunsTwice() => Roll(faults.Twice);

    public TimeSpan? Delays()
    {
        if (!Roll(faults.Delay))
            return null;
        lock (_one)
            return faults.LongestDelay * _random.NextDouble();
    }

    public void Shuffle<T>(T[] messages)
    {
        if (!Roll(faults.Reorder))
            return;
        lock (_one)
            _random.Shuffle(messages);
    }

    private bool Roll(double probability)
    {
        if (probability <= 0)
            return false;
        lock (_one)
            return _random.NextDouble() < probability;
    }
}
