using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>The calendar in pages.</summary>
public sealed class CalendarTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    [Trait("run", "thorough")]
    public async Task It_is_read_page_by_page_without_a_gap_or_a_double_and_a_page_ends_between_two_moments()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var start = hub.Now.AddDays(1);
        // 198 moments, then five at one: the two hundredth is among them.
        for (var i = 0; i < 198; i++)
            await PlanAsync(hub, start.AddMinutes(i));
        for (var i = 0; i < 5; i++)
            await PlanAsync(hub, start.AddMinutes(300));
        await PlanAsync(hub, start.AddMinutes(400));
        var all = (await hub.PublicationsAsync()).OrderBy(p => p.At).ThenBy(p => p.Id, StringComparer.Ordinal).Select(p => p.Id).ToList();
        var first = await hub.Publications.ListAsync(hub.Now, start.AddDays(1), null, None);
        Assert.Equal((198, start.AddMinutes(300)), (first.Value.Items.Count, first.Value.Next));
        var second = await hub.Publications.ListAsync(first.Value.Next, start.AddDays(1), null, None);
        Assert.Null(second.Value.Next);
        Assert.Equal(all, first.Value.Items.Concat(second.Value.Items).Select(item => item.Id));
        // The end itself is not in it.
        Assert.Equal(198, (await hub.Publications.ListAsync(hub.Now, start.AddMinutes(300), null, None)).Value.Items.Count);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task More_of_one_moment_than_a_page_holds_stop_nobody()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var at = hub.Now.AddDays(1);
        for (var i = 0; i < 202; i++)
            await PlanAsync(hub, at);
        await PlanAsync(hub, at.AddMinutes(1));
        var first = (await hub.Publications.ListAsync(hub.Now, at.AddDays(1), null, None)).Value;
        Assert.Equal(200, first.Items.Count);
        Assert.True(first.Next > at);
        Assert.Equal([at.AddMinutes(1)], (await hub.Publications.ListAsync(first.Next, at.AddDays(1), null, None)).Value.Items.Select(item => item.At));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task It_is_filtered_by_state_and_refuses_a_range_or_a_state_that_is_none()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await PlanAsync(hub, hub.Now.AddDays(1));
        await hub.WriteAsync("Maintenant", "skies");
        await hub.WorkAsync();
        foreach (var (state, count) in new[] { ("planned", 1), ("PUBLISHED", 1), ("failed", 0) })
        {
            var items = (await hub.Publications.ListAsync(null, null, state, None)).Value.Items;
            Assert.Equal(count, items.Count);
            Assert.All(items, item => Assert.Equal(state.ToLowerInvariant(), item.State));
        }

        Assert.Equal(2, (await hub.Publications.ListAsync(null, null, null, None)).Value.Items.Count);
        foreach (var state in new[] { "sent", "", "3" })
            Assert.Equal("state-unknown", (await hub.Publications.ListAsync(null, null, state, None)).Problem?.Code);
        foreach (var (from, to) in new[] { (0.0, 0.0), (1, 0), (0, 367) })
            Assert.Equal((ProblemKind.Invalid, "range-invalid"), (await hub.Publications.ListAsync(hub.Now.AddDays(from), hub.Now.AddDays(to), null, None)).Problem is { } problem ? (problem.Kind, problem.Code) : default);
    }

    // The row alone: what the calendar reads.
    private static async Task PlanAsync(PublishingHub hub, DateTimeOffset at)
    {
        var row = PublicationRow.New(Composing.NewId(hub.Now), "skies", "bluesky", "key", hub.Now, at.AddDays(1), "fr", article: null, look: null, "key:ines");
        row.At = at;
        await hub.Table.AddEntityAsync(row.Entity);
    }
}
