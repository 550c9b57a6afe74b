using System.Globalization;
using System.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// A text written in capitals. A short exclamation, an acronym or a title within a text is not shouting; many older people write so, and are only noted.
/// A person looks where it is a wall of them, or where marks in rows or swearing are shouted too.
/// </summary>
public sealed class CapitalsRule : ModerationRule
{
    /// <summary>Letters with a case that a text must have before capitals are counted.</summary>
    public const int FewestLetters = 30;

    /// <summary>Share of capitals among them, in percent.</summary>
    public const int Percent = 70;

    /// <summary>Letters from which a text in capitals is a wall.</summary>
    public const int Wall = 400;

    /// <summary>Marks in a row that shout along with capitals: as many as are noted by themselves.</summary>
    public const int LoudMarks = PunctuationRule.Fewest;

    public override string Id => "capitals";

    public override string FindingClass => FindingClasses.Shouting;

    public override Wording Reason { get; } = new("Le texte est écrit presque tout en capitales.", "The text is written almost entirely in capitals.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var text = reading.Text.Original.AsSpan();
        if (text.Length < FewestLetters) return;
        // With so many small letters the rest may all be capitals, and still be too few: ordinary prose is known after a line.
        var mostLower = text.Length * (100 - Percent) / 100;
        int upper = 0, lower = 0;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsAscii(c))
            {
                i++;
                if (char.IsAsciiLetterLower(c)) lower++;
                else if (char.IsAsciiLetterUpper(c)) upper++;
            }
            else
            {
                _ = Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
                i += consumed;
                switch (Rune.GetUnicodeCategory(rune))
                {
                    case UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter:
                        upper++;
                        break;
                    case UnicodeCategory.LowercaseLetter:
                        lower++;
                        break;
                }
            }

            if (lower > mostLower) return;
        }

        if (upper + lower < FewestLetters || upper * 100 < (upper + lower) * Percent) return;
        var loud = upper >= Wall || reading.Text.Hits.Count > 0 || PunctuationRule.LongestRow(reading.Text) >= LoudMarks;
        findings.AddWhole(loud ? Verdict.Hold : Verdict.Publish);
    }
}
