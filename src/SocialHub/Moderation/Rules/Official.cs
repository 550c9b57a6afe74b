using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>An elected member as the authority lists them (<c>moderation.officials</c> of hub.json, or the setting <c>officials</c>).</summary>
/// <param name="Signed">The name as <see cref="SignedName"/> reads it.</param>
/// <param name="Turned">The same with the family name first.</param>
/// <param name="Family">The last word.</param>
internal sealed record Official(string Signed, string Turned, string Family)
{
    // "Li" stands in many names.
    private const int Shortest = 5;

    public static Official? Of(string name)
    {
        if (SignedName.Of(name) is not { Length: > 0 } signed) return null;
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var turned = SignedName.Of(string.Join(' ', words.Skip(1).Append(words[0])));
        return new(signed, turned ?? signed, SignedName.Of(words[^1]) ?? signed);
    }

    /// <summary>True when somebody signs with this name, whatever stands around it.</summary>
    /// <param name="signed">As <see cref="SignedName"/> reads it.</param>
    /// <param name="afterTitle">The same of what stands behind "M." or "Mme"; null: no such title.</param>
    public bool Signs(string signed, string? afterTitle) =>
        Within(signed, Signed) || Within(signed, Turned) || string.Equals(afterTitle, Family, StringComparison.Ordinal);

    private static bool Within(string signed, string own) => own.Length < Shortest ? string.Equals(signed, own, StringComparison.Ordinal) : signed.Contains(own, StringComparison.Ordinal);
}
