using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>A thread as an HTML fragment, with its forms, for sites that include it on their server or work without script.</summary>
internal static class ThreadHtml
{
    public static byte[] Write(ThreadPage page, HubConfiguration hub, string site, string sort)
    {
        var english = hub.Authority.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        string In(string french, string inEnglish) => Encode(english ? inEnglish : french);
        var forms = new ThreadForms($"{hub.Authority.PublicAddress}/api/v1/sites/{site}/comments", page.Thread.Page, page.Thread.Open, english, page.Thread.Policy == CommentPolicy.FirstThenTrusted);
        var html = new StringBuilder(4_000);
        html.Append("<section class=\"sh-thread\" lang=\"").Append(english ? "en" : "fr").Append("\">\n<h2>").Append(In("Commentaires", "Comments")).Append(" (").Append(page.Thread.Comments.Count.ToString(CultureInfo.InvariantCulture)).Append(")</h2>\n");
        if (page.Thread.Comments.Count == 0)
            html.Append("<p>").Append(Encode(WidgetWords.All["none"].In(hub.Authority.Language))).Append("</p>\n");
        html.Append("<ol class=\"sh-list\">\n");
        var depth = -1;
        foreach (var comment in page.Comments)
        {
            depth = Nest(html, depth, comment.Depth);
            html.Append("<li class=\"sh-item\" id=\"sh-").Append(comment.Id).Append("\">\n<p class=\"sh-by\"><strong>").Append(Encode(comment.Name)).Append("</strong> ");
            if (comment.Official)
                html.Append("<b>").Append(Encode(WidgetWords.All["official"].In(hub.Authority.Language))).Append("</b> ");
            html.Append("<time datetime=\"").Append(comment.Published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).Append("\">").Append(Encode(LocalMoment.Of(comment.Published, hub.Authority.TimeZone).In(hub.Authority.Language))).Append("</time>");
            if (comment.Edited is not null)
                html.Append(' ').Append(Encode(WidgetWords.All["edited"].In(hub.Authority.Language)));
            html.Append("</p>\n<div class=\"sh-text\">").Append(comment.Html).Append("</div>\n");
            forms.About(html, comment);
        }

        Nest(html, depth, -1);
        html.Append("</ol>\n");
        if (page.Next is { } next)
            html.Append("<p><a href=\"").Append(Encode($"{hub.Authority.PublicAddress}/api/v1/sites/{site}/comments.html?page={Uri.EscapeDataString(page.Thread.Page)}&sort={sort}&after={next}")).Append("\">").Append(In("Afficher la suite", "Show more")).Append("</a></p>\n");
        html.Append("<h3>").Append(Encode(WidgetWords.All[page.Thread.Open ? "write" : "closed"].In(hub.Authority.Language))).Append("</h3>\n");
        var held = WidgetWords.Notice(page.Thread, hub);
        if (held is not null)
            html.Append("<p class=\"sh-say\">").Append(Encode(held.In(hub.Authority.Language))).Append("</p>\n");
        else if (page.Thread.Open && page.Thread.Policy != CommentPolicy.APosteriori)
            html.Append("<p>").Append(Encode(WidgetWords.First(page.Thread.Policy).In(hub.Authority.Language))).Append("</p>\n");
        html.Append("<p class=\"sh-by\">");
        Link(html, $"{hub.Authority.PublicAddress}/api/v1/charter.html", "rules", hub);
        Link(html.Append(' '), $"{hub.Authority.PublicAddress}/api/v1/charter.html#{CharterPage.DataId}", "data", hub);
        Link(html.Append(' '), $"{hub.Authority.PublicAddress}/api/v1/sites/{site}/author.html", "use", hub);
        html.Append("</p>\n");
        if (page.Thread.Open)
            forms.Comment(html);

        return Encoding.UTF8.GetBytes(html.Append("</section>\n").ToString());
    }

    // Who answers whom is said by lists in lists, as in the widget: an indentation alone is seen, and not heard.
    private static int Nest(StringBuilder html, int from, int to)
    {
        if (to > from)
        {
            html.Append(from < 0 ? "" : "<ol class=\"sh-list\">\n");
            return from + 1;
        }

        for (; from > to && from > 0; from--)
            html.Append("</li>\n</ol>\n");
        html.Append(from < 0 ? "" : "</li>\n");
        return to;
    }

    private static void Link(StringBuilder html, string address, string words, HubConfiguration hub) =>
        html.Append("<a href=\"").Append(Encode(address)).Append("\">").Append(Encode(WidgetWords.All[words].In(hub.Authority.Language))).Append("</a>");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
