using SocialHub.Operations;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class PublishingHealthTests(AzuriteFixture azurite)
{
    private const string Account = "\"skies\": { \"network\": \"bluesky\", \"server\": \"https://pds.example\", \"name\": \"ville.bsky.example\", \"secret\": \"SKIES\" },";

    [Fact]
    public async Task A_feed_whose_address_was_corrected_is_nobodys_business_any_more()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        hub.Site.IsDown = true;
        for (var i = 0; i < 3; i++)
        {
            hub.Clock.Advance(TimeSpan.FromHours(2));
            await hub.TickAsync();
        }

        Assert.False((await AskAsync(hub)).IsHealthy);
        hub.Site.IsDown = false;
        await hub.ReconfigureAsync(PublishingHub.Feed, PublishingHub.Feed + ".xml");
        await hub.TickAsync();
        var corrected = await AskAsync(hub);
        Assert.True(corrected.IsHealthy);
        Assert.Equal(PublishingHub.Feed + ".xml", (string?)Assert.Single(corrected.Details["articleFeeds"]!.AsArray())!["address"]);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("dry-run")]
    [InlineData("on")]
    public async Task The_mode_is_told_in_the_word_of_its_setting(string mode)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"", mode: mode);
        Assert.Equal(mode, (string?)(await AskAsync(hub)).Details["mode"]);
    }

    [Fact]
    public async Task A_feed_that_moved_for_good_is_told_and_one_that_is_gone_needs_somebody_at_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        hub.Site.MovedTo = "https://www.saint-exemple.fr/neuf";
        await hub.FirstLookAsync();
        var moved = await AskAsync(hub);
        Assert.True(moved.IsHealthy);
        Assert.Equal(hub.Site.MovedTo, (string?)moved.Details["articleFeeds"]![0]!["movedTo"]);
        hub.Site.IsGone = true;
        await hub.NextLookAsync();
        Assert.False((await AskAsync(hub)).IsHealthy);
        (hub.Site.IsGone, hub.Site.MovedTo) = (false, null);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.TickAsync();
        var mended = await AskAsync(hub);
        Assert.Equal((true, null), (mended.IsHealthy, (string?)mended.Details["articleFeeds"]![0]!["movedTo"]));
    }

    [Fact]
    public async Task An_account_that_was_removed_needs_nobody_once_nothing_of_it_is_on_its_way()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        hub.Skies.Fates.Enqueue(Fate.TokenDead);
        await hub.WriteAsync("Texte", "skies");
        await hub.WorkAsync();
        Assert.False((await AskAsync(hub)).IsHealthy);
        await hub.ReconfigureAsync(Account, "");
        var removed = await AskAsync(hub);
        Assert.True(removed.IsHealthy);
        Assert.False(removed.Details["accounts"]!.AsObject().ContainsKey("skies"));
    }

    [Fact]
    public async Task What_may_have_left_from_a_removed_account_still_needs_somebody()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        hub.Skies.Fates.Enqueue(Fate.RequestLost);
        await hub.WriteAsync("Texte", "skies");
        await hub.WorkAsync();
        await hub.ReconfigureAsync(Account, "");
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.WorkAsync();
        Assert.False((await AskAsync(hub)).IsHealthy);
        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.WorkAsync();
        Assert.True((await AskAsync(hub)).IsHealthy);
    }

    [Fact]
    public async Task What_the_hub_gave_up_is_counted_for_a_week_and_told_with_what_it_waited_for()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"approval\":true", accounts: "\"skies\",\"toots\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        var byHand = PublicationView.Of(await hub.OnlyAsync("toots"));
        Assert.Equal("cancelled", (await hub.Publications.CancelAsync(byHand.Id, byHand.ETag, PublishingHub.Editor, CancellationToken.None)).Value.Ended);
        Assert.Empty((await AskAsync(hub)).Details["unannounced"]!.AsObject());

        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.TickAsync();
        var expired = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.Equal(("expired", "expired", "awaiting-approval", hub.Now), (expired.State, expired.Ended, expired.Why, expired.EndedAt));
        var told = await AskAsync(hub);
        // It is over, and may be what the team wanted.
        Assert.True(told.IsHealthy);
        Assert.Equal("""{"expired":1}""", told.Details["unannounced"]!.ToJsonString());
        hub.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Assert.Empty((await AskAsync(hub)).Details["unannounced"]!.AsObject());
    }

    [Fact]
    public async Task What_failed_and_was_planned_again_has_not_ended()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.Fates.Enqueue(Fate.Refused);
        await hub.WriteAsync("Texte", "skies");
        await hub.WorkAsync();
        var failed = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.Equal("refused", failed.Ended);
        Assert.Equal("""{"refused":1}""", (await AskAsync(hub)).Details["unannounced"]!.ToJsonString());
        Assert.Null((await hub.Publications.RetryAsync(failed.Id, failed.ETag, PublishingHub.Editor, CancellationToken.None)).Value.Ended);
        Assert.Empty((await AskAsync(hub)).Details["unannounced"]!.AsObject());
        await hub.WorkAsync();
        Assert.Equal("published", PublicationView.Of(await hub.OnlyAsync("skies")).Ended);
        Assert.Empty((await AskAsync(hub)).Details["unannounced"]!.AsObject());
    }

    private static Task<HealthAnswer> AskAsync(PublishingHub hub) => hub.Get<PublishingTick>().HealthAsync(CancellationToken.None);
}
