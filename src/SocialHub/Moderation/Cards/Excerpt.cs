using System.Text.Json.Nodes;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Cards;

/// <summary>The text that is decided about and the name of its author, cut on whole characters, with the spans of their findings highlighted.</summary>
internal static class Excerpt
{
    // Each highlight costs two runs of JSON.
    private const int MostHighlights = 20;

    public static JsonObject Of(string text, IReadOnlyList<Finding> findings, int units)
    {
        var shown = Graphemes.Cut(text, units);
        var inlines = new JsonArray();
        Append(inlines, shown, Spans(findings, "text", shown.Length), isCut: shown.Length < text.Length);
        if (inlines.Count == 0) inlines.Add((JsonNode)CardParts.Run(" ", highlight: false));
        return new() { ["type"] = "RichTextBlock", ["inlines"] = inlines };
    }

    /// <summary>The name behind its label, on one line, where something was found in it; null: nothing was.</summary>
    public static JsonObject? OfName(string label, string name, IReadOnlyList<Finding> findings, int units)
    {
        var shown = Graphemes.Cut(name, units);
        if (Spans(findings, "name", shown.Length) is not { Count: > 0 } spans) return null;
        var inlines = new JsonArray(CardParts.Run(label + " ", highlight: false, weight: "Bolder"));
        Append(inlines, shown.Replace('\n', ' '), spans, isCut: shown.Length < name.Length, "Bolder");
        return new() { ["type"] = "RichTextBlock", ["inlines"] = inlines, ["separator"] = true };
    }

    private static void Append(JsonArray inlines, string shown, List<(int Start, int End)> spans, bool isCut, string? weight = null)
    {
        var at = 0;
        foreach (var (start, end) in spans)
        {
            Append(inlines, shown.AsSpan(at, start - at), highlight: false, weight);
            Append(inlines, shown.AsSpan(start, end - start), highlight: true, weight);
            at = end;
        }

        Append(inlines, shown.AsSpan(at), highlight: false, weight);
        if (isCut) inlines.Add((JsonNode)CardParts.Run("…", highlight: false, weight));
    }

    private static void Append(JsonArray inlines, ReadOnlySpan<char> text, bool highlight, string? weight)
    {
        if (text.Length > 0) inlines.Add((JsonNode)CardParts.Run(CardText.Run(text), highlight, weight));
    }

    // Spans that overlap are one; those behind the cut are not shown.
    private static List<(int Start, int End)> Spans(IReadOnlyList<Finding> findings, string field, int shown)
    {
        List<(int Start, int End)> spans = [];
        var given = findings.Where(finding => finding is { Length: > 0, Verdict: not Verdict.Publish, Start: >= 0 } && string.Equals(finding.Field, field, StringComparison.Ordinal))
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
