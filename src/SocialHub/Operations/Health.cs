using System.Text.Json.Nodes;
using Azure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Operations;

/// <summary>How the hub is.</summary>
public enum HealthStatus
{
    /// <summary>It works.</summary>
    Up,

    /// <summary>It works, and somebody has to look.</summary>
    Degraded,

    /// <summary>It cannot serve.</summary>
    Down,
}

/// <summary>The answer to <c>GET health</c>.</summary>
/// <param name="Status">As a whole.</param>
/// <param name="Details">For whoever holds a key.</param>
public sealed record HealthReport(HealthStatus Status, JsonObject Details);

/// <summary>
/// Asks the configuration, the storage, the timer and every part that the rooms registered. One point read, and what each part says that it costs,
/// at most once in <see cref="HubTimes.Memory"/> on each instance, however often somebody asks.
/// </summary>
public sealed partial class Health(HubConfigurationSource configuration, Ticks ticks, IEnumerable<HealthPart> parts, TimeProvider time, IOptions<HubOptions> options, ILogger<Health> logger)
{
    /// <summary>The timer runs each minute; beyond this age somebody has to look (timers have stopped for good after a deployment: azure-functions-host 11828).</summary>
    public static readonly TimeSpan OldTick = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, Task<HealthAnswer> Answer)> _known = new(StringComparer.Ordinal);

    /// <summary>Up or down: a configuration runs and the storage answers. One point read.</summary>
    public async Task<bool> IsUpAsync(CancellationToken cancellationToken) =>
        (await configuration.UsableAsync(cancellationToken)).Succeeded && (await LastTickAsync(cancellationToken)).Answered;

    /// <summary>Everything.</summary>
    public async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        await configuration.CurrentAsync(cancellationToken);
        var tick = await LastTickAsync(cancellationToken);
        var answers = await Task.WhenAll(parts.Select(async part => (part.Name, Answer: await AskAsync(part, cancellationToken))));
        var age = time.GetUtcNow() - tick.Last?.At;
        var isWhole = configuration.Errors.Count == 0 && age < OldTick && tick.Last?.Failed.Count == 0 && answers.All(a => a.Answer.IsHealthy);
        var status = !configuration.IsUsable || !tick.Answered ? HealthStatus.Down : isWhole ? HealthStatus.Up : HealthStatus.Degraded;
        var details = new JsonObject
        {
            ["configuration"] = new JsonObject
            {
                ["etag"] = configuration.ETag,
                ["usable"] = configuration.IsUsable,
                ["errors"] = ConfigurationProblems.Of(configuration.Errors)["errors"] as JsonArray,
            },
            ["storage"] = tick.Answered ? "up" : "down",
            ["lastTick"] = tick.Last is not { } last ? null : new JsonObject
            {
                ["at"] = last.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                ["ageSeconds"] = (long)age!.Value.TotalSeconds,
                ["failed"] = new JsonArray([.. last.Failed.Select(name => JsonValue.Create(name))]),
            },
        };
        foreach (var (name, answer) in answers)
            details[name] = answer.Details;
        return new(status, details);
    }

    private async Task<(bool Answered, (DateTimeOffset At, IReadOnlyList<string> Failed)? Last)> LastTickAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (true, await WithinAsync(ticks.LastAsync, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is RequestFailedException or IOException || StorageFailures.Is(e)))
        {
            Log.CannotAsk(logger, e, "storage");
            return (false, null);
        }
    }

    private async Task<HealthAnswer> AskAsync(HealthPart part, CancellationToken cancellationToken)
    {
        Task<HealthAnswer> asked;
        lock (_gate)
        {
            // One question for all who ask meanwhile; a part that cannot answer is not asked more often than one that can.
            if (!_known.TryGetValue(part.Name, out var known) || (known.Answer.IsCompleted && time.GetElapsedTime(known.At) >= options.Value.Times.Memory))
                _known[part.Name] = known = (time.GetTimestamp(), Task.Run(() => AskNowAsync(part), CancellationToken.None));
            asked = known.Answer;
        }

        var answer = await asked.WaitAsync(cancellationToken);
        // A node has one place in one document.
        return answer with { Details = answer.Details.DeepClone() };
    }

    private async Task<HealthAnswer> AskNowAsync(HealthPart part)
    {
        try
        {
            return await WithinAsync(part.AskAsync, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.CannotAsk(logger, e, part.Name);
            return new(false, new JsonObject { ["error"] = "could not be asked; the log says why" });
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        return await ask(either.Token).WaitAsync(either.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The health of {Part} could not be asked.")]
        public static partial void CannotAsk(ILogger logger, Exception exception, string part);
    }
}
