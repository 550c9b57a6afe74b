namespace SocialHub.Connections;

/// <summary>Why a fetch brought nothing usable.</summary>
public enum FetchFailure
{
    /// <summary>Not http(s), a user name in it, or not on the public internet.</summary>
    RefusedAddress,

    /// <summary>Its name has no address.</summary>
    UnknownHost,

    /// <summary>No connection could be opened.</summary>
    Unreachable,

    /// <summary>The certificate or the encryption is wrong.</summary>
    Tls,

    /// <summary>Not all of it came in time.</summary>
    TimedOut,

    /// <summary>More than the limit, after decompression; <see cref="Fetched.Bytes"/> holds what fitted.</summary>
    TooLarge,

    /// <summary>More redirects than the limit, or one without a usable address.</summary>
    Redirects,

    /// <summary>The connection broke, or what came is not HTTP.</summary>
    BrokenAnswer,

    /// <summary>A whole answer whose status is neither 2xx nor 304.</summary>
    Status,
}

/// <summary>How a fetch ended. Nothing that a server can do throws.</summary>
/// <param name="Address">The last address asked, after redirects.</param>
public sealed record Fetched(Uri Address)
{
    /// <summary>Null: a 2xx that is whole, or 304.</summary>
    public FetchFailure? Failure { get; init; }

    /// <summary>One sentence for health and logs; holds a host name, never a query or a secret.</summary>
    public string? Error { get; init; }

    /// <summary>HTTP status of the last answer; 0: none came.</summary>
    public int Status { get; init; }

    /// <summary>The last address that was reached by permanent redirects (301, 308) alone; null: it did not move for good.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>Headers of the last answer, content headers included; names without case, repeated values joined by <c>, </c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body, decompressed; also of an answer whose status is a failure.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>How long the server asks to wait (<c>Retry-After</c>, seconds or date), never negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>False only where the request certainly never reached the server whole: the connection was never opened. A POST may then be planned again.</summary>
    public bool MayHaveArrived { get; init; } = true;

    public bool Succeeded => Failure is null;

    public bool IsUnchanged => Status == 304;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    public string? LastModified => Headers.GetValueOrDefault("Last-Modified");

    /// <summary>As sent, parameters included.</summary>
    public string? ContentType => Headers.GetValueOrDefault("Content-Type");
}
