namespace SocialHub.Moderation.Rules;

/// <summary>One letter held down, or one word said over and over, to fill the page.</summary>
public sealed class RepetitionRule : ModerationRule
{
    /// <summary>How many times one letter in a row is too many; "Merciiiii" is not.</summary>
    public const int Letters = 12;

    /// <summary>How many times one word in a row is too many.</summary>
    public const int Times = 6;

    public override string Id => "repetition";

    public override string FindingClass => FindingClasses.Flood;

    public override Wording Reason { get; } = new("Le même signe ou le même mot est répété pour remplir la page.", "The same character or word is repeated to fill the page.");

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

        var words = field.WordList;
        for (int i = 1, first = 0; i <= words.Count; i++)
        {
            if (i < words.Count && text[words[i].Start..words[i].End].SequenceEqual(text[words[first].Start..words[first].End])) continue;
            if (i - first >= Times && char.IsLetter(text[words[first].Start])) findings.Add(field, words[first].Start, words[i - 1].End);
            first = i;
        }
    }
}
