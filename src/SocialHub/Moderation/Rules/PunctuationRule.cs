namespace SocialHub.Moderation.Rules;

/// <summary>Rows of exclamation and question marks; up to seven are lively, from eight on they are noted, a wall of them is held.</summary>
public sealed class PunctuationRule : ModerationRule
{
    /// <summary>How many marks in a row are too many.</summary>
    public const int Fewest = 8;

    /// <summary>How many marks in a row are a wall.</summary>
    public const int Wall = 20;

    public override string Id => "punctuation";

    public override string FindingClass => FindingClasses.Shouting;

    public override Wording Reason { get; } = new("Les points d’exclamation ou d’interrogation s’accumulent.", "Exclamation or question marks pile up.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var (start, end, marks) in RowsIn(reading.Text))
        {
            if (marks >= Fewest) findings.Add(reading.Text, start, end, marks >= Wall ? Verdict.Hold : Verdict.Publish);
        }
    }

    /// <summary>Marks in the longest row.</summary>
    internal static int LongestRow(FieldReading field)
    {
        var longest = 0;
        foreach (var (_, _, marks) in RowsIn(field)) longest = Math.Max(longest, marks);
        return longest;
    }

    // Rows of two marks or more; most texts have none, and no list is made for them.
    private static List<(int Start, int End, int Marks)> RowsIn(FieldReading field)
    {
        List<(int, int, int)>? rows = null;
        var text = field.Plain.Text;
        var i = 0;
        while (i < text.Length)
        {
            var ahead = text[i..].IndexOfAny('!', '?');
            if (ahead < 0) break;
            i += ahead;
            var (start, end, marks) = (i, i, 0);
            for (; i < text.Length && text[i] is '!' or '?' or ' '; i++)
            {
                if (text[i] == ' ') continue;
                marks++;
                end = i + 1;
            }

            if (marks > 1) (rows ??= []).Add((start, end, marks));
        }

        return rows ?? [];
    }
}
