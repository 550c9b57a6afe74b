using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What was decided about a page, and what was said under it, goes along when its address changes.</summary>
public sealed class MovedPageTests(AzuriteFixture azurite)
{
    private static readonly Actor Alix = new("Alix", "alix");

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_page_that_was_held_then_moved_then_closed_then_moved_again_is_closed_and_can_be_held_anew()
    {
        await using var first = await Town.OpenAsync(azurite);
        Assert.True((await GovernAsync(first, "/a", new ThreadOrder(null, null, true))).Succeeded);
        await using var second = await first.MovedAsync(("/a", "/b"));
        Assert.True((await second.TryWriteAsync("Bonjour", page: Town.Origin + "/b")).Succeeded);
        Assert.NotNull((await ThreadAsync(second, "/b")).HeldUntil);
        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(true, null))).Succeeded);

        await using var third = await second.MovedAsync(("/a", "/c"), ("/b", "/c"));
        Assert.Equal("thread-closed", (await third.TryWriteAsync("Bonsoir", page: Town.Origin + "/c")).Problem?.Code);
        Assert.Equal((true, null), ((await ThreadAsync(third, "/c")).Closed, (await ThreadAsync(third, "/c")).HeldUntil));
        await OwnsAsync(third, "/c");
        Assert.True((await GovernAsync(third, "/c", new ThreadOrder(false, null, true))).Succeeded);
        Assert.Contains(Keys.Watched(Keys.Page(Town.Origin + "/c")), (await ThreadAsync(third, "/c")).Owned);
        await OwnsAsync(third, "/c");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("run", "thorough")]
    public async Task A_page_that_was_closed_after_its_debate_turned_is_in_the_list_under_its_new_address_until_it_is_opened_there(bool isWrittenTo)
    {
        await using var first = await Town.OpenAsync(azurite);
        Assert.True((await first.TryWriteAsync("Je vais te tuer.", page: Town.Origin + "/a")).Succeeded);
        await first.SettleAsync();
        var turned = Assert.Single(await first.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.Equal((DebateHeat.Threat, Town.Origin + "/a"), (turned.Thread.Heat, turned.Page));
        Assert.True((await first.Get<Debates>().DecideAsync(Town.Site, turned.Thread.PageKey, turned.Thread.Turn, Debates.Close, Alix, CancellationToken.None)).Succeeded);

        await using var second = await first.MovedAsync(("/a", "/b"));
        var listed = Assert.Single(await second.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.Equal((true, Town.Origin + "/b"), (listed.Thread.Closed, listed.Page));
        if (isWrittenTo)
        {
            // Somebody who would write there is told so, and it stays in the list once.
            Assert.Equal("thread-closed", (await second.TryWriteAsync("Bonsoir", page: Town.Origin + "/b")).Problem?.Code);
            Assert.Equal(Town.Origin + "/b", Assert.Single(await second.Get<Debates>().WatchedAsync(CancellationToken.None)).Page);
        }

        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(false, null))).Succeeded);
        Assert.Empty(await second.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.Equal((false, false), ((await ThreadAsync(second, "/a")).Closed, (await ThreadAsync(second, "/b")).Closed));
        await OwnsAsync(second, "/a");
        Assert.True((await second.TryWriteAsync("Bonsoir", page: Town.Origin + "/b")).Succeeded);
        // Again: it is open.
        var tag = (await ThreadAsync(second, "/a")).Tag;
        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(false, null))).Succeeded);
        Assert.Equal(tag, (await ThreadAsync(second, "/a")).Tag);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("run", "thorough")]
    public async Task A_page_that_was_held_and_moved_is_released_under_its_new_address_for_what_was_written_under_the_old_one_too(bool isWrittenTo)
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var first = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await first.TryWriteAsync("Bonjour", authorKey: Key, page: Town.Origin + "/a")).Value.Comment.Id);
        await first.SettleAsync();
        Assert.True((await GovernAsync(first, "/a", new ThreadOrder(null, null, true))).Succeeded);

        await using var second = await first.MovedAsync(("/a", "/b"));
        if (isWrittenTo)
            Assert.True((await second.TryWriteAsync("Bonsoir", page: Town.Origin + "/b")).Succeeded);
        Assert.All(await second.Get<Debates>().WatchedAsync(CancellationToken.None), watched => Assert.Equal((true, Town.Origin + "/b"), (watched.Thread.IsHeld, watched.Page)));
        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(null, null, false))).Succeeded);
        Assert.Empty(await second.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.Equal((null, null), ((await ThreadAsync(second, "/a")).HeldUntil, (await ThreadAsync(second, "/b")).HeldUntil));
        await OwnsAsync(second, "/a");
        await OwnsAsync(second, "/b");
        Assert.DoesNotContain(await second.RowsAsync(), row => row.RowKey.Contains($".{DueKinds.Reopen}.", StringComparison.Ordinal));
        Assert.True((await second.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Bonjour à tous", 0, "", CancellationToken.None)).Succeeded);
        await second.SettleAsync();
        Assert.Equal(1, (await second.FindAsync(id.Value))!.Revision);
    }

    [Fact]
    public async Task Nothing_is_opened_of_a_page_that_has_no_thread_under_any_of_its_addresses()
    {
        await using var first = await Town.OpenAsync(azurite);
        await using var second = await first.MovedAsync(("/a", "/b"));
        Assert.Equal("no-such-thread", (await GovernAsync(second, "/b", new ThreadOrder(false, null))).Problem?.Code);
    }

    [Fact]
    public async Task A_row_that_an_older_hub_left_behind_is_taken_over_by_whoever_holds_the_page()
    {
        await using var town = await Town.OpenAsync(azurite);
        Assert.True((await town.TryWriteAsync("Bonjour")).Succeeded);
        await town.SettleAsync();
        await town.Table.AddEntityAsync(new Azure.Data.Tables.TableEntity(Town.Site, Keys.Watched(Keys.Page(Town.Page))), TestContext.Current.CancellationToken);
        Assert.True((await GovernAsync(town, "/budget", new ThreadOrder(null, null, true))).Succeeded);
        await OwnsAsync(town, "/budget");
        Assert.True((await GovernAsync(town, "/budget", new ThreadOrder(null, null, false))).Succeeded);
        await OwnsAsync(town, "/budget");
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("w.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_under_an_earlier_address_is_judged_in_one_write_with_the_row_that_may_hold_the_page()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var first = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await first.TryWriteAsync("Bonjour", authorKey: Key, page: Town.Origin + "/a")).Value.Comment.Id);
        await first.SettleAsync();
        await using var second = await first.MovedAsync(("/a", "/b"));
        Assert.True((await second.TryWriteAsync("Bonsoir", page: Town.Origin + "/b")).Succeeded);
        await second.SettleAsync();
        Assert.True((await second.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Bonjour à tous", 0, "", CancellationToken.None)).Succeeded);
        var before = (await ThreadAsync(second, "/b")).ETag;
        await second.SettleAsync();
        Assert.Equal(1, (await second.FindAsync(id.Value))!.Revision);
        // A hold in between would have changed it, and the verdict would have met that.
        Assert.NotEqual(before, (await ThreadAsync(second, "/b")).ETag);
        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(null, null, true))).Succeeded);
        Assert.True((await second.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Bonjour à vous tous", 1, "", CancellationToken.None)).Succeeded);
        await second.SettleAsync();
        Assert.Equal((1, ProposalState.Held), ((await second.FindAsync(id.Value))!.Revision, (await second.FindAsync(id.Value))!.ProposalState));
    }

    [Fact]
    public async Task A_text_under_an_earlier_address_appears_no_more_once_the_page_is_closed_under_its_new_one()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var first = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await first.TryWriteAsync("Quel connard, ce projet coûte trop cher.", authorKey: Key, page: Town.Origin + "/a")).Value.Comment.Id);
        await first.SettleAsync();
        await using var second = await first.MovedAsync(("/a", "/b"));
        Assert.True((await second.TryWriteAsync("Bonsoir", page: Town.Origin + "/b")).Succeeded);
        Assert.True((await GovernAsync(second, "/b", new ThreadOrder(true, null))).Succeeded);
        Assert.True((await second.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Ce projet coûte trop cher.", 0, "", CancellationToken.None)).Succeeded);
        await second.SettleAsync();
        Assert.Equal((CommentState.Held, "Les commentaires de cette page sont fermés : ce qui y est écrit encore attend d’être lu."), ((await second.FindAsync(id.Value))!.State, (await second.FindAsync(id.Value))!.Why));
    }

    private static Task<Answer<ThreadRow>> GovernAsync(Town town, string path, ThreadOrder order) =>
        town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Origin + path, order, null, Alix, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private static async Task<ThreadRow> ThreadAsync(Town town, string path) => (await town.Get<CommentStore>().FindThreadAsync(Town.Site, Keys.Page(Town.Origin + path), CancellationToken.None))!;

    private static async Task OwnsAsync(Town town, string path)
    {
        var key = Keys.Page(Town.Origin + path);
        Assert.Equal(
            (await ThreadAsync(town, path)).Owned.Order(StringComparer.Ordinal),
            (await town.RowsAsync()).Select(row => row.RowKey).Where(row => row == Keys.Watched(key) || (row.StartsWith("d.", StringComparison.Ordinal) && row.Contains($".{key}.", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }
}
