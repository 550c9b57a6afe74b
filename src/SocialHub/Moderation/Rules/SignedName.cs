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

    private static readonly FrozenSet<string> Towns = FrozenSet.ToFrozenSet(["ville", "mairie", "commune", "municipalite"], StringComparer.Ordinal);

    /// <summary>The form in which two names that look alike are equal; null when nothing of the name is left.</summary>
    public static string? Of(string name)
    {
        var folded = Shape.Latinised(name);
        var signed = new StringBuilder(name.Length);
        foreach (var word in Words.In(folded.Text))
        {
            var text = folded.Text[word.Start..word.End].ToString();
            if (!Around.Contains(text)) signed.Append(Towns.Contains(text) ? "ville" : text);
        }

        Shape.Same(signed);
        return signed.Length == 0 ? null : signed.ToString();
    }
}
