using System.Runtime.InteropServices;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SocialHub.Moderation.Rules;

namespace SocialHub.Moderation.Markup;

/// <summary>The links of a comment that readers see by a text of their own ("[here](https://...)"), as the page will show them.</summary>
internal static class LabelledLinks
{
    /// <summary>Those that lead to an address; none in a text that is too long to be read as Markdown.</summary>
    public static IReadOnlyList<LabelledLink> In(string text)
    {
        // Every such link has a label that ends so, its definition included.
        if (text.Length > CommentMarkup.LongestMarkdown || !text.Contains(']', StringComparison.Ordinal)) return [];
        var read = CommentMarkup.WellFormed(text);
        try
        {
            var document = Markdown.Parse(read, SmallMarkdown.Located);
            List<LabelledLink> links = [];
            foreach (var link in document.Descendants<LinkInline>())
            {
                if (link.IsImage || link.IsAutoLink || link.Url is not { } url || HostOf(url) is not { } host) continue;
                // What was dropped from the text moved all places.
                var (start, end) = read.Length == text.Length && link.Span is { Start: >= 0 } span && span.End < text.Length ? (span.Start, span.End + 1) : (0, text.Length);
                links.Add(new(Label(link), url, host, start, end));
            }

            return links;
        }
        catch (ArgumentException)
        {
            // Nested too deeply for Markdig: shown as plain paragraphs, without links.
            return [];
        }
    }

    private static string? HostOf(string url)
    {
        if (url.StartsWith("//", StringComparison.Ordinal)) url = "https:" + url;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) ? LinkFinder.AsciiHost(address.Host) : null;
    }

    private static string Label(LinkInline link)
    {
        var label = new StringBuilder();
        foreach (var inline in link.Descendants<Inline>())
        {
            if (inline is LiteralInline literal) label.Append(literal.Content.AsSpan());
            else if (inline is CodeInline code) label.Append(code.Content);
            else if (inline is LineBreakInline) label.Append(' ');
        }

        return label.ToString();
    }
}

/// <summary>A link with a text of its own.</summary>
/// <param name="Label">What readers see.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Host">The host of that, ASCII.</param>
/// <param name="Start">First character of it in the text.</param>
/// <param name="End">One past the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LabelledLink(string Label, string Address, string Host, int Start, int End);
