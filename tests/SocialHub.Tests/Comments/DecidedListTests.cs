using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What a moderator finds again of what was decided.</summary>
public sealed class DecidedListTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task The_newest_decision_comes_first_and_what_was_taken_back_or_decided_anew_is_listed_by_its_state_of_today()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var ids = new List<string>();
        foreach (var text in new[] { "Un banc", "Deux arbres", "Trois vélos", "Quatre lampes" })
            ids.Add((await town.WriteAsync(text)).Comment.Id);
        await town.SettleAsync();
        await DecideAsync(town, ids[0], DecisionChoice.Publish);
        town.Time.Advance(TimeSpan.FromDays(10));
        await DecideAsync(town, ids[1], DecisionChoice.Reject);
        town.Time.Advance(TimeSpan.FromDays(10));
        await DecideAsync(town, ids[2], DecisionChoice.Publish);
        await DecideAsync(town, ids[3], DecisionChoice.Publish);
        var undone = await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(ids[3]), (await town.FindAsync(ids[3]))!.Round, null, new Actor("Alix", "Alix"), CancellationToken.None);
        Assert.True(undone.Succeeded);

        Assert.Equal([ids[2], ids[0]], await ListAsync(town, CommentState.Published));
        Assert.Equal([ids[1]], await ListAsync(town, CommentState.Rejected));
        await DecideAsync(town, ids[3], DecisionChoice.Publish);
        Assert.Equal([ids[3], ids[2], ids[0]], await ListAsync(town, CommentState.Published));
        town.Time.Advance(DecidedList.LooksBack - TimeSpan.FromDays(11));
        Assert.Equal([ids[3], ids[2]], await ListAsync(town, CommentState.Published));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var ids = new List<string>();
        for (var number = 0; number < DecidedList.PageSize + 2; number++)
            ids.Add((await town.WriteAsync($"Avis {number}")).Comment.Id);
        await town.SettleAsync();
        foreach (var id in ids)
            await DecideAsync(town, id, DecisionChoice.Publish);
        ids.Reverse();
        var list = town.Get<DecidedList>();
        var first = await list.ListAsync(CommentState.Published, null, CancellationToken.None);
        var second = await list.ListAsync(CommentState.Published, first.Next, CancellationToken.None);
        Assert.Equal(ids, first.Entries.Concat(second.Entries).Select(entry => entry.Comment.Id));
        Assert.Equal((DecidedList.PageSize, 2, null), (first.Entries.Count, second.Entries.Count, second.Next));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_moderator_reads_who_decided_and_what_can_be_taken_back_and_a_place_that_is_none_is_a_400()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        using var published = await AskAsync(hub, "?state=published");
        var item = JsonDocument.Parse(await published.Content.ReadAsStringAsync()).RootElement.GetProperty("items")[0];
        Assert.Equal((id, "rules", true), (item.GetProperty("id").GetString(), item.GetProperty("decidedBy").GetString(), item.GetProperty("mayUndo").GetBoolean()));
        using var undone = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/undo", $$"""{"round":{{item.GetProperty("round").GetInt32()}}}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        using var empty = await AskAsync(hub, "?state=published");
        Assert.Equal(0, JsonDocument.Parse(await empty.Content.ReadAsStringAsync()).RootElement.GetProperty("items").GetArrayLength());
        foreach (var wrong in new[] { "?state=erased", "?state=published&after=q.1.2.3", "?state=rejected&after=m.20261399000000000.a.b" })
        {
            using var refused = await AskAsync(hub, wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> AskAsync(CitizenHub hub, string query) =>
        hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments" + query, null, ("x-hub-key", RunningHub.KeyOf("moderator")));

    private static async Task DecideAsync(Town town, string id, DecisionChoice choice) =>
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, choice)).Succeeded);

    private static async Task<List<string>> ListAsync(Town town, CommentState state) =>
        [.. (await town.Get<DecidedList>().ListAsync(state, null, CancellationToken.None)).Entries.Select(entry => entry.Comment.Id)];
}
