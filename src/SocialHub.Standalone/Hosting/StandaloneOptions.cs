namespace SocialHub.Standalone.Hosting;

/// <summary>Settings of this runtime alone (section <c>Standalone</c>); Azure has its own answers to them.</summary>
public sealed class StandaloneOptions
{
    public const string Section = "Standalone";

    /// <summary>How long a message is this process's own while its function runs; renewed at half of it. At least 1 s. The Functions host takes 10 minutes.</summary>
    public TimeSpan QueueLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two looks at an empty queue; null: host.json's. The embedded storage costs nothing per look, so <c>run</c> sets a second for it.</summary>
    public TimeSpan? MaxPollingInterval { get; set; }

    /// <summary>How long a process owns a timer's turn, renewed while its function runs: 15 to 60 s (a blob lease).</summary>
    public TimeSpan TimerLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long SIGTERM waits for what runs.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>False: queues and timers rest, only HTTP answers.</summary>
    public bool Background { get; set; } = true;

    public HintFaults Faults { get; set; } = new();
}
