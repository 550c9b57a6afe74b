using System.Globalization;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SocialHub.Configuration;

/// <summary>
/// The configuration that runs now. A valid hub.json runs and is copied to last-good; with an invalid one, or one that cannot be read several times in a row,
/// the last good one goes on and <see cref="Errors"/> says why; with neither <see cref="IsUsable"/> is false. Once it is true it stays so: whoever asked
/// <see cref="UsableAsync"/> never meets the empty configuration behind it. It is read again each
/// <see cref="HubTimes.ConfigurationReread"/>, and each second while nothing runs, on access and by at most one reader at a time; no timer is needed:
/// whoever comes after nobody came for twice that time waits for the read.
/// </summary>
public sealed partial class HubConfigurationSource(
    ConfigurationDocument document,
    ConfigurationDocument lastGood,
    TimeProvider time,
    IOptions<HubOptions> options,
    ILogger<HubConfigurationSource> logger)
{
    // While nothing runs every request is refused: what a storage that blinked has cost should be over when it is.
    private static readonly TimeSpan RereadWithout = TimeSpan.FromSeconds(1);

    // A storage that blinks is nobody's business; one that stays away is.
    private const int ManyFailures = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private volatile State _state = State.Unread;
    private Task? _reading;
    private long _readingSince;

    /// <summary>What runs now, without waiting; a re-read that is due is started behind it. Empty while <see cref="IsUsable"/> is false.</summary>
    public HubConfiguration Current
    {
        get
        {
            if (IsDue)
                _ = ReadOnceAsync();
            return _state.Configuration ?? State.Nothing;
        }
    }

    /// <summary>Tag of what runs: equal on all instances that run the same file. Empty when nothing runs.</summary>
    public string ETag => _state.ETag;

    /// <summary>Every error of the newest hub.json, and that it cannot be read; not empty while the last good one runs in its place.</summary>
    public IReadOnlyList<ConfigurationError> Errors => ErrorsOf(_state);

    /// <summary>True once a hub.json, or a last good one, runs.</summary>
    public bool IsUsable => _state.Configuration is not null;

    /// <summary>The 503 that every endpoint but health and <c>PUT operations/configuration</c> answers while nothing runs; else null.</summary>
    public Problem? Unusable => IsUsable ? null : new Problem(ProblemKind.Unavailable, "configuration-unusable", "The hub has no configuration that it can run; the errors say what to change in hub.json.")
    {
        RetryAfter = Reread,
        Extensions = ConfigurationProblems.Of(Errors),
    };

    private TimeSpan Reread => IsUsable || options.Value.Times.ConfigurationReread < RereadWithout ? options.Value.Times.ConfigurationReread : RereadWithout;

    private bool IsDue => time.GetElapsedTime(_state.ReadAt) >= Reread || ReferenceEquals(_state, State.Unread);

    /// <summary>
    /// What runs now: looked at no longer ago than twice <see cref="HubTimes.ConfigurationReread"/>, for whoever finds it older waits for a read, some seconds at most.
    /// The first access waits until it was read, and while nothing runs so does each that finds a read due.
    /// </summary>
    public async ValueTask<HubConfiguration> CurrentAsync(CancellationToken cancellationToken)
    {
        if (!IsUsable && IsDue)
            await ReadOnceAsync().WaitAsync(cancellationToken);
        else if (IsUsable && time.GetElapsedTime(_state.ReadAt) >= 2 * Reread)
            await ReadAtLastAsync(cancellationToken);
        return Current;
    }

    // A storage that hangs costs this once a read, however many ask: what ran before goes on.
    private async Task ReadAtLastAsync(CancellationToken cancellationToken)
    {
        var reading = ReadOnceAsync();
        var left = LongestWait - time.GetElapsedTime(Volatile.Read(ref _readingSince));
        if (left <= TimeSpan.Zero)
            return;
        try
        {
            await reading.WaitAsync(left, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Log.Late(logger, document.Place);
        }
    }

    /// <summary>The configuration, or the 503 that says why there is none: what a shell asks first.</summary>
    public async ValueTask<Answer<HubConfiguration>> UsableAsync(CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken);
        return Unusable is { } problem ? problem : current;
    }

    /// <summary>Reads hub.json now, or joins the read under way.</summary>
    public Task RereadAsync(CancellationToken cancellationToken) => ReadOnceAsync().WaitAsync(cancellationToken);

    /// <summary>Judges a whole new hub.json and puts it in place of the old one. Nothing is written when it has an error.</summary>
    /// <param name="content">The file.</param>
    /// <param name="ifMatch"><see cref="ETag"/> of the one that the caller changed, see <see cref="EntityTags"/>; null: whatever is there now.</param>
    /// <param name="cancellationToken">Ends the wait; a write that has begun is not undone.</param>
    /// <returns>The new ETag; 422 with every error, 412 when it was changed since, 409 when hub.json is a file.</returns>
    public async Task<Answer<string>> ReplaceAsync(BinaryData content, string? ifMatch, CancellationToken cancellationToken)
    {
        if (!document.IsWritable)
            return new Problem(ProblemKind.Conflict, "configuration-is-a-file", $"This hub reads its configuration from {document.Where}; change it there, it is read again within a minute.");
        var reading = ConfigurationReader.Read(content);
        if (reading.Configuration is null)
            return new Problem(ProblemKind.Unprocessable, "configuration-invalid", $"hub.json has {ConfigurationProblems.Count(reading.Errors)}; nothing was changed.") { Extensions = ConfigurationProblems.Of(reading.Errors) };
        var old = await document.ReadAsync(null, cancellationToken);
        var changed = new Problem(ProblemKind.Changed, "configuration-changed", "hub.json was changed since you read it; read it again and repeat your change.");
        if (ifMatch is not null && !EntityTags.Match(ifMatch, old is null ? null : ConfigurationReader.Read(old.Content!).ETag))
            return changed;
        if (!await document.WriteAsync(content, old?.Version, cancellationToken))
            return changed;
        await ReadOnceAsync().WaitAsync(cancellationToken);
        // The read that we joined may have begun before our write.
        if (ETag != reading.ETag)
            await ReadOnceAsync().WaitAsync(cancellationToken);
        return reading.ETag;
    }

    private Task ReadOnceAsync()
    {
        lock (_gate)
        {
            if (_reading is not { IsCompleted: false })
                (_readingSince, _reading) = (time.GetTimestamp(), Task.Run(() => ReadAsync(CancellationToken.None)));
            return _reading;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var state = _state;
        try
        {
            var stored = await document.ReadAsync(state.Version, cancellationToken);
            if (stored is { Content: null })
                _state = state with { ReadAt = time.GetTimestamp(), Failures = 0 };
            else
                _state = stored is null
                    ? await FallBackAsync([new(JsonPath.Root, document.Missing)], null, cancellationToken)
                    : await AdoptAsync(stored, cancellationToken);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            Log.CannotRead(logger, e, document.Place);
            var since = state.Failures == 0 ? time.GetUtcNow() : state.FailsSince;
            _state = (state.Configuration is not null ? state : await WithoutAsync(cancellationToken)) with { ReadAt = time.GetTimestamp(), Failures = state.Failures + 1, FailsSince = since };
        }
    }

    // What this process never read is told of at once: nobody knows whether what runs in its place is still meant.
    private IReadOnlyList<ConfigurationError> ErrorsOf(State state) => state.Failures >= ManyFailures || (state.Failures > 0 && !state.WasRead)
        ? [new(JsonPath.Root, string.Create(CultureInfo.InvariantCulture, $"{document.Where} cannot be read since {state.FailsSince.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {(state.Configuration is null ? "" : "what was read last runs on, and ")}the hub tries again by itself.")), .. state.Errors]
        : state.Errors;

    // The start of a process that cannot read hub.json: where that is a file, or what failed was one request, the copy may be had all the same.
    private async Task<State> WithoutAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await KeptAsync([], null, cancellationToken) with { WasRead = false };
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            Log.CannotRead(logger, e, lastGood.Place);
            return new(null, "", null, [], time.GetTimestamp()) { WasRead = false };
        }
    }

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException or TimeoutException;

    private async Task<State> AdoptAsync(ConfigurationDocument.Stored stored, CancellationToken cancellationToken)
    {
        var reading = ConfigurationReader.Read(stored.Content!);
        if (reading.Configuration is null)
            return await FallBackAsync(reading.Errors, stored.Version, cancellationToken);
        Log.Runs(logger, document.Place, reading.ETag);
        await KeepAsync(stored.Content!, cancellationToken);
        return new(reading.Configuration, reading.ETag, stored.Version, [], time.GetTimestamp());
    }

    private async Task<State> FallBackAsync(IReadOnlyList<ConfigurationError> errors, string? version, CancellationToken cancellationToken)
    {
        Log.Invalid(logger, document.Place, errors.Count, errors[0].Path);
        if (_state.Configuration is not null)
            return _state with { Version = version, Errors = errors, ReadAt = time.GetTimestamp(), Failures = 0, WasRead = true };
        return await KeptAsync(errors, version, cancellationToken);
    }

    private async Task<State> KeptAsync(IReadOnlyList<ConfigurationError> errors, string? version, CancellationToken cancellationToken)
    {
        var kept = await lastGood.ReadAsync(null, cancellationToken);
        var reading = kept is null ? null : ConfigurationReader.Read(kept.Content!);
        return new(reading?.Configuration, reading?.Configuration is null ? "" : reading.ETag, version, errors, time.GetTimestamp());
    }

    private async Task KeepAsync(BinaryData content, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await lastGood.ReadAsync(null, cancellationToken);
            if (kept?.Content is null || !kept.Content.ToMemory().Span.SequenceEqual(content.ToMemory().Span))
                await lastGood.WriteAsync(content, kept?.Version, cancellationToken);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            // It runs all the same; the copy is tried again with the next change or start.
            Log.CannotRead(logger, e, lastGood.Place);
        }
    }

    private sealed record State(HubConfiguration? Configuration, string ETag, string? Version, IReadOnlyList<ConfigurationError> Errors, long ReadAt)
    {
        /// <summary>Reads of hub.json that failed in a row.</summary>
        public int Failures { get; init; }

        /// <summary>When the first of them failed.</summary>
        public DateTimeOffset FailsSince { get; init; }

        /// <summary>False until this process read hub.json itself, whatever it said.</summary>
        public bool WasRead { get; init; } = true;

        public static State Unread { get; } = new(null, "", null, [new(JsonPath.Root, "has not been read yet.")], 0);

        public static HubConfiguration Nothing { get; } = new();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Configuration {ETag} from {Where} runs.")]
        public static partial void Runs(ILogger logger, string where, string eTag);

        [LoggerMessage(2, LogLevel.Error, "{Where} has {Count} errors, the first at {Path}; the last good configuration runs on, if there is one.")]
        public static partial void Invalid(ILogger logger, string where, int count, string path);

        [LoggerMessage(3, LogLevel.Warning, "{Where} cannot be read or written now.")]
        public static partial void CannotRead(ILogger logger, Exception exception, string where);

        [LoggerMessage(4, LogLevel.Warning, "{Where} is not read in time; what was read before goes on.")]
        public static partial void Late(ILogger logger, string where);
    }
}
