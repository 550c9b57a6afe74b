using System.Text;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Web;

namespace SocialHub.Functions.Http;

/// <summary>A piece of HTML that sites put into their pages, as a page of its own for whoever opens its address without script.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="title">Heading of the page.</param>
/// <param name="piece">The piece, UTF-8.</param>
/// <param name="back">The page that it belongs to; null: none.</param>
/// <param name="heading">What stands between the page's heading and headings of the third level in the piece; null: the piece has its own.</param>
internal sealed class PiecePage(HubConfiguration hub, string title, ReadOnlyMemory<byte> piece, string? back, Wording? heading = null) : Page(hub, 200)
{
    /// <summary>Browsers say with it (Fetch Metadata) what they want the answer for; a site's server or script, and caches, say another word or none.</summary>
    public const string Header = "Sec-Fetch-Dest";

    protected override string Title => title;

    protected override string Policy => base.Policy + "; img-src 'self'";

    protected override IEnumerable<string> Styles => [.. base.Styles, WebFiles.Find("v1.css")!.Address];

    /// <summary>True when a person opens the address itself.</summary>
    public static bool IsOpened(HttpRequest request) => request.Headers[Header] == "document";

    protected override void Write(StringBuilder html)
    {
        if (back is not null)
            html.Append("<p><a href=\"").Append(Encode(back)).Append("\">").Append(Encode(In("Revenir à la page", "Back to the page"))).Append("</a></p>\n");
        if (heading is not null)
            html.Append("<h2>").Append(Encode(heading.In(Hub.Authority.Language))).Append("</h2>\n");
        html.Append(Encoding.UTF8.GetString(piece.Span));
    }
}
