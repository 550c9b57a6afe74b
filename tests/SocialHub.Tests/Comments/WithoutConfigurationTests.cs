using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>While neither hub.json nor the last good one runs, nothing is decided by the empty one; what asks for neither still happens.</summary>
public sealed class WithoutConfigurationTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private readonly Channels _channels = new();

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_comment_is_judged_once_the_authoritys_words_and_policy_are_known_again()
    {
        await using var town = await Town.OpenAsync(azurite, "a-posteriori");
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        var (without, lastGood) = await town.WithoutConfigurationAsync();
        await using var later = without;
        await later.WorkAsync(await later.PromiseAsync(DueKinds.Verdict));
        Assert.Equal(CommentState.Received, (await later.FindAsync(id))!.State);
        // What somebody reads of the settings meanwhile is not remembered as the team's.
        for (var i = 0; i < 2; i++)
            Assert.Empty((await later.Get<SettingsStore>().CurrentAsync(CancellationToken.None)).Configuration.Sites);

        await later.ConfigureAsync(lastGood);
        await later.WorkAsync(await later.PromiseAsync(DueKinds.Verdict));
        // By the empty configuration it would have been held: a site that is not named reads everything first.
        Assert.Equal(CommentState.Published, (await later.FindAsync(id))!.State);
    }

    [Fact]
    public async Task A_card_is_sent_when_the_channels_are_known_again_and_not_a_day_later()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        await town.WriteAsync("Bonjour");
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        var (without, lastGood) = await town.WithoutConfigurationAsync(_channels);
        await using var later = without;
        later.Settings["TEAMS"] = "https://teams.example/hook";
        await later.WorkAsync(await later.PromiseAsync(DueKinds.Card));
        Assert.Equal(0, _channels.Sent);

        await later.ConfigureAsync(lastGood);
        await later.WorkAsync(await later.PromiseAsync(DueKinds.Card));
        Assert.Single(_channels.Taken);
        await later.PromiseAsync(DueKinds.Reminder);
    }

    [Fact]
    public async Task What_an_author_asked_to_erase_is_erased_all_the_same_and_only_that_is_hinted()
    {
        await using var town = await Town.OpenAsync(azurite);
        await town.WriteAsync("Bonjour", authorKey: Key);
        Assert.True((await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded);
        foreach (var queue in HubStorage.QueueNames)
            await town.Get<HubStorage>().Queue(queue).ClearMessagesAsync(TestContext.Current.CancellationToken);
        var (without, _) = await town.WithoutConfigurationAsync();
        await using var later = without;
        await later.Get<CommentsTick>().RunAsync(CancellationToken.None);
        Assert.Equal((1, 0), (await CountAsync(later, Queues.CommentUpkeep), await CountAsync(later, Queues.CommentVerdict)));
        await later.SettleAsync();
        Assert.All((await later.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)), row => Assert.Equal(CommentState.Erased, new CommentRow(row).State));
    }

    [Fact]
    public async Task Fingerprints_go_after_their_two_days_and_comments_stay_while_nobody_knows_the_authoritys_days()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        var (without, _) = await town.WithoutConfigurationAsync();
        await using var later = without;
        later.Time.Advance(TimeSpan.FromDays(1_100));
        Assert.Contains(await later.RowsAsync(), row => row.RowKey.StartsWith("s.", StringComparison.Ordinal));
        await later.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.DoesNotContain(await later.RowsAsync(), row => row.RowKey.StartsWith("s.", StringComparison.Ordinal));
        Assert.Equal(CommentState.Published, (await later.FindAsync(id))!.State);
    }

    private static async Task<int> CountAsync(Town town, string queue) =>
        (await town.Get<HubStorage>().Queue(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
}
