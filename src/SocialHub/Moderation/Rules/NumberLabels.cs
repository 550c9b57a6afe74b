using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>What people write before a number to say what it is.</summary>
internal static class NumberLabels
{
    private const int MostWords = 4;
    private const int MostWordsCalled = 6; // "mon numéro, c'est le"
    private const int MostCharacters = 40;

    // Numbers of these are public, and never anything else.
    private static readonly FrozenSet<string> Public = FrozenSet.ToFrozenSet(
        ["isbn", "issn", "ean", "gtin", "siret", "siren", "rcs", "rna", "doi", "finess", "naf", "ape", "insee", "tva"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Files = FrozenSet.ToFrozenSet(
        ["dossier", "dossiers", "ref", "reference", "references", "facture", "permis", "parcelle", "parcelles", "cadastre", "section", "marche", "contrat", "colis", "suivi", "recommande", "deliberation", "arrete",
            "matricule", "lot", "compteur", "serie", "commande", "ticket", "identifiant", "client", "abonne", "devis", "cerfa", "mandat", "avis", "compte", "amende", "pv", "courrier", "uai", "fiscal", "enquete", "demande", "file", "case", "order", "reference"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Phones = FrozenSet.ToFrozenSet(
        ["tel", "telephone", "telephonez", "phone", "portable", "mobile", "gsm", "sms", "whatsapp", "appelez", "appeler", "appel", "appelle", "rappelez", "rappeler", "joindre", "joignez", "joignable", "contacter", "contactez", "composez", "composer", "natel", "call", "texto"], StringComparer.Ordinal);

    // Whatever follows it in its sentence, such a word says whose telephone; "joindre le dossier" and "rappeler la référence" say nothing of one.
    private static readonly FrozenSet<string> Telephones = FrozenSet.ToFrozenSet(
        ["tel", "telephone", "telephonez", "phone", "portable", "mobile", "gsm", "sms", "whatsapp", "appelez", "texto"], StringComparer.Ordinal);

    private static readonly string[] Asks = ["demander ", "demandez ", "demande ", "ask for "];

    private static readonly string[] Article = ["le ", "la ", "l'", "les ", "un ", "une ", "the ", "a "];

    // Whose own lines are public: those of public bodies, of health, of networks, and of whoever listens.
    private static readonly FrozenSet<string> Institutions = FrozenSet.ToFrozenSet(
        ["standard", "accueil", "secretariat", "permanence", "astreinte", "guichet", "hotline", "sos", "mairie", "mairies", "municipalite", "agglo", "agglomeration", "metropole", "intercommunalite", "prefecture", "police", "gendarmerie", "commissariat", "pompiers", "caserne", "sdis", "samu", "smur",
            "hopital", "chu", "chru", "clinique", "maternite", "pharmacie", "antipoison", "ehpad", "ccas", "caf", "cpam", "ameli", "carsat", "msa", "urssaf", "impots", "tresorerie", "perception", "cadastre", "tribunal", "ecole", "college", "lycee", "creche", "periscolaire", "mediatheque", "bibliotheque", "ludotheque", "piscine", "patinoire", "musee", "theatre", "conservatoire",
            "dechetterie", "decheterie", "sictom", "smictom", "sitcom", "sivom", "siaep", "eaux", "assainissement", "veolia", "suez", "saur", "enedis", "edf", "grdf", "engie", "sncf", "fourriere", "spa", "tourisme", "voirie", "urbanisme", "proprete", "amitie", "suicide", "fraternite", "cimade", "emmaus", "council", "switchboard", "helpline", "hospital", "samaritans"],
        StringComparer.Ordinal);

    // Who has a line of his own, also within an institution.
    private static readonly FrozenSet<string> Persons = FrozenSet.ToFrozenSet(
        ["mon", "ma", "mes", "moi", "ton", "ta", "tes", "toi", "son", "sa", "ses", "lui", "elle", "eux", "leur", "chez", "perso", "personnel", "personnelle", "prive", "privee", "domicile", "direct", "directe", "portable", "mobile", "monsieur", "madame", "mademoiselle", "m", "mr", "mme", "mlle", "mrs", "ms",
            "pere", "mere", "papa", "maman", "frere", "soeur", "fils", "fille", "mari", "femme", "epoux", "epouse", "oncle", "tante", "cousin", "cousine", "voisin", "voisine", "ami", "amie", "copain", "copine", "ex", "nounou", "famille", "president", "presidente", "directeur", "directrice", "maire", "mairesse", "adjoint", "adjointe", "elu", "elue", "conseiller", "conseillere",
            "agent", "agente", "employe", "employee", "gardien", "gardienne", "concierge", "prof", "professeur", "instit", "instituteur", "institutrice", "maitresse", "medecin", "docteur", "infirmier", "infirmiere", "policier", "policiere", "gendarme", "facteur", "chef", "type", "mec", "gars", "dame", "homme", "covoiturage", "my", "his", "her", "private", "home"],
        StringComparer.Ordinal);

    // A sentence that is longer begins there.
    private const int LongestSentence = 200;

    // "Tél. 06": a full stop behind so few letters may end no sentence.
    private const int LongestShortened = 3;

    // What is so called is a file wherever its number follows; a "compte" or a "client" has a telephone, too.
    private static readonly FrozenSet<string> Sure = FrozenSet.ToFrozenSet(
        ["dossier", "dossiers", "ref", "reference", "references", "facture", "permis", "parcelle", "parcelles", "cadastre", "contrat", "colis", "deliberation", "arrete", "matricule", "serie", "commande", "identifiant", "devis", "cerfa", "mandat", "amende", "pv"],
        StringComparer.Ordinal);

    // Between such a word and its number.
    private static readonly FrozenSet<string> Between = FrozenSet.ToFrozenSet(["n", "no", "num", "numero", "est", "de", "du", "le", "la", "client", "abonne", "dossier", "commande", "suivi", "interne"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Numero = FrozenSet.ToFrozenSet(["n", "no", "num", "numero"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Whose = FrozenSet.ToFrozenSet(["mon", "ton", "son", "notre", "votre", "leur", "my", "your", "his", "her"], StringComparer.Ordinal);

    /// <summary>
    /// True where a number that is written like a telephone's is a file's all the same: such a word stands right before it, with no more than "n°", "est" or "client"
    /// and no comma between, or digits that it is joined to ("dossier 2024-06-12-345678"), by blanks behind "n°" only ("dossier n° 2024 06 12 34 56 78 90").
    /// </summary>
    public static bool IsFileRightBefore(ReadOnlySpan<char> text, int place)
    {
        var (files, between, numero, apart) = (Files.GetAlternateLookup<ReadOnlySpan<char>>(), Between.GetAlternateLookup<ReadOnlySpan<char>>(), false, false);
        var i = place;
        for (var words = 0; words < MostWords;)
        {
            var end = i;
            while (end > 0 && place - end < MostCharacters && (text[end - 1] is ' ' or ':' or '°' or '#' or '-' or '/' || IsShortened(text[..end]))) end--;
            i = end;
            while (i > 0 && end - i < MostCharacters && Words.IsLetterOrDigit(text[i - 1])) i--;
            if (i == end || place - i > MostCharacters) return false;
            var word = text[i..end];
            if (!word.ContainsAnyExceptInRange('0', '9'))
            {
                if (text[end] is not ('-' or '/' or ' ')) return false;
                apart |= text[end] == ' ';
                continue;
            }

            words++;
            if (numero ? files.Contains(word) : !apart && Sure.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return true;
            numero |= Numero.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            if (!between.Contains(word)) return false;
        }

        return false;
    }

    // "Réf. : 06 ...", and no full stop of a sentence.
    private static bool IsShortened(ReadOnlySpan<char> text) => text.EndsWith("ref.", StringComparison.Ordinal) || text.EndsWith("num.", StringComparison.Ordinal);

    /// <summary>True where the sentence speaks of a telephone before that place ("le portable de la voisine, dossier 06 12 34 56 78").</summary>
    public static bool IsTelephoneBefore(ReadOnlySpan<char> text, int place)
    {
        var telephones = Telephones.GetAlternateLookup<ReadOnlySpan<char>>();
        var (i, end) = (place, place);
        for (; i > 0 && place - i < LongestSentence; i--)
        {
            if (Words.IsLetterOrDigit(text[i - 1])) continue;
            if (telephones.Contains(text[i..end])) return true;
            end = i - 1;
            if (text[i - 1] is '\n' or '!' or '?' or ';' || (text[i - 1] == '.' && i < text.Length && text[i] == ' ' && LettersBefore(text, i - 1) > LongestShortened)) return false;
        }

        // Of a sentence that is cut the first word is, too.
        return i == 0 && telephones.Contains(text[..end]);
    }

    private static int LettersBefore(ReadOnlySpan<char> text, int place)
    {
        var count = 0;
        while (count < place && count <= LongestShortened && Words.IsLetterOrDigit(text[place - count - 1])) count++;
        return count;
    }

    /// <summary>What the words before a place say of the number there: nothing, that it is public, that it is a file's.</summary>
    public static NumberLabel Before(ReadOnlySpan<char> text, int place)
    {
        var words = 0;
        var i = place;
        while (i > 0 && words < MostWords && place - i < MostCharacters)
        {
            i--;
            if (text[i] is '\n' or '!' or '?' or ';') return NumberLabel.None;
            if (!Words.IsLetterOrDigit(text[i])) continue;
            var end = i + 1;
            while (i > 0 && end - i < MostCharacters && Words.IsLetterOrDigit(text[i - 1])) i--;
            var word = text[i..end];
            words++;
            if (Phones.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return NumberLabel.None;
            if (Public.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return NumberLabel.Public;
            if (Files.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return NumberLabel.File;
        }

        return NumberLabel.None;
    }

    /// <summary>
    /// True where the words before a number say that it is an institution's or a help line's own ("le standard de la mairie (04 ...)", "SOS Amitié 09 ..."),
    /// and nobody is named between or behind ("la mairie m'a donné le fixe de l'adjointe", "l'école, 04 ..., demander Camille").
    /// </summary>
    /// <param name="text">Folded.</param>
    /// <param name="place">Where the number begins.</param>
    /// <param name="end">One past its last digit.</param>
    public static bool IsInstitutionsAt(ReadOnlySpan<char> text, int place, int end)
    {
        const int MostWordsOfLine = 5;
        const int MostWordsOfPerson = 9;
        const int MostCharactersOfLine = 90;
        var (persons, institutions) = (Persons.GetAlternateLookup<ReadOnlySpan<char>>(), Institutions.GetAlternateLookup<ReadOnlySpan<char>>());
        var (words, isInstitutions, i) = (0, false, place);
        while (i > 0 && words < MostWordsOfPerson && place - i < MostCharactersOfLine)
        {
            i--;
            if (text[i] is '\n' or '!' or '?' or ';' || (text[i] == '.' && text[i + 1] == ' ' && LettersBefore(text, i) > LongestShortened)) break;
            if (!Words.IsLetterOrDigit(text[i])) continue;
            var last = i + 1;
            while (i > 0 && last - i < MostCharacters && Words.IsLetterOrDigit(text[i - 1])) i--;
            var word = text[i..last];
            words++;
            if (persons.Contains(word) || (!isInstitutions && PersonName.IsFirstName(word))) return false;
            isInstitutions |= words <= MostWordsOfLine && institutions.Contains(word);
        }

        return isInstitutions && !AsksForSomebody(text, end);
    }

    // "..., demander Camille", and not "demander le service de l'eau".
    private static bool AsksForSomebody(ReadOnlySpan<char> text, int end)
    {
        var i = end;
        while (i < text.Length && i - end < 3 && !Words.IsLetterOrDigit(text[i])) i++;
        foreach (var asks in Asks)
        {
            if (!text[i..].StartsWith(asks, StringComparison.Ordinal)) continue;
            var rest = text[(i + asks.Length)..];
            foreach (var article in Article)
            {
                if (rest.StartsWith(article, StringComparison.Ordinal)) return false;
            }

            return true;
        }

        return false;
    }

    /// <summary>True where a few words before a place say that the number there is somebody's telephone's: "appelez le", "son numéro :", "tél.".</summary>
    public static bool IsCalledBefore(ReadOnlySpan<char> text, int place)
    {
        var numero = false;
        var i = place;
        for (var words = 0; words < MostWordsCalled; words++)
        {
            var end = i;
            while (end > 0 && place - end < MostCharacters && !Words.IsLetterOrDigit(text[end - 1]) && text[end - 1] is not ('!' or '?' or ';')) end--;
            i = end;
            while (i > 0 && end - i < MostCharacters && Words.IsLetterOrDigit(text[i - 1])) i--;
            if (i == end || place - i > MostCharacters) return false;
            var word = text[i..end];
            if (Phones.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || (numero && Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))) return true;
            if (Public.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || Files.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return false;
            numero |= word is "numero" or "num" or "number";
        }

        return false;
    }
}

/// <summary>What is said of a number before it.</summary>
internal enum NumberLabel
{
    /// <summary>Nothing, or that it is a telephone's.</summary>
    None,

    /// <summary>A number of a register that anybody may read.</summary>
    Public,

    /// <summary>The number of a file, an order or a parcel of land.</summary>
    File,
}
