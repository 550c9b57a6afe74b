using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Licence plates of somebody: AB-123-CD, with blanks or without any, or of the form 1234 AB 33 that ended in 2009, where the sentence speaks of a person
/// or of a plate. "Le camion AB-123-CD bloque la rue" tells of a lorry, and a file's number of that form is left alone.
/// </summary>
public sealed class LicencePlateRule : ModerationRule
{
    private static readonly FrozenSet<string> People = FrozenSet.ToFrozenSet(
        ["voisin", "voisine", "voisins", "conducteur", "conductrice", "chauffard", "chauffards", "chauffeur", "automobiliste", "proprietaire", "monsieur", "madame", "m", "mr", "mme", "mlle", "mec", "type", "gars", "individu", "homme", "femme", "dame", "son", "sa", "ses", "elle", "lui", "celui", "celle", "appartient",
            "plaque", "plaques", "immatricule", "immatriculee", "immatriculation", "driver", "neighbour", "neighbor", "plate", "his", "her", "he", "she", "owner"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = FrozenSet.ToFrozenSet(
        ["et", "ou", "au", "de", "du", "en", "la", "le", "les", "des", "ans", "an", "par", "sur", "sous", "min", "mai", "jan", "fev", "nov", "dec", "oct", "km", "kg", "cm", "mm", "ml", "rue", "bis", "ter", "lot", "art", "al", "eur", "and", "or", "to", "at", "hab", "voix", "non", "oui", "pas", "fois", "sec", "mn", "hr", "kw", "go", "mo"],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public override string Id => "licence-plate";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Une plaque d’immatriculation serait visible de tous.", "A licence plate would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            if (field.Numbers.Length == 0) continue;
            var text = field.Plain.Text;
            HashSet<int>? people = null;
            var word = 0;
            for (var i = 0; i + 6 < text.Length; i++)
            {
                if (!Words.IsLetterOrDigit(text[i]) || (i > 0 && Words.IsLetterOrDigit(text[i - 1]))) continue;
                if (EndOf(text, i) is not { } end) continue;
                people ??= SentencesOfPeople(field);
                while (word + 1 < field.WordList.Count && field.WordList[word].End <= i) word++;
                // "dossier AB-123-CD", "parcelle 123 AB 45"
                if (!people.Contains(field.WordList[word].Sentence) || NumberLabels.Before(text, i) is not NumberLabel.None) continue;
                findings.Add(field, i, end);
                i = end;
            }
        }
    }

    private static HashSet<int> SentencesOfPeople(FieldReading field)
    {
        var people = People.GetAlternateLookup<ReadOnlySpan<char>>();
        var sentences = new HashSet<int>();
        foreach (var word in field.WordList)
        {
            if (people.Contains(field.Plain.Text[word.Start..word.End])) sentences.Add(word.Sentence);
        }

        return sentences;
    }

    private static int? EndOf(ReadOnlySpan<char> text, int start)
    {
        // AB-123-CD; I, O and U are never used, nor SS and WW. "Le CD 335 en venant de ..." is a road.
        if (IsPair(text, start) && Gap(text, start + 2, out var first) is { } digits && Digits(text, digits) == 3 && Gap(text, digits + 3, out var second) is { } letters
            && IsPair(text, letters) && first == second && !(first is ' ' && Common.Contains(text.Slice(letters, 2))) && !(letters + 2 < text.Length && Words.IsLetterOrDigit(text[letters + 2])))
        {
            return letters + 2;
        }

        // 1234 AB 33, 12 ABC 2A
        var count = Digits(text, start);
        if (count is < 2 or > 4 || Gap(text, start + count, out first) is not { } at) return null;
        var size = 0;
        while (size < 4 && at + size < text.Length && char.IsAsciiLetter(text[at + size])) size++;
        // "entre 18 et 18 ans", "12 rue 33"
        if (size is not (2 or 3) || Common.Contains(text.Slice(at, size)) || Gap(text, at + size, out second) is not { } place || first != second) return null;
        var end = place;
        var department = Digits(text, place);
        if (department is 2 or 3) end = place + department;
        else if (place + 1 < text.Length && text[place] == '2' && text[place + 1] is 'a' or 'b') end = place + 2;
        return end > place && !(end < text.Length && Words.IsLetterOrDigit(text[end])) ? end : null;
    }

    private static bool IsPair(ReadOnlySpan<char> text, int at) =>
        at + 1 < text.Length && IsLetter(text[at]) && IsLetter(text[at + 1]) && text.Slice(at, 2) is not ("ss" or "ww");

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) && c is not ('i' or 'o' or 'u');

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        var count = 0;
        while (count < 5 && at + count < text.Length && char.IsAsciiDigit(text[at + count])) count++;
        return count;
    }

    // A hyphen, with or without blanks, one blank or dot, or nothing.
    private static int? Gap(ReadOnlySpan<char> text, int at, out char sign)
    {
        sign = '\0';
        var i = at;
        while (i < text.Length && i - at < 3 && text[i] is ' ' or '-' or '.' or '_')
        {
            if (sign is '\0' or ' ') sign = text[i];
            i++;
        }

        return i < text.Length ? i : null;
    }
}
