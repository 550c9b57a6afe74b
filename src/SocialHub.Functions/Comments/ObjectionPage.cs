using System.Globalization;
using System.Text;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>
/// Where the link of a mail that told a refusal leads: why, and a form to object. It shows nothing of the text, for the address may have been a stranger's, and
/// opening it, which scanners of mails do, too, changes nothing.
/// </summary>
/// <param name="hub">Its authority.</param>
/// <param name="comment">As it is now.</param>
/// <param name="title">Of its page.</param>
/// <param name="now">When.</param>
internal sealed class ObjectionPage(HubConfiguration hub, CommentRow comment, string title, DateTimeOffset now) : Page(hub, 200)
{
    protected override string Title => In("Contester une décision", "Object to a decision");

    protected override void Write(StringBuilder html)
    {
        var language = Hub.Authority.Language;
        var when = LocalMoment.Of(comment.Received, Hub.Authority.TimeZone).In(language);
        html.Append("<p>").Append(Encode(In($"Il s’agit de votre commentaire du {when} sous la page « {title} ».", $"This is about your comment of {when} under the page \"{title}\"."))).Append("</p>\n");
        if (StatementOfReasons.Of(comment) is { } statement)
            html.Append("<p>").Append(Encode(In("Motif : ", "Reason: ") + statement.Label.In(language))).Append(".</p>\n<p>").Append(StatementPiece.Html(statement, Hub, language, byLink: comment.MayObject)).Append("</p>\n");
        if (!comment.MayObject)
        {
            html.Append("<p role=\"status\"><strong>").Append(Encode(CommentWords.ForAuthor(comment, Hub.Authority.TimeZone, now).In(language))).Append("</strong></p>\n");
            return;
        }

        // To the same address.
        html.Append("<form class=\"sh-form\" method=\"post\">\n<label for=\"reason\">").Append(Encode(In("Pourquoi cette décision vous semble-t-elle injustifiée ? (obligatoire)", "Why does this decision seem wrong to you? (required)")))
            .Append("</label>\n<textarea id=\"reason\" name=\"reason\" rows=\"6\" required maxlength=\"").Append(CommentReports.LongestReason.ToString(CultureInfo.InvariantCulture)).Append("\"></textarea>\n<button class=\"main\">")
            .Append(Encode(In("Contester cette décision", "Object to this decision"))).Append("</button>\n</form>\n");
    }
}
