using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Http;

/// <summary>JSON for the team and for scripts, never cached, with the ETag that a change of it has to send back.</summary>
/// <param name="tag">Without quotes; null: none.</param>
/// <param name="body">The answer.</param>
/// <param name="status">200 unless told.</param>
internal sealed class TaggedJson(string? tag, JsonNode body, int status = 200) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, Options))
            body.WriteTo(json);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (tag is not null)
            response.Headers.ETag = $"\"{tag}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), httpContext.RequestAborted);
    }
}
