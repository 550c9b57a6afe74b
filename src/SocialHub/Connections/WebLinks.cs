using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SocialHub.Connections;

/// <summary>A link in a text, by its UTF-16 place.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextLink(int Start, int Length)
{
    public int End => Start + Length;

    public string In(string text) => text.Substring(Start, Length);
}

/// <summary>
/// Links as twitter-text finds them (its <c>extractUrl</c>, with the scheme required), which is what Mastodon counts by: the domain must end
/// in a known top-level domain, the path may hold balanced brackets, closing punctuation is left out.
/// </summary>
public static partial class WebLinks
{
    // Every two-letter domain is a country's; these are the others that French public bodies and their partners use.
    // A domain that is missing here is counted at the longer of its two possible lengths (see Mastodon's rules), never at the shorter.
    private const string Tlds = "[a-z]{2}|com|net|org|info|biz|name|mobi|int|edu|gov|mil|pro|museum|coop|aero|cat|travel|jobs|tel|asia|post|"
        + "paris|bzh|alsace|corsica|tirol|ovh|leclerc|sncf|bnpparibas|app|dev|page|blog|news|site|online|website|web|tech|shop|store|club|live|life|world|city|town|green|eco|bio|"
        + "agency|center|community|events|media|social|solutions|studio|support|team|today|video|wiki|work|works|xyz|art|design|digital|cloud|host|link|email|education|school|academy|health|care|sport|tours|voyage|"
        + "immo|maison|restaurant|cafe|vin|quebec|brussels|vlaanderen|gent|swiss|zuerich|berlin|hamburg|koeln|cologne|bayern|london|scot|wales|cymru|irish|eus|gal|madrid|barcelona|amsterdam|wien|moscow";

    // Punctuation, spaces, invalid characters and directional markers (twitter-text: invalidDomainChars).
    private const string D = @"[^!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069]";
    private const string Accents = @"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF";
    private const string P = @"[a-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&" + Accents + "]";
    private const string Balanced = @"\((?:" + P + "+|" + P + @"*\(" + P + @"+\)" + P + @"*)\)";
    private const string PathEnd = @"(?:[+\-a-z\u0400-\u04FF0-9=_#/" + Accents + "]|" + Balanced + ")";
    private const string Path = "(?:(?:" + P + "*(?:" + Balanced + P + "*)*" + PathEnd + ")|(?:@" + P + "+/))";

    /// <summary>The links of a text, in order.</summary>
    public static IEnumerable<TextLink> Find(string text)
    {
        foreach (Match match in Link().Matches(text))
        {
            var link = match.Groups["link"];
            yield return new TextLink(link.Index, link.Length);
        }
    }

    /// <summary>True when the domain ends in a top-level domain that is known here.</summary>
    public static bool IsKnownDomain(string domain) => KnownDomain().IsMatch(domain);

    [GeneratedRegex(@"(?:[^A-Za-z0-9@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF]|^)(?<link>https?://(?:(?:" + D + "(?:[_-]|" + D + ")*)?" + D + @"\.)*(?:(?:" + D + "(?:-|" + D + ")*)?" + D + @"\.)(?:(?:" + Tlds + @")(?=[^0-9a-zA-Z@+-]|$)|xn--[-0-9a-z]+)(?::[0-9]+)?(?:/" + Path + @"*)?(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\.(" + Tlds + @")\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownDomain();
}
