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

    /// <summary>Accounts that need a person, and article feeds that cannot be read.</summary>
    public async Task<HealthAnswer> HealthAsync(CancellationToken cancellationToken)
    {
        var (accounts, feeds) = (await store.AccountsAsync(cancellationToken), await store.FeedsAsync(cancellationToken));
        return new HealthAnswer(
            accounts.All(account => account.Attention is null) && feeds.All(feed => feed.Failures < ManyFailures),
            new JsonObject
            {
                ["mode"] = gates.Mode.ToString(),
                ["accounts"] = new JsonObject(accounts.Select(account => KeyValuePair.Create(account.Key[2..], (JsonNode?)new JsonObject { ["lastSentAt"] = account.LastSentAt?.UtcDateTime, ["attention"] = account.Attention, ["restsUntil"] = account.RestUntil > time.GetUtcNow() ? account.RestUntil?.UtcDateTime : null }))),
                ["articleFeeds"] = new JsonArray([.. feeds.Select(feed => new JsonObject { ["address"] = feed.Entity.GetString("Address"), ["lookedAt"] = feed.LookedAt?.UtcDateTime, ["failures"] = feed.Failures, ["error"] = feed.Error })]),
            });
    }
}
