using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// What is stored of a feed is what its posts and choices make now; another instance, started on the same storage, serves it under the same ETag;
/// its pictures are there.
/// </summary>
public sealed class SnapshotsAreFresh : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var blob = run.Blobs.GetBlobContainerClient("snapshots").GetBlobClient(FeedNotes.Feed);
        var kept = (await blob.DownloadContentAsync()).Value.Content.ToString();
        var served = await run.Citizen.GetAsync($"/api/v1/feeds/{FeedNotes.Feed}");
        Assert.Equal(run.Notes<FeedNotes>().Shown, served.Json().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
        foreach (var item in served.Json().GetProperty("items").EnumerateArray())
        {
            var picture = await run.Citizen.GetAsync(new Uri(item.GetProperty("image").GetString()!).AbsolutePath);
            Assert.Equal(HttpStatusCode.OK, picture.Status);
        }

        // Taken away, it is made from nothing else than the posts.
        await blob.DeleteAsync();
        await run.UntilAsync("the feed is built from its posts", async () =>
        {
            await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
            return await blob.ExistsAsync();
        });
        Assert.Equal(kept, (await blob.DownloadContentAsync()).Value.Content.ToString());

        await using var other = new HubProcess(run.Hubs[0].Settings);
        await other.StartAsync();
        using var visitor = new HubClient([other.Address]);
        foreach (var form in new[] { "", ".rss", ".html" })
        {
            var here = await run.Citizen.GetAsync($"/api/v1/feeds/{FeedNotes.Feed}{form}");
            var there = await visitor.GetAsync($"/api/v1/feeds/{FeedNotes.Feed}{form}");
            Assert.NotNull(here.ETag);
            Assert.Equal((here.Status, here.ETag, here.Body), (there.Status, there.ETag, there.Body));
        }
        await other.KillAsync();
    }
}
