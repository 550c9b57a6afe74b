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
        Assert.True((await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, CancellationToken.None)).Succeeded);
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

    private static async Task<int> CountAsync(Town town, string queue) =>
        (await town.Get<HubStorage>().Queue(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
}
