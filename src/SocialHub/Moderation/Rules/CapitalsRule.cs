using System.Globalization;
using System.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>A text written in capitals. A short exclamation, an acronym or a title within a text is not shouting.</summary>
public sealed class CapitalsRule : ModerationRule
{
    /// <summary>Letters with a case that a text must have before capitals are counted.</summary>
    public const int FewestLetters = 30;

    /// <summary>Share of capitals among them, in percent.</summary>
    public const int Percent = 70;

    public override string Id => "capitals";

    public override string FindingClass => FindingClasses.Shouting;

    public override Wording Reason { get; } = new("Le texte est écrit presque tout en capitales.", "The text is written almost entirely in capitals.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        int upper = 0, lower = 0;
        foreach (var rune in reading.Text.Original.EnumerateRunes())
        {
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

        if (upper + lower >= FewestLetters && upper * 100 >= (upper + lower) * Percent) findings.AddWhole();
    }
}
