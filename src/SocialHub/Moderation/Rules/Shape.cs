using System.Collections.Frozen;
using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>A name as the eye reads it: letters of other scripts as the Latin ones they look like (after TR39), and signs of one shape as one.</summary>
internal static class Shape
{
    // Signs that are drawn for letters are among them: "Cl@ude".
    private const string Foreign = "@€$АВЕЅІЈКМНОРСТУХаеѕіјкорсухԁһԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχѵոսօ";
    private const string Latin = "aesABESIJKMHOPCTYXaesijkopcyxdhqwlABEZHIKMNOPTYXaikvoptuxvnuo";

    private static readonly FrozenDictionary<char, char> LooksLike =
        Foreign.Zip(Latin).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Folded, with the Latin letters that others look like.</summary>
    public static Normalised Latinised(string name) => Normalised.Plain(string.Concat(name.Select(c => LooksLike.GetValueOrDefault(c, c))));

    /// <summary>True for a letter that looks like a Latin one and is none.</summary>
    public static bool IsDisguised(char c) => LooksLike.ContainsKey(c);

    /// <summary>Signs of one shape: "Vi1le", "VIIIe", "5aint", "Cl4ude", "Mar7in", "Exernple".</summary>
    public static StringBuilder Same(StringBuilder written)
    {
        foreach (var (drawn, read) in new[] { ('0', 'o'), ('1', 'l'), ('i', 'l'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't') }) written.Replace(drawn, read);
        return written.Replace("rn", "m").Replace("vv", "w");
    }

    /// <summary>The form in which two host names that look alike are equal.</summary>
    public static string OfHost(string host) => Same(new StringBuilder().Append(Latinised(host).Text)).ToString();
}
