using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>One letter held down, or the same words said over and over, to fill the page. A chant or a refrain is none.</summary>
public sealed class RepetitionRule : ModerationRule
{
    /// <summary>How many times one letter in a row is too many; "Merciiiii" is not.</summary>
    public const int Letters = 12;

    /// <summary>How many times one word in a row is too many.</summary>
    public const int Times = 6;

    /// <summary>How many times several words in a row are too many.</summary>
    public const int PhraseTimes = 8;

    // A long sentence fills the page sooner.
    private const int LongTimes = 4;
    private const int LongWords = 40;

    // Each length costs one look at each word.
    private const int LongestPhrase = 24;

    public override string Id => "repetition";

    public override string FindingClass => FindingClasses.Flood;

    public override Wording Reason { get; } = new("Le même signe ou les mêmes mots sont répétés pour remplir la page.", "The same character or words are repeated to fill the page.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var field = reading.Text;
        var text = field.Plain.Text;
        for (int i = 0, start = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == text[start]) continue;
            if (i - start >= Letters && char.IsLetter(text[start])) findings.Add(field, start, i);
            start = i;
        }

        JudgeWords(field, findings);
    }

    private static void JudgeWords(FieldReading field, FindingSink findings)
    {
        var words = field.WordList;
        if (words.Count < Times) return;
        var text = field.Plain.Text;
        var read = new Read[words.Count];
        for (var i = 0; i < read.Length; i++) read[i] = new(string.GetHashCode(text[words[i].Start..words[i].End], StringComparison.Ordinal), words[i].End - words[i].Start);
        // What repeats two words repeats four as well: it is said once.
        var said = 0;
        for (var length = 1; length <= LongestPhrase && length * LongTimes <= words.Count && said < words.Count; length++)
        {
            for (int i = length, first = 0; i <= words.Count; i++)
            {
                if (i < words.Count && read[i] == read[i - length]) continue;
                var times = (i - first) / length;
                if (IsTooMany(times, length, i - first) && HasLetter(text, words, first, length) && first >= said)
                {
                    findings.Add(field, words[first].Start, words[i - 1].End);
                    said = i;
                }

                first = i - length + 1;
            }
        }
    }

    private static bool IsTooMany(int times, int length, int count) =>
        length == 1 ? times >= Times : times >= PhraseTimes || (times >= LongTimes && count >= LongWords);

    // Rows of numbers are a table.
    private static bool HasLetter(ReadOnlySpan<char> text, List<Word> words, int first, int length)
    {
        for (var i = first; i < first + length; i++)
        {
            if (char.IsLetter(text[words[i].Start])) return true;
        }

        return false;
    }

    // A hash of this process, which nobody outside can aim at: that two words share one in each of so many places does not happen.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Read(int Hash, int Length);
}
