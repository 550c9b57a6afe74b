using System.Text.Json.Nodes;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Whether what waits reaches somebody: the oldest entry of the moderators' list, and each channel of hub.json with its address and its failures.
/// Two requests for each site of hub.json, all at once.
/// </summary>
public sealed class ModerationHealth(CommentStore store, ModerationList list, HubConfigurationSource configuration, Secrets secrets, TimeProvider time)
{
    /// <summary>What waits longer needs somebody: a weekend and a holiday have passed.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    /// <summary>Not healthy when something has waited for <see cref="LongestWait"/>, a channel has no address or the mail server no password, or a card or a mail is overdue (<see cref="QueueHealth.Late"/>).</summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var sites = await Task.WhenAll(hub.Sites.Keys.Select(site => AskAsync(site, now, cancellationToken))).ConfigureAwait(false);
        var oldest = sites.Min(site => site.Oldest);
        var cards = sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.ModerationCard).ToList();
        var mails = sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.MailSend).ToList();
        var failures = cards.SelectMany(card => new CardProgress(card).Failures).ToLookup(failure => failure.Key, failure => failure.Value, StringComparer.Ordinal);
        var channels = new JsonObject();
        foreach (var name in hub.Moderation.Webhooks)
        {
            channels[name] = new JsonObject
            {
                ["address"] = secrets.Address(name) is null ? "missing" : "set",
                ["failing"] = failures[name].Count(),
                // Of the newest of those cards.
                ["failure"] = failures[name].LastOrDefault(),
            };
        }

        var isHealthy = !(now - oldest >= LongestWait) && hub.Moderation.Webhooks.All(name => secrets.Address(name) is not null) && cards.Count == 0
            && mails.Count == 0 && (hub.Mail?.Secret is not { } password || secrets.Get(password) is not null);
        return new HealthAnswer(isHealthy, new JsonObject
        {
            ["oldestWaiting"] = oldest?.UtcDateTime,
            ["ageSeconds"] = oldest is { } since ? (long)(now - since).TotalSeconds : null,
            ["cardsOverdue"] = cards.Count,
            ["channels"] = channels,
            ["mail"] = new JsonObject
            {
                ["server"] = hub.Mail is null ? "none" : hub.Mail.Secret is { } secret && secrets.Get(secret) is null ? "secret-missing" : "set",
                ["failing"] = mails.Count,
                ["failure"] = mails.SelectMany(mail => new CardProgress(mail).Failures.Values).LastOrDefault(),
            },
        });
    }

    private async Task<(DateTimeOffset? Oldest, IEnumerable<DueRow> Overdue)> AskAsync(string site, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = list.OldestAsync(site, cancellationToken);
        var overdue = await DueWork.OverdueAsync(store.Table, site, now - QueueHealth.Late, cancellationToken).ConfigureAwait(false);
        return (await oldest.ConfigureAwait(false), overdue);
    }
}
