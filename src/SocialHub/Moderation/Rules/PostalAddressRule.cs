using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Where a person lives, with the house number: "elle habite au 12 rue des Lilas", "son adresse : 12, rue des Lilas", "M. Martin, 12 rue des Lilas".
/// A street or a house alone is what civic prose is made of ("les travaux au 12 rue des Lilas"), and an institution's address is public.
/// </summary>
public sealed class PostalAddressRule : ModerationRule
{
    private const int MostWordsBefore = 12;
    private const int LongestNumber = 4;
    private const int MostNames = 3;

    private static readonly FrozenSet<string> Streets = FrozenSet.ToFrozenSet(
        ["rue", "avenue", "av", "boulevard", "bd", "bld", "boul", "impasse", "allee", "allees", "chemin", "place", "route", "quai", "cours", "square", "residence", "lotissement", "villa", "passage", "sentier", "faubourg", "hameau", "venelle", "ruelle", "esplanade", "promenade", "rte", "chem", "imp", "street", "road", "lane"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> After = FrozenSet.ToFrozenSet(["bis", "ter", "quater", "a", "b", "c", "d"], StringComparer.Ordinal);

    // A person lives, an association may have its seat ("domiciliée") and anything an address.
    private static readonly FrozenSet<string> Lives = FrozenSet.ToFrozenSet(
        ["habite", "habites", "habitez", "habitait", "demeure", "demeurant", "reside", "residant", "vit", "vis", "loge", "creche", "dort", "lives", "live"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Plural = FrozenSet.ToFrozenSet(["habitent", "resident", "vivent", "logent"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Seats = FrozenSet.ToFrozenSet(["adresse", "domicile", "domiciliee", "domicilie", "address", "chez"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "famille"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(["le", "la", "les", "l", "du", "de", "des", "ou", "et"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Institutions = FrozenSet.ToFrozenSet(
        ["mairie", "ecole", "ecoles", "college", "lycee", "association", "associations", "mediatheque", "bibliotheque", "commerce", "boulangerie", "boucherie", "magasin", "boutique", "entreprise", "societe", "service", "services", "ccas", "bureau", "bureaux", "poste", "prefecture", "gymnase", "salle", "eglise", "maison", "creche", "hopital",
            "clinique", "cabinet", "pharmacie", "restaurant", "bar", "cafe", "hotel", "musee", "theatre", "batiment", "immeuble", "chantier", "travaux", "permanence", "accueil", "guichet", "local", "locaux", "siege", "club", "centre", "agence", "police", "gendarmerie", "commissariat", "garage", "parking", "terrain", "dechetterie", "marche", "syndicat", "office", "municipalite", "ville", "commune"],
        StringComparer.Ordinal);

    private static readonly SearchValues<string> SomeStreet = SearchValues.Create(
        ["rue", "avenue", "av", "boulevard", "bd", "bld", "boul", "impasse", "imp", "allee", "chem", "place", "quai", "cours", "square", "lotissement", "villa", "passage", "sentier", "faubourg", "hameau", "venelle", "esplanade", "promenade", "street", "lane"], StringComparison.Ordinal);

    private static readonly SearchValues<char> Signs = SearchValues.Create(",:(-\n");

    public override string Id => "postal-address";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("L’adresse d’une personne serait visible de tous.", "A person's postal address would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            if (field.Numbers.Length == 0 || field.Plain.Text.IndexOfAny(SomeStreet) < 0) continue;
            var text = field.Plain.Text;
            var words = field.WordList;
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (!IsHouse(text[words[i].Start..words[i].End])) continue;
                var street = i + 1;
                if (street + 1 < words.Count && After.Contains(Word(text, words[street]))) street++;
                if (!Streets.Contains(Word(text, words[street])) || words[street].Sentence != words[i].Sentence || words[street].Start - words[i].End > 4 + (street - i - 1) * 5) continue;
                if (!IsOfPerson(text, words, i)) continue;
                findings.Add(field, words[i].Start, EndOf(text, words, street));
            }
        }
    }

    private static string Word(ReadOnlySpan<char> text, Word word) => text[word.Start..word.End].ToString();

    // "12", "12bis"
    private static bool IsHouse(ReadOnlySpan<char> word)
    {
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits])) digits++;
        return digits is > 0 and <= LongestNumber && (digits == word.Length || After.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word[digits..]));
    }

    private static bool IsOfPerson(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        var (seat, plural) = (false, false);
        for (var i = number - 1; i >= 0 && number - i <= MostWordsBefore; i--)
        {
            // "M. Martin" has a full stop of its own, and "adresse :" may end its line.
            if (words[number].Sentence - words[i].Sentence > 1) break;
            var word = Word(text, words[i]);
            var near = words[i].Sentence == words[number].Sentence;
            if (Titles.Contains(word) && i + 1 < number && number - i - 1 <= MostNames && !Articles.Contains(Word(text, words[i + 1])) && Between(text, words, number) is not '\0') return true;
            if (!near) continue;
            if (Lives.Contains(word) && number - i <= 4) return true;
            plural |= Plural.Contains(word) && number - i <= 4;
            seat |= Seats.Contains(word) && number - i <= 6;
            if (Institutions.Contains(word)) return false;
            // "Les Martin habitent", and not "ceux qui habitent".
            if (plural && word is "les" && i + 1 < number && char.IsLetter(text[words[i + 1].Start])) return !Streets.Contains(Word(text, words[i + 1])) && Word(text, words[i + 1]) is not ("gens" or "personnes" or "riverains" or "habitants" or "enfants" or "familles");
        }

        return seat;
    }

    // What stands between the last name and the number: a comma, or the words of living there were looked for before.
    private static char Between(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        var gap = text[words[number - 1].End..words[number].Start];
        return gap.IndexOfAny(Signs) is var at and >= 0 ? gap[at] : '\0';
    }

    private static int EndOf(ReadOnlySpan<char> text, List<Word> words, int street)
    {
        const int MostOfName = 5;
        var last = street;
        while (last + 1 < words.Count && last - street < MostOfName && words[last + 1].Sentence == words[street].Sentence
            && text[words[last].End..words[last + 1].Start] is " " or "-" or "'") last++;
        return words[last].End;
    }
}
