using System.Net;
using System.Text;

namespace SocialHub.Comments.Pages;

/// <summary>
/// What a page says of itself: its title, and whether it takes comments. Read tag by tag and never as a tree: HTML's own rules make a tree of n bytes that
/// has n² elements or no end of depth, and visitors of a site may be able to write into its pages. One pass, and nothing is kept but what is looked for.
/// </summary>
/// <param name="Takes">It carries the element, or the word in its head.</param>
/// <param name="Title">Its title on one line; null when it has none.</param>
internal sealed record PageMarks(bool Takes, string? Title)
{
    private const int LongestTitle = 200;

    // A title that is longer, in white space for instance, is no title.
    private const int LongestRead = 10_000;

    // The meta element holds words, by spaces or commas as in "robots": no-comments is another word than comments.
    private static readonly char[] Separators = [' ', '\t', '\n', '\r', '\f', ',', ';'];

    // Between their tags stands text, whatever it looks like (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead).
    private static readonly string[] TextElements = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>Bytes to text: a byte order mark, else UTF-8, else what old pages are written in.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return Encoding.UTF8.GetString(bytes[3..]);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes[2..]);
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        // What did not fit may have been cut within a character.
        var whole = bytes.Length;
        for (var back = 1; back <= Math.Min(3, bytes.Length) && whole == bytes.Length; back++)
        {
            if (bytes[^back] >= 0xC0)
                whole = bytes.Length - back;
        }

        try
        {
            return Strict.GetString(bytes[..whole]) + Encoding.UTF8.GetString(bytes[whole..]).TrimEnd('\uFFFD');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="html">Anything.</param>
    public static PageMarks Read(string html)
    {
        var takes = false;
        string? title = null;
        string? shared = null;
        // What stands in a template is not on the page, and drawings have titles of their own.
        var (templates, drawings) = (0, 0);
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0; i = i < html.Length ? html.IndexOf('<', i) : -1)
        {
            var tag = new Tag(html, i);
            i = tag.End;
            if (tag.Name.Length == 0)
                continue;
            var step = tag.IsClosing ? -1 : 1;
            if (tag.Is("template"))
                templates = Math.Max(0, templates + step);
            if (tag.Is("svg") && !tag.IsEmpty)
                drawings = Math.Max(0, drawings + step);
            if (tag.IsClosing)
                continue;
            if (templates == 0 && tag.Is(PageOpening.Element))
                takes = true;
            if (templates == 0 && tag.Is("meta"))
            {
                takes |= string.Equals(tag.Value("name"), PageOpening.Meta, StringComparison.OrdinalIgnoreCase)
                    && (tag.Value("content") ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Contains("comments", StringComparer.OrdinalIgnoreCase);
                if (shared is null && tag.Value("property") == "og:title")
                    shared = tag.Value("content");
            }

            if (tag.Is("plaintext"))
                break;
            if (Array.Find(TextElements, tag.Is) is not { } name || (drawings > 0 && tag.IsEmpty))
                continue;
            i = EndOf(html, i, name);
            if (title is null && drawings == 0 && templates == 0 && name == "title")
                title = WebUtility.HtmlDecode(html[tag.End..Math.Min(i, tag.End + LongestRead)]);
        }

        return new PageMarks(takes, OneLine(shared ?? title));
    }

    // Where the text of such an element ends: before its end tag, or with the page.
    private static int EndOf(string html, int from, string name)
    {
        for (var i = html.IndexOf("</", from, StringComparison.Ordinal); i >= 0; i = html.IndexOf("</", i + 2, StringComparison.Ordinal))
        {
            var after = i + 2 + name.Length;
            if (string.Compare(html, i + 2, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && (after >= html.Length || html[after] is '>' or '/' || char.IsWhiteSpace(html[after])))
                return i;
        }

        return html.Length;
    }

    private static string? OneLine(string? title)
    {
        var line = string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
            return null;
        return line.Length <= LongestTitle ? line : Moderation.Text.Graphemes.Cut(line, LongestTitle);
    }

    /// <summary>One tag, or what only begins as one and has no name: a comment, a declaration, a stray sign.</summary>
    private readonly struct Tag
    {
        private readonly string _html;
        private readonly int _attributes;

        public Tag(string html, int at)
        {
            _html = html;
            (Name, End) = ("", Math.Min(at + 1, html.Length));
            var start = at + 1;
            if (start < html.Length && html[start] is '!' or '?')
            {
                End = Behind(html, start);
                return;
            }

            IsClosing = start < html.Length && html[start] == '/';
            start += IsClosing ? 1 : 0;
            if (start >= html.Length || !char.IsAsciiLetter(html[start]))
                return;
            var end = start;
            while (end < html.Length && html[end] is not ('/' or '>') && !char.IsWhiteSpace(html[end]))
                end++;
            Name = html.AsSpan(start, Math.Min(end - start, 20)).ToString();
            _attributes = end;
            while (Next(html, ref end, out _, out _))
            {
                // Only how far they reach.
            }

            IsEmpty = end > 0 && end <= html.Length && html[end - 1] == '/';
            End = Math.Min(end + 1, html.Length);
        }

        public string Name { get; }

        public bool IsClosing { get; }

        /// <summary>It ends with a slash, which means something in drawings only.</summary>
        public bool IsEmpty { get; }

        /// <summary>Where the text behind it begins.</summary>
        public int End { get; }

        public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

        /// <summary>The first attribute of that name, decoded; null: none.</summary>
        public string? Value(string attribute)
        {
            for (var i = _attributes; Next(_html, ref i, out var name, out var value);)
            {
                if (_html.AsSpan()[name].Equals(attribute, StringComparison.OrdinalIgnoreCase))
                    return WebUtility.HtmlDecode(_html[value]);
            }

            return null;
        }

        // https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state; false at the end of the tag, where i then is.
        private static bool Next(string html, ref int i, out Range name, out Range value)
        {
            (name, value) = (default, default);
            while (i < html.Length && (html[i] == '/' || char.IsWhiteSpace(html[i])))
                i++;
            if (i >= html.Length || html[i] == '>')
                return false;
            var start = i++;
            while (i < html.Length && html[i] is not ('/' or '>' or '=') && !char.IsWhiteSpace(html[i]))
                i++;
            name = start..i;
            while (i < html.Length && char.IsWhiteSpace(html[i]))
                i++;
            if (i >= html.Length || html[i] != '=')
                return true;
            i++;
            while (i < html.Length && char.IsWhiteSpace(html[i]))
                i++;
            if (i < html.Length && html[i] is '"' or '\'')
            {
                var close = html.IndexOf(html[i], i + 1);
                value = (i + 1)..(close < 0 ? html.Length : close);
                i = close < 0 ? html.Length : close + 1;
                return true;
            }

            start = i;
            while (i < html.Length && html[i] != '>' && !char.IsWhiteSpace(html[i]))
                i++;
            value = start..i;
            return true;
        }

        private static int Behind(string html, int mark)
        {
            if (string.CompareOrdinal(html, mark, "!--", 0, 3) != 0)
                return html.IndexOf('>', mark) is >= 0 and var more ? more + 1 : html.Length;
            // <!--> and <!---> are whole comments.
            if (mark + 3 < html.Length && html[mark + 3] == '>')
                return mark + 4;
            for (var i = html.IndexOf("--", mark + 2, StringComparison.Ordinal); i >= 0; i = html.IndexOf("--", i + 1, StringComparison.Ordinal))
            {
                if (string.CompareOrdinal(html, i + 2, ">", 0, 1) == 0)
                    return i + 3;
                if (string.CompareOrdinal(html, i + 2, "!>", 0, 2) == 0)
                    return i + 4;
            }

            return html.Length;
        }
    }
}
