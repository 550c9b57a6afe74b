using SocialHub.Feeds;

namespace SocialHub.Connections.Web;

/// <summary>Something that was repaired, or refused, in a web feed.</summary>
/// <param name="Code">A stable word, kebab-case; README.md of this folder lists them.</param>
/// <param name="Item">Which item, counted from 1 in the order of the document; null: the feed as a whole.</param>
/// <param name="Detail">In words, at most 200 characters, on one line.</param>
public sealed record FeedNote(string Code, int? Item, string Detail);

/// <summary>Where bytes came from, as far as that helps to read them.</summary>
/// <param name="Address">The address that answered, after redirects; null: a file. Relative links are resolved with it.</param>
/// <param name="ContentType">The HTTP header, for its charset; its type is not believed.</param>
/// <param name="Zone">The zone of dates that name none; null: UTC.</param>
public sealed record WebFeedOrigin(Uri? Address, string? ContentType = null, TimeZoneInfo? Zone = null);

/// <summary>What could be read of a web feed.</summary>
/// <param name="Format"><c>rss</c>, <c>rdf</c>, <c>atom</c>, <c>json</c>; empty: it is no feed, and <see cref="Refusals"/> says what it is.</param>
public sealed record WebFeed(string Format)
{
    /// <summary>Most items that are read of one feed.</summary>
    public const int MostItems = 200;

    public string? Title { get; init; }

    public string? HomePage { get; init; }

    public string? Language { get; init; }

    /// <summary>How long what it says stays good, by its own word (RSS <c>ttl</c>, syndication module); more than zero, not bounded. Null: it says nothing.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary>In the order of the document, each identity once.</summary>
    public IReadOnlyList<Post> Posts { get; init; } = [];

    /// <summary>What was wrong and could be put right.</summary>
    public IReadOnlyList<FeedNote> Repairs { get; init; } = [];

    /// <summary>Items, or the whole document, that could not be read.</summary>
    public IReadOnlyList<FeedNote> Refusals { get; init; } = [];

    /// <summary>True when it is a feed, even an empty one.</summary>
    public bool IsFeed => Format.Length > 0;
}
