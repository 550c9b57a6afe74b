using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SocialHub.Configuration;

/// <summary>Composition of the room.</summary>
internal static class ConfigurationServices
{
    /// <param name="services">Where to.</param>
    /// <param name="container">The container <c>config</c>; handed in, so that the room of storage may itself use this one.</param>
    public static IServiceCollection AddHubConfiguration(this IServiceCollection services, Func<IServiceProvider, BlobContainerClient> container) =>
        services.AddSingleton(provider => new HubConfigurationSource(
            Document(provider, container),
            new BlobConfigurationDocument(container(provider), BlobConfigurationDocument.LastGoodName),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<HubOptions>>(),
            provider.GetRequiredService<ILogger<HubConfigurationSource>>()));

    private static ConfigurationDocument Document(IServiceProvider provider, Func<IServiceProvider, BlobContainerClient> container) =>
        provider.GetRequiredService<IOptions<HubOptions>>().Value.ConfigurationFile is { Length: > 0 } file
            ? new FileConfigurationDocument(file)
            : new BlobConfigurationDocument(container(provider), BlobConfigurationDocument.Name);
}
