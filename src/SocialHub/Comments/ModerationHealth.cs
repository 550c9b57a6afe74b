using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Whether what waits reaches somebody: the oldest entry of the moderators' list, and each channel of hub.json with its address and its failures.
/// What waits so long that it is about to be erased unread, and objections that are kept beyond that time, are counted, too.
/// Two requests for each site of hub.json, three where mails are sent, one more where something waits so long, and one for all, at once; and the team's settings, which are remembered.
/// </summary>
public sealed class ModerationHealth(CommentStore store, ModerationList list, MailRecipients recipients, HubConfigurationSource configuration, SettingsStore settings, Secrets secrets, TimeProvider time)
{
    /// <summary>What waits longer needs somebody: a weekend and a holiday have passed.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    /// <summary>
    /// Citizens' mails to as many domains must be refused, and none taken, before it is the server's doing and not the mailboxes': whoever invents addresses
    /// of one domain makes no alarm. Where the server itself says that it is the mailbox (<see cref="Connections.Mail.MailOutcome.IsMailbox"/>) it is not counted at all.
    /// </summary>
    public const int AllRefused = 3;

    /// <summary>So long before a comment that nobody decided about is erased health counts it.</summary>
    public static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    private const string RefusesAll = "refuses-all";
    private const string PreviousKey = "previous-signing-key";
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    /// <summary>
    /// Not healthy when something has waited for <see cref="LongestWait"/>, a channel has no address or the mail server no password, a card or a mail is overdue
    /// (<see cref="QueueHealth.Late"/>), the server took none of the last day's mails to citizens, or the key that names them is sealed under the signing key
    /// before alone. A citizen's mailbox that takes nothing is no fault of the hub.
    /// </summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var people = (await settings.CurrentAsync(cancellationToken).ConfigureAwait(false)).People.People.Count;
        var now = time.GetUtcNow();
        var sites = await Task.WhenAll(hub.Sites.Keys.Select(site => AskAsync(site, now, hub.Retention.PendingDays, hub.Mail is not null, cancellationToken))).ConfigureAwait(false);
        var oldest = sites.Min(site => site.Oldest);
        var cards = sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.ModerationCard).ToList();
        var mails = new List<DueRow>();
        var refusing = sites.SelectMany(site => site.Refusing).ToHashSet(StringComparer.Ordinal);
        foreach (var mail in sites.SelectMany(site => site.Overdue).Where(row => row.Queue == Queues.MailSend))
        {
            if (!IsExcused(mail))
                mails.Add(mail);
            else if (mail.Entity.GetString(LogMarks.Domain) is { } domain)
                refusing.UnionWith(domain.Split(' '));
        }

        var isSealed = hub.Mail is null || await recipients.IsSealedAsync(cancellationToken).ConfigureAwait(false);
        var refusesAll = refusing.Count >= AllRefused && sites.Sum(site => site.Told) == 0;
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
            && mails.Count == 0 && !refusesAll && isSealed && (hub.Mail?.Secret is not { } password || secrets.Get(password) is not null);
        return new HealthAnswer(isHealthy, new JsonObject
        {
            ["oldestWaiting"] = oldest?.UtcDateTime,
            ["ageSeconds"] = oldest is { } since ? (long)(now - since).TotalSeconds : null,
            ["expiring"] = sites.Sum(site => site.Expiring),
            ["objectionsOverdue"] = sites.Sum(site => site.ObjectionsOverdue),
            ["cardsOverdue"] = cards.Count,
            ["cardsSince"] = Since(cards),
            ["channels"] = channels,
            ["mail"] = new JsonObject
            {
                ["server"] = hub.Mail is null ? "none" : hub.Mail.Secret is { } secret && secrets.Get(secret) is null ? "secret-missing" : "set",
                // Without anybody in the setting people no mail tells the team of anything.
                ["people"] = people,
                ["failing"] = mails.Count,
                ["since"] = Since(mails),
                ["failure"] = mails.SelectMany(mail => new CardProgress(mail).Failures.Values).LastOrDefault() ?? (refusesAll ? RefusesAll : isSealed ? null : PreviousKey),
            },
        });
    }

    // Of the oldest promise that is not kept, when it was first due.
    private static DateTime? Since(List<DueRow> overdue) => overdue.Count == 0 ? null : overdue.Min(row => new CardProgress(row).FirstDue).UtcDateTime;

    /// <summary>True of a promise that nothing but a citizen's mailbox, or how much was told there, keeps from being kept.</summary>
    internal static bool IsExcused(DueRow row) => row.Kind is DueKinds.Hear or DueKinds.Notice && new CardProgress(row).WaitsForMailbox;

    private async Task<Site> AskAsync(string site, DateTimeOffset now, int pendingDays, bool isMailing, CancellationToken cancellationToken)
    {
        var oldest = list.OldestAsync(site, cancellationToken);
        var mailed = isMailing ? MailedAsync(site, now - Lately, cancellationToken) : Task.FromResult((0, new HashSet<string>()));
        var overdue = await DueWork.OverdueAsync(store.Table, site, now - QueueHealth.Late, cancellationToken).ConfigureAwait(false);
        var (told, refusing) = await mailed.ConfigureAwait(false);
        var since = await oldest.ConfigureAwait(false);
        var end = now - TimeSpan.FromDays(pendingDays);
        var (expiring, objections) = since <= end + ExpiresSoon ? await EndingAsync(site, end, cancellationToken).ConfigureAwait(false) : (0, 0);
        return new Site(since, overdue, told, refusing, expiring, objections);
    }

    // By how long they have stood in the list.
    private async Task<(int Expiring, int Objections)> EndingAsync(string site, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var (expiring, objections) = (0, 0);
        await foreach (var key in store.KeysAsync(site, (Keys.WaitingAfter(null).From, Keys.WaitingSince(end + ExpiresSoon).From), cancellationToken).ConfigureAwait(false))
        {
            if (key.EndsWith("." + CommentChange.Word(DecisionSubject.Comment), StringComparison.Ordinal))
                expiring++;
            else if (key.EndsWith("." + CommentChange.Word(DecisionSubject.Objection), StringComparison.Ordinal) && string.CompareOrdinal(key, Keys.WaitingSince(end).From) < 0)
                objections++;
        }

        return (expiring, objections);
    }

    // Mails to citizens, from the short log by time.
    private async Task<(int Told, HashSet<string> Refusing)> MailedAsync(string site, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (from, before) = (Keys.MomentsUntil(since), Keys.AllMoments.Before);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {from} and RowKey lt {before} and (What eq {CitizenMails.Told} or What eq {CitizenMails.Bounced})");
        var (told, refusing) = (0, new HashSet<string>(StringComparer.Ordinal));
        await foreach (var row in store.Table.QueryAsync<TableEntity>(filter, select: ["What", LogMarks.Domain], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString("What") == CitizenMails.Told)
                told++;
            else
                refusing.UnionWith((row.GetString(LogMarks.Domain) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return (told, refusing);
    }

    private sealed record Site(DateTimeOffset? Oldest, IReadOnlyList<DueRow> Overdue, int Told, IReadOnlySet<string> Refusing, int Expiring, int ObjectionsOverdue);
}
