using SocialHub.EndToEnd.Peers;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation.Measured;

/// <summary>No harmless word and no town is stopped, whatever the lists become: each word of a dictionary and each commune of France, in a sentence.</summary>
[Trait("run", "thorough")]
public sealed class WordsAndNamesTests
{
    // Issue 4, 2: two of 34,987 names may be.
    private const int MostCommunes = 2;

    private static readonly string Dictionary = Place("SOCIALHUB_TEST_DICTIONARY", "/usr/share/dict/french");

    private static readonly string EnglishDictionary = Place("SOCIALHUB_TEST_ENGLISH_DICTIONARY", "/usr/share/dict/american-english");

    [Fact]
    public void No_word_of_the_dictionary_is_stopped_in_a_sentence_but_its_signed_insults()
    {
        var words = Words();
        Assert.True(words.Count > 300_000, "This is not Debian's wfrench.");
        Assert.Empty(Stopped(words, DictionaryInsults.Read(addressed: false), DictionaryInsults.Alone));
    }

    [Fact]
    public void No_word_of_an_english_dictionary_is_stopped_in_a_sentence_but_its_signed_insults()
    {
        Assert.SkipUnless(File.Exists(EnglishDictionary), "Debian's wamerican is not installed: run `dotnet run tests/all.cs` once where apt-get may, or set SOCIALHUB_TEST_ENGLISH_DICTIONARY to a file of words.");
        // "bitch's" is the word "bitch", and "DuPont" one that the authority holds.
        var words = File.ReadLines(EnglishDictionary).Where(word => !word.EndsWith("'s", StringComparison.Ordinal) && !Judge.Authority.Moderation.HoldWords.Contains(word, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(words.Count > 70_000, "This is not Debian's wamerican.");
        Assert.Empty(Stopped(words, DictionaryInsults.ReadEnglish(), DictionaryInsults.AloneInEnglish));
    }

    [Fact]
    public void What_is_signed_is_in_the_dictionary_once()
    {
        var words = Words().ToHashSet(StringComparer.Ordinal);
        var signed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Measured", "dictionary-insults.txt")).Where(line => line[0] != '#').Select(line => line.Split('\t')).ToList();
        Assert.Empty(signed.Where(parts => !words.Contains(parts[0])).Select(parts => parts[0]));
        Assert.Empty(signed.GroupBy(parts => parts[0]).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(signed, parts => Assert.Contains(parts[1], new[] { "alone", "addressed" }));
    }

    [Fact]
    public void Who_lives_in_a_commune_may_say_so()
    {
        var names = DictionaryInsults.Communes(Path.Combine(NpmTools.Folder("communes"), "node_modules", "@etalab", "decoupage-administratif", "data", "communes.json"));
        Assert.True(names.Count > 34_000);
        var stopped = names.AsParallel().Where(name => Judge.Text(DictionaryInsults.Commune.Replace("{0}", name, StringComparison.Ordinal)).Verdict is not Verdict.Publish).ToList();
        Assert.True(stopped.Count <= MostCommunes, string.Join(", ", stopped));
    }

    private static ParallelQuery<string> Stopped(IEnumerable<string> words, IReadOnlySet<string> signed, string sentence) =>
        words.Where(word => !signed.Contains(word)).AsParallel().Select(word => (Word: word, Judgement: Judge.Text(sentence.Replace("{0}", word, StringComparison.Ordinal))))
            .Where(judged => judged.Judgement.Verdict is not Verdict.Publish)
            .Select(judged => $"{judged.Word}: {judged.Judgement.Findings[0].Rule}");

    private static string Place(string variable, string usual) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : usual;

    /// <summary>Those of Debian's wfrench; without it the test that asks is skipped.</summary>
    internal static List<string> Words()
    {
        Assert.SkipUnless(File.Exists(Dictionary), "Debian's wfrench is not installed: run `dotnet run tests/all.cs` once where apt-get may, or set SOCIALHUB_TEST_DICTIONARY to a file of words.");
        return [.. File.ReadLines(Dictionary).Distinct(StringComparer.Ordinal)];
    }
}
