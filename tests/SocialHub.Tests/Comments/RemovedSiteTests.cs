using System.Net;
using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What was written on a site stays the authority's to erase when the site leaves hub.json.</summary>
public sealed class RemovedSiteTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task What_an_author_asked_to_erase_is_hinted_still_and_nothing_else_of_the_site()
    {
        await using var town = await Town.OpenAsync(azurite);
        await town.WriteAsync("Bonjour", authorKey: Key);
        Assert.True((await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded);
        foreach (var queue in HubStorage.QueueNames)
            await town.Get<HubStorage>().Queue(queue).ClearMessagesAsync(TestContext.Current.CancellationToken);
        await using var after = await town.WithoutTheSiteAsync();
        await after.Get<CommentsTick>().RunAsync(CancellationToken.None);
        Assert.Equal(1, await CountAsync(after, Queues.CommentUpkeep));
        Assert.Equal(0, await CountAsync(after, Queues.CommentVerdict));
        await after.SettleAsync();
        Assert.All((await after.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)), row => Assert.Equal(CommentState.Erased, new CommentRow(row).State));
    }

    [Fact]
    public async Task The_days_of_the_retention_hold_for_it_too()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        await using var after = await town.WithoutTheSiteAsync();
        await after.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Equal(CommentState.Published, (await after.FindAsync(id))!.State);
        after.Time.Advance(TimeSpan.FromDays(1_100));
        await after.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Equal(CommentState.Erased, (await after.FindAsync(id))!.State);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Under_its_earlier_name_an_author_still_sees_takes_along_takes_back_and_erases_and_nobody_does_anything_else()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var key = CitizenHub.NewKey();
        var (first, second) = (await hub.JudgedAsync("Bonjour", key), await hub.JudgedAsync("Bonsoir", key));
        await using var later = await hub.RenamedAsync();
        foreach (var (there, mayEdit) in new[] { (hub, true), (later, false) })
        {
            using var page = await there.FormAsync($"{CitizenHub.Comments}/{first}/view", Town.Origin, ("authorKey", key));
            var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((mayEdit, true), (html.Contains($"{first}/edit", StringComparison.Ordinal), html.Contains($"{first}/withdraw", StringComparison.Ordinal)));
        }

        (string, string)[] asAuthor = [("Author-Key", key), ("Origin", Town.Origin)];
        (HttpStatusCode Status, HttpMethod Method, string Path, (string, string)[] Headers)[] asked =
        [
            (HttpStatusCode.OK, HttpMethod.Get, $"{CitizenHub.Comments}/{first}", asAuthor),
            (HttpStatusCode.NotFound, HttpMethod.Get, $"{CitizenHub.Comments}/{first}", []),
            (HttpStatusCode.OK, HttpMethod.Post, $"{CitizenHub.Comments}/{first}/view", asAuthor),
            (HttpStatusCode.Unauthorized, HttpMethod.Post, $"{CitizenHub.Comments}/{first}/view", [("Author-Key", CitizenHub.NewKey())]),
            (HttpStatusCode.Forbidden, HttpMethod.Post, $"{CitizenHub.Comments}/{first}/view", [("Author-Key", key), ("Origin", "https://evil.example")]),
            (HttpStatusCode.NotFound, HttpMethod.Get, $"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}", []),
            (HttpStatusCode.OK, HttpMethod.Get, $"api/v1/sites/{Town.Site}/author.html", []),
            (HttpStatusCode.NotFound, HttpMethod.Get, "api/v1/sites/nowhere/author.html", []),
            (HttpStatusCode.NotFound, HttpMethod.Get, "api/v1/sites/nowhere/author", asAuthor),
            (HttpStatusCode.OK, HttpMethod.Get, $"api/v1/sites/{Town.Site}/author", asAuthor),
            (HttpStatusCode.NoContent, HttpMethod.Delete, $"{CitizenHub.Comments}/{first}", asAuthor),
            (HttpStatusCode.Accepted, HttpMethod.Delete, $"api/v1/sites/{Town.Site}/author", asAuthor),
        ];
        foreach (var (status, method, path, headers) in asked)
        {
            using var answer = await later.SendAsync(method, path, null, headers);
            Assert.True(status == answer.StatusCode, $"{method} {path}: {answer.StatusCode}");
        }

        using var edit = await later.JsonAsync(HttpMethod.Put, $"{CitizenHub.Comments}/{second}", """{"text":"Encore","revision":0}""", asAuthor);
        Assert.Equal(HttpStatusCode.NotFound, edit.StatusCode);
        await Patience.UntilAsync("all is erased", async () => (await FindAsync(first), await FindAsync(second)) is (CommentState.Erased, CommentState.Erased));

        async Task<CommentState> FindAsync(string id) => (await later.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!.State;
    }

    [Fact]
    public async Task What_cannot_be_erased_keeps_no_other_comment_and_no_other_site_from_it()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        var since = town.Time.GetUtcNow();
        foreach (var (site, name) in new[] { (Town.Site, "0"), ("a-site-before", "unreadable") })
            await town.Table.AddEntityAsync(new TableEntity(site, $"c.{name}") { ["State"] = "Held", ["Since"] = since, ["Received"] = since, ["Body"] = "?" }, TestContext.Current.CancellationToken);
        town.Time.Advance(TimeSpan.FromDays(1_100));
        var thrown = await Assert.ThrowsAsync<AggregateException>(() => town.Get<CommentRetention>().RunAsync(CancellationToken.None));
        Assert.Equal(2, thrown.InnerExceptions.Count);
        Assert.Equal(CommentState.Erased, (await town.FindAsync(id))!.State);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("i.", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(Town town, string queue) =>
        (await town.Get<HubStorage>().Queue(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
}
