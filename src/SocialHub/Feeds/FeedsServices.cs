using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Media;
using SocialHub.Moderation;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Composition of the room.</summary>
internal static class FeedsServices
{
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton<PostStore>().AddSingleton<ChoiceStore>().AddSingleton<PictureFetch>().AddSingleton<FeedReader>();
        services.TryAddSingleton<FetchPicture>(p => async (address, cancellationToken) =>
            await Get<HubHttp>(p).GetAsync(new FetchRequest(address, FetchLimits.Picture) { Accept = "image/avif,image/webp,image/png,image/jpeg,image/gif" }, cancellationToken) is { Succeeded: true, IsUnchanged: false } found ? found.Bytes : null);
        services.AddSingleton(p => new SnapshotRefresh(Get<HubStorage>(p), Get<HubConfigurationSource>(p), Get<SettingsStore>(p), Get<PostStore>(p), Get<ChoiceStore>(p), Get<ModerationEngine>(p), Get<TimeProvider>(p), Get<ILogger<SnapshotRefresh>>(p)));
        services.AddSingleton(p => new SourceRefresh(Get<HubConfigurationSource>(p), Get<PostStore>(p), Get<PictureFetch>(p), Get<ChoiceStore>(p), Get<SnapshotRefresh>(p), p.GetServices<IReadConnection>(), Get<TimeProvider>(p), Get<IOptions<HubOptions>>(p), Get<ILogger<SourceRefresh>>(p)));
        services.AddSingleton(p => new FeedDesk(Get<HubConfigurationSource>(p), Get<PostStore>(p), Get<ChoiceStore>(p), Get<SnapshotRefresh>(p), Get<TimeProvider>(p)));
        services.AddSingleton(p => new FeedTick(Get<HubConfigurationSource>(p), Get<HubStorage>(p), Get<PostStore>(p), Get<ChoiceStore>(p), Get<SnapshotRefresh>(p), Get<Hints>(p), Get<TimeProvider>(p), Get<IOptions<HubOptions>>(p)));
        services.AddSingleton(p => new FeedHealth(Get<HubConfigurationSource>(p), Get<HubStorage>(p), Get<PostStore>(p), Get<TimeProvider>(p), Get<IOptions<HubOptions>>(p)));
        services.AddSingleton(p => new Tick("feeds", Get<FeedTick>(p).RunAsync));
        services.AddSingleton(p => new DailyWork("feeds", Get<FeedTick>(p).ForgetAsync));
        services.AddSingleton(p => new MediaReferences("feeds", Get<PostStore>(p).MediaAsync));
        services.AddSingleton(p => new HealthPart("sources", Get<FeedHealth>(p).AskAsync));
        return services;
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
