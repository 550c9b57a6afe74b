using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The day somebody was born, where it is said who: "Sophie Marchand, née le 12/03/1985", "Li Wei (né le 12 mars 1985)", "ma fille Louane, née le", "date de naissance : 12 mars 1985", "je suis né le 12.03.85", "Sophie Marchand fête ses 40 ans le 12 mars".
/// With a name it opens accounts. A child without one, a year alone and whoever was born too long ago to be hurt are named freely.
/// </summary>
public sealed class BirthDateRule : ModerationRule
{
    private const int FirstYear = 1930;
    private const int MostWordsAround = 12;
    private const int MostWordsToDate = 6;
    private const int LastYear = 2100;

    // What is dated later behind a name may be what the named one wrote or was given.
    private const int LastBareYear = 2010;

    // Without a digit a year begins so.
    private static readonly SearchValues<string> SomeYearWord = SearchValues.Create(["mille neuf cent", "dix-neuf cent", "deux mille"], StringComparison.Ordinal);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(Words.Civilities, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Months = FrozenSet.ToFrozenSet(
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "janv", "jan", "fevr", "fev", "avr", "juil", "sept", "oct", "nov", "dec", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        StringComparer.Ordinal);

    public override string Id => "birth-date";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("La date de naissance d’une personne serait visible de tous.", "A person's date of birth would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            var text = field.Plain.Text;
            if (text.IndexOfAnyInRange('0', '9') < 0 && text.IndexOfAny(SomeYearWord) < 0) continue;
            var words = field.WordList;
            var next = 0;
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (i < next || Find(reading, field, i) is not { } date) continue;
                findings.Add(field, date.Start, date.End);
                next = date.Beyond;
            }
        }
    }

    private static Day? Find(Reading reading, FieldReading field, int i)
    {
        var words = field.WordList;
        if (NeedsName(field, i) is { } needsName)
        {
            if (Date(field, i + 1, i + 1 + MostWordsToDate) is not { } date || (IsWithoutAccent(field, i) && IsDenied(field, date.Beyond))) return null;
            return !needsName || IsOfSomebody(field, i, date.Beyond) || IsSaidOfName(reading, field, i) || IsSaidOfFirstName(field, i) ? date : null;
        }

        // "Kévin Marchal, 27.08.1998": what follows a name that opens its sentence, of a year that papers about it no longer have.
        if (i > 1 && char.IsAsciiDigit(field.Plain.Text[words[i].Start]) && IsNameBefore(field, i) && Date(field, i, i + 1) is { } bare && bare.Year <= LastBareYear) return bare;
        return IsFeast(field, i) ? Feast(field, i) : null;
    }

    // Whether a word that speaks of a birth says nothing without a name; null: it speaks of none.
    private static bool? NeedsName(FieldReading field, int i)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        return text[words[i].Start..words[i].End] switch
        {
            // "Ne" denies, but for "ne le 12/03/1985" of who writes no accents.
            "ne" => IsAccented(field, words[i]) || (text[words[i + 1].Start..words[i + 1].End] is "le" && i + 2 < words.Count && char.IsAsciiDigit(text[words[i + 2].Start])) ? true : null,
            "nee" or "nes" or "nees" or "born" => true,
            "naissance" => !(i > 1 && text[words[i - 2].Start..words[i - 2].End] is "date" or "jour"),
            "ddn" => false,
            _ => null,
        };
    }

    private static bool IsWithoutAccent(FieldReading field, int i) => field.Plain.Text[field.WordList[i].Start..field.WordList[i].End] is "ne" && !IsAccented(field, field.WordList[i]);

    // "ne le 12/03/2024 rien signé"
    private static bool IsDenied(FieldReading field, int beyond)
    {
        var words = field.WordList;
        for (var i = beyond; i < words.Count && i - beyond < 3; i++)
        {
            if (field.Plain.Text[words[i].Start..words[i].End] is "rien" or "pas" or "plus" or "jamais" or "point" or "que") return true;
        }

        return false;
    }

    // "Né", "NÉ" and, as capitals often go without, "NE": "ne" denies.
    private static bool IsAccented(FieldReading field, Word word)
    {
        var (from, to) = field.Plain.ToOriginal(word.Start, word.End);
        // An accent that is a character of its own is none of the folded letter's.
        (from, to) = field.Graphemes.Widen(from, to);
        return field.Original.AsSpan(from, to - from) is not ("ne" or "Ne");
    }

    // A day, a month and a year, the day among the words from one place to another: "le 12/03/1985", "à Lyon le 1er mars 1985", ": 12-03-85", "le douze mars mille neuf cent quatre-vingt-cinq".
    private static Day? Date(FieldReading field, int first, int beyond)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        for (var i = first; i + 2 < words.Count && i < beyond && words[i].Sentence - words[Math.Max(0, first - 1)].Sentence <= 1; i++)
        {
            if (DayOfMonth(text, words, i, out var month) is null) continue;
            var word = text[words[month].Start..words[month].End];
            var year = month + 1;
            if (year >= words.Count) return null;
            if (!Months.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            {
                var sign = text[words[month].End..words[year].Start];
                if (Number(word) is not (>= 1 and <= 12) || sign.Length > 3 || sign.IndexOfAny(",\n") >= 0 || !text[words[month - 1].End..words[month].Start].SequenceEqual(sign)) return null;
            }

            var end = year + 1;
            var full = Year(text[words[year].Start..words[year].End]) ?? SpokenNumber.Read(text, words, year, out end);
            return full is >= FirstYear and <= LastYear and { } found ? new(words[i].Start, words[end - 1].End, end, found) : null;
        }

        return null;
    }

    // "12", "1er", "douze", "trente et un", with the month behind.
    private static int? DayOfMonth(ReadOnlySpan<char> text, List<Word> words, int i, out int month)
    {
        const int LastDay = 31;
        var day = text[words[i].Start..words[i].End];
        month = i + 1;
        if (day is "1er" or "premier") return 1;
        if (Number(day) is >= 1 and <= LastDay and var number) return number;
        return SpokenNumber.Read(text, words, i, out month) is >= 1 and <= LastDay and { } spoken && month + 1 < words.Count && Months.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[month].Start..words[month].End]) ? spoken : null;
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
        born > 1 && IsRightBefore(field, born) && PersonName.IsLikelyBefore(reading, field, born, out _);

    // "Ma fille Louane, née le", "Louane M. (née le", "jean michel bérard né le"
    private static bool IsSaidOfFirstName(FieldReading field, int born)
    {
        var words = field.WordList;
        // "Lucas est né le"
        if (born > 1 && field.Plain.Text[words[born - 1].Start..words[born - 1].End] is "est") born--;
        if (born == 0 || !IsRightBefore(field, born)) return false;
        if (PersonName.IsFirstNameBefore(field, born) || PersonName.IsSmallBefore(field, born)) return true;
        return born > 1 && words[born - 1].End - words[born - 1].Start == 1 && field.IsCapital(words[born - 1].Start) && PersonName.IsFirstNameBefore(field, born - 1);
    }

    private static bool IsRightBefore(FieldReading field, int at) => field.Plain.Text[field.WordList[at - 1].End..field.WordList[at].Start] is " " or ", " or "," or " (" or ". " or ".," or "., " or ". (" or " - ";

    private static bool IsNameBefore(FieldReading field, int date)
    {
        var words = field.WordList;
        if (!IsRightBefore(field, date) || !PersonName.EndsBefore(field, date) || PersonName.IsRememberedBefore(field, date)) return false;
        var first = date - 1;
        while (first > 0 && words[first - 1].Sentence == words[first].Sentence && field.IsCapital(words[first - 1].Start) && field.Plain.Text[words[first - 1].End..words[first].Start] is " " or "-") first--;
        return first == 0 || words[first - 1].Sentence != words[first].Sentence || field.Plain.Text[words[first - 1].End..words[first].Start].IndexOfAny(":(-") >= 0;
    }

    // "fête ses ans le", "fêtera ses 40 ans le", "souffle ses bougies le", "son anniversaire est le"
    private static bool IsFeast(FieldReading field, int i)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        return text[words[i].Start..words[i].End] is "ans" or "anniversaire" or "anniv" or "bougies" or "birthday" && i > 1 && (PersonWords.Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i - 1].Start..words[i - 1].End])
            || (i > 2 && PersonWords.Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i - 2].Start..words[i - 2].End]) && Number(text[words[i - 1].Start..words[i - 1].End]) is not null));
    }

    // A day without its year behind such a word, of somebody whose name stands right before the verb, and the age or the year beside it.
    private static Day? Feast(FieldReading field, int feast)
    {
        const int MostWordsToVerb = 5;
        const int OldestAge = 95;
        var text = field.Plain.Text;
        var words = field.WordList;
        var isNamed = false;
        for (var i = feast; i > 1 && feast - i <= MostWordsToVerb && words[i].Sentence == words[feast].Sentence; i--) isNamed |= PersonName.EndsBefore(field, i);
        if (!isNamed) return null;
        for (var i = feast + 1; i + 1 < words.Count && i - feast <= MostWordsToDate && words[i].Sentence == words[feast].Sentence; i++)
        {
            if (DayOfMonth(text, words, i, out var month) is null || !Months.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[month].Start..words[month].End])) continue;
            var isAged = Number(text[words[feast - 1].Start..words[feast - 1].End]) is >= 1 and <= OldestAge;
            return isAged || IsYearNear(text, words, feast) ? new(words[i].Start, words[month].End, month + 1, 0) : null;
        }

        return null;
    }

    // "elle est de 1967", "né en 67"
    private static bool IsYearNear(ReadOnlySpan<char> text, List<Word> words, int feast)
    {
        for (var i = Math.Max(1, feast - MostWordsAround); i < words.Count && i <= feast + MostWordsAround; i++)
        {
            if (text[words[i - 1].Start..words[i - 1].End] is "de" or "en" or "nee" or "ne" or "classe" && words[i].End - words[i].Start == 4 && Year(text[words[i].Start..words[i].End]) is >= FirstYear and <= LastYear) return true;
        }

        return false;
    }

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

    /// <param name="Start">First character.</param>
    /// <param name="End">One past the last.</param>
    /// <param name="Beyond">Index of the first word behind it.</param>
    /// <param name="Year">0: it has none.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Day(int Start, int End, int Beyond, int Year);
}
