using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Feeds.Rendering;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// Serves feeds from their stored snapshots. What was read less than <see cref="HubTimes.Memory"/> ago is served from memory without a storage
/// transaction; then one request reads for all, and only what has changed.
/// </summary>
public sealed partial class FeedReader(HubStorage storage, HubConfigurationSource configuration, TimeProvider time, IOptions<HubOptions> options, ILogger<FeedReader> logger)
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>A feed in one form; 404 when hub.json has none of that name, 503 when it was never built.</summary>
    public async Task<Answer<RenderedDocument>> ReadAsync(string feed, FeedForm form, FeedQuery query, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } unusable)
            return unusable;
        if (!hub.Value.Feeds.ContainsKey(feed))
            return NoFeed();
        FeedView? view;
        try
        {
            view = await ViewAsync(feed, cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            Log.NothingRead(logger, e, feed);
            return new Problem(ProblemKind.Unavailable, "storage-unavailable", "The feed cannot be read now; ask again in a moment.") { RetryAfter = options.Value.Times.Memory };
        }
        return view is not null ? view.Render(form, query) : new Problem(ProblemKind.Unavailable, "feed-not-built", "This feed has not been gathered yet; ask again in a minute.") { RetryAfter = options.Value.Times.Minute };
    }

    internal static Problem NoFeed() => new(ProblemKind.NotFound, "feed-unknown", "There is no feed of that name.");

    private async Task<FeedView?> ViewAsync(string feed, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(feed, _ => new Slot());
        Task<Held> reading;
        lock (slot)
        {
            if (slot.Reading is null || (slot.Reading.IsCompleted && time.GetElapsedTime(slot.ReadAt) >= options.Value.Times.Memory))
            {
                var held = slot.Last;
                slot.ReadAt = time.GetTimestamp();
                slot.Reading = Task.Run(() => FetchAsync(feed, held), CancellationToken.None);
            }
            reading = slot.Reading;
        }
        try
        {
            var held = await reading.WaitAsync(cancellationToken);
            slot.Last = held;
            return held.View;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or JsonException && slot.Last is { View: not null })
        {
            // Storage is away: visitors see what they saw before.
            Log.NotRead(logger, e, feed);
            return slot.Last!.View;
        }
    }

    private async Task<Held> FetchAsync(string feed, Held? held)
    {
        try
        {
            var conditions = held?.ETag is { } etag ? new BlobRequestConditions { IfNoneMatch = etag } : null;
            var answer = await storage.Snapshots.GetBlobClient(feed).DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions }, CancellationToken.None);
            if (answer.GetRawResponse().Status == 304)
                return held!;
            var found = answer.Value;
            return new Held(new FeedView(JsonSerializer.Deserialize(found.Content, FeedsJson.Stored.Snapshot)!), found.Details.ETag);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return new Held(null, null);
        }
    }

    private sealed record Held(FeedView? View, ETag? ETag);

    private sealed class Slot
    {
        public volatile Held? Last;
        public Task<Held>? Reading;
        public long ReadAt;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The snapshot of feed {Feed} cannot be read now; the one in memory is served.")]
        public static partial void NotRead(ILogger logger, Exception exception, string feed);

        [LoggerMessage(2, LogLevel.Error, "The snapshot of feed {Feed} cannot be read, and none is in memory.")]
        public static partial void NothingRead(ILogger logger, Exception exception, string feed);
    }
}
