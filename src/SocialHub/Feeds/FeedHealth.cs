using System.Text.Json.Nodes;
using SocialHub.Configuration;
using SocialHub.Feeds.Rendering;
using SocialHub.Operations;

namespace SocialHub.Feeds;

/// <summary>How old what each source shows is, and why.</summary>
public sealed class FeedHealth
{
    private readonly HubConfigurationSource _configuration;
    private readonly PostStore _posts;
    private readonly TimeProvider _time;

    internal FeedHealth(HubConfigurationSource configuration, PostStore posts, TimeProvider time) => (_configuration, _posts, _time) = (configuration, posts, time);

    /// <summary>One member per source of hub.json. Not healthy when one has failed three times in a row, or was never read, or needs a person.</summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hub = await _configuration.CurrentAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var details = new JsonObject();
        var isHealthy = true;
        foreach (var (id, source) in hub.Sources)
        {
            var state = await _posts.FindSourceAsync(id, cancellationToken);
            isHealthy &= state is { LastSuccess: not null, Failures: < 3, Attention: null };
            details[id] = new JsonObject
            {
                ["network"] = SourceKinds.NetworkOf(hub, source),
                ["lastSuccess"] = state?.LastSuccess is { } success ? FeedText.Rfc3339(success) : null,
                ["ageSeconds"] = state?.LastSuccess is { } then ? (long)(now - then).TotalSeconds : null,
                ["failures"] = state?.Failures ?? 0,
                ["error"] = state?.Error,
                ["attention"] = state?.Attention,
                ["nextRead"] = state is null ? null : FeedText.Rfc3339(state.NextDue),
                ["posts"] = state?.Posts ?? 0,
                ["picturesWithoutAlt"] = state?.PicturesWithoutAlt ?? 0,
                ["movedTo"] = state?.MovedTo,
            };
        }
        return new HealthAnswer(isHealthy, details);
    }
}
