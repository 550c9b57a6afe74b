namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>The log of each comment, thread and publication has no gap, and the owner's state and number are those of its last row.</summary>
public sealed class LogsAreWhole : Invariant
{
    private static readonly (string Table, string Owner)[] Owners = [("Comments", "c."), ("Comments", "t."), ("Publishing", "p.")];

    public override async Task CheckAsync(CrashRun run)
    {
        foreach (var (table, prefix) in Owners)
        {
            var logs = (await StoredRows.OfAsync(run, table, "l.")).ToLookup(l => l.RowKey.Split('.')[1], StringComparer.Ordinal);
            foreach (var owner in await StoredRows.OfAsync(run, table, prefix))
            {
                var log = logs[owner.RowKey[2..]].OrderBy(l => l.RowKey, StringComparer.Ordinal).ToList();
                Assert.True(log.Count > 0, $"{owner.RowKey} has no log");
                Assert.InRange(log[0].GetInt32("Seq") ?? 0, 0, 1);
                Assert.Equal(Enumerable.Range(log[0].GetInt32("Seq") ?? 0, log.Count), log.Select(l => l.GetInt32("Seq") ?? 0));
                Assert.Equal(owner.GetInt32("Seq") ?? 0, log[^1].GetInt32("Seq") ?? 0);
                Assert.Equal(log.Count, log.Select(l => l.GetString("WriteId")).Distinct(StringComparer.Ordinal).Count());
                if (owner.TryGetValue("State", out var state))
                    Assert.Equal(state, log[^1].GetString("State"));
            }
        }
    }
}
