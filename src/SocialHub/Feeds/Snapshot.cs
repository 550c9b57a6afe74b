namespace SocialHub.Feeds;

/// <summary>A feed as visitors get it, whole: blob <c>snapshots/{feed}</c>. Every rendering is a pure function of it.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Title">From hub.json.</param>
/// <param name="Language">The authority's, BCP 47.</param>
/// <param name="PublicAddress">Of the hub, without a slash at its end.</param>
/// <param name="TimeZone">The authority's, IANA name.</param>
/// <param name="Items">Pinned ones first, each part newest first, equal dates by key.</param>
public sealed record Snapshot(string Feed, string Title, string Language, string PublicAddress, string TimeZone, IReadOnlyList<SnapshotItem> Items)
{
    /// <summary>How many of those that the rules left out are kept.</summary>
    public const int MostLeftOut = 20;

    /// <summary>The newest posts that a filtered feed does not show because the moderation rules stop them; never rendered, told to whoever runs the hub.</summary>
    public IReadOnlyList<LeftOutPost> LeftOut { get; init; } = [];
}

/// <summary>A post that the rules keep out of a filtered feed.</summary>
/// <param name="Key">Its <see cref="PostKey"/>.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="Why">Their reasons in words, each once.</param>
public sealed record LeftOutPost(string Key, string Url, IReadOnlyList<string> Why);

/// <summary>One announcement.</summary>
/// <param name="Key">The <see cref="PostKey"/> of the post that is shown.</param>
/// <param name="Network"><c>web</c>, <c>mastodon</c>, <c>bluesky</c>.</param>
/// <param name="Source">Source id.</param>
/// <param name="Url">Where a reader finds it.</param>
/// <param name="Date">When it was published, never later than it was first seen.</param>
/// <param name="Html">Sanitised; pictures are the hub's own.</param>
/// <param name="Text">The same as plain text.</param>
public sealed record SnapshotItem(string Key, string Network, string Source, string Url, DateTimeOffset Date, string Html, string Text)
{
    /// <summary>The source's title.</summary>
    public string? SourceTitle { get; init; }

    public string? Title { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Language { get; init; }

    public string? Author { get; init; }

    public bool Pinned { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<SnapshotPicture> Pictures { get; init; } = [];

    /// <summary>The same announcement elsewhere.</summary>
    public IReadOnlyList<SeenElsewhere> AlsoOn { get; init; } = [];
}

/// <summary>A picture that the hub serves itself.</summary>
/// <param name="Media">Its content address.</param>
/// <param name="Alt">Text alternative; empty: the source gives none.</param>
public sealed record SnapshotPicture(string Media, string Alt)
{
    public int? Width { get; init; }

    public int? Height { get; init; }
}

/// <summary>Where the same announcement is too.</summary>
public sealed record SeenElsewhere(string Network, string Url);
