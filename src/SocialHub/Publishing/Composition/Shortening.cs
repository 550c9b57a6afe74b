using System.Globalization;

namespace SocialHub.Publishing.Composition;

/// <summary>Cuts texts at word boundaries; a grapheme is never split.</summary>
public static class Shortening
{
    public const string Ellipsis = "…";

    /// <summary>
    /// Every shorter form of a text, the longest first: cut behind a word, without the punctuation and spaces there, with an ellipsis. Empty at last.
    /// A text that is one long word is cut between its graphemes instead.
    /// </summary>
    public static IEnumerable<string> Of(string text)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        var cut = false;
        string? last = null;
        for (var i = starts.Length - 1; i > 0; i--)
        {
            if (!char.IsWhiteSpace(text[starts[i]]) || char.IsWhiteSpace(text[starts[i - 1]]))
                continue;
            var kept = Bare(text[..starts[i]]);
            if (kept.Length == 0 || kept == last)
                continue;
            last = kept;
            cut = true;
            yield return kept + Ellipsis;
        }

        if (!cut)
        {
            for (var i = starts.Length - 1; i > 0; i--)
                yield return text[..starts[i]] + Ellipsis;
        }

        yield return "";
    }

    // "Le conseil vote :" and "(le conseil" end badly before an ellipsis.
    private static string Bare(string text)
    {
        var end = text.Length;
        while (end > 0 && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '…' or '-' or '–' or '—' or '(' or '[' or '«' or '"' or '“' or '/' or '|'))
            end--;
        return text[..end];
    }
}
