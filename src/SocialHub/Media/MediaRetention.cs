using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using SocialHub.Storage;

namespace SocialHub.Media;

/// <summary>Content addresses that a room's rows refer to. Whoever keeps one for longer than two days registers this beside its store.</summary>
/// <param name="Room">For logs.</param>
/// <param name="ReadAsync">All of them, doubled ones too; a failure keeps every picture.</param>
public sealed record MediaReferences(string Room, Func<CancellationToken, IAsyncEnumerable<string>> ReadAsync);

/// <summary>
/// Deletes pictures that nothing refers to and that nobody touched for 48 hours. Their ETags are read before the references: whoever is about to refer
/// to one touches it first, so its ETag has moved and the deletion is refused.
/// </summary>
public sealed partial class MediaRetention(HubStorage storage, IEnumerable<MediaReferences> references, TimeProvider time, ILogger<MediaRetention> logger)
{
    /// <summary>One round.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = Keys.Utc(time.GetUtcNow() - MediaStore.Untouched);
        var old = new Dictionary<string, ETag>(StringComparer.Ordinal);
        await foreach (var blob in storage.Media.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
        {
            var touched = blob.Metadata.TryGetValue(MediaStore.Touched, out var at) ? at : Keys.Utc(blob.Properties.LastModified ?? time.GetUtcNow());
            if (string.CompareOrdinal(touched, before) < 0 && blob.Properties.ETag is { } etag)
                old[blob.Name] = etag;
        }
        if (old.Count == 0)
            return;
        foreach (var room in references)
        {
            await foreach (var hash in room.ReadAsync(cancellationToken))
                old.Remove(hash);
        }
        foreach (var (name, etag) in old)
        {
            try
            {
                await storage.Media.DeleteBlobAsync(name, conditions: new BlobRequestConditions { IfMatch = etag }, cancellationToken: cancellationToken);
            }
            catch (RequestFailedException moved) when (moved.Status is 404 or 412)
            {
            }
        }
        Log.Deleted(logger, old.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} pictures that nothing refers to were deleted.")]
        public static partial void Deleted(ILogger logger, int count);
    }
}
