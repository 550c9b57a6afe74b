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
/// Tells the team at once that a debate turned, with the people on duty mentioned, and that a page that was held has reopened. At least once, as any card;
/// where hub.json names no webhook, the moderation page is the channel. That a debate turned goes by mail all the same; that a page reopened, once no channel
/// has taken its card for a while. A card about a debate is tried as long as that is turned; one about a page that reopened for as long as any card of which
/// the team was told otherwise, or for three days where it was not.
/// </summary>
public sealed partial class DebateCards(
    CommentStore store,
    Debates debates,
    SettingsStore settings,
    DecisionTokens tokens,
    CardChannels channels,
    TimeProvider timeProvider,
    IOptions<HubOptions> options,
    ILogger<DebateCards> logger)
{
    /// <summary>What a link about this thread decides: exactly what was told of it.</summary>
    public DecisionToken TokenFor(ThreadRow thread) => new(thread.Site, thread.PageKey, DecisionSubject.Thread, 0, thread.Turn, 0, tokens.ExpiryFromNow());

    /// <summary>Why the team was told, in words.</summary>
    public static Wording ReasonOf(ThreadRow thread, TeamSettings team) =>
        DebateCard.Reason(thread.HeatWhy ?? "", thread.HeatCount, thread.HeatWhy == DebateWatch.Received ? team.Debate.ReceivedMinutes : team.Debate.HeldMinutes);

    /// <summary>Which repetition of the alarm this is; 0: none, whoever is on duty is told.</summary>
    internal static int RepeatOf(DueRow due) => due.Entity.GetInt32(Debates.RepeatName) ?? 0;

    /// <summary>Works on one due row of kind <see cref="DueKinds.Turned"/> or <see cref="DueKinds.Reopened"/>.</summary>
    /// <returns>True when it is told, and the row gone.</returns>
    internal async Task<bool> SendAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (await store.FindThreadAsync(site, due.Owner, cancellationToken).ConfigureAwait(false) is not { } thread)
            return false;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var hub = team.Configuration;
        var isMailed = false;
        var told = hub.Moderation.Webhooks.Count > 0 && thread.Owned.Contains(due.Key, StringComparer.Ordinal);
        if (told)
        {
            // Two processes died of it: this one shows nothing that came from outside, which may have been the cause.
            if (claim.KilledTwice)
                Log.KilledTwice(logger, site, due.Owner);
            var content = await ContentAsync(team, thread, due.Kind == DueKinds.Reopened, due.Entity.GetDateTimeOffset("Since"), null, RepeatOf(due), cancellationToken).ConfigureAwait(false);
            if (!await channels.DeliverAsync(hub, DebateCard.Build(claim.KilledTwice ? content with { PageTitle = "", People = [], Steps = [], Answers = [] } : content), due, cancellationToken).ConfigureAwait(false))
            {
                if (due.Kind != DueKinds.Reopened)
                    return false;
                told = new CardProgress(due).Taken.Count > 0;
                isMailed = !told && thread.MailedFor == due.Key;
                if (timeProvider.GetUtcNow() - due.Due < (told || isMailed ? options.Value.Times.Reminder : TeamMails.GivenUp))
                {
                    if (!told)
                        await MailInsteadAsync(site, due, team, cancellationToken).ConfigureAwait(false);
                    return false;
                }
            }
        }

        var answer = await store.ChangeThreadAsync(
            site,
            due.Owner,
            change => change.Keeps(due.Key) ? change.Log(isMailed ? "mail-instead" : told ? "card-sent" : "listed", Actor.TheClock) : (LogRow?)null,
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // That it was promised is written with the promise; the card goes on being tried for a time.
    private async Task MailInsteadAsync(string site, DueRow due, TeamSettings team, CancellationToken cancellationToken)
    {
        if (!team.MailsTeam || timeProvider.GetUtcNow() - due.Due < ModerationCards.MailAfter)
            return;
        var duty = team.Duty;
        await store.ChangeThreadAsync(
            site,
            due.Owner,
            change =>
            {
                if (!change.Thread.Owned.Contains(due.Key, StringComparer.Ordinal) || change.Thread.MailedFor == due.Key)
                    return (LogRow?)null;
                change.Promise(Queues.MailSend, DueKinds.ReopenedMail, duty.NextOnDuty(change.Now)).Entity["Since"] = due.Entity.GetDateTimeOffset("Since");
                change.Thread.MailedFor = due.Key;
                return change.Log("mail-instead", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is told of a thread.</summary>
    /// <param name="team">Whom.</param>
    /// <param name="thread">As it is now.</param>
    /// <param name="isReopened">True: that it has reopened; false: that its debate turned.</param>
    /// <param name="since">Since when it was held.</param>
    /// <param name="person">For whom alone its links are made; null: for a channel.</param>
    /// <param name="repeat">Which repetition of the alarm it is; 0: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<DebateCardContent> ContentAsync(TeamSettings team, ThreadRow thread, bool isReopened, DateTimeOffset? since, string? person, int repeat, CancellationToken cancellationToken)
    {
        var hub = team.Configuration;
        var now = timeProvider.GetUtcNow();
        var duty = team.Duty;
        IReadOnlyList<Person> people = repeat > 0 ? team.People.People : duty.Told(now);
        return new DebateCardContent
        {
            Language = hub.Authority.Language,
            Authority = hub.Authority.Name,
            PublicAddress = hub.Authority.PublicAddress,
            Place = $"{thread.Site}.{thread.PageKey}",
            Token = isReopened ? null : tokens.Sign(TokenFor(thread) with { Person = person }),
            Page = thread.Page,
            PageTitle = thread.Title,
            IsThreat = thread.Heat == DebateHeat.Threat,
            IsLively = thread.HeatWhy == DebateWatch.Received,
            Repeat = repeat,
            TurnedAt = thread.TurnedAt,
            IsClosed = thread.Closed,
            Reason = ReasonOf(thread, team),
            Waiting = await debates.WaitingAsync(thread.Site, thread.PageKey, isReopened ? since : null, cancellationToken).ConfigureAwait(false),
            Until = duty.NextWorkingMorning(now),
            HeldUntil = thread.HeldUntil,
            Now = now,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone),
            People = [.. people.Select(person => new CardPerson(person.Name, person.Teams ?? person.Email))],
            Call = [.. team.Playbook.Call.Select(contact => string.Join(", ", new[] { contact.Name, contact.Phone, contact.When }.Where(part => !string.IsNullOrEmpty(part))))],
            Steps = team.Playbook.Steps,
            Answers = [.. team.Playbook.Answers.Select(answer => new CardAnswer(answer.Title, answer.Text))],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Two processes died while they made or sent the card about the thread {Thread} of {Site}; it is sent without its texts.")]
        public static partial void KilledTwice(ILogger logger, string site, string thread);
    }
}
