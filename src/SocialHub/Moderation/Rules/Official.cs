using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>An elected member as the authority lists them (<c>moderation.officials</c> of hub.json, or the setting <c>officials</c>).</summary>
/// <param name="Signed">The name as <see cref="SignedName"/> reads it.</param>
/// <param name="Turned">The same with the family name first.</param>
/// <param name="Family">The last word.</param>
/// <param name="Initial">The first letter of the first name; none where there is but one word.</param>
internal sealed record Official(string Signed, string Turned, string Family, char Initial)
{
    // Written together only a long name is known within another word: "paulli" begins many.
    private const int ShortestGlued = 10;

    public static Official? Of(string name)
    {
        if (SignedName.WordsOf(name) is not { Count: > 0 } words || SignedName.Same(words) is not { } signed) return null;
        var family = SignedName.Same([words[^1]]) ?? signed;
        return new(signed, SignedName.Same(words.Skip(1).Append(words[0])) ?? signed, family, words.Count > 1 ? words[0][0] : '\0');
    }

    /// <summary>True when somebody signs with this name, whatever stands around it: whole words, in either order, or the first name by its initial.</summary>
    /// <param name="words">As <see cref="SignedName.WordsOf"/> reads what somebody signs with.</param>
    /// <param name="runs">As <see cref="SignedName.RunsOf"/> puts them together.</param>
    /// <param name="afterTitle">What stands behind "M." or "Mme", as <see cref="SignedName"/> reads it; null: no such title.</param>
    public bool Signs(List<string> words, HashSet<string> runs, string? afterTitle) =>
        string.Equals(afterTitle, Family, StringComparison.Ordinal) || runs.Contains(Signed) || runs.Contains(Turned) || words.Exists(IsGlued) || IsInitial(words);

    private bool IsGlued(string word) =>
        Signed.Length >= ShortestGlued && Signed.Length > Family.Length && word.Length > Signed.Length && SignedName.Same([word]) is { } shape
        && (shape.Contains(Signed, StringComparison.Ordinal) || shape.Contains(Turned, StringComparison.Ordinal));

    // "J. Exemple", "Exemple J."
    private bool IsInitial(List<string> words) =>
        Initial != '\0' && words.Count > 1
        && ((words[0].Length == 1 && words[0][0] == Initial && string.Equals(SignedName.Same(words.Skip(1)), Family, StringComparison.Ordinal))
            || (words[^1].Length == 1 && words[^1][0] == Initial && string.Equals(SignedName.Same(words.SkipLast(1)), Family, StringComparison.Ordinal)));
}
