using System.Text;
using System.Text.Encodings.Web;

namespace SocialHub.Connections.Mail;

/// <summary>What a mail says, written once and read as plain text or as HTML. Nothing that people wrote is markup in either.</summary>
public sealed class MailBody
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    /// <summary>For programs that show no HTML.</summary>
    public string Text => _text.ToString().TrimEnd('\n') + "\n";

    /// <summary>A whole document: no picture, no style sheet, nothing that is fetched.</summary>
    /// <param name="language">BCP 47.</param>
    /// <param name="title">Of the document.</param>
    public string Html(string language, string title) =>
        $"<!doctype html>\n<html lang=\"{Encode(language)}\"><head><meta charset=\"utf-8\"><title>{Encode(title)}</title></head><body>\n{_html}</body></html>\n";

    /// <summary>A paragraph of our own words.</summary>
    public MailBody Paragraph(string words)
    {
        _text.Append(OneLine(words)).Append("\n\n");
        _html.Append("<p>").Append(Encode(OneLine(words))).Append("</p>\n");
        return this;
    }

    /// <summary>A text that somebody wrote, set apart.</summary>
    public MailBody Quote(string words)
    {
        foreach (var line in words.ReplaceLineEndings("\n").Split('\n'))
            _text.Append("> ").Append(OneLine(line)).Append('\n');
        _text.Append('\n');
        _html.Append("<blockquote>").Append(Encode(words.ReplaceLineEndings("\n")).Replace("\n", "<br>\n", StringComparison.Ordinal).Replace("&#xA;", "<br>\n", StringComparison.Ordinal)).Append("</blockquote>\n");
        return this;
    }

    /// <summary>Lines that belong together.</summary>
    public MailBody Lines(IEnumerable<string> lines)
    {
        _html.Append("<ul>\n");
        foreach (var line in lines)
        {
            _text.Append("- ").Append(OneLine(line)).Append('\n');
            _html.Append("<li>").Append(Encode(OneLine(line))).Append("</li>\n");
        }

        _text.Append('\n');
        _html.Append("</ul>\n");
        return this;
    }

    /// <summary>Where a choice or a page is.</summary>
    public MailBody Link(string words, string address)
    {
        _text.Append(OneLine(words)).Append('\n').Append(address).Append("\n\n");
        _html.Append("<p><a href=\"").Append(Encode(address)).Append("\">").Append(Encode(OneLine(words))).Append("</a></p>\n");
        return this;
    }

    private static string OneLine(string words) => string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
