using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// Reads one source: what its hint asks for. Its posts and pictures are stored before anything says that they were read; whatever goes wrong, the last
/// good posts stay, and health tells how old they are.
/// </summary>
public sealed partial class SourceRefresh
{
    // In minutes, whose length is a setting.
    private const int LongestBackoff = 6 * 60;
    private const int Day = 24 * 60;
    private const string EndedTwice = "Reading it ended the hub twice; it is tried again in a day.";
    private readonly HubConfigurationSource _configuration;
    private readonly PostStore _posts;
    private readonly PictureFetch _pictures;
    private readonly ChoiceStore _choices;
    private readonly SnapshotRefresh _snapshots;
    private readonly Dictionary<string, IReadConnection> _connections;
    private readonly TimeProvider _time;
    private readonly HubTimes _times;
    private readonly ILogger<SourceRefresh> _logger;

    internal SourceRefresh(HubConfigurationSource configuration, PostStore posts, PictureFetch pictures, ChoiceStore choices, SnapshotRefresh snapshots, IEnumerable<IReadConnection> connections, TimeProvider time, IOptions<HubOptions> options, ILogger<SourceRefresh> logger)
    {
        (_configuration, _posts, _pictures, _choices, _snapshots, _time, _times, _logger) = (configuration, posts, pictures, choices, snapshots, time, options.Value.Times, logger);
        // Throws at the start when two connections have one name.
        _connections = connections.ToDictionary(connection => connection.Network, StringComparer.Ordinal);
    }

    /// <summary>Works on a hint of queue <see cref="Queues.SourceRefresh"/>; one that is old, doubled or foreign does nothing.</summary>
    public async Task RunAsync(string message, CancellationToken cancellationToken)
    {
        if (Hint.Parse(message) is not { } hint || (await _configuration.UsableAsync(cancellationToken)).Problem is not null)
            return;
        await RefreshAsync(hint.Partition, cancellationToken);
    }

    /// <summary>Reads a source if it is due, and remakes the feeds that hold it.</summary>
    /// <returns>True when it was read, whatever came.</returns>
    public async Task<bool> RefreshAsync(string id, CancellationToken cancellationToken)
    {
        var hub = await _configuration.CurrentAsync(cancellationToken);
        if (!hub.Sources.TryGetValue(id, out var source) || await BeginAsync(id, cancellationToken) is not { } state)
            return false;
        var ended = false;
        try
        {
            await ReadAsync(hub, id, source, state, cancellationToken);
            ended = true;
        }
        finally
        {
            // Alive, so nothing killed the process: the next hint may try at once.
            if (!ended)
                await EndAliveAsync(id);
        }
        foreach (var (feed, _) in hub.Feeds.Where(feed => feed.Value.Sources.Contains(id, StringComparer.Ordinal)))
            await _snapshots.RefreshAsync(feed, cancellationToken);
        return true;
    }

