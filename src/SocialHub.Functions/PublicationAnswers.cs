using Microsoft.AspNetCore.Http;
using SocialHub.Functions.Http;
using SocialHub.Media;
using SocialHub.Publishing;

namespace SocialHub.Functions;

/// <summary>Publications as answers; bodies carry the ETag too, because a script of another origin reads no header.</summary>
internal static class PublicationAnswers
{
    public static IResult Of(PublicationList list, int status = 200) => JsonAnswer.Of(list, PublicationJson.Default.PublicationList, status);

    public static IResult Of(PublicationView one) => JsonAnswer.Of(one, PublicationJson.Default.PublicationView, tag: one.ETag);

    public static IResult Of(MediaFile picture) => new Picture(picture);

    // Whatever a browser would like to see in it, it is nothing but a picture.
    private sealed class Picture(MediaFile file) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers.XContentTypeOptions = "nosniff";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
            return Results.Bytes(file.Bytes, file.ContentType).ExecuteAsync(httpContext);
        }
    }
}
