using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What publishing does each minute: the gate, hints for what is due, and a look at the article feeds.</summary>
public sealed class PublishingTick(PublicationStore store, PublishingGate gates, HubConfigurationSource configuration, ReadTeam readTeam, Discovery discovery, DueWork dueWork, TimeProvider time)
{
    // A feed that fails this often in a row is somebody's business.
    private const int ManyFailures = 3;

    /// <summary>How long what ended without being posted is told of: a holiday's week.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // No hints either, which nobody would follow: each would only make the next one wait longer.
        if ((await configuration.UsableAsync(cancellationToken)).Problem is not null)
            return;
        var team = await readTeam(cancellationToken);
        var gate = await gates.SyncAsync(team, cancellationToken);
        await dueWork.HintDueAsync(store.Table, PublicationStore.Partition, cancellationToken);
        await discovery.TickAsync(team, gate, cancellationToken);
    }

    /// <summary>Deletes what is kept for a day only: the replays of hand-written texts.</summary>
    public async Task RetainAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var entity in store.Table.QueryAsync<TableEntity>(DueWork.Range(PublicationStore.Partition, "i.", "i/"), select: ["PartitionKey", "RowKey", "Expires"], cancellationToken: cancellationToken))
        {
            if (entity.GetDateTimeOffset("Expires") < now)
                await store.Table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>
    /// Accounts that need a person, and article feeds that cannot be read, of the hub.json that runs; and how many publications ended without being posted in the last
    /// <see cref="Lately"/>, which makes nothing unhealthy: it is over, and may be what the team wanted.
    /// </summary>
    public async Task<HealthAnswer> HealthAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken);
        var named = hub.AllArticleFeeds().Select(feed => Keys.ArticleFeed(feed.Address)).ToHashSet(StringComparer.Ordinal);
        var now = time.GetUtcNow();
        // What has left a removed account may be there all the same: until that is known, somebody has to look.
        var accounts = (await store.AccountsAsync(cancellationToken)).Where(account => hub.Accounts.ContainsKey(account.Id) || account.InFlight is not null).ToList();
        var feeds = (await store.FeedsAsync(cancellationToken)).Where(feed => named.Contains(feed.Key)).ToList();
        var unannounced = await store.UnannouncedAsync(now - Lately, cancellationToken);
        return new HealthAnswer(
            accounts.TrueForAll(account => account.Attention is null) && feeds.TrueForAll(feed => feed.Failures < ManyFailures && !feed.IsGone),
            new JsonObject
            {
                ["mode"] = gates.Word,
                ["accounts"] = new JsonObject(accounts.Select(account => KeyValuePair.Create(account.Id, (JsonNode?)new JsonObject { ["lastSentAt"] = account.LastSentAt?.UtcDateTime, ["attention"] = account.Attention, ["restsUntil"] = account.RestUntil > now ? account.RestUntil?.UtcDateTime : null }))),
                ["articleFeeds"] = new JsonArray([.. feeds.Select(feed => new JsonObject { ["address"] = feed.Entity.GetString("Address"), ["lookedAt"] = feed.LookedAt?.UtcDateTime, ["emptySince"] = feed.EmptySince?.UtcDateTime, ["failures"] = feed.Failures, ["error"] = feed.Error, ["movedTo"] = feed.MovedTo })]),
                ["unannounced"] = new JsonObject(unannounced.GroupBy(word => word, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count()))),
            });
    }
}
