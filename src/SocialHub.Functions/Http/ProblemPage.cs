using System.Globalization;
using System.Text;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>A refusal for a visitor without script: what happened and what to do, in the authority's language.</summary>
internal sealed class ProblemPage(HubConfiguration hub, int status, Problem problem, long? retryAfter) : Page(hub, status)
{
    protected override string Title => In("Cela n’a pas été accepté", "This was not accepted");

    protected override void Write(StringBuilder html)
    {
        html.Append("<p role=\"alert\">").Append(Encode(ProblemWords.Of(problem).In(Hub.Authority.Language))).Append("</p>\n");
        if (retryAfter is { } seconds)
            html.Append("<p>").Append(Encode(Wait(seconds))).Append("</p>\n");
        html.Append("<p>").Append(Encode(In("Revenez à la page précédente : votre texte y est encore.", "Go back to the page before: your text is still there."))).Append("</p>\n");
    }

    private string Wait(long seconds)
    {
        var minutes = (seconds + 59) / 60;
        return minutes <= 1
            ? In("Vous pourrez réessayer dans une minute.", "You may try again in a minute.")
            : string.Create(CultureInfo.InvariantCulture, $"{In("Vous pourrez réessayer dans", "You may try again in")} {minutes} minutes.");
    }
}
