using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections.Mail;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Tells authors who left an address what becomes of their comment: received, published, taken from the page by reports, refused, answered, erased because nobody decided, and of a change that was refused, also after an objection. What a newer event made old is not sent any
/// more; at least once, under a Message-ID of the event, as <see cref="CitizenMails"/> allow. No mail holds the text or a code: whoever mistyped an address wrote
/// to somebody else. One that tells a refusal has a link by which its reader objects, and can do nothing else (<see cref="ObjectionLinks"/>).
/// </summary>
public sealed partial class AuthorMails(CommentStore store, SettingsStore settings, CitizenMails mails, ObjectionLinks links, TimeProvider timeProvider, ILogger<AuthorMails> logger)
{
    public const string Received = "received";
    public const string Published = "published";
    public const string Refused = "refused";
    public const string Answered = "answered";

    /// <summary>Reports took it from the page until a person has read it.</summary>
    public const string Reported = "reported";

    /// <summary>What was to replace the public text is refused.</summary>
    public const string ChangeRefused = "change-refused";

    /// <summary>It is published after all, for its author objected.</summary>
    public const string ChangePublished = "change-published";

    /// <summary>Nobody decided about it within the days that such comments are kept, and it is erased. Its address goes once this is told, or is not to be told any more.</summary>
    public const string Expired = "expired";

