using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions;

/// <summary>Signing in on the desk with a hub key, where no platform does it.</summary>
public sealed class SessionFunctions(Authoriser authoriser, HubConfigurationSource configuration, TimeProvider time)
{
    /// <summary>Who the caller is; 401 for nobody.</summary>
    [Function("GetSession")]
    public async Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/session")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireEvenUnconfiguredAsync(RequestCredentials.Of(request), Role.Contributor, cancellationToken);
        return caller.Problem is { } refusal ? Problems.Of(refusal) : Answer(caller.Value);
    }

    /// <summary>Exchanges a key for a cookie that scripts cannot read and other sites cannot send.</summary>
    [Function("OpenSession")]
    public async Task<IResult> Open([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/session")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.JsonAsync(request, AccessBodies.Default.SessionRequest, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        var session = authoriser.OpenSession(body.Value.Key);
        if (session.Problem is { } refusal)
            return Problems.Of(refusal);
        request.HttpContext.Response.Cookies.Append(RequestCredentials.SessionCookie, session.Value.Value, await CookieAsync(session.Value.Expires - time.GetUtcNow(), cancellationToken));
        return Answer(session.Value.Caller);
    }

    /// <summary>Ends the session in this browser.</summary>
    [Function("CloseSession")]
    public async Task<IResult> Close([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/session")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Cookies.Delete(RequestCredentials.SessionCookie, await CookieAsync(null, cancellationToken));
        return Results.NoContent();
    }

    private async Task<CookieOptions> CookieAsync(TimeSpan? age, CancellationToken cancellationToken) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // Over plain http only a developer's own machine is a public address.
        Secure = !(await configuration.CurrentAsync(cancellationToken)).Authority.PublicAddress.StartsWith("http://", StringComparison.Ordinal),
        Path = "/",
        MaxAge = age,
    };

    private static JsonAnswer Answer(Caller caller) => JsonAnswer.Of(new JsonObject { ["id"] = caller.Id, ["name"] = caller.Name, ["role"] = Roles.Name(caller.Role) });
}
