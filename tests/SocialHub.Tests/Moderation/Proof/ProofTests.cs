using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using Xunit;

namespace SocialHub.Tests.Moderation.Proof;

/// <summary>
/// Sentences that somebody wrote who had not seen the lists (those of groups also by who wrote them): <c>innocent.tsv</c> is published, <c>veiled.tsv</c> waits for a person at least,
/// and what is said of a group has the same verdict whichever group it is said of. How many of them the lists knew at first stands in the README of Moderation.
/// </summary>
public sealed class ProofTests
{
    private const int Fewest = 200;
    private const int FewestThreats = 50;
    private const string Place = "{groupe}";
    private const string Leading = "leading"; // words that stand before any noun ("les gros camions"): WordRuleTests
    private const string Vowels = "aeiouyàâéèêëîïôœ";

    // The town's own number and address, as every authority lists them.
    private static readonly HubConfiguration Hub = new()
    {
        Authority = new() { Name = "Ville de Saint-Exemple", Language = "fr", PublicAddress = "https://hub.saint-exemple.example" },
        Moderation = new() { PublicContacts = ["02 61 91 20 00", "urbanisme@ville.example"] },
    };

    [Fact]
    public void What_is_innocent_is_published()
    {
        var sentences = Lines("innocent.tsv");
        Assert.InRange(sentences.Count, Fewest, int.MaxValue);
        Assert.Empty(sentences.Select(line => line[2]).Where(Stops).ToArray());
    }

    [Fact]
    public void What_is_veiled_waits_for_a_person()
    {
        var sentences = Lines("veiled.tsv");
        Assert.InRange(sentences.Count, Fewest, int.MaxValue);
        Assert.Empty(sentences.Select(line => line[2]).Where(text => !Stops(text)).ToArray());
    }

    // Only a threat wakes whoever is on duty.
    [Fact]
    public void A_veiled_threat_is_held_as_a_threat()
    {
        var threats = Lines("veiled.tsv").Where(line => line[0] is "threat" or "self-harm-incitement").Select(line => line[2]).ToList();
        Assert.InRange(threats.Count, FewestThreats, int.MaxValue);
        Assert.DoesNotContain(threats, text => !Judge.Engine.Judge(new(text), Hub).Findings.Any(finding => finding.Class == FindingClasses.Threat && finding.Verdict > SocialHub.Moderation.Verdict.Publish));
    }

    [Theory]
    [InlineData("innocent-of-groups.tsv", false)]
    [InlineData("veiled-of-groups.tsv", true)]
    public void What_is_said_of_some_groups_has_one_verdict_whichever_group_it_is(string file, bool stops) => AssertOneVerdict(file, stops, step: 13);

    [Theory]
    [InlineData("innocent-of-groups.tsv", false)]
    [InlineData("veiled-of-groups.tsv", true)]
    [Trait("run", "thorough")]
    public void What_is_said_of_a_group_has_one_verdict_whichever_group_it_is(string file, bool stops) => AssertOneVerdict(file, stops, step: 1);

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_group_that_the_lists_name_is_proved(string language)
    {
        var proved = string.Join('\n', Lines("every-group.tsv").Where(line => line[0] == language).SelectMany(line => line.Skip(1)).SelectMany(cell => cell.Split(", ")));
        var named = EmbeddedTable.Lines($"Rules.Words.{language}.groups.tsv").Where(line => line[0] != Leading).SelectMany(line => line.Skip(1)).SelectMany(cell => cell.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        Assert.All(named, word => Assert.Contains(word, proved, StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertOneVerdict(string file, bool stops, int step)
    {
        var groups = Lines("groups.tsv").Concat(Lines("every-group.tsv").Where((_, i) => i % step == 0)).ToLookup(line => line[0], StringComparer.Ordinal);
        foreach (var line in Lines(file))
        {
            var but = line.Length > 2 ? line[2].Split(", ") : [];
            var sentences = groups[line[0]].SelectMany(group => Said(line[1], group)).Where(said => !but.Contains(said.Group)).ToList();
            var verdicts = sentences.AsParallel().AsOrdered().Select(said => (said.Group, Verdict: Verdict(Capitalised(said.Text)))).ToLookup(said => said.Verdict, said => said.Group);
            Assert.True(verdicts.Count == 1, $"{line[1]} {string.Join(" / ", verdicts.Select(same => $"{same.Key}: {string.Join(", ", same.Take(50))}"))}");
            Assert.True(verdicts.First().Key != SocialHub.Moderation.Verdict.Publish == stops, line[1]);
        }
    }

    // A line of every-group.tsv: the language, all of them with their article ("les Roms", "the Irish", "Jews"), and one by one with theirs.
    private static IEnumerable<(string Group, string Text)> Said(string sentence, string[] group)
    {
        if (sentence.Contains("{un", StringComparison.Ordinal))
        {
            var ones = group.Length > 2 ? group[2].Split(", ") : [];
            return ones.Select(one => (one, sentence.Replace("{un nu}", one[(one.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal).Replace("{un}", one, StringComparison.Ordinal)));
        }

        var (all, isFrench) = (group[1], group[0] == "fr");
        // "No the Irish" is nobody's sentence.
        if (!isFrench && all.StartsWith("the ", StringComparison.Ordinal) && sentence.Contains("{groupe nu}", StringComparison.Ordinal)) return [];
        var bare = isFrench ? all["les ".Length..] : all;
        var text = isFrench && Vowels.Contains(char.ToLowerInvariant(bare[0])) ? sentence.Replace(" de {groupe nu}", " d'{groupe nu}", StringComparison.Ordinal) : sentence;
        return [(all, text.Replace("{groupe nu}", bare, StringComparison.Ordinal).Replace(Place, all, StringComparison.Ordinal))];
    }

    private static bool Stops(string text) => Verdict(text) != SocialHub.Moderation.Verdict.Publish;

    private static Verdict Verdict(string text) => Judge.Engine.Judge(new(text), Hub).Verdict;

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static List<string[]> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Proof", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
}
