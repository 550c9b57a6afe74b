using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>An honest measure of prose: <c>civic-fr.txt</c> and <c>civic-en.txt</c> must pass the word lists, <c>refused-fr.txt</c> must not.</summary>
public sealed class CivicProseTests
{
    private const int Beside = 60;

    private static readonly string[] Classes = [FindingClasses.Insult, FindingClasses.Hate, FindingClasses.Threat, FindingClasses.Advertising];

    private static string[] Civic { get; } = [.. Sentences("civic-fr.txt"), .. Sentences("civic-en.txt")];

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
    public void Insults_threats_and_hate_are_still_stopped() => Assert.All(Refused, sentence => Assert.NotEmpty(Stopped(sentence)));

    // Behind a threat as before it: an exception that begins in the threat must not find its end in the next sentence.
    [Fact]
    [Trait("run", "thorough")]
    public void No_sentence_beside_another_changes_anything()
    {
        Assert.Empty(Pairs(Civic, Civic).SelectMany(Stopped).Take(20));
        Assert.Empty(Pairs(Civic, Refused).Where(text => !Stopped(text).Any()).Take(20));
        Assert.Empty(Pairs(Refused, Civic).Where(text => !Stopped(text).Any()).Take(20));
    }

    // Each sentence before so many others, and other ones for each: all pairs would grow with the square of the sentences.
    private static IEnumerable<string> Pairs(string[] first, string[] second)
    {
        var step = Math.Max(1, second.Length / Beside);
        return first.SelectMany((before, i) => second.Where((_, j) => (i + j) % step == 0).Select(after => before + " " + after));
    }

    private static IEnumerable<string> Stopped(string text) =>
        Judge.Text(text).Findings.Where(finding => finding.Verdict is not Verdict.Publish && Classes.Contains(finding.Class, StringComparer.Ordinal))
            .Select(finding => $"{finding.Rule} {finding.Verdict}: {text.Substring(finding.Start, finding.Length)} | {text}");

    private static string[] Sentences(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", file)).Where(line => line.Length > 0 && line[0] != '#')];
}
