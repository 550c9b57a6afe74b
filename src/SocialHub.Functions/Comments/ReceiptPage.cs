using System.Globalization;
using System.Text;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>What an author without script gets: the state, the code to keep, and forms to look again, edit, withdraw, object, take everything along and have everything erased.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="site">Its site.</param>
/// <param name="comment">As it is now.</param>
/// <param name="authorKey">The code; null: whoever sent this again may be another reader of the public text at the same address, so nothing is shown that they might not know.</param>
/// <param name="now">When.</param>
internal sealed class ReceiptPage(HubConfiguration hub, string site, CommentRow comment, string? authorKey, DateTimeOffset now) : Page(hub, 200)
{
    protected override string Title => In("Votre commentaire", "Your comment");

    protected override void Write(StringBuilder html)
    {
        // Of a change of the text only its author knows.
        html.Append("<p role=\"status\"><strong>").Append(Encode((authorKey is null ? CommentWords.Of(comment.State) : CommentWords.ForAuthor(comment, Hub.Authority.TimeZone, now)).In(Hub.Authority.Language))).Append("</strong></p>\n");
        if (authorKey is null)
        {
            Back(html);
            html.Append("<p>").Append(Encode(In(
                "Ce même texte était déjà arrivé ; il n’est enregistré qu’une fois. Le code qui permet de le revoir, modifier ou retirer a été montré au premier envoi. Il n’est pas répété, car une autre personne peut partager votre connexion.",
                "The same text had arrived before; it is kept only once. The code to see, edit or withdraw it was shown when it was first sent. It is not repeated, because somebody else may share your connection."))).Append("</p>\n<p>")
                .Append(Encode(In("Vous ne l’avez plus ? Écrivez à la collectivité : elle peut retirer ce texte.", "Have you lost it? Write to the authority: it can withdraw this text."))).Append("</p>\n");
            return;
        }

        if (comment is { State: CommentState.Received or CommentState.Held, Email: not null } && Hub.Mail is not null)
            html.Append("<p>").Append(Encode(CommentWords.Mailed.In(Hub.Authority.Language))).Append("</p>\n");
        var reword = Hub.Sites.ContainsKey(site) ? RewordPiece.Of(comment, Hub.Authority.Language, now) : null;
        Statement(html);
        if (reword is null)
            Findings(html);
        else
            html.Append(reword.Html).Append('\n');
        // Without script nothing looks again by itself, and the rules have not seen it yet.
        if (comment is { State: CommentState.Received, Revision: 0 } && Hub.Sites.TryGetValue(site, out var asking) && asking.RewordMinutes > 0)
            html.Append("<p>").Append(Encode(In(
                "Actualisez dans un instant : si seuls des mots retiennent votre texte, vous pourrez le reformuler une fois avant qu’une personne le lise.",
                "Look again in a moment: if words alone hold your text, you may put it in other words once before a person reads it."))).Append("</p>\n");
        Form(html, At("view"), In("Actualiser", "Look again"), "");
        if (reword is not null)
            Form(html, At("keep"), In("Envoyer tel quel", "Send it as it is"), "");
        Back(html);
        html.Append("<blockquote>").Append(comment.Html).Append("</blockquote>\n<h2>").Append(Encode(Words("code"))).Append("</h2>\n<p class=\"code\"><code>").Append(Encode(authorKey)).Append("</code></p>\n<p>").Append(Encode(Words("keep")))
            .Append("</p>\n<p><a href=\"/api/v1/sites/").Append(Encode(site)).Append("/author.html\">").Append(Encode(Words("use"))).Append("</a></p>\n");
        // Where hub.json names the site no more nobody reads a new text, and what is kept can only be taken back.
        var isServed = Hub.Sites.ContainsKey(site);
        if (comment.State is CommentState.Received or CommentState.Held or CommentState.Published)
        {
            html.Append("<h2>").Append(Encode(reword is not null ? In("Reformuler ou retirer", "Put in other words or withdraw") : isServed ? In("Modifier ou retirer", "Edit or withdraw") : In("Retirer", "Withdraw"))).Append("</h2>\n");
            if (isServed)
                Form(html, At("edit"), In("Envoyer la modification", "Send the change"), $"<label for=\"text\">{Encode(In("Votre texte (obligatoire)", "Your text (required)"))}</label>\n<textarea id=\"text\" name=\"text\" rows=\"6\" required maxlength=\"{CommentInput.LongestText.ToString(CultureInfo.InvariantCulture)}\">\n{Encode((comment.IsNewestProposed ? comment.ProposalBody : null) ?? comment.Body)}</textarea>\n<input type=\"hidden\" name=\"revision\" value=\"{comment.ChangeableRevision.ToString(CultureInfo.InvariantCulture)}\">\n");
            Form(html, At("withdraw"), In("Retirer le commentaire", "Withdraw the comment"), "");
        }

        if (comment.MayObject && isServed)
            Form(html, At("objections"), In("Contester le refus", "Object to the refusal"), $"<label for=\"reason\">{Encode(In("Pourquoi ce refus vous semble-t-il injustifié ? (obligatoire)", "Why does this refusal seem wrong to you? (required)"))}</label>\n<textarea id=\"reason\" name=\"reason\" rows=\"4\" required maxlength=\"{CommentReports.LongestReason.ToString(CultureInfo.InvariantCulture)}\"></textarea>\n");
        html.Append("<h2>").Append(Encode(In("Vos données", "Your data"))).Append("</h2>\n<p>").Append(Encode(In("Tout ce que vous avez écrit avec ce code, à relire, à emporter ou à effacer.", "All that you wrote with this code, to read, to take along or to erase."))).Append("</p>\n");
        Form(html, "author/export", In("Voir mes données", "See my data"), "");
        Form(html, "author/erase", In("Tout effacer…", "Erase everything…"), "");
    }

