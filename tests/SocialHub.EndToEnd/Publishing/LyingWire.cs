using System.Net;

namespace SocialHub.EndToEnd.Publishing;

/// <summary>What happens to one changing request on its way to a real server.</summary>
internal enum WireFate
{
    Arrives,

    /// <summary>It arrives and is answered; the answer is lost.</summary>
    AnswerLost,

    /// <summary>Its bytes left, and nobody got them.</summary>
    RequestLost,

    /// <summary>The server says that the access token has ended.</summary>
    TokenEnded,

    /// <summary>An answer of a proxy in between, which says nothing of what the server did.</summary>
    DoneAnd502,
}

/// <summary>The wire between the hub and the networks: it lies about requests to one path, and counts those that left.</summary>
internal sealed class LyingWire
{
    public Queue<WireFate> Fates { get; } = new();

    /// <summary>The end of the path that is lied about.</summary>
    public string Path { get; set; } = "putRecord";

    /// <summary>Paths of the changing requests that left.</summary>
    public List<string> Left { get; } = [];

    public async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> next, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
            return await next(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        lock (Left)
            Left.Add(path);
        var fate = path.EndsWith(Path, StringComparison.Ordinal) && Fates.TryDequeue(out var told) ? told : WireFate.Arrives;
        switch (fate)
        {
            case WireFate.RequestLost:
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case WireFate.TokenEnded:
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":"ExpiredToken","message":"Token has expired"}"""), RequestMessage = request };
        }

        var answer = await next(request, cancellationToken);
        if (fate is not (WireFate.AnswerLost or WireFate.DoneAnd502))
            return answer;
        answer.Dispose();
        return fate == WireFate.AnswerLost
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
            : new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>502</html>"), RequestMessage = request };
    }
}
