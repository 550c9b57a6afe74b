namespace SocialHub.Connections.Web;

/// <summary>How the text of an item is written.</summary>
internal enum BodyKind
{
    Html,
    Plain,
}

/// <summary>One item as its format says it, before anything is resolved, cleaned or judged.</summary>
internal sealed record ItemDraft(int Number)
{
    public string? Id { get; init; }

    /// <summary>True when the id may serve as the item's address.</summary>
    public bool IdIsAddress { get; init; }

    public string? Link { get; init; }

    public string? Title { get; init; }

    public BodyKind TitleKind { get; init; }

    public string? Body { get; init; }

    public BodyKind BodyKind { get; init; }

    /// <summary>What the site says shortly beside a longer text; null: the text is all it says.</summary>
    public string? Summary { get; init; }

    public BodyKind SummaryKind { get; init; }

    /// <summary>The text is what the format calls a summary or a description.</summary>
    public bool IsBodySummary { get; init; }

    public string? Published { get; init; }

    public string? Updated { get; init; }

    public string? Author { get; init; }

    public string? Language { get; init; }

    /// <summary>What its relative links are resolved with; null: nothing is known.</summary>
    public Uri? Base { get; init; }

    /// <summary>The same for its text, where that differs.</summary>
    public Uri? BodyBase { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<PictureDraft> Pictures { get; init; } = [];
}

/// <summary>A picture as the format says it.</summary>
internal sealed record PictureDraft(string Address, string? Alt, int? Width = null, int? Height = null);

/// <summary>A feed as its format says it.</summary>
internal sealed record FeedDraft(string Format)
{
    public string? Title { get; init; }

    public string? HomePage { get; init; }

    public string? Language { get; init; }

    /// <summary>As in <see cref="WebFeed.Pace"/>.</summary>
    public TimeSpan? Pace { get; init; }

    public IReadOnlyList<ItemDraft> Items { get; init; } = [];
}