    private void Statement(StringBuilder html)
    {
        if (StatementOfReasons.Of(comment) is not { } statement)
            return;
        var language = Hub.Authority.Language;
        html.Append("<p>").Append(Encode(In("Motif : ", "Reason: "))).Append(Encode(statement.Label.In(language))).Append("</p>\n");
        if (statement.Citation is { } citation)
            html.Append("<p><a href=\"").Append(Encode(statement.CharterPath)).Append("\">").Append(Encode(citation.In(language))).Append("</a></p>\n");
        html.Append("<p>").Append(Encode(statement.Means.In(language))).Append("</p>\n<p>").Append(Encode(statement.Redress(Hub.Authority.TimeZone, Hub.Retention.RefusedDays).In(language))).Append("</p>\n");
    }

    private string Words(string name) => WidgetWords.All[name].In(Hub.Authority.Language);

    // What an author may want to change before somebody reads it.
    private void Findings(StringBuilder html)
    {
        var isJudged = comment.State is CommentState.Held or CommentState.Rejected || comment.IsNewestProposed;
        if (!isJudged)
            return;
        var findings = (comment.IsNewestProposed ? comment.ProposalFindings : comment.Findings).Where(finding => finding.Verdict != Verdict.Publish).Select(finding => finding.Reason).Distinct(StringComparer.Ordinal).ToList();
        if (findings.Count == 0)
            return;
        html.Append("<p>").Append(Encode(In("La vérification automatique a relevé :", "The automatic check noticed:"))).Append("</p>\n<ul>\n");
        foreach (var finding in findings)
            html.Append("<li>").Append(Encode(finding)).Append("</li>\n");
        html.Append("</ul>\n");
    }

    private string At(string action) => $"comments/{comment.Id}/{action}";

    private void Back(StringBuilder html) =>
        html.Append("<p><a href=\"").Append(Encode(comment.Page)).Append("\">").Append(Encode(In("Revenir à la page", "Back to the page"))).Append("</a></p>\n");

    private void Form(StringBuilder html, string action, string button, string fields) => html
        .Append("<form class=\"sh-form\" method=\"post\" action=\"/api/v1/sites/").Append(Encode(site)).Append('/').Append(Encode(action)).Append("\">\n")
        .Append(fields).Append("<input type=\"hidden\" name=\"authorKey\" value=\"").Append(Encode(authorKey ?? "")).Append("\">\n<button>").Append(Encode(button)).Append("</button>\n</form>\n");
}
