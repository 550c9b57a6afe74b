using CsCheck;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>A card shows the worst of a text, wherever it stands in it.</summary>
public sealed class ExcerptTests
{
    private const int Units = 400;
    private const string Threat = "je vais te tuer";

    private static readonly string Long = string.Concat(Enumerable.Repeat("Le marché du samedi est très agréable. ", 60));

    [Fact]
    public void A_threat_behind_the_cut_is_shown_and_highlighted_with_what_stands_around_it()
    {
        var (shown, highlighted) = Of(Long + "Demain " + Threat + ". " + Long);
        Assert.StartsWith("Le marché du samedi", shown, StringComparison.Ordinal);
        Assert.Contains(" […] ", shown, StringComparison.Ordinal);
        Assert.Contains("très agréable. Demain je vais te tuer. Le marché", shown, StringComparison.Ordinal);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.Equal([Threat], highlighted);
        Assert.InRange(shown.Length, Units / 2, Units + 1);
    }

    [Fact]
    public void A_threat_that_the_cut_would_split_is_shown_whole() =>
        Assert.Equal([Threat], Of(new string('a', Units - 5) + " " + Threat + ". " + Long).Highlighted);

    [Fact]
    public void The_worst_is_shown_and_not_the_first()
    {
        var text = "Quel salaud. " + Long + Threat;
        Assert.Equal(["salaud", Threat], Of(text, Of(text, "salaud", Verdict.Hold), Of(text, Threat, Verdict.Reject)).Highlighted);
    }

    [Fact]
    public void It_is_highlighted_behind_any_number_of_others()
    {
        var text = string.Concat(Enumerable.Repeat("salaud ", 200)) + Threat;
        var others = Enumerable.Range(0, 99).Select(i => Found("insult-words", Verdict.Hold, i * 7, 6));
        Assert.Contains(Threat, Of(text, [.. others, Of(text, Threat, Verdict.Reject)]).Highlighted);
    }

    [Fact]
    public void What_stands_in_the_beginning_needs_no_passage() => Assert.DoesNotContain("[…]", Of(Threat + ". " + Long).Shown, StringComparison.Ordinal);

    [Fact]
    public void A_finding_that_is_longer_than_the_card_is_shown_from_where_it_begins()
    {
        var (shown, highlighted) = Of(Long, Found("capitals", Verdict.Hold, 0, Long.Length));
        Assert.Equal(Units + 1, shown.Length);
        Assert.Equal(shown[..Units], Assert.Single(highlighted));
    }

    [Fact]
    public void Of_any_text_the_worst_is_shown_whole_within_the_limit() => Gen.Select(AnyText.Strings, AnyText.Strings, Gen.Int[0, 600]).Sample((before, behind, units) =>
    {
        var (head, tail) = (string.Concat(Enumerable.Repeat(before, 5)), string.Concat(Enumerable.Repeat(behind, 5)));
        var text = $"{head}\n{Threat}\n{tail}";
        var shown = string.Concat(Runs(text, units, Found("threat-words", Verdict.Reject, head.Length + 1, Threat.Length)).Select(run => run.Text));
        // A bracket is parted from what would make it a date of the card.
        Assert.InRange(shown.Replace("{\u200B", "{", StringComparison.Ordinal).Length, 0, Math.Max(1, units + 1));
        Assert.True(units < 200 || shown.Contains(Threat, StringComparison.Ordinal), shown);
    }, iter: 500);

    private static (string Shown, List<string> Highlighted) Of(string text, params Finding[] findings)
    {
        var runs = Runs(text, Units, findings.Length > 0 ? findings : [Of(text, Threat, Verdict.Reject)]);
        return (string.Concat(runs.Select(run => run.Text)), [.. runs.Where(run => run.IsHighlighted).Select(run => run.Text)]);
    }

    private static Finding Of(string text, string part, Verdict verdict) => Found("threat-words", verdict, text.IndexOf(part, StringComparison.Ordinal), part.Length);

    private static Finding Found(string rule, Verdict verdict, int start, int length) => new(rule, FindingClasses.Threat, verdict, start, length, "plain", "");

    private static List<(string Text, bool IsHighlighted)> Runs(string text, int units, params Finding[] findings) =>
        [.. Excerpt.Of(text, findings, units)["inlines"]!.AsArray().Select(run => ((string)run!["text"]!, (bool?)run["highlight"] ?? false))];
}
