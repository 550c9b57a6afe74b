using System.IO.Compression;
using SocialHub.Storage;

namespace SocialHub;

/// <summary>A document for many readers, as bytes. The tag is the hash of the bytes: equal on all instances.</summary>
/// <param name="Body">Without coding.</param>
/// <param name="ContentType">With its charset.</param>
/// <param name="Tag">For its ETag, without quotes.</param>
public sealed record RenderedDocument(ReadOnlyMemory<byte> Body, string ContentType, string Tag)
{
    /// <summary>The same bytes in gzip (RFC 1952), once <see cref="Compressed"/>.</summary>
    public ReadOnlyMemory<byte>? Gzip { get; init; }

    /// <summary>The same bytes in Brotli (RFC 7932), once <see cref="Compressed"/>.</summary>
    public ReadOnlyMemory<byte>? Brotli { get; init; }

    /// <summary>Bytes in memory, codings included.</summary>
    public long Size => Body.Length + (Gzip?.Length ?? 0) + (Brotli?.Length ?? 0);

    /// <summary>The document of these bytes.</summary>
    public static RenderedDocument Of(byte[] body, string contentType) => new(body, contentType, Keys.Hash(body));

    /// <summary>With both codings, made once.</summary>
    public RenderedDocument Compressed() => this with
    {
        Gzip = Squeeze(stream => new GZipStream(stream, CompressionLevel.Optimal)),
        Brotli = Squeeze(stream => new BrotliStream(stream, CompressionLevel.Optimal)),
    };

    private ReadOnlyMemory<byte> Squeeze(Func<Stream, Stream> coding)
    {
        using var squeezed = new MemoryStream();
        using (var coder = coding(squeezed))
            coder.Write(Body.Span);
        return squeezed.ToArray();
    }
}
