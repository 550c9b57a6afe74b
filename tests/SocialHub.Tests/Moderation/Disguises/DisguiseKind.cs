namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>The ways in which people write a word so that a list does not find it and a reader does.</summary>
public enum DisguiseKind
{
    /// <summary>Digits and signs that look like letters: <c>c0nn@rd</c>.</summary>
    Leet,

    /// <summary>Something between the letters: <c>c.o.n.n.a.r.d</c>.</summary>
    Spacing,

    /// <summary>Letters written several times: <c>connnnaaard</c>.</summary>
    Repeats,

    /// <summary>Accents added, stacked or left out: <c>cônnàrd</c>.</summary>
    Accents,

    /// <summary>Letters of one other script that look like Latin ones.</summary>
    Homoglyphs,

    /// <summary>Characters without width between the letters.</summary>
    ZeroWidth,

    /// <summary>The wide letters of East Asian typography.</summary>
    FullWidth,

    /// <summary>Mathematical alphabets: bold, script, fraktur, double-struck, sans serif, monospace.</summary>
    Mathematical,

    /// <summary>Letters in a circle, a square or brackets.</summary>
    Circled,

    /// <summary>Letters of several other scripts in one word.</summary>
    MixedScripts,
}
