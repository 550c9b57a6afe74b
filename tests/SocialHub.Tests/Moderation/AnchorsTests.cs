using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Tests.Moderation.Disguises;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>A phrase is looked for only where one of its rare words stands near: that is to save time and nothing else.</summary>
[Trait("run", "thorough")]
public sealed class AnchorsTests
{
    private const int Seed = 815;
    private const int Each = 20;

    private static readonly Lexicon Everywhere = WordLists.Load(anchored: false);

    [Fact]
    public void Whoever_looks_at_every_word_finds_the_same()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Moderation");
        string[] files = [.. Directory.GetFiles(folder, "*.txt"), .. Directory.GetFiles(Path.Combine(folder, "Proof"), "*.tsv")];
        var sentences = files.SelectMany(File.ReadLines).Concat(DisguisedTexts.Make(Seed, Each, []).Select(text => text.Text)).ToList();
        var found = 0;
        foreach (var sentence in sentences)
        {
            // As it is, without blanks, with blanks elsewhere, and with its letters apart.
            foreach (var text in new[] { sentence, sentence.Replace(" ", "", StringComparison.Ordinal), Cut(sentence), string.Join(' ', sentence.EnumerateRunes()) })
            {
                var expected = Everywhere.Find(new FieldReading("text", text));
                Assert.Equal(expected.Select(Told), Lexicon.BuiltIn.Find(new FieldReading("text", text)).Select(Told));
                found += expected.Count;
            }
        }

        Assert.True(found > 1_000);
    }

    // Every second blank is missing, and every seventh letter is followed by one.
    private static string Cut(string text)
    {
        var blanks = 0;
        return string.Concat(text.Select((c, i) => c == ' ' ? (blanks++ % 2 == 0 ? "" : " ") : i % 7 == 0 ? c + " " : c.ToString()));
    }

    private static string Told(LexiconHit hit) => $"{hit.Entry.Class} {hit.FirstWord}-{hit.LastWord} {hit.Start}-{hit.End} {hit.Verdict} {hit.View}";
}
