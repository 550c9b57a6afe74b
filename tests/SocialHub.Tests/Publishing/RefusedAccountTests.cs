using SocialHub.Connections;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>An account whose secret the network does not accept: each try may cost one of the sign-ins that it has in a day.</summary>
public sealed class RefusedAccountTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task What_waits_on_an_account_that_was_just_refused_waits_without_trying()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.PrepareFails = new PublishAnswer(PublishOutcome.NeedsAttention) { Error = "401" };
        for (var i = 0; i < 5; i++)
            await hub.WriteAsync($"Texte {i}", "skies");
        await hub.WriteAsync("Ailleurs", "toots");
        for (var minute = 0; minute < 60; minute++)
        {
            await hub.WorkAsync();
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(4, hub.Skies.Prepared.Count);
        Assert.Single(hub.Toots.Posts);
        Assert.All((await hub.PublicationsAsync()).Where(p => p.Account == "skies"), p => Assert.Equal(PublicationState.Planned, p.State));
        hub.Skies.PrepareFails = null;
        for (var minute = 0; minute < 20; minute++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.WorkAsync();
        }

        Assert.Equal(5, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_refusal_of_the_post_itself_lets_the_others_wait_too()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.Fates.Enqueue(Fate.TokenDead);
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        await hub.WriteAsync("Deux", "skies");
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Prepared);
        hub.Clock.Advance(TimeSpan.FromMinutes(16));
        await hub.WorkAsync();
        Assert.Equal("Deux", Assert.Single(hub.Skies.Posts).Text);
        Assert.Null((await hub.Store.AccountAsync("skies", CancellationToken.None)).Attention);
        await hub.CheckAsync();
    }
}
