using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialHub.EndToEnd.Crashes;
using SocialHub.EndToEnd.Faults;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Mastodon;
using SocialHub.Storage;

namespace SocialHub.Benchmarks;

/// <summary>How many storage transactions each thing costs, counted by a proxy between the hub and its storage. Looks into queues are told apart: they cost by the hour, whatever happens.</summary>
internal static partial class TransactionCount
{
    private const int Comments = 20;
    private const int Views = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    public static async Task RunAsync()
    {
        await using var proxy = await FaultProxy.StartAsync();
        await using var webhook = await WebhookDouble.StartAsync();
        await using var mastodon = await MastodonDouble.StartAsync();
        var user = mastodon.Instance.AddUser("mairie");
        await using var town = await Town.OpenAsync();
        var articles = town.Web.Feed("/actualites.rss", "Actualités");
        articles.Publish("/actualites/0", "Le premier article", TimeProvider.System.GetUtcNow().AddHours(-2));
        Configure(town, articles.Address, webhook, mastodon, user);
        await town.StartAsync(proxy.Storage(town.Azurite.ConnectionString));

        Machine.Describe("Storage transactions, counted by a proxy (looks into empty queues apart)", "transactions");
        Console.WriteLine("| what | each | of which |");
        Console.WriteLine("|---|---|---|");
        await town.GatherAsync();
        await SettledAsync(town);

        // Memory is fresh after the gathering's last view: wait until it is let go.
        await Task.Delay(TimeSpan.FromSeconds(16));
        await CountAsync(proxy, "first feed view after 15 s", 1, () => town.GetAsync(Town.FeedPath));
        await CountAsync(proxy, "cached feed view", Views, () => town.GetAsync(Town.FeedPath));

        var page = town.Web.Open("/article", "Un article");
        await CountAsync(proxy, "comment that opens a thread, until it is public", 1, () => PublishedAsync(town, page));
        await CountAsync(proxy, "comment, until it is public", Comments, () => PublishedAsync(town, page));
        await CountAsync(proxy, "comment that a rule holds, until its card is delivered", Comments, () => HeldAsync(town, page, webhook));
        await SettledAsync(town);
        await CountAsync(proxy, "first thread view of a version", 1, () => town.GetAsync(Town.ThreadPath(page)));
        await CountAsync(proxy, "thread view of a known version", Views, () => town.GetAsync(Town.ThreadPath(page)));

        await CountAsync(proxy, "tick without work", 5, town.TickAsync);
        var number = 0;
        await CountAsync(proxy, "article announced on one account (a tick included)", 3, () => AnnouncedAsync(town, articles, mastodon, ++number));

        await town.Hub.StopAsync(TimeSpan.FromSeconds(30));
        foreach (var setting in new[] { "TickSchedule", "DailySchedule", "Standalone__MaxPollingInterval" })
            town.Settings.Remove(setting);
        await town.StartAsync(proxy.Storage(town.Azurite.ConnectionString));
        await Task.Delay(Idle);
        await CountAsync(proxy, "idle minute of one standalone hub, looks into queues included", (int)Idle.TotalMinutes, Task.CompletedTask, () => Task.Delay(Idle), withPolls: true);
    }

    private static void Configure(Town town, string articleFeed, WebhookDouble webhook, MastodonDouble mastodon, MastodonUser user)
    {
        var site = town.HubJson["sites"]![Town.Site]!.AsObject();
        site["articleFeeds"] = new JsonArray(new JsonObject { ["address"] = articleFeed, ["accounts"] = new JsonArray("mastodon") });
        town.HubJson["accounts"] = new JsonObject { ["mastodon"] = new JsonObject { ["network"] = "mastodon", ["server"] = mastodon.Address.GetLeftPart(UriPartial.Authority), ["name"] = user.Name, ["secret"] = "MASTODON_TOKEN" } };
        town.HubJson["moderation"] = new JsonObject { ["webhooks"] = new JsonArray("TEAMS_WEBHOOK"), ["holdWords"] = new JsonArray("incinérateur") };
        town.Settings["SocialHub__Publishing"] = "on";
        town.Settings["MASTODON_TOKEN"] = user.Token;
        town.Settings["TEAMS_WEBHOOK"] = webhook.Address.ToString();
        town.Settings["SocialHub__AllowedPrivateOrigins"] = string.Join(';', new[] { town.Web.Address, webhook.Address, mastodon.Address }.Select(a => a.GetLeftPart(UriPartial.Authority)));
        // An article feed is looked at each second, so that a tick always finds it due.
        town.Settings["SocialHub__Times__Minute"] = "00:00:01";
    }

