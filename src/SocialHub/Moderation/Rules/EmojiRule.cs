using System.Globalization;
using System.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Emoji by the dozen: a row of them fills a screen as letters held down do. "BRAVO 👏👏👏" is applause; so are eleven, where a row of twelve is a wall.
/// </summary>
public sealed class EmojiRule : ModerationRule
{
    /// <summary>How many in a row are too many.</summary>
    public const int InARow = 12;

    /// <summary>How many in the whole text are too many, wherever they stand.</summary>
    public const int InAll = 40;

    public override string Id => "emoji";

    public override string FindingClass => FindingClasses.Shouting;

    public override Wording Reason { get; } = new("Les émojis s’accumulent.", "Emoji pile up.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var text = reading.Text.Original.AsSpan();
        // All of them stand behind the letters and marks of our languages.
        var first = text.IndexOfAnyInRange('\u231A', '\uDFFF');
        if (first < 0) return;
        var (all, row, start, end, said) = (0, 0, first, first, false);
        var joins = false;
        for (var i = first; i < text.Length;)
        {
            _ = Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            if (IsEmoji(rune.Value))
            {
                // A family of four is one picture.
                if (!joins)
                {
                    if (row++ == 0) start = i;
                    all++;
                }

                end = i + consumed;
                joins = false;
            }
            else if (rune.Value == 0x200D)
            {
                joins = true;
            }
            else if (!IsPart(rune) && !Rune.IsWhiteSpace(rune))
            {
                said |= Say(reading, findings, row, start, end);
                (row, joins) = (0, false);
            }

            i += consumed;
        }

        said |= Say(reading, findings, row, start, end);
        if (!said && all >= InAll) findings.AddWhole();
    }

    private static bool Say(Reading reading, FindingSink findings, int row, int start, int end)
    {
        if (row < InARow) return false;
        findings.AddOriginal(reading.Text, start, end);
        return true;
    }

    private static bool IsEmoji(int value) => value is (>= 0x1F000 and <= 0x1F10F) or (>= 0x1F18A and <= 0x1F1E5) or (>= 0x1F1E6 and <= 0x1F3FA) or (>= 0x1F400 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or 0x231A or 0x231B or (>= 0x23E9 and <= 0x23FA) or (>= 0x2B1B and <= 0x2B55);

    // Skin, presentation, tags of flags.
    private static bool IsPart(Rune rune) =>
        rune.Value is (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0020 and <= 0xE007F) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.EnclosingMark;
}
