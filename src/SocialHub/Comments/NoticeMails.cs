using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections.Mail;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Tells readers who left an address with a report that it arrived, and what a person decided about it with the way to contest that (Digital Services Act,
/// article 16, 4 to 6): one promise for all reports of a comment, and what each of them was told stands on its row. As <see cref="CitizenMails"/> allow; no mail
/// holds the comment or the report. Who reported is told nothing once the address is forgotten, or what they said goes with a comment that its author took back.
/// </summary>
public sealed partial class NoticeMails(CommentStore store, SettingsStore settings, CitizenMails mails, DueWork dueWork, TimeProvider timeProvider, ILogger<NoticeMails> logger)
{
    /// <summary>Subject of the promise that reports are confirmed.</summary>
    internal const string Receipt = "receipt";

    // Properties of a promise to tell a decision.
    internal const string FromName = "From";
    internal const string RoundName = "Round";
    internal const string KeptName = "Kept";

    /// <summary>Subject of the promise that the decision of a round is told.</summary>
    internal static string Decided(int round) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"decided-{round}");

    /// <summary>Works on one due row of kind <see cref="DueKinds.Notice"/>.</summary>
    /// <returns>True when all are told, or not to be told any more, and the row is gone.</returns>
    internal async Task<bool> SendAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (!CommentId.TryParse(due.Owner, out var id) || await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is not { } comment)
            return false;
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var said = new List<string>();
        if (team.Configuration.Mail is not null && !claim.KilledTwice && !await TellAllAsync(team.Configuration, comment, claim, said, cancellationToken).ConfigureAwait(false))
            return false;
        var word = said.Contains(CitizenMails.Told, StringComparer.Ordinal) ? CitizenMails.Told : said.Contains(CitizenMails.Bounced, StringComparer.Ordinal) ? CitizenMails.Bounced : CitizenMails.NotTold;
        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Keeps(due.Key))
                    return CommentStore.Decided.Nothing;
                // Somebody reported while this was on its way, and found the promise still there.
                if (due.Subject == Receipt && change.Comment.ReportsEver != comment.ReportsEver)
                    change.ConfirmNotices();
                return new CommentStore.Decided(word, Actor.TheClock, due.Subject);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // False: later again, with those who are left.
    private async Task<bool> TellAllAsync(HubConfiguration hub, CommentRow comment, DueClaim claim, List<string> said, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        var isLast = timeProvider.GetUtcNow() - due.Due >= TeamMails.GivenUp;
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var title = (await store.FindThreadAsync(comment.Site, CommentId.Parse(comment.Id).Page, cancellationToken).ConfigureAwait(false))?.Title ?? comment.Page;
        await foreach (var entity in store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).ConfigureAwait(false))
        {
            var notice = new NoticeRow(entity);
            if (notice.Email is not { } email || !IsFor(due, notice))
                continue;
            var mail = await mails.SendAsync(hub, comment.Site, email, notice.Key, $"{due.Kind} {comment.Site} {notice.Key} {due.Subject}", due.Subject != Receipt, link => Write(hub, comment, notice, due, title, link), cancellationToken).ConfigureAwait(false);
            if (mail.Said is null)
            {
                failures[mail.ConcernsOne ? CardProgress.Mailbox : TeamMails.Channel] = mail.Failure!;
                // It is the server's, and the others would only wait for the same.
                if (!mail.ConcernsOne && !isLast)
                    break;
                if (!isLast)
                    continue;
            }

            if (mail.Said == CitizenMails.Bounced)
                Log.Bounced(logger, comment.Site, comment.Id, mail.Failure!);
            said.Add(mail.Said ?? CitizenMails.NotTold);
            await NoteAsync(notice, due, said[^1], cancellationToken).ConfigureAwait(false);
            // Many mails of a slow server take longer than a claim; what was told stands on the rows.
            if (!await dueWork.RenewAsync(store.Table, claim, cancellationToken).ConfigureAwait(false))
                return false;
        }

        new CardProgress(due).Note([], failures);
        return failures.Count == 0 || isLast;
    }

    private static bool IsFor(DueRow due, NoticeRow notice)
    {
        if (due.Subject == Receipt)
            return notice.Receipt is null;
        var (from, round) = (due.Entity.GetInt32(FromName) ?? 0, due.Entity.GetInt32(RoundName) ?? 0);
        return notice.Round >= from && notice.Round <= round && !(notice.ToldRound >= round);
    }

    private Task NoteAsync(NoticeRow notice, DueRow due, string said, CancellationToken cancellationToken)
    {
        if (due.Subject == Receipt)
            notice.Receipt = said;
        else
            (notice.Told, notice.ToldRound) = (said, due.Entity.GetInt32(RoundName));
        // Where the retention or an erasure was faster there is nobody left to be told.
        return store.ReplaceUnchangedAsync(notice.Entity, cancellationToken);
    }

    private static (string Subject, MailBody Body) Write(HubConfiguration hub, CommentRow comment, NoticeRow notice, DueRow due, string title, string unsubscribe)
    {
        var language = hub.Authority.Language;
        string In(string french, string english) => new Wording(french, english).In(language);
        var isReceipt = due.Subject == Receipt;
        var isKept = due.Entity.GetBoolean(KeptName) == true;
        var when = LocalMoment.Of(notice.At ?? comment.Received, hub.Authority.TimeZone).In(language);
        var body = new MailBody().Paragraph(In("Bonjour,", "Hello,"))
            .Paragraph(In($"Votre signalement du {when} au sujet d’un commentaire sous la page « {title} » ", $"Your report of {when} about a comment under the page \"{title}\" ") + (isReceipt
                ? In("est bien arrivé. Une personne l’examine ; sa décision vous sera envoyée à cette adresse.", "has arrived. A person examines it; what they decide will be sent to this address.")
                : isKept ? In("a été examiné : le commentaire reste public.", "was examined: the comment stays public.") : In("a été examiné : le commentaire n’est plus public.", "was examined: the comment is not public any more.")));
        if (!isReceipt)
        {
            var statement = isKept ? null : StatementOfReasons.Of(comment);
            if (statement is not null)
            {
                body.Paragraph(In("Motif : ", "Reason: ") + statement.Label.In(language) + ".");
                if (statement.Citation is { } citation)
                    body.Paragraph(citation.In(language) + ".");
            }

            body.Paragraph(statement?.Means.In(language) ?? In("Décision prise par une personne.", "Decided by a person."))
                .Paragraph(In(
                    $"Si vous contestez cette décision, écrivez à {hub.Authority.Name} : une personne l’examinera de nouveau. Vous pouvez aussi adresser une plainte au coordinateur pour les services numériques (en France, l’Arcom), et vous gardez le droit de saisir la justice.",
                    $"If you contest this decision, write to {hub.Authority.Name}: a person will examine it again. You can also complain to the Digital Services Coordinator (in France, Arcom), and you keep the right to go to court."));
        }

        if (isReceipt || isKept)
            body.Link(In("Voir le commentaire signalé", "See the comment that you reported"), CommentReports.AddressOf(comment));
        body.Link(In("Lire les règles des commentaires", "Read the rules for comments"), hub.Authority.PublicAddress + "/api/v1/charter.html")
            .Paragraph(In("Vous recevez ce message parce que cette adresse a été laissée avec le signalement. Elle n’est jamais publiée, ni montrée à l’auteur du commentaire.", "You get this message because this address was left with the report. It is never published, nor shown to the author of the comment."))
            .Link(In("Ne plus recevoir ces messages", "No more of these messages"), unsubscribe);
        return (isReceipt ? In("Votre signalement est bien arrivé", "Your report has arrived") : In("Une décision a été prise sur votre signalement", "Your report was decided on"), body);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server refuses the address that a reader who reported {Id} of {Site} left ({Failure}); they are not told.")]
        public static partial void Bounced(ILogger logger, string site, string id, string failure);
    }
}
