namespace SocialHub.Comments;

/// <summary>A comment as it comes in: validated in form, its page canonical; nothing of it is stored yet.</summary>
/// <param name="Site">Site id of hub.json.</param>
/// <param name="Page">Canonical address (<see cref="Pages.PageAddress"/>).</param>
/// <param name="Body">1 to 4,000 characters.</param>
/// <param name="Name">1 to 60 characters.</param>
public sealed record CommentSubmission(string Site, string Page, string Body, string Name)
{
    /// <summary>The comment it answers.</summary>
    public CommentId? Parent { get; init; }

    /// <summary>Where the author is told; at most 254 characters.</summary>
    public string? Email { get; init; }

    /// <summary>Sent again, it answers the same; null: made of what was sent, for a form without script.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Made by the widget; null: the hub makes one.</summary>
    public string? AuthorKey { get; init; }

    /// <summary>When the form was shown; null: not known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>True when the field that people don't see was filled; null: there was no form.</summary>
    public bool? Trapped { get; init; }

    /// <summary>Where it came from; never stored, only hashed with the salt of the day.</summary>
    public string Address { get; init; } = "";
}

/// <summary>An accepted comment.</summary>
/// <param name="Comment">As it is now.</param>
/// <param name="AuthorKey">The key that the hub made for it; null when the author brought one, or when who repeats a text that was public cannot be told from others at the same address.</param>
/// <param name="Replayed">True when the same was accepted before: nothing new was written.</param>
public sealed record Submitted(CommentRow Comment, string? AuthorKey, bool Replayed);
