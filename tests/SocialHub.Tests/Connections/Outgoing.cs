using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Configuration;
using SocialHub.Connections;

namespace SocialHub.Tests.Connections;

/// <summary>The hub's outgoing HTTP with the exceptions and the names of one test.</summary>
internal sealed class Outgoing : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="allowed">Origins that may be private.</param>
    /// <param name="names">Name -> addresses; all others are unknown, numbers are themselves.</param>
    /// <param name="more">Further services.</param>
    public Outgoing(string allowed = "", IReadOnlyDictionary<string, string>? names = null, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<HubOptions>().Configure(o => o.AllowedPrivateOrigins = allowed);
        services.AddSingleton<ResolveName>((host, _) => Task.FromResult(
            IPAddress.TryParse(host, out var number) ? [number]
            : names?.GetValueOrDefault(host) is { } list ? Array.ConvertAll(list.Split(' '), IPAddress.Parse)
            : Array.Empty<IPAddress>()));
        services.AddHubConnections();
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public HubHttp Http => _services.GetRequiredService<HubHttp>();

    public IServiceProvider Services => _services;

    public Task<Fetched> GetAsync(string address, FetchLimits? limits = null) =>
        Http.GetAsync(new Uri(address), limits ?? FetchLimits.Feed, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
