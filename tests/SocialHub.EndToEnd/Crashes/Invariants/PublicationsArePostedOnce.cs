using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// Per article, or text written by hand, and account there is never more than one record on the PDS and one status on Mastodon, whatever the hub's own rows
/// say, and exactly one with the frozen bytes if a publication of it is Published; nothing of a first look, nothing of a burst without an approval, nothing
/// that nobody planned. What the scenario announced, wrote or agreed to is there, once.
/// </summary>
public sealed class PublicationsArePostedOnce : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        var rows = await StoredRows.OfAsync(run, "Publishing", "p.");
        // One page is one article, under however many addresses it was found.
        var articles = await StoredRows.OfAsync(run, "Publishing", "a.");
        Assert.Equal(articles.Count, articles.Select(article => article.GetString("Url")).Distinct(StringComparer.Ordinal).Count());
        List<Post> posts = [];
        if (run.Bluesky is not null)
        {
            posts.AddRange((await run.Bluesky.PostsAsync()).Select(record => new Post("bluesky", record.Key, record.Text, record.Value.GetRawText(), record.Value.GetRawText().Contains("\"thumb\"", StringComparison.Ordinal))));
            posts.AddRange(run.Statuses.Select(status => new Post("mastodon", status.IdempotencyKey, status.Text, JsonSerializer.Serialize(new { status = status.Text, visibility = status.Visibility, language = status.Language, media = status.Media.Select(one => one.Id) }), status.Media.Count > 0)));
        }

        // By what it is about, which only the network's own copy says; the hub's row is compared after that.
        var about = posts.ToLookup(post => (About: About(post, articles, notes), post.Account));
        Assert.All(about, one => Assert.True(one.Key.About is not null, $"Nobody planned \"{one.First().Text}\" on {one.Key.Account}."));
        Assert.All(about, one => Assert.True(one.Count() == 1, $"{one.Key.About} is {one.Count()} times on {one.Key.Account}: {string.Join(" | ", one.Select(post => post.Text))}"));
        var planned = rows.ToLookup(row => (About: row.GetString("Article") ?? row.GetString("Body"), Account: row.GetString("Account")));
        foreach (var publications in planned)
        {
            Assert.True(publications.Count() == 1, $"{publications.Key} was planned {publications.Count()} times.");
            var publication = publications.Single();
            var state = publication.GetString("State");
            var there = about[publications.Key!].ToList();
            // Whoever is uncertain says so because it may be there.
            Assert.True(there.Count == (state == "Published" ? 1 : 0) || state is "Uncertain", $"{publications.Key} is {state} and {there.Count} times on the network.");
            if (there.Count == 0)
                continue;
            Assert.Equal(publication.GetString("NetworkKey"), there[0].Key);
            AreTheFrozen(publication, there[0]);
            // Where two hubs are killed again and again, a preparation that died with both goes on without its picture, and the row says so.
            var isWithout = run.Hubs.Count > 1 && publication.GetBoolean("WithoutPicture") == true;
            if (publication.GetString("Article") is not null)
                Assert.Equal(notes.Announced.Contains(publication.GetString("Title")) && !isWithout, there[0].HasPicture);
        }

        Assert.Subset(planned.Select(one => one.Key).ToHashSet()!, about.Select(one => one.Key).ToHashSet()!);
        AreAsPeopleWanted(rows, notes);
    }

    private static void AreAsPeopleWanted(IReadOnlyList<TableEntity> rows, ArticleNotes notes)
    {
        Assert.All(notes.Announced, title => Assert.True(ArticleNotes.IsPostedOnBoth(rows.Where(row => row.GetString("Title") == title)), $"{title} is not published once on each account."));
        Assert.All(notes.Written, text => Assert.True(ArticleNotes.IsPostedOnBoth(rows.Where(row => row.GetString("Body") == text)), $"{text} is not published once on each account."));
        foreach (var (title, account) in notes.Approved)
            Assert.Equal("Published", rows.Single(row => row.GetString("Title") == title && row.GetString("Account") == account).GetString("State"));
        foreach (var (title, account) in notes.CalledOff)
            Assert.Equal("Cancelled", rows.Single(row => row.GetString("Title") == title && row.GetString("Account") == account).GetString("State"));
        foreach (var publication in rows)
        {
            var (title, account, body) = (publication.GetString("Title") ?? "", publication.GetString("Account"), publication.GetString("Body"));
            Assert.False(title.StartsWith("Ancien", StringComparison.Ordinal) || title.StartsWith("Vieux", StringComparison.Ordinal), $"{title} was there before, and is planned.");
            if (publication.GetString("State") is "Published" or "Sending" or "Uncertain")
                Assert.True(notes.Announced.Contains(title) || notes.Approved.Contains((title, account)) || notes.Written.Contains(body) || notes.Urgent.Contains(body), $"{title}{body} on {account} was sent and nobody wanted it.");
        }
    }

    private static void AreTheFrozen(TableEntity publication, Post there)
    {
        using var frozen = JsonDocument.Parse(publication.GetBinary("Frozen") ?? []);
        using var posted = JsonDocument.Parse(there.Content);
        var sent = frozen.RootElement;
        if (there.Account == "bluesky")
        {
            Assert.True(JsonElement.DeepEquals(sent.GetProperty("record"), posted.RootElement), there.Content);
            return;
        }

        foreach (var name in new[] { "status", "visibility", "language" })
            Assert.Equal(sent.GetProperty(name).GetString(), posted.RootElement.GetProperty(name).GetString());
        Assert.Equal(sent.TryGetProperty("media_ids", out var media) ? media.EnumerateArray().Select(id => id.GetString()) : [], posted.RootElement.GetProperty("media").EnumerateArray().Select(id => id.GetString()));
    }

    /// <summary>The article whose page it links, or the text that it is; null: neither.</summary>
    private static string? About(Post post, IReadOnlyList<TableEntity> articles, ArticleNotes notes) =>
        articles.SingleOrDefault(article => post.Content.Contains(article.GetString("Url") + "?", StringComparison.Ordinal))?.RowKey[2..]
        ?? notes.Written.Concat(notes.Urgent).Concat(notes.Silent).SingleOrDefault(text => text == post.Text);

    /// <summary>What a network holds.</summary>
    private sealed record Post(string Account, string? Key, string Text, string Content, bool HasPicture);
}
