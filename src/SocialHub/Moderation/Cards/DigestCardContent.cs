namespace SocialHub.Moderation.Cards;

/// <summary>What the card tells that stands for many: above ten that wait, one digest instead of a card each.</summary>
public sealed record DigestCardContent
{
    /// <summary>From so many waiting on, a digest is sent instead of cards.</summary>
    public const int MoreThan = 10;

    /// <summary>BCP 47; of the words around the texts.</summary>
    public required string Language { get; init; }

    public required string Authority { get; init; }

    /// <summary>Where the hub is reached; the link leads to its moderation page.</summary>
    public required string PublicAddress { get; init; }

    public required int Waiting { get; init; }

    /// <summary>Since when the oldest waits.</summary>
    public required DateTimeOffset OldestSince { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Pages with the most waiting, title and count; at most five are shown.</summary>
    public required IReadOnlyList<(string Title, int Waiting)> Pages { get; init; }

    /// <summary>How many of those waiting the rules propose to refuse.</summary>
    public int RefusalsProposed { get; init; }
}
