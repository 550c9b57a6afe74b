using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>Asks whether mails shall end: whoever opens a link, a scanner too, ends nothing by it.</summary>
/// <param name="hub">Its authority.</param>
internal sealed class UnsubscribePage(HubConfiguration hub) : Page(hub, 200)
{
    protected override string Title => In("Ne plus recevoir de messages", "No more messages");

    protected override void Write(StringBuilder html) => html
        .Append("<p>").Append(Encode(In("Vous ne recevrez plus de message au sujet de vos commentaires et de vos signalements sur ce site.", "You will get no more messages about your comments and your reports on this site.")))
        .Append("</p>\n<form class=\"sh-form\" method=\"post\">\n<button class=\"main\">").Append(Encode(In("Ne plus recevoir de messages", "No more messages"))).Append("</button>\n</form>\n");
}
