using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Above <see cref="Above"/> entries that wait on a site, its team gets one digest in the place of a card or a mail for each (a channel takes 25 messages in
/// 5 minutes). A threat (by mail the one alone that the team was told of), what was reported as against the law and a card that somebody asked for come alone all the same. What joins is written with its own transition into the digest's row, so that
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

    private const string AlarmName = "Alarm";
    private const string AskedName = "Asked";
    private const string JoinedName = "Joined";

    // One transaction holds a hundred rows.
    private const int MostLeft = 30;
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
        if (DebateWatch.IsThreat(comment.Findings.Concat(comment.ProposalFindings)) && !await IsOneOfManyAsync(team, comment, due, cancellationToken).ConfigureAwait(false))
            return false;
        return await store.KeysAsync(comment.Site, Keys.WaitingAfter(null), cancellationToken).Take(Above + 1).CountAsync(cancellationToken).ConfigureAwait(false) > Above
            && !await NamesLawAsync(comment, cancellationToken).ConfigureAwait(false);
    }

    // By mail the team was told at once that somebody threatens, and of which text: a raid of them is no hundred mails in the morning.
    private async Task<bool> IsOneOfManyAsync(TeamSettings team, CommentRow comment, DueRow due, CancellationToken cancellationToken) =>
        (due.Kind == DueKinds.Mail || team.Configuration.Moderation.Webhooks.Count == 0)
        && await store.FindThreadAsync(comment.Site, CommentId.Parse(comment.Id).Page, cancellationToken).ConfigureAwait(false) is { } thread && thread.HeatOf != comment.Id;

    // Whoever names the law must be answered in time (DSA, article 16), however much else waits.
    private async Task<bool> NamesLawAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        var from = comment.State == CommentState.Published ? comment.Reports > 0 ? comment.Round : int.MaxValue : comment.NoticesFrom ?? int.MaxValue;
        return from != int.MaxValue && await store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).Select(row => new NoticeRow(row))
            .AnyAsync(notice => notice.Kind != NoticeKind.Charter && (notice.Round ?? from) >= from, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True of a digest that tells of a threat at any hour.</summary>
    internal static bool IsAlarm(DueRow due) => due.Entity.GetBoolean(AlarmName) == true;

    private static bool IsAsked(DueRow due) => due.Entity.GetBoolean(AskedName) == true;

    /// <summary>The row that a comment's transition joins, as it is now.</summary>
    internal async Task<DigestRow> FindAsync(string site, CancellationToken cancellationToken) =>
        await store.EntityAsync(site, Keys.Digest, cancellationToken).ConfigureAwait(false) is { } row ? new DigestRow(row) : DigestRow.New(site);

    /// <summary>How long a reminder need not ask for a digest, for one that tells of everything was sent within its time or is on its way; null: it asks for one.</summary>
    internal static TimeSpan? Rests(DigestRow digest, DateTimeOffset now, TimeSpan reminder)
    {
        // One that goes on for somebody alone tells nobody else.
        if (digest.Promises(DueKinds.Digest) || digest.Promises(DueKinds.DigestMail))
            return reminder;
        // From that digest on, and not from this reminder: two times in a row it would be, and one day would have none.
        return digest.SentAt + reminder is { } then && then > now ? then - now : null;
    }

    /// <summary>Joins the digest within a comment's transition.</summary>
    /// <param name="digest">As it was read.</param>
    /// <param name="change">The comment's transition.</param>
    /// <param name="team">Who is told.</param>
    /// <param name="isAlarm">True of a threat that comes by mail: its digest waits for nobody's hours.</param>
    internal static void Join(DigestRow digest, CommentChange change, TeamSettings team, bool isAlarm = false)
    {
        var isNew = digest.IsNew;
        digest.Joined++;
        // A mail in the place of an earlier card may wait for the morning; the channel need not.
        if (isAlarm)
        {
            // One of the morning goes on being promised, to whoever is there then.
            var at = NextOf(Later(digest.SentAt, digest.AlarmedAt), change.Now);
            if (!digest.Owned.Any(key => key.Split('.') is [_, var due, DueKinds.DigestMail, ..] && Keys.ParseUtc(due) <= at))
                change.Add(PromiseAlarm(digest, at));
        }
        else if (!digest.Promises(KindOf(team)))
            change.Add(Promise(digest, team, change.Now));
        change.With(digest, isNew);
    }

    /// <summary>What had joined when the first of its recipients was told: what came later, those who have it were not told of.</summary>
    internal static int Begin(DigestRow digest, DueRow due)
    {
        if (due.Entity.GetInt32(JoinedName) is { } joined && new CardProgress(due).Taken.Count > 0)
            return joined;
        due.Entity[JoinedName] = digest.Joined;
        return digest.Joined;
    }

    /// <summary>
    /// Works on one due row of kind <see cref="DueKinds.Digest"/> or <see cref="DueKinds.DigestRest"/>. Once a channel has it the promise is kept, and each
    /// that has not gets one of its own: a channel that is gone for good keeps no digest from the others.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="claim">The row.</param>
    /// <param name="team">Who is told.</param>
    /// <param name="reminder">How often it is told of what waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True when it is told, and the row gone.</returns>
    internal async Task<bool> SendAsync(string site, DueClaim claim, TeamSettings team, TimeSpan reminder, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        var digest = await FindAsync(site, cancellationToken).ConfigureAwait(false);
        if (!digest.Owned.Contains(due.Key, StringComparer.Ordinal))
            return false;
        var joined = Begin(digest, due);
        var isRest = due.Kind == DueKinds.DigestRest;
        var webhooks = team.Configuration.Moderation.Webhooks;
        var hub = isRest ? team.Configuration with { Moderation = team.Configuration.Moderation with { Webhooks = [.. webhooks.Where(name => name == due.Subject)] } } : team.Configuration;
        var (content, _) = await ContentAsync(site, team, isPlain: claim.KilledTwice, cancellationToken).ConfigureAwait(false);
        var isTold = content.Waiting > 0 && hub.Moderation.Webhooks.Count > 0;
        IReadOnlyList<string> left = [];
        if (isTold && !await channels.DeliverAsync(hub, DigestCard.Build(content), due, cancellationToken).ConfigureAwait(false))
        {
            var progress = new CardProgress(due);
            var now = timeProvider.GetUtcNow();
            if (!isRest && progress.Taken.Count == 0)
            {
                if (team.MailsTeam && now - due.Due >= ModerationCards.MailAfter && MayMail(digest, due, reminder, now))
                    await MailInsteadAsync(digest, due, team, cancellationToken).ConfigureAwait(false);
                return false;
            }

            if (isRest && now - progress.FirstDue < TeamMails.GivenUp)
                return false;
            isTold = !isRest;
            left = isRest ? [] : [.. progress.Failures.Where(failure => failure.Value != CardProgress.NoAddress).Select(failure => failure.Key)];
        }

        await SettleAsync(digest, due, team, joined, isTold, left, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // Once for each digest, and again each day as long as no channel takes it: nothing else tells of what waits.
    private static bool MayMail(DigestRow digest, DueRow due, TimeSpan reminder, DateTimeOffset now) =>
        digest.MailedFor != due.Key || (!digest.Promises(DueKinds.DigestMail) && now - (digest.SentAt ?? due.Due) >= reminder);

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

    /// <summary>
    /// The promise is kept; for what joined meanwhile there is another one, and one for each whom it did not reach though others have it: theirs keeps nobody
    /// else from the next digest, and no reminder from asking for it.
    /// </summary>
    /// <param name="digest">As it was read.</param>
    /// <param name="due">The promise.</param>
    /// <param name="team">Who is told.</param>
    /// <param name="joined">What <see cref="Begin"/> said.</param>
    /// <param name="isTold">True when somebody has it.</param>
    /// <param name="left">Channels or people whom it did not reach.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task SettleAsync(DigestRow digest, DueRow due, TeamSettings team, int joined, bool isTold, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        var isRest = due.Kind is DueKinds.DigestRest or DueKinds.DigestMailRest;
        var rest = due.Kind == DueKinds.Digest ? DueKinds.DigestRest : DueKinds.DigestMailRest;
        var progress = new CardProgress(due);
        while (digest.Owned.Contains(due.Key, StringComparer.Ordinal))
        {
            var now = timeProvider.GetUtcNow();
            digest.Owned = [.. digest.Owned.Where(key => key != due.Key)];
            // Whoever is called at night is not all of the team: the others are told in their hours, and reminded.
            if (isTold && !isRest && IsAlarm(due))
                digest.AlarmedAt = now;
            else if (isTold && !isRest)
                digest.SentAt = now;
            var log = Log(digest, isTold ? "sent" : "nothing-sent", now);
            var transition = new Transition(store.Table, log, timeProvider).Delete(due.Key);
            if (!isRest && digest.Joined != joined && !digest.Promises(KindOf(team)))
                transition.Add(Promise(digest, team, now));
            // Whoever has the newer one needs no older one.
            foreach (var told in isRest ? [] : progress.Taken.Select(whom => digest.RestFor(rest, whom)).OfType<string>().ToList())
            {
                digest.Owned = [.. digest.Owned.Where(key => key != told)];
                transition.Delete(told);
            }

            // One that is on its way tells of what waits when it arrives.
            foreach (var whom in left.Where(whom => digest.RestFor(rest, whom) is null).Take(MostLeft).ToList())
            {
                var alone = DueRow.New(digest.Partition, due.Queue, now, rest, DigestRow.Owner, whom);
                progress.GoOnAloneIn(alone);
                if (IsAlarm(due))
                    alone.Entity[AlarmName] = true;
                digest.Owned = [.. digest.Owned, alone.Key];
                transition.Add(alone);
            }

            if (await transition.Replace(digest).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
            digest = await FindAsync(due.Partition, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What nobody is there for any more is promised for when somebody is.</summary>
    /// <returns>True when the row is another one.</returns>
    internal async Task<bool> PutOffAsync(DigestRow digest, DueRow due, TeamSettings team, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var later = DueRow.New(digest.Partition, Queues.MailSend, team.Duty.NextOnDuty(now), due.Kind, DigestRow.Owner, due.Subject);
        new CardProgress(due).GoOnIn(later);
        digest.Owned = [.. digest.Owned.Where(key => key != due.Key), later.Key];
        return await new Transition(store.Table, Log(digest, "mail-later", now), timeProvider).Delete(due.Key).Add(later).Replace(digest).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied;
    }

    private static string KindOf(TeamSettings team) => team.Configuration.Moderation.Webhooks.Count > 0 ? DueKinds.Digest : DueKinds.DigestMail;

    private static DateTimeOffset NextOf(DateTimeOffset? before, DateTimeOffset now) => before is { } sent && sent + Apart > now + Gathers ? sent + Apart : now + Gathers;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static DueRow PromiseAlarm(DigestRow digest, DateTimeOffset at)
    {
        var row = DueRow.New(digest.Partition, Queues.MailSend, at, DueKinds.DigestMail, DigestRow.Owner, DigestRow.Alarm);
        row.Entity[AlarmName] = true;
        digest.Owned = [.. digest.Owned, row.Key];
        return row;
    }

    // By card where the team has a channel, else by mail when somebody is on duty.
    private static DueRow Promise(DigestRow digest, TeamSettings team, DateTimeOffset now)
    {
        var at = NextOf(digest.SentAt, now);
        var row = KindOf(team) == DueKinds.Digest
            ? DueRow.New(digest.Partition, Queues.ModerationCard, at, DueKinds.Digest, DigestRow.Owner)
            : DueRow.New(digest.Partition, Queues.MailSend, team.Duty.NextOnDuty(at), DueKinds.DigestMail, DigestRow.Owner);
        digest.Owned = [.. digest.Owned, row.Key];
        return row;
    }

    // No channel has taken it for a while: a mail, and the card goes on being tried. That it was promised is written with the promise.
    private async Task MailInsteadAsync(DigestRow digest, DueRow card, TeamSettings team, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var mail = DueRow.New(digest.Partition, Queues.MailSend, team.Duty.NextOnDuty(now), DueKinds.DigestMail, DigestRow.Owner);
        digest.Owned = [.. digest.Owned, mail.Key];
        digest.MailedFor = card.Key;
        await new Transition(store.Table, Log(digest, "mail-instead", now), timeProvider).Add(mail).Replace(digest).CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static LogRow Log(DigestRow digest, string what, DateTimeOffset now) =>
        LogRow.New(digest.Partition, DigestRow.Owner, ++digest.Seq, now, what, "Digest", Actor.TheClock.Name);
}
