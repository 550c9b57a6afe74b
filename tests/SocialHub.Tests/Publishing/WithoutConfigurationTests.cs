using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>A cold start on a hub.json that cannot be run: whoever mends it finds everything as it was.</summary>
public sealed class WithoutConfigurationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_is_planned_waits_and_leaves_once_a_hub_json_runs_again()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.WriteAsync("Texte", "skies");
        await hub.RestartWithoutConfigurationAsync();
        await hub.RunAsync(Assert.Single(await hub.DueAsync()));
        await hub.Get<PublishingTick>().RunAsync(CancellationToken.None);

        Assert.Equal(PublicationState.Planned, (await hub.OnlyAsync("skies")).State);
        var due = Assert.Single(await hub.DueAsync());
        // No hint was wasted, so the next one comes with the first tick that can follow it.
        Assert.Equal((0, 0), (due.Attempts, due.Sent));
        await hub.CheckAsync();

        await hub.MendConfigurationAsync();
        await hub.TickAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_question_to_the_team_is_not_taken_for_asked()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Toots.Fates.Enqueue(Fate.RequestLost);
        await hub.WriteAsync("Texte", "toots");
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(50));
        hub.Site.Statuses["https://webhook.example/cards"] = 503;
        await hub.TickAsync();
        Assert.Equal(PublicationState.Uncertain, (await hub.OnlyAsync("toots")).State);

        hub.Site.Statuses.Clear();
        await hub.RestartWithoutConfigurationAsync();
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.RunAsync(Assert.Single(await hub.DueAsync()));
        Assert.Empty(hub.Site.Cards);
        await hub.MendConfigurationAsync();
        await hub.TickAsync();
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }
}
