using System.Text.Json.Nodes;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Cards;

/// <summary>The text that is decided about and the name of its author, cut on whole characters, with the spans of their findings highlighted. Nothing that a rule would refuse stays out of sight because it stands at the end.</summary>
internal static class Excerpt
{
    // Each highlight costs two runs of JSON.
    private const int MostHighlights = 20;

    // What stands for what is left out between the beginning and the passage.
    private const string Gap = " […] ";

    // A smaller excerpt is the beginning alone.
    private const int LeastWithPassage = 200;

    /// <summary>
    /// The beginning of the text, at most <paramref name="units"/> UTF-16 units. Where the worst that was found, or the first of the worst, lies behind that,
    /// half of them are the beginning and the other half the passage around it.
    /// </summary>
    public static JsonObject Of(string text, IReadOnlyList<Finding> findings, int units)
    {
        var found = Found(findings, "text", text.Length);
        var spans = Merged(found);
        var (head, start, end) = Shown(text, found, units);
        var inlines = new JsonArray();
        Append(inlines, text[..head], Within(spans, 0, head), isCut: end == head && head < text.Length);
        if (end > head)
        {
            if (start > head) inlines.Add((JsonNode)CardParts.Run(Gap, highlight: false));
            Append(inlines, text[start..end], Within(spans, start, end), isCut: end < text.Length);
        }

        if (inlines.Count == 0) inlines.Add((JsonNode)CardParts.Run(" ", highlight: false));
        return new() { ["type"] = "RichTextBlock", ["inlines"] = inlines };
    }

    /// <summary>The name behind its label, on one line, where something was found in it; null: nothing was.</summary>
    public static JsonObject? OfName(string label, string name, IReadOnlyList<Finding> findings, int units)
    {
        var shown = Graphemes.Cut(name, units);
        if (Within(Merged(Found(findings, "name", name.Length)), 0, shown.Length) is not { Count: > 0 } spans) return null;
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

    // Where the beginning ends, and from where to where the passage behind it goes; the same three times: there is none.
    private static (int Head, int Start, int End) Shown(string text, List<Finding> found, int units)
    {
        var whole = Graphemes.Cut(text, units).Length;
        if (found.Count == 0 || found[0].Start + found[0].Length <= whole || units < LeastWithPassage) return (whole, whole, whole);
        var head = Graphemes.Cut(text, units / 2).Length;
        var room = units - head - Gap.Length;
        // What begins in the beginning and is longer than the passage may be is shown from where it begins.
        if (found[0].Start < head && found[0].Length > room) return (whole, whole, whole);
        var start = Math.Max(head, found[0].Start - Math.Max(0, Math.Min(room / 4, room - found[0].Length)));
        var graphemes = new Graphemes(text);
        while (!graphemes.IsBoundary(start)) start++;
        return (head, start, start + Graphemes.Cut(text[start..], room).Length);
    }

    // What counts, the worst first.
    private static List<Finding> Found(IReadOnlyList<Finding> findings, string field, int length) =>
        [.. findings.Where(finding => finding is { Length: > 0, Verdict: not Verdict.Publish, Start: >= 0 } && finding.Start + finding.Length <= length && string.Equals(finding.Field, field, StringComparison.Ordinal))
            .OrderByDescending(finding => finding.Verdict).ThenBy(finding => finding.Start)];

    // Spans that overlap are one.
    private static List<(int Start, int End)> Merged(List<Finding> found)
    {
        List<(int Start, int End)> spans = [];
        foreach (var (start, end) in found.Take(MostHighlights).Select(finding => (finding.Start, End: finding.Start + finding.Length)).Order())
        {
            if (spans.Count > 0 && start <= spans[^1].End) spans[^1] = (spans[^1].Start, Math.Max(spans[^1].End, end));
            else spans.Add((start, end));
        }

        return spans;
    }

    // The parts of them that are shown, counted from where that begins.
    private static List<(int Start, int End)> Within(List<(int Start, int End)> spans, int from, int to) =>
        [.. spans.Select(span => (Start: Math.Max(span.Start, from) - from, End: Math.Min(span.End, to) - from)).Where(span => span.Start < span.End)];
}
