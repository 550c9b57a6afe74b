using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace SocialHub.Connections.Web;

/// <summary>What HTML from outside says, once nothing in it can act: the text of posts of every network passes here.</summary>
/// <param name="Html">At most <see cref="Longest"/> characters; addresses absolute, of http, https or mailto.</param>
/// <param name="Text">The same in words, paragraphs apart.</param>
/// <param name="Links">Pages it links to, each once.</param>
/// <param name="Pictures">Its images, in order; addresses absolute.</param>
internal sealed record FeedHtml(string Html, string Text, IReadOnlyList<string> Links, IReadOnlyList<PictureDraft> Pictures)
{
    public const int Longest = 30_000;

    private const int MostLinks = 50;
    private const int MostPictures = 8;
    private static readonly string[] Sources = ["data-src", "data-lazy-src", "data-original", "src"];
    private static readonly HtmlSanitizer Sanitizer = Build();

    /// <param name="html">Anything.</param>
    /// <param name="base">For relative addresses; null: they are dropped.</param>
    /// <param name="simplified">True when the markup was too wild or too long, and only its words are left.</param>
    public static FeedHtml Read(string html, Uri? @base, out bool simplified)
    {
        simplified = !HtmlMeasure.IsReasonable(html);
        if (simplified)
            return FromText(Words(html));
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        var body = document.Body!;
        var links = TakeLinks(body, @base);
        var pictures = TakePictures(body, @base);
        Sanitizer.SanitizeDom(document, body);
        var clean = body.InnerHtml.Trim();
        var text = TextOf(body);
        if (clean.Length <= Longest)
            return new FeedHtml(clean, Cut(text, Longest), links, pictures);
        simplified = true;
        return FromText(text) with { Links = links, Pictures = pictures };
    }

    /// <summary>Plain text: paragraphs at empty lines, line breaks kept.</summary>
    public static FeedHtml FromText(string text)
    {
        var cut = Cut(text.Trim(), Longest);
        var html = Paragraphs(cut);
        // Escaping makes text longer; what still fits is found by halves.
        for (var length = cut.Length; html.Length > Longest; html = Paragraphs(cut))
            cut = Cut(cut, length = length * 3 / 4);
        return new FeedHtml(html, cut, [], []);
    }

    /// <summary>One line of text from a title that may be HTML.</summary>
    public static string Line(string text, bool isHtml, int longest)
    {
        if (isHtml && FeedMarkup.LooksLikeHtml(text))
        {
            if (HtmlMeasure.IsReasonable(text))
            {
                using var document = new HtmlParser().ParseDocument("<body>" + text);
                text = TextOf(document.Body!);
            }
            else
                text = Words(text);
        }
        return Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), longest);
    }

    private static string Paragraphs(string text) => string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(p => $"<p>{FeedMarkup.Escape(p).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = text.LastIndexOf(' ', longest - 2, Math.Min(200, longest - 2));
        if (end <= 0)
            end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static List<string> TakeLinks(IHtmlElement body, Uri? @base)
    {
        List<string> links = [];
        foreach (var anchor in body.QuerySelectorAll("a[href]"))
        {
            var href = anchor.GetAttribute("href")!.Trim();
            if (href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
                continue;
            if (FeedLinks.Resolve(href, @base)?.AbsoluteUri is not { } address)
            {
                anchor.RemoveAttribute("href");
                continue;
            }
            anchor.SetAttribute("href", address);
            if (links.Count < MostLinks && !links.Contains(address, StringComparer.Ordinal))
                links.Add(address);
        }
        return links;
    }

    private static List<PictureDraft> TakePictures(IHtmlElement body, Uri? @base)
    {
        List<PictureDraft> pictures = [];
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            // Scripts load the real picture later: its address waits in an attribute of theirs.
            var source = Sources.Select(image.GetAttribute).FirstOrDefault(s => !string.IsNullOrWhiteSpace(s) && !s.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase));
            var (width, height) = (Size(image, "width"), Size(image, "height"));
            var address = FeedLinks.Resolve(source, @base)?.AbsoluteUri;
            // A picture of one pixel counts readers.
            if (address is null || width is <= 2 || height is <= 2)
            {
                image.Remove();
                continue;
            }
            image.SetAttribute("src", address);
            if (pictures.Count < MostPictures && !pictures.Exists(p => p.Address == address))
                pictures.Add(new PictureDraft(address, image.GetAttribute("alt")?.Trim() is { Length: > 0 } alt ? Cut(alt, 2000) : null, width, height));
        }
        return pictures;
    }

    private static int? Size(IElement image, string name) =>
        int.TryParse(image.GetAttribute(name)?.Replace("px", "", StringComparison.OrdinalIgnoreCase), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static string TextOf(INode body)
    {
        var text = new StringBuilder();
        Append(body, text);
        var lines = text.ToString().Split('\n').Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return string.Join('\n', string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim('\n')).Where(p => p.Length > 0).SelectMany((p, i) => i == 0 ? new[] { p } : ["", p]));
    }

    private static void Append(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
                text.Append(words.Data.ReplaceLineEndings(" "));
            else if (child is IElement element && !IsSilent(element.LocalName))
            {
                var gap = element.LocalName switch
                {
                    "br" or "li" or "tr" or "dt" or "dd" => "\n",
                    "p" or "div" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre" or "figure" or "figcaption" or "section" or "article" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" => "\n\n",
                    "td" or "th" => " ",
                    _ => "",
                };
                text.Append(gap);
                Append(element, text);
                text.Append(element.LocalName == "br" ? "" : gap);
            }
        }
    }

    private static bool IsSilent(string name) => name is "script" or "style" or "template" or "noscript" or "iframe" or "object" or "svg" or "math" or "textarea" or "select" or "title" or "xmp" or "noembed" or "noframes" or "plaintext";

    /// <summary>The words between tags, without a parser.</summary>
    private static string Words(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, Longest * 4));
        for (var i = 0; i < html.Length && text.Length < Longest * 2;)
        {
            var less = html.IndexOf('<', i);
            var end = less < 0 ? html.Length : less;
            text.Append(html, i, Math.Min(end - i, Longest * 2));
            if (less < 0)
                break;
            var more = html.IndexOf('>', less);
            text.Append(' ');
            i = more < 0 ? html.Length : more + 1;
        }
        return WebUtility.HtmlDecode(text.ToString());
    }

    private static HtmlSanitizer Build()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(
                ["a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
                "li", "mark", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"], StringComparer.Ordinal),
            AllowedAttributes = new HashSet<string>(["href", "src", "alt", "width", "height", "lang", "dir", "start", "colspan", "rowspan", "scope"], StringComparer.Ordinal),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src"], StringComparer.Ordinal),
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.RemovingTag += (_, e) =>
        {
            if (!IsSilent(e.Tag.LocalName))
                return;
            e.Tag.Remove();
            e.Cancel = true;
        };
        return sanitizer;
    }
}
