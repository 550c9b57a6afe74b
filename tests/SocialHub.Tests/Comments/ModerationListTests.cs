using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>What moderators are told waits.</summary>
public sealed class ModerationListTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task A_next_page_is_promised_only_where_something_waits_on_it()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        for (var number = 0; number <= ModerationList.PageSize; number++)
            await town.WriteAsync($"Avis {number}");
        await town.SettleAsync();
        var list = town.Get<ModerationList>();
        var first = await list.ListAsync(null, CancellationToken.None);
        var second = await list.ListAsync(first.Next, CancellationToken.None);
        Assert.Equal((ModerationList.PageSize, 1, null), (first.Entries.Count, second.Entries.Count, second.Next));
        Assert.Equal(ModerationList.PageSize + 1, first.Entries.Concat(second.Entries).Select(entry => entry.Comment.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.True((await town.DecideAsync(first.Entries[0].Comment, DecisionChoice.Publish)).Succeeded);
        var rest = await list.ListAsync(null, CancellationToken.None);
        Assert.Equal((ModerationList.PageSize, null), (rest.Entries.Count, rest.Next));
    }
}
