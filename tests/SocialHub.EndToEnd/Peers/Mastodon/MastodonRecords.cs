namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>One request as the instance received it; kept for tests to look at.</summary>
public sealed record MastodonRequest(string Method, string Path, string? IdempotencyKey, string? Token, string ContentType, byte[] Body);

/// <summary>A user of the instance, with the access token that a hub is given.</summary>
public sealed record MastodonUser(string Id, string Name, string Token)
{
    /// <summary>401 for its token from now on.</summary>
    public bool TokenRevoked { get; set; }

    /// <summary>"Your login is currently disabled": 403.</summary>
    public bool Disabled { get; set; }
}

public sealed record MastodonMedia(string Id, string Owner, byte[] Bytes, string ContentType, string? Description, DateTimeOffset ReadyAt)
{
    /// <summary>The status that it is attached to; such a medium is 404 on the media routes.</summary>
    public string? Status { get; set; }

    public string? Description { get; set; } = Description;
}

public sealed record MastodonStatus(string Id, MastodonUser Author, string Text, string SpoilerText, string Visibility, string? Language, string? InReplyTo, IReadOnlyList<MastodonMedia> Media, DateTimeOffset Created, string? IdempotencyKey);
