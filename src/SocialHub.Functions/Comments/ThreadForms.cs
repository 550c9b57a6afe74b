using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using SocialHub.Comments;

namespace SocialHub.Functions.Comments;

/// <summary>The forms of a thread without script: a comment on the page, and under each comment an answer to it and a report of it.</summary>
/// <param name="address">Of the site's comments on this hub.</param>
/// <param name="page">Canonical address of the page.</param>
/// <param name="isOpen">Whether it takes comments.</param>
/// <param name="english">The authority's language: English, or else French.</param>
/// <param name="asksCode">Whether an author's code makes the next comments appear at once: then there is a field for it.</param>
internal sealed class ThreadForms(string address, string page, bool isOpen, bool english, bool asksCode)
{
    /// <summary>A new comment on the page.</summary>
    public void Comment(StringBuilder html) => Writing(html, "", null, In("Votre commentaire (obligatoire)", "Your comment (required)"), In("Envoyer", "Send"));

    /// <summary>What a reader may do about one comment; nothing for one that takes neither an answer nor a report.</summary>
    public void About(StringBuilder html, PublicComment comment)
    {
        var takesAnswer = isOpen && comment.Depth < CommentIntake.DeepestAnswer;
        if (!takesAnswer && comment.Official)
            return;
        var summary = (takesAnswer, comment.Official) switch
        {
            (true, false) => In("Répondre ou signaler", "Reply or report"),
            (true, true) => In("Répondre", "Reply"),
            _ => In("Signaler", "Report"),
        };
        html.Append("<details class=\"sh-acts\">\n<summary>").Append(summary).Append(" : ").Append(Encode(comment.Name)).Append("</summary>\n");
        if (takesAnswer)
            Writing(html, "-" + comment.Id, comment.Id, In("Votre réponse à", "Your reply to") + " " + Encode(comment.Name) + " " + In("(obligatoire)", "(required)"), In("Envoyer la réponse", "Send the reply"));
        if (!comment.Official)
            Report(html, comment);
        html.Append("</details>\n");
    }

    private void Report(StringBuilder html, PublicComment comment)
    {
        Open(html, $"{address}/{comment.Id}/reports");
        Area(html, "sh-reason-" + comment.Id, "reason", In("Que reprochez-vous au commentaire de", "What is wrong with the comment of") + " " + Encode(comment.Name) + In(" ? (obligatoire)", "? (required)"), CommentReports.LongestReason);
        Email(html, "sh-reporter-" + comment.Id, In("Votre adresse électronique, montrée aux seuls modérateurs, pour vous prévenir et vous répondre (exemple : nom@exemple.fr)", "Your e-mail address, shown to the moderators alone, to keep you informed and answer you (example: name@example.org)"));
        html.Append("<p class=\"sh-field\"><label for=\"sh-kind-").Append(comment.Id).Append("\">").Append(In("Ce que vous signalez", "What you report")).Append("</label><select id=\"sh-kind-").Append(comment.Id).Append("\" name=\"kind\"><option value=\"charter\">").Append(In("Un manquement à la charte", "A breach of the charter"))
            .Append("</option><option value=\"illegal\">").Append(In("Un contenu contraire à la loi (nom, adresse et bonne foi obligatoires)", "Something against the law (name, address and good faith required)"))
            .Append("</option><option value=\"child-abuse\">").Append(In("Un abus sexuel sur mineur (bonne foi obligatoire)", "Sexual abuse of a child (good faith required)")).Append("</option></select></p>\n");
        html.Append("<p class=\"sh-field\"><label for=\"sh-who-").Append(comment.Id).Append("\">").Append(In("Votre nom, montré aux seuls modérateurs", "Your name, shown to the moderators alone")).Append("</label><input id=\"sh-who-").Append(comment.Id).Append("\" name=\"name\" maxlength=\"").Append(Number(CommentInput.LongestName)).Append("\" autocomplete=\"name\"></p>\n");
        html.Append("<p class=\"sh-field\"><input id=\"sh-faith-").Append(comment.Id).Append("\" name=\"goodFaith\" type=\"checkbox\" value=\"yes\"> <label for=\"sh-faith-").Append(comment.Id).Append("\">").Append(In("Je signale de bonne foi ; ce que j’écris est exact et complet.", "I report in good faith; what I write is accurate and complete.")).Append("</label></p>\n");
        Close(html, In("Envoyer le signalement", "Send the report"));
    }

    private void Writing(StringBuilder html, string suffix, string? parent, string label, string button)
    {
        Open(html, address);
        Hidden(html, "page", page);
        if (parent is not null)
            Hidden(html, "parent", parent);
        Area(html, "sh-text" + suffix, "text", label, CommentInput.LongestText);
        html.Append("<p class=\"sh-field\"><label for=\"sh-name").Append(suffix).Append("\">").Append(In("Nom ou pseudonyme, publié (obligatoire)", "Name or nickname, published (required)")).Append("</label><input id=\"sh-name").Append(suffix).Append("\" name=\"name\" required maxlength=\"").Append(Number(CommentInput.LongestName)).Append("\" autocomplete=\"name\"></p>\n");
        Email(html, "sh-email" + suffix, Encode(WidgetWords.All["email"].In(english ? "en" : "fr")));
        if (asksCode)
            html.Append("<p class=\"sh-field\"><label for=\"sh-code").Append(suffix).Append("\">").Append(Encode(WidgetWords.All["mine"].In(english ? "en" : "fr"))).Append("</label><input id=\"sh-code").Append(suffix).Append("\" name=\"authorKey\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>\n");
        html.Append("<p hidden><label for=\"sh-website").Append(suffix).Append("\">").Append(In("Laissez ce champ vide", "Leave this field empty")).Append("</label><input id=\"sh-website").Append(suffix).Append("\" name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></p>\n");
        Close(html, button);
    }

    private static void Open(StringBuilder html, string action) => html.Append("<form class=\"sh-form\" method=\"post\" action=\"").Append(Encode(action)).Append("\">\n");

    private static void Hidden(StringBuilder html, string name, string value) => html.Append("<input type=\"hidden\" name=\"").Append(name).Append("\" value=\"").Append(Encode(value)).Append("\">\n");

    private static void Area(StringBuilder html, string id, string name, string label, int longest) => html
        .Append("<p class=\"sh-field\"><label for=\"").Append(id).Append("\">").Append(label).Append("</label><textarea id=\"").Append(id).Append("\" name=\"").Append(name).Append("\" rows=\"5\" required maxlength=\"").Append(Number(longest)).Append("\"></textarea></p>\n");

    private static void Email(StringBuilder html, string id, string label) => html
        .Append("<p class=\"sh-field\"><label for=\"").Append(id).Append("\">").Append(label).Append("</label><input id=\"").Append(id).Append("\" name=\"email\" type=\"email\" maxlength=\"").Append(Number(CommentInput.LongestEmail)).Append("\" autocomplete=\"email\"></p>\n");

    private static void Close(StringBuilder html, string button) => html.Append("<p><button>").Append(button).Append("</button></p>\n</form>\n");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string In(string french, string inEnglish) => Encode(english ? inEnglish : french);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
