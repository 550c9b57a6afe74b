using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>Reads a request's body within a limit; whatever is wrong with it becomes a 400, 413 or 415 that says where.</summary>
public static class RequestBody
{
    /// <summary>Largest JSON body, bytes.</summary>
    public const int Limit = 32 * 1024;

    /// <summary>
    /// Largest form body, bytes. A browser writes each byte of UTF-8 as <c>%XX</c>, and a UTF-16 unit has at most three of them: 9 for each of the 4,314 that text, name and
    /// address may have in any script, 3 for each of the 1,000 of a page's address, and what is left for the names, keys and dates.
    /// </summary>
    public const int FormLimit = 48 * 1024;

    /// <summary>True when the body is a form of a page without script (<c>application/x-www-form-urlencoded</c>).</summary>
    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the request says that it has no body: what stands in its headers is all.</summary>
    public static bool IsEmpty(HttpRequest request) =>
        request.ContentLength is 0 || (request.ContentLength is null && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false });

    /// <summary>Reads a JSON object (<c>application/json</c>, UTF-8, at most <see cref="Limit"/> bytes).</summary>
    public static Task<Answer<T>> JsonAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => JsonAsync(request, type, Limit, cancellationToken);

    /// <summary>Reads a JSON object of at most <paramref name="limit"/> bytes.</summary>
    public static async Task<Answer<T>> JsonAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int limit, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsJson(request))
            return new Problem(ProblemKind.UnsupportedMediaType, "not-json", "Send the body as application/json in UTF-8.");
        var bytes = await BytesAsync(request, limit, cancellationToken);
        if (bytes.Problem is { } problem)
            return problem;
        if (!Utf8.IsValid(bytes.Value.Span))
            return new Problem(ProblemKind.Invalid, "malformed-json", "The body is not valid UTF-8.");
        try
        {
            return JsonSerializer.Deserialize(bytes.Value.Span, type) is { } value
                ? value
                : new Problem(ProblemKind.Invalid, "malformed-json", "The body is null; send an object.");
        }
        catch (JsonException e)
        {
            return new Problem(ProblemKind.Invalid, "malformed-json", Where(e));
        }
    }

    /// <summary>Reads a form (<c>application/x-www-form-urlencoded</c>, UTF-8, at most <see cref="FormLimit"/> bytes and 100 fields).</summary>
    public static async Task<Answer<IReadOnlyDictionary<string, StringValues>>> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsForm(request))
            return new Problem(ProblemKind.UnsupportedMediaType, "not-a-form", "Send the body as application/x-www-form-urlencoded in UTF-8.");
        var bytes = await BytesAsync(request, FormLimit, cancellationToken);
        if (bytes.Problem is { } problem)
            return problem;
        try
        {
            using var stream = new MemoryStream(bytes.Value.ToArray());
            using var reader = new FormReader(stream) { ValueCountLimit = 100, KeyLengthLimit = 100, ValueLengthLimit = FormLimit };
            return await reader.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            return new Problem(ProblemKind.Invalid, "malformed-form", e.Message);
        }
    }

    /// <summary>Reads whatever the body holds, at most <paramref name="limit"/> bytes.</summary>
    public static async Task<Answer<ReadOnlyMemory<byte>>> BytesAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return TooLarge(limit);
        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 1024) + 1);
        try
        {
            for (; ; )
            {
                var read = await request.Body.ReadAsync(body.GetMemory(), cancellationToken);
                if (read == 0)
                    return body.WrittenMemory;
                body.Advance(read);
                if (body.WrittenCount > limit)
                    return TooLarge(limit);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(limit);
        }
        catch (BadHttpRequestException)
        {
            return new Problem(ProblemKind.Invalid, "malformed-body", "The body ended before its announced length, or its chunks are malformed.");
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Problem TooLarge(int limit) =>
        new(ProblemKind.TooLarge, "body-too-large", $"The body is larger than {limit} bytes.");

    private static string Where(JsonException e)
    {
        var place = e.LineNumber is { } line ? $" at line {line + 1}, byte {e.BytePositionInLine + 1}" : "";
        var path = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $" in {e.Path}";
        return $"The body is not the JSON that is expected here: it cannot be read{path}{place}.{(e is InstantException ? " " + InstantException.Expected : "")}";
    }
}
