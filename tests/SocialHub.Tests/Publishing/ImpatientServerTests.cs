using SocialHub.Connections;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Servers that ask for no wait at all, and mean it each time.</summary>
public sealed class ImpatientServerTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task An_article_that_is_down_and_says_retry_at_once_is_asked_less_and_less_often()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        (hub.Site.Statuses[post.Url], hub.Site.RetryAfter) = (503, TimeSpan.Zero);
        await hub.NextLookAsync();
        await PassAsync(hub, minutes: 10);
        Assert.InRange((await hub.OnlyAsync("skies")).PutOff, 3, 5);
        hub.Site.Statuses.Clear();
        await PassAsync(hub, minutes: 20);
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_upload_that_may_be_repeated_at_once_is_not_repeated_all_the_time()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.PrepareFails = new PublishAnswer(PublishOutcome.Later) { Error = "400", RetryAfter = TimeSpan.Zero };
        await hub.WriteAsync("Un", "skies");
        await PassAsync(hub, minutes: 10);
        Assert.InRange(hub.Skies.Prepared.Count, 3, 5);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_session_that_had_ended_costs_no_wait_and_one_that_ends_each_time_does()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.PrepareFails = new PublishAnswer(PublishOutcome.Later) { Error = "400", MayRepeatAtOnce = true };
        hub.Skies.WhilePreparing = () => hub.Skies.PrepareFails = hub.Skies.Prepared.Count > 1 ? null : hub.Skies.PrepareFails;
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMilliseconds(10));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);

        hub.Skies.Prepared.Clear();
        hub.Skies.PrepareFails = new PublishAnswer(PublishOutcome.Later) { Error = "400", MayRepeatAtOnce = true };
        hub.Skies.WhilePreparing = null;
        await hub.WriteAsync("Deux", "skies");
        await PassAsync(hub, minutes: 10);
        Assert.InRange(hub.Skies.Prepared.Count, 3, 5);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_429_without_a_wait_is_obeyed_with_one_that_grows(bool isRepeat)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.RetryAfter = TimeSpan.Zero;
        if (isRepeat)
            hub.Skies.Fates.Enqueue(Fate.RequestLost);
        for (var i = 0; i < 100; i++)
            hub.Skies.Fates.Enqueue(Fate.TooMany);
        await hub.WriteAsync("Un", "skies");
        await PassAsync(hub, minutes: 20);
        Assert.InRange(hub.Skies.Sent.Count, 4, 7);
        hub.Skies.Fates.Clear();
        await PassAsync(hub, minutes: 60);
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    private static async Task PassAsync(PublishingHub hub, int minutes)
    {
        for (var step = 0; step < minutes * 6; step++)
        {
            await hub.WorkAsync();
            hub.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }
}
