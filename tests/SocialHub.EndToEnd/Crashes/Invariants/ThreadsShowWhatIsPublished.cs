using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.Moderation.Markup;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// A thread's count, and what each of its forms shows, are its published comments: each as the rendering of its stored text, which is the text of the
/// revision that was judged: the one that the log row of the decision names, and, where a person decided, the one that was shown to them; the rules alone decide
/// only on pages whose policy says so. No other text is public.
/// </summary>
public sealed class ThreadsShowWhatIsPublished : Invariant
{
    // What one answer, and a feed of the newest, holds at most.
    private const int Page = 50;

    public override async Task CheckAsync(CrashRun run)
    {
        var known = run.Notes<CommentNotes>().Accepted;
        var comments = await StoredRows.CommentsAsync(run);
        var logs = (await StoredRows.OfAsync(run, "Comments", "l.", run.Site)).ToLookup(row => row.RowKey.Split('.')[1], StringComparer.Ordinal);
        var published = comments.Where(comment => comment.GetString("State") == "Published").ToList();
        var threads = await StoredRows.OfAsync(run, "Comments", "t.", run.Site);
        foreach (var comment in published)
            IsTheOneJudged(comment, known.Single(one => one.Id == comment.RowKey[2..]), logs[comment.RowKey[2..]], threads.Single(thread => comment.RowKey.StartsWith($"c.{thread.RowKey[2..]}-", StringComparison.Ordinal)));
        foreach (var thread in threads)
            await ShowsAsync(run, thread, [.. published.Where(c => c.RowKey.StartsWith($"c.{thread.RowKey[2..]}-", StringComparison.Ordinal))]);
        foreach (var comment in known)
        {
            var alone = await run.Citizen.GetAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}");
            var row = published.SingleOrDefault(one => one.RowKey[2..] == comment.Id);
            Assert.Equal(row is not null, alone.Status == HttpStatusCode.OK);
            if (row is not null)
                Assert.Equal(CommentMarkup.Render(row.GetString("Body")), alone.Json().GetProperty("html").GetString());
            IsNotShown(alone.Body, comment, row);
        }
    }

    private static void IsTheOneJudged(TableEntity comment, KnownComment known, IEnumerable<TableEntity> log, TableEntity thread)
    {
        var revision = comment.GetInt32("Revision") ?? 0;
        Assert.Equal(revision, comment.GetInt32("JudgedRevision") ?? 0);
        Assert.Equal(known.Texts[revision], comment.GetString("Body"));
        Assert.Equal(CommentMarkup.Render(known.Texts[revision]), comment.GetString("Html"));
        var decision = log.OrderBy(row => row.RowKey, StringComparer.Ordinal).Last(row => row.GetString("What") is "published" || (row.GetString("What") is "edited" && row.GetString("State") == "Published"));
        Assert.Equal(revision, decision.GetInt32("Revision") ?? 0);
        if (decision.GetString("Who") == "rules")
        {
            // hub.json of these runs names no policy: every comment is read first, but where a moderator gave the page another one.
            Assert.Equal("APosteriori", thread.GetString("Policy"));
            return;
        }

        // Who keeps a comment after a report publishes nothing: what they saw is public already.
        string[] subjects = decision.GetString("What") == "edited" ? ["proposal"] : ["comment", "objection"];
        var shown = known.Decided.Where(one => one.Decision == "publish" && subjects.Contains(one.Subject)).ToList();
        Assert.True(shown.Count > 0 && shown[^1].Revision == revision && shown[^1].Text == known.Texts[revision], $"{comment.RowKey} shows revision {revision}, \"{comment.GetString("Body")}\"; who published it saw {(shown.Count == 0 ? "nothing" : shown[^1])}.");
        Assert.Equal(decision.GetInt32("Round") ?? 0, shown[^1].Round);
    }

    private static async Task ShowsAsync(CrashRun run, TableEntity thread, IReadOnlyList<TableEntity> published)
    {
        Assert.Equal(published.Count, thread.GetInt32("Count") ?? 0);
        List<JsonElement> items = [];
        List<string> bodies = [];
        for (string? after = ""; after is not null;)
        {
            var page = await run.Citizen.GetAsync(Path(run, thread) + (after.Length == 0 ? "" : "&after=" + after));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var json = page.Json();
            Assert.Equal(published.Count, json.GetProperty("count").GetInt32());
            items.AddRange(json.GetProperty("comments").EnumerateArray());
            bodies.Add(page.Body);
            after = json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(published.Select(Shown), items.Select(item => (item.GetProperty("id").GetString()!, item.GetProperty("name").GetString(), item.GetProperty("revision").GetInt32(), item.GetProperty("html").GetString()!)));
        foreach (var hub in run.Hubs.Skip(1))
        {
            using var visitor = new HubClient([hub.Address]);
            using var first = new HubClient([run.Hubs[0].Address]);
            Assert.Equal((await first.GetAsync(Path(run, thread))).Body, (await visitor.GetAsync(Path(run, thread))).Body);
        }

        var html = await run.Citizen.GetAsync(Path(run, thread).Replace("/comments?", "/comments.html?", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, html.Status);
        var at = 0;
        foreach (var (id, name, _, text) in published.Take(Page).Select(Shown))
        {
            at = html.Body.IndexOf($"id=\"sh-{id}\"", at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{id} is not in its place in the HTML form.");
            var end = html.Body.IndexOf("class=\"sh-item\"", at, StringComparison.Ordinal);
            var item = html.Body[at..(end < 0 ? html.Body.Length : end)];
            Assert.Contains($"<strong>{WebUtility.HtmlEncode(name)}</strong>", item, StringComparison.Ordinal);
            Assert.Contains($"<div class=\"sh-text\">{text}</div>", item, StringComparison.Ordinal);
        }

        Assert.Equal(Math.Min(Page, published.Count), html.Body.Split("class=\"sh-item\"").Length - 1);
        var rss = await run.Citizen.GetAsync(Path(run, thread).Replace("/comments?", "/comments.rss?", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, rss.Status);
        Assert.Equal(
            published.OrderByDescending(c => c.GetDateTimeOffset("PublishedAt")).ThenByDescending(c => c.RowKey, StringComparer.Ordinal).Take(Page).Select(c => (Shown(c).Id, Shown(c).Name, Shown(c).Html)),
            XDocument.Parse(rss.Body).Descendants("item").Select(item => (item.Element("guid")!.Value, (string?)item.Element("title")!.Value, item.Element("description")!.Value)));
        foreach (var comment in run.Notes<CommentNotes>().Accepted)
        {
            var row = published.SingleOrDefault(one => one.RowKey[2..] == comment.Id);
            Assert.All([.. bodies, html.Body, rss.Body], body => IsNotShown(body, comment, row));
        }
    }

    /// <summary>None of the comment's texts but the published one stands in what a visitor gets; not its name either, where none is.</summary>
    private static void IsNotShown(string body, KnownComment comment, TableEntity? published)
    {
        var shown = published?.GetString("Body");
        foreach (var hidden in comment.Texts.Values.Where(text => shown?.Contains(text, StringComparison.Ordinal) is not true).Concat(comment.Notices).Concat(published is null ? [comment.Name] : []))
            Assert.False(Spellings.Holds(body, hidden), $"\"{hidden}\" is public, and {comment.Id} is {(published is null ? "not" : $"published as \"{shown}\"")}.");
    }

    private static (string Id, string? Name, int Revision, string Html) Shown(TableEntity comment) =>
        (comment.RowKey[2..], comment.GetString("Name"), comment.GetInt32("Revision") ?? 0, CommentMarkup.Render(comment.GetString("Body")));

    private static string Path(CrashRun run, TableEntity thread) => $"/api/v1/sites/{run.Site}/comments?page={Uri.EscapeDataString(thread.GetString("Page"))}";
}
