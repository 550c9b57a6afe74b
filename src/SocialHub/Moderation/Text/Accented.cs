using System.Text;

namespace SocialHub.Moderation.Text;

/// <summary>A word with its accents, in one form: for entries that an accent tells from a harmless word (<c>sale</c>, <c>salé</c>).</summary>
public static class Accented
{
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
