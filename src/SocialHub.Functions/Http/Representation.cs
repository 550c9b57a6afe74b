using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SocialHub.Functions.Http;

/// <summary>
/// Bytes that caches may keep: answered with 304 to a caller who has them already, in the content coding that the caller accepts.
/// The ETag is <see cref="Tag"/> in quotes, with <c>-br</c> or <c>-gz</c> behind it for a coded body (RFC 9110, 8.8.3.3: codings differ in a strong ETag).
/// </summary>
public sealed class Representation : IResult
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly ReadOnlyMemory<byte>? _gzip;
    private readonly ReadOnlyMemory<byte>? _brotli;
    private readonly string _tag;

    /// <summary>Describes the answer; nothing is written before the runtime executes it.</summary>
    /// <param name="body">The bytes as they are without coding.</param>
    /// <param name="contentType">For example <c>application/feed+json; charset=utf-8</c>.</param>
    /// <param name="tag">Hash of the content, without quotes: the same on every instance.</param>
    /// <param name="cacheControl">For example <c>public, max-age=60</c>.</param>
    /// <param name="gzip">The same bytes in gzip, when they were made.</param>
    /// <param name="brotli">The same bytes in Brotli, when they were made.</param>
    public Representation(ReadOnlyMemory<byte> body, string contentType, string tag, string cacheControl, ReadOnlyMemory<byte>? gzip = null, ReadOnlyMemory<byte>? brotli = null) =>
        (_body, _contentType, _tag, _cacheControl, _gzip, _brotli) = (body, contentType, tag, cacheControl, gzip, brotli);

    /// <summary>The request header that makes the answer another one; null: none.</summary>
    public string? Vary { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var response = httpContext.Response;
        var (bytes, coding, suffix) = Choose(request.Headers.AcceptEncoding);
        response.Headers.ETag = $"\"{_tag}{suffix}\"";
        response.Headers.CacheControl = _cacheControl;
        if (_gzip is not null || _brotli is not null)
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (Vary is not null)
            response.Headers.Append(HeaderNames.Vary, Vary);

        if (Has(request.Headers.IfNoneMatch, _tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = bytes.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    /// <summary>True when <paramref name="ifNoneMatch"/> names <paramref name="tag"/> in any coding, weak or strong, or is <c>*</c>.</summary>
    public static bool Has(StringValues ifNoneMatch, string tag)
    {
        if (ifNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList(ifNoneMatch!, out var known))
            return false;
        foreach (var one in known)
        {
            if (EntityTagHeaderValue.Any.Equals(one))
                return true;
            var value = one.Tag.AsSpan().Trim('"');
            if (value.SequenceEqual(tag) || (value.StartsWith(tag, StringComparison.Ordinal) && value[tag.Length..] is "-br" or "-gz"))
                return true;
        }

        return false;
    }

    private (ReadOnlyMemory<byte> Bytes, string? Coding, string Suffix) Choose(StringValues acceptEncoding)
    {
        if (_brotli is { } brotli && ContentCodings.Accepts(acceptEncoding, "br"))
            return (brotli, "br", "-br");
        return _gzip is { } gzip && ContentCodings.Accepts(acceptEncoding, "gzip") ? (gzip, "gzip", "-gz") : (_body, null, "");
    }
}
