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

    /// <summary>Texts written by hand, of which each account must end with none: they were planned while publishing was off.</summary>
    public List<string> Silent { get; } = [];

    /// <summary>Texts written by hand whose time may be over before they are sent: at most one post on each account.</summary>
    public List<string> Urgent { get; } = [];

    /// <summary>Keys by which written texts are known again.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> IdempotencyKeys { get; } = [];

    /// <summary>Spans in which nothing may be sent, each from the answer that said so to the request that ended it; null: not ended.</summary>
    public List<(string Why, DateTimeOffset From, DateTimeOffset? Until)> Closed { get; } = [];

    /// <summary>Stores the feed and names it in hub.json; two old articles stand in it before any hub starts, for a look that found it empty would ask about them.</summary>
    public static void Configure(CrashRun run, HubFile file)
    {
        var feed = run.Lane.Site.Feed(run.Path("feed"), "Actualités");
        run.Notes<ArticleNotes>().Feed = feed;
        feed.PublishAll([.. Enumerable.Range(0, 2).Select(i => feed.Article(run.Path($"ancien{i}"), $"Ancien {i}", TimeProvider.System.GetUtcNow().AddHours(-3)))]);
        file["authority"]["publicAddress"] ??= "https://hub.saint-exemple.fr";
        ((System.Text.Json.Nodes.JsonObject)file["sites"][run.Site]!)["articleFeeds"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["address"] = feed.Address,
            ["accounts"] = new System.Text.Json.Nodes.JsonArray("bluesky", "mastodon"),
        });
    }

    /// <summary>True when of these, all publications of one thing, there is one for each account, and it is published: a state that stays.</summary>
    public static bool IsPostedOnBoth(IEnumerable<TableEntity> publications) =>
        publications.Select(p => (p.GetString("Account"), p.GetString("State"))).Order().SequenceEqual([("bluesky", "Published"), ("mastodon", "Published")]);

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
