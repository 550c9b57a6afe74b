using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>What the instance knows: users, statuses, media and Idempotency-Keys. The rules are those of the Mastodon documentation (methods/statuses, methods/media).</summary>
public sealed partial class MastodonInstance(MastodonHabits habits, TimeProvider time)
{
    /// <summary>A snowflake above 2^53: a client that reads ids as numbers loses digits.</summary>
    private long _lastId = 115_000_000_000_000_000;

    private readonly Lock _lock = new();
    private readonly List<MastodonStatus> _statuses = [];
    private readonly Dictionary<(string User, string Key), (string Status, DateTimeOffset Until)> _keys = [];
    private readonly ConcurrentDictionary<string, MastodonMedia> _media = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, MastodonUser> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>All statuses that exist, oldest first, listed or not yet.</summary>
    public IReadOnlyList<MastodonStatus> Statuses
    {
        get
        {
            lock (_lock)
                return [.. _statuses];
        }
    }

    public MastodonUser AddUser(string name) =>
        Users[name] = new MastodonUser(NextId(), name, "token-" + Guid.NewGuid().ToString("N"));

    public string NextId() => Interlocked.Add(ref _lastId, 65_536).ToString(CultureInfo.InvariantCulture);

    /// <summary>The status that this key made less than an hour ago.</summary>
    public MastodonStatus? Remembered(MastodonUser user, string? key)
    {
        lock (_lock)
            return key is not null && _keys.TryGetValue((user.Id, key), out var known) && known.Until > time.GetUtcNow()
                ? _statuses.Find(s => s.Id == known.Status)
                : null;
    }

    /// <summary>Why the text or its media are refused with 422; null where they are not.</summary>
    public string? Refusal(MastodonUser user, string text, string spoiler, IReadOnlyList<string> mediaIds)
    {
        if (text.Length == 0 && mediaIds.Count == 0)
            return "Validation failed: Text can't be blank";
        if (Length(spoiler + Shortened(text)) > habits.MaxCharacters)
            return $"Validation failed: Text character limit of {habits.MaxCharacters} exceeded";
        if (mediaIds.Count > habits.MaxMediaAttachments)
            return $"Validation failed: Cannot attach more than {habits.MaxMediaAttachments} files";
        foreach (var id in mediaIds)
        {
            if (!_media.TryGetValue(id, out var media) || media.Owner != user.Id || media.Status is not null)
                return $"Media attachment {id} not found or already attached to a post";
            if (media.ReadyAt > time.GetUtcNow())
                return "Cannot attach files that have not finished processing. Try again in a moment!";
        }
        return null;
    }

    public MastodonStatus Post(MastodonUser user, string text, string spoiler, string visibility, string? language, string? inReplyTo, IReadOnlyList<string> mediaIds, string? key)
    {
        lock (_lock)
        {
            var status = new MastodonStatus(NextId(), user, text, spoiler, visibility, language, inReplyTo, [.. mediaIds.Select(id => _media[id])], time.GetUtcNow(), key);
            foreach (var media in status.Media)
                media.Status = status.Id;
            _statuses.Add(status);
            if (key is not null)
                _keys[(user.Id, key)] = (status.Id, time.GetUtcNow() + habits.KeysForgottenAfter);
            return status;
        }
    }

    public bool Delete(MastodonUser user, string id)
    {
        lock (_lock)
            return _statuses.RemoveAll(s => s.Id == id && s.Author == user) > 0;
    }

    /// <summary>One page of a user's listed statuses, newest first, and whether older ones follow.</summary>
    public (IReadOnlyList<MastodonStatus> Page, bool More) List(MastodonUser user, int limit, string? maxId, string? minId, string? sinceId)
    {
        lock (_lock)
        {
            var listed = _statuses
                .Where(s => s.Author == user && s.Visibility is "public" or "unlisted" && s.Created + habits.ListedAfter <= time.GetUtcNow())
                .Where(s => (maxId is null || Number(s.Id) < Number(maxId)) && (sinceId is null || Number(s.Id) > Number(sinceId)) && (minId is null || Number(s.Id) > Number(minId)));
            // min_id: the page that follows it upwards; since_id: the newest of all that follow it.
            List<MastodonStatus> page = minId is null
                ? [.. listed.OrderByDescending(s => Number(s.Id)).Take(limit + 1)]
                : [.. listed.OrderBy(s => Number(s.Id)).Take(limit).Reverse()];
            return ([.. page.Take(limit)], page.Count > limit);
        }
    }

    public MastodonMedia AddMedia(MastodonUser user, byte[] bytes, string contentType, string? description)
    {
        var media = new MastodonMedia(NextId(), user.Id, bytes, contentType, description, time.GetUtcNow() + habits.MediaProcessing);
        _media[media.Id] = media;
        return media;
    }

    public MastodonMedia? Media(string id) => _media.GetValueOrDefault(id);

    public bool IsReady(MastodonMedia media) => media.ReadyAt <= time.GetUtcNow();

    /// <summary>Grapheme clusters, as <c>status_length_validator.rb</c> counts them after its rewriting.</summary>
    private static int Length(string text) => new StringInfo(text).LengthInTextElements;

    // Links with a scheme count 23, a remote mention counts without its domain. The server's own extractor also wants a known top-level domain.
    private static string Shortened(string text) =>
        Mention().Replace(Link().Replace(text, new string('x', 23)), "${user}");

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?)\]]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/])(?<user>@[A-Za-z0-9_]+)@[A-Za-z0-9.-]+[A-Za-z0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
