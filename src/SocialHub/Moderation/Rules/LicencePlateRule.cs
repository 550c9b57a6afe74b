using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Licence plates of somebody: AB-123-CD, with blanks or without any, or of the form 1234 AB 33 that ended in 2009, where the sentence speaks of a person, of a car as people have one,
/// or of a plate; and whatever is called a plate ("plaque suisse GE 482 117"). "Le camion AB-123-CD bloque la rue" tells of a lorry, what a council buys and sells is nobody's, and a file's number of that form is left alone.
/// </summary>
public sealed class LicencePlateRule : ModerationRule
{
    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(Words.Civilities, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pronouns = FrozenSet.ToFrozenSet(["son", "sa", "ses", "elle", "lui", "his", "her"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Plates = FrozenSet.ToFrozenSet(["plaque", "plaques", "immatricule", "immatriculee", "immatriculation", "immat", "plate"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Cars = FrozenSet.ToFrozenSet(
        ["voiture", "auto", "bagnole", "caisse", "moto", "scooter", "scoot", "quad", "mobylette", "berline", "break", "suv", "monospace", "4x4", "cabriolet", "decapotable", "citadine", "car", "motorbike", "clio", "twingo", "megane", "scenic", "kangoo", "captur", "zoe", "espace", "duster", "sandero", "logan", "c1", "c2", "c3", "c4", "c5", "picasso", "berlingo", "golf", "polo", "passat", "tiguan", "panda", "punto", "yaris", "fiesta", "focus", "corsa", "astra", "ibiza", "leon", "fabia", "octavia", "qashqai", "juke", "micra", "swift", "jimny", "cayenne", "tmax",
            "renault", "peugeot", "citroen", "dacia", "volkswagen", "audi", "bmw", "mercedes", "merco", "tesla", "fiat", "toyota", "ford", "opel", "skoda", "nissan", "hyundai", "kia", "volvo", "porsche", "suzuki", "yamaha", "kawasaki", "honda", "mazda", "jeep", "rover"],
        StringComparer.Ordinal);

    // Nobody's own: what works for a town or a firm, and what a council's minutes say of it.
    private static readonly FrozenSet<string> Fleets = FrozenSet.ToFrozenSet(
        ["camion", "camions", "camionnette", "autocar", "minibus", "benne", "remorque", "balayeuse", "nacelle", "tracteur", "tondeuse", "tractopelle", "utilitaire", "municipal", "municipale", "municipaux", "communal", "communale", "communaux", "communautaire", "conseil", "flotte", "inventaire", "vente", "ceder", "cession", "acquisition", "lorry", "council"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = FrozenSet.ToFrozenSet(
        ["et", "ou", "au", "de", "du", "en", "la", "le", "les", "des", "ans", "an", "par", "sur", "sous", "min", "mai", "jan", "fev", "nov", "dec", "oct", "km", "kg", "cm", "mm", "ml", "rue", "bis", "ter", "lot", "art", "al", "eur", "and", "or", "to", "at", "hab", "voix", "non", "oui", "pas", "fois", "sec", "mn", "hr", "kw", "go", "mo"],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // Before three digits and a blank: "sa 208 gt", "la RD 335 va".
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonBefore = FrozenSet.ToFrozenSet(
        ["et", "au", "de", "en", "la", "le", "ma", "ta", "sa", "ce", "je", "me", "ne", "se", "te", "va", "ya", "rd", "rn", "cd", "cr", "vc", "km", "at", "pc", "mr", "dr"], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

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
                var form = EndOf(text, i);
                if (form is null && !char.IsAsciiDigit(text[i]) && !field.IsCapital(i)) continue;
                while (word + 1 < field.WordList.Count && field.WordList[word].End <= i) word++;
                if ((form ?? EndOfCalled(field, word)) is not { } end) continue;
                people ??= SentencesOfPeople(field);
                // "dossier AB-123-CD", "parcelle 123 AB 45"
                if (people.Contains(field.WordList[word].Sentence) && NumberLabels.Before(text, i) is NumberLabel.None) findings.Add(field, i, end);
                i = end;
            }
        }
    }

    // Where a person or a plate is spoken of; among what a council owns only a person counts.
    private static HashSet<int> SentencesOfPeople(FieldReading field)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        var (people, cars, fleets) = (new HashSet<int>(), new HashSet<int>(), new HashSet<int>());
        for (var i = 0; i < words.Count; i++)
        {
            var sentence = words[i].Sentence;
            if (Holds(PersonWords.Somebody, text, words[i]) ? !IsKind(text, words, i) : IsTitle(field, i) || IsNamed(field, i + 1)) people.Add(sentence);
            else if (IsOwned(text, words, i)) people.Add(sentence);
            else if (Holds(Plates, text, words[i]) || Holds(Cars, text, words[i]) || Holds(Pronouns, text, words[i])) cars.Add(sentence);
            else if (Holds(Fleets, text, words[i])) fleets.Add(sentence);
        }

        cars.ExceptWith(fleets);
        people.UnionWith(cars);
        return people;
    }

    // "Sa Clio bloque le bus"
    private static bool IsOwned(ReadOnlySpan<char> text, List<Word> words, int i) =>
        i > 0 && Holds(Cars, text, words[i]) && PersonWords.Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i - 1].Start..words[i - 1].End]);

    // "Mme Haddad", and not "Monsieur le Président".
    private static bool IsTitle(FieldReading field, int i)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        return Holds(Titles, text, words[i]) && !(i + 1 < words.Count && text[words[i + 1].Start..words[i + 1].End] is "le" or "la" or "l");
    }

    // "Le camion de type BOM"
    private static bool IsKind(ReadOnlySpan<char> text, List<Word> words, int i) =>
        text[words[i].Start..words[i].End] is "type" && !(i > 0 && text[words[i - 1].Start..words[i - 1].End] is "le" or "ce" or "un" or "du" or "au" or "quel" or "mon" or "ton" or "son");

    // "Karim Haddad se gare là", "la 208 de jean michel bérard"
    private static bool IsNamed(FieldReading field, int beyond) =>
        PersonName.EndsBefore(field, beyond) ? !PersonName.IsNamesakeBefore(field, beyond) : PersonName.IsSmallBefore(field, beyond);

    // Right behind "plaque" or "immatriculée": letters and digits of any country, in capitals: "plaque suisse GE 482 117", "immatriculée 1-XKD-482".
    private static int? EndOfCalled(FieldReading field, int first)
    {
        const int MostWordsToPlate = 4;
        const int MostParts = 3;
        const int LongestPart = 4;
        const int Fewest = 5;
        const int Most = 8;
        var text = field.Plain.Text;
        var words = field.WordList;
        var called = first - 1;
        while (called >= 0 && first - called <= MostWordsToPlate && words[called].Sentence == words[first].Sentence && !Holds(Plates, text, words[called])) called--;
        if (called < 0 || first - called > MostWordsToPlate || !Holds(Plates, text, words[called])) return null;
        var (letters, digits, last) = (0, 0, first - 1);
        for (var i = first; i < words.Count && i - first < MostParts && words[i].End - words[i].Start <= LongestPart + 2; i++)
        {
            if (i > first && text[words[i - 1].End..words[i].Start] is not (" " or "-" or "." or " - ")) break;
            var (l, d) = (0, 0);
            for (var at = words[i].Start; at < words[i].End; at++)
            {
                if (char.IsAsciiDigit(text[at])) d++;
                else if (char.IsAsciiLetter(text[at]) && field.IsCapital(at)) l++;
                else l = Most + 1;
            }

            if (letters + digits + l + d > Most) break;
            (letters, digits, last) = (letters + l, digits + d, i);
        }

        return letters >= 1 && digits >= 2 && letters + digits >= Fewest ? words[last].End : null;
    }

    private static bool Holds(FrozenSet<string> set, ReadOnlySpan<char> text, Word word) => set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[word.Start..word.End]);