    /// <summary>Works on one due row of kind <see cref="DueKinds.Hear"/>.</summary>
    /// <returns>True when it is told or is not to be told any more, and the row gone.</returns>
    internal async Task<bool> SendAsync(string site, DueClaim claim, CancellationToken cancellationToken)
    {
        var due = claim.Row;
        if (!CommentId.TryParse(due.Owner, out var id) || await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is not { } owner)
            return false;
        var how = await TellAsync(site, owner, due, claim.KilledTwice, cancellationToken).ConfigureAwait(false);
        if (how is null)
            return false;
        var answer = await store.ChangeAsync(site, id, (change, _) =>
        {
            if (!change.Keeps(due.Key))
                return CommentStore.Decided.Nothing;
            if (how == CitizenMails.Bounced)
                change.Mark(LogMarks.Domain, due.Entity.GetString(LogMarks.Domain));
            if (due.Subject == Expired)
                change.Comment.Email = null;
            return new CommentStore.Decided(how, Actor.TheClock, due.Subject);
        }, cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    // What the log says of it; null: later again.
    private async Task<string?> TellAsync(string site, CommentRow owner, DueRow due, bool isKilledTwice, CancellationToken cancellationToken)
    {
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var hub = team.Configuration;
        // An answer tells whoever wrote what it answers.
        var comment = due.Subject != Answered ? owner : CommentId.TryParse(owner.Parent, out var parent) ? await store.FindAsync(site, parent, cancellationToken).ConfigureAwait(false) : null;
        if (hub.Mail is null || comment?.Email is not { } email || !Holds(due.Subject, comment, owner) || isKilledTwice)
            return CitizenMails.NotTold;
        // An answer that was away for a time and is public again is the same answer.
        if (due.Subject == Answered && owner.Round > 0 && await store.HistoryAsync(site, CommentId.Parse(owner.Id), cancellationToken).AnyAsync(row => row.What == CitizenMails.Told && row.Why == Answered, cancellationToken).ConfigureAwait(false))
            return CitizenMails.NotTold;
        var thread = await store.FindThreadAsync(site, CommentId.Parse(comment.Id).Page, cancellationToken).ConfigureAwait(false);
        var objection = due.Subject is Refused or ChangeRefused && comment.MayObject && StatementOfReasons.Of(comment) is { } refusal
            ? $"{hub.Authority.PublicAddress}/api/v1/sites/{site}/objection/{await links.MakeAsync(site, CommentId.Parse(comment.Id), refusal.Until(hub.Retention.RefusedDays), cancellationToken).ConfigureAwait(false)}"
            : null;
        var mail = await mails.SendAsync(
            hub,
            site,
            email,
            comment.Id,
            $"{due.Kind} {site} {due.Key}",
            ClaimOf(due.Subject, comment),
            link => (Subject(due.Subject, comment).In(hub.Authority.Language), Body(hub, site, due.Subject, comment, thread?.Title ?? comment.Page, link, objection, Rewording.IsOpen(comment, timeProvider.GetUtcNow()) ? comment.RewordUntil : null)),
            cancellationToken).ConfigureAwait(false);
        if (mail.Said is { } said)
        {
            if (said == CitizenMails.Bounced)
            {
                due.Entity[LogMarks.Domain] = mail.IsMailbox ? null : CitizenMails.DomainOf(email);
                Log.Bounced(logger, site, comment.Id, mail.Failure!);
            }

            return said;
        }

        due.Entity[LogMarks.Domain] = mail.Where == CardProgress.Mailbox && !mail.IsMailbox ? CitizenMails.DomainOf(email) : null;
        new CardProgress(due).Note([], new Dictionary<string, string>(StringComparer.Ordinal) { [mail.Where] = mail.Failure! });
        // The address is forgotten one day, and then nothing waits any more.
        return mail.IsWaiting || timeProvider.GetUtcNow() - due.Due < TeamMails.GivenUp ? null : CitizenMails.NotTold;
    }

    // What nobody of the authority decided may be somebody's way to fill a stranger's mailbox; why a text is refused its author is owed all the same (DSA, article 17).
    private static MailClaim ClaimOf(string what, CommentRow comment) => what switch
    {
        Published => comment.DecidedAt is not null ? MailClaim.Decided : MailClaim.Plain,
        Refused => Actor.IsRules(comment.RefusedBy, comment.RefusedById) ? MailClaim.Owed : MailClaim.Decided,
        Answered or ChangeRefused or ChangePublished => MailClaim.Decided,
        Reported or Expired => MailClaim.Owed,
        _ => MailClaim.Plain,
    };

    // What became of it since is told by another mail, or is not for mails.
    private static bool Holds(string what, CommentRow comment, CommentRow owner) => what switch
    {
        Received or Reported => comment.State is CommentState.Received or CommentState.Held,
        Published => comment.State == CommentState.Published,
        Refused => comment.State == CommentState.Rejected,
        // Its author may have written another one since.
        ChangeRefused => comment.IsChangeRefused,
        ChangePublished => comment.State == CommentState.Published,
        Expired => comment is { State: CommentState.Erased, Expired: true },
        Answered => comment.State == CommentState.Published && owner.State == CommentState.Published,
        _ => false,
    };

    private static Wording Subject(string what, CommentRow comment) => what switch
    {
        Refused when comment.ObjectionAnswered => Upheld(comment),
        Refused when IsRemoved(comment) => new("Votre commentaire a été retiré", "Your comment was removed"),
        ChangeRefused when comment.ProposalObjection != ChangeObjection.None => UpheldChange,
        ChangeRefused => new("Votre modification n’est pas publiée", "Your change is not published"),
        ChangePublished => new("Votre modification est publiée", "Your change is published"),
        Reported => new("Votre commentaire n’est plus en ligne pour le moment", "Your comment is off the page for now"),
        Received => new("Votre commentaire est bien arrivé", "Your comment has arrived"),
        Published => new("Votre commentaire est publié", "Your comment is published"),
        Expired => new("Votre commentaire a été effacé sans avoir été examiné", "Your comment was erased without having been examined"),
        Refused => new("Votre commentaire n’est pas publié", "Your comment is not published"),
        _ => new("La collectivité a répondu à votre commentaire", "The authority has answered your comment"),
    };

    private static bool IsRemoved(CommentRow comment) => comment.PublishedAt is not null;

    private static Wording UpheldChange { get; } = new("Votre contestation a été examinée : le refus de votre modification est maintenu", "Your objection was examined: the refusal of your change stands");

    private static Wording Upheld(CommentRow comment) => IsRemoved(comment)
        ? new("Votre contestation a été examinée : le retrait est maintenu", "Your objection was examined: the removal stands")
        : new("Votre contestation a été examinée : le refus est maintenu", "Your objection was examined: the refusal stands");

    private static MailBody Body(HubConfiguration hub, string site, string what, CommentRow comment, string title, string unsubscribe, string? objection, DateTimeOffset? rewordUntil)
    {
        string In(string french, string english) => new Wording(french, english).In(hub.Authority.Language);
        var when = LocalMoment.Of(comment.Received, hub.Authority.TimeZone).In(hub.Authority.Language);
        var body = new MailBody().Paragraph(In("Bonjour,", "Hello,"));
        if (what == ChangeRefused && comment.ProposalObjection != ChangeObjection.None)
            body.Paragraph(UpheldChange.In(hub.Authority.Language) + ".");
        // Of a change that is told only after an objection; its author may have written another one since.
        if (what == ChangePublished || (what is Refused or Published && comment.ObjectionAnswered))
            body.Paragraph((what == Refused ? Upheld(comment) : new("Votre contestation a été examinée et acceptée", "Your objection was examined and accepted")).In(hub.Authority.Language) + ".");
        body.Paragraph((what is ChangeRefused or ChangePublished ? In("La modification de votre", "The change of your") : In("Votre", "Your")) + In($" commentaire du {when} sous la page « {title} » ", $" comment of {when} under the page \"{title}\" ") + what switch
        {
            Received when rewordUntil is { } end && LocalMoment.Of(end, hub.Authority.TimeZone) is var until => In(
                $"est bien arrivé. Une personne va le lire à cause de certains mots ; vous pouvez le reformuler une fois avant, jusqu’au {until.French}, avec le code qui vous a été donné à l’envoi.",
                $"has arrived. A person will read it because of some words; before that you may put it in other words once, until {until.English}, with the code that you were given when you sent it."),
            Received => In("est bien arrivé. Une personne le lit avant sa publication ; vous serez prévenu de la suite.", "has arrived. A person reads it before it is published; you will be told what follows."),
            Published => In("est publié.", "is published."),
            Refused when IsRemoved(comment) => In("a été retiré de la page.", "was removed from the page."),
            Refused => In("n’est pas publié.", "is not published."),
            ChangeRefused => In("n’est pas publiée : l’ancien texte reste en ligne.", "is not published: the earlier text stays."),
            ChangePublished => In("est publiée : elle remplace l’ancien texte.", "is published: it takes the place of the earlier text."),
            Reported => In("n’est plus en ligne pour le moment : il a été signalé. Une personne le relit ; vous serez prévenu de la suite.", "is off the page for now: it was reported. A person reads it again; you will be told what follows."),
            Expired => In(
                $"est resté {hub.Retention.PendingDays} jours sans décision : personne n’a pris de décision à temps. Passé ce délai, il vient d’être effacé, et il ne peut pas être rétabli. Vous pouvez écrire un nouveau commentaire, ou vous adresser directement à {hub.Authority.Name}.",
                $"was left without a decision for {hub.Retention.PendingDays} days: nobody published or refused it. After that time it has been erased, and cannot be brought back. You can write another comment, or turn to {hub.Authority.Name} directly."),
            _ => In($"a reçu une réponse de {hub.Authority.Name}.", $"was answered by {hub.Authority.Name}."),
        });
        if (what is Refused or ChangeRefused)
        {
            var statement = StatementOfReasons.Of(comment);
            if (statement is not null)
            {
                body.Paragraph(In("Motif : ", "Reason: ") + statement.Label.In(hub.Authority.Language) + ".");
                if (statement.Citation is { } citation)
                    body.Paragraph(citation.In(hub.Authority.Language) + ".");
                body.Paragraph(statement.Means.In(hub.Authority.Language))
                    .Paragraph(statement.Redress(hub.Authority.TimeZone, hub.Retention.RefusedDays, byLink: objection is not null).In(hub.Authority.Language));
            }

            if (objection is not null)
                body.Link(In("Contester cette décision", "Object to this decision"), objection);
            body.Link(In("Lire les règles des commentaires", "Read the rules for comments"), hub.Authority.PublicAddress + (statement?.CharterPath ?? "/api/v1/charter.html"));
        }

        var isPublic = what is Published or Answered or ChangeRefused or ChangePublished;
        if (isPublic)
            body.Link(In("Voir la page", "See the page"), comment.Page + "#sh-" + comment.Id);
        else if (what == Expired)
            body.Link(In("Voir la page", "See the page"), comment.Page);
        return body
            .Link(In("Retrouver mes commentaires avec mon code", "Find my comments with my code"), $"{hub.Authority.PublicAddress}/api/v1/sites/{site}/author.html")
            .Paragraph(In("Vous recevez ce message parce que cette adresse a été laissée avec le commentaire. Elle n’est jamais publiée.", "You get this message because this address was left with the comment. It is never published."))
            .Link(In("Ne plus recevoir ces messages", "No more of these messages"), unsubscribe);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server refuses the address that the author of {Id} of {Site} left ({Failure}); they are not told.")]
        public static partial void Bounced(ILogger logger, string site, string id, string failure);
    }
}
