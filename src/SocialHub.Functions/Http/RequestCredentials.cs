using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SocialHub.Access;

namespace SocialHub.Functions.Http;

/// <summary>What a request brought along to say who it is. It judges nothing: that is <see cref="Authoriser"/>'s work, also whether the platform's principal counts.</summary>
public static class RequestCredentials
{
    /// <summary>Header of a hub key.</summary>
    public const string HubKeyHeader = "x-hub-key";

    /// <summary>Cookie of a session on the desk of the standalone hub.</summary>
    public const string SessionCookie = "socialhub-session";

    /// <summary>Reads them; a header given twice counts as absent, because two readers might each take another one.</summary>
    public static Credentials Of(HttpRequest request)
    {
        var authorization = One(request.Headers.Authorization);
        var bearer = authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null;
        request.Cookies.TryGetValue(SessionCookie, out var session);
        return new Credentials(
            One(request.Headers[HubKeyHeader]),
            string.IsNullOrEmpty(bearer) ? null : bearer,
            One(request.Headers["X-MS-CLIENT-PRINCIPAL"]),
            string.IsNullOrEmpty(session) ? null : session)
        {
            IsWrite = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method),
            Origin = One(request.Headers.Origin),
            Referer = One(request.Headers.Referer),
        };
    }

    private static string? One(StringValues values) => values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
}
