using System.Globalization;
using System.Text;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>The charter to be read before one writes, what becomes of an author's data, and who answers for what is published.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="charter">Plain text; an empty line parts paragraphs.</param>
/// <param name="newest">The version in force.</param>
internal sealed class CharterPage(HubConfiguration hub, CharterBody charter, int newest) : Page(hub, 200)
{
    /// <summary>Of the part about an author's data.</summary>
    public const string DataId = "sh-data";

    protected override string Title => In("Règles des commentaires", "Rules for comments");

    protected override void Write(StringBuilder html)
    {
        if (charter.Version < newest)
            html.Append("<p role=\"status\"><strong>").Append(Encode(In("Ceci est une ancienne version des règles.", "This is an earlier version of the rules."))).Append("</strong> <a href=\"/api/v1/charter.html\">").Append(Encode(In("Lire la version en vigueur", "Read the version in force"))).Append("</a></p>\n");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in CharterArticles.Of(charter.Text))
        {
            // What a refusal cites is where its link leads; a number that stands twice is found where it stands first.
            var id = part.Number is { } number && known.Add(number) ? $" id=\"article-{Encode(number)}\"" : "";
            if (part.Title is { } title)
                html.Append("<h2").Append(id).Append('>').Append(Encode(title)).Append("</h2>\n");
            html.Append("<p").Append(part.Title is null ? id : "").Append('>').Append(string.Join("<br>\n", part.Text.Split('\n').Select(Encode))).Append("</p>\n");
        }

