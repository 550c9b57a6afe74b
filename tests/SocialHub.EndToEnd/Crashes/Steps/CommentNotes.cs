using System.Collections.Concurrent;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What a person saw when they decided: by a link, or in the moderators' list.</summary>
/// <param name="Subject"><c>comment</c>, <c>proposal</c>, <c>report</c> or <c>objection</c>.</param>
/// <param name="Revision">Of the text that was shown.</param>
/// <param name="Round">Of moderation.</param>
/// <param name="Text">What was shown.</param>
/// <param name="Decision"><c>publish</c> or <c>reject</c>.</param>
public sealed record ShownToDecide(string Subject, int Revision, int Round, string Text, string Decision);

/// <summary>One comment that the hub accepted with a 2xx, and what was asked of it since.</summary>
public sealed class KnownComment
{
    public required string Id { get; init; }

    public required string Page { get; init; }

    public required string AuthorKey { get; init; }

    /// <summary>Only this author has it.</summary>
    public required string Name { get; init; }

    /// <summary>The address that it was sent from.</summary>
    public required string From { get; init; }

    /// <summary>What its author wrote last and was accepted.</summary>
    public required string Text { get; set; }

    /// <summary>Every text that was accepted, by the revision that the hub gave it.</summary>
    public ConcurrentDictionary<int, string> Texts { get; } = [];

    /// <summary>What those saw who decided about it, oldest first.</summary>
    public ConcurrentQueue<ShownToDecide> Decided { get; } = [];

    /// <summary>Everything that was ever written about it and must go when it is erased: texts, the name, proposals, the words and addresses of readers.</summary>
    public ConcurrentQueue<string> Words { get; } = [];

    /// <summary>Those of the words that its own row never holds: what readers and its author said about it.</summary>
    public ConcurrentQueue<string> Notices { get; } = [];

    /// <summary>Those of them that readers said, without their addresses: kept as long as it is, also once it is withdrawn.</summary>
    public ConcurrentQueue<string> Reported { get; } = [];

    /// <summary>Its author's address, which nobody but the hub needs.</summary>
    public string? Email { get; init; }

    /// <summary>A change of the public text that waits; null: none.</summary>
    public string? Proposal { get; set; }

    /// <summary>A change of the public text that was refused, until its author writes another; null: none.</summary>
    public string? Refused { get; set; }

    /// <summary>The request that made it, to be sent again.</summary>
    public required object Request { get; init; }

    /// <summary>The state that it must be in at the end; null: any that is allowed.</summary>
    public string? State { get; set; }

    /// <summary>What a decision makes of it.</summary>
    public void Settle(string subject, string decision)
    {
        if (subject != "proposal")
        {
            State = decision == "publish" ? "Published" : "Rejected";
            return;
        }

        // Taken or dropped, it is no proposal any more; the comment stays public.
        (Text, Refused) = decision == "publish" ? (Proposal!, null) : (Text, Proposal);
        Proposal = null;
    }
}

/// <summary>What the steps about comments remember; each text is used once.</summary>
public sealed class CommentNotes
{
    private readonly ConcurrentDictionary<string, KnownComment> _byFirstText = new(StringComparer.Ordinal);

    /// <summary>Keys by which requests of citizens are known again; only they and the hub know them.</summary>
    public ConcurrentQueue<string> IdempotencyKeys { get; } = [];

    /// <summary>Addresses of readers who reported something; nobody but the hub needs them.</summary>
    public ConcurrentQueue<string> ReaderEmails { get; } = [];

    public ICollection<KnownComment> Accepted => _byFirstText.Values;

    /// <summary>By the text that it was submitted with.</summary>
    public KnownComment this[string firstText]
    {
        get => _byFirstText[firstText];
        set => _byFirstText[firstText] = value;
    }
}
