using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SocialHub.Connections;

/// <summary>
/// Everything the hub asks of other servers. Reads are repeated once where that may help; a request that changes something leaves the process once.
/// Redirects are followed here, hop by hop, because a handler that follows them itself would hide the permanent ones.
/// </summary>
public sealed class HubHttp(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>Name of the client for addresses that people, feeds and pages give.</summary>
    public const string OpenClient = "hub-open";

    /// <summary>Name of the client for the servers of accounts.</summary>
    public const string AccountClient = "hub-accounts";

    /// <summary>How the hub names itself.</summary>
    public const string UserAgent = "Mozilla/5.0 (compatible; SocialHub/0.1)";

    private const string Unusable = "Only http and https addresses without a user name, whose host can be a name, are fetched.";

    /// <summary>Fetches one address. Throws only when the caller cancels.</summary>
    public Task<Fetched> GetAsync(Uri address, FetchLimits limits, CancellationToken cancellationToken) =>
        GetAsync(new FetchRequest(address, limits), cancellationToken);

    /// <inheritdoc cref="GetAsync(Uri, FetchLimits, CancellationToken)"/>
    public async Task<Fetched> GetAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(request.Limits.Within, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var address = request.Address;
        Uri? moved = null;
        var permanent = true;
        for (var hop = 0; ; hop++)
        {
            if (!WebAddresses.IsWeb(address))
                return new Fetched(address) { Failure = FetchFailure.RefusedAddress, Error = Unusable, MovedTo = moved, MayHaveArrived = false };
            using var message = Message(request, address);
            var answer = await SendAsync(message, request.IsAccount, request.Limits.Bytes, both.Token, cancellationToken) with { MovedTo = moved };
            if (answer.Status is not (301 or 302 or 303 or 307 or 308))
                return answer;
            if (hop == request.Limits.Redirects)
                return answer with { Failure = FetchFailure.Redirects, Error = $"{address.Host} redirects more than {request.Limits.Redirects} times." };
            if (answer.Headers.GetValueOrDefault("Location") is not { } location || !Uri.TryCreate(address, location, out var next))
                return answer with { Failure = FetchFailure.Redirects, Error = $"{address.Host} redirects without a usable address." };
            permanent = permanent && answer.Status is 301 or 308;
            address = next;
            if (permanent && WebAddresses.IsWeb(next))
                moved = next;
        }
    }

    /// <summary>
    /// Sends a request that may change something to an account's server: once, whatever happens, without following a redirect.
    /// <see cref="Fetched.MayHaveArrived"/> tells a connection that never opened from an unknown outcome. Throws only when the caller cancels.
    /// </summary>
    public async Task<Fetched> SendOnceAsync(HttpRequestMessage request, FetchLimits limits, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        if (!WebAddresses.IsWeb(address))
            return new Fetched(address) { Failure = FetchFailure.RefusedAddress, Error = Unusable, MayHaveArrived = false };
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var watched = new WatchedContent(body, request.Content);
        request.Content = watched;
        using var limit = new CancellationTokenSource(limits.Within, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var answer = await SendAsync(request, isAccount: true, limits.Bytes, both.Token, cancellationToken);
        return answer with { MayHaveArrived = watched.Began || answer.Status != 0 };
    }

    private static HttpRequestMessage Message(FetchRequest request, Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        Add("If-None-Match", request.IfNoneMatch);
        Add("If-Modified-Since", request.IfModifiedSince);
        Add("Accept", request.Accept ?? "*/*");
        if (request.Bearer is { } token && Uri.Compare(address, request.Address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return message;

        // Sent as they were received, odd ones too; a line break would begin another header.
        void Add(string name, string? value)
        {
            if (value is not null && !value.Any(char.IsControl))
                message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<Fetched> SendAsync(HttpRequestMessage message, bool isAccount, int largest, CancellationToken limited, CancellationToken callers)
    {
        var address = message.RequestUri!;
        var status = 0;
        IReadOnlyDictionary<string, string> headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var client = clients.CreateClient(isAccount ? AccountClient : OpenClient);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limited);
            status = (int)response.StatusCode;
            headers = HeadersOf(response);
            var (bytes, isWhole) = await ReadAsync(response.Content, largest, limited);
            var answer = new Fetched(address) { Status = status, Headers = headers, Bytes = bytes, RetryAfter = RetryAfter(response.Headers.RetryAfter) };
            if (!isWhole)
                return answer with { Failure = FetchFailure.TooLarge, Error = string.Create(CultureInfo.InvariantCulture, $"{address.Host} sent more than {largest} bytes.") };
            return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotModified
                ? answer
                : answer with { Failure = FetchFailure.Status, Error = string.Create(CultureInfo.InvariantCulture, $"{address.Host} answered {status}.") };
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            return Failed(FetchFailure.TimedOut, $"{address.Host} did not answer in time.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or SocketException or Polly.ExecutionRejectedException)
        {
            var (failure, words) = Kind(e);
            return Failed(failure, $"{address.Host} {words}");
        }

        Fetched Failed(FetchFailure failure, string error) => new(address) { Failure = failure, Error = error, Status = status, Headers = headers };
    }

    private static (FetchFailure Failure, string Words) Kind(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is RefusedAddressException)
                return (FetchFailure.RefusedAddress, "is not on the public internet.");
            if (e is AuthenticationException)
                return (FetchFailure.Tls, "has no valid certificate.");
        }
        return exception is not HttpRequestException http ? (FetchFailure.BrokenAnswer, "broke off its answer.") : http.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => (FetchFailure.UnknownHost, "is not a known host."),
            HttpRequestError.ConnectionError => (FetchFailure.Unreachable, "cannot be reached."),
            HttpRequestError.SecureConnectionError => (FetchFailure.Tls, "cannot be reached over TLS."),
            _ => (FetchFailure.BrokenAnswer, "broke off its answer."),
        };
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadAsync(HttpContent content, int largest, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var buffer = ArrayPool<byte>.Shared.Rent(65_536);
            try
            {
                while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    var fits = Math.Min(read, largest - (int)body.Length);
                    body.Write(buffer, 0, fits);
                    if (fits < read)
                        return (body.ToArray(), false);
                }
                return (body.ToArray(), true);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers[name] = values.ToString();
        return headers;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
