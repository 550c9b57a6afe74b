using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>One sentence for a visitor without script whose wish was taken.</summary>
internal sealed class MessagePage(HubConfiguration hub, string message) : Page(hub, 200)
{
    protected override string Title => In("C’est noté", "Done");

    protected override void Write(StringBuilder html) => html.Append("<p>").Append(Encode(message)).Append("</p>\n");
}
