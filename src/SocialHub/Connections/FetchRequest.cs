namespace SocialHub.Connections;

/// <summary>One GET.</summary>
/// <param name="Address">Absolute http(s), without a user name in it.</param>
/// <param name="Limits">What it may cost.</param>
public sealed record FetchRequest(Uri Address, FetchLimits Limits)
{
    /// <summary>The ETag of the copy at hand, as it was received.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The Last-Modified of the copy at hand, as it was received.</summary>
    public string? IfModifiedSince { get; init; }

    public string? Accept { get; init; }

    /// <summary>An account's access token; it never follows a redirect to another origin.</summary>
    public string? Bearer { get; init; }

    /// <summary>True: a server that hub.json names for an account, reached by the client of accounts.</summary>
    public bool IsAccount { get; init; }
}
