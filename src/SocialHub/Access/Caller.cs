namespace SocialHub.Access;

/// <summary>What a caller may do; each role includes those before it.</summary>
public enum Role
{
    /// <summary>Nobody in particular: what is public.</summary>
    None = 0,

    /// <summary>Proposes texts; publishes nothing alone.</summary>
    Contributor = 1,

    /// <summary>Decides on comments.</summary>
    Moderator = 2,

    /// <summary>Writes publications and the team's settings.</summary>
    Editor = 3,

    /// <summary>Everything, configuration and erasure included.</summary>
    Administrator = 4,
}

/// <summary>Who is asking, as <see cref="Authoriser"/> found out.</summary>
/// <param name="Id">Stable: an object id, or <c>key:name</c> for a hub key. Never a secret.</param>
/// <param name="Name">Shown in logs and to other moderators.</param>
/// <param name="Role">What they may do.</param>
public sealed record Caller(string Id, string Name, Role Role)
{
    public static Caller Nobody { get; } = new("", "", Role.None);

    /// <summary>True for the moderation workflow, which decides on behalf of a responder it names.</summary>
    public bool IsWorkflow { get; init; }
}

/// <summary>What a request brought along to say who it is; read from headers and cookies by the HTTP shell, judged only here.</summary>
public sealed record Credentials(string? HubKey, string? BearerToken, string? PlatformPrincipal, string? SessionCookie)
{
    /// <summary>True for every method but GET, HEAD and OPTIONS.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Header <c>Origin</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>Header <c>Referer</c>, for forms of browsers that send no origin.</summary>
    public string? Referer { get; init; }
}
