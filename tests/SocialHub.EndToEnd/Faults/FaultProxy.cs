using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace SocialHub.EndToEnd.Faults;

/// <summary>One request that passed, for those who count; its status is 0 where no answer came.</summary>
public sealed record ProxiedRequest(string Service, string Method, string Path, string Query, int Status)
{
    /// <summary>When it was passed on.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The sender had hung up by then: it was on its way for longer than it was waited for.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The body that was sent to anything but storage; else empty.</summary>
    public string Sent { get; init; } = "";

    /// <summary>Its Idempotency-Key; null: none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What a call for a session was answered, tokens and all; else empty.</summary>
    public string Session { get; init; } = "";
}

/// <summary>
/// Stands between the hub and everything that it talks to, one port of 127.0.0.1 for each service. It changes nothing but the target,
/// so signatures hold; it names each request that changes something, and lets one of them go wrong.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["tables", "queues", "blobs", "pds", "mastodon", "webhook", "site"];

    private static readonly string[] OfStorage = ["tables", "queues", "blobs"];

    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Proxy-Connection", "Expect", "Host" };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 200,
    });

    private readonly WebApplication _application;
    private readonly Dictionary<int, string> _services = [];
    private readonly ConcurrentDictionary<string, Uri> _targets = new(StringComparer.Ordinal);
    private FaultRun _run = new();

    private FaultProxy(WebApplication application) => _application = application;

    /// <summary>Where the hub finds each service.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses { get; private set; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>What happened since <see cref="Begin"/>.</summary>
    public FaultRun Run => Volatile.Read(ref _run);

    public static async Task<FaultProxy> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            foreach (var _ in Services)
                options.Listen(IPAddress.Loopback, 0);
        });
        var application = builder.Build();
        var proxy = new FaultProxy(application);
        application.Run(proxy.PassAsync);
        await application.StartAsync();
        proxy.Addresses = Services.Zip(application.Urls, (service, url) => (service, url)).ToDictionary(p => p.service, p => new Uri(p.url), StringComparer.Ordinal);
        foreach (var (service, address) in proxy.Addresses)
            proxy._services[address.Port] = service;
        return proxy;
    }

    /// <summary>Says what stands behind one of the addresses.</summary>
    public void Forward(string service, Uri target) => _targets[service] = target;

    /// <summary>A storage connection string with the proxy's addresses in place of its own, which are then what stands behind them.</summary>
    public string Storage(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToList();
        foreach (var part in parts)
        {
            var service = part[0] switch { "TableEndpoint" => "tables", "QueueEndpoint" => "queues", "BlobEndpoint" => "blobs", _ => null };
            if (service is null)
                continue;
            var endpoint = new Uri(part[1]);
            Forward(service, endpoint);
            part[1] = Addresses[service].GetLeftPart(UriPartial.Authority) + endpoint.AbsolutePath;
        }
        return string.Join(';', parts.Select(p => $"{p[0]}={p[1]}"));
    }

    /// <summary>Forgets what passed and what was armed; a new run begins.</summary>
    public FaultRun Begin()
    {
        var run = new FaultRun();
        Volatile.Write(ref _run, run);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var run = Run;
        var service = _services[context.Connection.LocalPort];
        var request = context.Request;
        using var received = new MemoryStream();
        await request.Body.CopyToAsync(received, context.RequestAborted);
        var body = received.ToArray();

        var raw = new Uri("http://x" + context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        var name = NameOf(service, request.Method, raw, body, request.Headers.IfMatch);
        var fault = run.Take(name);
        if (fault is { Kind: Fault.KillBefore })
        {
            await fault.FireAsync();
            run.Missed(name);
            context.Abort();
            return;
        }

        await run.WaitAtGateAsync(service);
        var (at, isGivenUp) = (TimeProvider.System.GetUtcNow(), context.RequestAborted.IsCancellationRequested);
        using var forwarded = Copy(request, new Uri(_targets[service].GetLeftPart(UriPartial.Authority) + raw.PathAndQuery), body);
        // What changes something is carried to its end even when the hub is gone: so does a real network.
        var stop = name is null ? context.RequestAborted : CancellationToken.None;
        HttpResponseMessage answer;
        try
        {
            answer = await _client.SendAsync(forwarded, stop);
        }
        catch (HttpRequestException)
        {
            // Nobody listens behind it, or it was done and not answered: the hub sees a broken connection.
            run.Unanswered(Seen(0, []));
            run.Missed(name);
            context.Abort();
            return;
        }
        using var answered = answer;
        var content = await answer.Content.ReadAsByteArrayAsync(stop);
        run.Passed(name, Seen((int)answer.StatusCode, content), Succeeded(answer, content));
        if (fault is not null)
        {
            await fault.FireAsync();
            context.Abort();
            return;
        }
        await AnswerAsync(context, answer, content);

        ProxiedRequest Seen(int status, byte[] answered) => new(service, request.Method, raw.AbsolutePath, raw.Query, status)
        {
            At = at,
            IsGivenUp = isGivenUp,
            Sent = OfStorage.Contains(service) ? "" : System.Text.Encoding.UTF8.GetString(body),
            IdempotencyKey = request.Headers["Idempotency-Key"].FirstOrDefault(),
            Session = service == "pds" && raw.AbsolutePath.EndsWith("Session", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetString(answered) : "",
        };
    }

    private static RequestName? NameOf(string service, string method, Uri raw, byte[] body, StringValues ifMatch) => service switch
    {
        "tables" => TableNames.Of(method, raw.AbsolutePath, body, ifMatch.Count > 0),
        "queues" => QueueNames.Of(method, raw.AbsolutePath, raw.Query),
        "blobs" => BlobNames.Of(method, raw.AbsolutePath, raw.Query),
        _ => NetworkNames.Of(service, method, raw.AbsolutePath),
    };

    // A transaction's answer is 202 even where it failed.
    private static bool Succeeded(HttpResponseMessage answer, byte[] content) =>
        answer.IsSuccessStatusCode && (answer.Content.Headers.ContentType?.MediaType != "multipart/mixed" || BatchBody.Succeeded(System.Text.Encoding.UTF8.GetString(content)));

    private static HttpRequestMessage Copy(HttpRequest request, Uri target, byte[] body)
    {
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), target) { Version = HttpVersion.Version11 };
        if (body.Length > 0 || request.ContentLength is 0 || request.Headers.ContentType.Count > 0)
            copy.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers)
        {
            if (!NotForwarded.Contains(name) && !copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                copy.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        copy.Headers.Host = request.Host.Value;
        return copy;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] content)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!NotForwarded.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }
        if (content.Length > 0)
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
