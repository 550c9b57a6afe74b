using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Peers.Sites;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What the steps about publications remember, and how they see what the hub did.</summary>
public sealed class ArticleNotes
{
    /// <summary>The run's own article feed; its address is in hub.json.</summary>
    public SiteFeed? Feed { get; set; }

    /// <summary>Titles of articles that must end as one post on each account.</summary>
    public List<string> Announced { get; } = [];

    /// <summary>Title and account of the publications that a person agreed to, out of those that awaited it.</summary>
    public List<(string Title, string Account)> Approved { get; } = [];

    /// <summary>Title and account of the publications that a person called off.</summary>
    public List<(string Title, string Account)> CalledOff { get; } = [];

    /// <summary>Texts written by hand, which must end as one post on each account.</summary>
    public List<string> Written { get; } = [];

    /// <summary>Stores the feed and names it in hub.json.</summary>
    public static void Configure(CrashRun run, HubFile file)
    {
        var feed = run.Lane.Site.Feed(run.Path("feed"), "Actualités");
        run.Notes<ArticleNotes>().Feed = feed;
        file["authority"]["publicAddress"] ??= "https://hub.saint-exemple.fr";
        ((System.Text.Json.Nodes.JsonObject)file["sites"][run.Site]!)["articleFeeds"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["address"] = feed.Address,
            ["accounts"] = new System.Text.Json.Nodes.JsonArray("bluesky", "mastodon"),
        });
    }

    /// <summary>Lets the clock tick until a condition holds for the stored publications.</summary>
    public static Task UntilAsync(CrashRun run, string what, Func<IReadOnlyList<TableEntity>, bool> condition) => run.UntilAsync(what, async () =>
    {
        await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
        if (condition(await StoredRows.OfAsync(run, "Publishing", "p.")))
            return true;
        await Task.Delay(300);
        return false;
    });

    /// <summary>A person's act on a publication, from what they see now; done already counts.</summary>
    public static async Task ActAsync(CrashRun run, string id, string act)
    {
        var seen = await run.Administrator.GetAsync($"/api/v1/publications/{id}");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        var answer = await run.Administrator.PostAsync($"/api/v1/publications/{id}/{act}", new { }, ("If-Match", $"\"{seen.Json().GetProperty("etag").GetString()}\""));
        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Ok ? "" : answer.Body));
    }
}
