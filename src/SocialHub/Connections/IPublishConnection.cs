using SocialHub.Configuration;

namespace SocialHub.Connections;

/// <summary>Posts on one network. Every network call ends in an outcome; nothing that a server can do throws.</summary>
public interface IPublishConnection
{
    /// <summary>As in hub.json: <c>mastodon</c>, <c>bluesky</c>.</summary>
    string Network { get; }

    /// <summary>How long after its first attempt the same request may safely be sent again; null: always.</summary>
    TimeSpan? RepeatWithin { get; }

    /// <summary>Largest picture that is uploaded, bytes.</summary>
    int MostPictureBytes { get; }

    /// <summary>What of a page's summary its link card shows; empty where the server makes the card itself.</summary>
    string DescriptionOf(string summary);

    /// <summary>What the account's server takes beside a text; the network's defaults while the server does not say.</summary>
    Task<PictureRules> PictureRulesAsync(AccountConfiguration account, CancellationToken cancellationToken);

    /// <summary>How the account's server counts a text; the network's defaults while the server does not say.</summary>
    Task<TextRules> TextRulesAsync(AccountConfiguration account, CancellationToken cancellationToken);

    /// <summary>Signs in, uploads the pictures, and freezes the request: after <see cref="PublishOutcome.Done"/> the answer holds it.</summary>
    Task<PublishAnswer> PrepareAsync(PublishAccount account, PublishItem item, CancellationToken cancellationToken);

    /// <summary>The request as <see cref="PrepareAsync"/> would freeze it, without signing in or uploading: what a dry run shows.</summary>
    Task<FrozenRequest> PreviewAsync(AccountConfiguration account, PublishItem item, CancellationToken cancellationToken);

    /// <summary>Sends the frozen request: one POST, whatever happens.</summary>
    Task<PublishAnswer> PostAsync(PublishAccount account, FrozenRequest request, TimeSpan within, CancellationToken cancellationToken);

    /// <summary>Looks whether a frozen request of which nobody knows the outcome made a post.</summary>
    Task<LookAnswer> LookAsync(PublishAccount account, PublishMark mark, CancellationToken cancellationToken);

