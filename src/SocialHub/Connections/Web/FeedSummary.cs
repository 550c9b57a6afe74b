using System.Text.RegularExpressions;

namespace SocialHub.Connections.Web;

/// <summary>A site's own summary of an item, without what its software puts at the end of one.</summary>
internal static partial class FeedSummary
{
    public const int Longest = 2000;

    /// <param name="words">The summary in words.</param>
    /// <param name="title">Of the item.</param>
    /// <param name="text">Of the item.</param>
    /// <returns>Null when it says nothing that the title or the whole text does not say.</returns>
    public static string? Of(string words, string title, string text)
    {
        var summary = FeedHtml.Cut(words, Longest);
        // "L’article … est apparu en premier sur …" (Yoast SEO), then a link to the rest, then WordPress' "[…]".
        summary = Origin().Replace(summary, "");
        summary = More().Replace(summary, "");
        summary = CutSign().Replace(summary, "…").Trim();
        return summary.Any(char.IsLetterOrDigit) && !Same(summary, title) && !Same(summary, text) ? summary : null;
    }

    private static bool Same(string one, string other) => string.Equals(OneLine(one), OneLine(other), StringComparison.OrdinalIgnoreCase);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    // "A adopté l'article 5" is no such sentence: one has ended before it.
    [GeneratedRegex(@"(^|\n|(?<=[….\])!?»]\s?))\s*(l['’]article|cet article|the post)\s[^\n]{1,600}\s(est apparu en premier sur|est apparu d['’]abord sur|appeared first on|first appeared on)\s[^\n]{1,300}\s*\z", Options, 1000)]
    private static partial Regex Origin();

    // Only where a sentence ended before: "pour en savoir plus" is part of one.
    [GeneratedRegex(@"(^|\n|(?<=[….\])!?»]\s?))\s*[\[(]?((lire (la suite|plus|l['’]article)|en savoir (plus|\+)|read more)[\s….»→›>\])]*|(continuer la lecture|continue reading)[^\n]{0,300})\s*\z", Options, 1000)]
    private static partial Regex More();

    [GeneratedRegex(@"\s*(\[\s?(…|\.\.\.)\s?\]|\((…|\.\.\.)\)|\.\.\.|…)\s*\z", Options, 1000)]
    private static partial Regex CutSign();
}
