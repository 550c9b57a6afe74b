using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>An elected member as the authority lists them (<c>moderation.officials</c> of hub.json, or the setting <c>officials</c>).</summary>
/// <param name="Forms">The name as <see cref="SignedName"/> reads it, with the family name first, and with one part of a double family name.</param>
/// <param name="Families">The family name: all of it, its last words ("Exemple" of "du Exemple"), each part of a double one.</param>
/// <param name="Initial">The first letter of the first name; none where there is but one word.</param>
internal sealed record Official(IReadOnlyList<string> Forms, IReadOnlyList<string> Families, char Initial)
{
    // Written together only a long name is known within another word: "paulli" begins many.
    private const int ShortestGlued = 10;

    // "Li" of "Li-Martin" is many people's.
    private const int ShortestPart = 3;

    private static readonly char[] Hyphens = ['-', '\u2010', '\u2011'];

    private static readonly FrozenSet<string> Saints = FrozenSet.ToFrozenSet(["saint", "sainte", "st", "ste"], StringComparer.Ordinal);

    public static Official? Of(string name)
    {
        if (SignedName.WordsOf(name) is not { Count: > 0 } words || SignedName.Same(words) is not { } signed) return null;
        if (words.Count == 1) return new([signed], [signed], '\0');
        var written = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // "Jean-Pierre" is one first name.
        var first = written.Length > 1 ? Math.Clamp(SignedName.WordsOf(written[0]).Count, 1, words.Count - 1) : 1;
        var (given, family) = (words[..first], words[first..]);
        // "Azoulay-Berthier" is known by either half; "Jean Pierre Dupont" may have two first names.
        var parts = written.Length > 1 ? PartsOf(written[^1]) : [];
        List<string?> forms = [signed, SignedName.Same([.. family, .. given]), SignedName.Same([.. words[1..], words[0]])];
        foreach (var part in parts) forms.AddRange([SignedName.Same([.. given, .. part]), SignedName.Same([.. part, .. given])]);
        // "Exemple" of "du Exemple", and never "Martin" of "Saint-Martin".
        var families = Enumerable.Range(0, family.Count).Where(from => from == 0 || (!Saints.Contains(family[from - 1]) && IsLong(family[from..])))
            .Select(from => SignedName.Same(family[from..])).Concat(parts.Select(SignedName.Same));
        return new([.. forms.OfType<string>().Distinct(StringComparer.Ordinal)], [.. families.OfType<string>().Distinct(StringComparer.Ordinal)], words[0][0]);
    }

    // The halves of a name with a hyphen, where it is one: "d'Ornano" is whole, and so is "Saint-Martin" within another.
    private static List<List<string>> PartsOf(string family)
    {
        List<List<string>> parts = [];
        List<string> part = [];
        foreach (var written in family.Split(Hyphens, StringSplitOptions.RemoveEmptyEntries))
        {
            part = [.. part, .. SignedName.WordsOf(written)];
            if (part.Count == 0 || Saints.Contains(part[^1])) continue;
            parts.Add(part);
            part = [];
        }

        return parts.Count > 1 ? [.. parts.Where(IsLong)] : [];
    }

    private static bool IsLong(List<string> words) => words.Sum(word => word.Length) >= ShortestPart;

    /// <summary>True when somebody signs with this name, whatever stands around it: whole words, in either order, or the first name by its initial; the family name alone only behind a title.</summary>
    /// <param name="words">As <see cref="SignedName.WordsOf"/> reads what somebody signs with.</param>
    /// <param name="runs">As <see cref="SignedName.RunsOf"/> puts them together.</param>
    /// <param name="afterTitle">What stands behind "M." or "Mme", as <see cref="SignedName"/> reads it; null: no such title.</param>
    public bool Signs(List<string> words, HashSet<string> runs, string? afterTitle) =>
        (afterTitle is not null && Families.Contains(afterTitle, StringComparer.Ordinal)) || Forms.Any(runs.Contains) || words.Exists(IsGlued) || IsInitial(words);

    private bool IsGlued(string word) =>
        Initial != '\0' && word.Length > ShortestGlued && SignedName.Same([word]) is { } shape
        && Forms.Any(form => form.Length >= ShortestGlued && shape.Length > form.Length && shape.Contains(form, StringComparison.Ordinal));

    // "J. Exemple", "Exemple J."
    private bool IsInitial(List<string> words) =>
        Initial != '\0' && words.Count > 1
        && ((words[0].Length == 1 && words[0][0] == Initial && IsFamily(words.Skip(1)))
            || (words[^1].Length == 1 && words[^1][0] == Initial && IsFamily(words.SkipLast(1))));

    private bool IsFamily(IEnumerable<string> words) => SignedName.Same(words) is { } family && Families.Contains(family, StringComparer.Ordinal);
}
