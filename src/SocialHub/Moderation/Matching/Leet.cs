namespace SocialHub.Moderation.Matching;

/// <summary>Digits and signs that people write for letters, and the classes in which a letter and what stands for it are one.</summary>
internal static class Leet
{
    // What each sign may stand for; a sign that may be one of two puts both letters into one class.
    private static readonly string?[] Stands = Table(
        ('0', "o"), ('1', "il"), ('2', "z"), ('3', "e"), ('4', "a"), ('5', "s"), ('6', "g"), ('7', "t"), ('8', "b"), ('9', "gq"),
        ('@', "a"), ('$', "s"), ('!', "il"), ('|', "il"), ('+', "t"), ('(', "c"), ('<', "c"), ('&', "e"),
        ('€', "e"), ('£', "l"), ('§', "s"), ('¡', "i"), ('©', "c"), ('®', "r"), ('¢', "c"), ('¥', "y"));

    private static readonly char[] Classes = ClassTable();

    /// <summary>True when <paramref name="sign"/>, which is no letter, may stand for a letter.</summary>
    public static bool IsSign(char sign) => sign < Stands.Length && Stands[sign] is not null;

    /// <summary>True when <paramref name="sign"/> may stand for <paramref name="letter"/> (a to z).</summary>
    public static bool CanBe(char sign, char letter) => sign < Stands.Length && Stands[sign] is { } letters && letters.Contains(letter);

    /// <summary>The class of a letter or sign; 0 for what is neither. c, k and q are one class (<c>enkulé</c>), and g with them: 9 may be a g or a q.</summary>
    public static char ClassOf(char c) => c < Classes.Length ? Classes[c] : '\0';

    private static string?[] Table(params ReadOnlySpan<(char Sign, string Letters)> signs)
    {
        var table = new string?[0x2100];
        foreach (var (sign, letters) in signs) table[sign] = letters;
        return table;
    }

    private static char[] ClassTable()
    {
        var classes = new char[0x2100];
        for (var c = 'a'; c <= 'z'; c++) classes[c] = c switch { 'l' => 'i', 'k' or 'q' or 'g' => 'c', _ => c };
        for (var sign = 0; sign < Stands.Length; sign++)
        {
            if (Stands[sign] is { } letters) classes[sign] = classes[letters[0]];
        }

        return classes;
    }
}
