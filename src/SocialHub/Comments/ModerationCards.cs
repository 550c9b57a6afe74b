using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Brings what waits to the moderators: a card to each webhook, and a reminder every day as long as it waits. At least once: a card may come twice,
/// a decision cannot. Where hub.json names no webhook, the moderation page is the channel and nothing is missing. Where it names some and none of them
/// has an address, nobody was told: the card stays due, tried again after growing waits, and health says so.
/// </summary>
public sealed partial class ModerationCards(
    CommentStore store,
    ModerationList list,
    PublicContexts contexts,
    ContestedRefusals contested,
    HubConfigurationSource configuration,
    SettingsStore settings,
    DebateCards debates,
    DecisionTokens tokens,
    CardChannels channels,
    WaitingDigest digests,
    PersonalDataMask mask,
    DueWork dueWork,
    Hints hints,
    TimeProvider timeProvider,
    IOptions<HubOptions> options,
    ILogger<ModerationCards> logger)
{
    /// <summary>How many fresh cards may be asked for in one round: each is another message to the whole team, and whoever holds any link may ask.</summary>
    public const int MostAsked = 3;

    /// <summary>How long no channel has taken a card before it goes by mail, too.</summary>
    public static readonly TimeSpan MailAfter = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Works on one due row of queue <see cref="Queues.ModerationCard"/>, a card, a digest, a debate or a <see cref="DueKinds.Reminder"/>; safe to repeat.
    /// While the hub has no configuration that runs it does nothing, and the row stays due: nobody knows then whether a webhook is named.
    /// </summary>
    public async Task RunAsync(Hint hint, CancellationToken cancellationToken)
    {
        if ((await configuration.UsableAsync(cancellationToken).ConfigureAwait(false)).Problem is null)
            await dueWork.WorkAsync(store.Table, hint, claim => SendAsync(hint.Partition, claim, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Promises a fresh card about all of a comment that waits, for whoever holds a link that fits nothing any more.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment, also when such a card is on its way already; 409 when nothing waits for a person or <see cref="MostAsked"/> were asked for, 410 once it is erased.</returns>
    public async Task<Answer<CommentRow>> AskAsync(string site, CommentId id, Actor by, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> promised = [];
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                promised = [];
                if (!change.WaitsForPerson)
                    return CommentDecisions.Otherwise(change.Comment);
                if (change.HasCardOnItsWay)
                    return CommentStore.Decided.Nothing;
                var asked = change.Comment.CardsAskedIn == change.Comment.Round ? change.Comment.CardsAsked : 0;
                if (asked >= MostAsked)
                    return new Problem(ProblemKind.Conflict, "cards-asked", $"{MostAsked} fresh cards about this were asked for already; find it in the list of what waits.");
                (change.Comment.CardsAskedIn, change.Comment.CardsAsked) = (change.Comment.Round, asked + 1);
                promised = change.RenewCards();
                foreach (var card in promised)
                    WaitingDigest.MarkAsked(card);
                return new CommentStore.Decided("card-asked", by);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(promised, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Writes into a comment's history that somebody asked for the personal data in it.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its name.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The comment; a problem when nothing could be written, and then nothing is shown.</returns>
    public Task<Answer<CommentRow>> RevealAsync(string site, CommentId id, Actor by, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            site,
            id,
            (change, _) => change.Comment.State is CommentState.Withdrawn or CommentState.Erased ? CommentDecisions.Otherwise(change.Comment) : new CommentStore.Decided("revealed", by),
            cancellationToken);

    private async Task<bool> SendAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (due.Kind is DueKinds.Turned or DueKinds.Reopened)
            return await debates.SendAsync(site, claim, cancellationToken).ConfigureAwait(false);
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (due.Kind is DueKinds.Digest or DueKinds.DigestRest)
            return await digests.SendAsync(site, claim, team, options.Value.Times.Reminder, cancellationToken).ConfigureAwait(false);
        if (!CommentId.TryParse(due.Owner, out var id) || !Enum.TryParse<DecisionSubject>(due.Subject, ignoreCase: true, out var subject))
            return false;
        var hub = team.Configuration;
        if (await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is { } comment && await digests.TakesAsync(team, comment, due, cancellationToken).ConfigureAwait(false))
            return await JoinAsync(site, id, subject, team, claim, cancellationToken).ConfigureAwait(false);
        var (told, isMailed, isLate) = (false, false, false);
        if (hub.Moderation.Webhooks.Count > 0 && await list.FindAsync(site, id, subject, cancellationToken).ConfigureAwait(false) is { } waiting)
        {
            // Two processes died of it: this one shows nothing that people wrote, which may have been the cause.
            if (claim.KilledTwice)
                Log.KilledTwice(logger, site, id.Value);
            var content = claim.KilledTwice ? Frame(hub, waiting) with { IsPlain = true } : await ContentAsync(hub, waiting, cancellationToken).ConfigureAwait(false);
            if (!await channels.DeliverAsync(hub, ModerationCard.Build(content), due, cancellationToken).ConfigureAwait(false))
            {
                // A channel that is gone for good keeps no reminder from whoever has the card, or a mail in its place.
                told = new CardProgress(due).Taken.Count > 0;
                isMailed = !told && waiting.Comment.MailedFor == due.Key;
                if (!(told || isMailed) || timeProvider.GetUtcNow() - due.Due < options.Value.Times.Reminder)
                {
                    await MailInsteadAsync(site, id, subject, team, due, cancellationToken).ConfigureAwait(false);
                    return false;
                }

                isLate = true;
            }

            told |= !isMailed;
        }

        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Comment.Owned.Contains(due.Key, StringComparer.Ordinal))
                    return CommentStore.Decided.Nothing;
                Rearm(change, subject, claim, isLate ? TimeSpan.Zero : options.Value.Times.Reminder);
                // Where the team has no channel it has its mailboxes; what is no alarm waits for the morning.
                if (hub.Moderation.Webhooks.Count == 0 && team.MailsTeam && change.WaitsForPerson && MayMail(change, subject, due))
                    WaitingDigest.MarkAsked(change.Promise(Queues.MailSend, DueKinds.Mail, subject, MailedAt(change, subject, due, team) - change.Now), due);
                if (told)
                    change.Comment.Cards++;
                return new CommentStore.Decided(isMailed ? "mail-instead" : !told ? "listed" : due.Kind == DueKinds.Card ? "card-sent" : "reminded", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // A mail of the day before that one mailbox does not take keeps the reminder from nobody: it goes to all, in its place.
    private static bool MayMail(CommentChange change, DecisionSubject subject, DueRow due)
    {
        if (due.Kind == DueKinds.Reminder)
            change.Drop(subject, DueKinds.Mail);
        return !change.HasMailOnItsWay(subject);
    }

    // A threat waits for nobody's office hours; that it still waits is told in them.
    private static DateTimeOffset MailedAt(CommentChange change, DecisionSubject subject, DueRow due, TeamSettings team) =>
        due.Kind != DueKinds.Reminder && DebateWatch.IsAlarm(change.Comment, subject) ? change.Now : team.Duty.NextOnDuty(change.Now);

    // As long as something waits it is told of again.
    private static void Rearm(CommentChange change, DecisionSubject subject, DueClaim claim, TimeSpan after)
    {
        change.Drop(subject, claim.Row.Kind);
        var reminder = change.Promise(Queues.ModerationCard, DueKinds.Reminder, subject, after);
        // What killed twice is not tried whole again a day later.
        if (claim.KilledTwice)
            reminder.Attempts = claim.Row.Attempts - 1;
    }

    // The digest, which holds no text of a citizen, tells of it; and as long as one a day does, no reminder asks for another.
    private async Task<bool> JoinAsync(string site, CommentId id, DecisionSubject subject, TeamSettings team, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        var digest = DigestRow.New(site);
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Comment.Owned.Contains(due.Key, StringComparer.Ordinal))
                    return CommentStore.Decided.Nothing;
                var rests = due.Kind == DueKinds.Reminder ? WaitingDigest.Rests(digest, change.Now, options.Value.Times.Reminder) : null;
                Rearm(change, subject, claim, rests ?? options.Value.Times.Reminder);
                if (rests is null)
                    WaitingDigest.Join(digest, change, team, due.Kind != DueKinds.Reminder && DebateWatch.IsAlarm(change.Comment, subject));
                return new CommentStore.Decided("in-digest", Actor.TheClock);
            },
            cancellationToken,
            readAsync: async (_, _) => digest = await digests.FindAsync(site, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // No channel has taken it for a while: whoever is on duty gets a mail, once, and the card goes on being tried. That it was promised is written with the promise.
    private async Task MailInsteadAsync(string site, CommentId id, DecisionSubject subject, TeamSettings team, DueRow due, CancellationToken cancellationToken)
    {
        if (!team.MailsTeam || timeProvider.GetUtcNow() - due.Due < MailAfter)
            return;
        await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Comment.Owned.Contains(due.Key, StringComparer.Ordinal) || change.Comment.MailedFor == due.Key || !MayMail(change, subject, due))
                    return CommentStore.Decided.Nothing;
                WaitingDigest.MarkAsked(change.Promise(Queues.MailSend, DueKinds.Mail, subject, MailedAt(change, subject, due, team) - change.Now), due);
                change.Comment.MailedFor = due.Key;
                return new CommentStore.Decided("mail-instead", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // What a card tells without any text of a citizen; its buttons lead to the page that shows it.
    private ModerationCardContent Frame(HubConfiguration hub, Waiting waiting) => new()
    {
        Language = hub.Authority.Language,
        Authority = hub.Authority.Name,
        PublicAddress = hub.Authority.PublicAddress,
        Token = tokens.Sign(TokenFor(waiting)),
        Subject = waiting.Subject,
        PageTitle = "",
        Page = waiting.Comment.Page,
        Name = "",
        Text = "",
        Findings = [],
        Since = waiting.Since,
        Now = timeProvider.GetUtcNow(),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone),
    };

    private async Task<ModerationCardContent> ContentAsync(HubConfiguration hub, Waiting waiting, CancellationToken cancellationToken)
    {
        var comment = waiting.Comment;
        var isProposal = waiting.Subject == DecisionSubject.Proposal;
        var parent = comment.Parent is { } name && CommentId.TryParse(name, out var parentId) ? await store.FindAsync(comment.Site, parentId, cancellationToken).ConfigureAwait(false) : null;
        var (reports, objection) = await NoticesAsync(waiting, cancellationToken).ConfigureAwait(false);
        var context = await contexts.FindAsync(waiting, cancellationToken).ConfigureAwait(false);
        var record = await new AuthorRecords(store).OfAsync(comment, cancellationToken).ConfigureAwait(false);
        // A channel keeps what it is sent, for everybody in it; the page behind the buttons shows what is hidden to who asks.
        var author = mask.Of(comment.Name, isProposal ? comment.ProposalFindings : comment.Findings, "name", comment.Site, hub);
        var text = mask.Of(isProposal ? comment.ProposalBody ?? "" : comment.Body, author.Findings, "text", comment.Site, hub);
        return Frame(hub, waiting) with
        {
            PageTitle = waiting.Thread?.Title ?? "",
            Parent = parent is { State: CommentState.Published } ? mask.Of(parent.Body, comment.Site, hub) : null,
            Name = author.Text,
            Author = record?.Words,
            Text = text.Text,
            Findings = text.Findings,
            TotalFindings = isProposal ? comment.ProposalFindings.Count : comment.FindingsTotal,
            Why = (isProposal ? comment.ProposalWhy : comment.Why) is { } why ? new Wording(why, why) : null,
            FirstText = isProposal || comment.FirstBody is not { } first ? null : mask.Of(first, comment.Site, hub),
            // The text that a change takes an address out of must not stay in a channel.
            PublicText = context?.Text is { } publicText ? mask.Of(publicText, comment.Site, hub) : null,
            Answers = context?.Answers ?? 0,
            OfficialAnswers = context?.OfficialAnswers ?? 0,
            Reports = [.. reports.Select(report => NoticeWords.Before(report.Kind, hub.Authority.Language) + mask.Of(report.Reason, comment.Site, hub))],
            ReportCount = comment.Reports,
            Objection = objection is null ? null : mask.Of(objection, comment.Site, hub),
            Contested = await ContestedAsync(waiting, hub, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>What an objection is about, in words for a card or a mail, and who is to answer it; null of anything else.</summary>
    internal async Task<Wording?> ContestedAsync(Waiting waiting, HubConfiguration hub, CancellationToken cancellationToken)
    {
        if (await contested.FindAsync(waiting, cancellationToken).ConfigureAwait(false) is not { } refusal)
            return null;
        var words = refusal.Words(hub.Authority.TimeZone);
        return refusal.Answerer is { } answerer ? new($"{words.French} {answerer.French}", $"{words.English} {answerer.English}") : words;
    }

    /// <summary>What a link about this entry decides: exactly what its card shows.</summary>
    public DecisionToken TokenFor(Waiting waiting)
    {
        var comment = waiting.Comment;
        var revision = waiting.Subject == DecisionSubject.Proposal ? comment.ProposalRevision : comment.Revision;
        return new DecisionToken(comment.Site, comment.Id, waiting.Subject, revision, comment.Round, comment.ReportsEver, tokens.ExpiryFromNow());
    }

    /// <summary>What the author objected, and what readers reported since the last decision about it, or before one that was taken back; in their words.</summary>
    public Task<(IReadOnlyList<ReaderNotice> Reports, string? Objection)> NoticesAsync(CommentRow comment, CancellationToken cancellationToken) =>
        NoticesAsync(new Waiting(comment, null, DecisionSubject.Comment, default, ""), cancellationToken);

    /// <summary>The same of what waits: an objection to the refusal of a change is said with the change alone.</summary>
    public async Task<(IReadOnlyList<ReaderNotice> Reports, string? Objection)> NoticesAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var comment = waiting.Comment;
        var reports = new List<NoticeRow>();
        var isWaiting = comment.State is CommentState.Held or CommentState.Received;
        var from = isWaiting ? comment.NoticesFrom : comment.Reports > 0 ? comment.Round : null;
        if (from is not null)
        {
            await foreach (var entity in store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).ConfigureAwait(false))
            {
                // Those of an older round were decided; their rows go with the comment.
                var notice = new NoticeRow(entity);
                if ((notice.Round ?? comment.Round) is var round && round >= from && (round < comment.Round || !isWaiting))
                    reports.Add(notice);
            }
        }

        var key = waiting.IsChangeObjected ? Keys.ObjectionToChange(comment.Id, comment.ProposalObjectedIn ?? 0)
            : !comment.Objected ? null
            : comment.ObjectedChange is { } change ? Keys.ObjectionToChange(comment.Id, change) : Keys.Objection(comment.Id, comment.ObjectedIn ?? comment.Round - 1);
        var objection = key is not null && await store.EntityAsync(comment.Site, key, cancellationToken).ConfigureAwait(false) is { } row ? new NoticeRow(row).Reason : null;
        return ([.. reports.OrderBy(report => report.At ?? default).TakeLast(isWaiting ? reports.Count : comment.Reports).Select(report => new ReaderNotice(report.Reason, report.Email) { Kind = report.Kind, Name = report.Name, GoodFaith = report.GoodFaith })], objection);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Two processes died while they made or sent the card of {Id} of {Site}; it is sent without its texts.")]
        public static partial void KilledTwice(ILogger logger, string site, string id);
    }
}
