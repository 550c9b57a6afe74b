namespace SocialHub.Connections.Web;

/// <summary>
/// Whether a piece of HTML may be given to a real parser. HTML's own rules make a document of n bytes into one of n² elements (unclosed formatting is opened
/// again in each block) or nest it deeper than a stack; nobody writes such text by hand.
/// </summary>
internal static class HtmlMeasure
{
    private const int Longest = 150_000;
    private const int Deepest = 150;
    private const int MostReopened = 50_000;
    private const int MostAttributes = 100;

    public static bool IsReasonable(string html)
    {
        if (html.Length > Longest)
            return false;
        var (depth, deepest, formatting, mostFormatting, tags, scanned) = (0, 0, 0, 0, 0, 0);
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < html.Length; i = html.IndexOf('<', i + 1))
        {
            var isEnd = html[i + 1] == '/';
            var start = isEnd ? i + 2 : i + 1;
            var end = start;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
                end++;
            if (end == start)
                continue;
            var name = html.AsSpan(start, end - start);
            tags++;
            // Each letter is looked at once. A quote may be no value's, so what it seems to hold counts as tags all the same.
            if (end >= scanned)
            {
                scanned = TagEnd(html, end, out var attributes);
                if (attributes > MostAttributes)
                    return false;
            }
            if (IsVoid(name))
                continue;
            var step = isEnd ? -1 : 1;
            depth = Math.Max(0, depth + step);
            deepest = Math.Max(deepest, depth);
            if (IsFormatting(name))
            {
                formatting = Math.Max(0, formatting + step);
                mostFormatting = Math.Max(mostFormatting, formatting);
            }
        }
        // Paragraphs and list items need no end tag; several hundred of them in a row are no nesting.
        return (deepest <= Deepest || deepest <= tags / 2 && Nests(html) <= Deepest) && mostFormatting * (long)tags <= MostReopened * 4;
    }

    // The depth without the elements that end by themselves.
    private static int Nests(string html)
    {
        var (depth, deepest) = (0, 0);
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < html.Length; i = html.IndexOf('<', i + 1))
        {
            var isEnd = html[i + 1] == '/';
            var start = isEnd ? i + 2 : i + 1;
            var end = start;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
                end++;
            var name = html.AsSpan(start, end - start);
            if (end == start || IsVoid(name) || name.Equals("p", StringComparison.OrdinalIgnoreCase) || name.Equals("option", StringComparison.OrdinalIgnoreCase))
                continue;
            depth = Math.Max(0, depth + (isEnd ? -1 : 1));
            deepest = Math.Max(deepest, depth);
        }
        return deepest;
    }

    // Where a tag ends if each quote in it begins a value, by its ">" or with the text.
    private static int TagEnd(string html, int from, out int attributes)
    {
        var count = 0;
        var i = from;
        for (; i < html.Length && html[i] != '>'; i++)
        {
            if (html[i] == '=')
                count++;
            else if (html[i] is '"' or '\'' && html.IndexOf(html[i], i + 1) is > 0 and var close)
                i = close;
            else if ((html[i] is '/' || char.IsWhiteSpace(html[i])) && i + 1 < html.Length && char.IsAsciiLetter(html[i + 1]))
                count++;
        }
        attributes = count / 2;
        return Math.Min(i, html.Length - 1);
    }

    private static bool IsVoid(ReadOnlySpan<char> name) => name.Equals("br", StringComparison.OrdinalIgnoreCase) || name.Equals("img", StringComparison.OrdinalIgnoreCase) || name.Equals("hr", StringComparison.OrdinalIgnoreCase)
        || name.Equals("input", StringComparison.OrdinalIgnoreCase) || name.Equals("meta", StringComparison.OrdinalIgnoreCase) || name.Equals("link", StringComparison.OrdinalIgnoreCase) || name.Equals("source", StringComparison.OrdinalIgnoreCase)
        || name.Equals("wbr", StringComparison.OrdinalIgnoreCase) || name.Equals("col", StringComparison.OrdinalIgnoreCase) || name.Equals("embed", StringComparison.OrdinalIgnoreCase) || name.Equals("area", StringComparison.OrdinalIgnoreCase);

    private static bool IsFormatting(ReadOnlySpan<char> name) => name.Length <= 6 && (name.Equals("a", StringComparison.OrdinalIgnoreCase) || name.Equals("b", StringComparison.OrdinalIgnoreCase) || name.Equals("i", StringComparison.OrdinalIgnoreCase)
        || name.Equals("u", StringComparison.OrdinalIgnoreCase) || name.Equals("s", StringComparison.OrdinalIgnoreCase) || name.Equals("tt", StringComparison.OrdinalIgnoreCase) || name.Equals("em", StringComparison.OrdinalIgnoreCase)
        || name.Equals("big", StringComparison.OrdinalIgnoreCase) || name.Equals("code", StringComparison.OrdinalIgnoreCase) || name.Equals("font", StringComparison.OrdinalIgnoreCase) || name.Equals("nobr", StringComparison.OrdinalIgnoreCase)
        || name.Equals("small", StringComparison.OrdinalIgnoreCase) || name.Equals("strike", StringComparison.OrdinalIgnoreCase) || name.Equals("strong", StringComparison.OrdinalIgnoreCase));
}
