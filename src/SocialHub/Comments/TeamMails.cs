using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections.Mail;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Brings by mail to the people of the team what a channel could not bring, or where there is none, and at once that a debate turned: each with a link of
/// their own. At least once. No mail holds a text or a name of a citizen: it would lie in mailboxes for years; the link shows them.
/// A server that is away keeps the rest waiting, tried again after growing waits; a recipient whom it does not take at this moment keeps nobody else from it,
/// and one whom it refuses for good is passed over once somebody has it; a server that refuses everybody brought it to nobody. Who has it is written down mail
/// by mail. What is no alarm (a debate that turned, a threat that nobody has decided about) is sent in duty hours: what failed in them, or came too late for them, is promised anew for the next ones.
/// </summary>
public sealed partial class TeamMails(
    CommentStore store,
    ModerationList list,
    ModerationCards cards,
    DebateCards debates,
    AuthorMails authors,
    NoticeMails notices,
    WaitingDigest digests,
    SettingsStore settings,
    HubConfigurationSource configuration,
    DecisionTokens tokens,
    MailTransport transport,
    DueWork dueWork,
    TimeProvider timeProvider,
    ILogger<TeamMails> logger)
{
    /// <summary>What could not be brought for so long is brought no more; what it tells of waits in the list all the same.</summary>
    public static readonly TimeSpan GivenUp = TimeSpan.FromDays(3);

    private static readonly TimeSpan TriedAtLeast = TimeSpan.FromHours(1);

    // Instead of a channel's name, where the progress of one round is noted.
    internal const string Channel = "mail";

    /// <summary>Works on one due row of queue <see cref="Queues.MailSend"/>, for the team, an author or a reader; safe to repeat.</summary>
    public async Task RunAsync(Hint hint, CancellationToken cancellationToken)
    {
        if ((await configuration.UsableAsync(cancellationToken).ConfigureAwait(false)).Problem is null)
            await dueWork.WorkAsync(store.Table, hint, claim => SendAsync(hint.Partition, claim, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names a person of the setting in links and logs, without the address.</summary>
    public static string KeyOf(Person person) => Keys.Hash(person.Email.ToLowerInvariant(), 12);

    private Task<bool> SendAsync(string site, DueClaim claim, CancellationToken cancellationToken) => claim.Row.Kind switch
    {
        DueKinds.TurnedMail or DueKinds.ReopenedMail => AboutThreadAsync(site, claim, cancellationToken),
        DueKinds.Hear => authors.SendAsync(site, claim, cancellationToken),
        DueKinds.Notice => notices.SendAsync(site, claim, cancellationToken),
        DueKinds.Mail => AboutCommentAsync(site, claim, cancellationToken),
        DueKinds.DigestMail or DueKinds.DigestMailRest => AboutAllAsync(site, claim, cancellationToken),
        _ => Task.FromResult(false),
    };

    private async Task<bool> AboutThreadAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (await store.FindThreadAsync(site, due.Owner, cancellationToken).ConfigureAwait(false) is not { } thread)
            return false;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var isReopened = due.Kind == DueKinds.ReopenedMail;
        var repeat = DebateCards.RepeatOf(due);
        var people = isReopened ? InTheirHours(team) : repeat > 0 ? team.People.People : team.Duty.Told(timeProvider.GetUtcNow());
        if (people is null)
        {
            var later = await store.ChangeThreadAsync(site, due.Owner, change =>
            {
                if (!change.Keeps(due.Key))
                    return (LogRow?)null;
                new CardProgress(due).GoOnIn(change.Promise(Queues.MailSend, due.Kind, team.Duty.NextOnDuty(change.Now)));
                return change.Log("mail-later", Actor.TheClock);
            }, cancellationToken).ConfigureAwait(false);
            return later.Succeeded;
        }

        var told = await RoundAsync(team, claim, people, async person =>
        {
            var content = await debates.ContentAsync(team, thread, isReopened, due.Entity.GetDateTimeOffset("Since"), KeyOf(person), repeat, cancellationToken).ConfigureAwait(false);
            return new OutgoingMail(person.Email, $"{due.Kind} {site} {thread.PageKey} {thread.Turn} {new CardProgress(due).FirstKey} {KeyOf(person)}", DebateCard.Heading(content).In(content.Language), Body(content, team));
        }, cancellationToken).ConfigureAwait(false);
        if (told is Round.Later or Round.Lost)
            return false;
        var answer = await store.ChangeThreadAsync(site, due.Owner, change => change.Keeps(due.Key) ? change.Log(Word(told), Actor.TheClock) : (LogRow?)null, cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    private async Task<bool> AboutCommentAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (!CommentId.TryParse(due.Owner, out var id) || !Enum.TryParse<DecisionSubject>(due.Subject, ignoreCase: true, out var subject))
            return false;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        // Those of a night are due together in the morning.
        if (await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is { } comment && await digests.TakesAsync(team, comment, due, cancellationToken).ConfigureAwait(false))
            return await JoinAsync(site, id, subject, team, due, cancellationToken).ConfigureAwait(false);
        var told = Round.GivenUp;
        if (await list.FindAsync(site, id, subject, cancellationToken).ConfigureAwait(false) is { } waiting)
        {
            // A threat is brought at any hour, to whoever is told of the debate that it turns.
            if ((DebateWatch.IsAlarm(waiting.Comment, subject) ? team.Duty.Told(timeProvider.GetUtcNow()) : InTheirHours(team)) is not { } people)
            {
                var later = await store.ChangeAsync(
                    site,
                    id,
                    (change, _) =>
                    {
                        if (!change.Keeps(due.Key))
                            return CommentStore.Decided.Nothing;
                        new CardProgress(due).GoOnIn(change.Promise(Queues.MailSend, due.Kind, subject, team.Duty.NextOnDuty(change.Now) - change.Now));
                        return new CommentStore.Decided("mail-later", Actor.TheClock);
                    },
                    cancellationToken).ConfigureAwait(false);
                return later.Succeeded;
            }

            people = Hearers(team, people, waiting);
            var token = cards.TokenFor(waiting);
            var contested = await cards.ContestedAsync(waiting, team.Configuration, cancellationToken).ConfigureAwait(false);
            told = await RoundAsync(team, claim, people, person => Task.FromResult(new OutgoingMail(
                person.Email,
                $"{due.Kind} {site} {id} {subject} {token.Round} {token.Revision} {token.Reports} {new CardProgress(due).FirstKey} {KeyOf(person)}",
                waiting.Heading.In(team.Configuration.Authority.Language),
                Body(team, waiting, contested, tokens.Sign(token with { Person = KeyOf(person) })))), cancellationToken).ConfigureAwait(false);
        }

        if (told is Round.Later or Round.Lost)
            return false;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) => change.Keeps(due.Key) ? new CommentStore.Decided(Word(told), Actor.TheClock) : CommentStore.Decided.Nothing,
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    private async Task<bool> JoinAsync(string site, CommentId id, DecisionSubject subject, TeamSettings team, DueRow due, CancellationToken cancellationToken)
    {
        var digest = DigestRow.New(site);
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Keeps(due.Key))
                    return CommentStore.Decided.Nothing;
                WaitingDigest.Join(digest, change, team, DebateWatch.IsAlarm(change.Comment, subject));
                return new CommentStore.Decided("in-digest", Actor.TheClock);
            },
            cancellationToken,
            readAsync: async (_, _) => digest = await digests.FindAsync(site, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return answer.Succeeded;
    }

    private async Task<bool> AboutAllAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var digest = await digests.FindAsync(site, cancellationToken).ConfigureAwait(false);
        if (!digest.Owned.Contains(due.Key, StringComparer.Ordinal))
            return false;
        var isAlarm = WaitingDigest.IsAlarm(due);
        if ((isAlarm ? team.Duty.Told(timeProvider.GetUtcNow()) : InTheirHours(team)) is not { } people)
            return await digests.PutOffAsync(digest, due, team, cancellationToken).ConfigureAwait(false);
        var isRest = due.Kind == DueKinds.DigestMailRest;
        if (isRest)
            people = [.. team.People.People.Where(person => KeyOf(person) == due.Subject)];
        var joined = WaitingDigest.Begin(digest, due);
        var (content, oldest) = await digests.ContentAsync(site, team, isPlain: false, cancellationToken).ConfigureAwait(false);
        content = content with { HasThreat = isAlarm };
        var told = content.Waiting == 0 ? Round.GivenUp : await RoundAsync(team, claim, people, person => Task.FromResult(new OutgoingMail(
            person.Email,
            $"{DueKinds.DigestMail} {site} {new CardProgress(due).FirstKey} {KeyOf(person)}",
            DigestCard.Heading(content).In(content.Language),
            Body(team, content, oldest, KeyOf(person)))), cancellationToken).ConfigureAwait(false);
        var progress = new CardProgress(due);
        // One mailbox that takes nothing keeps the next digest from nobody: whom this one did not reach gets it alone.
        IReadOnlyList<string> left = told == Round.Later && !isRest && progress.Taken.Count > 0 ? [.. people.Select(KeyOf).Except(progress.Taken, StringComparer.Ordinal).Except(progress.Refused, StringComparer.Ordinal)] : [];
        if (told == Round.Lost || (told == Round.Later && left.Count == 0))
            return false;
        await digests.SettleAsync(digest, due, team, joined, told == Round.Reached || left.Count > 0, left, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private MailBody Body(TeamSettings team, DigestContent content, IReadOnlyList<Waiting> oldest, string person)
    {
        var language = content.Language;
        var body = new MailBody().Paragraph(DigestCard.Heading(content).In(language) + (content.Site is null ? "." : $" ({content.Site})."));
        if (content.Since is { } since)
            body.Paragraph(CardWords.Clock(since, content.Now, content.TimeZone).In(language));
        if (content.Pages.Count > 0)
            body.Lines(content.Pages.Select(page => page.Title + DigestCard.Count(page).In(language)));
        InsteadOfCard(body, team).Paragraph(DigestCard.Together.In(language)).Link(DigestCard.See.In(language), content.PublicAddress + "/moderation")
            .Paragraph(new Wording("Les plus anciens, chacun avec un lien. Ouvrir un lien ne décide rien. Ces liens sont les vôtres : ne les transférez pas.", "The oldest ones, each with a link. Opening a link decides nothing. These links are yours: do not forward them.").In(language));
        foreach (var waiting in oldest)
            body.Link($"{waiting.Heading.In(language)}, {LocalMoment.Of(waiting.Since, content.TimeZone).In(language)}", $"{content.PublicAddress}/moderation/decide#t={tokens.Sign(cards.TokenFor(waiting) with { Person = person })}");
        return body;
    }

    private enum Round
    {
        /// <summary>Somebody has it, and nobody is left who can be reached.</summary>
        Reached,

        /// <summary>The server refused everybody for good, for three days.</summary>
        Refused,

        /// <summary>Nobody can be brought it any more.</summary>
        GivenUp,

        /// <summary>Again later, with who is left.</summary>
        Later,

        /// <summary>Another worker holds the row.</summary>
        Lost,
    }

    private static string Word(Round told) => told switch { Round.Reached => "mailed", Round.Refused => "mail-refused", _ => "mail-given-up" };

    private async Task<Round> RoundAsync(TeamSettings team, DueClaim claim, IReadOnlyList<Person> people, Func<Person, Task<OutgoingMail>> write, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (team.Configuration.Mail is null || people.Count == 0)
            return Round.GivenUp;
        // Two processes died of it: what it tells waits in the list.
        if (claim.KilledTwice)
        {
            Log.KilledTwice(logger, due.Partition, due.Owner);
            return Round.GivenUp;
        }

        var progress = new CardProgress(due);
        var now = timeProvider.GetUtcNow();
        // What was put off to a morning is tried in it, however long ago it was promised.
        var isLast = now - progress.FirstDue >= GivenUp && (progress.FirstKey == due.Key || now - due.Due >= TriedAtLeast);
        var taken = new List<string>(progress.Taken);
        // As long as nobody has it this may be the server's way to refuse the hub (many do so at the recipient), and each is tried again.
        var refused = taken.Count == 0 ? [] : new List<string>(progress.Refused);
        var refusal = "";
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in people.DistinctBy(KeyOf, StringComparer.Ordinal))
        {
            if (taken.Contains(KeyOf(person), StringComparer.Ordinal) || refused.Contains(KeyOf(person), StringComparer.Ordinal))
                continue;
            var mail = await write(person).ConfigureAwait(false) with { ToName = person.Name, Language = team.Configuration.Authority.Language };
            var outcome = await transport.SendAsync(team.Configuration, mail, cancellationToken).ConfigureAwait(false);
            if (outcome is { Failure: { } failure, IsFinal: false })
            {
                failures[Channel] = failure;
                // It is the server's, and the others would only wait for the same. Else it is this person's mailbox, and the next one's may be another server's matter.
                if (!outcome.ConcernsOne)
                    break;
            }
            else if (outcome.IsFinal)
            {
                Log.Bounced(logger, due.Partition, due.Owner, KeyOf(person), refusal = outcome.Failure!);
                refused.Add(KeyOf(person));
            }
            else
            {
                taken.Add(KeyOf(person));
            }

            Note();
            // Many answers of a slow server take longer than a claim, a refusal like a yes; and a process that dies now must not send this one again.
            if (!await dueWork.RenewAsync(store.Table, claim, cancellationToken).ConfigureAwait(false))
                return Round.Lost;
        }

        Note();
        if (failures.Count == 0 && taken.Count > 0)
            return Round.Reached;
        if (failures.Count == 0)
        {
            // Health tells why, and nobody is told that it was brought.
            progress.Note(taken, new Dictionary<string, string>(StringComparer.Ordinal) { [Channel] = refusal });
            if (!isLast)
                return Round.Later;
            Log.RefusedToAll(logger, due.Partition, due.Owner, refusal);
            return Round.Refused;
        }

        if (!isLast)
            return Round.Later;
        Log.TooLate(logger, due.Partition, due.Owner);
        return taken.Count > 0 ? Round.Reached : Round.GivenUp;

        void Note()
        {
            progress.Note(taken, failures);
            progress.Refused = refused;
        }
    }

    // Whoever is on duty; nobody while it can wait for the morning, though a try by day failed.
    private IReadOnlyList<Person>? InTheirHours(TeamSettings team)
    {
        var duty = team.Duty;
        var now = timeProvider.GetUtcNow();
        return duty.NextOnDuty(now) > now ? null : duty.OnDuty(now);
    }

    // Where there are others, an objection is for somebody else than who refused: those on duty first, else all of them.
    private static IReadOnlyList<Person> Hearers(TeamSettings team, IReadOnlyList<Person> people, Waiting waiting)
    {
        var comment = waiting.Comment;
        (string? Name, string? Id) refused = waiting.Subject switch
        {
            DecisionSubject.Objection => (comment.RefusedBy, comment.RefusedById),
            DecisionSubject.Proposal when comment.IsChangeObjected => (comment.ProposalRefusedBy, comment.ProposalRefusedById),
            _ => (null, null),
        };
        if (!Actor.IsPerson(refused.Name, refused.Id))
            return people;
        bool IsAnother(Person person) => !Actor.IsLinkOf(refused.Id, KeyOf(person)) && !Actor.HaveOneName(refused.Name, person.Name);
        IReadOnlyList<Person> there = [.. people.Where(IsAnother)];
        if (there.Count > 0)
            return there;
        IReadOnlyList<Person> others = [.. team.People.People.Where(IsAnother)];
        return others.Count > 0 ? others : people;
    }

    // Where hub.json names a channel, what waits comes by mail only when that takes nothing.
    private static MailBody InsteadOfCard(MailBody body, TeamSettings team) => team.Configuration.Moderation.Webhooks.Count == 0
        ? body
        : body.Paragraph(new Wording(
            "Ce courriel remplace une carte que le canal de l’équipe (Teams) n’a pas prise : prévenez la personne qui s’en occupe.",
            "This mail takes the place of a card that the team’s channel (Teams) did not take: tell whoever looks after it.").In(team.Configuration.Authority.Language));

    private static MailBody Body(DebateCardContent content, TeamSettings team)
    {
        var language = content.Language;
        string In(string french, string english) => new Wording(french, english).In(language);
        var body = new MailBody().Paragraph(DebateCard.Heading(content).In(language) + CardWords.Colon.In(language) + CardWords.Quoted(content.PageTitle).In(language));
        var list = $"{content.PublicAddress}/moderation#thread={content.Place}";
        if (content.Token is not { } token)
            return InsteadOfCard(body.Paragraph(DebateCard.Meanwhile(content).In(language)).Link(DebateCard.WhatWaits.In(language), list), team);
        var address = $"{content.PublicAddress}/moderation/decide#t={token}&d=";
        if (content.Repeat > 0)
            body.Paragraph(DebateCard.Unanswered(content).In(language));
        body.Paragraph(content.Reason.In(language)).Paragraph(DebateCard.Offer(content).In(language));
        if (!content.IsClosed)
        {
            body.Link(In("Mettre la page en attente…", "Hold the page…"), address + "hold")
                .Link(In("Fermer la page…", "Close the page…"), address + "close")
                .Link(In("Laisser comme c’est…", "Leave it as it is…"), address + "leave")
                .Paragraph(In("Ouvrir un lien ne décide rien : une page demande confirmation. Ces liens sont les vôtres, ne les transférez pas.", "Opening a link decides nothing: a page asks you to confirm. These links are yours, do not forward them."));
        }

        if (content.Steps.Count > 0)
            body.Paragraph(DebateCard.WhatToDo.In(language) + In(" :", ":")).Lines(content.Steps);
        body.Link(DebateCard.EvidenceAndComments.In(language), list);
        if (content.Call.Count > 0)
            body.Paragraph(DebateCard.ToCall.In(language) + In(" :", ":")).Lines(content.Call);
        if (content.Answers.Count > 0)
            body.Paragraph(DebateCard.ReadyAnswers.In(language) + In(" :", ":"));
        foreach (var answer in content.Answers)
            body.Paragraph(answer.Title).Quote(answer.Text);
        return body.Link(CardWords.OpenPage.In(language), content.Page);
    }

    private static MailBody Body(TeamSettings team, Waiting waiting, Wording? contested, string token)
    {
        var hub = team.Configuration;
        string In(string french, string english) => new Wording(french, english).In(hub.Authority.Language);
        var comment = waiting.Comment;
        var isProposal = waiting.Subject == DecisionSubject.Proposal;
        var findings = isProposal ? comment.ProposalFindings : comment.Findings;
        var address = $"{hub.Authority.PublicAddress}/moderation/decide#t={token}";
        var body = new MailBody()
            .Paragraph(waiting.Heading.In(hub.Authority.Language) + In(", sous la page ", ", under the page ") + CardWords.Quoted(waiting.Thread?.Title ?? comment.Page).In(hub.Authority.Language) + ".")
            .Paragraph(In("Attend depuis le ", "Waiting since ") + LocalMoment.Of(waiting.Since, hub.Authority.TimeZone).In(hub.Authority.Language) + ".");
        var reasons = findings.Where(finding => finding.Verdict != Verdict.Publish).Select(finding => finding.Reason).Prepend(isProposal ? comment.ProposalWhy : comment.Why).OfType<string>().Distinct(StringComparer.Ordinal).Take(10).ToList();
        if (reasons.Count > 0)
            body.Lines(reasons);
        if (contested is not null)
            body.Paragraph(contested.In(hub.Authority.Language));
        return InsteadOfCard(body, team)
            .Link(In("Lire et décider", "Read and decide"), address)
            .Paragraph(In("Ouvrir le lien ne décide rien. Il est le vôtre : ne le transférez pas.", "Opening the link decides nothing. It is yours: do not forward it."))
            .Link(In("Voir tout ce qui attend", "See everything that waits"), hub.Authority.PublicAddress + "/moderation");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Two processes died while they wrote or sent the mail about {Owner} of {Site}; it is not tried again.")]
        public static partial void KilledTwice(ILogger logger, string site, string owner);

        [LoggerMessage(Level = LogLevel.Error, Message = "The mail about {Owner} of {Site} could not be handed over for three days; it is given up.")]
        public static partial void TooLate(ILogger logger, string site, string owner);

        [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refused for three days to take the mail about {Owner} of {Site} for anybody ({Failure}); nobody was told by mail.")]
        public static partial void RefusedToAll(ILogger logger, string site, string owner, string failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refuses the person {Person} of the setting people for good ({Failure}); the mail about {Owner} of {Site} does not reach them.")]
        public static partial void Bounced(ILogger logger, string site, string owner, string person, string failure);
    }
}
