using SocialHub.Access;
using SocialHub.Configuration;

namespace SocialHub.Feeds;

/// <summary>What an editor wants of a post in a feed; null leaves as it is.</summary>
public sealed record PostChoice(bool? Hidden, bool? Pinned);

/// <summary>What holds of a post in a feed.</summary>
/// <param name="Key">Its post key.</param>
/// <param name="Hidden">Out of the feed, with whatever announces the same.</param>
/// <param name="Pinned">At the feed's head.</param>
public sealed record ChosenPost(string Key, bool Hidden, bool Pinned);

/// <summary>Hides and pins posts. The choice is stored first; the feed is made anew at once, and by the next tick if that fails.</summary>
public sealed class FeedDesk
{
    private readonly HubConfigurationSource _configuration;
    private readonly PostStore _posts;
    private readonly ChoiceStore _choices;
    private readonly SnapshotRefresh _snapshots;
    private readonly TimeProvider _time;

    internal FeedDesk(HubConfigurationSource configuration, PostStore posts, ChoiceStore choices, SnapshotRefresh snapshots, TimeProvider time) =>
        (_configuration, _posts, _choices, _snapshots, _time) = (configuration, posts, choices, snapshots, time);

    /// <summary>Stores a choice; 400 when it says nothing, 404 when the feed or the post is not there.</summary>
    public async Task<Answer<ChosenPost>> ChooseAsync(string feed, string key, PostChoice choice, Caller by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        var hub = await _configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } unusable)
            return unusable;
        if (!hub.Value.Feeds.TryGetValue(feed, out var selection))
            return FeedReader.NoFeed();
        if (choice is { Hidden: null, Pinned: null })
            return new Problem(ProblemKind.Invalid, "nothing-chosen", "Send hidden or pinned, each true or false.");
        if (!PostKey.TryParse(key, out var post) || !selection.Sources.Contains(post.Source, StringComparer.Ordinal) || !await _posts.ExistsAsync(post, cancellationToken))
            return new Problem(ProblemKind.NotFound, "post-unknown", "This feed has no such post; take postKey as it stands in the feed.");
        var posts = (await _snapshots.AnnouncementsAsync(hub.Value, selection, cancellationToken)).GetValueOrDefault(post.ToString(), [post.ToString()]);
        var (hidden, pinned) = await _choices.ChooseAsync(feed, posts, choice.Hidden, choice.Pinned, by.Name, _time.GetUtcNow(), cancellationToken);
        await _snapshots.RefreshAsync(feed, cancellationToken);
        return new ChosenPost(key, hidden, pinned);
    }
}
