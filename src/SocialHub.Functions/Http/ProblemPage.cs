using System.Text;
using System.Text.Json.Nodes;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>A refusal for a visitor without script: what happened and what to do, in the authority's language.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="status">HTTP status.</param>
/// <param name="problem">What stands in the way.</param>
/// <param name="retryAfter">Seconds after which it makes sense to try again; null: not told.</param>
/// <param name="isForm">True: something was sent; false: a page was opened.</param>
/// <param name="holdsText">True: what was sent is a form in which somebody writes, and the browser still has it.</param>
internal sealed class ProblemPage(HubConfiguration hub, int status, Problem problem, long? retryAfter, bool isForm, bool holdsText) : Page(hub, status)
{
    protected override string Title => isForm
        ? In("Votre envoi n’a pas été accepté", "What you sent was not accepted")
        : In("Cette page ne peut pas être affichée", "This page cannot be shown");

    protected override void Write(StringBuilder html)
    {
        var words = isForm ? ProblemWords.Of(problem, retryAfter) : ProblemWords.OfPage(problem, retryAfter);
        html.Append("<p role=\"alert\">").Append(Encode(words.In(Hub.Authority.Language))).Append("</p>\n");
        if (holdsText)
            html.Append("<p>").Append(Encode(In("Revenez à la page précédente : votre texte y est encore.", "Go back to the page before: your text is still there."))).Append("</p>\n");
        Errors(html);
    }

    // Those of hub.json, for whoever sets the hub up and looks at its pages first. They speak English, as hub.json does.
    private void Errors(StringBuilder html)
    {
        if (problem.Extensions?.GetValueOrDefault("errors") is not JsonArray errors)
            return;
        html.Append("<details>\n<summary>").Append(Encode(In("Pour le service informatique", "For the IT department"))).Append("</summary>\n<ul lang=\"en\">\n");
        foreach (var error in errors)
            html.Append("<li><code>").Append(Encode((string?)error?["path"] ?? "")).Append("</code> ").Append(Encode((string?)error?["message"] ?? "")).Append("</li>\n");
        html.Append("</ul>\n</details>\n");
    }
}
