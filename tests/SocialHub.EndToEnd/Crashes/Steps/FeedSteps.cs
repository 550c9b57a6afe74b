using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkiaSharp;
using SocialHub.EndToEnd.Peers.Sites;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What the steps about feeds remember: the posts of the source, and what an editor chose.</summary>
public sealed class FeedNotes
{
    /// <summary>The name of the feed in hub.json.</summary>
    public const string Feed = "accueil";

    /// <summary>The run's own source.</summary>
    public SiteFeed? Source { get; set; }

    /// <summary>Titles of the posts that the source has, oldest first.</summary>
    public List<string> Posts { get; } = [];

    /// <summary>Titles of those that an editor hid.</summary>
    public HashSet<string> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>The title of the one that an editor pinned.</summary>
    public string? Pinned { get; set; }

    /// <summary>Keys of posts by their titles, as visitors saw them.</summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>What a visitor must see, in order.</summary>
    public IReadOnlyList<string> Shown => [.. Posts.Where(title => !Hidden.Contains(title)).Reverse().OrderByDescending(title => title == Pinned)];

    /// <summary>Stores the source and names it in hub.json.</summary>
    public static void Configure(CrashRun run, HubFile file)
    {
        var source = run.Notes<FeedNotes>().Source = run.Lane.Site.Feed(run.Path("source"), "Actualités");
        file["sources"]["site"] = new JsonObject { ["address"] = source.Address, ["everyMinutes"] = 5 };
        file["feeds"][Feed] = new JsonObject { ["title"] = "La ville", ["sources"] = new JsonArray("site") };
    }

    /// <summary>The feed as a visitor gets it.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ItemsAsync(CrashRun run)
    {
        var answer = await run.Citizen.GetAsync($"/api/v1/feeds/{Feed}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Json().GetProperty("items").EnumerateArray()];
    }

    /// <summary>An editor's choice about a post that visitors have seen.</summary>
    public static async Task ChooseAsync(CrashRun run, string title, object choice)
    {
        var answer = await run.Administrator.SendAsync(HttpMethod.Put, $"/api/v1/feeds/{Feed}/posts/{run.Notes<FeedNotes>().Keys[title]}", choice);
        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Ok ? "" : answer.Body));
    }

    /// <summary>Lets the clock tick until a visitor sees what is to be seen.</summary>
    public static Task UntilShownAsync(CrashRun run) => run.UntilAsync($"the feed shows: {string.Join(", ", run.Notes<FeedNotes>().Shown)}", async () =>
    {
        var notes = run.Notes<FeedNotes>();
        await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
        var items = await ItemsAsync(run);
        if (items.Select(item => item.GetProperty("title").GetString()).SequenceEqual(notes.Shown) && items.All(item => item.TryGetProperty("image", out _)))
        {
            foreach (var item in items)
                notes.Keys[item.GetProperty("title").GetString()!] = item.GetProperty("id").GetString()!;
            return true;
        }
        await Task.Delay(200);
        return false;
    });
}

/// <summary>The source has new posts, each with a picture of its own; the feed shows them.</summary>
public sealed class RefreshSource(params string[] titles) : CrashStep
{
    public override string Name => $"refresh with {string.Join(", ", titles)}";

    public override Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<FeedNotes>();
        List<SiteItem> articles = [];
        foreach (var title in titles)
        {
            var number = notes.Posts.Count;
            notes.Posts.Add(title);
            var picture = run.Lane.Site.Picture(run.Path($"image{number.ToString(CultureInfo.InvariantCulture)}.png"), Picture(number));
            articles.Add(notes.Source!.Article(run.Path($"actu{number.ToString(CultureInfo.InvariantCulture)}"), title, TimeProvider.System.GetUtcNow().AddMinutes(number - 100), picture: picture));
        }

        // In one go: how many of them one reading finds is then not the clock's doing.
        notes.Source!.PublishAll(articles);
        return FeedNotes.UntilShownAsync(run);
    }

    private static byte[] Picture(int number)
    {
        using var bitmap = new SKBitmap(64 + number, 48);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}

/// <summary>An editor hides a post, or shows it again.</summary>
public sealed class HidePost(string title, bool hidden = true) : CrashStep
{
    public override string Name => $"{(hidden ? "hide" : "show")} {title}";

    public override async Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<FeedNotes>();
        await FeedNotes.ChooseAsync(run, title, new { hidden });
        _ = hidden ? notes.Hidden.Add(title) : notes.Hidden.Remove(title);
        await FeedNotes.UntilShownAsync(run);
    }
}

/// <summary>An editor puts a post first.</summary>
public sealed class PinPost(string title) : CrashStep
{
    public override string Name => $"pin {title}";

    public override async Task RunAsync(CrashRun run)
    {
        await FeedNotes.ChooseAsync(run, title, new { pinned = true });
        run.Notes<FeedNotes>().Pinned = title;
        await FeedNotes.UntilShownAsync(run);
    }
}
