using Azure.Data.Tables;
using SkiaSharp;
using SocialHub.Feeds;
using SocialHub.Publishing;
using SocialHub.Tests.Feeds;

namespace SocialHub.Tests.Publishing;

/// <summary>Two processes died in a publication's work, and the third comes.</summary>
public sealed class KilledTwiceTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_announcement_leaves_without_the_picture_that_may_have_killed_them_and_fails_when_it_had_none(bool hadNone)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Pictures["https://www.saint-exemple.fr/a.png"] = MediaTests.Picture(SKEncodedImageFormat.Png, 40, 30);
        hub.Site.Replace(post, post with { Pictures = [new PostPicture("https://www.saint-exemple.fr/a.png", "Une place")] });
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.Get<PublishingTick>().RunAsync(CancellationToken.None);
        if (hadNone)
        {
            var row = await hub.OnlyAsync("skies");
            row.WithoutPicture = true;
            await hub.Table.UpdateEntityAsync(row.Entity, row.ETag, TableUpdateMode.Replace);
        }

        await DieTwiceAsync(hub);
        await hub.WorkAsync();
        var ended = await hub.OnlyAsync("skies");
        Assert.Equal((hadNone ? PublicationState.Failed : PublicationState.Published, true), (ended.State, ended.WithoutPicture));
        Assert.Equal(hadNone ? 0 : 1, hub.Skies.Sent.Count);
        Assert.All(hub.Skies.Prepared, item => Assert.Empty(item.Pictures));
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData((int)Fate.RequestLost, "Uncertain")]
    [InlineData((int)Fate.AnswerLost, "Published")]
    public async Task What_may_have_left_is_looked_for_once_more_and_never_sent_again(int fate, string state)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Skies.Fates.Enqueue((Fate)fate);
        await hub.WriteAsync("Texte", "skies");
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await DieTwiceAsync(hub);
        await hub.WorkAsync();
        Assert.Equal(state, (await hub.OnlyAsync("skies")).State.ToString());
        Assert.Null((await hub.Store.AccountAsync("skies", CancellationToken.None)).InFlight);
        Assert.Single(hub.Skies.Sent);
        Assert.Equal(state == "Uncertain" ? 1 : 0, hub.Site.Cards.Count);
        await hub.CheckAsync();
    }

    private static async Task DieTwiceAsync(PublishingHub hub)
    {
        var due = Assert.Single(await hub.DueAsync());
        (due.Attempts, due.BusyUntil) = (2, hub.Now.AddMinutes(-1));
        await hub.Table.UpdateEntityAsync(due.Entity, due.ETag, TableUpdateMode.Replace);
    }
}
