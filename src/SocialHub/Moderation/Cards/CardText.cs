using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Cards;

/// <summary>
/// Texts of citizens in a card. A TextBlock reads a little Markdown (emphasis, lists, links) and expands <c>{{DATE(...)}}</c>,
/// so everything that could begin one is escaped; a TextRun reads neither.
/// </summary>
internal static class CardText
{
    /// <summary>For a TextBlock: at most <paramref name="units"/> of the text, on one line, without Markdown.</summary>
    public static string Block(string text, int units)
    {
        var cut = Graphemes.Cut(text, units);
        var result = new StringBuilder(cut.Length + 16);
        foreach (var rune in cut.EnumerateRunes())
        {
            if (!IsShown(rune)) result.Append(' ');
            else if (IsMarkdown(rune) || (rune.Value is '-' or '+' or '#' or '.' && AtStart(result))) result.Append('\\').Append((char)rune.Value);
            else result.Append(rune.ToString());
            // A zero-width space keeps the two braces of a template from meeting.
            if (rune.Value is '{') result.Append('\u200B');
        }

        if (cut.Length < text.Length) result.Append('…');
        return result.ToString();
    }

    private static bool IsMarkdown(Rune rune) => rune.Value is '\\' or '*' or '_' or '[' or ']' or '`' or '<' or '>' or '|' or '~';

    // A list begins with a sign or with a number and a dot, a heading with #; the text is one line, so only its start can.
    private static bool AtStart(StringBuilder written)
    {
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] is not (' ' or >= '0' and <= '9')) return false;
        }

        return true;
    }

    /// <summary>For a TextRun: well-formed, without controls that JSON would write as six bytes.</summary>
    public static string Run(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n') result.Append('\n');
            else if (IsShown(rune)) result.Append(rune.ToString());
            else result.Append(' ');
            if (rune.Value is '{') result.Append('\u200B');
        }

        return result.ToString();
    }

    private static bool IsShown(Rune rune) => !Rune.IsControl(rune) && rune.Value is not ('\u2028' or '\u2029');
}
