using SkiaSharp;
using SocialHub.Connections;
using SocialHub.Media;
using SocialHub.Publishing;
using SocialHub.Storage;
using SocialHub.Tests.Feeds;

namespace SocialHub.Tests.Publishing;

public sealed class ChosenPictureTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    [Trait("run", "thorough")]
    public async Task Uploaded_pictures_go_out_with_their_text_alternatives_scaled_to_what_the_network_takes()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var large = await UploadAsync(hub, PictureTests.Noise(2600, 1800, SKEncodedImageFormat.Jpeg), "La place");
        var small = await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 40, 30), "Le banc");
        var written = new WrittenPublication(["skies", "toots"], "Samedi, fête sur la place.") { Pictures = [new(large.Hash, large.Alt), new(small.Hash, "Un banc")] };
        var planned = await hub.Publications.WriteAsync(written, "key-of-the-request", PublishingHub.Editor, None);
        Assert.Equal(written.Pictures, planned.Value.List.Items[0].Pictures);
        Assert.True((await hub.Publications.WriteAsync(written, "key-of-the-request", PublishingHub.Editor, None)).Value.IsReplay);
        Assert.Equal("key-reused", (await hub.Publications.WriteAsync(written with { Pictures = null }, "key-of-the-request", PublishingHub.Editor, None)).Problem?.Code);
        await hub.WorkAsync();
        foreach (var network in new[] { hub.Skies, hub.Toots })
        {
            Assert.Single(network.Posts);
            var sent = network.Prepared[^1].Pictures;
            Assert.Equal(["La place", "Un banc"], sent.Select(picture => picture.Alt));
            Assert.All(sent, picture => Assert.InRange(picture.Bytes.Length, 1, network.MostPictureBytes));
            Assert.Equal((40, 30), (sent[1].Width, sent[1].Height));
        }

        await hub.CheckAsync();
    }

    [Fact]
    public async Task What_a_network_does_not_take_is_refused_while_the_editor_is_there_with_the_limit()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Toots.PictureRules = new PictureRules(2, 10);
        var a = await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4), "A");
        // Known as a picture by its head alone; nobody can decode it.
        var broken = await UploadAsync(hub, [.. MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4)[..33]], "Brisée");
        await ExpectAsync("alt-required", 0, new ChosenPicture(a.Hash, " "));
        await ExpectAsync("alt-too-long", 1, new ChosenPicture(a.Hash, "court"), new ChosenPicture(a.Hash, "onze signes"));
        await ExpectAsync("picture-unknown", 0, new ChosenPicture(new string('0', 64), "A"));
        await ExpectAsync("picture-unknown", 0, new ChosenPicture("../config/hub.json", "A"));
        await ExpectAsync("picture-unusable", 0, new ChosenPicture(broken.Hash, "A"));
        var three = await WriteAsync(hub, ["toots"], [.. Enumerable.Repeat(new ChosenPicture(a.Hash, "A"), 3)]);
        Assert.Equal(("too-many-pictures", 2), (three.Problem?.Code, three.Problem?.Extensions?["most"]));
        Assert.Equal("too-many-pictures", (await WriteAsync(hub, ["skies"], [.. Enumerable.Repeat(new ChosenPicture(a.Hash, "A"), 5)])).Problem?.Code);
        Assert.Empty(await hub.PublicationsAsync());
        Assert.True((await WriteAsync(hub, ["skies"], [.. Enumerable.Repeat(new ChosenPicture(a.Hash, "A"), 4)])).Succeeded);

        async Task ExpectAsync(string code, int index, params ChosenPicture[] pictures)
        {
            var problem = (await WriteAsync(hub, ["skies", "toots"], pictures)).Problem;
            Assert.Equal((ProblemKind.Unprocessable, code, index), (problem?.Kind, problem?.Code, problem?.Extensions?["picture"]));
        }
    }

    [Fact]
    public async Task A_change_of_the_pictures_alone_is_a_change_and_an_empty_list_takes_them_away()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var a = await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4), "A");
        var planned = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte") { At = hub.Now.AddHours(1) }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        var with = (await hub.Publications.ChangeAsync(planned.Id, new PublicationChange { Pictures = [new(a.Hash, "A")] }, planned.ETag, PublishingHub.Editor, None)).Value;
        Assert.Equal(("A", "Texte"), (Assert.Single(with.Pictures!).Alt, with.Text));
        Assert.NotEqual(planned.ETag, with.ETag);
        var still = (await hub.Publications.ChangeAsync(planned.Id, new PublicationChange { Text = "Autre" }, with.ETag, PublishingHub.Editor, None)).Value;
        Assert.Single(still.Pictures!);
        Assert.Equal("picture-unknown", (await hub.Publications.ChangeAsync(planned.Id, new PublicationChange { Pictures = [new(new string('0', 64), "A")] }, still.ETag, PublishingHub.Editor, None)).Problem?.Code);
        Assert.Null((await hub.Publications.ChangeAsync(planned.Id, new PublicationChange { Pictures = [] }, still.ETag, PublishingHub.Editor, None)).Value.Pictures);
    }

    [Fact]
    public async Task A_picture_stays_two_days_unused_and_as_long_as_a_publication_names_it()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var (used, unused) = (await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4), "A"), await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 5, 5), "B"));
        Assert.Equal(hub.Now.AddHours(48), used.KeptUntil);
        hub.Clock.Advance(TimeSpan.FromHours(47));
        await hub.Get<MediaRetention>().RunAsync(None);
        Assert.Equal(2, hub.Get<HubStorage>().Media.GetBlobs().Count());
        Assert.True((await WriteAsync(hub, ["skies"], [new(used.Hash, "A")])).Succeeded);
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromDays(30));
        await hub.Get<MediaRetention>().RunAsync(None);
        Assert.Equal(used.Hash, Assert.Single(hub.Get<HubStorage>().Media.GetBlobs()).Name);
        Assert.Equal("picture-unknown", (await WriteAsync(hub, ["skies"], [new(unused.Hash, "B")])).Problem?.Code);
    }

    [Fact]
    public async Task A_text_does_not_go_without_a_picture_that_was_chosen_for_it()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var a = await UploadAsync(hub, MediaTests.Picture(SKEncodedImageFormat.Png, 4, 4), "A");
        Assert.True((await WriteAsync(hub, ["skies"], [new(a.Hash, "A")])).Succeeded);
        await hub.Get<HubStorage>().Media.DeleteBlobAsync(a.Hash);
        await hub.WorkAsync();
        Assert.Equal(PublicationState.Failed, (await hub.OnlyAsync("skies")).State);
        Assert.Empty(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    private static async Task<UploadedMedia> UploadAsync(PublishingHub hub, byte[] bytes, string alt) => (await hub.Get<MediaStore>().UploadAsync(bytes, alt, None)).Value;

    private static Task<Answer<(PublicationList List, bool IsReplay)>> WriteAsync(PublishingHub hub, string[] accounts, IReadOnlyList<ChosenPicture> pictures) =>
        hub.Publications.WriteAsync(new WrittenPublication(accounts, "Texte") { Pictures = pictures }, Guid.NewGuid().ToString("N"), PublishingHub.Editor, None);
}
