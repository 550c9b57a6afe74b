using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Media;
using SocialHub.Moderation;
using SocialHub.Operations;
using SocialHub.Publishing;
using SocialHub.Storage;

namespace SocialHub;

/// <summary>The whole composition; both runtimes and the tests call it.</summary>
public static class SocialHubBuilder
{
    /// <summary>Adds every capability of the hub.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Environment settings: section <c>SocialHub</c>, <c>AzureWebJobsStorage</c>, one secret per account.</param>
    public static IServiceCollection AddSocialHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HubOptions>().Bind(configuration.GetSection(HubOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(configuration);
        services.AddHubStorage(configuration);
        services.AddHubConfiguration(provider => provider.GetRequiredService<HubStorage>().Configuration);
        services.AddAccess();
        services.AddModeration();
        services.AddTeamSettings();
        services.AddOperations();
        // Here, for the room of the settings does not know the rounds.
        services.AddSingleton(provider => new DailyWork("settings", provider.GetRequiredService<SettingNames>().ForgetAsync));
        // Nobody has to look: what is told there was allowed, and may be meant.
        services.AddSingleton(provider => new HealthPart("settings", async cancellationToken => new HealthAnswer(IsHealthy: true, await provider.GetRequiredService<SettingsRemarks>().TellAsync(cancellationToken))));
        services.AddHubConnections();
        services.AddMedia();
        services.AddComments();
        services.AddFeeds();
        services.AddPublishing();
        return services;
    }
}
