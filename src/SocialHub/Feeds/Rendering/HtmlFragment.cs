using System.Text;

namespace SocialHub.Feeds.Rendering;

/// <summary>
/// A feed as a piece of a page: the server of a site may put it in, or a script; it needs neither script nor style nor any other host.
/// Its classes are those of the widget, so one style sheet fits both.
/// </summary>
internal static class HtmlFragment
{
    public const string ContentType = "text/html; charset=utf-8";

    public static RenderedDocument Render(FeedPage page)
    {
        var words = new FeedText(page.Snapshot.Language, page.Snapshot.TimeZone);
        var html = new StringBuilder();
        html.Append("<section class=\"sh-feed\" lang=\"").Append(E(page.Snapshot.Language)).Append("\" aria-label=\"").Append(E(page.Snapshot.Title)).Append("\">\n");
        if (page.Items.Count == 0)
            html.Append("<p>").Append(E(words.None)).Append("</p>\n");
        else
            html.Append("<ul class=\"sh-list\">\n");
        foreach (var item in page.Items)
            Item(html, item, words);
        if (page.Items.Count > 0)
            html.Append("</ul>\n");
        if (page.Next is { } next)
            html.Append("<p><a href=\"").Append(E(page.Address(".html", next))).Append("\">").Append(E(words.More)).Append("</a></p>\n");
        html.Append("</section>\n");
        return RenderedDocument.Of(Encoding.UTF8.GetBytes(html.ToString()), ContentType);
    }

    private static void Item(StringBuilder html, SnapshotItem item, FeedText words)
    {
        var (date, network) = (words.Date(item.Date), FeedText.Network(item.Network, item.Url));
        html.Append("<li class=\"sh-item\">\n<p class=\"sh-by\"><strong>").Append(E(item.SourceTitle ?? network)).Append("</strong> <time datetime=\"").Append(FeedText.Rfc3339(item.Date)).Append("\">").Append(E(date)).Append("</time>");
        if (item.Pinned)
            html.Append(" <b>").Append(E(words.Pinned)).Append("</b>");
        html.Append("</p>\n<div");
        if (item.Language is not null)
            html.Append(" lang=\"").Append(E(item.Language)).Append('"');
        html.Append('>');
        if (item.Title is not null)
            html.Append("<h3>").Append(E(item.Title)).Append("</h3>");
        html.Append("<div class=\"sh-text\">").Append(item.Html).Append("</div></div>\n<p class=\"sh-by\">");
        // Several links of one name on a page are told apart by their date (RGAA 6.1).
        Link(html, item.Url, words.SeeOn, network, date);
        foreach (var other in item.AlsoOn)
            Link(html.Append(' '), other.Url, words.AlsoOn, FeedText.Network(other.Network, other.Url), date);
        html.Append("</p>\n</li>\n");
    }

    private static void Link(StringBuilder html, string url, string before, string network, string date) => html
        .Append("<a href=\"").Append(E(url)).Append("\" rel=\"noopener\" aria-label=\"").Append(E($"{before}{network}, {date}")).Append("\">").Append(E(before)).Append(E(network)).Append("</a>");

    private static string E(string text) => PostMarkup.Escape(text);
}
