using CsCheck;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class PhrasesTests
{
    private const int Words = 5;
    private const int Few = 4;

    private static readonly Gen<int> Word = Gen.Int[0, Words - 1];

    // A phrase: words, and between two of them sometimes a gap of up to two.
    private static readonly Gen<(int[] Words, int Gap)> Phrase = Gen.Select(Word.Array[1, 4], Gen.Int[0, 2]);

    [Fact]
    public void However_few_ways_are_kept_the_same_phrases_are_found() =>
        Gen.Select(Phrase.Array[1, 6], Word.Array[0, 60]).Sample((phrases, text) =>
        {
            var all = With(phrases, int.MaxValue);
            var few = With(phrases, Few);
            Assert.Equal(Found(all, text), Found(few, text));
            // What one walk learns is kept until the next begins.
            Assert.InRange(few.Count, 0, Few + text.Length);
        });

    private static Phrases With((int[] Words, int Gap)[] phrases, int most)
    {
        var made = new Phrases(most);
        foreach (var (words, gap) in phrases)
        {
            List<PhraseSegment> segments = [.. words.Select(word => new PhraseSegment([[word]]))];
            if (gap > 0 && words.Length > 1) segments.Insert(1, new([], gap));
            made.Add(segments, new(new(string.Join(' ', words), Verdict.Hold, Nearness.None), null, Opens: false, Closes: false));
        }

        return made;
    }

    private static List<string> Found(Phrases phrases, int[] text)
    {
        var found = new List<string>();
        for (var from = 0; from < text.Length; from++)
        {
            var state = phrases.Start.After(text[from]);
            for (var to = from; state.Exists; state = state.After(text[to]))
            {
                found.AddRange(state.Forms.Select(form => $"{from}-{to} {form.Entry.Class}").Order(StringComparer.Ordinal));
                if (++to == text.Length) break;
            }
        }

        return found;
    }
}
