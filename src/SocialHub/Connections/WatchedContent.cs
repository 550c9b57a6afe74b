using System.Net;

namespace SocialHub.Connections;

/// <summary>
/// A body that knows whether it began to leave. Headers are only buffered before it, so a request whose body never began can't have reached the
/// server whole. Being there even when empty also keeps <see cref="SocketsHttpHandler"/> from repeating a POST on a connection that closed.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _bytes;

    public WatchedContent(byte[] bytes, HttpContent? original)
    {
        _bytes = bytes;
        foreach (var header in original?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        Headers.ContentLength = bytes.Length;
    }

    public bool Began { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Began = true;
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
