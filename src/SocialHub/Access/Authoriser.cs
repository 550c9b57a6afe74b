using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>The one place that decides who may do what.</summary>
public sealed class Authoriser
{
    private readonly HubKeys _keys;
    private readonly Sessions _sessions;
    private readonly WorkflowTokens _workflow;
    private readonly HubConfigurationSource _configuration;
    private readonly bool _platformSignsIn;

    /// <param name="options">Hub keys and signing keys.</param>
    /// <param name="settings"><c>WEBSITE_AUTH_ENABLED</c>, set by App Service while it signs people in. Only then it strips a client's own copy of the principal, so only then the header counts.</param>
    /// <param name="workflow">The workflow's identity.</param>
    /// <param name="configuration">The hub's own address.</param>
    /// <param name="time">Ends sessions.</param>
    public Authoriser(IOptions<HubOptions> options, IConfiguration settings, WorkflowTokens workflow, HubConfigurationSource configuration, TimeProvider time)
    {
        _keys = HubKeys.Parse(options.Value.HubKeys);
        _sessions = new Sessions(_keys, new SigningKeys(options), time);
        _workflow = workflow;
        _configuration = configuration;
        _platformSignsIn = string.Equals(settings["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Who asks; <see cref="Caller.Nobody"/> when nothing valid was brought along. The first valid one counts: hub key, bearer token,
    /// then what a browser sends by itself (the platform's sign-in, a session), which authorises a write only from the hub's own pages.
    /// </summary>
    public async ValueTask<Caller> IdentifyAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.HubKey is { } key && _keys.Find(key) is { } script)
            return script;
        if (credentials.BearerToken is { } token && await _workflow.FindAsync(token, cancellationToken) is { } workflow)
            return workflow;
        return Ambient(credentials) is { } person && !await IsForgeableAsync(credentials, cancellationToken) ? person : Caller.Nobody;
    }

    /// <summary>
    /// Who asks, if they may do what <paramref name="role"/> may; 401 for nobody, 403 for too low a role or a write from a foreign page,
    /// and 503 for whoever may while no configuration runs.
    /// </summary>
    public async ValueTask<Answer<Caller>> RequireAsync(Credentials credentials, Role role, CancellationToken cancellationToken)
    {
        var caller = await RequireEvenUnconfiguredAsync(credentials, role, cancellationToken);
        return caller.Succeeded && (await _configuration.UsableAsync(cancellationToken)).Problem is { } unusable ? unusable : caller;
    }

    /// <summary>The same for what has to work without a configuration: bringing one in, the tick, the session.</summary>
    public async ValueTask<Answer<Caller>> RequireEvenUnconfiguredAsync(Credentials credentials, Role role, CancellationToken cancellationToken)
    {
        var caller = await IdentifyAsync(credentials, cancellationToken);
        if (caller.Role >= role)
            return caller;
        if (caller.Role != Role.None)
            return new Problem(ProblemKind.Forbidden, "role-too-low", $"This needs the role {Roles.Name(role)}; yours is {Roles.Name(caller.Role)}.");
        return Ambient(credentials) is null
            ? new Problem(ProblemKind.Unauthenticated, "sign-in-required", "Sign in, or send a hub key in the header x-hub-key.")
            : new Problem(ProblemKind.Forbidden, "foreign-origin", $"A signed-in person writes only from the hub's own pages: open them at {_configuration.Current.Authority.PublicAddress}.");
    }

    /// <summary>The workflow, or an administrator; 401 for nobody, 403 for others.</summary>
    public async ValueTask<Answer<Caller>> RequireAdministratorOrWorkflowAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var caller = await IdentifyAsync(credentials, cancellationToken);
        return caller.IsWorkflow ? caller : await RequireEvenUnconfiguredAsync(credentials, Role.Administrator, cancellationToken);
    }

    /// <summary>Exchanges a hub key for a session of 12 hours; 401 when it is no key of this hub.</summary>
    public Answer<Session> OpenSession(string? key) =>
        key is not null && _sessions.Open(key) is { } session
            ? session
            : new Problem(ProblemKind.Unauthenticated, "key-unknown", "This key is not known here; check it, or ask the administrator for a new one.");

    private Caller? Ambient(Credentials credentials)
    {
        if (_platformSignsIn && credentials.PlatformPrincipal is { } principal && PlatformPrincipal.Read(principal) is { } person)
            return person;
        return credentials.SessionCookie is { } cookie ? _sessions.Find(cookie) : null;
    }

    private async ValueTask<bool> IsForgeableAsync(Credentials credentials, CancellationToken cancellationToken) =>
        credentials.IsWrite && !Origins.IsOwn(credentials.Origin, credentials.Referer, await _configuration.CurrentAsync(cancellationToken));
}
