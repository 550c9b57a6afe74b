using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Where a person lives, with the house number: "elle habite au 12 rue des Lilas", "son adresse : 12, rue des Lilas", "M. Martin, 12 rue des Lilas", "Sophie Marchand, 12 rue des Lilas", "Li Wei, 12 rue des Lilas", "Mme Martin du 12 rue des Lilas",
/// "mon papi Marcel 8 rue des Lilas", "tu dors bien, Vasseur, 5 rue des Lilas ?", and where others are sent to somebody: "allez sonner au 12 rue des Lilas". A staircase, a door or a house's name may stand between.
/// A street or a house alone is what civic prose is made of ("les travaux au 12 rue des Lilas"), and an institution's address is public.
/// </summary>
public sealed class PostalAddressRule : ModerationRule
{
    private const int MostWordsBefore = 12;
    private const int MostWordsToHome = 7;
    private const int LongestNumber = 4;
    private const int MostNames = 3;

    private static readonly FrozenSet<string> Streets = FrozenSet.ToFrozenSet(
        ["rue", "avenue", "av", "ave", "boulevard", "bd", "bld", "blvd", "bvd", "boul", "impasse", "allee", "allees", "chemin", "place", "placette", "pl", "route", "quai", "square", "residence", "lotissement", "villa", "passage", "sentier", "sente", "faubourg", "fbg", "hameau", "venelle", "ruelle", "ruette", "esplanade", "promenade", "montee", "traverse", "parvis", "chaussee", "rte", "chem", "imp", "street", "road", "lane"],
        StringComparer.Ordinal);

    // Other things, too: only with a name behind, "3 cours de la Liberté" and not "3 cours de piano".
    private static readonly FrozenSet<string> Vague = FrozenSet.ToFrozenSet(
        ["cours", "crs", "cote", "clos", "cite", "voie", "mail", "rond", "cour", "parc", "port", "domaine", "enclos", "jardin", "jardins", "tour", "quartier", "rampe", "corniche", "digue", "levee", "rocade", "butte", "val", "mas", "galerie", "pass", "all", "res", "sq", "fg", "ham", "che", "ch", "r"], StringComparer.Ordinal);

    // Behind their name: "12 Church Street".
    private static readonly FrozenSet<string> EnglishStreets = FrozenSet.ToFrozenSet(["street", "road", "lane", "avenue", "close", "drive", "terrace", "crescent", "gardens", "grove", "hill", "court"], StringComparer.Ordinal);

    // Of many homes: what tells one of them may stand for the number.
    private static readonly FrozenSet<string> Estates = FrozenSet.ToFrozenSet(["residence", "cite", "lotissement", "hlm", "square", "tour", "villa", "res"], StringComparer.Ordinal);

