using SkiaSharp;
using SocialHub.Connections;

namespace SocialHub.Publishing;

/// <summary>
/// Pictures of announcements: fetched, recognised by their first bytes, decoded and written anew as JPEG. What comes out has no metadata
/// (no place, no camera), is upright and below the network's limit.
/// </summary>
internal sealed class Pictures(HubHttp http)
{
    public const int MostPixels = 40_000_000;
    private const int LongestSide = 2000;

    /// <summary>The picture; null when it cannot be had now; <c>IsGone</c> when it never can.</summary>
    public async Task<(PublishPicture? Picture, bool IsGone)> GetAsync(string address, string alt, int mostBytes, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return (null, true);
        var fetched = await http.GetAsync(uri, FetchLimits.Picture, cancellationToken);
        if (!fetched.Succeeded)
            return (null, fetched.Status is (>= 400 and < 500 and not 408 and not 429) || fetched.Failure is FetchFailure.RefusedAddress or FetchFailure.TooLarge or FetchFailure.Redirects);
        return Encode(fetched.Bytes, alt, mostBytes) is { } picture ? (picture, false) : (null, true);
    }

    /// <summary>A JPEG of at most <paramref name="mostBytes"/>; null for anything that is no picture, or too large a one.</summary>
    public static PublishPicture? Encode(ReadOnlyMemory<byte> bytes, string alt, int mostBytes)
    {
        using var codec = Open(bytes);
        if (codec is null)
            return null;
        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null)
            return null;
        for (var (side, quality) = (LongestSide, 85); side >= 200; (side, quality) = quality > 60 ? (side, quality - 15) : (side * 3 / 4, 85))
        {
            using var upright = Draw(decoded, codec.EncodedOrigin, side);
            using var encoded = upright.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (encoded is not null && encoded.Size <= mostBytes)
                return new PublishPicture(encoded.ToArray(), upright.Width, upright.Height, alt);
        }

        return null;
    }

    /// <summary>True for a picture whose head says that it can be decoded; the rest of it may still be broken.</summary>
    public static bool CanBeSent(ReadOnlyMemory<byte> bytes)
    {
        using var codec = Open(bytes);
        return codec is not null;
    }

    private static SKCodec? Open(ReadOnlyMemory<byte> bytes)
    {
        if (!IsPicture(bytes.Span))
            return null;
        // The codec holds on to the copy.
        using var data = SKData.CreateCopy(bytes.Span);
        var codec = SKCodec.Create(data);
        if (codec is null || (codec.Info.Width >= 1 && codec.Info.Height >= 1 && (long)codec.Info.Width * codec.Info.Height <= MostPixels))
            return codec;
        codec.Dispose();
        return null;
    }

    private static SKImage Draw(SKBitmap bitmap, SKEncodedOrigin origin, int longestSide)
    {
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = isTurned ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var scale = Math.Min(1f, (float)longestSide / Math.Max(width, height));
        using var surface = SKSurface.Create(new SKImageInfo(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        // JPEG knows no transparency.
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        switch (origin)
        {
            case SKEncodedOrigin.TopRight: canvas.Scale(-1, 1, width / 2f, 0); break;
            case SKEncodedOrigin.BottomRight: canvas.RotateDegrees(180, width / 2f, height / 2f); break;
            case SKEncodedOrigin.BottomLeft: canvas.Scale(1, -1, 0, height / 2f); break;
            case SKEncodedOrigin.LeftTop: canvas.RotateDegrees(90); canvas.Scale(1, -1); break;
            case SKEncodedOrigin.RightTop: canvas.Translate(width, 0); canvas.RotateDegrees(90); break;
            case SKEncodedOrigin.RightBottom: canvas.Translate(width, height); canvas.RotateDegrees(90); canvas.Scale(-1, 1); break;
            case SKEncodedOrigin.LeftBottom: canvas.Translate(0, height); canvas.RotateDegrees(-90); break;
            default: break;
        }

        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return surface.Snapshot();
    }

    private static bool IsPicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || bytes.StartsWith("GIF8"u8)
        || (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8));
}
