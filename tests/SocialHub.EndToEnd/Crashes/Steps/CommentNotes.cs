using System.Collections.Concurrent;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>One comment that the hub accepted with a 2xx, and what was asked of it since.</summary>
public sealed class KnownComment
{
    public required string Id { get; init; }

    public required string Page { get; init; }

    public required string AuthorKey { get; init; }

    /// <summary>What its author wrote last and was accepted.</summary>
    public required string Text { get; set; }

    /// <summary>Everything that was ever written about it and must go when it is erased: texts, the name's, proposals', readers' words.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Words { get; } = [];

    /// <summary>Its author's address, which nobody but the hub needs.</summary>
    public string? Email { get; init; }

    /// <summary>A change of the public text that waits; null: none.</summary>
    public string? Proposal { get; set; }

    /// <summary>The request that made it, to be sent again; null for a form without a key.</summary>
    public object? Request { get; init; }

    /// <summary>The state that it must be in at the end; null: any that is allowed.</summary>
    public string? State { get; set; }
}

/// <summary>What the steps about comments remember; each text is used once.</summary>
public sealed class CommentNotes
{
    private readonly ConcurrentDictionary<string, KnownComment> _byFirstText = new(StringComparer.Ordinal);

    public ICollection<KnownComment> Accepted => _byFirstText.Values;

    /// <summary>By the text that it was submitted with.</summary>
    public KnownComment this[string firstText]
    {
        get => _byFirstText[firstText];
        set => _byFirstText[firstText] = value;
    }
}
