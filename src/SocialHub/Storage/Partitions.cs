using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>The partitions of a table, one point query each: a step to the first row behind the last partition found.</summary>
internal static class Partitions
{
    public static async Task<List<string>> OfAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        for (var after = ""; ;)
        {
            string? next = null;
            await foreach (var page in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey gt {after}"), maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken).AsPages())
            {
                if (page.Values.Count == 0)
                    continue;
                next = page.Values[0].PartitionKey;
                break;
            }
            if (next is null)
                return found;
            found.Add(after = next);
        }
    }
}
