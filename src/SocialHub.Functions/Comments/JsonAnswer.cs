using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Comments;

/// <summary>JSON that no cache keeps.</summary>
/// <param name="body">The answer.</param>
/// <param name="status">Its status.</param>
/// <param name="tag">What a change of it sends back as If-Match, without quotes; null: none.</param>
internal sealed class JsonAnswer(byte[] body, int status, string? tag = null) : IResult
{
    /// <summary>Under which name a browser keeps it, in <c>[a-z0-9.-]</c>; null: it is shown.</summary>
    public string? FileName { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (FileName is not null)
            response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        if (tag is not null)
            response.Headers.ETag = $"\"{tag}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
