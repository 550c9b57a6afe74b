using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Connections.Web;

/// <summary>References in markup: the five of XML, numbers, and the names that HTML has. What a DTD would have defined stays as written.</summary>
internal static partial class FeedEntities
{
    private const int LongestName = 32;

    /// <param name="text">Raw text of an element or an attribute.</param>
    /// <param name="repaired">Told a code for each thing that was not XML.</param>
    public static string Decode(string text, Action<string> repaired)
    {
        if (!text.Contains('&', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '&')
            {
                result.Append(text[i]);
                continue;
            }
            var end = text.IndexOf(';', i, Math.Min(text.Length - i, LongestName + 2));
            if (end > i + 1 && One(text.AsSpan(i + 1, end - i - 1), out var code) is { } value)
            {
                result.Append(value);
                i = end;
                if (code is not null)
                    repaired(code);
            }
            else
            {
                result.Append('&');
                repaired("ampersand");
            }
        }
        return result.ToString();
    }

    /// <summary>Emoji that were written as two references, one for each half of the character, as themselves: in XML and in the HTML inside it alike.</summary>
    public static string Paired(string text, Action<string> repaired) => Pair().Replace(text, pair =>
    {
        var (high, low) = (Half(pair.Groups["high"].ValueSpan), Half(pair.Groups["low"].ValueSpan));
        if (!char.IsHighSurrogate(high) || !char.IsLowSurrogate(low))
            return pair.Value;
        repaired("character-reference");
        return new string([high, low]);
    });

    private static char Half(ReadOnlySpan<char> digits) =>
        (digits[0] is 'x' or 'X' ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)) && number <= char.MaxValue ? (char)number : ' ';

    [GeneratedRegex("&#(?<high>x[0-9a-f]{4}|[0-9]{5});&#(?<low>x[0-9a-f]{4}|[0-9]{5});", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Pair();

    private static string? One(ReadOnlySpan<char> name, out string? code)
    {
        code = null;
        if (name[0] == '#')
            return Number(name[1..], out code);
        switch (name)
        {
            case "amp": return "&";
            case "lt": return "<";
            case "gt": return ">";
            case "quot": return "\"";
            case "apos": return "'";
        }
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return null;
        }
        var written = $"&{name};";
        var decoded = WebUtility.HtmlDecode(written);
        if (decoded == written)
            return null;
        code = "html-entity";
        return decoded;
    }

    private static string? Number(ReadOnlySpan<char> digits, out string? code)
    {
        code = null;
        var isHex = digits is ['x' or 'X', ..];
        if (!int.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        // Numbers of the windows-1252 block mean its characters, as in HTML.
        if (number is >= 0x80 and <= 0x9F)
        {
            code = "character-reference";
            return WebUtility.HtmlDecode(string.Create(CultureInfo.InvariantCulture, $"&#{number};")) is [var one] && !char.IsControl(one) ? one.ToString() : Windows(number);
        }
        if (number is 9 or 10 or 13 || (Rune.IsValid(number) && number >= 0x20 && number is not (0xFFFE or 0xFFFF)))
            return new Rune(number).ToString();
        code = "character-reference";
        return "";
    }

    private static string Windows(int number) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([(byte)number]) is var s && char.IsControl(s[0]) ? "" : s;
}
