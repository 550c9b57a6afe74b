namespace SocialHub.Operations;

/// <summary>
/// What a capability does each minute: hint its due rows, compare its snapshots. Registered by its room
/// (<c>services.AddSingleton(p => new Tick("comments", p.GetRequiredService&lt;X&gt;().TickAsync))</c>); one timer runs all of them,
/// because on the consumption plan each timer is paid for by the minute.
/// </summary>
/// <param name="Name">For logs and health.</param>
/// <param name="RunAsync">May run twice at once, on two machines: it has to be harmless then. Ended after <see cref="Ticks.Longest"/>.</param>
public sealed record Tick(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>What a capability does once a day: retention. Registered like a <see cref="Tick"/>.</summary>
/// <param name="Name">For logs and health.</param>
/// <param name="RunAsync">May run twice, and goes on the next day where it was ended.</param>
public sealed record DailyWork(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>How a round of ticks ended.</summary>
/// <param name="Ran">How many were run.</param>
/// <param name="Failed">Names of those that threw or took too long.</param>
public sealed record TickOutcome(int Ran, IReadOnlyList<string> Failed);
