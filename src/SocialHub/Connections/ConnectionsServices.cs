using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using SocialHub.Configuration;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mail;
using SocialHub.Connections.Mastodon;
using SocialHub.Connections.Web;

namespace SocialHub.Connections;

/// <summary>Composition of the room.</summary>
public static class ConnectionsServices
{
    /// <summary>Adds outgoing HTTP and the connections of each network, by name.</summary>
    public static IServiceCollection AddHubConnections(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResolveName>(static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        services.AddSingleton<GuardedConnect>().AddSingleton<HubHttp>();
        services.AddSingleton<MailTransport>();
        AddClient(services, HubHttp.OpenClient);
        AddClient(services, HubHttp.AccountClient);
        services.AddSingleton<IReadConnection>(provider => new WebConnection(provider.GetRequiredService<HubHttp>(), () => Zone(provider.GetRequiredService<HubConfigurationSource>().Current)));
        services.AddSingleton<IReadConnection, MastodonReadConnection>();
        services.AddSingleton<BlueskyIdentity>().AddSingleton<IReadConnection, BlueskyReadConnection>();
        services.AddHostedService<ReadConnectionNames>();
        return services;
    }

    private static TimeZoneInfo Zone(HubConfiguration hub) => TimeZoneInfo.TryFindSystemTimeZoneById(hub.Authority.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private static void AddClient(IServiceCollection services, string name)
    {
        var client = services.AddHttpClient(name, c =>
        {
            c.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", HubHttp.UserAgent);
            c.Timeout = TimeSpan.FromSeconds(10);
            c.MaxResponseContentBufferSize = FetchLimits.Picture.Bytes;
        });
        // The factory's own log lines hold whole addresses.
        client.RemoveAllLoggers();
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = provider.GetRequiredService<GuardedConnect>().ConnectAsync,
            MaxResponseDrainSize = 65_536,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            // A proxy would resolve the name itself, past the guard.
            UseProxy = false,
        });
        client.AddResilienceHandler("reads", pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromMilliseconds(250),
            BackoffType = DelayBackoffType.Constant,
            UseJitter = true,
            // A server that says when to come back (429, 503) is asked then, by whoever planned the read.
            ShouldRetryAfterHeader = false,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Context.GetRequestMessage(), arguments.Outcome)),
        }));
    }

    private static bool IsWorthRepeating(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome)
    {
        if (request is null || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head))
            return false;
        if (outcome.Result is { } response)
            return response.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
        return outcome.Exception is HttpRequestException { InnerException: not RefusedAddressException, HttpRequestError: not HttpRequestError.NameResolutionError };
    }
}
