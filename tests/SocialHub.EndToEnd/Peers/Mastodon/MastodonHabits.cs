namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>How unkind the instance is. A real one is all of this at times; a test chooses.</summary>
public sealed class MastodonHabits
{
    /// <summary>An Idempotency-Key is forgotten after this; then the same request makes a second status.</summary>
    public TimeSpan KeysForgottenAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The next request that repeats a known Idempotency-Key is answered 500, once.</summary>
    public bool FailNextRepeat { get; set; }

    /// <summary>A new status appears in lists after this, as behind a cache; by id it is there at once.</summary>
    public TimeSpan ListedAfter { get; set; }

    /// <summary>Every so many writes, the work is done and the connection is cut instead of an answer; 0: never.</summary>
    public int DropAnswerEvery { get; set; }

    /// <summary>What goes on between reading the Idempotency-Key and remembering it: two requests that are there at once both post, as on a real instance.</summary>
    public Func<Task> Work { get; set; } = () => Task.CompletedTask;

    /// <summary>An uploaded picture is processed for this long: 202, then 206, and a status with it is refused.</summary>
    public TimeSpan MediaProcessing { get; set; }

    /// <summary>Answers every request with this status and an HTML page, as a proxy before a broken instance does; null: no.</summary>
    public int? Down { get; set; }

    /// <summary>Nobody reads without a token, as on instances in limited federation mode.</summary>
    public bool RequiresToken { get; set; }

    /// <summary>Requests per token in five minutes before 429.</summary>
    public int RequestsPer5Minutes { get; set; } = 300;

    public int MaxCharacters { get; set; } = 500;

    public int MaxMediaAttachments { get; set; } = 4;

    public int DescriptionLimit { get; set; } = 1500;

    public int ImageSizeLimit { get; set; } = 16_777_216;
}
