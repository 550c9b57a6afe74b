using System.Net;
using System.Text;
using AngleSharp.Dom;

namespace SocialHub.Connections.Web;

/// <summary>The words of HTML.</summary>
internal static class HtmlWords
{
    /// <summary>The words of a document, paragraphs apart.</summary>
    public static string Of(INode body)
    {
        var text = new StringBuilder();
        Append(body, text);
        return Paragraphed(text.ToString());
    }

    /// <summary>Lines without spaces that nobody sees, one empty line between paragraphs.</summary>
    public static string Paragraphed(string text)
    {
        var lines = text.Split('\n').Select(Spaced);
        return string.Join('\n', string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim('\n')).Where(p => p.Length > 0).SelectMany((p, i) => i == 0 ? new[] { p } : ["", p]));
    }

    /// <summary>Any white space as one space, and none at the ends. One that may not break stays where French typography has it; editors put it anywhere.</summary>
    public static string Spaced(string line)
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

    /// <summary>True for an element that holds no words of the text.</summary>
    public static bool IsSilent(string name) => name is "script" or "style" or "template" or "noscript" or "iframe" or "object" or "svg" or "math" or "textarea" or "select" or "video" or "audio" or "canvas" or "title" or "xmp" or "noembed" or "noframes" or "plaintext";

    /// <summary>The words between tags in one pass, without a parser: for markup too long or too wild for one.</summary>
    /// <param name="html">Anything.</param>
    /// <param name="most">About how many characters are enough.</param>
    public static string Of(string html, int most)
    {
        var text = new StringBuilder(Math.Min(html.Length, most * 2));
        for (var i = 0; i < html.Length && text.Length < most;)
        {
            var less = html.IndexOf('<', i);
            var end = less < 0 ? html.Length : less;
            text.Append(html[i..Math.Min(end, i + most)].Replace('\n', ' '));
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
        // Thousands of empty boxes are one gap.
        if (!(text.Length > 1 && text[^1] == '\n' && text[^2] == '\n'))
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
}
