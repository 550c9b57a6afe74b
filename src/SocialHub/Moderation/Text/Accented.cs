using System.Text;

namespace SocialHub.Moderation.Text;

/// <summary>A word with its accents, in one form: for entries that an accent tells from a harmless word (<c>sale</c>, <c>salé</c>).</summary>
public static class Accented
{
    // Marks of French; another one is put on a letter to disguise it.
    private const string FrenchMarks = "\u0300\u0301\u0302\u0308\u0327";

    /// <summary>True when the written word has an accent wherever the form has one, and none of French where it has none.</summary>
    /// <param name="written">As written.</param>
    /// <param name="form">From <see cref="Of"/>.</param>
    public static bool Is(ReadOnlySpan<char> written, string form)
    {
        var plain = Of(written);
        if (string.Equals(plain, form, StringComparison.Ordinal)) return true;
        var (one, other) = (Decomposed(plain), Decomposed(form));
        var (i, j) = (0, 0);
        while (i < one.Length && j < other.Length)
        {
            var wanted = j + 1 < other.Length && IsMark(other[j + 1]);
            var (french, any) = (false, false);
            var start = i++;
            for (; i < one.Length && IsMark(one[i]); i++) (french, any) = (french || FrenchMarks.Contains(one[i]), true);
            if (one[start] != other[j] || (wanted ? !any : french && !HasOther(one, start + 1, i))) return false;
            for (j++; j < other.Length && IsMark(other[j]);) j++;
        }

        return i == one.Length && j == other.Length;
    }

    private static bool HasOther(string text, int from, int to)
    {
        for (var i = from; i < to; i++) if (!FrenchMarks.Contains(text[i])) return true;
        return false;
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark;

    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>NFC, lower case, without what folds to nothing by itself; ill-formed units become U+FFFD, which <see cref="string.Normalize()"/> takes.</summary>
    public static string Of(ReadOnlySpan<char> written)
    {
        var builder = new StringBuilder(written.Length);
        foreach (var rune in written.EnumerateRunes()) builder.Append(rune.ToString());
        try
        {
            return builder.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return builder.ToString();
        }
    }
}
