using SocialHub.Comments;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>What citizens are told about the state of a comment.</summary>
internal static class CommentWords
{
    public static Wording Of(CommentState state) => state switch
    {
        CommentState.Received => new("Votre commentaire est bien reçu. Il est en cours de vérification.", "Your comment was received. It is being checked."),
        CommentState.Held => new("Votre commentaire est bien reçu. Une personne va le lire ; d’ici là, il n’est visible que par vous.", "Your comment was received. A person will read it; until then only you can see it."),
        CommentState.Published => new("Votre commentaire est publié.", "Your comment is published."),
        CommentState.Rejected => new("Votre commentaire a été refusé. Vous pouvez contester ce refus.", "Your comment was refused. You may object to the refusal."),
        CommentState.Withdrawn => new("Votre commentaire est retiré.", "Your comment is withdrawn."),
        _ => new("Ce commentaire est effacé.", "This comment is erased."),
    };

    /// <summary>Held because no person has published one of its author yet, and for nothing else.</summary>
    private static Wording FirstOfAuthor { get; } = new(
        "Votre commentaire est bien reçu. Une personne va le lire, car aucun de vos commentaires n’a encore été publié par une personne sous ce code ; d’ici là, il n’est visible que par vous. Une fois qu’il sera publié, les suivants paraîtront aussitôt, sauf si une règle les retient : écrivez-les en donnant ce code.",
        "Your comment was received. A person will read it, for a person has published none of yours under this code yet; until then only you can see it. Once it is published, your next ones will appear at once unless a rule holds them: give this code when you write them.");

    /// <summary>It was public, and readers took it from the page.</summary>
    private static Wording OffByReports { get; } = new(
        "Votre commentaire a été signalé : il n’est plus en ligne pour le moment. Une personne va le relire ; d’ici là, il n’est visible que par vous.",
        "Your comment was reported: it is off the page for now. A person will read it again; until then only you can see it.");

    /// <summary>It was public, and waits again.</summary>
    private static Wording Off { get; } = new(
        "Votre commentaire n’est plus en ligne pour le moment. Une personne va le relire ; d’ici là, il n’est visible que par vous.",
        "Your comment is off the page for now. A person will read it again; until then only you can see it.");

    /// <summary>It was public, and was refused since.</summary>
    private static Wording Removed { get; } = new("Votre commentaire a été retiré de la page par la collectivité. Vous pouvez contester ce retrait.", "The authority removed your comment from the page. You may object to that.");

    /// <summary>Refused, and its author was heard.</summary>
    private static Wording Upheld { get; } = new("Une autre personne a examiné votre contestation : le refus est maintenu. Vous pouvez écrire un autre commentaire.", "Another person examined your objection: the refusal stands. You can write another comment.");

    /// <summary>A public comment whose author wants another text.</summary>
    public static Wording Proposed { get; } = new("Votre commentaire est publié. Une personne va lire votre modification ; d’ici là, l’ancien texte reste en ligne.", "Your comment is published. A person will read your change; until then the earlier text stays.");

    /// <summary>What its author is told about a comment and the change of it that waits or was refused. Nobody else is: what was proposed is the author's alone.</summary>
    /// <param name="comment">As it is now.</param>
    /// <param name="zone">IANA name of the authority's.</param>
    /// <param name="now">When.</param>
    public static Wording ForAuthor(CommentRow comment, string zone, DateTimeOffset now) => comment switch
    {
        _ when Rewording.IsOpen(comment, now) => RewordPiece.Ask(comment.RewordUntil!.Value, zone),
        { State: CommentState.Held, Cause: WaitCause.FirstOfAuthor } => FirstOfAuthor,
        { State: CommentState.Held, Objected: true } => Objected,
        { State: CommentState.Held, PublishedAt: not null } => comment.Cause == WaitCause.Reported ? OffByReports : Off,
        { State: CommentState.Rejected, MayObject: false } => Upheld,
        { State: CommentState.Rejected, PublishedAt: not null } => Removed,
        { State: not CommentState.Published } => Of(comment.State),
        { IsChangeObjected: true } => ChangeObjected,
        { ProposalWaits: true } => Proposed,
        { ProposalState: ProposalState.Rejected } => Refused(comment, zone),
        _ => Of(comment.State),
    };

