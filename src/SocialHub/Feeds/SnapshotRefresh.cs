using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// Keeps the stored snapshot of a feed equal to what its posts and choices make now. What it was built from stands in the blob's metadata, so that
/// comparing costs a HEAD and point reads; it was read <i>before</i> the posts, so that whatever changes while it is built is seen as a difference later.
/// </summary>
public sealed partial class SnapshotRefresh
{
    private const string BuiltFrom = "builtfrom";
    private const string Code = "code";
    private const string Lists = "lists";
    private const string BuiltAt = "builtat";
    private const int Turns = 5;

    // While hubs of two releases run, each would filter anew what the other has filtered, at every tick: nobody can say which of two lists is the newer one.
    private static readonly TimeSpan ListsApart = TimeSpan.FromMinutes(15);
    private readonly HubStorage _storage;
    private readonly HubConfigurationSource _configuration;
    private readonly SettingsStore _settings;
    private readonly PostStore _posts;
    private readonly ChoiceStore _choices;
    private readonly OwnTexts _moderation;
    private readonly string _lists;
    private readonly int _code;
    private readonly TimeProvider _time;
    private readonly ILogger<SnapshotRefresh> _logger;

    internal SnapshotRefresh(HubStorage storage, HubConfigurationSource configuration, SettingsStore settings, PostStore posts, ChoiceStore choices, ModerationEngine moderation, TimeProvider time, ILogger<SnapshotRefresh> logger, int code = SnapshotBuilder.CodeVersion, string? lists = null) =>
        (_storage, _configuration, _settings, _posts, _choices, _moderation, _time, _logger, _code, _lists) = (storage, configuration, settings, posts, choices, new OwnTexts(moderation), time, logger, code, lists ?? EmbeddedTable.Fingerprint);

    /// <summary>Compares, and builds and stores where something differs.</summary>
    /// <returns>True when a snapshot was written.</returns>
    public async Task<bool> RefreshAsync(string feed, CancellationToken cancellationToken)
    {
        var blob = _storage.Snapshots.GetBlobClient(feed);
        for (var turn = 0; turn < Turns; turn++)
        {
            var hub = await _configuration.CurrentAsync(cancellationToken);
            if (!hub.Feeds.TryGetValue(feed, out var selection))
                return false;
            var stored = await PropertiesAsync(blob, cancellationToken);
            if (stored is not null && CodeOf(stored) > _code)
                return false;
            var words = selection.Filtered ? (await _settings.CurrentAsync(cancellationToken)).Configuration : hub;
            var states = await Task.WhenAll(selection.Sources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(async id => (Id: id, State: await _posts.FindSourceAsync(id, cancellationToken))));
            var version = await _choices.VersionAsync(feed, cancellationToken);
            // A filtered feed is filtered anew with other word lists.
            var lists = selection.Filtered ? _lists : null;
            var builtFrom = Name(states, version, words, lists);
            if (stored is not null && stored.Metadata.TryGetValue(BuiltFrom, out var before) && CodeOf(stored) == _code && (before == builtFrom || (RestingListsOf(stored) is { } others && before == Name(states, version, words, others))))
                return false;
            // Nothing was ever read: no answer is more honest than an empty one.
            if (!states.Any(source => source.State?.LastSuccess is not null))
                return false;
            var snapshot = await BuildAsync(feed, hub, states, words, cancellationToken);
            if (await PutAsync(blob, snapshot, builtFrom, lists, stored?.ETag, cancellationToken))
            {
                Log.Built(_logger, feed, snapshot.Items.Count);
                return true;
            }
        }
        // Others write it at the same time and faster; the next tick compares again.
        return false;
    }

    /// <summary>What the posts make now, without storing it.</summary>
    internal async Task<Snapshot> BuildFreshAsync(string feed, CancellationToken cancellationToken)
    {
        var hub = await _configuration.CurrentAsync(cancellationToken);
        var words = hub.Feeds[feed].Filtered ? (await _settings.CurrentAsync(cancellationToken)).Configuration : hub;
        var states = await Task.WhenAll(hub.Feeds[feed].Sources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(async id => (id, await _posts.FindSourceAsync(id, cancellationToken))));
        return await BuildAsync(feed, hub, states, words, cancellationToken);
    }

