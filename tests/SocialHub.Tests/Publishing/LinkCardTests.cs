using SkiaSharp;
using SocialHub.Connections;
using SocialHub.Media;
using SocialHub.Publishing;
using SocialHub.Tests.Feeds;

namespace SocialHub.Tests.Publishing;

public sealed class LinkCardTests(AzuriteFixture azurite)
{
    private const string Page = "https://www.saint-exemple.fr/piscine";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("La piscine rouvre", "La piscine rouvre")]
    [InlineData(null, Page)]
    public async Task A_hand_written_text_shows_a_card_of_its_page(string? title, string shown)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        Assert.True((await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "C’est samedi.") { Page = Page, Title = title }, "key-of-the-request", PublishingHub.Editor, None)).Succeeded);
        await hub.WorkAsync();
        Assert.Equal(new PublishCard(Page, shown, ""), hub.Skies.Prepared[^1].Card);
        Assert.Contains(Page, Assert.Single(hub.Skies.Posts).Text, StringComparison.Ordinal);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task Pictures_go_instead_of_the_card()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var picture = (await hub.Get<MediaStore>().UploadAsync(MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4), "Le bassin", None)).Value;
        Assert.True((await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "C’est samedi.") { Page = Page, Title = "La piscine", Pictures = [new(picture.Hash, "Le bassin")] }, "key-of-the-request", PublishingHub.Editor, None)).Succeeded);
        await hub.WorkAsync();
        Assert.Null(hub.Skies.Prepared[^1].Card);
        Assert.Single(hub.Skies.Prepared[^1].Pictures);
    }

    [Fact]
    public async Task Whoever_takes_the_page_out_of_a_hand_written_text_takes_its_card_away()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "C’est samedi.") { Page = Page, At = hub.Now.AddHours(1) }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        Assert.True((await hub.Publications.ChangeAsync(written.Id, new PublicationChange { Text = "C’est dimanche." }, written.ETag, PublishingHub.Editor, None)).Succeeded);
        hub.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await hub.WorkAsync();
        Assert.Null(hub.Skies.Prepared[^1].Card);
        Assert.Equal("C’est dimanche.", Assert.Single(hub.Skies.Posts).Text);
    }

    [Theory]
    [InlineData("{title}", true)]
    [InlineData("{title} {url}", false)]
    public async Task Another_text_of_an_announcement_keeps_the_card_unless_it_takes_the_link_out(string template, bool hasCard)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"approval\":true", accounts: "\"skies\"", template: template);
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        var planned = await hub.OnlyAsync("skies");
        Assert.NotNull(planned.Link);
        var view = PublicationView.Of(planned);
        Assert.True((await hub.Publications.ChangeAsync(view.Id, new PublicationChange { Text = "Ce soir, le conseil" }, view.ETag, PublishingHub.Editor, None)).Succeeded);
        await hub.WorkAsync();
        Assert.Equal("Ce soir, le conseil", Assert.Single(hub.Skies.Posts).Text);
        Assert.Equal(hasCard ? planned.Link : null, hub.Skies.Prepared[^1].Card?.Url);
        await hub.CheckAsync();
    }
}