    /// <summary>To whoever reports once more what they reported.</summary>
    public static Wording Reported { get; } = new("Votre signalement était déjà enregistré ; une personne va relire ce commentaire.", "Your report was registered already; a person will read this comment again.");

    /// <summary>The receipt of a report: when it arrived, and of what exactly.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">IANA name of the authority's.</param>
    /// <param name="place">Address of the comment.</param>
    public static Wording ReportedAt(DateTimeOffset at, string zone, string place)
    {
        var moment = LocalMoment.Of(at, zone);
        return new(
            $"Merci. Votre signalement du {moment.French} est enregistré ; une personne va relire ce commentaire : {place}",
            $"Thank you. Your report of {moment.English} is registered; a person will read this comment again: {place}");
    }

    /// <summary>To whoever objects, now or once more: what is read again, and what stays meanwhile.</summary>
    public static Wording ObjectedTo(CommentRow comment) => comment.IsChangeObjected ? ChangeObjected : Objected;

    private static Wording Objected { get; } = new("Votre contestation est enregistrée ; une personne va relire votre commentaire.", "Your objection is registered; a person will read your comment again.");

    /// <summary>A public comment whose author objects to the refusal of a change.</summary>
    private static Wording ChangeObjected { get; } = new("Votre commentaire est publié. Votre contestation est enregistrée ; une personne va relire votre modification et, d’ici là, l’ancien texte reste en ligne.", "Your comment is published. Your objection is registered; a person will read your change again, and until then the earlier text stays.");

    /// <summary>Beside the receipt of what somebody sent with an address. Whether mails to it have ended is nobody's business who may only know it.</summary>
    public static Wording Mailed { get; } = new(
        "La suite vous sera annoncée à l’adresse indiquée, sauf si les messages y ont été arrêtés : le lien au bas d’un ancien message permet de les reprendre.",
        "What follows will be told to the address that you gave, unless messages to it were ended: the link at the bottom of an earlier message lets you get them again.");

    /// <summary>To whoever wants mails again.</summary>
    public static Wording MailsAgain { get; } = new(
        "Cette adresse reçoit de nouveau les messages au sujet de vos commentaires et de vos signalements sur ce site.",
        "This address gets the messages about your comments and your reports on this site again.");

    public static Wording Erasing { get; } = new("Tout ce que vous avez écrit avec ce code est en cours d’effacement. Ce code ne sert plus.", "All that you wrote with this code is being erased. This code no longer works.");

    public static string Word(CommentState state) => state.ToString().ToLowerInvariant();

    private static Wording Refused(CommentRow comment, string zone)
    {
        var at = LocalMoment.Of(comment.ProposalDecidedAt ?? default, zone);
        var reason = RefusalReasons.Find(comment.ProposalRefusal)?.Label;
        var (french, english) = comment.MayObject
            ? ("Votre texte refusé est gardé : modifiez-le pour l’envoyer de nouveau, ou contestez ce refus.", "Your refused text is kept: edit it to send it again, or object to the refusal.")
            : ("Une autre personne a examiné votre contestation : le refus est maintenu. Votre texte refusé est gardé : modifiez-le pour l’envoyer de nouveau.", "Another person examined your objection: the refusal stands. Your refused text is kept: edit it to send it again.");
        return new(
            $"Votre commentaire est publié. Votre modification a été refusée le {at.French} ; l’ancien texte reste en ligne.{(reason is null ? "" : $" Motif : {reason.French}.")} {french}",
            $"Your comment is published. Your change was refused on {at.English}; the earlier text stays.{(reason is null ? "" : $" Reason: {reason.English}.")} {english}");
    }
}
