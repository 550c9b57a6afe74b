using Microsoft.AspNetCore.Http;
using SocialHub.Media;

namespace SocialHub.Functions.Http;

/// <summary>A picture under the hash of its content: it never changes, and it is nothing but a picture whatever a browser would like to see in it.</summary>
internal sealed class MediaAnswer(string hash, MediaFile file) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        // Sites of any origin show it, under a cross-origin embedder policy too.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return new Representation(file.Bytes, file.ContentType, hash, "public, max-age=31536000, immutable").ExecuteAsync(httpContext);
    }
}
