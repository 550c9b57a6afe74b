using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Whether what waits reaches somebody: the oldest entry of the moderators' list, and each channel of hub.json with its address and its failures.
/// Two requests for each site of hub.json, three where mails are sent, all at once.
/// </summary>
public sealed class ModerationHealth(CommentStore store, ModerationList list, HubConfigurationSource configuration, Secrets secrets, TimeProvider time)
{
    /// <summary>What waits longer needs somebody: a weekend and a holiday have passed.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    /// <summary>As many citizens' mails must be refused, and none taken, before it is the server's doing and not the mailboxes'.</summary>
    public const int AllRefused = 3;

    private const string RefusesAll = "refuses-all";
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    /// <summary>
    /// Not healthy when something has waited for <see cref="LongestWait"/>, a channel has no address or the mail server no password, a card or a mail is overdue
    /// (<see cref="QueueHealth.Late"/>), or the server took none of the last day's mails to citizens. A citizen's mailbox that takes nothing is no fault of the hub.
    /// </summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var sites = await Task.WhenAll(hub.Sites.Keys.Select(site => AskAsync(site, now, hub.Mail is not null, cancellationToken))).ConfigureAwait(false);
        var oldest = sites.Min(site => site.Oldest);
        var cards = sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.ModerationCard).ToList();
        var (waiting, mails) = (0, new List<DueRow>());
        foreach (var mail in sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.MailSend))
        {
            if (mail.Kind is DueKinds.Hear or DueKinds.Notice && new CardProgress(mail).WaitsForMailbox)
                waiting++;
            else
                mails.Add(mail);
        }

        var refusesAll = sites.Sum(site => site.Refused) + waiting >= AllRefused && sites.Sum(site => site.Told) == 0;
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
            && mails.Count == 0 && !refusesAll && (hub.Mail?.Secret is not { } password || secrets.Get(password) is not null);
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
                ["failure"] = mails.SelectMany(mail => new CardProgress(mail).Failures.Values).LastOrDefault() ?? (refusesAll ? RefusesAll : null),
            },
        });
    }

    private async Task<Site> AskAsync(string site, DateTimeOffset now, bool isMailing, CancellationToken cancellationToken)
    {
        var oldest = list.OldestAsync(site, cancellationToken);
        var mailed = isMailing ? MailedAsync(site, now - Lately, cancellationToken) : Task.FromResult((0, 0));
        var overdue = await DueWork.OverdueAsync(store.Table, site, now - QueueHealth.Late, cancellationToken).ConfigureAwait(false);
        var (told, refused) = await mailed.ConfigureAwait(false);
        return new Site(await oldest.ConfigureAwait(false), overdue, told, refused);
    }

    // Mails to citizens, from the short log by time.
    private async Task<(int Told, int Refused)> MailedAsync(string site, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (from, before) = (Keys.MomentsUntil(since), Keys.AllMoments.Before);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and (What eq {CitizenMails.Told} or What eq {CitizenMails.Bounced})");
        var (told, refused) = (0, 0);
        await foreach (var row in store.Table.QueryAsync<TableEntity>(filter, select: ["What"], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString("What") == CitizenMails.Told)
                told++;
            else
                refused++;
        }

        return (told, refused);
    }

    private sealed record Site(DateTimeOffset? Oldest, IReadOnlyList<DueRow> Overdue, int Told, int Refused);
}