    /// <summary>The account's own posts since a moment, newest first, at most about 200.</summary>
    Task<RecentAnswer> RecentAsync(PublishAccount account, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Deletes a post; one that is gone already counts as deleted.</summary>
    Task<PublishAnswer> DeleteAsync(PublishAccount account, string nativeId, CancellationToken cancellationToken);
}

/// <summary>An account and its secret.</summary>
/// <param name="Id">As in hub.json.</param>
/// <param name="Configuration">Server and name.</param>
/// <param name="Secret">App password or access token; never logged, never stored.</param>
public sealed record PublishAccount(string Id, AccountConfiguration Configuration, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>What is to be posted.</summary>
/// <param name="Text">With its links in full.</param>
/// <param name="Key">The name under which the network knows a repeat: a record key (TID) on Bluesky, an Idempotency-Key on Mastodon.</param>
/// <param name="Created">The moment that the post shows.</param>
/// <param name="Language">BCP 47.</param>
public sealed record PublishItem(string Text, string Key, DateTimeOffset Created, string Language)
{
    /// <summary>The page behind the text, for networks whose link card the client makes.</summary>
    public PublishCard? Card { get; init; }

    /// <summary>In their order; a link card shows the first one only.</summary>
    public IReadOnlyList<PublishPicture> Pictures { get; init; } = [];
}

/// <summary>What a server takes beside a text.</summary>
/// <param name="Most">Pictures of one post.</param>
/// <param name="LongestAlt">Code points of a text alternative.</param>
public sealed record PictureRules(int Most, int LongestAlt);

/// <summary>A link card.</summary>
public sealed record PublishCard(string Url, string Title, string Description);

/// <summary>A picture, re-encoded: it holds no metadata.</summary>
/// <param name="Bytes">A JPEG.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Alt">What it shows, in words; may be empty.</param>
public sealed record PublishPicture(ReadOnlyMemory<byte> Bytes, int Width, int Height, string Alt)
{
    public const string ContentType = "image/jpeg";
}

/// <summary>A request whose every byte is fixed before it is first sent.</summary>
/// <param name="Path">Path on the account's server.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Key">See <see cref="PublishItem.Key"/>.</param>
public sealed record FrozenRequest(string Path, ReadOnlyMemory<byte> Body, string Key);

/// <summary>How a post whose outcome is unknown is known again.</summary>
/// <param name="Request">What was sent.</param>
/// <param name="Text">Its text.</param>
/// <param name="LinkMark">What its link holds and no other: <c>utm_id=...</c>; null: the text alone tells.</param>
/// <param name="Since">First attempt.</param>
public sealed record PublishMark(FrozenRequest Request, string Text, string? LinkMark, DateTimeOffset Since);

/// <summary>How a call to a network ended.</summary>
public enum PublishOutcome
{
    /// <summary>The network says it is done.</summary>
    Done,

    /// <summary>It certainly did not happen and may be tried later (429, no connection, an expired session).</summary>
    Later,

    /// <summary>Refused for what it says or asks (a definite 4xx); trying again is no use.</summary>
    Refused,

    /// <summary>The account's secret is not accepted, or the account is blocked: a person has to act.</summary>
    NeedsAttention,

    /// <summary>Nobody knows whether it happened.</summary>
    Unknown,
}

/// <summary>A network's answer.</summary>
public sealed record PublishAnswer(PublishOutcome Outcome)
{
    /// <summary>Where a reader finds the post.</summary>
    public string? Url { get; init; }

    /// <summary>The network's own id of it.</summary>
    public string? NativeId { get; init; }

    /// <summary>What <see cref="IPublishConnection.PrepareAsync"/> froze.</summary>
    public FrozenRequest? Request { get; init; }

    /// <summary>In words, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>Not before this long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>429: it is the account that has to wait, whatever it wants to send.</summary>
    public bool IsLimited { get; init; }

    /// <summary>What stood in the way has been put right (a session that had ended): the first time, the same may be tried again at once.</summary>
    public bool MayRepeatAtOnce { get; init; }

    public static PublishAnswer Done(string? url, string? nativeId) => new(PublishOutcome.Done) { Url = url, NativeId = nativeId };
}

/// <summary>What a look brought: found, certainly absent, or no answer.</summary>
/// <param name="IsFound">Null: could not be looked up.</param>
public sealed record LookAnswer(bool? IsFound)
{
    public string? Url { get; init; }

    public string? NativeId { get; init; }

    public string? Error { get; init; }

    /// <summary>Not to be looked up again before this long.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The account's recent posts; null when they cannot be read.</summary>
public sealed record RecentAnswer(IReadOnlyList<RecentPost>? Posts)
{
    public string? Error { get; init; }

    /// <summary>The account posted more than is read: what is missing among them may be there all the same.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>The secret is not accepted.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>Not before this long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>429, see <see cref="PublishAnswer.IsLimited"/>.</summary>
    public bool IsLimited { get; init; }

    /// <summary>What a call that brought no posts says.</summary>
    public static RecentAnswer Of(PublishAnswer refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new((IReadOnlyList<RecentPost>?)null) { Error = refusal.Error, NeedsAttention = refusal.Outcome == PublishOutcome.NeedsAttention, RetryAfter = refusal.RetryAfter, IsLimited = refusal.IsLimited };
    }
}

/// <summary>One post of an account.</summary>
public sealed record RecentPost(string NativeId, string Url, string Text, IReadOnlyList<string> Links, DateTimeOffset At)
{
    /// <summary>A reply to somebody else, or not for everybody to read: whatever it links to, it announces nothing.</summary>
    public bool IsAside { get; init; }
}
