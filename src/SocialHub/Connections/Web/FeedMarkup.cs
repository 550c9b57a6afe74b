using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace SocialHub.Connections.Web;

/// <summary>The text of an element that may hold plain text, escaped HTML, or elements.</summary>
internal static class FeedMarkup
{
    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"], StringComparer.Ordinal);

    public static (string Text, BodyKind Kind) Content(FeedElement element)
    {
        if (element.Elements.Any())
            return (Serialise(element), BodyKind.Html);
        var text = element.Text;
        if (element.Attribute("mode") == "base64" || element.Attribute("encoding") == "base64")
            text = Base64(text);
        // A template that escaped the section with what it holds.
        if (text.AsSpan().TrimStart().StartsWith("<![CDATA["))
            text = text[(text.IndexOf('[', StringComparison.Ordinal) + 7)..].Replace("]]>", "", StringComparison.Ordinal);
        // RSS knows no types; in Atom a missing one means plain text, which is believed where nothing looks like a tag.
        var type = element.Attribute("type")?.Trim().ToLowerInvariant();
        var isPlain = type switch
        {
            "text" or "text/plain" => element.Attribute("mode") != "escaped" || type == "text/plain",
            "html" or "text/html" or "xhtml" or "application/xhtml+xml" => false,
            _ => element.Name.StartsWith("atom:", StringComparison.Ordinal) && !HasTag(text),
        };
        return (text, isPlain ? BodyKind.Plain : BodyKind.Html);
    }

    /// <summary>True when a tag that HTML has, or a reference, stands in it.</summary>
    public static bool LooksLikeHtml(string text)
    {
        if (HasTag(text))
            return true;
        for (var i = text.IndexOf('&', StringComparison.Ordinal); i >= 0; i = text.IndexOf('&', i + 1))
        {
            var end = text.IndexOf(';', i, Math.Min(32, text.Length - i));
            if (end > i + 1 && WebUtility.HtmlDecode(text[i..(end + 1)]).Length < end + 1 - i)
                return true;
        }
        return false;
    }

    /// <summary>True when a tag that HTML has stands in it.</summary>
    public static bool HasTag(string text)
    {
        for (var i = text.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf('<', i + 1))
        {
            var start = text[i + 1] == '/' ? i + 2 : i + 1;
            var end = start;
            while (end < text.Length && end - start < 12 && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (end > start && end < text.Length && text[end] is '>' or '/' or ' ' or '\n' && IsHtmlElement(text[start..end].ToLowerInvariant()))
                return true;
        }
        return false;
    }

    private static bool IsHtmlElement(string name) => name is "a" or "abbr" or "applet" or "article" or "blink" or "embed" or "form" or "frame" or "frameset" or "link" or "meta" or "object" or "script" or "style" or "b" or "big" or "blockquote" or "br" or "center" or "cite" or "code" or "dd" or "del" or "div" or "dl" or "dt" or "em"
        or "figcaption" or "figure" or "font" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" or "i" or "iframe" or "img" or "ins" or "li" or "mark" or "ol" or "p" or "pre" or "q" or "s" or "section"
        or "small" or "span" or "strike" or "strong" or "sub" or "sup" or "table" or "tbody" or "td" or "th" or "tr" or "tt" or "u" or "ul" or "video";

    private static string Serialise(FeedElement element)
    {
        var html = new StringBuilder();
        Append(element, html);
        return html.ToString();
    }

    private static void Append(FeedElement element, StringBuilder html)
    {
        foreach (var child in element.Children)
        {
            if (child is string text)
            {
                html.Append(Escape(text));
                continue;
            }
            var inner = (FeedElement)child;
            var name = inner.Name[(inner.Name.IndexOf(':', StringComparison.Ordinal) + 1)..];
            html.Append('<').Append(name);
            foreach (var (key, value) in inner.Attributes)
            {
                if (key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
                    html.Append(' ').Append(key).Append("=\"").Append(Escape(value)).Append('"');
            }
            html.Append('>');
            Append(inner, html);
            if (!Void.Contains(name))
                html.Append("</").Append(name).Append('>');
        }
    }

    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Base64(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
