using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>One sentence for a visitor without script whose wish was taken.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="message">The sentence.</param>
/// <param name="page">Where the visitor came from; null: nowhere in particular.</param>
internal sealed class MessagePage(HubConfiguration hub, string message, string? page = null) : Page(hub, 200)
{
    protected override string Title => In("C’est noté", "Done");

    protected override void Write(StringBuilder html)
    {
        html.Append("<p>").Append(Encode(message)).Append("</p>\n");
        if (page is not null)
            html.Append("<p><a href=\"").Append(Encode(page)).Append("\">").Append(Encode(In("Revenir à la page", "Back to the page"))).Append("</a></p>\n");
    }
}
