using System.Text.Json.Nodes;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Cards;

/// <summary>The text that is decided about, cut on whole characters, with the spans of its findings highlighted.</summary>
internal static class Excerpt
{
    // Each highlight costs two runs of JSON.
    private const int MostHighlights = 20;

    public static JsonObject Of(string text, IReadOnlyList<Finding> findings, int units)
    {
        var shown = Graphemes.Cut(text, units);
        var inlines = new JsonArray();
        var at = 0;
        foreach (var (start, end) in Spans(findings, shown.Length))
        {
            Append(inlines, shown.AsSpan(at, start - at), highlight: false);
            Append(inlines, shown.AsSpan(start, end - start), highlight: true);
            at = end;
        }

        Append(inlines, shown.AsSpan(at), highlight: false);
        if (shown.Length < text.Length) inlines.Add((JsonNode)CardParts.Run("…", highlight: false));
        if (inlines.Count == 0) inlines.Add((JsonNode)CardParts.Run(" ", highlight: false));
        return new() { ["type"] = "RichTextBlock", ["inlines"] = inlines };
    }

    private static void Append(JsonArray inlines, ReadOnlySpan<char> text, bool highlight)
    {
        if (text.Length > 0) inlines.Add((JsonNode)CardParts.Run(CardText.Run(text), highlight));
    }

    // Spans that overlap are one; those behind the cut are not shown.
    private static List<(int Start, int End)> Spans(IReadOnlyList<Finding> findings, int shown)
    {
        List<(int Start, int End)> spans = [];
        var given = findings.Where(finding => finding is { Field: "text", Length: > 0, Verdict: not Verdict.Publish, Start: >= 0 })
            .Select(finding => (finding.Start, End: finding.Start + finding.Length))
            .Where(span => span.End <= shown).OrderBy(span => span.Start).ThenBy(span => span.End);
        foreach (var span in given)
        {
            if (spans.Count > 0 && span.Start <= spans[^1].End) spans[^1] = (spans[^1].Start, Math.Max(spans[^1].End, span.End));
            else if (spans.Count == MostHighlights) break;
            else spans.Add(span);
        }

        return spans;
    }
}
