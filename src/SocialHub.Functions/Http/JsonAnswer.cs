using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Http;

/// <summary>JSON that no cache keeps.</summary>
/// <param name="body">The answer.</param>
/// <param name="status">Its status.</param>
/// <param name="tag">What a change of it sends back as If-Match, without quotes; null: none.</param>
/// <param name="fileName">Under which name a browser keeps it, in <c>[a-z0-9.-]</c>; null: it is shown.</param>
internal sealed class JsonAnswer(ReadOnlyMemory<byte> body, int status, string? tag, string? fileName) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A value as its type writes it.</summary>
    public static JsonAnswer Of<T>(T value, JsonTypeInfo<T> type, int status = 200, string? tag = null, string? fileName = null) => new(JsonSerializer.SerializeToUtf8Bytes(value, type), status, tag, fileName);

    /// <summary>What was put together by hand; letters of any script stay letters.</summary>
    public static JsonAnswer Of(JsonNode node, int status = 200, string? tag = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            node.WriteTo(json);
        return new JsonAnswer(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), status, tag, fileName: null);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (fileName is not null)
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        if (tag is not null)
            response.Headers.ETag = $"\"{tag}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
