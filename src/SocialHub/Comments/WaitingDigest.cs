using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Above <see cref="Above"/> entries that wait on a site, its team gets one digest in the place of a card or a mail for each (a channel takes 25 messages in
/// 5 minutes). A threat, what was reported as against the law and a card that somebody asked for come alone all the same. What joins is written with its own transition into the digest's row, so that
/// a digest which was made before does not count for it: at least once, as any card.
/// </summary>
public sealed class WaitingDigest(CommentStore store, ModerationList list, CardChannels channels, TimeProvider timeProvider)
{
    /// <summary>As many entries come one by one.</summary>
    public const int Above = 10;

    /// <summary>As many of the oldest are named, each with a link, in a mail.</summary>
    public const int MostNamed = 10;

    /// <summary>More entries are not counted.</summary>
    public const int MostCounted = 1_000;

    /// <summary>How long it is waited for more, before the first digest of a burst.</summary>
    public static readonly TimeSpan Gathers = TimeSpan.FromMinutes(1);

    /// <summary>Least time between two digests.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(15);

    private const string AskedName = "Asked";
    private const int MostPages = 5;

    /// <summary>Marks a card that a person asked for.</summary>
    internal static void MarkAsked(DueRow card) => card.Entity[AskedName] = true;

    /// <summary>A mail in the place of a card that a person asked for was asked for, too.</summary>
    internal static void MarkAsked(DueRow mail, DueRow card)
    {
        if (IsAsked(card))
            MarkAsked(mail);
    }

    /// <summary>True when this is no card or mail of its own now, but part of a digest.</summary>
    internal async Task<bool> TakesAsync(TeamSettings team, CommentRow comment, DueRow due, CancellationToken cancellationToken)
    {
        // Without any channel the moderation page is it.
        if ((team.Configuration.Moderation.Webhooks.Count == 0 && !team.MailsTeam) || IsAsked(due))
            return false;
        if (comment.Findings.Concat(comment.ProposalFindings).Any(finding => finding is { Class: FindingClasses.Threat, Verdict: not Verdict.Publish }))
            return false;
        return await store.KeysAsync(comment.Site, Keys.WaitingAfter(null), cancellationToken).Take(Above + 1).CountAsync(cancellationToken).ConfigureAwait(false) > Above
            && !await NamesLawAsync(comment, cancellationToken).ConfigureAwait(false);
    }

    // Whoever names the law must be answered in time (DSA, article 16), however much else waits.
    private async Task<bool> NamesLawAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        var from = comment.State == CommentState.Published ? comment.Reports > 0 ? comment.Round : int.MaxValue : comment.NoticesFrom ?? int.MaxValue;
        return from != int.MaxValue && await store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).Select(row => new NoticeRow(row))
            .AnyAsync(notice => notice.Kind != NoticeKind.Charter && (notice.Round ?? from) >= from, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsAsked(DueRow due) => due.Entity.GetBoolean(AskedName) == true;

    /// <summary>The row that a comment's transition joins, as it is now.</summary>
    internal async Task<DigestRow> FindAsync(string site, CancellationToken cancellationToken) =>
        await store.EntityAsync(site, Keys.Digest, cancellationToken).ConfigureAwait(false) is { } row ? new DigestRow(row) : DigestRow.New(site);

    /// <summary>How long a reminder need not ask for a digest, for one that tells of everything was sent within its time or is on its way; null: it asks for one.</summary>
    internal static TimeSpan? Rests(DigestRow digest, DateTimeOffset now, TimeSpan reminder)
    {
        if (digest.Owned.Count > 0)
            return reminder;
        // From that digest on, and not from this reminder: two times in a row it would be, and one day would have none.
        return digest.SentAt + reminder is { } then && then > now ? then - now : null;
    }

    /// <summary>Joins the digest within a comment's transition.</summary>
    internal static void Join(DigestRow digest, CommentChange change, TeamSettings team)
    {
        var isNew = digest.IsNew;
        digest.Joined++;
        // A mail in the place of an earlier card may wait for the morning; the channel need not.
        if (!digest.Promises(KindOf(team)))
            change.Add(Promise(digest, team, change.Now));
        change.With(digest, isNew);
    }

    /// <summary>Works on one due row of kind <see cref="DueKinds.Digest"/>.</summary>
    /// <returns>True when it is told, and the row gone.</returns>
    internal async Task<bool> SendAsync(string site, DueClaim claim, TeamSettings team, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        var digest = await FindAsync(site, cancellationToken).ConfigureAwait(false);
        if (!digest.Owned.Contains(due.Key, StringComparer.Ordinal))
            return false;
        var joined = digest.Joined;
        var (content, _) = await ContentAsync(site, team, isPlain: claim.KilledTwice, cancellationToken).ConfigureAwait(false);
        var isTold = content.Waiting > 0 && team.Configuration.Moderation.Webhooks.Count > 0;
        if (isTold && !await channels.DeliverAsync(team.Configuration, DigestCard.Build(content), due, cancellationToken).ConfigureAwait(false))
        {
            if (team.MailsTeam && digest.MailedFor != due.Key && timeProvider.GetUtcNow() - due.Due >= ModerationCards.MailAfter)
                await MailInsteadAsync(digest, due, team, cancellationToken).ConfigureAwait(false);
            return false;
        }

        await SettleAsync(digest, due, team, joined, isTold, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>What waits on a site, and the oldest of it.</summary>
    /// <param name="site">Its id.</param>
    /// <param name="team">Who is told.</param>
    /// <param name="isPlain">Without anything that came from outside.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<(DigestContent Content, IReadOnlyList<Waiting> Oldest)> ContentAsync(string site, TeamSettings team, bool isPlain, CancellationToken cancellationToken)
    {
        var hub = team.Configuration;
        var keys = await store.KeysAsync(site, Keys.WaitingAfter(null), cancellationToken).Take(MostCounted).ToListAsync(cancellationToken).ConfigureAwait(false);
        var pages = keys.Select(key => CommentId.TryParse(key.Split('.') is [_, _, var name, _] ? name : null, out var id) ? id.Page : null).OfType<string>()
            .CountBy(page => page, StringComparer.Ordinal).OrderByDescending(page => page.Value).ThenBy(page => page.Key, StringComparer.Ordinal).Take(isPlain ? 0 : MostPages);
        var named = new List<DigestPage>();
        foreach (var (page, count) in pages)
        {
            if (await store.FindThreadAsync(site, page, cancellationToken).ConfigureAwait(false) is { } thread)
                named.Add(new DigestPage(thread.Title, count));
        }

        var oldest = await Task.WhenAll(keys.Take(MostNamed).Select(key => list.ReadAsync(site, key, cancellationToken))).ConfigureAwait(false);
        var content = new DigestContent
        {
            Language = hub.Authority.Language,
            Authority = hub.Authority.Name,
            Site = hub.Sites.Count > 1 ? hub.SiteOrDefault(site).Name : null,
            PublicAddress = hub.Authority.PublicAddress,
            Waiting = keys.Count,
            IsMore = keys.Count == MostCounted,
            Since = keys.Count == 0 ? null : Keys.ParseUtc(keys[0].Split('.')[1]),
            Pages = named,
            Now = timeProvider.GetUtcNow(),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone),
        };
        return (content, [.. oldest.OfType<Waiting>()]);
    }

    /// <summary>The promise is kept; for what joined meanwhile there is another one.</summary>
    internal async Task SettleAsync(DigestRow digest, DueRow due, TeamSettings team, int joined, bool isTold, CancellationToken cancellationToken)
    {
        while (digest.Owned.Contains(due.Key, StringComparer.Ordinal))
        {
            var now = timeProvider.GetUtcNow();
            digest.Owned = [.. digest.Owned.Where(key => key != due.Key)];
            digest.SentAt = isTold ? now : digest.SentAt;
            var log = Log(digest, isTold ? "sent" : "nothing-sent", now);
            var transition = new Transition(store.Table, log, timeProvider).Delete(due.Key);
            if (digest.Joined != joined && !digest.Promises(KindOf(team)))
                transition.Add(Promise(digest, team, now));
            if (await transition.Replace(digest).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
            digest = await FindAsync(due.Partition, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string KindOf(TeamSettings team) => team.Configuration.Moderation.Webhooks.Count > 0 ? DueKinds.Digest : DueKinds.DigestMail;

    // By card where the team has a channel, else by mail when somebody is on duty.
    private static DueRow Promise(DigestRow digest, TeamSettings team, DateTimeOffset now)
    {
        var at = digest.SentAt is { } sent && sent + Apart > now + Gathers ? sent + Apart : now + Gathers;
        var row = KindOf(team) == DueKinds.Digest
            ? DueRow.New(digest.Partition, Queues.ModerationCard, at, DueKinds.Digest, DigestRow.Owner)
            : DueRow.New(digest.Partition, Queues.MailSend, new DutyHours(team.People, team.Configuration.Authority.TimeZone).NextOnDuty(at), DueKinds.DigestMail, DigestRow.Owner);
        digest.Owned = [.. digest.Owned, row.Key];
        return row;
    }

    // No channel has taken it for a while: a mail, once, and the card goes on being tried. That it was promised is written with the promise.
    private async Task MailInsteadAsync(DigestRow digest, DueRow card, TeamSettings team, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var mail = DueRow.New(digest.Partition, Queues.MailSend, new DutyHours(team.People, team.Configuration.Authority.TimeZone).NextOnDuty(now), DueKinds.DigestMail, DigestRow.Owner);
        digest.Owned = [.. digest.Owned, mail.Key];
        digest.MailedFor = card.Key;
        await new Transition(store.Table, Log(digest, "mail-instead", now), timeProvider).Add(mail).Replace(digest).CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static LogRow Log(DigestRow digest, string what, DateTimeOffset now) =>
        LogRow.New(digest.Partition, DigestRow.Owner, ++digest.Seq, now, what, "Digest", Actor.TheClock.Name);
}
