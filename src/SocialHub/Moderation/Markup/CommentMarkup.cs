using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SocialHub.Moderation.Rules;

namespace SocialHub.Moderation.Markup;

/// <summary>
/// The small Markdown of comments: paragraphs, line breaks, emphasis, lists, quotes, inline code and links; no HTML, no pictures, no headings.
/// Markdig writes it, HtmlSanitizer checks what it wrote against an allow-list. Any string renders; safe for use by many threads.
/// </summary>
public static class CommentMarkup
{
    /// <summary>HTML above this many characters is replaced by plain paragraphs: an entity of a table holds 32,000.</summary>
    public const int LongestHtml = 30_000;

    /// <summary>Longer texts are not parsed as Markdown at all.</summary>
    public const int LongestMarkdown = 8_000;

    /// <summary>HTML that holds no active content, whatever the text.</summary>
    public static string Render(string text)
    {
        text = WellFormed(text);
        if (text.Length > LongestMarkdown) return PlainParagraphs.Write(text);
        string html;
        try
        {
            var document = Markdown.Parse(text, SmallMarkdown.Pipeline);
            OnlyLinksThatRulesSee(document, text);
            html = document.ToHtml(SmallMarkdown.Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig refuses elements nested deeper than 128 (its guard against stack overflow).
            return PlainParagraphs.Write(text);
        }

        if (html.Length > LongestHtml) return PlainParagraphs.Write(text);
        html = MarkupSanitizer.Clean(html);
        return html.Length > LongestHtml ? PlainParagraphs.Write(text) : html;
    }

    // Markdown reads escapes ("https\://") where the rules read what is written. Readers can only follow what was judged: any other link stays text.
    private static void OnlyLinksThatRulesSee(MarkdownDocument document, string text)
    {
        IReadOnlySet<string>? seen = null;
        foreach (var inline in document.Descendants<Inline>())
        {
            if (inline is LinkInline link && !IsSeen(link.Url)) link.Url = "";
            if (inline is AutolinkInline auto && !IsSeen(auto.Url)) auto.Url = "";
        }

        bool IsSeen(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && LinkFinder.AsciiHost(address.Host) is { } host && (seen ??= LinkFinder.Hosts(text)).Contains(host);
    }

    /// <summary>The same without lone surrogates, which cannot be encoded in UTF-8, and without NUL and other controls, which have no place in a page; itself where it has none.</summary>
    internal static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '\uD7FF')) return text;
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || !System.Text.Rune.IsControl(rune)) result.Append(rune.ToString());
        }

        return result.ToString();
    }
}
