using System.Net;
using System.Text.Json;
using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// After a start, however often it was cut: every table, queue and container that the hub names is there and no other (but those of the runtime's own timers),
/// it says of each part that it is well, it runs on the hub.json that it was given and keeps that as the last good one, and nothing is written twice.
/// </summary>
public sealed class StartIsWhole : Invariant
{
    private static readonly string[] Tables = ["Comments", "Feeds", "Figures", "Limits", "Posts", "Publishing", "Settings"];
    private static readonly string[] Queues = ["comment-upkeep", "comment-verdict", "mail-send", "moderation-card", "publication-send", "source-refresh"];
    private static readonly string[] Containers = ["config", "erasures", "media", "snapshots"];

    public override async Task CheckAsync(CrashRun run)
    {
        Assert.Equal(Tables, (await ListAsync(run.Tables.QueryAsync(), table => table.Name)));
        Assert.Equal(Queues, (await ListAsync(run.Queues.GetQueuesAsync(), queue => queue.Name)).Where(name => !name.EndsWith("-poison", StringComparison.Ordinal)));
        Assert.Equal(Containers, (await ListAsync(run.Blobs.GetBlobContainersAsync(), container => container.Name)).Except(["azure-webjobs-hosts", "standalone-timers"]));

        HubAnswer? health = null;
        await run.UntilAsync("every part is well", async () => (health = await run.Administrator.GetAsync("/api/v1/health")).Json().GetProperty("status").GetString() == "up");
        Assert.Equal(HttpStatusCode.OK, health!.Status);
        var details = health.Json();
        Assert.Equal(("up", true, 0), (details.GetProperty("storage").GetString(), details.GetProperty("configuration").GetProperty("usable").GetBoolean(), details.GetProperty("configuration").GetProperty("errors").EnumerateArray().Count()));
        Assert.Empty(details.GetProperty("lastTick").GetProperty("failed").EnumerateArray());

        using var kept = JsonDocument.Parse((await run.Blobs.GetBlobContainerClient("config").GetBlobClient("hub.last-good.json").DownloadContentAsync()).Value.Content);
        using var given = JsonDocument.Parse(run.Hubs[0].Settings.Configuration);
        Assert.True(JsonElement.DeepEquals(given.RootElement, kept.RootElement), "The last good hub.json is not the one that runs.");

        Assert.Single(await StoredRows.AllAsync(run, "Settings"), row => row.PartitionKey == "operations");
        Assert.Single(await StoredRows.AllAsync(run, "Publishing"), row => row.RowKey == "g");
    }

    private static async Task<IReadOnlyList<string>> ListAsync<T>(IAsyncEnumerable<T> all, Func<T, string> name)
    {
        List<string> names = [];
        await foreach (var one in all)
            names.Add(name(one));
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
