using Microsoft.AspNetCore.Http;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>A fragment that a browser may also open by itself, on the origin where the team's session lives: nothing in it may run.</summary>
internal sealed class FragmentAnswer(Representation fragment) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return fragment.ExecuteAsync(httpContext);
    }
}
