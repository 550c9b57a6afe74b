using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Feeds that hold something only now and then, as those of alerts.</summary>
public sealed class NormallyEmptyFeedTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task An_alert_in_a_feed_that_is_empty_most_of_the_time_is_announced_at_the_next_look()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var alert = 1; alert <= 3; alert++)
        {
            hub.Site.Clear();
            for (var look = 0; look < 12; look++)
                await hub.NextLookAsync();
            // Whoever wonders whether the site is at fault sees since when.
            var told = (await hub.Get<PublishingTick>().HealthAsync(CancellationToken.None)).Details!["articleFeeds"]![0]!;
            Assert.Equal((0, null, hub.Now.AddMinutes(-66).UtcDateTime), ((int)told["failures"]!, (string?)told["error"], (DateTime)told["emptySince"]!));
            hub.Site.Publish($"alerte-{alert}", "Vigilance orange", hub.Now.AddMinutes(1), id: $"alerte-{alert}");
            await hub.NextLookAsync();
            Assert.Equal(alert, hub.Skies.Posts.Count);
            // The next one has the same words, on another day.
            hub.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.True((await hub.Get<PublishingTick>().HealthAsync(CancellationToken.None)).IsHealthy);
        Assert.Empty(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData("dated before", 2)]
    [InlineData("undated", 2)]
    [InlineData("of its last change", 2)]
    [InlineData("one of them new", 2)]
    [InlineData("of a coming event", 2)]
    [InlineData("dated anew", 4)]
    public async Task A_feed_that_was_emptied_and_is_filled_again_under_other_names_is_asked_about(string dates, int articles)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        var before = hub.Now - TimeSpan.FromHours(5);
        await hub.FirstLookAsync(articles);
        hub.Site.Clear();
        for (var look = 0; look < 3; look++)
            await hub.NextLookAsync();
        var now = hub.Now.AddMinutes(1);
        for (var i = 0; i < articles; i++)
        {
            var post = hub.Site.Publish($"refait/{i}", $"Ancien {i}", dates switch { "dated before" => before, "undated" => null, "one of them new" => i == 0 ? now : before, "of a coming event" => now.AddDays(20), _ => now }, id: $"refait-{i}");
            hub.Site.Replace(post, post with { IsDateOfChange = dates == "of its last change" });
        }

        await hub.NextLookAsync();
        Assert.Empty(hub.Skies.Posts);
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal((Approval.Awaiting, AskReason.Relaunch), (p.Approval, p.AskedFor)));
        Assert.Equal(articles, (await hub.PublicationsAsync()).Count);
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_feed_that_was_empty_for_a_moment_and_is_as_before_may_be_relaunched_like_any_other()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var (items, version) = (hub.Site.Items.ToList(), hub.Site.Version);
        hub.Site.Clear();
        await hub.NextLookAsync();
        hub.Site.Items.AddRange(items);
        // What its server remembers: nothing has changed.
        hub.Site.Version = version;
        await hub.NextLookAsync();
        hub.Site.Clear();
        hub.Site.Publish("refait/0", "Ancien 0", hub.Now.AddMinutes(1), id: "refait-0");
        await hub.NextLookAsync();
        Assert.Equal(AskReason.Relaunch, (await hub.OnlyAsync("skies")).AskedFor);
    }
}
