using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using SocialHub.Storage;

namespace SocialHub.Media;

/// <summary>A picture in the hub's media.</summary>
/// <param name="Hash">Its content address: SHA-256, 64 hexadecimal digits.</param>
/// <param name="Type">What it is, by its own bytes.</param>
public sealed record KeptMedia(string Hash, PictureType Type);

/// <summary>A picture as it is served.</summary>
public sealed record MediaFile(string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Pictures under the hash of their content, so that visitors get them from the hub and the same picture is kept once.
/// Whoever stores a reference to one that is there already touches it first: what nothing refers to is only deleted <see cref="Untouched"/> after its last touch.
/// </summary>
public sealed partial class MediaStore(HubStorage storage, TimeProvider time, ILogger<MediaStore> logger)
{
    /// <summary>Largest picture, bytes.</summary>
    public const int Limit = 8_000_000;

    /// <summary>Longest text alternative of a picture that a person brings, characters.</summary>
    public const int LongestAlt = 1500;

    /// <summary>How long a picture that nothing refers to stays after somebody last brought or touched it.</summary>
    public static readonly TimeSpan Untouched = TimeSpan.FromHours(48);

    /// <summary>Metadata: when somebody last meant to refer to it.</summary>
    internal const string Touched = "touched";

    // What a browser must decode: a small file may claim any size.
    private const long MostPixels = 100_000_000;

    /// <summary>Keeps a picture; 413 when it is too large, 415 when it is none of the known kinds.</summary>
    public async Task<Answer<KeptMedia>> KeepAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length > Limit)
            return new Problem(ProblemKind.TooLarge, "picture-too-large", $"The picture is larger than {Limit / 1_000_000} MB.");
        if (PictureType.Of(bytes.Span) is not { } type)
            return new Problem(ProblemKind.UnsupportedMediaType, "picture-unknown", "The file is no PNG, JPEG, GIF, WebP or AVIF picture.");
        if (type is { Width: { } width, Height: { } height } && (width <= 0 || height <= 0 || (long)width * height > MostPixels))
            return new Problem(ProblemKind.TooLarge, "picture-too-large", $"The picture has more than {MostPixels / 1_000_000} million pixels, or none.");
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var blob = storage.Media.GetBlobClient(hash);
        try
        {
            await blob.UploadAsync(new BinaryData(bytes), new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = type.ContentType },
                Metadata = Now(),
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Between the two it may have been deleted: then it is put again.
            if (!await TouchAsync(hash, cancellationToken))
                return await KeepAsync(bytes, cancellationToken);
        }
        return new KeptMedia(hash, type);
    }

    /// <summary>
    /// Keeps a picture that a person brings, for a text to be written. It stays <see cref="Untouched"/> without being referred to;
    /// 413 and 415 as above, 422 when nothing says what it shows.
    /// </summary>
    public async Task<Answer<UploadedMedia>> UploadAsync(ReadOnlyMemory<byte> bytes, string? alt, CancellationToken cancellationToken)
    {
        alt = alt?.Trim() ?? "";
        if (alt.Length is 0 or > LongestAlt)
            return new Problem(ProblemKind.Unprocessable, "alt-required", $"Say in the field alt what the picture shows, in 1 to {LongestAlt} characters.");
        var kept = await KeepAsync(bytes, cancellationToken);
        return kept.Problem is { } problem ? problem : new UploadedMedia(kept.Value.Hash, alt, kept.Value.Type.ContentType, time.GetUtcNow() + Untouched)
        {
            Width = kept.Value.Type.Width,
            Height = kept.Value.Type.Height,
        };
    }

    /// <summary>Keeps a picture alive that is about to be referred to; false when it is gone.</summary>
    public async Task<bool> TouchAsync(string hash, CancellationToken cancellationToken)
    {
        if (!IsHash(hash))
            return false;
        try
        {
            await storage.Media.GetBlobClient(hash).SetMetadataAsync(Now(), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }

    /// <summary>One picture; 404 when there is none under that hash.</summary>
    public async Task<Answer<MediaFile>> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var none = new Problem(ProblemKind.NotFound, "media-unknown", "There is no picture under this address.");
        if (!IsHash(hash))
            return none;
        try
        {
            var found = (await storage.Media.GetBlobClient(hash).DownloadContentAsync(cancellationToken)).Value;
            var bytes = found.Content.ToMemory();
            // By its bytes again: whatever else may be able to write into the container.
            if (PictureType.Of(bytes.Span) is { } type)
                return new MediaFile(type.ContentType, bytes);
            Log.NoPicture(logger, hash);
            return none;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return none;
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private Dictionary<string, string> Now() => new(StringComparer.Ordinal) { [Touched] = Keys.Utc(time.GetUtcNow()) };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Blob {Hash} in the media container is no picture; it is not served.")]
        public static partial void NoPicture(ILogger logger, string hash);
    }
}
