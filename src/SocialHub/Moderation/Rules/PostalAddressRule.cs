using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Where a person lives, with the house number: "elle habite au 12 rue des Lilas", "son adresse : 12, rue des Lilas", "M. Martin, 12 rue des Lilas", "Sophie Marchand, 12 rue des Lilas", "Li Wei, 12 rue des Lilas", "Mme Martin du 12 rue des Lilas",
/// and where others are sent to somebody: "allez sonner au 12 rue des Lilas".
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

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(["le", "la", "les", "l", "du", "de", "des", "ou", "et", "au", "a"], StringComparer.Ordinal);

    // Between a name and the number: "Mme Martin du 14 rue", "M. Durand au numéro 3".
    private static readonly FrozenSet<string> Of = FrozenSet.ToFrozenSet(["du", "au", "de", "numero", "n", "no", "num", "habitant"], StringComparer.Ordinal);

    // One of them, and which: "le dealer, c'est au 3 impasse". "Des dealers au 3 impasse" is what neighbours tell the police.
    private static readonly FrozenSet<string> Accused = FrozenSet.ToFrozenSet(
        ["dealer", "dealeur", "dealeuse", "voleur", "voleuse", "fraudeur", "fraudeuse", "pedophile", "violeur", "escroc", "delateur", "balance", "corbeau", "coupable"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> OneOf = FrozenSet.ToFrozenSet(["le", "la", "l", "ce", "cet", "cette", "notre", "votre"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> AreAt = FrozenSet.ToFrozenSet(["c", "est", "il", "elle", "du", "au", "de", "habite", "numero", "n", "no"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Rings = FrozenSet.ToFrozenSet(["sonner", "toquer", "frapper", "tambouriner"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Sends = FrozenSet.ToFrozenSet(["allez", "allons", "vas", "venez", "va", "faut", "viens", "passez"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Them = FrozenSet.ToFrozenSet(["le", "la", "les"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Institutions = FrozenSet.ToFrozenSet(
        ["mairie", "ecole", "ecoles", "college", "lycee", "association", "associations", "mediatheque", "bibliotheque", "commerce", "boulangerie", "boucherie", "magasin", "boutique", "entreprise", "societe", "service", "services", "ccas", "bureau", "bureaux", "poste", "prefecture", "gymnase", "salle", "eglise", "maison", "creche", "hopital",
            "clinique", "cabinet", "pharmacie", "restaurant", "bar", "cafe", "hotel", "musee", "theatre", "batiment", "immeuble", "chantier", "travaux", "permanence", "accueil", "guichet", "local", "locaux", "siege", "club", "centre", "agence", "police", "gendarmerie", "commissariat", "garage", "parking", "terrain", "dechetterie", "marche", "syndicat", "office", "municipalite", "ville", "commune"],
        StringComparer.Ordinal);

    private static readonly SearchValues<string> SomeStreet = SearchValues.Create(
        ["rue", "avenue", "av", "boulevard", "bd", "bld", "boul", "impasse", "imp", "allee", "chem", "place", "quai", "cours", "square", "lotissement", "villa", "passage", "sentier", "faubourg", "hameau", "venelle", "esplanade", "promenade", "street", "lane"], StringComparison.Ordinal);

    // Within the name of a street.
    private static readonly FrozenSet<string> Small = FrozenSet.ToFrozenSet(["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "sous", "aux", "au", "a", "saint", "sainte"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> GoesOn = FrozenSet.ToFrozenSet(
        ["ou", "mais", "car", "qui", "que", "donc", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "matin", "soir", "midi", "nuit", "demain", "hier", "aujourd'hui", "depuis", "avec", "pour", "sans", "dans", "chez", "quand", "ce", "c", "cette", "il", "elle", "ils", "elles", "on", "je", "j", "nous", "vous",
            "est", "sont", "etait", "a", "ont", "avait", "fait", "font", "vient", "passe", "passent", "bat", "vend", "habite", "reste", "gare", "dort", "travaille", "tous", "toute", "toutes", "chaque", "pas", "plus", "tres", "merci", "svp"],
        StringComparer.Ordinal);

    private static readonly SearchValues<char> Signs = SearchValues.Create(",:(-\n");

    private static readonly SearchValues<char> BeforeName = SearchValues.Create(":(-\"*_>\n");

    private static readonly SearchValues<char> BehindName = SearchValues.Create(" ,:(-\n");

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
                // "au numéro 3 de l'impasse"
                if (i > 0 && street + 1 < words.Count && Word(text, words[street]) is "de" or "du" or "des" && Word(text, words[i - 1]) is "numero" or "n" or "no" or "num")
                    street += Word(text, words[street]) is "de" && Word(text, words[street + 1]) is "la" or "l" ? 2 : 1;
                if (street >= words.Count || !Streets.Contains(Word(text, words[street])) || words[street].Sentence != words[i].Sentence || words[street].Start - words[i].End > 4 + (street - i - 1) * 5) continue;
                if (!IsOfPerson(text, words, i) && !IsSomebodysDoor(reading, field, words, i, street)) continue;
                findings.Add(field, words[i].Start, EndOf(field, words, street));
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

    // Without a word of living there: a name and "du" or "au" right before the number, somebody accused, or a door that others are sent to.
    private static bool IsSomebodysDoor(Reading reading, FieldReading field, List<Word> words, int number, int street)
    {
        var text = field.Plain.Text;
        var at = number;
        while (at > 0 && number - at < 3 && words[at - 1].Sentence == words[number].Sentence && Of.Contains(Word(text, words[at - 1]))) at--;
        if (at < number && IsNamed(field, words, at)) return true;
        // "Sophie Marchand, 12 rue Neuve": nothing but a sign between, and no more of her than her address.
        if (number > 0 && IsBehind(text, words, number) && (PersonName.EndsBefore(field, number) || IsInscribed(reading, field, number)) && !PersonName.IsNamesakeBefore(field, number) && !IsPublic(text, words, street)) return true;
        at = number;
        while (at > 0 && number - at < 5 && words[at - 1].Sentence == words[number].Sentence && AreAt.Contains(Word(text, words[at - 1]))) at--;
        if (at < number && at > 1 && words[at - 2].Sentence == words[number].Sentence && Accused.Contains(Word(text, words[at - 1])) && OneOf.Contains(Word(text, words[at - 2]))) return true;
        return IsSentTo(text, words, number) && !IsPublic(text, words, street);
    }

    private static bool IsBehind(ReadOnlySpan<char> text, List<Word> words, int number) =>
        text[words[number - 1].End..words[number].Start] is var gap && gap.Length <= 3 && !gap.ContainsAnyExcept(BehindName);

    // "Li Wei, 12 rue Neuve": what is written like a name, opens its sentence or line or stands behind a sign, and has one behind it.
    private static bool IsInscribed(Reading reading, FieldReading field, int number)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        if (text[words[number - 1].End..words[number].Start].IndexOfAny(Signs) < 0 || !PersonName.IsLikelyBefore(reading, field, number, out var first)) return false;
        return first == 0 || words[first - 1].Sentence != words[first].Sentence || text[words[first - 1].End..words[first].Start].IndexOfAny(BeforeName) >= 0;
    }

    // "Mme Martin du 14 rue": capitals from the title to the word before "du", and nothing but blanks.
    private static bool IsNamed(FieldReading field, List<Word> words, int beyond)
    {
        var text = field.Plain.Text;
        for (var i = beyond - 1; i >= 0 && beyond - i <= MostNames + 1; i--)
        {
            if (i + 1 < beyond && Titles.Contains(Word(text, words[i]))) return true;
            if (!field.IsCapital(words[i].Start) || text[words[i].End..words[i + 1].Start] is not (" " or "-")) return false;
        }

        return false;
    }

    private static bool IsSentTo(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        for (var i = number - 1; i > 0 && number - i <= 3; i--)
        {
            if (words[i].Sentence != words[number].Sentence) return false;
            var (word, before) = (Word(text, words[i]), Word(text, words[i - 1]));
            // "Le facteur va sonner": who is sent is not named, so that the verb opens the sentence or follows "il faut".
            if (Rings.Contains(word) && Sends.Contains(before)) return before is not "va" || i == 1 || words[i - 2].Sentence != words[i].Sentence;
            if (word is "voir" && i > 1 && Them.Contains(before) && Sends.Contains(Word(text, words[i - 2]))) return true;
        }

        return false;
    }

    private static bool IsPublic(ReadOnlySpan<char> text, List<Word> words, int street)
    {
        for (var i = street + 1; i < words.Count && i - street <= MostWordsBefore && words[i].Sentence == words[street].Sentence; i++)
        {
            if (Institutions.Contains(Word(text, words[i]))) return true;
        }

        return false;
    }

    // What stands between the last name and the number: a comma, or the words of living there were looked for before.
    private static char Between(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        var gap = text[words[number - 1].End..words[number].Start];
        return gap.IndexOfAny(Signs) is var at and >= 0 ? gap[at] : '\0';
    }

    // The name of the street: what a capital shows, and the small words between ("rue de la Paix à Lille"); in small letters two words at most, none that goes on with the sentence.
    private static int EndOf(FieldReading field, List<Word> words, int street)
    {
        const int MostOfName = 7;
        const int MostSmall = 2;
        var text = field.Plain.Text;
        var (last, capitals, small) = (street, false, 0);
        for (var i = street + 1; i < words.Count && i - street <= MostOfName && words[i].Sentence == words[street].Sentence && text[words[i - 1].End..words[i].Start] is " " or "-" or "'"; i++)
        {
            var word = Word(text, words[i]);
            if (Titles.Contains(word) && i > street + 1) break;
            if (field.IsCapital(words[i].Start) || char.IsAsciiDigit(word[0]))
            {
                (last, capitals) = (i, true);
                continue;
            }

            if (Small.Contains(word)) continue;
            if (capitals || GoesOn.Contains(word) || ++small > MostSmall) break;
            last = i;
        }

        return words[last].End;
    }
}
