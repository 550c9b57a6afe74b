using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Connections.Mastodon;

/// <summary>
/// Mastodon's counting (<c>status_length_validator.rb</c>, v4.6): grapheme clusters after each link with a scheme became
/// <paramref name="perLink"/> of them and each <c>@user@domain</c> became <c>@user</c>. A bare domain is no link and counts in full.
/// </summary>
/// <param name="most"><c>configuration.statuses.max_characters</c> of the instance; 500 unless it says otherwise.</param>
/// <param name="perLink"><c>characters_reserved_per_url</c>; 23.</param>
public sealed partial class MastodonTextRules(int most, int perLink) : TextRules
{
    /// <summary>An instance that says nothing else.</summary>
    public static MastodonTextRules Default { get; } = new(500, 23);

    /// <inheritdoc/>
    public override IReadOnlyList<TextLength> Measure(string text) => [new(Count(text), most, "graphemes")];

    private int Count(string text)
    {
        var links = WebLinks.Find(text).ToList();
        var counted = new StringBuilder(text.Length);
        var extra = 0;
        var at = 0;
        foreach (var link in links)
        {
            extra += Rest(text[at..link.Start], counted);
            counted.Append('x', perLink);
            at = link.End;
        }

        extra += Rest(text[at..], counted);
        return extra + new StringInfo(counted.ToString()).LengthInTextElements;
    }

    // What is between the links: mentions lose their domain, and an address whose domain we do not know counts as the longer of what it may be.
    private int Rest(string text, StringBuilder counted)
    {
        var extra = Unknown().Matches(text).Sum(match => Math.Max(0, perLink - match.Length));
        counted.Append(Mention().Replace(text, "${user}"));
        return extra;
    }

    // Account::MENTION_RE, and twitter-text's end_mention_match behind it.
    [GeneratedRegex(@"(?<![=/\w])(?>(?<user>@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\w.-]+\w+)?)(?![@\uFF20]|[\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF]|://)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"(?<![A-Za-z0-9@\uFF20$#\uFF03])https?://[^\s\p{P}\p{S}][^\s/?#]*\.[^\s/?#]+\S*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unknown();
}
