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
/// holds the comment or the report. What became of the comment since is told in its place, and a reversal to whoever heard otherwise. Who reported is told nothing once the address is forgotten, or the comment's author took it back, which leaves nothing to be decided.
/// </summary>
public sealed partial class NoticeMails(CommentStore store, SettingsStore settings, CitizenMails mails, DueWork dueWork, TimeProvider timeProvider, ILogger<NoticeMails> logger)
{
    /// <summary>Subject of the promise that reports are confirmed.</summary>
    internal const string Receipt = "receipt";

    private const int MostDomains = 10;

    // Properties of a promise to tell a decision.
    internal const string FromName = "From";
    internal const string RoundName = "Round";
    internal const string ObjectionName = "Objection";

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
        if (claim.KilledTwice)
            Log.KilledTwice(logger, comment.Id, site);
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
                if (word == CitizenMails.Bounced)
                    change.Mark(LogMarks.Domain, due.Entity.GetString(LogMarks.Domain));
                return new CommentStore.Decided(word, Actor.TheClock, due.Subject);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // False: later again, with those who are left.
    private async Task<bool> TellAllAsync(HubConfiguration hub, CommentRow comment, DueClaim claim, List<string> said, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        // Who waits again is told what comes of it; what came of it since is told in the place of what was promised.
        if (due.Subject != Receipt && comment.State is not (CommentState.Published or CommentState.Rejected))
            return true;
        var now = timeProvider.GetUtcNow();
        var isKept = comment.State == CommentState.Published;
        var isLeft = false;
        var refusing = new HashSet<string>(StringComparer.Ordinal);
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var title = (await store.FindThreadAsync(comment.Site, CommentId.Parse(comment.Id).Page, cancellationToken).ConfigureAwait(false))?.Title ?? comment.Page;
        // Whoever reports the same again and again is one reader, and hears of one decision once.
        var heard = new Dictionary<string, string>(StringComparer.Ordinal);
        var notices = await store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).Select(entity => new NoticeRow(entity)).Where(notice => notice.Email is not null).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var notice in notices.Where(notice => due.Subject != Receipt && notice.ToldFor == due.Key))
            heard[await mails.NameAsync(comment.Site, notice.Email!, cancellationToken).ConfigureAwait(false)] = notice.Told!;
        foreach (var notice in notices.Where(notice => IsFor(due, notice, isKept)))
        {
            var name = await mails.NameAsync(comment.Site, notice.Email!, cancellationToken).ConfigureAwait(false);
            if (heard.TryGetValue(name, out var before))
            {
                await NoteAsync(notice, due, isKept, before, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var what = due.Subject != Receipt ? MailClaim.Decided : notice.Kind == NoticeKind.Charter ? MailClaim.Plain : MailClaim.Owed;
            var mail = await mails.SendAsync(hub, comment.Site, notice.Email!, notice.Key, $"{due.Kind} {comment.Site} {notice.Key} {due.Subject}", what, link => Write(hub, comment, notice, due, isKept, title, link), cancellationToken).ConfigureAwait(false);
            // Each from the time on at which they reported.
            var isLast = !mail.IsWaiting && now - (notice.At > due.Due ? notice.At.Value : due.Due) >= TeamMails.GivenUp;
            if (mail.Said is null)
            {
                failures[mail.Where] = mail.Failure!;
                if (mail.Where == CardProgress.Mailbox && !mail.IsMailbox)
                    refusing.Add(CitizenMails.DomainOf(notice.Email!));
                isLeft |= !isLast;
                // It is the server's, and the others would only wait for the same.
                if (!mail.ConcernsOne && !isLast)
                    break;
            }

            if (mail.Said == CitizenMails.Bounced)
            {
                if (!mail.IsMailbox)
                    refusing.Add(CitizenMails.DomainOf(notice.Email!));
                Log.Bounced(logger, comment.Site, comment.Id, mail.Failure!);
            }

            if (mail.Said is not null || isLast)
            {
                said.Add(mail.Said ?? CitizenMails.NotTold);
                // What the bound stops of one report it may let pass of another, which names the law.
                if (mail.Said is CitizenMails.Told or CitizenMails.Bounced)
                    heard[name] = mail.Said;
                await NoteAsync(notice, due, isKept, said[^1], cancellationToken).ConfigureAwait(false);
            }

            // Many answers of a slow server take longer than a claim, a refusal like a yes; what was told stands on the rows.
            if (!mail.IsWaiting && !await dueWork.RenewAsync(store.Table, claim, cancellationToken).ConfigureAwait(false))
                return false;
        }

        new CardProgress(due).Note([], failures);
        due.Entity[LogMarks.Domain] = refusing.Count == 0 ? null : string.Join(' ', refusing.Take(MostDomains));
        return !isLeft;
    }

    private static bool IsFor(DueRow due, NoticeRow notice, bool isKept)
    {
        // Whoever knows what was decided knows that it arrived.
        if (due.Subject == Receipt)
            return notice.Receipt is null && notice.ToldRound is null;
        var (from, round) = (due.Entity.GetInt32(FromName) ?? 0, due.Entity.GetInt32(RoundName) ?? 0);
        // Whoever heard that it went, by whatever way it came back.
        if (isKept && notice.ToldKept == false && notice.ToldRound < round)
            return true;
        // Who was told nothing, because the author objected first.
        if (due.Entity.GetBoolean(ObjectionName) == true && notice.ToldRound is null)
            return true;
        // Rows of older versions do not say of which round they are.
        return (notice.Round ?? from) is var of && of >= from && of <= round && !(notice.ToldRound >= round);
    }

    private Task NoteAsync(NoticeRow notice, DueRow due, bool isKept, string said, CancellationToken cancellationToken)
    {
        if (due.Subject == Receipt)
            notice.Receipt = said;
        else
            (notice.Told, notice.ToldRound, notice.ToldKept, notice.ToldFor) = (said, due.Entity.GetInt32(RoundName), isKept, due.Key);
        // Where the retention or an erasure was faster there is nobody left to be told.
        return store.ReplaceUnchangedAsync(notice.Entity, cancellationToken);
    }

    private static (string Subject, MailBody Body) Write(HubConfiguration hub, CommentRow comment, NoticeRow notice, DueRow due, bool isKept, string title, string unsubscribe)
    {
        var language = hub.Authority.Language;
        string In(string french, string english) => new Wording(french, english).In(language);
        var isReceipt = due.Subject == Receipt;
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

        if (isKept)
            body.Link(In("Voir le commentaire signalé", "See the comment that you reported"), CommentReports.AddressOf(comment));
        body.Link(In("Lire les règles des commentaires", "Read the rules for comments"), hub.Authority.PublicAddress + "/api/v1/charter.html")
            .Paragraph(In("Vous recevez ce message parce que cette adresse a été laissée avec le signalement. Elle n’est jamais publiée, ni montrée à l’auteur du commentaire.", "You get this message because this address was left with the report. It is never published, nor shown to the author of the comment."))
            .Link(In("Ne plus recevoir ces messages", "No more of these messages"), unsubscribe);
        return (isReceipt ? In("Votre signalement est bien arrivé", "Your report has arrived") : In("Une décision a été prise sur votre signalement", "Your report was decided on"), body);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Two processes died while they wrote or sent the mails to readers who reported {Id} of {Site}; those who have none yet get none.")]
        public static partial void KilledTwice(ILogger logger, string id, string site);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server refuses the address that a reader who reported {Id} of {Site} left ({Failure}); they are not told.")]
        public static partial void Bounced(ILogger logger, string site, string id, string failure);
    }
}
