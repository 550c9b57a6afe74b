using System.Globalization;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Publishing;

/// <summary>What becomes of one POST.</summary>
internal enum Fate
{
    Done,

    /// <summary>The work is done, its answer is lost.</summary>
    AnswerLost,

    /// <summary>The request is lost, nobody can tell.</summary>
    RequestLost,

    /// <summary>The answer is lost, and the work is done only a while later.</summary>
    DoneLate,

    /// <summary>429.</summary>
    TooMany,

    /// <summary>422.</summary>
    Refused,

    /// <summary>401.</summary>
    TokenDead,

    /// <summary>The process falls over behind the work.</summary>
    Crash,
}

/// <summary>One post as the network holds it.</summary>
internal sealed record HeldPost(string Id, string Account, string Key, byte[] Body, string Text, DateTimeOffset At, DateTimeOffset ListedAt, bool IsAside = false);

/// <summary>
/// A network in memory that keeps the promises that the real one makes and no others: with <paramref name="createOnly"/> a key makes one post for ever (Bluesky),
/// without it a key is remembered for an hour (Mastodon). Everything else it lies about, as it is told.
/// </summary>
internal sealed class LyingNetwork(string network, bool createOnly, TimeProvider time) : IPublishConnection
{
    private readonly List<HeldPost> _posts = [];
    private readonly List<(DateTimeOffset At, HeldPost Post)> _late = [];
    private int _id;

    public string Network => network;

    public TimeSpan? RepeatWithin => createOnly ? null : TimeSpan.FromMinutes(50);

    public int MostPictureBytes => 1_000_000;

    /// <summary>What happens to the next POSTs; <see cref="Fate.Done"/> when it is empty.</summary>
    public Queue<Fate> Fates { get; } = new();

    /// <summary>A new post is listed after this.</summary>
    public TimeSpan ListedAfter { get; set; }

    /// <summary>Nobody can look.</summary>
    public bool IsBlind { get; set; }

    /// <summary>Signing in and uploads end so; null: they work.</summary>
    public PublishAnswer? PrepareFails { get; set; }

    /// <summary>Something happens while it signs in and uploads.</summary>
    public Action? WhilePreparing { get; set; }

    /// <summary>Sees each POST as it leaves, and the time that it has.</summary>
    public Action<FrozenRequest, TimeSpan>? WhilePosting { get; set; }

    /// <summary>What stands behind the address of each post.</summary>
    public string UrlTail { get; set; } = "";

    /// <summary>What the upload waits for; its token is the preparation's.</summary>
    public Func<CancellationToken, Task>? SlowUpload { get; set; }

    /// <summary>When each POST left the hub, and for which key.</summary>
    public List<(DateTimeOffset At, string Key)> Sent { get; } = [];

    /// <summary>Native ids that the network was asked to delete.</summary>
    public List<string> Deleted { get; } = [];

    public List<PublishItem> Prepared { get; } = [];

    /// <summary>What a 429 asks for.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>All posts, listed or not.</summary>
    public IReadOnlyList<HeldPost> Posts
    {
        get
        {
            foreach (var (at, post) in _late.Where(late => late.At <= time.GetUtcNow()).ToList())
            {
                _late.Remove((at, post));
                Make(post);
            }

            return _posts;
        }
    }

    public bool WillArrive => _late.Count > 0;

    /// <summary>A person posts in the network's own app.</summary>
    public void PostByHand(string account, string text, bool isAside = false) => _posts.Add(new HeldPost(NewId(), account, "by-hand", [], text, time.GetUtcNow(), time.GetUtcNow(), isAside));

    public string DescriptionOf(string summary) => createOnly ? BlueskyRecords.Cut(summary) : "";

    public PictureRules PictureRules { get; set; } = new(4, 1500);

    public Task<PictureRules> PictureRulesAsync(AccountConfiguration account, CancellationToken cancellationToken) => Task.FromResult(PictureRules);

    /// <summary>Something happens while a text is composed.</summary>
    public Func<Task>? WhileComposing { get; set; }

    /// <summary>What its server takes; null: as most do.</summary>
    public TextRules? Rules { get; set; }

    public async Task<TextRules> TextRulesAsync(AccountConfiguration account, CancellationToken cancellationToken)
    {
        if (WhileComposing is { } happens)
            await happens();
        return Rules ?? (createOnly ? BlueskyTextRules.Instance : MastodonTextRules.Default);
    }

    public Task<FrozenRequest> PreviewAsync(AccountConfiguration account, PublishItem item, CancellationToken cancellationToken) => Task.FromResult(Freeze(item));

