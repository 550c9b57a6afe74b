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
    private const int Icon = 64;
    private static readonly string[] Sources = ["data-src", "data-lazy-src", "data-original", "src"];
    private const string Boxes = "div,section,article,header,footer,aside,main,nav,address,center,details,summary";
    private const string Blocks = Boxes + ",p,ul,ol,li,dl,dt,dd,table,blockquote,pre,figure,figcaption,hr,h1,h2,h3,h4,h5,h6";
    private static readonly string[] EmojiPlaces = ["/images/core/emoji/", "/twemoji/", "/emoji.php/"];
    private static readonly HtmlSanitizer Sanitizer = Build();

    /// <param name="html">Anything.</param>
    /// <param name="base">For relative addresses; null: they are dropped.</param>
    /// <param name="simplified">True when the markup was too wild or too long, and only its words are left.</param>
    public static FeedHtml Read(string html, Uri? @base, out bool simplified)
    {
        var left = int.MaxValue;
        return Read(html, @base, ref left, out simplified);
    }

    /// <param name="html">Anything.</param>
    /// <param name="base">For relative addresses; null: they are dropped.</param>
    /// <param name="left">How many characters may still be parsed; what is parsed is taken off.</param>
    /// <param name="simplified">True when the markup was too wild or too long, and only its words are left.</param>
    /// <param name="isHead">Says of words that begin it, each in an element of its own, whether the item says them elsewhere.</param>
    public static FeedHtml Read(string html, Uri? @base, ref int left, out bool simplified, Func<string, bool>? isHead = null)
    {
        html = WithoutData(html);
        simplified = html.Length > left || !HtmlMeasure.IsReasonable(html);
        if (simplified)
            return FromText(Words(html));
        left -= html.Length;
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        var body = document.Body!;
        EmojiToText(body);
        RemoveHidden(body);
        BoxesToParagraphs(body);
        if (isHead is not null)
            RemoveHead(body, isHead);
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

    /// <summary>Text that may hold references of HTML, in the paragraphs that it is written in.</summary>
    public static FeedHtml FromLines(string text) => FromText(Paragraphed(WebUtility.HtmlDecode(text)));

    /// <summary>One line of text from a title that may be HTML.</summary>
    public static string Line(string text, bool isHtml, int longest)
    {
        if (isHtml && FeedMarkup.LooksLikeHtml(text))
        {
            if (HtmlMeasure.IsReasonable(text))
            {
                using var document = new HtmlParser().ParseDocument("<body>" + text);
                EmojiToText(document.Body!);
                text = TextOf(document.Body!);
            }
            else
                text = Words(text);
            // Escaped once more than the format wants: nobody titles a page with a reference.
            text = WebUtility.HtmlDecode(text);
        }
        // What nobody sees tells no two titles apart.
        return Cut(Spaced(string.Concat(text.Where(c => c is not ('\u00AD' or '\u200B' or '\uFEFF')))), longest);
    }

    private static string Paragraphs(string text) => string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(p => $"<p>{FeedMarkup.Escape(p).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    /// <summary>Shortened at a space, with an ellipsis.</summary>
    public static string Cut(string text, int longest)
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
            // A footnote of the text is on no other page, and here nowhere.
            if (href.StartsWith('#') || FeedLinks.Resolve(href, @base) is not { } resolved || FeedLinks.Direct(resolved).AbsoluteUri is not { } address)
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

    // Software puts pictures in the place of emoji; they are words, and no picture of the item.
    private static void EmojiToText(IHtmlElement body)
    {
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            if (image.ClassList.Contains("wp-smiley") || image.ClassList.Contains("emoji") || image.ClassList.Contains("smiley")
                || image.GetAttribute("src") is { } source && EmojiPlaces.Any(place => source.Contains(place, StringComparison.OrdinalIgnoreCase)))
                image.Replace(image.Owner!.CreateTextNode(image.GetAttribute("alt") ?? ""));
        }
    }

    // The line that newsletters show in a list of mails, and nowhere else.
    private static void RemoveHidden(IHtmlElement body)
    {
        foreach (var element in body.QuerySelectorAll("[style]").ToList())
        {
            var style = string.Concat(element.GetAttribute("style")!.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
            if (style.Contains("display:none", StringComparison.Ordinal) && (style.Contains("mso-hide:all", StringComparison.Ordinal) || style.Contains("max-height:0", StringComparison.Ordinal) || style.Contains("font-size:0", StringComparison.Ordinal) || style.Contains("opacity:0", StringComparison.Ordinal)))
                element.Remove();
        }
    }

    // Editors write each line as a box; what stays of the text has paragraphs, and two lines are no one word.
    private static void BoxesToParagraphs(IHtmlElement body)
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

    private static void RemoveHead(IHtmlElement body, Func<string, bool> isHead)
    {
        while (body.ChildNodes.FirstOrDefault(node => node is IElement || (node is IText text && !string.IsNullOrWhiteSpace(text.Data))) is IElement { LocalName: "span" } lead && isHead(Spaced(lead.TextContent)))
            lead.Remove();
    }

    private static List<PictureDraft> TakePictures(IHtmlElement body, Uri? @base)
    {
        List<PictureDraft> pictures = [];
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            // Scripts load the real picture later: its address waits in an attribute of theirs.
            var source = Sources.Select(image.GetAttribute).FirstOrDefault(s => !string.IsNullOrWhiteSpace(s) && !s.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                ?? Largest(image.GetAttribute("data-srcset") ?? image.GetAttribute("srcset"));
            var (width, height) = (Size(image, "width"), Size(image, "height"));
            var address = FeedLinks.Resolve(source, @base)?.AbsoluteUri;
            // A picture of one pixel counts readers.
            if (address is null || width is <= 2 || height is <= 2)
            {
                image.Remove();
                continue;
            }
            image.SetAttribute("src", address);
            // An icon, such as a file's beside its link, is no picture of what the item tells.
            var isIcon = width is <= Icon && height is <= Icon || new Uri(address).AbsolutePath.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
            if (!isIcon && pictures.Count < MostPictures && !pictures.Exists(p => p.Address == address))
                pictures.Add(new PictureDraft(address, image.GetAttribute("alt")?.Trim() is { Length: > 0 } alt ? Cut(alt, 2000) : null, width, height));
        }
        return pictures;
    }

    // The last candidate is the largest by custom.
    private static string? Largest(string? candidates) =>
        candidates?.Split([", ", ",\n"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()?.Split(' ')[0] is { } last && !last.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? last : null;

    private static int? Size(IElement image, string name) =>
        int.TryParse((image.GetAttribute(name) ?? Styled(image.GetAttribute("style"), name))?.Replace("px", "", StringComparison.OrdinalIgnoreCase), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    // Newsletters hide their counters by style.
    private static string? Styled(string? style, string name) => style?.Split(';').Select(one => one.Split(':'))
        .Where(one => one.Length == 2 && one[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => one[1].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim()).FirstOrDefault();

    private static string TextOf(INode body)
    {
        var text = new StringBuilder();
        Append(body, text);
        return Paragraphed(text.ToString());
    }

    private static string Paragraphed(string text)
    {
        var lines = text.Split('\n').Select(Spaced);
        return string.Join('\n', string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim('\n')).Where(p => p.Length > 0).SelectMany((p, i) => i == 0 ? new[] { p } : ["", p]));
    }

    // Any white space is one space, and none at the ends. One that may not break stays where French typography has it; editors put it anywhere.
    private static string Spaced(string line)
    {
        var result = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (!char.IsWhiteSpace(line[i]))
            {
                result.Append(line[i]);
                continue;
            }
            var (start, space) = (i, ' ');
            for (; i < line.Length && char.IsWhiteSpace(line[i]); i++)
                space = line[i] is '\u00A0' or '\u202F' ? line[i] : space;
            if (start == 0 || i == line.Length)
            {
                i--;
                continue;
            }
            var isMeant = line[i] is ':' or ';' or '!' or '?' or '»' or '%' or '€' || line[start - 1] is '«' || char.IsDigit(line[start - 1]);
            result.Append(isMeant ? space : ' ');
            i--;
        }
        return result.ToString();
    }

    private static void Append(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
                text.Append(words.Data.ReplaceLineEndings(" "));
            else if (child is IElement element && !IsSilent(element.LocalName))
            {
                var gap = Gap(element.LocalName);
                text.Append(gap);
                Append(element, text);
                text.Append(element.LocalName == "br" ? "" : gap);
            }
        }
    }

    private static string Gap(string name) => name switch
    {
        "br" or "li" or "tr" or "dt" or "dd" => "\n",
        "p" or "div" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre" or "figure" or "figcaption" or "section" or "article" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr"
            or "header" or "footer" or "aside" or "main" or "nav" or "address" or "center" or "details" or "summary" or "form" => "\n\n",
        "td" or "th" => " ",
        _ => "",
    };

    private static bool IsSilent(string name) => name is "script" or "style" or "template" or "noscript" or "iframe" or "object" or "svg" or "math" or "textarea" or "select" or "button" or "title" or "xmp" or "noembed" or "noframes" or "plaintext";

    /// <summary>The words between tags in one pass, without a parser.</summary>
    private static string Words(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, Longest * 4));
        for (var i = 0; i < html.Length && text.Length < Longest * 2;)
        {
            var less = html.IndexOf('<', i);
            var end = less < 0 ? html.Length : less;
            text.Append(html[i..Math.Min(end, i + (Longest * 2))].Replace('\n', ' '));
            i = less < 0 ? html.Length : AfterTag(html, less, text);
        }
        return Paragraphed(WebUtility.HtmlDecode(text.ToString()));
    }

    private static int AfterTag(string html, int less, StringBuilder text)
    {
        if (string.CompareOrdinal(html, less, "<!--", 0, 4) == 0)
            return html.IndexOf("-->", less, StringComparison.Ordinal) is >= 0 and var closed ? closed + 3 : html.Length;
        var isEnd = less + 1 < html.Length && html[less + 1] == '/';
        var start = isEnd ? less + 2 : less + 1;
        var nameEnd = start;
        while (nameEnd < html.Length && nameEnd - start < 20 && char.IsAsciiLetterOrDigit(html[nameEnd]))
            nameEnd++;
        if (nameEnd == start && !(start < html.Length && html[start] is '!' or '?'))
        {
            text.Append('<');
            return less + 1;
        }
        var name = html[start..nameEnd].ToLowerInvariant();
        text.Append(Gap(name));
        // What such an element holds is no text, and one without an end has the rest.
        if (!isEnd && IsSilent(name))
            return html.IndexOf("</" + name, nameEnd, StringComparison.OrdinalIgnoreCase) is >= 0 and var over ? over : html.Length;
        for (var i = nameEnd; i < html.Length; i++)
        {
            if (html[i] == '>')
                return i + 1;
            // A value in quotes may hold any sign.
            if (html[i] is '"' or '\'' && html.AsSpan(0, i).TrimEnd() is [.., '='] && html.IndexOf(html[i], i + 1) is >= 0 and var quoted)
                i = quoted;
        }
        return html.Length;
    }

    /// <summary>Pictures that are written into the text itself are never shown; they are long.</summary>
    private static string WithoutData(string html)
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
