using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SocialHub.Connections.Web;

/// <summary>What the software of sites writes into the HTML of an item and nobody wrote: put right, or left out.</summary>
internal static class SiteHabits
{
    private const int LongestMark = 4000;
    private const string Boxes = "div,section,article,header,footer,aside,main,nav,address,center,details,summary";
    private const string Blocks = Boxes + ",p,ul,ol,li,dl,dt,dd,table,blockquote,pre,figure,figcaption,hr,h1,h2,h3,h4,h5,h6";
    private static readonly string[] Builders = ["vc_", "et_pb_", "fusion_", "av_"];
    private static readonly string[] EmojiPlaces = ["/images/core/emoji/", "/twemoji/", "/emoji.php/"];

    /// <summary>Software puts pictures in the place of emoji; they are words, and no picture of the item.</summary>
    public static void EmojiToText(IHtmlElement body)
    {
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            if (image.ClassList.Contains("wp-smiley") || image.ClassList.Contains("emoji") || image.ClassList.Contains("smiley")
                || image.GetAttribute("src") is { } source && EmojiPlaces.Any(place => source.Contains(place, StringComparison.OrdinalIgnoreCase)))
                image.Replace(image.Owner!.CreateTextNode(image.GetAttribute("alt") ?? ""));
        }
    }

    /// <summary>The line that newsletters show in a list of mails, and nowhere else.</summary>
    public static void RemoveHidden(IHtmlElement body)
    {
        foreach (var element in body.QuerySelectorAll("[style]").ToList())
        {
            var style = string.Concat(element.GetAttribute("style")!.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
            if (style.Contains("display:none", StringComparison.Ordinal) && (style.Contains("mso-hide:all", StringComparison.Ordinal) || style.Contains("max-height:0", StringComparison.Ordinal) || style.Contains("font-size:0", StringComparison.Ordinal)))
                element.Remove();
        }
    }

    /// <summary>The button of a form does nothing without it; any other one is a link in disguise, whose words stay.</summary>
    public static void RemoveFormButtons(IHtmlElement body)
    {
        foreach (var button in body.QuerySelectorAll("form button").ToList())
            button.Remove();
    }

    /// <summary>Editors write each line as a box; what stays of the text has paragraphs, and two lines are no one word.</summary>
    public static void BoxesToParagraphs(IHtmlElement body)
    {
        foreach (var box in body.QuerySelectorAll(Boxes).Reverse())
        {
            if (box.QuerySelector(Blocks) is not null || (string.IsNullOrWhiteSpace(box.TextContent) && box.QuerySelector("img") is null))
                continue;
            var paragraph = box.Owner!.CreateElement("p");
            paragraph.Append([.. box.ChildNodes]);
            box.Replace(paragraph);
        }
    }

    /// <summary>What a text begins with although the item says it elsewhere, each in a <c>span</c> of its own; a date only where the software itself says that it is the item's: people write dates too.</summary>
    public static void RemoveHead(IHtmlElement body, Func<string, bool> isHead)
    {
        while (body.ChildNodes.FirstOrDefault(node => node is IElement || (node is IText text && !string.IsNullOrWhiteSpace(text.Data))) is IElement { LocalName: "span" } lead && (IsDateOfItem(lead) || isHead(HtmlWords.Spaced(lead.TextContent))))
            lead.Remove();
    }

    // https://www.drupal.org: RDF module, and the classes of a field.
    private static bool IsDateOfItem(IElement element) => element.GetAttribute("property") is "schema:dateCreated" or "dc:date dc:created" || element.ClassList.Contains("field--name-created");

    /// <summary>Pictures that are written into the text itself are never shown; they are long.</summary>
    public static string WithoutData(string html)
    {
        var result = (StringBuilder?)null;
        var kept = 0;
        for (var at = html.IndexOf("data:", StringComparison.OrdinalIgnoreCase); at >= 0; at = html.IndexOf("data:", at, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + 5;
            // RFC 2397: a comma ends the type; words in an alt have spaces before theirs.
            var type = html.AsSpan(end, Math.Min(100, html.Length - end));
            if (at > 1 && html[at - 1] is '"' or '\'' && html[at - 2] == '=' && type.IndexOfAny(',', ' ') is >= 0 and var sign && type[sign] == ',' && html.IndexOf(html[at - 1], end) is >= 0 and var close)
            {
                (result ??= new StringBuilder(html.Length)).Append(html, kept, at - kept);
                kept = end = close;
            }
            at = end;
        }
        return result is null ? html : result.Append(html, kept, html.Length - kept).ToString();
    }

    /// <summary>HTML without the link to its section that SPIP writes behind a summary.</summary>
    public static string WithoutSection(string html)
    {
        var relation = html.LastIndexOf("rel=\"directory\"", StringComparison.OrdinalIgnoreCase);
        var link = relation < 0 ? -1 : html.LastIndexOf("<a ", relation, StringComparison.OrdinalIgnoreCase);
        return link > 0 && html.AsSpan(0, link).TrimEnd() is [.. var before, '-'] && before.TrimEnd(" \t") is [.. var summary, '\n'] ? summary.ToString() : html;
    }

    /// <summary>HTML without the marks of WordPress' page builders, which stay where the builder is not at work.</summary>
    public static string WithoutBuilderMarks(string html)
    {
        var result = (StringBuilder?)null;
        var kept = 0;
        for (var at = html.IndexOf('[', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('[', at + 1))
        {
            var name = html.AsSpan(html[at + 1] == '/' ? at + 2 : at + 1);
            var isMark = false;
            foreach (var builder in Builders)
                isMark |= name.StartsWith(builder, StringComparison.Ordinal);
            if (!isMark || html.IndexOf(']', at, Math.Min(LongestMark, html.Length - at)) is not (>= 0 and var end))
                continue;
            (result ??= new(html.Length)).Append(html, kept, at - kept);
            (kept, at) = (end + 1, end);
        }
        return result is null ? html : result.Append(html, kept, html.Length - kept).ToString();
    }
}
