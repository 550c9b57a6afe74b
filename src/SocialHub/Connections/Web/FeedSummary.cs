using System.Text.RegularExpressions;

namespace SocialHub.Connections.Web;

/// <summary>A site's own summary of an item, without what its software puts at the end of one.</summary>
internal static partial class FeedSummary
{
    public const int Longest = 2000;

    private const int LongestMark = 4000;
    private static readonly string[] Builders = ["vc_", "et_pb_", "fusion_", "av_"];

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

    /// <summary>HTML without the link to its section that SPIP writes behind a summary.</summary>
    public static string WithoutSection(string html)
    {
        var relation = html.LastIndexOf("rel=\"directory\"", StringComparison.OrdinalIgnoreCase);
        var link = relation < 0 ? -1 : html.LastIndexOf("<a ", relation, StringComparison.OrdinalIgnoreCase);
        return link > 0 && html.AsSpan(0, link).TrimEnd() is [.. var before, '-'] && before.TrimEnd(" \t") is [.. var summary, '\n'] ? summary.ToString() : html;
    }

    /// <summary>HTML without the marks of WordPress' page builders, which stay where the builder is not at work.</summary>
    public static string WithoutBuilderMarks(string html)
    {
        var result = (System.Text.StringBuilder?)null;
        var kept = 0;
        for (var at = html.IndexOf('[', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('[', at + 1))
        {
            var name = html.AsSpan(html[at + 1] == '/' ? at + 2 : at + 1);
            var isMark = false;
            foreach (var builder in Builders)
                isMark |= name.StartsWith(builder, StringComparison.Ordinal);
            if (!isMark || html.IndexOf(']', at, Math.Min(LongestMark, html.Length - at)) is not (>= 0 and var end))
                continue;
            (result ??= new(html.Length)).Append(html, kept, at - kept);
            (kept, at) = (end + 1, end);
        }
        return result is null ? html : result.Append(html, kept, html.Length - kept).ToString();
    }

    private static bool Same(string one, string other) => string.Equals(OneLine(one), OneLine(other), StringComparison.OrdinalIgnoreCase);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"(^|\s)(l['’]article|cet article|the post)\s[^\n]{1,600}\s(est apparu en premier sur|est apparu d['’]abord sur|appeared first on|first appeared on)\s[^\n]{1,300}\s*\z", Options, 1000)]
    private static partial Regex Origin();

    // Only where a sentence ended before: "pour en savoir plus" is part of one.
    [GeneratedRegex(@"(^|\n|(?<=[….\])!?»]\s?))\s*[\[(]?((lire (la suite|plus|l['’]article)|en savoir (plus|\+)|read more)[\s….»→›>\])]*|(continuer la lecture|continue reading)[^\n]{0,300})\s*\z", Options, 1000)]
    private static partial Regex More();

    [GeneratedRegex(@"\s*(\[\s?(…|\.\.\.)\s?\]|\((…|\.\.\.)\)|\.\.\.|…)\s*\z", Options, 1000)]
    private static partial Regex CutSign();
}
