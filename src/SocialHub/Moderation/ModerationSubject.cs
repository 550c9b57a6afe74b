namespace SocialHub.Moderation;

/// <summary>What is judged: one text with what is known of how it came.</summary>
/// <param name="Text">As written; any string.</param>
public sealed record ModerationSubject(string Text)
{
    /// <summary>The name the author signs with; judged like the text.</summary>
    public string? Name { get; init; }

    /// <summary>A web address that the author gave besides the text.</summary>
    public string? Url { get; init; }

    /// <summary>Site whose own domains links may lead to; null: those of every site of the authority.</summary>
    public string? Site { get; init; }

    /// <summary>BCP 47 language of the reasons; null: the authority's.</summary>
    public string? Language { get; init; }

    /// <summary>True when the field that people don't see was filled; null: there was no form.</summary>
    public bool? HoneypotFilled { get; init; }

    /// <summary>From showing the form to sending it; null: not known.</summary>
    public TimeSpan? WritingTime { get; init; }

    /// <summary>What else was written lately; null: not known, and the rules that need it stay silent.</summary>
    public RecentComments? Recent { get; init; }
}
