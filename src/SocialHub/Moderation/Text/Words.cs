namespace SocialHub.Moderation.Text;

/// <summary>
/// Splits a reading into words. An apostrophe between letters belongs to the word (<c>aujourd'hui</c>), except after an elision,
/// which is a word of its own; accents are gone before, so they never end a word as they do for <c>\b</c>.
/// </summary>
public static class Words
{
    // French elisions; whatever stands before one of their apostrophes is no part of the next word.
    private static readonly string[] Elisions =
        ["l", "d", "qu", "s", "n", "m", "t", "j", "c", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "y", "z"];

    private const int LongestElision = 7;

    /// <summary>What stands before the name of one person, folded.</summary>
    internal static IReadOnlyList<string> Civilities { get; } = ["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms"];

    public static List<Word> In(ReadOnlySpan<char> text)
    {
        var words = new List<Word>(text.Length / 5 + 4);
        var sentence = 0;
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (!IsLetterOrDigit(c))
            {
                if (c is '.' or '!' or '?' or '\n' or '…' or ';') sentence++;
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length)
            {
                if (IsLetterOrDigit(text[i]))
                {
                    i++;
                }
                else if (text[i] == '\'' && i + 1 < text.Length && IsLetterOrDigit(text[i + 1]))
                {
                    if (IsElision(text[start..i]))
                    {
                        words.Add(new(start, i, sentence));
                        start = ++i;
                    }
                    else
                    {
                        i++;
                    }
                }
                else
                {
                    break;
                }
            }

            var end = i;
            if (end - start > 2 && text[end - 2] == '\'' && text[end - 1] == 's') end -= 2;
            words.Add(new(start, end, sentence));
        }

        return words;
    }

    /// <summary>True for what words are made of. Supplementary characters are not: after folding, those left are emoji and scripts without words of ours.</summary>
    public static bool IsLetterOrDigit(char c) => char.IsAsciiLetterOrDigit(c) || (c > 0x7F && char.IsLetterOrDigit(c));

    private static bool IsElision(ReadOnlySpan<char> part)
    {
        if (part.Length > LongestElision) return false;
        foreach (var elision in Elisions)
        {
            if (part.SequenceEqual(elision)) return true;
        }

        return false;
    }
}
