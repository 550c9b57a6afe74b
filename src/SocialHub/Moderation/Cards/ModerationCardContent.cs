using SocialHub.Moderation.Decisions;

namespace SocialHub.Moderation.Cards;

/// <summary>What one card tells about one comment that waits. No address, e-mail or author key belongs in it.</summary>
public sealed record ModerationCardContent
{
    /// <summary>BCP 47; of the words around the texts.</summary>
    public required string Language { get; init; }

    public required string Authority { get; init; }

    /// <summary>Where the hub is reached; links start with it.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>Signed for this subject, revision and round (<see cref="DecisionTokens"/>).</summary>
    public required string Token { get; init; }

    public required DecisionSubject Subject { get; init; }

    public required string PageTitle { get; init; }

    /// <summary>Canonical URL of the page.</summary>
    public required string Page { get; init; }

    /// <summary>Text of the comment that it answers; null: it answers none.</summary>
    public string? Parent { get; init; }

    public required string Name { get; init; }

    /// <summary>What became of other comments with the author's code, in numbers alone; null: nothing is known.</summary>
    public Wording? Author { get; init; }

    /// <summary>The text to decide about: of the comment, or of the proposal.</summary>
    public required string Text { get; init; }

    /// <summary>What its author wrote first, before putting it in other words; null: nothing else.</summary>
    public string? FirstText { get; init; }

    /// <summary>Of a proposal: the text that is public as long as nobody accepts the other; null: nothing of it is.</summary>
    public string? PublicText { get; init; }

    /// <summary>Public answers to that text.</summary>
    public int Answers { get; init; }

    /// <summary>Those among them that the authority wrote.</summary>
    public int OfficialAnswers { get; init; }

    /// <summary>True: none of the texts is shown, only that something waits and where.</summary>
    public bool IsPlain { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>How many findings there were; more than are given when the list was cut.</summary>
    public int TotalFindings { get; init; }

    /// <summary>Why it waits, as <see cref="PolicyTable"/> says.</summary>
    public Wording? Why { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the card was made: what it shows is as old as that.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Times are shown by this clock.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>What readers reported, the latest last.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>How many reports there are.</summary>
    public int ReportCount { get; init; }

    /// <summary>What the author objects to a refusal; null: nothing.</summary>
    public string? Objection { get; init; }

    /// <summary>The refusal that the objection is about (who, when, why, by which article) and who is to answer it; null: nothing is objected to.</summary>
    public Wording? Contested { get; init; }
}
