using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace SocialHub.Configuration;

/// <summary>Where a hub.json is kept: a file, or a blob.</summary>
public abstract class ConfigurationDocument
{
    /// <summary>For messages, which anybody may read in a 503: <c>the file hub.json</c>, <c>the blob config/hub.json</c>.</summary>
    public abstract string Where { get; }

    /// <summary>For the log, which only the operator reads: <see cref="Where"/>, with a file's whole path.</summary>
    public virtual string Place => Where;

    /// <summary>The sentence that says that there is none, and how to bring one in.</summary>
    public abstract string Missing { get; }

    /// <summary>False for a file: whoever can write files edits it there.</summary>
    public abstract bool IsWritable { get; }

    /// <summary>Reads it; null when there is none; <see cref="Stored.Content"/> is null when it is the version <paramref name="known"/>.</summary>
    /// <exception cref="IOException">It cannot be read now.</exception>
    /// <exception cref="RequestFailedException">The storage cannot be reached now.</exception>
    public abstract Task<Stored?> ReadAsync(string? known, CancellationToken cancellationToken);

    /// <summary>Writes it if its version still is <paramref name="expected"/> (null: there is none yet); false when it was another.</summary>
    public abstract Task<bool> WriteAsync(BinaryData content, string? expected, CancellationToken cancellationToken);

    /// <param name="Version">The store's own tag of this content.</param>
    /// <param name="Content">Null when unchanged.</param>
    public sealed record Stored(string Version, BinaryData? Content);
}

/// <summary>hub.json as a file of the standalone hub. Its version is its time and length: both are read before the content, so a change in between is seen at the next look.</summary>
public sealed class FileConfigurationDocument(string path) : ConfigurationDocument
{
    public override string Where => $"the file {Path.GetFileName(path)}";

    public override string Place => $"the file {Path.GetFullPath(path)}";

    public override string Missing => $"there is no hub.json: {Where} does not exist where SocialHub__ConfigurationFile (or --hub) says; write it there, the hub looks again by itself.";

    public override bool IsWritable => false;

    public override async Task<Stored?> ReadAsync(string? known, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        var version = $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}";
        if (version == known)
            return new(version, null);
        if (file.Length > ConfigurationReader.LongestDocument)
            return new(version, BinaryData.FromBytes(new byte[ConfigurationReader.LongestDocument + 1]));
        return new(version, BinaryData.FromBytes(await File.ReadAllBytesAsync(path, cancellationToken)));
    }

    public override Task<bool> WriteAsync(BinaryData content, string? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A configuration file is edited where it is.");
}

/// <summary>hub.json as a blob of container <c>config</c>.</summary>
/// <param name="container">Made at start by the storage room.</param>
/// <param name="name"><c>hub.json</c>, or <c>hub.last-good.json</c>.</param>
public sealed class BlobConfigurationDocument(BlobContainerClient container, string name) : ConfigurationDocument
{
    public const string Name = "hub.json";
    public const string LastGoodName = "hub.last-good.json";

    private readonly BlobClient _blob = container.GetBlobClient(name);

    public override string Where => $"the blob {container.Name}/{name}";

    public override string Missing => $"there is no hub.json: {Where} does not exist; bring one in with PUT api/v1/operations/configuration.";

    public override bool IsWritable => true;

    public override async Task<Stored?> ReadAsync(string? known, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = new BlobRequestConditions { IfNoneMatch = known is null ? null : new ETag(known) };
            var options = new BlobDownloadOptions { Conditions = conditions, Range = new HttpRange(0, ConfigurationReader.LongestDocument + 1) };
            var answer = await _blob.DownloadContentAsync(options, cancellationToken);
            return answer.GetRawResponse().Status == 304 ? new(known!, null) : new(answer.Value.Details.ETag.ToString(), answer.Value.Content);
        }
        catch (RequestFailedException e) when (e.Status == 304)
        {
            return new(known!, null);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            // An empty blob has no range.
            var properties = (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return properties.ContentLength == 0 ? new(properties.ETag.ToString(), BinaryData.Empty) : await ReadAsync(known, cancellationToken);
        }
    }

    public override async Task<bool> WriteAsync(BinaryData content, string? expected, CancellationToken cancellationToken)
    {
        var conditions = expected is null
            ? new BlobRequestConditions { IfNoneMatch = ETag.All }
            : new BlobRequestConditions { IfMatch = new ETag(expected) };
        var options = new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await _blob.UploadAsync(content, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // The SDK repeats a lost answer: the content that is there may be ours.
            return await ReadAsync(null, cancellationToken) is { Content: { } there } && there.ToMemory().Span.SequenceEqual(content.ToMemory().Span);
        }
    }
}
