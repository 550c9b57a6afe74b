using System.Text;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>Everything that the hub holds of one author key, to be read; a button opens each comment to change it, another gives all as a file.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="export">What the key's owner wrote.</param>
/// <param name="authorKey">The key.</param>
internal sealed class ExportPage(HubConfiguration hub, ExportBody export, string authorKey) : Page(hub, 200)
{
    protected override string Title => In("Vos commentaires et vos données", "Your comments and your data");

    protected override void Write(StringBuilder html)
    {
        html.Append("<p>").Append(Encode(In("Voici tout ce que ce service garde de ce que vous avez écrit avec ce code.", "This is all that this service keeps of what you wrote with this code."))).Append("</p>\n");
        if (export.Comments.Count == 0)
            html.Append("<p>").Append(Encode(In("Rien n’est gardé, ou ce code comporte une erreur : vérifiez ses 22 caractères, majuscules et minuscules.", "Nothing is kept, or this code has a mistake: check its 22 characters, capitals and small letters."))).Append("</p>\n");
        foreach (var comment in export.Comments)
            Write(html, comment);
        html.Append("<form class=\"sh-form\" method=\"post\" action=\"/api/v1/sites/").Append(Encode(export.Site)).Append("/author/export\">\n<input type=\"hidden\" name=\"authorKey\" value=\"").Append(Encode(authorKey))
            .Append("\">\n<input type=\"hidden\" name=\"format\" value=\"json\">\n<button>").Append(Encode(In("Télécharger (JSON)", "Download (JSON)"))).Append("</button>\n</form>\n");
    }

    private void Write(StringBuilder html, ExportedComment comment)
    {
        html.Append("<article class=\"card\">\n<h2>").Append(Encode(Moment(comment))).Append("</h2>\n<p><a href=\"").Append(Encode(comment.Page)).Append("\">").Append(Encode(comment.Page)).Append("</a></p>\n<p>")
            .Append(Encode(comment.Statement is not null && comment.State == "rejected"
                // What may be done about it is told below: not every refusal may be objected to again.
                ? In("Votre commentaire a été refusé.", "Your comment was refused.")
                : CommentWords.Of(Enum.Parse<CommentState>(comment.State, ignoreCase: true)).In(Hub.Authority.Language))).Append("</p>\n");
        Line(html, In("Nom", "Name"), comment.Name);
        Line(html, In("Adresse électronique", "E-mail address"), comment.Email);
        html.Append("<blockquote class=\"raw\">").Append(Encode(comment.Text)).Append("</blockquote>\n");
        if (comment.State == "rejected")
        {
            Line(html, In("Motif", "Reason"), comment.Refusal);
            Statement(html, comment);
        }

        Line(html, In("La vérification automatique a relevé", "The automatic check noticed"), string.Join(' ', comment.Reasons.Select(reason => reason.Reason).Distinct(StringComparer.Ordinal)));
        if (comment.Proposal is { } proposal)
            html.Append("<p>").Append(Encode(In("Modification en attente :", "Change that waits:"))).Append("</p>\n<blockquote class=\"raw\">").Append(Encode(proposal)).Append("</blockquote>\n");
        if (comment.RefusedProposal is { } refused)
        {
            html.Append("<p>").Append(Encode(RefusedAt(refused.Decided))).Append("</p>\n<blockquote class=\"raw\">").Append(Encode(refused.Text)).Append("</blockquote>\n");
            Line(html, In("Motif", "Reason"), refused.Refusal);
            if (comment.State != "rejected")
                Statement(html, comment);
        }

        foreach (var objection in comment.Objections)
        {
            html.Append("<p>").Append(Encode(In("Votre contestation :", "Your objection:"))).Append("</p>\n<blockquote class=\"raw\">").Append(Encode(objection.Reason)).Append("</blockquote>\n");
            Line(html, In("Réponse", "Answer"), objection.Decision switch { "published" => In("acceptée", "accepted"), "rejected" => objection.Refusal ?? In("refusée", "refused"), _ => In("en attente", "waiting") });
        }

        html.Append("<form class=\"sh-form\" method=\"post\" action=\"/api/v1/sites/").Append(Encode(export.Site)).Append("/comments/").Append(Encode(comment.Id)).Append("/view\">\n<input type=\"hidden\" name=\"authorKey\" value=\"").Append(Encode(authorKey))
            .Append("\">\n<button>").Append(Encode(In("Ouvrir le commentaire du ", "Open the comment of "))).Append(Encode(Moment(comment))).Append("</button>\n</form>\n</article>\n");
    }

    private static void Statement(StringBuilder html, ExportedComment comment)
    {
        if (comment.Statement is { } statement)
            html.Append("<p>").Append(statement.Html).Append("</p>\n");
    }

    private string Moment(ExportedComment comment) => Moment(comment.Received);

    private string Moment(DateTimeOffset at) => LocalMoment.Of(at, Hub.Authority.TimeZone).In(Hub.Authority.Language);

    private string RefusedAt(DateTimeOffset? at) => at is { } time ? In("Modification refusée le ", "Change refused on ") + Moment(time) + In(" :", ":") : In("Modification refusée :", "Refused change:");

    private void Line(StringBuilder html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            html.Append("<p>").Append(Encode(name)).Append(In(" : ", ": ")).Append(Encode(value)).Append("</p>\n");
    }
}