    // What tells a home within a house, or a house by its name: between somebody's name and the street.
    private static readonly FrozenSet<string> Units = FrozenSet.ToFrozenSet(
        ["batiment", "bat", "bt", "escalier", "esc", "porte", "appartement", "appart", "appt", "apt", "etage", "et", "rdc", "entree", "hall", "boite", "bp", "studio", "residence", "res", "villa", "pavillon", "lotissement", "immeuble", "tour", "chalet", "mas", "ferme", "domaine", "chateau", "moulin", "cite", "flat", "floor"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> After = FrozenSet.ToFrozenSet(["bis", "ter", "quater", "a", "b", "c", "d"], StringComparer.Ordinal);

    // A person lives, an association may have its seat ("domiciliée") and anything an address.
    private static readonly FrozenSet<string> Lives = FrozenSet.ToFrozenSet(
        ["habite", "habites", "habitez", "habitait", "habitais", "demeure", "demeures", "demeurant", "reside", "resides", "residant", "vit", "vis", "vivait", "loge", "loges", "logeait", "creche", "creches", "dort", "dors", "squatte", "planque", "emmenage", "lives", "live", "living"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Plural = FrozenSet.ToFrozenSet(["habitent", "resident", "vivent", "logent", "demeurent"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Seats = FrozenSet.ToFrozenSet(["adresse", "domicile", "domiciliee", "domicilie", "address", "chez"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "famille"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(["le", "la", "les", "l", "du", "de", "des", "ou", "et", "au", "a"], StringComparer.Ordinal);

    // Between a name and the number: "Mme Martin du 14 rue", "M. Durand au numéro 3".
    private static readonly FrozenSet<string> Of = FrozenSet.ToFrozenSet(["du", "au", "de", "numero", "n", "no", "num", "habitant"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Numero = FrozenSet.ToFrozenSet(["numero", "n", "no", "num", "au"], StringComparer.Ordinal);

    // One of them, and which: "le dealer, c'est au 3 impasse". "Des dealers au 3 impasse" is what neighbours tell the police.
    private static readonly FrozenSet<string> Accused = FrozenSet.ToFrozenSet(
        ["dealer", "dealeur", "dealeuse", "voleur", "voleuse", "fraudeur", "fraudeuse", "pedophile", "violeur", "escroc", "delateur", "balance", "corbeau", "coupable"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> OneOf = FrozenSet.ToFrozenSet(["le", "la", "l", "ce", "cet", "cette", "notre", "votre"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> AreAt = FrozenSet.ToFrozenSet(["c", "est", "il", "elle", "du", "au", "de", "habite", "numero", "n", "no"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Rings = FrozenSet.ToFrozenSet(["sonner", "toquer", "frapper", "tambouriner"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Sends = FrozenSet.ToFrozenSet(["allez", "allons", "vas", "venez", "va", "faut", "viens", "passez"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Them = FrozenSet.ToFrozenSet(["le", "la", "les"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Homes = FrozenSet.ToFrozenSet(["maison", "appart", "appartement", "logement", "pavillon", "studio", "baraque", "bicoque", "taudis", "chambre", "house", "flat", "home"], StringComparer.Ordinal);

    // Where the sentence points at one person, a family name alone is one: "on sait où tu dors Vasseur, 5 allée".
    private static readonly FrozenSet<string> Points = FrozenSet.ToFrozenSet(
        ["tu", "te", "t", "toi", "ton", "ta", "tes", "il", "elle", "lui", "type", "mec", "gars", "bonhomme", "individu", "dame", "voisin", "voisine", "salaud", "salope", "connard", "connasse", "ordure", "menteur", "menteuse", "voleur", "voleuse", "dealer", "coupable", "porte", "he", "she", "him", "you"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> PointsBefore = FrozenSet.ToFrozenSet(["tu", "te", "t", "toi", "ton", "lui", "type", "mec", "gars", "bonhomme", "him", "you"], StringComparer.Ordinal);

    // "Le vieux Dubreuil", "la mère Michu", "la conseillère Marchand": as good as a title before a family name.
    private static readonly FrozenSet<string> ByNames = FrozenSet.ToFrozenSet(
        ["vieux", "vieille", "pere", "mere", "fils", "fille", "veuve", "petit", "gros", "grosse", "grand", "grande", "conseiller", "conseillere", "adjoint", "adjointe", "maire", "elu", "elue", "instit", "prof", "brigadier", "adjudant"], StringComparer.Ordinal);

    // Before a town's name.
    private static readonly FrozenSet<string> ToPlaces = FrozenSet.ToFrozenSet(["a", "au", "aux", "en", "de", "du", "des", "d", "l", "le", "la", "les", "vers", "sur", "sous", "pres", "dans", "entre", "depuis", "pour", "par", "in", "at", "to", "from", "of", "the"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Institutions = FrozenSet.ToFrozenSet(
        ["mairie", "ecole", "ecoles", "college", "lycee", "association", "associations", "mediatheque", "bibliotheque", "commerce", "boulangerie", "boucherie", "magasin", "boutique", "entreprise", "societe", "service", "services", "ccas", "bureau", "bureaux", "poste", "prefecture", "gymnase", "salle", "eglise", "maison", "creche", "hopital",
            "clinique", "cabinet", "pharmacie", "restaurant", "bar", "cafe", "hotel", "musee", "theatre", "batiment", "immeuble", "chantier", "travaux", "permanence", "accueil", "guichet", "local", "locaux", "siege", "club", "centre", "agence", "police", "gendarmerie", "commissariat", "garage", "parking", "terrain", "dechetterie", "marche", "syndicat", "office", "municipalite", "ville", "commune"],
        StringComparer.Ordinal);

    // Behind an address these say whose it is; a town, a school or a car park may be what its inhabitant complains of.
    private static readonly FrozenSet<string> Businesses = FrozenSet.ToFrozenSet(
        ["association", "associations", "mediatheque", "commerce", "boulangerie", "boucherie", "magasin", "boutique", "entreprise", "societe", "ccas", "clinique", "cabinet", "pharmacie", "restaurant", "cafe", "hotel", "musee", "theatre", "permanence", "accueil", "guichet", "siege", "club", "agence", "syndicat", "office", "gymnase", "salle"], StringComparer.Ordinal);

    private static readonly SearchValues<string> SomeNumberWord = SearchValues.Create(["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "cinquante", "soixante", "nonante"], StringComparison.Ordinal);

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
            var text = field.Plain.Text;
            if (text.IndexOfAnyInRange('0', '9') < 0 && text.IndexOfAny(SomeNumberWord) < 0) continue;
            var words = field.WordList;
            var next = 0;
            for (var street = 0; street < words.Count; street++)
            {
                if (street < next || Find(reading, field, street) is not { } found) continue;
                findings.Add(field, words[found.First].Start, words[found.Last].End);
                next = found.Last + 1;
            }
        }
    }

    // The address of somebody whose street's kind stands at a place.
    private static (int First, int Last)? Find(Reading reading, FieldReading field, int street)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        if (House(field, street) is { } house)
        {
            if (!IsStreet(field, street, house.IsNamedBefore)) return null;
            var anchor = BeforeUnits(text, words, house.First);
            var isSomebodys = IsOfPerson(field, anchor, out var isHome) || (!house.IsOf && IsSomebodysDoor(reading, field, words, anchor, street));
            // "Au quarante-deux de la rue Haute" tells a home only where somebody lives.
            var last = house.IsNamedBefore ? street : LastOf(field, words, street);
            // "Victor Hugo, 12 rue : quel rapport ?"
            var isWhole = house.IsNamedBefore || (street + 1 < words.Count && text[words[street].End..words[street + 1].Start] is " " or "-" or "'" or ". ");
            return isSomebodys && isWhole && (isHome || !(house.IsOf || house.IsWritten)) ? (house.First, last) : null;
        }

        if (!Holds(Streets, text, words[street]) && !Holds(Estates, text, words[street])) return null;
        var end = LastOf(field, words, street);
        if (end == street) return null;
        // "Il habite rue Haute, au 42", "elle habite résidence des Lilas, appartement 12"
        if (NumberBehind(text, words, end) is { } number) return IsOfPerson(field, street, out var isHome) && isHome ? (street, number) : null;
        if (!Holds(Estates, text, words[street]) || UnitBehind(text, words, end) is not { } unit) return null;
        return IsOfPerson(field, street, out _) || IsSomebodysDoor(reading, field, words, street, street) ? (street, unit) : null;
    }

    private static string Word(ReadOnlySpan<char> text, Word word) => text[word.Start..word.End].ToString();

    private static bool Holds(FrozenSet<string> set, ReadOnlySpan<char> text, Word word) => set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[word.Start..word.End]);

    private static bool IsStreet(FieldReading field, int street, bool isNamedBefore)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        if (isNamedBefore || Holds(Streets, text, words[street])) return true;
        if (!Holds(Vague, text, words[street])) return false;
        // "rond-point", "r. de la Paix"
        var name = street + 1;
        if (text[words[street].Start..words[street].End] is "rond" && (name >= words.Count || text[words[name++].Start..words[name - 1].End] is not "point")) return false;
        for (var end = name + MostNames; name < words.Count && name < end && Holds(Small, text, words[name]); name++)
        {
        }

        return name < words.Count && text[words[name - 1].End..words[name].Start] is " " or "-" or "'" or ". " && field.IsCapital(words[name].Start);
    }

    // The number before a street, as its first word: "12", "12 bis", "12-14", "42 de la", "quarante-deux de la", and "12 Church" before "Street".
    private static (int First, bool IsOf, bool IsWritten, bool IsNamedBefore)? House(FieldReading field, int street)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        var isStreet = Holds(Streets, text, words[street]) || Holds(Vague, text, words[street]);
        var isEnglish = Holds(EnglishStreets, text, words[street]);
        if (street == 0 || (!isStreet && !isEnglish)) return null;
        var last = street - 1;
        if (isEnglish && field.IsCapital(words[street].Start))
        {
            while (last > 0 && street - last <= MostNames && char.IsLetter(text[words[last].Start]) && field.IsCapital(words[last].Start) && text[words[last].End..words[last + 1].Start] is " ") last--;
            if (last < street - 1 && IsHouse(text[words[last].Start..words[last].End]) && text[words[last].End..words[last + 1].Start] is " ") return (last, false, false, true);
            last = street - 1;
        }

        if (!isStreet) return null;
        // "42 de la rue"
        var isOf = false;
        if (last > 1 && Word(text, words[last]) is "la" or "l" && Word(text, words[last - 1]) is "de") (isOf, last) = (true, last - 2);
        else if (last > 0 && Word(text, words[last]) is "du" or "de" or "des") (isOf, last) = (true, last - 1);
        var first = last;
        if (first > 0 && Holds(After, text, words[first]) && IsHouse(text[words[first - 1].Start..words[first - 1].End])) first--;
        if (words[first].Sentence != words[street].Sentence || words[street].Start - words[last].End > (isOf ? 8 : 4) || words[last].Start - words[first].End > 4) return null;
        if (IsHouse(text[words[first].Start..words[first].End]))
        {
            if (first > 0 && text[words[first - 1].End..words[first].Start] is "-" or "/" && IsHouse(text[words[first - 1].Start..words[first - 1].End])) first--;
            // "au numéro 3 de l'impasse"
            if (isOf && first > 0 && Word(text, words[first - 1]) is "numero" or "n" or "no" or "num") isOf = false;
            return (first, isOf, false, false);
        }

        while (first >= 0 && last - first < LongestNumber && SpokenNumber.IsPart(text[words[first].Start..words[first].End]) && (first == last || text[words[first].End..words[first + 1].Start] is " " or "-")) first--;
        first++;
        return first <= last && !(first == last && Word(text, words[first]) is "un" or "une" or "et" or "cent") ? (first, isOf, true, false) : null;
    }

    // "12", "12bis"
    private static bool IsHouse(ReadOnlySpan<char> word)
    {
        var digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits])) digits++;
        return digits is > 0 and <= LongestNumber && (digits == word.Length || After.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word[digits..]));
    }

    // ", au 42", " n° 42", " numéro 42"
    private static int? NumberBehind(ReadOnlySpan<char> text, List<Word> words, int last)
    {
        var number = last + 1;
        if (number + 1 >= words.Count || words[number].Start - words[last].End > 3 || !Holds(Numero, text, words[number])) return null;
        number++;
        if (number + 1 < words.Count && Holds(Numero, text, words[number])) number++;
        return words[number].Sentence == words[last].Sentence && IsHouse(text[words[number].Start..words[number].End]) ? number : null;
    }

    // ", bât. C, appartement 12"
    private static int? UnitBehind(ReadOnlySpan<char> text, List<Word> words, int last)
    {
        const int LongestUnit = 3;
        int? found = null;
        for (var i = last + 1; i + 1 < words.Count && words[i].Start - words[i - 1].End <= 3 && Holds(Units, text, words[i]) && words[i + 1].End - words[i + 1].Start <= LongestUnit; i += 2) found = i + 1;
        return found;
    }

    // Where the parts of a house begin that stand before its number, each between signs: "bât C, esc 2, porte 31, résidence les Genêts, 9 rue", "villa Les Mimosas, 4 montée".
    private static int BeforeUnits(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        const int MostUnits = 6;
        const int MostWordsOfUnit = 5;
        for (var units = 0; units < MostUnits && number > 1; units++)
        {
            var first = number - 1;
            if (text[words[first].End..words[number].Start].IndexOfAny(Signs) < 0) return number;
            while (first > 0 && number - first < MostWordsOfUnit && text[words[first - 1].End..words[first].Start] is " " or "-" or "'" or ". " or " n°" or "°") first--;
            var start = first;
            // "3e étage", "2ème étage gauche"
            while (start < number && !Holds(Units, text, words[start]) && start - first < 2 && char.IsAsciiDigit(text[words[start].Start])) start++;
            if (start == number || !Holds(Units, text, words[start])) return number;
            number = first;
        }

        return number;
    }

    private static bool IsOfPerson(FieldReading field, int number, out bool isHome)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        var (seat, plural) = (false, false);
        isHome = false;
        if (number > 0 && IsBehind(text, words, number) && (IsOwn(field, number) || IsNamed(field, words, number, isSigned: true))) return true;
        for (var i = number - 1; i >= 0 && number - i <= MostWordsBefore; i--)
        {
            // "M. Martin" has a full stop of its own, and "adresse :" may end its line.
            if (words[number].Sentence - words[i].Sentence > 1) break;
            var word = words[i];
            var near = word.Sentence == words[number].Sentence;
            if (Holds(Titles, text, word) && i + 1 < number && number - i - 1 <= MostNames && !Holds(Articles, text, words[i + 1]) && Between(text, words, number) is not '\0') return true;
            if (!near) continue;
            if (Holds(Lives, text, word) && number - i <= MostWordsToHome)
            {
                // "L'association loge au 3 rue"
                isHome = !(i > 0 && Holds(Institutions, text, words[i - 1]));
                return isHome;
            }

            plural |= number - i <= 4 && Holds(Plural, text, word);
            seat |= number - i <= 6 && Holds(Seats, text, word);
            if (i > 0 && number - i <= MostWordsToHome && Holds(Homes, text, word) && Holds(PersonWords.Whose, text, words[i - 1]))
            {
                isHome = true;
                return true;
            }

            // "La maison au 12 rue" is somebody's as well as nobody's, "la maison des associations" an institution.
            if (Holds(Institutions, text, word) && !(text[word.Start..word.End] is "maison" or "immeuble" or "batiment" && text[words[i + 1].Start..words[i + 1].End] is not ("de" or "du" or "des" or "d"))) return false;
            // "Les Martin habitent", and not "ceux qui habitent".
            if (plural && text[word.Start..word.End] is "les" && i + 1 < number && char.IsLetter(text[words[i + 1].Start])) return !Holds(Streets, text, words[i + 1]) && text[words[i + 1].Start..words[i + 1].End] is not ("gens" or "personnes" or "riverains" or "habitants" or "enfants" or "familles");
        }

        return seat;
    }

    // "mon papi Marcel 8 rue", "ma belle-mère, 8 rue": whose they are, who they are, and no more than a name.
    private static bool IsOwn(FieldReading field, int number)
    {
        const int MostWordsOfOwn = 6;
        var text = field.Plain.Text;
        var words = field.WordList;
        var (related, at) = (false, number);
        while (at > 0 && number - at < 2 && Holds(Of, text, words[at - 1])) at--;
        for (var i = at - 1; i >= 0 && number - i <= MostWordsOfOwn && words[number].Sentence - words[i].Sentence <= 1; i--)
        {
            if (related && Holds(PersonWords.Whose, text, words[i])) return true;
            if (Holds(PersonWords.Relations, text, words[i]))
            {
                related = true;
                continue;
            }

            if (related ? text[words[i].Start..words[i].End] is not ("grand" or "petit" or "petite" or "vieux" or "vieille" or "ancien" or "ancienne") : !field.IsCapital(words[i].Start) && !PersonName.IsKnown(field, i)) return false;
        }

        return false;
    }

    // Without a word of living there: a name and "du" or "au" right before the number, somebody accused, or a door that others are sent to.
    private static bool IsSomebodysDoor(Reading reading, FieldReading field, List<Word> words, int number, int street)
    {
        var text = field.Plain.Text;
        var at = number;
        while (at > 0 && number - at < 3 && words[at - 1].Sentence == words[number].Sentence && Of.Contains(Word(text, words[at - 1]))) at--;
        if (at < number && IsNamed(field, words, at)) return true;
        // "Sophie Marchand, 12 rue Neuve": nothing but a sign between, and no more of her than her address.
        if (number > 0 && IsBehind(text, words, number) && (PersonName.EndsBefore(field, number) || PersonName.IsSmallBefore(field, number) || IsInscribed(reading, field, number) || IsPointedAt(reading, field, number))
            && !PersonName.IsNamesakeBefore(field, number) && !IsPublic(text, words, street, Businesses)) return true;
        at = number;
        while (at > 0 && number - at < 5 && words[at - 1].Sentence == words[number].Sentence && AreAt.Contains(Word(text, words[at - 1]))) at--;
        if (at < number && at > 1 && words[at - 2].Sentence == words[number].Sentence && Accused.Contains(Word(text, words[at - 1])) && OneOf.Contains(Word(text, words[at - 2]))) return true;
        return IsSentTo(text, words, number) && !IsPublic(text, words, street, Institutions);
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

    // "On sait où tu dors Vasseur, 5 allée": one capital word that no place's is, where the sentence points at a person.
    private static bool IsPointedAt(Reading reading, FieldReading field, int number)
    {
        const int MostWordsAround = 15;
        var text = field.Plain.Text;
        var words = field.WordList;
        var name = number - 1;
        if (text[words[name].End..words[number].Start].IndexOfAny(Signs) < 0 || !PersonName.IsFamilyNameAt(reading, field, name)) return false;
        if (name > 0 && words[name - 1].Sentence == words[name].Sentence && (Holds(ToPlaces, text, words[name - 1]) || Holds(Streets, text, words[name - 1]) || Holds(Institutions, text, words[name - 1]) || field.IsCapital(words[name - 1].Start))) return false;
        if (Holds(Institutions, text, words[name]) || Holds(Streets, text, words[name])) return false;
        for (var i = Math.Max(0, name - MostWordsAround); i < words.Count && i < number + MostWordsAround; i++)
        {
            if (words[i].Sentence == words[name].Sentence ? Holds(Points, text, words[i]) : words[i].Sentence + 1 == words[name].Sentence && Holds(PointsBefore, text, words[i])) return true;
        }

        return false;
    }

    // "Mme Martin du 14 rue": capitals from the title to the word before "du", and nothing but blanks.
    private static bool IsNamed(FieldReading field, List<Word> words, int beyond, bool isSigned = false)
    {
        var text = field.Plain.Text;
        for (var i = beyond - 1; i >= 0 && beyond - i <= MostNames + 1; i--)
        {
            if (i + 1 < beyond && Titles.Contains(Word(text, words[i]))) return true;
            if (i > 0 && i + 1 < beyond && Holds(ByNames, text, words[i]) && !field.IsCapital(words[i].Start) && Holds(OneOf, text, words[i - 1])) return true;
            if (!field.IsCapital(words[i].Start) || (text[words[i].End..words[i + 1].Start] is not (" " or "-" or "'") && !(isSigned && i + 1 == beyond))) return false;
        }

        return false;
    }

    private static bool IsSentTo(ReadOnlySpan<char> text, List<Word> words, int number)
    {
        for (var i = number - 1; i > 0 && number - i <= 4; i--)
        {
            if (words[i].Sentence != words[number].Sentence) return false;
            var (word, before) = (Word(text, words[i]), Word(text, words[i - 1]));
            // "Écrivez-lui au 12 rue", "passez me voir au 12 rue", "attendez-le au 12 rue"
            if (before.EndsWith("ez", StringComparison.Ordinal) && (word is "lui" or "moi" or "me" || (Them.Contains(word) && text[words[i - 1].End] == '-'))) return true;
            if (number - i > 3) continue;
            // "Le facteur va sonner": who is sent is not named, so that the verb opens the sentence or follows "il faut".
            if (Rings.Contains(word) && Sends.Contains(before)) return before is not "va" || i == 1 || words[i - 2].Sentence != words[i].Sentence;
            if (word is "voir" && i > 1 && Them.Contains(before) && Sends.Contains(Word(text, words[i - 2]))) return true;
        }

        return false;
    }

    private static bool IsPublic(ReadOnlySpan<char> text, List<Word> words, int street, FrozenSet<string> institutions)
    {
        for (var i = street + 1; i < words.Count && i - street <= MostWordsBefore && words[i].Sentence == words[street].Sentence; i++)
        {
            if (institutions.Contains(Word(text, words[i]))) return true;
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
    private static int LastOf(FieldReading field, List<Word> words, int street)
    {
        const int MostOfName = 7;
        const int MostSmall = 2;
        var text = field.Plain.Text;
        var (last, capitals, small) = (street, false, 0);
        for (var i = street + 1; i < words.Count && i - street <= MostOfName; i++)
        {
            // "pl. de l'Église"
            if (text[words[i - 1].End..words[i].Start] is not (" " or "-" or "'") && !(i == street + 1 && text[words[i - 1].End..words[i].Start] is ". ")) break;
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

        return last;
    }
}
