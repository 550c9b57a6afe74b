using System.Collections.Frozen;
using System.Globalization;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The day somebody was born, where it is said who: "Sophie Marchand, née le 12/03/1985", "Li Wei (né le 12 mars 1985)", "date de naissance : 12 mars 1985", "je suis né le 12.03.85".
/// With a name it opens accounts. A child without one, a year alone and whoever was born too long ago to be hurt are named freely.
/// </summary>
public sealed class BirthDateRule : ModerationRule
{
    private const int FirstYear = 1930;
    private const int MostWordsAround = 12;
    private const int MostWordsToDate = 4;

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(Words.Civilities, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Months = FrozenSet.ToFrozenSet(
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        StringComparer.Ordinal);

    public override string Id => "birth-date";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("La date de naissance d’une personne serait visible de tous.", "A person's date of birth would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            if (field.Numbers.Length == 0) continue;
            var text = field.Plain.Text;
            var words = field.WordList;
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (NeedsName(field, i) is not { } needsName || Date(field, words, i + 1) is not { } date) continue;
                if (needsName && !IsOfSomebody(field, i, date.Beyond) && !IsSaidOfName(reading, field, i)) continue;
                findings.Add(field, date.Start, date.End);
            }
        }
    }

    // Whether a word that speaks of a birth says nothing without a name; null: it speaks of none.
    private static bool? NeedsName(FieldReading field, int i)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        return text[words[i].Start..words[i].End] switch
        {
            "ne" => IsAccented(field, words[i]) && text[words[i + 1].Start..words[i + 1].End] is "le" ? true : null,
            "nee" => text[words[i + 1].Start..words[i + 1].End] is "le" ? true : null,
            "born" => true,
            "naissance" => i > 1 && text[words[i - 2].Start..words[i - 2].End] is "date" or "jour" ? false : null,
            "ddn" => false,
            _ => null,
        };
    }

    // "Né", "NÉ" and, as capitals often go without, "NE": "ne" denies.
    private static bool IsAccented(FieldReading field, Word word)
    {
        var (from, to) = field.Plain.ToOriginal(word.Start, word.End);
        // An accent that is a character of its own is none of the folded letter's.
        (from, to) = field.Graphemes.Widen(from, to);
        return field.Original.AsSpan(from, to - from) is not ("ne" or "Ne");
    }

    // A day, a month and a year within a few words: "le 12/03/1985", "le 1er mars 1985", ": 12-03-85".
    private static (int Start, int End, int Beyond)? Date(FieldReading field, List<Word> words, int first)
    {
        var text = field.Plain.Text;
        for (var i = first; i + 2 < words.Count && i - first < MostWordsToDate && words[i].Sentence - words[first - 1].Sentence <= 1; i++)
        {
            var day = text[words[i].Start..words[i].End];
            if (day is "1er") day = "1";
            if (Number(day) is not (>= 1 and <= 31)) continue;
            var month = text[words[i + 1].Start..words[i + 1].End];
            var year = text[words[i + 2].Start..words[i + 2].End];
            if (!Months.GetAlternateLookup<ReadOnlySpan<char>>().Contains(month) && !(Number(month) is >= 1 and <= 12 && words[i + 1].Start - words[i].End == 1 && words[i + 2].Start - words[i + 1].End == 1)) return null;
            if (Year(year) is not { } full || full < FirstYear) return null;
            return (words[i].Start, words[i + 2].End, i + 3);
        }

        return null;
    }

    private static int? Number(ReadOnlySpan<char> word) => word.Length <= 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Year(ReadOnlySpan<char> word) => (word.Length, Number(word)) switch
    {
        (4, >= 1000 and <= 2100 and var year) => year,
        (2, { } shortened) => shortened < FirstYear % 100 ? 2000 + shortened : 1900 + shortened,
        _ => null,
    };

    // "Li Wei, née le": what is written like a name and stands right before it is one, known or not.
    private static bool IsSaidOfName(Reading reading, FieldReading field, int born) =>
        born > 1 && field.WordList is var words && field.Plain.Text[words[born - 1].End..words[born].Start] is " " or ", " or "," or " (" && PersonName.IsLikelyBefore(reading, field, born, out _);

    // "Je suis née", or a name close by: with its title, or of two capital words.
    private static bool IsOfSomebody(FieldReading field, int born, int beyond)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        if (born > 1 && text[words[born - 1].Start..words[born - 1].End] is "suis" && text[words[born - 2].Start..words[born - 2].End] is "je") return true;
        for (var i = Math.Max(1, born - MostWordsAround); i <= words.Count && i <= beyond + MostWordsAround; i++)
        {
            if (i > born && i <= beyond) continue;
            if (Math.Abs(words[i - 1].Sentence - words[born].Sentence) > 2) continue;
            if (PersonName.EndsBefore(field, i)) return true;
            if (i < words.Count && i != born && Titles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i - 1].Start..words[i - 1].End]) && char.IsLetter(text[words[i].Start]) && field.IsCapital(words[i].Start)) return true;
        }

        return false;
    }
}
