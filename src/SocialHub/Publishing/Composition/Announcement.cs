using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SocialHub.Connections;

namespace SocialHub.Publishing.Composition;

/// <summary>What an announcement is made of.</summary>
/// <param name="Title">The article's title, plain text.</param>
/// <param name="Summary">Its summary, plain text; may be empty.</param>
/// <param name="Url">The tracked link, in full; it is never shortened.</param>
/// <param name="Hashtags">Words with or without their sign.</param>
public sealed record AnnouncementParts(string Title, string Summary, string Url, IReadOnlyList<string> Hashtags);

/// <summary>Writes an announcement from a template within a network's limits.</summary>
public static partial class Announcement
{
    /// <summary>The template of a feed that has none.</summary>
    public const string DefaultTemplate = "{title}\n\n{summary}\n\n{url}\n\n{hashtags}";

    // Longer titles and summaries are cut before they are measured again and again.
    private const int LongestPart = 2000;

    /// <summary>
    /// Fills the template. What does not fit is shortened at word boundaries: first the summary, down to nothing, then the title; then hashtags go, the last first.
    /// </summary>
    /// <returns>The text; null when even the bare link with the template's own words is too long.</returns>
    public static string? Compose(string? template, AnnouncementParts parts, TextRules rules)
    {
        template = string.IsNullOrWhiteSpace(template) ? DefaultTemplate : template;
        var (title, summary) = (OneLine(parts.Title), OneLine(parts.Summary));
        // A feed without a summary of its own repeats the title there.
        if (string.Equals(title, summary, StringComparison.OrdinalIgnoreCase))
            summary = "";
        string[] tags = [.. parts.Hashtags.Select(Hashtag).Where(tag => tag.Length > 1).Distinct(StringComparer.OrdinalIgnoreCase)];
        string Fill(string t, string s, int count) => Render(template, t, s, parts.Url, string.Join(' ', tags.Take(count)));

        if (Fill(title, summary, tags.Length) is var whole && rules.Fits(whole))
            return whole;
        if (Longest(Shortening.Of(summary), s => Fill(title, s, tags.Length), rules) is { } withSummary)
            return withSummary;
        if (Longest(Shortening.Of(title), t => Fill(t, "", tags.Length), rules) is { } withTitle)
            return withTitle;
        for (var count = tags.Length - 1; count >= 0; count--)
        {
            if (Longest([title, .. Shortening.Of(title)], t => Fill(t, "", count), rules) is { } withTags)
                return withTags;
        }

        return null;
    }

    // The forms get shorter one by one, so the longest that fits is found by halving.
    private static string? Longest(IEnumerable<string> forms, Func<string, string> fill, TextRules rules)
    {
        string[] all = [.. forms];
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rules.Fits(fill(all[middle])))
                high = middle;
            else
                low = middle + 1;
        }

        return low < all.Length ? fill(all[low]) : null;
    }

    private static string Render(string template, string title, string summary, string url, string hashtags)
    {
        // One pass, so that braces in a title are text.
        var text = Placeholder().Replace(template, match => match.Value switch
        {
            "{title}" => title,
            "{summary}" => summary,
            "{url}" => url,
            _ => hashtags,
        });
        // What an empty part leaves behind: blank lines in a row, spaces at line ends.
        text = SpacesAtLineEnd().Replace(text.ReplaceLineEndings("\n"), "\n");
        return ManyBlankLines().Replace(text, "\n\n").Trim();
    }

    /// <summary>A word as a hashtag: letters, digits and underscores, with its sign; empty when nothing is left.</summary>
    public static string Hashtag(string word)
    {
        var tag = new StringBuilder("#");
        foreach (var rune in word.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == '_')
                tag.Append(rune);
        }

        return tag.ToString();
    }

    private static string OneLine(string text)
    {
        text = Spaces().Replace(text, " ").Trim();
        var cut = text.Length <= LongestPart ? text.Length : text.LastIndexOf(' ', LongestPart);
        return text[..(cut < 0 ? new StringInfo(text).SubstringByTextElements(0, LongestPart / 2).Length : cut)];
    }

    [GeneratedRegex(@"\{(title|summary|url|hashtags)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[ \t]+\n", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpacesAtLineEnd();

    [GeneratedRegex(@"\n{3,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ManyBlankLines();

    // French typography puts no-break spaces before : ; ! ? and they must stay.
    [GeneratedRegex(@"[ \t\r\n\f\v]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
