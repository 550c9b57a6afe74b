using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;
using SocialHub.Media;
using SocialHub.Operations;

namespace SocialHub.Publishing;

/// <summary>Composition of the room, and of the connections that publish.</summary>
internal static class PublishingServices
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) => services
        .AddSingleton<BlueskySessions>()
        .AddSingleton<IPublishConnection, BlueskyPublishConnection>()
        .AddSingleton<IPublishConnection, MastodonPublishConnection>()
        .AddSingleton<PublishConnections>()
        .AddSingleton<ReadTeam>(provider => provider.GetRequiredService<SettingsStore>().ReadAsync)
        .AddSingleton<ReadArticleFeed>(provider => Web(provider.GetServices<IReadConnection>()))
        .AddSingleton<PublicationStore>()
        .AddSingleton(provider => new MediaReferences("publishing", provider.GetRequiredService<PublicationStore>().MediaAsync))
        .AddSingleton<PublishingGate>()
        .AddSingleton(provider => new SettingFollower("freeze", (team, cancellationToken) => provider.GetRequiredService<PublishingGate>().SyncAsync(team, cancellationToken)))
        .AddSingleton<Composing>()
        .AddSingleton<Pictures>()
        .AddSingleton<ChosenPictures>()
        .AddSingleton<ArticlePictures>()
        .AddSingleton<PublicationRemarks>()
        .AddSingleton<PublicationCards>()
        .AddSingleton<SendPreparation>()
        .AddSingleton<Sending>()
        .AddSingleton<Discovery>()
        .AddSingleton<Publications>()
        .AddSingleton<PublishingTick>()
        .AddSingleton(provider => new Tick("publishing", provider.GetRequiredService<PublishingTick>().RunAsync))
        .AddSingleton(provider => new DailyWork("publishing", provider.GetRequiredService<PublishingTick>().RetainAsync))
        .AddSingleton(provider => new DuePlaces(provider.GetRequiredService<PublicationStore>().Table, _ => Task.FromResult<IReadOnlyList<string>>([PublicationStore.Partition])))
        .AddSingleton(provider => new HealthPart("publishing", provider.GetRequiredService<PublishingTick>().HealthAsync))
        .AddSingleton(provider => new PublicationWork(provider.GetRequiredService<Sending>()))
        .AddHostedService<ConnectionCheck>();

    private static ReadArticleFeed Web(IEnumerable<IReadConnection> connections)
    {
        var web = connections.FirstOrDefault(connection => connection.Network == "web");
        return async (address, validators, cancellationToken) => web is null
            ? new ReadAnswer(ReadOutcome.Failed) { Error = "This hub has no connection that reads web feeds." }
            : await web.ReadAsync(new ReadRequest("articles-" + Storage.Keys.Hash(address, 12), new SourceConfiguration { Address = address }, null, validators), cancellationToken);
    }

    // Two connections of one name are found at the start, not at the first send.
    private sealed class ConnectionCheck(PublishConnections connections) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => connections.Networks.Any() ? Task.CompletedTask : throw new InvalidOperationException("No connection publishes anything.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