    private static async Task PublishedAsync(Town town, string page)
    {
        var id = await town.WriteAsync(page);
        // Past the proxy: looking must not count.
        var table = town.Tables.GetTableClient("Comments");
        await Town.UntilAsync("the comment is public", async () => (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(Town.Site, Keys.Comment(id))).Value.GetString("State") == "Published");
        await SettledAsync(town);
    }

    private static async Task HeldAsync(Town town, string page, WebhookDouble webhook)
    {
        var before = webhook.Received.Count;
        await town.WriteAsync(page, $"{town.Sentence(20)} incinérateur {town.Sentence(10)}");
        await Town.UntilAsync("the card is delivered", () => Task.FromResult(webhook.Received.Count > before));
        await SettledAsync(town);
    }

    private static async Task AnnouncedAsync(Town town, SocialHub.EndToEnd.Peers.Sites.SiteFeed articles, MastodonDouble mastodon, int number)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        var before = mastodon.Instance.Statuses.Count;
        articles.Publish($"/actualites/{number.ToString(CultureInfo.InvariantCulture)}", $"Article {number.ToString(CultureInfo.InvariantCulture)} {town.Sentence(4)}", TimeProvider.System.GetUtcNow());
        await town.TickAsync();
        await Town.UntilAsync("the article is announced", () => Task.FromResult(mastodon.Instance.Statuses.Count > before));
        await SettledAsync(town);
    }

    // Nothing is due, and the last message of what was done is off its queue.
    private static async Task SettledAsync(Town town)
    {
        await Town.UntilAsync("nothing is due", async () => (await DueRows.NowAsync(town.Tables)).Count == 0);
        await Task.Delay(700);
    }

    private static Task CountAsync(FaultProxy proxy, string what, int times, Func<Task> act) => CountAsync(proxy, what, times, Task.CompletedTask, async () =>
    {
        for (var i = 0; i < times; i++)
            await act();
    });

    private static async Task CountAsync(FaultProxy proxy, string what, int times, Task before, Func<Task> act, bool withPolls = false)
    {
        await before;
        var run = proxy.Begin();
        await act();
        var requests = run.Requests.Where(r => withPolls || !IsPoll(r)).ToList();
        var kinds = requests.GroupBy(Kind, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{Each(g.Count(), times)} {g.Key}");
        Console.WriteLine($"| {what} | **{Each(requests.Count, times)}** | {string.Join(", ", kinds)} |");
    }

    private static string Each(int count, int times) => Machine.Number((double)count / times, "0.##");

    private static bool IsPoll(ProxiedRequest request) => request.Service == "queues" && request.Method == "GET";

    private static string Kind(ProxiedRequest request)
    {
        // The first segment is the account.
        var path = request.Path.Split('/', 3) is { Length: 3 } parts ? parts[2] : request.Path;
        return request.Service switch
        {
            "queues" => request.Method switch
            {
                "GET" => "look into a queue",
                "POST" => $"message to {path.Split('/')[0]}",
                "DELETE" => "message done",
                _ => "message kept",
            },
            "tables" when path == "$batch" => "transaction",
            "tables" => $"{Verb(request.Method, path)} {Table().Match(path).Value}",
            _ => $"blob {request.Method} {path.Split('/')[0]}{(request.Query.Contains("comp=", StringComparison.Ordinal) ? " " + Component().Match(request.Query).Value : "")}",
        };
    }

    private static string Verb(string method, string path) => method switch
    {
        "GET" => path.EndsWith("()", StringComparison.Ordinal) ? "range of" : "row of",
        "POST" => "new row in",
        "DELETE" => "row gone from",
        _ => "change in",
    };

    [GeneratedRegex("^[A-Za-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Table();

    [GeneratedRegex("comp=[a-z]+", RegexOptions.None, 1000)]
    private static partial Regex Component();
}
