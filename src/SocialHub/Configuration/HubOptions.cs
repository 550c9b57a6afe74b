namespace SocialHub.Configuration;

/// <summary>Whether publications leave the hub.</summary>
public enum PublishingMode
{
    /// <summary>Nothing is sent and nothing is shown as sent; the default, so that copies and staging are silent.</summary>
    Off,

    /// <summary>Everything is composed and shown as it would be sent; nothing is frozen or sent.</summary>
    DryRun,

    /// <summary>Publications are sent.</summary>
    On,
}

/// <summary>Settings of the process (section <c>SocialHub</c>), as opposed to <see cref="HubConfiguration"/>, which is the authority's file.</summary>
public sealed class HubOptions
{
    public const string Section = "SocialHub";

    /// <summary><c>off</c>, <c>dry-run</c> or <c>on</c>.</summary>
    public string Publishing { get; set; } = "off";

    /// <summary>Signs decision links and derives author keys; at least 32 characters.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>The key before the last rotation: its links still work until they expire.</summary>
    public string? PreviousSigningKey { get; set; }

    /// <summary>hub keys, separated by <c>;</c>: <c>name:role:sha256-hex-of-key</c>.</summary>
    public string HubKeys { get; set; } = "";

    /// <summary>How many proxies at the right end of X-Forwarded-For are ours, 0 to 5; 0: the connection's own address.</summary>
    public int TrustedHops { get; set; } = 1;

    /// <summary>
    /// The header in which the authority's front alone writes who asks (Azure Front Door's <c>X-Azure-ClientIP</c>); empty: X-Forwarded-For is counted.
    /// Only where nobody reaches the hub but through that front: else whoever asks writes it.
    /// </summary>
    public string ClientAddressHeader { get; set; } = "";

    /// <summary>Path of hub.json where the configuration is a file (standalone); empty: the blob <c>config/hub.json</c>.</summary>
    public string ConfigurationFile { get; set; } = "";

    /// <summary>Origins of private addresses that may be fetched all the same (a developer's own site), separated by <c>;</c>.</summary>
    public string AllowedPrivateOrigins { get; set; } = "";

    /// <summary>The directory of <c>did:plc</c> identities (Bluesky); an origin.</summary>
    public string PlcDirectory { get; set; } = "https://plc.directory";

    /// <summary>The Bluesky AppView that is asked where an account's own server doesn't answer; an origin, or empty: none.</summary>
    public string AppView { get; set; } = "https://public.api.bsky.app";

    /// <summary>The moderation workflow's identity; empty: no bearer token is accepted.</summary>
    public WorkflowOptions Workflow { get; set; } = new();

    public HubTimes Times { get; set; } = new();
}

/// <summary>The identity whose bearer tokens are the moderation workflow's.</summary>
public sealed class WorkflowOptions
{
    /// <summary>The token's <c>iss</c>, for a managed identity <c>https://sts.windows.net/{tenant}/</c>.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The token's <c>aud</c>: the hub's application id URI.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The token's <c>appid</c> (or <c>azp</c>): the client id of the workflow's identity.</summary>
    public string Application { get; set; } = "";

    /// <summary>Address of the issuer's OpenID configuration; empty: the well-known one of <see cref="Issuer"/>.</summary>
    public string Metadata { get; set; } = "";

    /// <summary>True when all three are given.</summary>
    public bool IsSet => Issuer.Length > 0 && Audience.Length > 0 && Application.Length > 0;
}

/// <summary>Waits and leases. The defaults are for an authority; tests set them to a second.</summary>
public sealed class HubTimes
{
    /// <summary>First wait before a due row is hinted again; doubles up to <see cref="HintBackoffLongest"/>.</summary>
    public TimeSpan HintBackoff { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan HintBackoffLongest { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long what failed waits for its next try: 1, 2, 4 ... times <paramref name="first"/>, at most <see cref="HintBackoffLongest"/> (or <paramref name="first"/>, where that is longer).</summary>
    /// <param name="first">The first wait.</param>
    /// <param name="before">How many there were already, from 0.</param>
    public TimeSpan Growing(TimeSpan first, int before)
    {
        var wait = first * Math.Pow(2, Math.Clamp(before, 0, 16));
        var longest = first > HintBackoffLongest ? first : HintBackoffLongest;
        return wait < longest ? wait : longest;
    }

    /// <summary>
    /// How long a worker holds a due row (<c>busyUntil</c>); then another may begin, and what was begun twice and never ended counts as having ended the hub twice.
    /// Reading a source stops itself at half of it, preparing and looking for a publication at <see cref="BusyWork"/>, and both come back later.
    /// </summary>
    public TimeSpan Busy { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>When work that waits for others' servers gives up: three quarters of <see cref="Busy"/>, the rest is for writing down how it ended.</summary>
    public TimeSpan BusyWork => Busy * 0.75;

    /// <summary>A comment whose rules take longer is held.</summary>
    public TimeSpan RulesWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whatever waits for a person is reminded after this.</summary>
    public TimeSpan Reminder { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Lease of a publication in Sending; its POST is cancelled before half of it.</summary>
    public TimeSpan SendLease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Least time between showing a form and its submission.</summary>
    public TimeSpan MinimumWriting { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long answers read from tables or blobs are kept in memory.</summary>
    public TimeSpan Memory { get; set; } = TimeSpan.FromSeconds(15);

    public TimeSpan ConfigurationReread { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Unit of a source's and an article feed's minutes, and how long after a decision its author is told; tests shorten it.</summary>
    public TimeSpan Minute { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Decision links expire after this.</summary>
    public TimeSpan DecisionLink { get; set; } = TimeSpan.FromDays(7);
}
