using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>An honest measure of prose: <c>civic-fr.txt</c> must pass the word lists, <c>refused-fr.txt</c> must not.</summary>
public sealed class CivicProseTests
{
    private static readonly string[] Classes = [FindingClasses.Insult, FindingClasses.Hate, FindingClasses.Threat, FindingClasses.Advertising];

    private static string[] Civic { get; } = Sentences("civic-fr.txt");

    private static string[] Refused { get; } = Sentences("refused-fr.txt");

    [Fact]
    public void There_is_enough_prose_to_measure_with()
    {
        Assert.True(Civic.Length >= 120);
        Assert.Equal(Civic.Length, Civic.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Refused.Length, Refused.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_citizens_write_about_their_town_passes_the_word_lists() => Assert.Empty(Civic.SelectMany(Stopped));

    [Fact]
    public void Two_harmless_sentences_beside_each_other_are_harmless() =>
        Assert.Empty(Civic.SelectMany(first => Civic.SelectMany(second => Stopped(first + " " + second))).Take(20));

    [Fact]
    public void Insults_threats_and_hate_are_still_stopped() => Assert.All(Refused, sentence => Assert.NotEmpty(Stopped(sentence)));

    [Fact]
    public void They_are_stopped_within_a_civic_text_too() =>
        Assert.Empty(Refused.SelectMany(sentence => Civic.Where(before => !Stopped(before + " " + sentence).Any()).Select(before => before + " " + sentence)).Take(20));

    private static IEnumerable<string> Stopped(string text) =>
        Judge.Text(text).Findings.Where(finding => finding.Verdict is not Verdict.Publish && Classes.Contains(finding.Class, StringComparer.Ordinal))
            .Select(finding => $"{finding.Rule} {finding.Verdict}: {text.Substring(finding.Start, finding.Length)} | {text}");

    private static string[] Sentences(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", file)).Where(line => line.Length > 0 && line[0] != '#')];
}
