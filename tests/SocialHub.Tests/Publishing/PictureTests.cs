using SkiaSharp;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class PictureTests
{
    [Fact]
    [Trait("run", "thorough")]
    public void A_large_noisy_picture_comes_below_the_limit_and_keeps_its_shape()
    {
        var picture = Pictures.Encode(Noise(3000, 1500, SKEncodedImageFormat.Png), "Une place", 1_000_000);
        Assert.NotNull(picture);
        Assert.InRange(picture.Bytes.Length, 1, 1_000_000);
        Assert.Equal(2.0, (double)picture.Width / picture.Height, 0.02);
        Assert.Equal("Une place", picture.Alt);
        using var codec = SKCodec.Create(SKData.CreateCopy(picture.Bytes.Span));
        Assert.Equal(SKEncodedImageFormat.Jpeg, codec.EncodedFormat);
    }

    [Fact]
    public void Metadata_is_gone_and_a_turned_photo_stands_upright()
    {
        var jpeg = Noise(300, 200, SKEncodedImageFormat.Jpeg);
        // An APP1 segment: Exif, orientation 6 (turn right by 90°), and a place that must not survive.
        byte[] tiff = [.. "Exif\0\0MM\0*\0\0\0\b\0\u0001"u8, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, .. "GPS 48.85 2.35"u8];
        byte[] segment = [0xFF, 0xE1, (byte)((tiff.Length + 2) >> 8), (byte)(tiff.Length + 2), .. tiff];
        byte[] photo = [.. jpeg[..2], .. segment, .. jpeg[2..]];
        var picture = Pictures.Encode(photo, "", 1_000_000)!;
        Assert.Equal((200, 300), (picture.Width, picture.Height));
        Assert.Equal(-1, picture.Bytes.Span.IndexOf("Exif"u8));
        Assert.Equal(-1, picture.Bytes.Span.IndexOf("GPS"u8));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void What_is_no_picture_is_refused(string text) => Assert.Null(Pictures.Encode(System.Text.Encoding.UTF8.GetBytes(text), "", 1_000_000));

    internal static byte[] Noise(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        var random = new Random(1);
        var pixels = bitmap.GetPixelSpan();
        random.NextBytes(pixels);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }
}
