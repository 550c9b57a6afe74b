using System.Globalization;
using System.Text;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>The public counts as a page: a table of the months, and one of the reasons.</summary>
internal sealed class TransparencyPage(HubConfiguration hub, IReadOnlyList<SiteFigures> sites) : Page(hub, 200)
{
    protected override string Title => In("Modération des commentaires en chiffres", "Moderation of comments in figures");

    protected override void Write(StringBuilder html)
    {
        html.Append("<p>").Append(Encode(In(
            "Chaque mois, sans rien d’aucune personne. Un refus sur lequel un modérateur est revenu n’est pas compté ; un refus annulé après contestation l’est, et la contestation aussi. Le délai va de l’arrivée d’un commentaire à la première décision, sans le temps laissé à son auteur pour le reformuler ; il est arrondi à l’unité supérieure. Les décisions prises par un programme, en quelques secondes, y comptent comme celles des personnes ; le délai des seules décisions de personnes est donné à part. Celui d’un signalement va du premier signalement d’un commentaire à la décision d’une personne, ou au départ de ce commentaire. Un commentaire effacé sans décision a attendu jusqu’à la fin du délai de conservation.",
            "Month by month, with nothing of anybody. A refusal that a moderator took back is not counted; one that was reversed after an objection is, and so is the objection. The delay is from the arrival of a comment to the first decision, without the time that its author had to put it in other words; it is rounded up. What a program decides, within seconds, counts in it as what people decide; the delay of what people decided alone is told beside it. That of a report is from the first report of a comment to the decision of a person, or until that comment went. A comment that was erased without a decision had waited until the end of the time that it is kept."))).Append("</p>\n");
        foreach (var site in sites)
        {
            html.Append("<h2>").Append(Encode(site.Name.Length > 0 ? site.Name : site.Site)).Append("</h2>\n");
            if (site.Months.Count == 0)
            {
                html.Append("<p>").Append(Encode(In("Aucun commentaire n’est encore arrivé.", "No comment has arrived yet."))).Append("</p>\n");
                continue;
            }

            Table(html, In("Commentaires reçus et décisions", "Comments received and decisions"), site.Months, Columns);
            var reasons = RefusalReasons.All.Where(reason => site.Months.Any(month => month.Refused.ContainsKey(reason.Code))).ToList();
            if (reasons.Count > 0)
                Table(html, In("Refus par motif", "Refusals by reason"), site.Months, [.. reasons.Select(reason => (reason.Label, (Func<MonthFigures, string>)(month => Number(month.Refused.GetValueOrDefault(reason.Code)))))]);
        }

        html.Append("<p><a href=\"/api/v1/transparency.csv\">").Append(Encode(In("Ces chiffres pour un tableur (CSV)", "These figures for a spreadsheet (CSV)"))).Append("</a> <a href=\"/api/v1/charter.html\">").Append(Encode(In("Règles des commentaires", "Rules for comments"))).Append("</a></p>\n");
    }

    private IReadOnlyList<(Wording Head, Func<MonthFigures, string> Cell)> Columns =>
    [
        (new("Reçus", "Received"), month => Number(month.Received)),
        (new("Publiés", "Published"), month => Number(month.Published)),
        (new("Refusés", "Refused"), month => Number(month.Refused.Values.Sum())),
        (new("dont sans intervention humaine", "of these without a person"), month => Number(month.RefusedByRules)),
        (new("Modifications refusées", "Changes refused"), month => Number(month.RefusedChanges)),
        (new("Retirés par leur auteur", "Withdrawn by their author"), month => Number(month.Withdrawn)),
        (new("Effacés sans décision", "Erased without a decision"), month => Number(month.Expired ?? 0)),
        (new("Signalements", "Reports"), month => Number(month.Reports)),
        (new("dont au titre de la loi", "of these naming the law"), month => Number(month.LegalNotices)),
        (new("Contestations", "Objections"), month => Number(month.Objections)),
        (new("Refus annulés", "Refusals reversed"), month => Number(month.Reversed)),
        (new("Refus maintenus", "Refusals upheld"), month => Number(month.Upheld)),
        (new("Contestations décidées par un autre modérateur", "Objections decided by another moderator"), month => Number(month.ByAnother)),
        (new("Délai médian", "Median delay"), month => Delay(month.MedianMinutes).In(Hub.Authority.Language)),
        (new("Neuf sur dix : au plus", "Nine of ten: at most"), month => Delay(month.P90Minutes).In(Hub.Authority.Language)),
        (new("Décidés d’abord par une personne", "First decided by a person"), month => Number(month.DecidedByPeople ?? 0)),
        (new("Délai médian, personnes seules", "Median delay, people alone"), month => Delay(month.PeopleMedianMinutes).In(Hub.Authority.Language)),
        (new("Neuf sur dix, personnes seules : au plus", "Nine of ten, people alone: at most"), month => Delay(month.PeopleP90Minutes).In(Hub.Authority.Language)),
        (new("Signalements traités", "Reports dealt with"), month => Number(month.ReportsDecided ?? 0)),
        (new("Délai médian, signalements", "Median delay, reports"), month => Delay(month.ReportMedianMinutes).In(Hub.Authority.Language)),
        (new("Neuf sur dix, signalements : au plus", "Nine of ten, reports: at most"), month => Delay(month.ReportP90Minutes).In(Hub.Authority.Language)),
    ];

    // Wider than a phone: it is moved by touch or, once it has the focus, by the arrow keys.
    private void Table(StringBuilder html, string caption, IReadOnlyList<MonthFigures> months, IReadOnlyList<(Wording Head, Func<MonthFigures, string> Cell)> columns)
    {
        html.Append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(Encode(caption)).Append("\">\n<table>\n<caption>").Append(Encode(caption)).Append("</caption>\n<thead><tr><th scope=\"col\">").Append(Encode(In("Mois", "Month"))).Append("</th>");
        foreach (var (head, _) in columns)
            html.Append("<th scope=\"col\">").Append(Encode(head.In(Hub.Authority.Language))).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var month in months)
        {
            html.Append("<tr><th scope=\"row\">").Append(Encode(Name(month.Month))).Append("</th>");
            foreach (var (_, cell) in columns)
                html.Append("<td>").Append(Encode(cell(month))).Append("</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private string Name(string month) => DateTime.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.GetCultureInfo(English ? "en-GB" : "fr-FR"));

    /// <summary>A delay in words, rounded up: nobody is told of a shorter one than somebody waited.</summary>
    internal static Wording Delay(int? minutes) => minutes switch
    {
        null => new("aucune décision", "no decision"),
        < 120 => new($"{minutes} min", $"{minutes} min"),
        < 2880 => new($"{(minutes + 59) / 60} h", $"{(minutes + 59) / 60} h"),
        _ => new($"{(minutes + 1439) / 1440} jours", $"{(minutes + 1439) / 1440} days"),
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
