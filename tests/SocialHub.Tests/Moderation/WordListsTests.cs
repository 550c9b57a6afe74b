using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>A slip in a word list is told with its file and line, and is never a list that means something else.</summary>
public sealed class WordListsTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("vermin", "rats")]
    [InlineData("noun", "rats")]
    [InlineData("nouns", "rats")]
    public void A_set_that_takes_the_place_of_another_is_refused(string name, string words)
    {
        string[][] groups = [["noun", "Bretons", "Breton"]];
        string[][] sets = [["vermin", "cafards"], [name, words]];
        AssertTold(() => WordLists.Sets("fr", groups, sets), "fr.sets.tsv", $"{name}|{words}");
    }

    [Fact]
    public void Groups_of_one_kind_are_one_set()
    {
        var sets = WordLists.Sets("fr", [["noun", "Bretons", "Breton"], ["noun", "Corses"]], [["art", "les"]]);
        Assert.Equal(("Bretons, Corses", "Breton", "les"), (sets["nouns"], sets["noun"], sets["art"]));
    }

    [Theory]
    [InlineData("dirct")]
    [InlineData("Direct")]
    [InlineData("groups")]
    public void A_target_of_an_unknown_kind_is_refused(string kind) =>
        AssertTold(() => WordLists.AddTargets(new Lexicon(), "fr.targets.tsv", ["tu", kind], None), "fr.targets.tsv", $"tu|{kind}");

    [Theory]
    [InlineData("=^rats")]
    [InlineData("rats$ noirs")]
    [InlineData("les ^rats")]
    [InlineData("^rats=")]
    public void A_mark_in_another_place_than_its_own_is_refused(string form) =>
        AssertTold(() => WordLists.Add(new Lexicon(), "fr.hate.tsv", "souris, " + form, Entry, None), "fr.hate.tsv", form);

    [Theory]
    [InlineData("^=rats$")]
    [InlineData("^rats")]
    [InlineData("=rats")]
    public void Marks_in_their_places_are_read(string form)
    {
        var lexicon = new Lexicon();
        WordLists.Add(lexicon, "fr.hate.tsv", form, Entry, None);
        Assert.Single(lexicon.Complete(disguised: false).Find(new("text", "Rats.")));
    }

    private static LexiconEntry Entry { get; } = new(FindingClasses.Hate, Verdict.Hold, Nearness.None);

    private static void AssertTold(Action read, string file, string line)
    {
        var told = Assert.Throws<InvalidDataException>(read).Message;
        Assert.Contains(file, told, StringComparison.Ordinal);
        Assert.Contains(line, told, StringComparison.Ordinal);
    }
}
