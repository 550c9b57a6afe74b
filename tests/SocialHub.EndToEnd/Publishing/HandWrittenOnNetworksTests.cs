using System.Text.Json;
using SkiaSharp;
using SocialHub.Access;
using SocialHub.EndToEnd.Peers;
using SocialHub.Media;
using SocialHub.Publishing;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Publishing;

public sealed class HandWrittenOnNetworksTests(AzuriteFixture azurite, PublishingPds peer) : IClassFixture<PublishingPds>
{
    private static readonly Caller Editor = new("key:ines", "Inès", Role.Editor);

    [Fact]
    public async Task Uploaded_pictures_are_on_a_real_Bluesky_server_and_on_Mastodon_with_their_text_alternatives()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies toots");
        hub.Mastodon.Habits.MediaProcessing = TimeSpan.FromSeconds(1);
        var media = hub.Get<MediaStore>();
        // Noise does not become small: beyond what either network takes before it is scaled.
        var large = (await media.UploadAsync(Picture(2500, 1500, noisy: true), "Le marché, vu du clocher", CancellationToken.None)).Value;
        var small = (await media.UploadAsync(Picture(40, 30, noisy: false), "Un banc", CancellationToken.None)).Value;
        var written = new WrittenPublication(["skies", "toots"], "Samedi, le marché d’été est sur la place. #été") { Pictures = [new(large.Hash, large.Alt), new(small.Hash, small.Alt)] };
        Assert.True((await hub.Get<Publications>().WriteAsync(written, "key-of-the-request", Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        await hub.SettleAsync();
        Assert.All(await hub.PublicationsAsync(), p => Assert.True(p.State == PublicationState.Published, $"{p.Account} {p.State} {p.Why}"));

        var record = Assert.Single(await hub.Account.PostsAsync());
        var embed = record.Value.GetProperty("embed");
        Assert.Equal("app.bsky.embed.images", embed.GetProperty("$type").GetString());
        var images = embed.GetProperty("images").EnumerateArray().ToList();
        Assert.Equal(["Le marché, vu du clocher", "Un banc"], images.Select(image => image.GetProperty("alt").GetString()));
        Assert.Equal((40, 30), (images[1].GetProperty("aspectRatio").GetProperty("width").GetInt32(), images[1].GetProperty("aspectRatio").GetProperty("height").GetInt32()));
        foreach (var image in images)
        {
            var blob = await hub.Account.BlobAsync(image.GetProperty("image").GetProperty("ref").GetProperty("$link").GetString()!);
            Assert.InRange(blob.Length, 100, 1_000_000);
            Assert.Equal("image/jpeg", PictureType.Of(blob)?.ContentType);
        }

        var status = Assert.Single(hub.Mastodon.Instance.Statuses);
        Assert.Equal(["Le marché, vu du clocher", "Un banc"], status.Media.Select(attached => attached.Description));
    }

    [Fact]
    public async Task An_instance_that_takes_one_picture_says_so_before_anything_is_planned()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "toots");
        hub.Mastodon.Habits.MaxMediaAttachments = 1;
        var small = (await hub.Get<MediaStore>().UploadAsync(Picture(40, 30, noisy: false), "Un banc", CancellationToken.None)).Value;
        var answer = await hub.Get<Publications>().WriteAsync(new WrittenPublication(["toots"], "Deux bancs") { Pictures = [new(small.Hash, "Un"), new(small.Hash, "Deux")] }, "key-of-the-request", Editor, CancellationToken.None);
        Assert.Equal(("too-many-pictures", 1), (answer.Problem?.Code, answer.Problem?.Extensions?["most"]));
        Assert.Empty(await hub.PublicationsAsync());
    }

    [Fact]
    public async Task An_instance_that_says_429_is_left_alone_until_the_moment_that_it_names()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "toots");
        hub.Mastodon.Habits.RequestsPer5Minutes = 0;
        Assert.True((await hub.Get<Publications>().WriteAsync(new WrittenPublication(["toots"], "Bonjour"), "key-of-the-request", Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        Assert.Equal(1, Asked());
        Assert.NotNull((await hub.Get<PublicationStore>().AccountAsync("toots", CancellationToken.None)).RestUntil);
        for (var minute = 0; minute < 4; minute++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.WorkAsync();
        }

        Assert.Equal(1, Asked());
        hub.Mastodon.Habits.RequestsPer5Minutes = 300;
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await hub.WorkAsync();
        await hub.SettleAsync();
        Assert.Equal("Bonjour", Assert.Single(hub.Mastodon.Instance.Statuses).Text);

        int Asked() => hub.Mastodon.Received.Count(request => request.Token == hub.User.Token);
    }

    private static byte[] Picture(int width, int height, bool noisy)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.SteelBlue);
        if (noisy)
            new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(noisy ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, 80);
        return data.ToArray();
    }
}
