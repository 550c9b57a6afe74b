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
        html = SiteHabits.WithoutData(html);
        simplified = html.Length > left || !HtmlMeasure.IsReasonable(html);
        if (simplified)
            return FromText(HtmlWords.Of(html, Longest * 2));
        left -= html.Length;
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        var body = document.Body!;
        SiteHabits.EmojiToText(body);
        SiteHabits.RemoveHidden(body);
        SiteHabits.RemoveFormButtons(body);
        if (isHead is not null)
            SiteHabits.RemoveHead(body, isHead);
        var links = TakeLinks(body, @base);
        var pictures = TakePictures(body, @base);
        SiteHabits.BoxesToParagraphs(body);
        Sanitizer.SanitizeDom(document, body);
        var clean = body.InnerHtml.Trim();
        var text = HtmlWords.Of(body);
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
    public static FeedHtml FromLines(string text) => FromText(HtmlWords.Paragraphed(WebUtility.HtmlDecode(text)));

    /// <summary>One line of text from a title that may be HTML.</summary>
    public static string Line(string text, bool isHtml, int longest)
    {
        if (isHtml && FeedMarkup.LooksLikeHtml(text))
        {
            if (HtmlMeasure.IsReasonable(text))
            {
                using var document = new HtmlParser().ParseDocument("<body>" + text);
                SiteHabits.EmojiToText(document.Body!);
                text = HtmlWords.Of(document.Body!);
            }
            else
                text = HtmlWords.Of(text, Longest * 2);
            // Escaped once more than the format wants: nobody titles a page with a reference.
            text = WebUtility.HtmlDecode(text);
        }
        // What nobody sees tells no two titles apart.
        return Cut(HtmlWords.Spaced(string.Concat(text.Where(c => c is not ('\u00AD' or '\u200B' or '\uFEFF')))), longest);
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

    private static List<PictureDraft> TakePictures(IHtmlElement body, Uri? @base)
    {
        List<PictureDraft> pictures = [];
        // Beside what a script loads, the same picture for those without one.
        var isTwice = body.QuerySelector("noscript img") is not null;
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            // Scripts load the real picture later: its address waits in an attribute of theirs.
            var source = Sources.Select(image.GetAttribute).FirstOrDefault(s => !string.IsNullOrWhiteSpace(s) && !s.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                ?? (isTwice ? null : Largest(image.GetAttribute("data-srcset") ?? image.GetAttribute("srcset")));
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
            if (!HtmlWords.IsSilent(e.Tag.LocalName))
                return;
            e.Tag.Remove();
            e.Cancel = true;
        };
        return sanitizer;
    }
}
