using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Invariants.Folds;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// Whatever has a log (comments, threads, authors, articles, publications, the gate, settings) is the fold of it: no gap, each write once, each step one
/// that may follow, by somebody who may make it, and what the owner stores is what comes out at the end. No log is without its living owner.
/// </summary>
public sealed class LogsAreWhole : Invariant
{
    // Where its figures are read, each transition stands a second time by its moment.
    private static readonly string[] WithMoments = ["c.", "p."];

    private static readonly Dictionary<string, (string Prefix, Func<Fold> New)[]> Owners = new(StringComparer.Ordinal)
    {
        ["Comments"] = [("c.", () => new CommentFold()), ("t.", () => new ThreadFold()), ("a.", () => new AuthorFold()), ("g.", () => new DigestFold())],
        ["Publishing"] = [("p.", () => new PublicationFold()), ("a.", () => new ArticleFold()), ("", () => new GateFold())],
        ["Settings"] = [("s.", () => new SettingFold())],
    };

    public override async Task CheckAsync(CrashRun run)
    {
        foreach (var (table, kinds) in Owners)
        {
            var rows = await StoredRows.AllAsync(run, table);
            var byKey = rows.ToDictionary(row => (row.PartitionKey, row.RowKey));
            var logs = rows.Where(row => row.RowKey.StartsWith("l.", StringComparison.Ordinal)).GroupBy(row => (row.PartitionKey, Owner: Owner(row))).ToDictionary(group => group.Key, group => group.OrderBy(row => row.RowKey, StringComparer.Ordinal).ToList());
            foreach (var ((partition, id), log) in logs)
            {
                // Of a setting that nobody of the team has written, the newest default.
                TableEntity? OwnerOf(string prefix) => byKey.GetValueOrDefault((partition, prefix + id)) ?? (table == "Settings" ? rows.Where(row => row.RowKey.StartsWith($"{prefix}{id}.", StringComparison.Ordinal)).MaxBy(row => Fold.Number(row, "Version")) : null);
                var kind = kinds.SingleOrDefault(kind => OwnerOf(kind.Prefix) is not null);
                Assert.True(kind.New is not null, $"Nobody owns the log of {id} in {table}.");
                var owner = OwnerOf(kind.Prefix)!;
                IsFold(owner, log, kind.New());
                if (WithMoments.Contains(kind.Prefix))
                    Assert.Equal(log.Select(row => row.RowKey[2..]), rows.Where(row => row.PartitionKey == partition && row.RowKey.StartsWith("m.", StringComparison.Ordinal) && row.RowKey.Contains($".{id}.", StringComparison.Ordinal)).Select(row => row.RowKey.Split('.', 3)[2]).Order(StringComparer.Ordinal));
            }

            foreach (var owner in rows.Where(row => kinds.Any(kind => kind.Prefix.Length > 0 ? row.RowKey.StartsWith(kind.Prefix, StringComparison.Ordinal) && row.RowKey.Split('.').Length == 2 : row.RowKey == "g")))
            {
                // An author has none before the wish to be erased, a digest none before it is sent.
                var seq = Fold.Number(owner, table == "Settings" ? "Version" : "Seq");
                var isAuthor = table == "Comments" && owner.RowKey.StartsWith("a.", StringComparison.Ordinal);
                Assert.True(logs.ContainsKey((owner.PartitionKey, owner.RowKey == "g" ? "g" : owner.RowKey[2..])) || (isAuthor && seq == 0) || (owner.RowKey == "g.digest" && seq == -1), $"{owner.RowKey} in {table} has no log.");
            }
        }
    }

    private static void IsFold(TableEntity owner, List<TableEntity> log, Fold fold)
    {
        Assert.Equal(Enumerable.Range(fold.First, log.Count), log.Select(row => Fold.Number(row, "Seq")));
        Assert.Equal(log.Select(row => Fold.Number(row, "Seq")), log.Select(row => int.Parse(row.RowKey.Split('.')[2], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(log, row => Assert.False(string.IsNullOrEmpty(row.GetString("WriteId"))));
        Assert.Equal(log.Count, log.Select(row => row.GetString("WriteId")).Distinct(StringComparer.Ordinal).Count());
        foreach (var row in log)
        {
            if (fold.Take(row) is { } wrong)
                Assert.Fail($"{row.RowKey}, {row.GetString("What")} by {row.GetString("Who")}: {wrong}. The log: {string.Join(", ", log.Select(one => $"{one.GetString("What")} ({one.GetString("Who")}) -> {one.GetString("State")}"))}");
        }

        fold.Matches(owner);
    }

    private static string Owner(TableEntity log) => log.RowKey.Split('.')[1];
}
