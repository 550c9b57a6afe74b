using System.Globalization;
using System.Text;

namespace SocialHub.Comments;

/// <summary>What of a name or a text can be seen, for a name that shows nothing is nobody's and one that turns the reading around is another's.</summary>
public static class Visible
{
    /// <summary>True when at least one character of it shows something.</summary>
    public static bool HasAny(string text) => text.EnumerateRunes().Any(rune => !IsBlank(rune));

    /// <summary>
    /// True for a name that can be read, on one line. What joins letters or emoji and what chooses their form stays allowed (ZWJ, variation selectors); what changes
    /// the direction of the text around it (Unicode's Bidi_Control) is not needed for any name: Arabic and Hebrew letters bring theirs along.
    /// </summary>
    public static bool IsName(string text) => HasAny(text) && !text.EnumerateRunes().Any(rune => IsDirection(rune) || IsLineOrControl(rune));

    /// <summary>True for what a log of names never needs: all that shows nothing by itself, or shows differently with every reader.</summary>
    public static bool IsUnseen(Rune rune) => rune == Rune.ReplacementChar || IsLineOrControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsLineOrControl(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsDirection(Rune rune) => rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || IsLineOrControl(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        // Letters and signs by category, and blank in every font: the fillers of Hangul, the empty braille cell, the null notehead; and what Unicode keeps for marks to be ignored.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x1D159 or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
