using SocialHub.Configuration;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation.Proof;

/// <summary>
/// Sentences that somebody wrote who had not seen the lists (those of groups also by who wrote them): <c>innocent.tsv</c> is published, <c>veiled.tsv</c> waits for a person at least,
/// and what is said of a group has the same verdict whichever group it is said of. How many of them the lists knew at first stands in the README of Moderation.
/// </summary>
public sealed class ProofTests
{
    private const int Fewest = 200;
    private const string Place = "{groupe}";

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

    [Theory]
    [InlineData("innocent-of-groups.tsv", false)]
    [InlineData("veiled-of-groups.tsv", true)]
    public void What_is_said_of_a_group_has_one_verdict_whichever_group_it_is(string file, bool stops)
    {
        var groups = Lines("groups.tsv").ToLookup(line => line[0], line => line[1], StringComparer.Ordinal);
        foreach (var line in Lines(file))
        {
            var verdicts = groups[line[0]].ToLookup(group => Verdict(Capitalised(line[1].Replace(Place, group, StringComparison.Ordinal))));
            Assert.True(verdicts.Count == 1, $"{line[1]} {string.Join(" / ", verdicts.Select(same => $"{same.Key}: {string.Join(", ", same)}"))}");
            Assert.True(verdicts.First().Key != SocialHub.Moderation.Verdict.Publish == stops, line[1]);
        }
    }

    private static bool Stops(string text) => Verdict(text) != SocialHub.Moderation.Verdict.Publish;

    private static Verdict Verdict(string text) => Judge.Engine.Judge(new(text), Hub).Verdict;

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static List<string[]> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Proof", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
}
