using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>What happens to feeds by the clock. All of it may run twice at once.</summary>
public sealed class FeedTick
{
    private readonly HubConfigurationSource _configuration;
    private readonly HubStorage _storage;
    private readonly PostStore _posts;
    private readonly ChoiceStore _choices;
    private readonly SnapshotRefresh _snapshots;
    private readonly Hints _hints;
    private readonly TimeProvider _time;
    private readonly HubTimes _times;

    internal FeedTick(HubConfigurationSource configuration, HubStorage storage, PostStore posts, ChoiceStore choices, SnapshotRefresh snapshots, Hints hints, TimeProvider time, IOptions<HubOptions> options) =>
        (_configuration, _storage, _posts, _choices, _snapshots, _hints, _time, _times) = (configuration, storage, posts, choices, snapshots, hints, time, options.Value.Times);

    /// <summary>Each minute: hints the sources that are due, and compares every feed, so that a choice shows even when nothing is read.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if ((await _configuration.UsableAsync(cancellationToken)).Problem is not null)
            return;
        var hub = await _configuration.CurrentAsync(cancellationToken);
        var turns = new EachInTurn();
        foreach (var source in hub.Sources.Keys)
            await turns.TryAsync(() => HintAsync(source, cancellationToken), cancellationToken);
        foreach (var feed in hub.Feeds.Keys)
            await turns.TryAsync(() => _snapshots.RefreshAsync(feed, cancellationToken), cancellationToken);
        turns.ThrowAny();
    }

    /// <summary>Once a day: lets fall what hub.json no longer has. A source that somebody read within the last hour stays: another instance may know a newer hub.json.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _configuration.RereadAsync(cancellationToken);
        var hub = await _configuration.UsableAsync(cancellationToken);
        // With errors the last good file runs, which may lack what the new one has.
        if (hub.Problem is not null || _configuration.Errors.Count > 0)
            return;
        var recent = _time.GetUtcNow() - (60 * _times.Minute);
        foreach (var source in (await _posts.SourcesAsync(cancellationToken)).Where(id => !hub.Value.Sources.ContainsKey(id)))
        {
            var state = await _posts.FindSourceAsync(source, cancellationToken);
            if (!(state?.LastAttempt > recent))
                await _posts.ForgetAsync(source, cancellationToken);
        }
        foreach (var feed in (await _choices.FeedsAsync(cancellationToken)).Where(id => !hub.Value.Feeds.ContainsKey(id)))
            await _choices.ForgetAsync(feed, cancellationToken);
        await foreach (var blob in _storage.Snapshots.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (!hub.Value.Feeds.ContainsKey(blob.Name))
                await _storage.Snapshots.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private async Task HintAsync(string source, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var state = await _posts.FindSourceAsync(source, cancellationToken);
        if (state is null)
        {
            await _posts.AddAsync(SourceRow.New(source, now), cancellationToken);
            await _hints.SendAsync(Queues.SourceRefresh, Hint.For(source, ""), cancellationToken);
            return;
        }
        if (state.NextDue > now || state.BusyUntil > now || !IsReady(state, now))
            return;
        // Stamped first: a crash between the two only delays.
        state.LastSent = now;
        state.Sent++;
        if (await _posts.MoveAsync(state, [], cancellationToken))
            await _hints.SendAsync(Queues.SourceRefresh, Hint.For(source, ""), cancellationToken);
    }

    // 1, 2, 4 ... 60 minutes, as every due row.
    private bool IsReady(SourceRow state, DateTimeOffset now) => state.LastSent is not { } last || now >= last + _times.Growing(_times.HintBackoff, state.Sent - 1);
}
