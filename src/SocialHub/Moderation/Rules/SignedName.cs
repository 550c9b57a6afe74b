using System.Collections.Frozen;
using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// A name as the eye reads it: without case, accents, spaces and marks, letters of other scripts as the Latin ones they look like (after TR39),
/// town and town hall alike, and without what people put around a name to look official.
/// </summary>
internal static class SignedName
{
    private static readonly FrozenSet<string> Around = FrozenSet.ToFrozenSet(
        ["la", "le", "the", "officiel", "officielle", "official", "compte", "page", "account", "service", "services", "equipe", "team", "admin", "administrateur", "administration", "moderateur", "moderation"],
        StringComparer.Ordinal);

    private static readonly char[] Digits = [.. "0123456789"];

    // No official is called longer, and none with more words than letters written apart.
    private const int Longest = 60;
    private const int MostWords = 30;

    private static readonly FrozenSet<string> Towns = FrozenSet.ToFrozenSet(["ville", "mairie", "commune", "municipalite"], StringComparer.Ordinal);

    /// <summary>The form in which two names that look alike are equal; null when nothing of the name is left.</summary>
    public static string? Of(string name) => Same(WordsOf(name));

    /// <summary>Its words, as far as they are not what people put around a name, not yet as the eye reads them.</summary>
    public static List<string> WordsOf(string name)
    {
        var folded = Shape.Latinised(name);
        List<string> kept = [];
        foreach (var word in Words.In(folded.Text))
        {
            var text = folded.Text[word.Start..word.End].ToString();
            if (!Around.Contains(text)) kept.Add(Towns.Contains(text) ? "ville" : text);
        }

        return kept;
    }

    /// <summary>Its words without the digits that people put around one to have a name of their own ("anneroy62"); null: they have none.</summary>
    public static List<string>? WithoutNumbers(List<string> words)
    {
        List<string> bare = [.. words.Select(word => word.Trim(Digits)).Where(word => word.Length > 0)];
        return bare.Count > 0 && !bare.SequenceEqual(words, StringComparer.Ordinal) ? bare : null;
    }

    /// <summary>Words of a name as one, signs of one shape alike; null: nothing of it is left.</summary>
    public static string? Same(IEnumerable<string> words)
    {
        var signed = Shape.Same(new StringBuilder().AppendJoin("", words));
        return signed.Length == 0 ? null : signed.ToString();
    }

    /// <summary>What its words make together that follow each other: "J. E. Exemple" and "jean ne" too.</summary>
    public static HashSet<string> RunsOf(List<string> words)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        for (var from = 0; from < words.Count; from++)
        {
            var length = 0;
            for (var to = from; to < words.Count && to - from < MostWords && (length += words[to].Length) <= Longest; to++)
            {
                if (Same(words.GetRange(from, to - from + 1)) is { } run) runs.Add(run);
            }
        }

        return runs;
    }
}
