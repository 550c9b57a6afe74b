using System.Net;
using SkiaSharp;
using SocialHub.EndToEnd.Crashes.Invariants;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The site had articles before the hub came (<see cref="ArticleNotes.Configure"/>); they are seen and nothing is said of them.</summary>
public sealed class LookFirst : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        await run.UntilAsync("the first look is done", async () =>
        {
            await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
            await Task.Delay(300);
            return (await StoredRows.OfAsync(run, "Publishing", "f.")).Any(f => f.GetBoolean("FirstLookDone") is true);
        });
    }
}

/// <summary>A new article with a picture; it is announced on both networks.</summary>
public sealed class AnnounceArticle(string title) : CrashStep
{
    public override string Name => $"announce \"{title}\"";

    public override async Task RunAsync(CrashRun run)
    {
        Publish(run);
        await ArticleNotes.UntilAsync(run, $"\"{title}\" is announced", rows => ArticleNotes.IsPostedOnBoth(rows.Where(p => p.GetString("Title") == title)));
    }

    /// <summary>What the site does; the hub has yet to see it.</summary>
    internal void Publish(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        var path = title.Replace(' ', '-');
        var picture = run.Lane.Site.Picture(run.Path(path + ".png"), Picture());
        notes.Announced.Add(title);
        notes.Feed!.Publish(run.Path(path), title, TimeProvider.System.GetUtcNow(), picture: picture);
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(640, 320);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}

/// <summary>Four articles at once: a person is asked by one card, agrees to one publication and calls another off.</summary>
public sealed class AnswerBurst : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        // In one go: a look that came between them would find fewer than a burst is, and announce those.
        notes.Feed!.PublishAll([.. Enumerable.Range(0, 4).Select(i => notes.Feed.Article(run.Path($"rafale{i}"), $"Rafale {i}", TimeProvider.System.GetUtcNow().AddMinutes(-i)))]);
        IReadOnlyList<Azure.Data.Tables.TableEntity> waiting = [];
        await ArticleNotes.UntilAsync(run, "the burst waits for an approval", rows =>
        {
            waiting = [.. rows.Where(p => p.GetString("Title")?.StartsWith("Rafale", StringComparison.Ordinal) is true)];
            return waiting.Count == 8 && run.Cards.Any(c => c.Contains("Rafale", StringComparison.Ordinal));
        });
        var agreed = waiting.Single(p => p.GetString("Title") == "Rafale 0" && p.GetString("Account") == "mastodon");
        notes.Approved.Add(("Rafale 0", "mastodon"));
        await ArticleNotes.ActAsync(run, agreed.RowKey[2..], "approve");
        notes.CalledOff.Add(("Rafale 1", "bluesky"));
        await ArticleNotes.ActAsync(run, waiting.Single(p => p.GetString("Title") == "Rafale 1" && p.GetString("Account") == "bluesky").RowKey[2..], "cancel");
        await ArticleNotes.UntilAsync(run, "what was agreed to is announced", rows => rows.Single(p => p.RowKey == agreed.RowKey).GetString("State") == "Published");
    }
}

/// <summary>A text written by hand for both networks.</summary>
public sealed class WriteByHand(string text) : CrashStep
{
    public override string Name => $"write \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        run.Notes<ArticleNotes>().Written.Add(text);
        await WriteAsync(run, text);
        await ArticleNotes.UntilAsync(run, $"\"{text}\" is posted", rows => ArticleNotes.IsPostedOnBoth(rows.Where(p => p.GetString("Body") == text)));
    }

    /// <summary>Plans a text on both accounts, to be sent until hub.json says.</summary>
    internal static async Task WriteAsync(CrashRun run, string text) => Assert.True(await TryWriteAsync(run, text, null));

    /// <summary>Plans a text on both accounts, to be sent until <paramref name="publishBy"/>; null: until hub.json says.</summary>
    /// <returns>False when that was over as the request came.</returns>
    internal static async Task<bool> TryWriteAsync(CrashRun run, string text, DateTimeOffset? publishBy)
    {
        var key = Guid.NewGuid().ToString("N");
        run.Notes<ArticleNotes>().IdempotencyKeys.Enqueue(key);
        var answer = await run.Administrator.PostAsync("/api/v1/publications", new { accounts = new[] { "bluesky", "mastodon" }, text, publishBy }, ("Idempotency-Key", key));
        if (publishBy is not null && answer.Status == HttpStatusCode.UnprocessableEntity && answer.Json().GetProperty("type").GetString() == "urn:socialhub:problem:time-over")
            return false;
        Assert.True(answer.Status == HttpStatusCode.Created || (answer.Repeated && answer.Status == HttpStatusCode.OK), $"{answer.Status} {answer.Body}");
        return true;
    }
}