    /// <summary>For each post of a feed, by its <see cref="PostKey"/>, those of all posts that are one announcement with it at this moment, itself among them.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AnnouncementsAsync(HubConfiguration hub, FeedConfiguration selection, CancellationToken cancellationToken)
    {
        var sources = await PostsAsync(hub, selection.Sources.Distinct(StringComparer.Ordinal).Select(id => (id, (SourceRow?)null)), cancellationToken);
        return SnapshotBuilder.Group(sources).Select(group => group.ConvertAll(one => one.Name))
            .SelectMany(names => names.Select(name => KeyValuePair.Create(name, (IReadOnlyList<string>)names))).ToDictionary(StringComparer.Ordinal);
    }

    private Task<SourcePosts[]> PostsAsync(HubConfiguration hub, IEnumerable<(string Id, SourceRow? State)> sources, CancellationToken cancellationToken) =>
        Task.WhenAll(sources.Where(source => hub.Sources.ContainsKey(source.Id)).Select(async source =>
        {
            var configured = hub.Sources[source.Id];
            var rows = await _posts.ReadAsync(source.Id, whole: true, cancellationToken);
            return new SourcePosts(source.Id, SourceKinds.NetworkOf(hub, configured), configured.Title ?? source.State?.Title, [.. rows.Select(row => (row, row.Post))]);
        }));

    private async Task<Snapshot> BuildAsync(string feed, HubConfiguration hub, (string Id, SourceRow? State)[] states, HubConfiguration words, CancellationToken cancellationToken)
    {
        var choices = await _choices.ReadAsync(feed, cancellationToken);
        var sources = await PostsAsync(hub, states, cancellationToken);
        var stopped = hub.Feeds[feed].Filtered ? await StoppedAsync(sources, words, cancellationToken) : [];
        return SnapshotBuilder.Build(feed, hub, sources, choices, post => stopped.GetValueOrDefault(post));
    }

    // Links are a source's business, as they are the authority's own; what a picture is said to show is read with the text.
    private async Task<Dictionary<Post, IReadOnlyList<string>>> StoppedAsync(SourcePosts[] sources, HubConfiguration words, CancellationToken cancellationToken)
    {
        var stopped = new Dictionary<Post, IReadOnlyList<string>>(ReferenceEqualityComparer.Instance);
        foreach (var (_, post) in sources.SelectMany(source => source.Posts))
        {
            var text = string.Join("\n\n", post.Pictures.Select(picture => picture.Alt).Prepend($"{post.Title}\n{post.Text}").Where(part => !string.IsNullOrWhiteSpace(part)));
            if (OwnTexts.Reasons(await _moderation.FindAsync(text, words, cancellationToken)) is { } why)
                stopped[post] = why;
        }

        return stopped;
    }

    private static string Name((string Id, SourceRow? State)[] states, string? choices, HubConfiguration words, string? lists) => Keys.Hash(string.Join('\n',
        states.Select(source => $"{source.Id} {source.State?.Version}")
            .Append($"choices {choices}")
            .Append($"configuration {ConfigurationName(words)}")
            .Append($"lists {lists}")));

    // By content: on two instances that run the same file it is the same, also while one of them has not yet re-read it under its new ETag.
    private static string ConfigurationName(HubConfiguration hub) => Keys.Hash(JsonSerializer.SerializeToUtf8Bytes(hub, HubConfigurationJson.Default.HubConfiguration));

    private static int CodeOf(BlobProperties stored) =>
        stored.Metadata.TryGetValue(Code, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;

    // The lists that a filtered snapshot was just built with: as long as nothing else differs it stands for a while.
    private string? RestingListsOf(BlobProperties stored) =>
        stored.Metadata.TryGetValue(Lists, out var lists) && stored.Metadata.TryGetValue(BuiltAt, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && (_time.GetUtcNow() - at).Duration() < ListsApart ? lists : null;

    private static async Task<BlobProperties?> PropertiesAsync(Azure.Storage.Blobs.BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> PutAsync(Azure.Storage.Blobs.BlobClient blob, Snapshot snapshot, string builtFrom, string? lists, ETag? replaces, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [BuiltFrom] = builtFrom, [Code] = _code.ToString(CultureInfo.InvariantCulture) };
        if (lists is not null)
            (metadata[Lists], metadata[BuiltAt]) = (lists, _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        try
        {
            await blob.UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(snapshot, FeedsJson.Stored.Snapshot)), new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
                Metadata = metadata,
                Conditions = replaces is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellationToken);
            return true;
        }
        catch (RequestFailedException moved) when (moved.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Feed {Feed} was built anew with {Items} posts.")]
        public static partial void Built(ILogger logger, string feed, int items);
    }
}
