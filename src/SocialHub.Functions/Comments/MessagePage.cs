using System.Text;
using SocialHub.Configuration;

namespace SocialHub.Functions.Comments;

/// <summary>One sentence for a visitor without script.</summary>
internal sealed class MessagePage(HubConfiguration hub, string message, int status) : Page(hub, status)
{
    private readonly int _status = status;

    protected override string Title => _status < 400 ? In("C’est noté", "Done") : In("Cela n’a pas été accepté", "This was not accepted");

    protected override void Write(StringBuilder html)
    {
        html.Append("<p>").Append(Encode(message)).Append("</p>\n");
        if (_status >= 400)
            html.Append("<p>").Append(Encode(In("Revenez à la page précédente : votre texte y est encore.", "Go back to the page before: your text is still there."))).Append("</p>\n");
    }
}
