using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Text;

namespace SocialHub.Benchmarks;

/// <summary>
/// Words of a dictionary that the matcher would read as others if nobody told it: one letter from a word of the lists, or one when written apart.
/// Prints them as lines of <c>ordinary.tsv</c>, which a person reads before they are committed.
/// </summary>
internal static class OrdinaryWords
{
    private const int Row = 12;

    public static int Print(ReadOnlySpan<string> dictionaries)
    {
        var lexicon = WordLists.Load(knowsOrdinary: false);
        var ordinary = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var dictionary in dictionaries)
        {
            foreach (var line in File.ReadLines(dictionary))
            {
                var word = Normalised.Plain(line).Text.ToString();
                if (word.AsSpan().ContainsAnyExceptInRange('a', 'z') || ordinary.Contains(word) || lexicon.Knows(word)) continue;
                if (lexicon.ReadsAsAnother(word) || Hits(lexicon, "vous êtes un " + word) || Hits(lexicon, string.Join(' ', word.ToCharArray()))) ordinary.Add(word);
            }
        }

        foreach (var row in ordinary.Chunk(Row)) Console.WriteLine(string.Join(", ", row));
        Console.Error.WriteLine($"{ordinary.Count} words");
        return 0;
    }

    private static bool Hits(Lexicon lexicon, string text) => lexicon.Find(new FieldReading("text", text)).Exists(hit => hit.Views != Views.Plain);
}
