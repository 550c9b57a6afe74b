using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Configuration.Settings;

/// <summary>
/// The daily part: who changed a setting is kept as long as who decided on a comment. After that the log tells what was done and when, and of
/// settings that are about people it keeps no older text, and none that was taken back: who left the team years ago has no address here any more.
/// </summary>
public sealed class SettingNames(HubStorage storage, HubConfigurationSource configuration, TimeProvider time)
{
    private readonly TableClient _table = storage.Settings;

    /// <summary>Forgets what has served its time, by <see cref="RetentionConfiguration.AuditDays"/>.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        // Without a hub.json nobody knows the authority's days.
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is not null)
            return;
        var before = time.GetUtcNow() - TimeSpan.FromDays(hub.Value.Retention.AuditDays);
        var aboutPeople = SettingKind.All.Values.Where(kind => kind.IsAboutPeople).Select(kind => kind.Name).ToList();
        var logsAboutPeople = aboutPeople.ConvertAll(name => Keys.LogOf(name));
        var logs = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition} and RowKey ge 'l.' and RowKey lt 'l/' and At lt {before} and Who ne 'hub' and Who ne {LogRow.Forgotten}");
        await foreach (var row in _table.QueryAsync<TableEntity>(logs, cancellationToken: cancellationToken))
        {
            // The proof that a write was ours, what and when stay.
            row["Who"] = LogRow.Forgotten;
            row.Remove("WhoId");
            if (logsAboutPeople.Exists(log => string.CompareOrdinal(row.RowKey, log.From) >= 0 && string.CompareOrdinal(row.RowKey, log.Before) < 0))
                row.Remove("Json");
            await ReplaceAsync(row, cancellationToken);
        }

        var (from, to) = Keys.AllSettings;
        await foreach (var row in _table.QueryAsync<TableEntity>(DueWork.Range(Keys.SettingsPartition, from, to), cancellationToken: cancellationToken))
        {
            if (new SettingRow(row).Forget(before, aboutPeople.Exists(name => row.RowKey == Keys.Setting(name))))
                await ReplaceAsync(row, cancellationToken);
        }
    }

    private async Task ReplaceAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Another one now: the next day has its turn.
        }
    }
}
