using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SocialHub.Storage;

/// <summary>Composition of the storage mechanics.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddHubStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => HubStorage.Open(configuration))
        .AddSingleton<Hints>()
        .AddSingleton<DueWork>()
        .AddHostedService<StorageSetup>();

    /// <summary>Creates tables, queues and containers once, before anything else starts.</summary>
    private sealed class StorageSetup(HubStorage storage) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => storage.CreateAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
