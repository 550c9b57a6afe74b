using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Rows as storage holds them, read past the hub and without its classes.</summary>
internal static class StoredRows
{
    public static async Task<IReadOnlyList<TableEntity>> OfAsync(CrashRun run, string table, string prefix, string? partition = null)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey ge {prefix} and RowKey lt {prefix[..^1] + (char)(prefix[^1] + 1)}");
        if (partition is not null)
            filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}") + " and " + filter;
        List<TableEntity> rows = [];
        await foreach (var row in run.Tables.GetTableClient(table).QueryAsync<TableEntity>(filter))
            rows.Add(row);
        return rows;
    }

    /// <summary>A whole table.</summary>
    public static async Task<IReadOnlyList<TableEntity>> AllAsync(CrashRun run, string table)
    {
        List<TableEntity> rows = [];
        await foreach (var row in run.Tables.GetTableClient(table).QueryAsync<TableEntity>())
            rows.Add(row);
        return rows;
    }

    public static Task<IReadOnlyList<TableEntity>> CommentsAsync(CrashRun run) => OfAsync(run, "Comments", "c.", run.Site);
}
