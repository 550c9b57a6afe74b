using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>Looks past the hub, into the tables, for promises that are not kept yet.</summary>
internal static class DueRows
{
    private static readonly string[] Tables = ["Comments", "Publishing"];

    /// <summary>Keys of all rows that are due now.</summary>
    public static async Task<IReadOnlyList<string>> NowAsync(TableServiceClient storage)
    {
        var (from, before) = Keys.DueBy(TimeProvider.System.GetUtcNow());
        List<string> due = [];
        foreach (var table in Tables)
        {
            var range = storage.GetTableClient(table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {before}"));
            await foreach (var row in range)
                due.Add($"{table} {row.RowKey} (attempts {row.GetInt32("Attempts")}, sent {row.GetInt32("Sent")})");
        }
        return due;
    }
}
