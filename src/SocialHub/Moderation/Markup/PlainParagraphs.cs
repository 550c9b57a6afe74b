using System.Text;

namespace SocialHub.Moderation.Markup;

/// <summary>A text as paragraphs and line breaks, everything else escaped: at most six characters for each of the text, and seven a paragraph.</summary>
internal static class PlainParagraphs
{
    public static string Write(string text)
    {
        var html = new StringBuilder(text.Length + (text.Length / 8) + 16);
        var open = false;
        var breaks = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                if (open) html.Append("</p>\n");
                (open, breaks) = (false, 0);
                continue;
            }

            if (!open) html.Append("<p>");
            else if (breaks > 0) html.Append("<br>");
            (open, breaks) = (true, 1);
            foreach (var c in line)
            {
                _ = c switch
                {
                    '&' => html.Append("&amp;"),
                    '<' => html.Append("&lt;"),
                    '>' => html.Append("&gt;"),
                    _ => html.Append(c),
                };
            }
        }

        if (open) html.Append("</p>\n");
        return html.ToString();
    }
}
