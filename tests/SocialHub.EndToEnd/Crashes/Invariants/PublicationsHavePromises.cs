namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>Every publication that is not final has its due row, every due row its living owner, every account in flight a publication that is Sending.</summary>
public sealed class PublicationsHavePromises : Invariant
{
    private static readonly string[] Final = ["Published", "Failed", "Cancelled", "Expired"];

    public override async Task CheckAsync(CrashRun run)
    {
        var publications = await StoredRows.OfAsync(run, "Publishing", "p.");
        foreach (var publication in publications)
            Assert.Equal(Final.Contains(publication.GetString("State")), publication.GetString("DueKey") is null);
        Assert.Equal(
            publications.Select(p => p.GetString("DueKey")).OfType<string>().Order(StringComparer.Ordinal),
            (await StoredRows.OfAsync(run, "Publishing", "d.")).Select(d => d.RowKey).Order(StringComparer.Ordinal));
        var sending = publications.Where(p => p.GetString("State") == "Sending").Select(p => p.RowKey[2..]).ToHashSet(StringComparer.Ordinal);
        Assert.All(await StoredRows.OfAsync(run, "Publishing", "n."), account => Assert.True(account.GetString("InFlight") is not { } id || sending.Contains(id)));
    }
}
