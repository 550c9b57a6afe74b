using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>Asks whether mails shall end or, where they have, begin again: whoever opens a link, a scanner too, changes nothing by it.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="hasEnded">True once they have ended.</param>
internal sealed class UnsubscribePage(HubConfiguration hub, bool hasEnded) : Page(hub, 200)
{
    /// <summary>Field of the form that has them begin again.</summary>
    public const string AgainField = "again";

    protected override string Title => hasEnded ? In("Vous ne recevez plus de messages", "You get no more messages") : In("Ne plus recevoir de messages ?", "No more messages?");

    protected override void Write(StringBuilder html) => html
        .Append("<p>").Append(Encode(hasEnded
            ? In(
                "C’est noté : cette adresse ne reçoit plus de message au sujet de commentaires ou de signalements sur ce site, même si elle est indiquée de nouveau avec un commentaire. Ce choix est gardé trois ans. Vous pouvez y revenir ici à tout moment.",
                "Done: this address gets no more messages about comments or reports on this site, even if it is left with a comment again. This choice is kept for three years. You can take it back here at any time.")
            : In(
                "Souhaitez-vous ne plus recevoir de message au sujet de vos commentaires et de vos signalements sur ce site ? Rien ne change tant que vous n’avez pas confirmé.",
                "Do you want no more messages about your comments and your reports on this site? Nothing changes until you confirm.")))
        .Append("</p>\n<form class=\"sh-form\" method=\"post\">\n")
        .Append(hasEnded ? $"<input type=\"hidden\" name=\"{AgainField}\" value=\"yes\">\n" : "")
        .Append("<button class=\"main\">").Append(Encode(hasEnded ? In("Recevoir de nouveau des messages", "Get messages again") : In("Confirmer : plus de messages", "Confirm: no more messages"))).Append("</button>\n</form>\n");
}
