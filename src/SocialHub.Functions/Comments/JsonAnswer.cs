using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Comments;

/// <summary>JSON that no cache keeps.</summary>
/// <param name="body">The answer.</param>
/// <param name="status">Its status.</param>
/// <param name="tag">What a change of it sends back as If-Match, without quotes; null: none.</param>
internal sealed class JsonAnswer(byte[] body, int status, string? tag = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (tag is not null)
            response.Headers.ETag = $"\"{tag}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
