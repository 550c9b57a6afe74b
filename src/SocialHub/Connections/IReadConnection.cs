using SocialHub.Configuration;

namespace SocialHub.Connections;

/// <summary>Reads the posts of one kind of source: a web feed, a Mastodon or a Bluesky account.</summary>
public interface IReadConnection
{
    /// <summary><c>web</c>, or the network of the account: <c>mastodon</c>, <c>bluesky</c>.</summary>
    string Network { get; }

    /// <summary>Reads what is new or changed. Expected failures (status, time-out, nothing readable) are in the answer, not thrown.</summary>
    Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}

/// <summary>One read of one source.</summary>
/// <param name="SourceId">For logs and identities.</param>
/// <param name="Source">Its configuration.</param>
/// <param name="Account">The account it reads, when it reads one.</param>
/// <param name="Validators">What the last successful read left: ETag, Last-Modified, cursor; opaque to everybody else.</param>
public sealed record ReadRequest(string SourceId, SourceConfiguration Source, AccountConfiguration? Account, string? Validators);

/// <summary>How a read ended.</summary>
public enum ReadOutcome
{
    /// <summary>Posts were read (possibly none).</summary>
    Read,

    /// <summary>304: nothing changed.</summary>
    Unchanged,

    /// <summary>It failed; <see cref="ReadAnswer.Error"/> says how. The last good posts stay.</summary>
    Failed,

    /// <summary>410: stop asking.</summary>
    Gone,
}

/// <summary>What a read brought.</summary>
public sealed record ReadAnswer(ReadOutcome Outcome)
{
    public IReadOnlyList<Feeds.Post> Posts { get; init; } = [];

    /// <summary>The source's own title, when it has one.</summary>
    public string? Title { get; init; }

    /// <summary>Kept with the last batch of posts and handed to the next read.</summary>
    public string? Validators { get; init; }

    /// <summary>A post older than this was outside the fetched window: its absence says nothing.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>Where a source lists by identity and not by date: whether a post of this native id lay in the fetched window. Null: <see cref="WindowStart"/> tells.</summary>
    public Func<string, bool>? Covers { get; init; }

    /// <summary>False where a source never says "deleted" (web feeds): an item that leaves the window stays.</summary>
    public bool ShowsDeletions { get; init; }

    /// <summary>In words, without secrets, for health.</summary>
    public string? Error { get; init; }

    /// <summary>It was read, and somebody has to put something right all the same: a refused token. In words, for health.</summary>
    public string? Attention { get; init; }

    /// <summary>Do not ask again before this long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long what was read stays good, by the source's own word; whoever only shows it need not ask before. Not bounded. Null: it said nothing.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary>The source moved here for good (301, 308).</summary>
    public string? MovedTo { get; init; }
}
