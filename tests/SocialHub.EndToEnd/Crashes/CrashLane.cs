using SocialHub.EndToEnd.Faults;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Mastodon;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>
/// The world around one hub: a proxy and everything behind it. It outlives the runs, which follow one another in it, each with its own
/// storage account, accounts on the networks and pages. Several lanes run side by side.
/// </summary>
public sealed class CrashLane : IAsyncDisposable
{
    private int _runs;

    private CrashLane(FaultProxy proxy, SmallSite site, WebhookDouble webhook, MailServer mail, BlueskyPds? bluesky, MastodonDouble? mastodon) =>
        (Proxy, Site, Webhook, Mail, Bluesky, Mastodon) = (proxy, site, webhook, mail, bluesky, mastodon);

    public FaultProxy Proxy { get; }

    public SmallSite Site { get; }

    public WebhookDouble Webhook { get; }

    /// <summary>Takes the mails of those runs whose hub.json names it; not through the proxy, which speaks HTTP.</summary>
    internal MailServer Mail { get; }

    /// <summary>Null where the scenario uses no network.</summary>
    public BlueskyPds? Bluesky { get; }

    /// <summary>Null where the scenario uses no network.</summary>
    public MastodonDouble? Mastodon { get; }

    public static async Task<CrashLane> StartAsync(bool networks)
    {
        var proxy = await FaultProxy.StartAsync();
        var site = await SmallSite.StartAsync();
        site.PublicAddress = proxy.Addresses["site"];
        proxy.Forward("site", site.Address);
        var webhook = await WebhookDouble.StartAsync();
        proxy.Forward("webhook", webhook.Address);
        var mail = await MailServer.StartAsync();
        if (!networks)
            return new CrashLane(proxy, site, webhook, mail, null, null);
        var bluesky = await BlueskyPds.StartAsync(proxy.Addresses["pds"].Port);
        proxy.Forward("pds", bluesky.Address);
        var mastodon = await MastodonDouble.StartAsync();
        proxy.Forward("mastodon", mastodon.Address);
        // As a real one on an ordinary day. Answers are dropped where no points are counted: in the tests of hints and in the soak.
        mastodon.Habits.ListedAfter = TimeSpan.FromSeconds(1);
        mastodon.Habits.MediaProcessing = TimeSpan.FromSeconds(0.5);
        return new CrashLane(proxy, site, webhook, mail, bluesky, mastodon);
    }

    /// <summary>A number that no other run of this lane has.</summary>
    public int NextRun() => Interlocked.Increment(ref _runs);

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Site.DisposeAsync();
        await Webhook.DisposeAsync();
        await Mail.DisposeAsync();
        if (Bluesky is not null)
            await Bluesky.DisposeAsync();
        if (Mastodon is not null)
            await Mastodon.DisposeAsync();
    }
}
