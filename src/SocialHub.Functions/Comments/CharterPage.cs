using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>The charter to be read before one writes.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="charter">Plain text; an empty line parts paragraphs.</param>
internal sealed class CharterPage(HubConfiguration hub, CharterBody charter) : Page(hub, 200)
{
    protected override string Title => In("Règles des commentaires", "Rules for comments");

    protected override void Write(StringBuilder html)
    {
        foreach (var paragraph in charter.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            html.Append("<p>").Append(string.Join("<br>\n", paragraph.Split('\n').Select(Encode))).Append("</p>\n");
    }
}
