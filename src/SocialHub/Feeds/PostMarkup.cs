using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Ganss.Xss;

namespace SocialHub.Feeds;

/// <summary>
/// The HTML of a post as a visitor's browser gets it. What a connection read is cleaned once more here, because this is the last gate whatever network
/// it came from, and because no visitor's browser may talk to one: the only pictures that stay are the hub's own.
/// </summary>
internal static class PostMarkup
{
    private static readonly HtmlSanitizer Sanitizer = Build();

    /// <summary>Cleans a post's HTML and puts its kept pictures where they stood, the others behind.</summary>
    /// <param name="post">With content addresses on the pictures that are kept.</param>
    /// <param name="publicAddress">Of the hub.</param>
    public static string For(Post post, string publicAddress)
    {
        using var document = Sanitizer.SanitizeDom(post.Html.Length > 0 ? post.Html : Paragraphs(post.Text));
        var body = document.Body!;
        var kept = new Dictionary<string, PostPicture>(StringComparer.Ordinal);
        foreach (var picture in post.Pictures.Where(picture => picture.Media is not null))
            kept.TryAdd(picture.Url, picture);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            if (image.GetAttribute("src") is { } source && kept.TryGetValue(source, out var picture) && shown.Add(picture.Media!))
                image.Replace(Image(document, picture, image.GetAttribute("alt"), publicAddress));
            else
                Remove(image, body);
        }
        // Left by tags that lost their end; no browser loads it, and no other element has one.
        foreach (var element in body.QuerySelectorAll("[src]:not(img)"))
            element.RemoveAttribute("src");
        // The page that shows the post has its own outline.
        foreach (var heading in body.QuerySelectorAll("h1,h2,h3,h4,h5,h6").ToList())
        {
            var (paragraph, strong) = (document.CreateElement("p"), document.CreateElement("strong"));
            strong.Append([.. heading.ChildNodes]);
            paragraph.Append(strong);
            heading.Replace(paragraph);
        }
        foreach (var picture in kept.Values.Where(picture => shown.Add(picture.Media!)))
        {
            var paragraph = document.CreateElement("p");
            paragraph.Append(Image(document, picture, null, publicAddress));
            body.Append(paragraph);
        }
        foreach (var link in body.QuerySelectorAll("a").ToList())
        {
            // A link needs a name (RGAA 6.2): one around nothing, or around a picture that nobody described, only stops the keyboard.
            if (IsSilent(link) && !link.QuerySelectorAll("img").Any(image => !string.IsNullOrWhiteSpace(image.GetAttribute("alt"))))
                link.Replace([.. link.ChildNodes]);
            else if (link.HasAttribute("href"))
                link.SetAttribute("rel", "noopener");
        }
        return body.InnerHtml;
    }

    /// <summary>Plain text as paragraphs, line breaks kept.</summary>
    public static string Paragraphs(string text) => string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(paragraph => $"<p>{Escape(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    /// <summary>Text for element content and double-quoted attributes.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    // With what held nothing else: the empty entries of a gallery are read out as a list.
    private static void Remove(IElement image, IElement body)
    {
        var gone = image;
        while (gone.ParentElement is { } around && around != body && around.ChildElementCount == 1 && IsSilent(around)
            && around.LocalName is "a" or "p" or "div" or "span" or "figure" or "li" or "ul" or "ol" or "em" or "strong" or "b" or "i")
            gone = around;
        gone.Remove();
    }

    private static bool IsSilent(IElement element) =>
        element.TextContent.EnumerateRunes().All(rune => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control);

    private static IElement Image(AngleSharp.Html.Dom.IHtmlDocument document, PostPicture picture, string? alt, string publicAddress)
    {
        var image = document.CreateElement("img");
        image.SetAttribute("src", $"{publicAddress}/media/{picture.Media}");
        image.SetAttribute("alt", string.IsNullOrWhiteSpace(alt) ? picture.Alt ?? "" : alt);
        if (picture is { Width: { } width, Height: { } height })
        {
            image.SetAttribute("width", width.ToString(CultureInfo.InvariantCulture));
            image.SetAttribute("height", height.ToString(CultureInfo.InvariantCulture));
        }
        image.SetAttribute("loading", "lazy");
        return image;
    }

    private static HtmlSanitizer Build()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(
                ["a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
                "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "caption", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"], StringComparer.Ordinal),
            AllowedAttributes = new HashSet<string>(["href", "src", "alt", "lang", "dir", "start", "colspan", "rowspan", "scope"], StringComparer.Ordinal),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src"], StringComparer.Ordinal),
        })
        {
            KeepChildNodes = true,
        };
        // What stands inside these is no text of the post.
        sanitizer.RemovingTag += (_, e) =>
        {
            if (e.Tag.LocalName is "script" or "style" or "template" or "noscript" or "iframe" or "object" or "svg" or "math" or "textarea" or "select" or "title" or "xmp" or "noembed" or "noframes" or "plaintext")
            {
                e.Tag.Remove();
                e.Cancel = true;
            }
        };
        return sanitizer;
    }
}