    private static int? EndOf(ReadOnlySpan<char> text, int start)
    {
        // AB-123-CD; I, O and U are never used, nor SS and WW. "Le CD 335 en venant de ..." is a road.
        if (IsPair(text, start) && Gap(text, start + 2, out var first) is { } digits && IsThree(text, digits) && Gap(text, digits + 3, out var second) is { } letters
            && IsPair(text, letters) && first == second && !(first is ' ' or '\0' && (Common.Contains(text.Slice(letters, 2)) || CommonBefore.Contains(text.Slice(start, 2)))) && !(letters + 2 < text.Length && Words.IsLetterOrDigit(text[letters + 2])))
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

    // Three digits, one of them perhaps drawn as a letter: "4l7".
    private static bool IsThree(ReadOnlySpan<char> text, int at)
    {
        var (digits, alike) = (0, 0);
        for (var i = at; i < at + 4 && i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) digits++;
            else if (i < at + 3 && text[i] is 'o' or 'l' or 'i') alike++;
            else break;
        }

        return digits + alike == 3 && alike <= 1;
    }

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        var count = 0;
        while (count < 5 && at + count < text.Length && char.IsAsciiDigit(text[at + count])) count++;
        return count;
    }

    // A sign, with or without blanks, blanks, or nothing.
    private static int? Gap(ReadOnlySpan<char> text, int at, out char sign)
    {
        sign = '\0';
        var i = at;
        while (i < text.Length && i - at < 3 && !Words.IsLetterOrDigit(text[i]) && text[i] is not ('\n' or ',' or ';' or '€' or '%' or '('))
        {
            if (sign is '\0' or ' ') sign = text[i];
            i++;
        }

        return i < text.Length ? i : null;
    }
}