        Data(html);
        html.Append("<p><a href=\"/api/v1/transparency.html\">").Append(Encode(In("La modération en chiffres", "Moderation in figures"))).Append("</a></p>\n");
        if (Hub.Authority.DirectorOfPublication is { Length: > 0 } director)
            html.Append("<h2>").Append(Encode(In("Direction de la publication", "Director of publication"))).Append("</h2>\n<p>").Append(Encode(director)).Append("</p>\n");
        if (charter.Version > 0)
        {
            html.Append("<p class=\"soft\">").Append(Encode(In("Version des règles : ", "Version of the rules: "))).Append(charter.Version.ToString(CultureInfo.InvariantCulture));
            if (charter.Since is { } since)
                html.Append(Encode(In(", du ", ", of ") + LocalMoment.Of(since, Hub.Authority.TimeZone).In(Hub.Authority.Language)));
            html.Append("</p>\n");
        }
    }

    private void Data(StringBuilder html)
    {
        var kept = Hub.Retention;
        // Drafted for the authority, whose lawyer has the last word: its own text goes into the charter.
        html.Append("<h2 id=\"").Append(DataId).Append("\">").Append(Encode(In("Vos données personnelles", "Your personal data"))).Append("</h2>\n");
        Paragraph(html, In(
            "Le nom ou pseudonyme et le texte que vous envoyez sont publiés avec la date. L’adresse électronique est facultative. Elle n’est jamais publiée, et les modérateurs ne la voient pas non plus : elle sert à vous prévenir de ce que devient votre commentaire et à vous envoyer la réponse de la collectivité.",
            "The name or nickname and the text that you send are published with the date. The e-mail address is optional. It is never published, and the moderators do not see it either: it serves to tell you what becomes of your comment and to send you the authority's answer."));
        if (Hub.Mail is null)
            Paragraph(html, In("Pour l’instant, ce service n’envoie pas de message : vous pouvez laisser l’adresse vide.", "For now this service sends no messages: you may leave the address empty."));
        if (Hub.Mail is not null)
        {
            Paragraph(html, In(
                "Si vous laissez cette adresse, vous y apprenez ce que devient votre commentaire ou votre signalement ; chaque message permet d’y mettre fin. Ces messages partent par le serveur de messagerie que la collectivité a choisi, qui reçoit alors votre adresse. Les accusés de réception et les décisions automatiques ne portent que sur un commentaire ou un signalement par jour et cinq par mois : pour cela, une empreinte de l’adresse est gardée trente jours. Si vous mettez fin aux messages, cette empreinte est gardée trois ans, et rien n’est envoyé à cette adresse pendant ce temps, qui que ce soit qui l’indique de nouveau ; le lien au bas d’un ancien message permet de les reprendre. Elle ne permet pas de retrouver l’adresse sans une clé que la collectivité garde à part. Le message qui annonce un refus contient un lien par lequel son destinataire peut lire le motif et contester, et rien d’autre.",
                "If you leave this address, you are told there what becomes of your comment or your report; each message lets you end that. These messages leave by the mail server that the authority chose, which is then given your address. Confirmations of receipt and automatic decisions are about one comment or report a day and five a month only: for that a fingerprint of the address is kept for thirty days. If you end the messages, this fingerprint is kept for three years, and nothing is sent to this address in that time, whoever leaves it again; the link at the bottom of an earlier message lets you get them again. It does not give the address away without a key that the authority keeps apart. The message that tells a refusal holds a link by which whoever gets it can read the reason and object, and nothing else."));
        }

        Paragraph(html, In(
            "Aucun cookie ni traceur n’est déposé. Votre texte reste dans votre navigateur le temps de l’écrire ; votre code n’y est gardé que si vous le demandez. Votre adresse IP n’est pas enregistrée : une empreinte qui ne permet pas de la retrouver sert à limiter les envois répétés, pendant trois jours au plus.",
            "No cookie and no tracker is set. Your text stays in your browser while you write it; your code is kept there only if you ask for it. Your IP address is not stored: a fingerprint that does not give it away serves to limit repeated messages, for three days at most."));
        Paragraph(html, In(
            $"{Hub.Authority.Name} est responsable de ce traitement, qui relève de sa mission d’intérêt public : faire vivre un débat local, et écarter ce que la charte et la loi interdisent. Vos données ne servent à rien d’autre et ne sont ni vendues ni utilisées par d’autres. Y ont accès les modérateurs de la collectivité, son hébergeur et l’outil de travail en équipe (comme Teams) par lequel elle prévient ses modérateurs ; cet outil reçoit le texte et le nom d’un commentaire à lire, jamais votre adresse.",
            $"{Hub.Authority.Name} is the controller of this processing, which belongs to its task in the public interest: to keep a local debate alive, and to keep out what the charter and the law forbid. Your data serve nothing else and are neither sold nor used by others. The authority's moderators, its host and the team tool (such as Teams) by which it tells its moderators have access to them; that tool receives the text and the name of a comment to be read, never your address."));
        Paragraph(html, In(
            "Si vous signalez un commentaire ou contestez un refus, vos raisons sont conservées avec ce commentaire, et un commentaire dont vous contestez le refus l’est jusqu’à la réponse ; le nom et l’adresse électronique que vous laissez avec un signalement, que seuls les modérateurs voient, pendant le délai indiqué plus bas pour les adresses. L’historique d’un commentaire garde les étapes et les décisions, sans votre texte une fois qu’il est effacé ; le nom de qui a décidé n’y reste pas au-delà du délai indiqué plus bas.",
            "If you report a comment or object to a refusal, your reasons are kept with that comment, and a comment whose refusal you object to is kept until that is answered; the name and the e-mail address that you leave with a report, which the moderators alone see, for the time that is told below for addresses. The history of a comment keeps its steps and decisions, without your text once that is erased; who decided is named there no longer than is said below."));
        Paragraph(html, In(
            "Si vous modifiez un commentaire que la vérification automatique retient et qu’une personne doit encore le lire, elle voit aussi le premier texte ; il est effacé dès qu’elle a décidé.",
            "If you change a comment that the automatic check holds, and a person still has to read it, they see the first text, too; it is erased as soon as they have decided."));
        html.Append("<ul>\n");
        Line(html, In("Commentaire publié : effacé après", "Published comment: erased after"), kept.PublishedDays);
        Line(html, In("Commentaire refusé ou retiré, modification refusée : effacés après", "Refused or withdrawn comment, refused change: erased after"), kept.RefusedDays);
        Line(html, In("Commentaire resté sans décision : effacé, et vous en êtes prévenu si vous avez laissé une adresse, après", "Comment left without a decision: erased, and you are told if you left an address, after"), kept.PendingDays);
        Line(html, In("Adresse électronique : gardée tant que le commentaire attend une décision ou qu’un refus peut être contesté ; sinon effacée après", "E-mail address: kept while the comment waits for a decision or a refusal may be objected to; else erased after"), kept.EmailDays);
        Line(html, In("Nom des modérateurs dans l’historique : effacé après", "Names of moderators in the history: erased after"), kept.AuditDays);
        html.Append("</ul>\n");
        Paragraph(html, In(
            "Le code qui vous est donné à l’envoi permet de relire, d’emporter, de corriger ou d’effacer à tout moment ce que vous avez écrit :",
            "With the code that you are given when you send a comment you can at any time read, take along, correct or erase what you wrote:"));
        html.Append("<ul>\n");
        foreach (var (id, site) in Hub.Sites.OrderBy(site => site.Key, StringComparer.Ordinal))
        {
            html.Append("<li><a href=\"/api/v1/sites/").Append(Encode(id)).Append("/author.html\">").Append(Encode(In("Retrouver mes commentaires", "Find my comments")));
            if (Hub.Sites.Count > 1)
                html.Append(" (").Append(Encode(site.Name.Length > 0 ? site.Name : id)).Append(')');
            html.Append("</a></li>\n");
        }

        html.Append("</ul>\n");
        Paragraph(html, In(
            "Vous pouvez aussi écrire à la collectivité pour exercer vos droits d’accès, de rectification, d’effacement, de limitation et d’opposition, et adresser une réclamation à la CNIL.",
            "You can also write to the authority to exercise your rights of access, rectification, erasure, restriction and objection, and complain to the data protection authority (in France: CNIL)."));
    }

    private void Line(StringBuilder html, string what, int days) => html.Append("<li>").Append(Encode(what)).Append(' ').Append(Encode(Days(days))).Append("</li>\n");

    private string Days(int days) => (days % 365, days / 365) switch
    {
        (0, 1) => In("1 an", "1 year"),
        (0, > 1 and var years) => string.Create(CultureInfo.InvariantCulture, $"{years} {In("ans", "years")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{days} {(days > 1 ? In("jours", "days") : In("jour", "day"))}"),
    };

    private static void Paragraph(StringBuilder html, string text) => html.Append("<p>").Append(Encode(text)).Append("</p>\n");
}
