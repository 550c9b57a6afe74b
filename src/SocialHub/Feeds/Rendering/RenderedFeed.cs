using System.IO.Compression;
using SocialHub.Storage;

namespace SocialHub.Feeds.Rendering;

/// <summary>A feed as bytes. The tag is the hash of the bytes: equal on all instances.</summary>
public sealed record RenderedFeed(ReadOnlyMemory<byte> Body, string ContentType, string Tag)
{
    public ReadOnlyMemory<byte>? Gzip { get; init; }

    public ReadOnlyMemory<byte>? Brotli { get; init; }

    internal static RenderedFeed Of(byte[] body, string contentType) => new(body, contentType, Keys.Hash(body));

    /// <summary>With both codings, made once.</summary>
    internal RenderedFeed Compressed() => this with
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