    private async Task<SourceRow?> BeginAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var state = await _posts.FindSourceAsync(id, cancellationToken);
            if (state is null)
            {
                await _posts.AddAsync(SourceRow.New(id, now), cancellationToken);
                continue;
            }
            if (state.BusyUntil > now || state.NextDue > now)
                return null;
            state.Attempts++;
            state.LastAttempt = now;
            state.BusyUntil = now + _times.Busy;
            if (await _posts.MoveAsync(state, [], cancellationToken))
                return state;
        }
    }

    private async Task EndAliveAsync(string id)
    {
        try
        {
            if (await _posts.FindSourceAsync(id, CancellationToken.None) is { BusyUntil: not null } state)
            {
                state.Attempts = Math.Max(0, state.Attempts - 1);
                state.BusyUntil = null;
                await _posts.MoveAsync(state, [], CancellationToken.None);
            }
        }
        // What is thrown here would stand in the place of why it did not end.
        catch (Exception e) when (e is Azure.RequestFailedException || StorageFailures.Is(e))
        {
            Log.NotTakenBack(_logger, e, id);
        }
    }

    private async Task ReadAsync(HubConfiguration hub, string id, SourceConfiguration source, SourceRow state, CancellationToken cancellationToken)
    {
        var isOther = state.Identity is not null && state.Identity != SourceKinds.IdentityOf(hub, source);
        // Half for reading, the rest for pictures and for writing within the time that the row is held.
        using var bound = new CancellationTokenSource(_times.Busy / 2, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var answer = state.Attempts > 2
            ? Failed(EndedTwice) with { RetryAfter = Day * _times.Minute, Attention = EndedTwice }
            : await AskAsync(hub, id, source, isOther ? null : state.Validators, either.Token, cancellationToken);
        if (answer.Outcome == ReadOutcome.Read)
        {
            var held = state.BusyUntil;
            try
            {
                await TakeAsync(hub, id, source, isOther, answer, state, cancellationToken);
            }
#pragma warning disable CA1031 // nothing is swallowed: what cannot be written either is thrown by that write, and the hint comes again
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.NotTaken(_logger, e, id);
                // As it is now: some of the posts may have been written with it, or it is another worker's by now.
                if (await _posts.FindSourceAsync(id, cancellationToken) is { } left && left.BusyUntil == held)
                    await _posts.WriteAsync(left, [], [], last => End(last, source, Failed("It was read, but could not be kept; the log has the reason.")), cancellationToken);
            }
        }
        else
            await _posts.WriteAsync(state, [], [], last => End(last, source, answer), cancellationToken);
    }

    private async Task<ReadAnswer> AskAsync(HubConfiguration hub, string id, SourceConfiguration source, string? validators, CancellationToken bound, CancellationToken cancellationToken)
    {
        var network = SourceKinds.NetworkOf(hub, source);
        if (!_connections.TryGetValue(network, out var connection))
            return Failed($"This version of the hub cannot read {network}.");
        try
        {
            return await connection.ReadAsync(new ReadRequest(id, source, SourceKinds.AccountOf(hub, source), validators), bound);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("It did not answer in time.");
        }
#pragma warning disable CA1031 // a fault in one connection is this source's failure, and its back-off stands in the row, not in the queue
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Fault(_logger, e, id, network);
            return Failed("The hub met an error that it did not expect; the log has it.");
        }
    }

    private async Task TakeAsync(HubConfiguration hub, string id, SourceConfiguration source, bool isOther, ReadAnswer answer, SourceRow state, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var known = (await _posts.ReadAsync(id, whole: false, cancellationToken)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var read = answer.Posts.Select(PostLimits.Within).OfType<Post>().DistinctBy(post => Keys.Post(post.NativeId), StringComparer.Ordinal).ToList();
        var seen = read.Select(post => Keys.Post(post.NativeId)).ToHashSet(StringComparer.Ordinal);
        // The texts of what is known are read only when something is new.
        var isSuccession = source.Account is null && known.Count > 0 && !seen.IsSubsetOf(known.Keys);
        var successions = isSuccession ? Successions.Of(await _posts.ReadAsync(id, whole: true, cancellationToken), read) : Successions.None;
        // By the claim, however long the source took: who works on beyond it is taken for dead, and the source for what killed it.
        var until = state.BusyUntil!.Value - (_times.Busy / 5);
        var taken = await _pictures.TakeAsync(id, read, known, successions.Former, now, until, cancellationToken);
        var gone = known.Values.Where(row => successions.Gone.Contains(row.Key) || !seen.Contains(row.Key) && (isOther || (answer.ShowsDeletions && (answer.Covers is { } covers ? covers(row.NativeId) : !(row.Date < answer.WindowStart))))).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var kept = known.Values.Where(row => !gone.Contains(row.Key)).Concat(taken.Changed).GroupBy(row => row.Key, StringComparer.Ordinal).Select(same => same.Last())
            .OrderByDescending(row => row.Date).ThenBy(row => row.Key, StringComparer.Ordinal).ToList();
        var surplus = kept.Skip(PostLimits.PerSource).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        List<string> leaving = [.. gone, .. surplus.Where(known.ContainsKey)];
        // First: what an editor hid is not shown in between.
        await PassOnAsync(hub, id, leaving, successions, cancellationToken);
        await _posts.WriteAsync(
            state,
            [.. taken.Changed.Where(row => !surplus.Contains(row.Key))],
            leaving,
            last =>
            {
                if (last.Version is null || last.Title != answer.Title)
                    last.Version = Keys.Random(13);
                last.Title = answer.Title;
                last.Identity = SourceKinds.IdentityOf(hub, source);
                last.Posts = Math.Min(kept.Count, PostLimits.PerSource);
                last.PicturesWithoutAlt = kept.Take(PostLimits.PerSource).Sum(row => row.MissingAlts);
                End(last, source, answer);
                // A picture that failed is asked for again with the next whole read, which a 304 would put off for ever.
                if (taken.LacksPictures)
                    last.Validators = null;
                if (taken.IsWhole)
                    return;
                // The rest of its pictures: without validators the source is read whole again.
                last.Validators = null;
                last.NextDue = now + _times.Minute;
            },
            cancellationToken);
    }

    // What was chosen of a post that goes holds for what takes its place, and for those that are one announcement with it: also for what came after the choice.
    private async Task PassOnAsync(HubConfiguration hub, string id, List<string> leaving, Successions successions, CancellationToken cancellationToken)
    {
        if (leaving.Count == 0)
            return;
        foreach (var (feed, selection) in hub.Feeds.Where(feed => feed.Value.Sources.Contains(id, StringComparer.Ordinal)))
        {
            var choices = await _choices.ReadAsync(feed, cancellationToken);
            var heirs = successions.Former.Select(one => (From: one.Value.Key, To: one.Key)).Concat(successions.Heirs).Select(one => (From: Name(one.From), To: Name(one.To))).ToList();
            var chosen = leaving.Select(Name).Where(name => choices.Hidden.Contains(name) || choices.Pinned.Contains(name)).ToList();
            if (chosen.Count > 0)
            {
                // Once for all of them: it reads every post of the feed.
                var announcements = await _snapshots.AnnouncementsAsync(hub, selection, cancellationToken);
                heirs.AddRange(chosen.SelectMany(name => announcements.GetValueOrDefault(name, []).Where(other => other != name).Select(other => (name, other))));
            }
            if (heirs.Count > 0)
                await _choices.FollowAsync(feed, heirs.ToLookup(one => one.From, one => one.To, StringComparer.Ordinal), cancellationToken);
        }

        string Name(string key) => new PostKey(id, key).ToString();
    }

    private void End(SourceRow state, SourceConfiguration source, ReadAnswer answer)
    {
        var now = _time.GetUtcNow();
        var every = source.EveryMinutes * _times.Minute;
        var longest = Math.Max(source.EveryMinutes, LongestBackoff) * _times.Minute;
        var failed = answer.Outcome is ReadOutcome.Failed or ReadOutcome.Gone;
        state.Attempts = 0;
        state.BusyUntil = null;
        (state.Sent, state.LastSent) = (0, null);
        state.MovedTo = answer.MovedTo;
        state.Error = failed ? answer.Error ?? "It could not be read." : null;
        state.Attention = answer.Outcome == ReadOutcome.Gone ? state.Error : answer.Attention;
        state.Failures = failed ? state.Failures + 1 : 0;
        var wait = answer.Outcome switch
        {
            ReadOutcome.Gone => Day * _times.Minute,
            // 1, 2, 4 ... times its own pace.
            ReadOutcome.Failed => Least(every * Math.Pow(2, Math.Min(state.Failures - 1, 10)), longest),
            _ => every,
        };
        if (!failed)
        {
            state.LastSuccess = now;
            state.Validators = answer.Outcome == ReadOutcome.Read ? answer.Validators : answer.Validators ?? state.Validators;
        }
        // What the server or the feed asks for is a least time, within reason.
        var asked = answer.RetryAfter ?? answer.Pace;
        var isAsked = asked > wait;
        if (isAsked)
            wait = Least(asked!.Value, Day * _times.Minute);
        // A tenth of jitter: many hubs read the same servers.
        state.NextDue = now + (wait * ((isAsked ? 1 : 0.95) + (System.Security.Cryptography.RandomNumberGenerator.GetInt32(100) / 1000.0)));
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static ReadAnswer Failed(string error) => new(ReadOutcome.Failed) { Error = error };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Reading source {Source} over {Network} met an unexpected error; its last good posts stay.")]
        public static partial void Fault(ILogger logger, Exception exception, string source, string network);

        [LoggerMessage(3, LogLevel.Error, "What was read of source {Source} could not be kept; its last good posts stay.")]
        public static partial void NotTaken(ILogger logger, Exception exception, string source);

        [LoggerMessage(2, LogLevel.Warning, "The count of attempts of source {Source} could not be taken back; it is held until its time is over.")]
        public static partial void NotTakenBack(ILogger logger, Exception exception, string source);
    }
}
