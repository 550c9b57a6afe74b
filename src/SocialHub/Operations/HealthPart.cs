using System.Text.Json.Nodes;

namespace SocialHub.Operations;

/// <summary>What a capability tells of itself to whoever holds a key: its sources, accounts, queues. Registered by its room, like a <see cref="Tick"/>.</summary>
/// <param name="Name">Member of the answer, camelCase.</param>
/// <param name="AskAsync">A bounded number of storage requests. Asked at most each <see cref="Configuration.HubTimes.Memory"/>; ended after 10 seconds.</param>
public sealed record HealthPart(string Name, Func<CancellationToken, Task<HealthAnswer>> AskAsync);

/// <summary>One part's answer.</summary>
/// <param name="IsHealthy">False when somebody has to look.</param>
/// <param name="Details">Shown as they are; without secrets and without personal data.</param>
public sealed record HealthAnswer(bool IsHealthy, JsonNode Details);
