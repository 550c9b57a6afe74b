namespace SocialHub.Moderation.Rules;

/// <summary>Rows of exclamation and question marks; up to seven are lively, not loud.</summary>
public sealed class PunctuationRule : ModerationRule
{
    /// <summary>How many marks in a row are too many.</summary>
    public const int Fewest = 8;

    public override string Id => "punctuation";

    public override string FindingClass => FindingClasses.Shouting;

    public override Wording Reason { get; } = new("Les points d’exclamation ou d’interrogation s’accumulent.", "Exclamation or question marks pile up.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var text = reading.Text.Plain.Text;
        var i = 0;
        while (i < text.Length)
        {
            var ahead = text[i..].IndexOfAny('!', '?');
            if (ahead < 0) return;
            i += ahead;
            var start = i;
            var marks = 0;
            var end = i;
            for (; i < text.Length && text[i] is '!' or '?' or ' '; i++)
            {
                if (text[i] == ' ') continue;
                marks++;
                end = i + 1;
            }

            if (marks >= Fewest) findings.Add(reading.Text, start, end);
        }
    }
}
