using System.Security.Cryptography;
using System.Text;
using CsCheck;
using SkiaSharp;
using SocialHub.Feeds;
using SocialHub.Media;
using static SocialHub.Tests.Feeds.SourceRefreshTests;

namespace SocialHub.Tests.Feeds;

public sealed class MediaTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void A_picture_is_known_by_its_bytes_with_its_size(SKEncodedImageFormat format, string type)
    {
        var found = PictureType.Of(Picture(format, 320, 180));
        Assert.Equal((type, 320, 180), (found?.ContentType, found?.Width, found?.Height));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("<?xml version='1.0'?><svg/>")]
    [InlineData("GIF8")]
    [InlineData("BM......")]
    [InlineData("\0\0\0\u0010ftypheic\0\0\0\0")]
    [InlineData("")]
    public void What_is_no_picture_is_not_kept(string bytes) => Assert.Null(PictureType.Of(Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void Avif_and_gif_are_known()
    {
        Assert.Equal(("image/avif", 640, 480), Avif("\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf"u8, (640, 480)) is { } avif ? (avif.ContentType, avif.Width!.Value, avif.Height!.Value) : default);
        Assert.Equal((40_000, 30_000), Avif("\0\0\0\u0014ftypavif\0\0\0\0mif1"u8, (160, 120), (40_000, 30_000), (512, 512)) is { } large ? (large.Width!.Value, large.Height!.Value) : default);
        Assert.Equal(("image/gif", 1, 2), (PictureType.Of("GIF89a\u0001\0\u0002\0\0\0"u8) is { } gif ? (gif.ContentType, gif.Width!.Value, gif.Height!.Value) : default));
    }

    [Fact]
    public void A_picture_that_does_not_say_its_size_is_none()
    {
        Assert.Null(PictureType.Of("\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf"u8));
        Assert.Null(Avif("\0\0\0\u0014ftypavif\0\0\0\0mif1"u8));
        Assert.Null(Avif("\0\0\0\u0014ftypavif\0\0\0\0mif1"u8, (0, 10)));
        var jpeg = Picture(SKEncodedImageFormat.Jpeg, 32, 18);
        Assert.NotNull(PictureType.Of(jpeg));
        Assert.Null(PictureType.Of(jpeg.AsSpan(0, jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC0]))));
        Assert.Null(PictureType.Of([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public async Task A_small_file_that_claims_a_hundred_megapixels_is_refused_as_avif_too()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var answer = await hub.Get<MediaStore>().KeepAsync(AvifBytes("\0\0\0\u0014ftypavif\0\0\0\0mif1"u8, (40_000, 30_000)), CancellationToken.None);
        Assert.Equal(ProblemKind.TooLarge, answer.Problem?.Kind);
    }

    [Fact]
    public void Any_bytes_are_looked_at_without_an_accident() =>
        Gen.Select(Gen.OneOf("", "\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF", "GIF89a", "RIFF....WEBPVP8X", "....ftyp", "\0\0\0\x14" + "ftypavif\0\0\0\0mif1\0\0\0\x28meta\0\0\0\0\0\0\0\x1ciprp\0\0\0\x14ipco"), Gen.Byte.Array[0, 60])
            .Sample((head, rest) => { PictureType.Of([.. Encoding.Latin1.GetBytes(head), .. rest]); return true; }, iter: 20_000);

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_picture_is_fetched_once_kept_once_and_served_from_the_hub()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var bytes = Picture(SKEncodedImageFormat.Png, 40, 30);
        hub.Script.Pictures["https://cdn.example/a.png"] = bytes;
        hub.Script.Pictures["https://cdn.example/same.png"] = bytes;
        var post = At(1) with { Html = "<p>Texte</p><img src=\"https://cdn.example/a.png\">", Pictures = [new("https://cdn.example/a.png", "La place")] };
        hub.Script.Gives("site", post);
        hub.Script.Gives("toots", At(2) with { Pictures = [new("https://cdn.example/same.png", null)] });
        await hub.ReadAllAsync();
        hub.Script.Gives("site", post with { Title = "Corrigé" });
        await hub.ReadAllAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal(["https://cdn.example/a.png", "https://cdn.example/same.png"], hub.Script.PicturesAsked);
        Assert.Single(hub.Storage.Media.GetBlobs());
        var feed = Text(await hub.FeedAsync(form: FeedForm.Html));
        Assert.Contains($"<img src=\"https://hub.saint-exemple.fr/media/{hash}\" alt=\"La place\" width=\"40\" height=\"30\" loading=\"lazy\">", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("cdn.example", feed, StringComparison.Ordinal);
        var served = (await hub.Get<MediaStore>().FindAsync(hash, CancellationToken.None)).Value;
        Assert.Equal("image/png", served.ContentType);
        Assert.True(served.Bytes.Span.SequenceEqual(bytes));
        Assert.Equal(1, (int)(await hub.Get<FeedHealth>().AskAsync(CancellationToken.None)).Details["toots"]!["picturesWithoutAlt"]!);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_picture_that_is_none_or_cannot_be_had_costs_the_post_nothing_and_is_asked_for_again()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Pictures["https://cdn.example/x.svg"] = "<svg/>"u8.ToArray();
        hub.Script.GivesOnce("site", At(1) with { Html = "<p>Texte</p><img src='https://cdn.example/x.svg'>", Pictures = [new("https://cdn.example/x.svg", null), new("https://cdn.example/gone.png", "Partie")] });
        await hub.ReadAllAsync();
        Assert.DoesNotContain("<img", Text(await hub.FeedAsync(form: FeedForm.Html)), StringComparison.Ordinal);
        Assert.Empty(hub.Storage.Media.GetBlobs());
        hub.Script.Pictures["https://cdn.example/gone.png"] = Picture(SKEncodedImageFormat.Png, 4, 4);
        await hub.ReadAllAsync();
        Assert.Contains("alt=\"Partie\"", Text(await hub.FeedAsync(form: FeedForm.Html)), StringComparison.Ordinal);
        for (var i = 0; i < 8; i++)
            await hub.ReadAllAsync();
        Assert.InRange(hub.Script.PicturesAsked.Count(address => address.EndsWith("x.svg", StringComparison.Ordinal)), 2, 5);
        // Given up: an unchanged source is one again.
        Assert.Equal("known", hub.Script.Asked.Last(request => request.SourceId == "site").Validators);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_known_picture_is_touched_before_it_is_referred_to_and_fetched_again_when_it_is_gone()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Pictures["https://cdn.example/a.png"] = Picture(SKEncodedImageFormat.Png, 4, 4);
        var post = At(1) with { Pictures = [new("https://cdn.example/a.png", "A")] };
        hub.Script.Gives("site", post);
        await hub.ReadAllAsync();
        var name = hub.Storage.Media.GetBlobs().Single().Name;
        var first = await Touched();
        hub.Script.Gives("site", post, At(2) with { Pictures = [new("https://cdn.example/a.png", "A")] });
        await hub.ReadAllAsync();
        Assert.NotEqual(first, await Touched());
        await hub.Storage.Media.DeleteBlobAsync(name);
        hub.Script.Gives("site", post with { Title = "Autre" });
        await hub.ReadAllAsync();
        Assert.Equal(2, hub.Script.PicturesAsked.Count);
        Assert.Equal(name, hub.Storage.Media.GetBlobs().Single().Name);

        async Task<string> Touched() => (await hub.Storage.Media.GetBlobClient(name).GetPropertiesAsync()).Value.Metadata["touched"];
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_picture_goes_once_nothing_refers_to_it_and_nobody_touched_it_for_two_days()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        for (var i = 1; i <= 3; i++)
            hub.Script.Pictures[$"https://cdn.example/{i}.png"] = Picture(SKEncodedImageFormat.Png, i, 1);
        hub.Script.Gives("site", At(1) with { Pictures = [new("https://cdn.example/1.png", "")] }, At(2) with { Pictures = [new("https://cdn.example/2.png", "")] });
        hub.Script.Gives("toots", At(3) with { Pictures = [new("https://cdn.example/3.png", "")] });
        await hub.ReadAllAsync();
        // Two of the three posts are deleted upstream.
        hub.Script.Sources["site"] = _ => new(SocialHub.Connections.ReadOutcome.Read) { Posts = [At(1) with { Pictures = [new("https://cdn.example/1.png", "")] }], ShowsDeletions = true };
        hub.Script.Sources["toots"] = _ => new(SocialHub.Connections.ReadOutcome.Read) { ShowsDeletions = true };
        await hub.ReadAllAsync();
        hub.Clock.Advance(TimeSpan.FromHours(40));
        await hub.Get<MediaRetention>().RunAsync(CancellationToken.None);
        Assert.Equal(3, hub.Storage.Media.GetBlobs().Count());
        hub.Clock.Advance(TimeSpan.FromHours(40));
        // Somebody is about to refer to the third one again, between the look at it and the deletion.
        var third = Convert.ToHexStringLower(SHA256.HashData(hub.Script.Pictures["https://cdn.example/3.png"]));
        var store = hub.Get<MediaStore>();
        await new MediaRetention(hub.Storage, [.. hub.Get<IEnumerable<MediaReferences>>(), new("slow", _ => Touch())], hub.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<MediaRetention>.Instance).RunAsync(CancellationToken.None);
        var first = Convert.ToHexStringLower(SHA256.HashData(hub.Script.Pictures["https://cdn.example/1.png"]));
        Assert.Equal(new[] { first, third }.Order(StringComparer.Ordinal), hub.Storage.Media.GetBlobs().Select(blob => blob.Name));

        async IAsyncEnumerable<string> Touch()
        {
            await store.TouchAsync(third, CancellationToken.None);
            yield break;
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task An_address_without_a_picture_is_not_found(string hash)
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        Assert.Equal(ProblemKind.NotFound, (await hub.Get<MediaStore>().FindAsync(hash, CancellationToken.None)).Problem?.Kind);
    }

    private static PictureType? Avif(ReadOnlySpan<byte> head, params (int Width, int Height)[] sizes) => PictureType.Of(AvifBytes(head, sizes));

    internal static byte[] AvifBytes(ReadOnlySpan<byte> head, params (int Width, int Height)[] sizes)
    {
        byte[] properties = [.. Box("pixi", [0, 0, 0, 0, 3, 8, 8, 8]), .. sizes.SelectMany(size => Box("ispe", [0, 0, 0, 0, .. Number(size.Width), .. Number(size.Height)]))];
        return [.. head, .. Box("meta", [0, 0, 0, 0, .. Box("hdlr", new byte[24]), .. Box("iprp", [.. Box("ipco", properties), .. Box("ipma", new byte[8])])]), .. Box("mdat", [1, 2, 3])];

        static byte[] Box(string type, byte[] content) => [.. Number(8 + content.Length), .. Encoding.ASCII.GetBytes(type), .. content];

        static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    internal static byte[] Picture(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }
}