    public async Task<PublishAnswer> PrepareAsync(PublishAccount account, PublishItem item, CancellationToken cancellationToken)
    {
        Prepared.Add(item);
        WhilePreparing?.Invoke();
        if (SlowUpload is { } upload)
            await upload(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return PrepareFails ?? new PublishAnswer(PublishOutcome.Done) { Request = Freeze(item) };
    }

    public Task<PublishAnswer> PostAsync(PublishAccount account, FrozenRequest request, TimeSpan within, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Sent.Add((now, request.Key));
        WhilePosting?.Invoke(request, within);
        var fate = Fates.Count > 0 ? Fates.Dequeue() : Fate.Done;
        var text = System.Text.Encoding.UTF8.GetString(request.Body.Span).Split('\0')[0];
        var post = new HeldPost(NewId(), account.Id, request.Key, request.Body.ToArray(), text, now, now + ListedAfter);
        switch (fate)
        {
            case Fate.TooMany:
                return Task.FromResult(new PublishAnswer(PublishOutcome.Later) { Error = "429", RetryAfter = RetryAfter, IsLimited = true });
            case Fate.Refused:
                return Task.FromResult(new PublishAnswer(PublishOutcome.Refused) { Error = "422" });
            case Fate.TokenDead:
                return Task.FromResult(new PublishAnswer(PublishOutcome.NeedsAttention) { Error = "401" });
            case Fate.RequestLost:
                return Task.FromResult(new PublishAnswer(PublishOutcome.Unknown) { Error = "time-out" });
            case Fate.DoneLate:
                // The server may still finish in the second half of the lease.
                _late.Add((now + within + TimeSpan.FromSeconds(20), post));
                return Task.FromResult(new PublishAnswer(PublishOutcome.Unknown) { Error = "time-out" });
        }

        var held = Make(post);
        return fate switch
        {
            Fate.AnswerLost => Task.FromResult(new PublishAnswer(PublishOutcome.Unknown) { Error = "reset" }),
            Fate.Crash => throw new InvalidOperationException("The process fell over."),
            _ => Task.FromResult(PublishAnswer.Done(UrlOf(held), held.Id)),
        };
    }

    public Task<LookAnswer> LookAsync(PublishAccount account, PublishMark mark, CancellationToken cancellationToken)
    {
        if (IsBlind)
            return Task.FromResult(new LookAnswer((bool?)null) { Error = "503" });
        var found = createOnly
            ? Posts.FirstOrDefault(post => post.Account == account.Id && post.Key == mark.Request.Key)
            : Listed(account.Id).FirstOrDefault(post => post.At >= mark.Since - TimeSpan.FromMinutes(5) && (mark.LinkMark is { } link ? post.Text.Contains(link, StringComparison.Ordinal) : post.Text == mark.Text));
        return Task.FromResult(found is null ? new LookAnswer(false) : new LookAnswer(true) { Url = UrlOf(found), NativeId = found.Id });
    }

    public Task<RecentAnswer> RecentAsync(PublishAccount account, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult(IsBlind
        ? new RecentAnswer(null) { Error = "503" }
        : new RecentAnswer([.. Listed(account.Id).Where(post => post.At >= since).Select(post => new RecentPost(post.Id, UrlOf(post), post.Text, [.. post.Text.Split([' ', '\n']).Where(word => word.StartsWith("http", StringComparison.Ordinal))], post.At) { IsAside = post.IsAside })]));

    public Task<PublishAnswer> DeleteAsync(PublishAccount account, string nativeId, CancellationToken cancellationToken)
    {
        Deleted.Add(nativeId);
        _posts.RemoveAll(post => post.Id == nativeId);
        return Task.FromResult(PublishAnswer.Done(null, null));
    }

    private IEnumerable<HeldPost> Listed(string account) => Posts.Where(post => post.Account == account && post.ListedAt <= time.GetUtcNow());

    private HeldPost Make(HeldPost post)
    {
        var known = _posts.Find(held => held.Account == post.Account && held.Key == post.Key && (createOnly || held.At + TimeSpan.FromHours(1) > time.GetUtcNow()));
        if (known is null)
            _posts.Add(post);
        return known ?? post;
    }

    private string NewId() => (++_id).ToString(CultureInfo.InvariantCulture);

    private string UrlOf(HeldPost post) => $"https://network.example/{post.Account}/{post.Id}{UrlTail}";

    // The text, and behind it what makes each freezing differ: its moment.
    private static FrozenRequest Freeze(PublishItem item) =>
        new("/post", System.Text.Encoding.UTF8.GetBytes($"{item.Text}\0{item.Created:O}{item.Card?.Title}{string.Join(' ', item.Pictures.Select(picture => picture.Bytes.Length))}"), item.Key);
}
