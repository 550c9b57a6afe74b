using System.Globalization;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>What a visitor asks of a feed.</summary>
/// <param name="Network">Only what was announced on this network; empty: all.</param>
/// <param name="Words">Only posts with these words, each the beginning of a word; empty: all.</param>
/// <param name="After">Only what stands behind this place; null: from the start.</param>
public sealed record FeedQuery(string Network, string Words, FeedPlace? After)
{
    private const int LongestWords = 100;

    /// <summary>Everything, from the start.</summary>
    public static FeedQuery All { get; } = new("", "", null);

    /// <summary>Reads the values of a query string; a parameter that is missing or empty asks for nothing special. 400 says which one is wrong.</summary>
    public static Answer<FeedQuery> Parse(string? network, string? words, string? after)
    {
        network ??= "";
        words = words?.Trim() ?? "";
        if (network.Length > 20 || !network.All(char.IsAsciiLetterLower))
            return new Problem(ProblemKind.Invalid, "network-malformed", "network is the name of one network in small letters, as in network=mastodon, or web.");
        if (words.Length > LongestWords)
            return new Problem(ProblemKind.Invalid, "words-too-long", $"q takes at most {LongestWords} characters.");
        if (string.IsNullOrEmpty(after))
            return new FeedQuery(network, words, null);
        return FeedPlace.Parse(after) is { } place
            ? new FeedQuery(network, words, place)
            : new Problem(ProblemKind.Invalid, "after-malformed", "after is taken as it stands in next_url; leave it out for the first page.");
    }

    /// <summary>As a query string without a question mark; the same question is always written in the same way.</summary>
    public string ToQueryString() => string.Join('&', new[]
    {
        Network.Length > 0 ? "network=" + Network : null,
        Words.Length > 0 ? "q=" + Uri.EscapeDataString(Words) : null,
        After is { } place ? "after=" + place : null,
    }.OfType<string>());
}

/// <summary>A place in a feed that stays where it is, whatever is added or goes: paging from it neither repeats nor skips.</summary>
/// <param name="Pinned">In the pinned part, which comes first.</param>
/// <param name="Date">Of the post at this place.</param>
/// <param name="Key">Of the post at this place.</param>
public sealed record FeedPlace(bool Pinned, DateTimeOffset Date, string Key)
{
    internal static FeedPlace Of(SnapshotItem item) => new(item.Pinned, DateTimeOffset.FromUnixTimeMilliseconds(item.Date.ToUnixTimeMilliseconds()), item.Key);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static FeedPlace? Parse(string text)
    {
        var parts = text.Split('.', 3);
        if (parts.Length != 3 || parts[0] is not ("0" or "1") || parts[1].Length != 9 || !PostKey.TryParse(parts[2], out _))
            return null;
        try
        {
            return new(parts[0] == "1", Keys.ParseTime(parts[1]), parts[2]);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Pinned ? 1 : 0)}.{Keys.Time(Date)}.{Key}");

    /// <summary>True when <paramref name="item"/> stands behind this place.</summary>
    internal bool IsBefore(SnapshotItem item)
    {
        var other = Of(item);
        if (Pinned != other.Pinned)
            return Pinned;
        return Date != other.Date ? Date > other.Date : string.CompareOrdinal(Key, other.Key) < 0;
    }
}
