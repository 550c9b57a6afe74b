using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>A text as it may be written: what JSON or HTML wrote with escapes is found by its letters too.</summary>
internal static partial class Spellings
{
    /// <summary>The text and, where it has escapes, the text without them.</summary>
    public static IEnumerable<string> Of(string text)
    {
        yield return text;
        if (text.Contains('\\', StringComparison.Ordinal))
            yield return text = Escape().Replace(text, match => match.Groups["code"] is { Success: true } code ? ((char)int.Parse(code.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString() : match.Groups["sign"].Value);
        if (!text.Contains('&', StringComparison.Ordinal))
            yield break;
        var once = WebUtility.HtmlDecode(text);
        yield return once;
        // HTML within XML.
        if (once.Contains('&', StringComparison.Ordinal))
            yield return WebUtility.HtmlDecode(once);
    }

    /// <summary>True where a word stands in the text, however it is spelt.</summary>
    public static bool Holds(string text, string word) => Of(text).Any(spelling => spelling.Contains(word, StringComparison.Ordinal));

    [GeneratedRegex("""\\(u(?<code>[0-9A-Fa-f]{4})|(?<sign>["\\/]))""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
