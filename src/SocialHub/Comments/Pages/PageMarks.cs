using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

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

    // In bytes: a page says its encoding that early (https://html.spec.whatwg.org/multipage/semantics.html#charset).
    private const int Declared = 1024;

    // The meta element holds words, by spaces or commas as in "robots": no-comments is another word than comments.
    private static readonly char[] Separators = [' ', '\t', '\n', '\r', '\f', ',', ';'];

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
        // One broken character does not make another encoding of a page that says which one it is in.
        catch (DecoderFallbackException) when (Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Declared)]).Contains("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetString(bytes);
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
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true, SkipScriptText = true, SkipRawText = true, SkipPlaintext = true, ShouldEmitAttribute = IsLookedAt };
        var takes = false;
        StringBuilder? title = null;
        string? shared = null;
        // What stands in a template is not on the page, and drawings have titles of their own.
        var (templates, drawings) = (0, 0);
        var isTitle = false;
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            isTitle &= token.Type == HtmlTokenType.Character;
            if (isTitle && title!.Length < LongestRead)
                title.Append(token.Data.AsSpan(0, Math.Min(token.Data.Length, LongestRead - title.Length)));
            if (token is not HtmlTagToken tag)
                continue;
            var isStart = tag.Type == HtmlTokenType.StartTag;
            if (tag.Name == "template")
                templates = Math.Max(0, templates + (isStart ? 1 : -1));
            if (tag.Name == "svg" && !tag.IsSelfClosing)
                drawings = Math.Max(0, drawings + (isStart ? 1 : -1));
            if (!isStart)
                continue;
            takes |= templates == 0 && (tag.Name == PageOpening.Element || (tag.Name == "meta" && IsWord(tag)));
            if (templates == 0 && tag.Name == "meta" && tag.GetAttribute("property") == "og:title")
                shared ??= tag.GetAttribute("content");
            // In a drawing a slash ends an element; elsewhere it says nothing.
            if (drawings == 0 || !tag.IsSelfClosing)
                tokenizer.State = ModeWithin(tag.Name);
            if (title is null && tag.Name == "title" && drawings == 0 && templates == 0)
                (title, isTitle) = (new StringBuilder(), true);
        }

        return new PageMarks(takes, OneLine(string.IsNullOrEmpty(shared) ? title?.ToString() : shared));
    }

    // Without this a tag of a hundred thousand attributes costs the square of them.
    private static bool IsLookedAt(ref StructHtmlToken tag, ReadOnlyMemory<char> name) =>
        name.Span is "name" or "content" or "property";

    private static bool IsWord(HtmlTagToken meta) =>
        string.Equals(meta.GetAttribute("name"), PageOpening.Meta, StringComparison.OrdinalIgnoreCase)
        && (meta.GetAttribute("content") ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Contains("comments", StringComparer.OrdinalIgnoreCase);

    // How the text behind such a tag is read is the tree's to say (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead), and there is none.
    private static HtmlParseMode ModeWithin(string name) => name switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private static string? OneLine(string? title)
    {
        var line = string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
            return null;
        return line.Length <= LongestTitle ? line : Moderation.Text.Graphemes.Cut(line, LongestTitle);
    }
}
