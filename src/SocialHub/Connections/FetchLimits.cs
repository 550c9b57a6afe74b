namespace SocialHub.Connections;

/// <summary>What one fetch may cost.</summary>
/// <param name="Bytes">Largest body, counted after decompression.</param>
/// <param name="Within">The whole of it: connecting, every redirect, the last byte.</param>
/// <param name="Redirects">How many are followed; the guard looks at each.</param>
public sealed record FetchLimits(int Bytes, TimeSpan Within, int Redirects)
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    /// <summary>5 MB.</summary>
    public static FetchLimits Feed { get; } = new(5_000_000, TenSeconds, 5);

    /// <summary>8 MB.</summary>
    public static FetchLimits Picture { get; } = new(8_000_000, TenSeconds, 5);

    /// <summary>1 MB: an HTML page.</summary>
    public static FetchLimits Page { get; } = new(1_000_000, TenSeconds, 5);

    /// <summary>5 MB, no redirect: an answer of an account's own server.</summary>
    public static FetchLimits Api { get; } = new(5_000_000, TenSeconds, 0);
}
