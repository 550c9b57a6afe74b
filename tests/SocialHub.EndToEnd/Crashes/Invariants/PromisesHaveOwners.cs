using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Every due and queue row is one that its living owner names, every row that an owner names is there, and what is not final has a due row.</summary>
public sealed class PromisesHaveOwners : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var comments = await StoredRows.CommentsAsync(run);
        var owned = comments.SelectMany(Owned).ToHashSet(StringComparer.Ordinal);
        foreach (var owner in (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).Concat(await StoredRows.OfAsync(run, "Comments", "a.", run.Site)))
        {
            if (owner.GetString("DueKey") is { } due)
                owned.Add(due);
        }
        var rows = (await StoredRows.OfAsync(run, "Comments", "d.", run.Site)).Concat(await StoredRows.OfAsync(run, "Comments", "q.", run.Site)).Select(r => r.RowKey);
        Assert.Equal(owned.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        foreach (var comment in comments.Where(c => c.GetString("State") is "Received" or "Held"))
            Assert.Contains(Owned(comment), key => key.StartsWith("d.", StringComparison.Ordinal));
        foreach (var changed in comments.Where(c => c.GetString("ProposalState") is "Received" or "Held"))
            Assert.Contains(Owned(changed), key => key.StartsWith("d.", StringComparison.Ordinal) && key.EndsWith(".proposal", StringComparison.Ordinal));
        foreach (var reported in comments.Where(c => c.GetInt32("Reports") > 0))
            Assert.Contains(Owned(reported), key => key.StartsWith("q.", StringComparison.Ordinal) && key.EndsWith(".report", StringComparison.Ordinal));
        foreach (var held in comments.Where(c => c.GetString("State") is "Held"))
            Assert.Contains(Owned(held), key => key.StartsWith("q.", StringComparison.Ordinal));
    }

    private static string[] Owned(TableEntity comment) => comment.GetString("Owned")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
