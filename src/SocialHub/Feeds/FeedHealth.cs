using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Feeds.Rendering;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>How old what each source shows is, and why; and which of its posts a filtered feed leaves out.</summary>
public sealed class FeedHealth
{
    // In minutes, whose length is a setting.
    private const int Stale = 6 * 60;
    private readonly HubConfigurationSource _configuration;
    private readonly PostStore _posts;
    private readonly TimeProvider _time;
    private readonly HubTimes _times;
    private readonly HubStorage _storage;

    internal FeedHealth(HubConfigurationSource configuration, HubStorage storage, PostStore posts, TimeProvider time, IOptions<HubOptions> options) =>
        (_configuration, _storage, _posts, _time, _times) = (configuration, storage, posts, time, options.Value.Times);

    /// <summary>One member per source of hub.json. Not healthy when one has failed three times in a row, or was never read, or not for long, or needs a person.</summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hub = await _configuration.CurrentAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var details = new JsonObject();
        var isHealthy = true;
        foreach (var (id, source) in hub.Sources)
        {
            var state = await _posts.FindSourceAsync(id, cancellationToken);
            isHealthy &= state is { LastSuccess: not null, Failures: < 3, Attention: null } && !IsStale(source, state, now);
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
        foreach (var feed in hub.Feeds.Where(feed => feed.Value.Filtered).Select(feed => feed.Key))
        {
            foreach (var post in await LeftOutAsync(feed, cancellationToken))
            {
                if (PostKey.TryParse(post.Key, out var key) && details[key.Source] is JsonObject source)
                    (source["leftOut"] as JsonArray ?? (JsonArray)(source["leftOut"] = new JsonArray())).Add(new JsonObject { ["feed"] = feed, ["url"] = post.Url, ["why"] = new JsonArray([.. post.Why.Select(reason => (JsonNode)reason)]) });
            }
        }

        return new HealthAnswer(isHealthy, details);
    }

    // Of the feed as visitors get it now.
    private async Task<IReadOnlyList<LeftOutPost>> LeftOutAsync(string feed, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await _storage.Snapshots.GetBlobClient(feed).DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize(stored.Value.Content, FeedsJson.Stored.Snapshot)?.LeftOut ?? [];
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return [];
        }
    }

    // Whatever keeps it from being read, also what counts as no failure. One that is read well may ask for longer pauses (ttl), which make nothing stale.
    private bool IsStale(SourceConfiguration source, SourceRow state, DateTimeOffset now)
    {
        var expected = state.NextDue - (source.EveryMinutes * _times.Minute);
        var since = state.Failures == 0 && expected > state.LastSuccess ? expected : state.LastSuccess;
        return now - since > Math.Max(3 * source.EveryMinutes, Stale) * _times.Minute;
    }
}
