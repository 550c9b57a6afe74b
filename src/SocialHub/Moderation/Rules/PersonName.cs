using System.Collections.Frozen;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The name of one person as it stands in a text without a title: capital words, a name of <c>firstnames.tsv</c> among them ("Sophie Marchand", "MARCHAND Sophie", "Maria da Silva").
/// Where nothing but a person is written so, two capital words are enough. Schools, streets and halls that are called after somebody are none (<c>namesakes.tsv</c>).
/// </summary>
internal static class PersonName
{
    private const int MostWords = 4;
    private const int MostParticles = 2;
    private const int MostWordsBefore = 3;
    private const int MostWordsAround = 12;

    private static readonly FrozenSet<string> Known = EmbeddedTable.Lines("Rules.firstnames.tsv").SelectMany(line => line[0].Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Namesakes = NamesakesOf("person", ',');
    private static readonly FrozenSet<string> Houses = NamesakesOf("house", ' ');

    // Of a name that is known by its capitals alone no word may be any of these.
    private static readonly FrozenSet<string> Firms = EmbeddedTable.Names("Rules.Words.").Where(name => name.EndsWith(".common.tsv", StringComparison.Ordinal))
        .SelectMany(EmbeddedTable.Lines).SelectMany(line => line[0].Split(',', StringSplitOptions.TrimEntries)).Concat(NamesakesOf("firm", ' ')).ToFrozenSet(StringComparer.Ordinal);

    // Within a name, in small letters: "Jean d'Ormesson", "Ludwig van der Berg", "Mohamed ben Salah". With a capital they are words of it like others.
    private static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(
        ["de", "du", "des", "d", "da", "do", "dos", "das", "di", "del", "della", "dello", "von", "van", "der", "den", "ter", "zu", "zur", "el", "al", "ben", "ibn", "bin", "bint", "ould", "ait", "la", "le", "los", "las", "y", "e"], StringComparer.Ordinal);

    // Before a name, never its first word.
    private static readonly FrozenSet<string> Greetings = FrozenSet.ToFrozenSet(
        ["merci", "bravo", "bonjour", "bonsoir", "salut", "coucou", "cher", "chere", "madame", "monsieur", "mademoiselle", "mme", "mlle", "m", "mr", "mrs", "ms", "thanks", "hello", "dear"], StringComparer.Ordinal);

    // What an inscription begins with, and no family name: "Les Délices de Fatima".
    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(["les", "aux", "au", "l", "un", "une", "the"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> TownArticles = FrozenSet.ToFrozenSet(["le", "la"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Determiners = FrozenSet.ToFrozenSet(["le", "la", "les", "l", "du", "des", "au", "aux", "un", "une", "ce", "cette", "notre", "votre", "nos", "vos", "the"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Saints = FrozenSet.ToFrozenSet(["saint", "sainte", "st", "ste"], StringComparer.Ordinal);

    // What is called after people, or has its address for anybody.
    private static readonly FrozenSet<string> Places = FrozenSet.ToFrozenSet(
        ["rue", "avenue", "av", "boulevard", "bd", "place", "quai", "allee", "allees", "impasse", "chemin", "route", "cours", "square", "parc", "jardin", "pont", "passage", "esplanade", "promenade", "rond", "quartier", "residence", "cite", "tour", "arret", "station", "gare", "metro", "port",
            "ecole", "ecoles", "college", "lycee", "groupe", "creche", "maternelle", "universite", "institut", "cantine", "internat", "gymnase", "stade", "piscine", "complexe", "salle", "salles", "espace", "centre", "maison", "foyer", "theatre", "cinema", "musee", "galerie", "mediatheque", "bibliotheque", "conservatoire", "auditorium", "hopital", "clinique", "ehpad", "cabinet", "laboratoire", "pharmacie",
            "dr", "docteur", "maitre", "me", "notaire", "avocat", "avocate", "medecin", "dentiste", "kine", "boulangerie", "boucherie", "garage", "restaurant", "bar", "cafe", "hotel", "magasin", "boutique", "librairie", "salon", "entreprise", "societe", "ets", "etablissements", "sarl", "agence", "atelier", "fondation", "association", "amicale", "club", "comite", "prix", "challenge", "tournoi", "chez", "statue", "buste", "monument", "chapelle", "eglise"],
        StringComparer.Ordinal);

    /// <summary>True for a word that many are called by, folded, whatever else it means.</summary>
    public static bool IsFirstName(ReadOnlySpan<char> word) => Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>True where the words that end before a place are a person's name.</summary>
    /// <param name="field">Where they stand.</param>
    /// <param name="beyond">Index of the first word behind them.</param>
    public static bool EndsBefore(FieldReading field, int beyond)
    {
        var (from, isKnown) = Read(field, beyond);
        return isKnown && beyond - from > 1 && IsApart(field, from, beyond) && !Holds(Articles, field, from) && !IsOfPlace(field, from, beyond);
    }

    /// <summary>True where they are written as nothing but a name is, whether or not it is a known one; for places where a name is what people write.</summary>
    /// <param name="reading">Whose own name is nobody's.</param>
    /// <param name="field">Where they stand.</param>
    /// <param name="beyond">Index of the first word behind them.</param>
    /// <param name="first">Index of their first word.</param>
    public static bool IsLikelyBefore(Reading reading, FieldReading field, int beyond, out int first)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        (first, _) = Read(field, beyond);
        var small = false;
        if (beyond - first < 2 || !IsApart(field, first, beyond) || (first > 0 && words[first - 1].Sentence == words[first].Sentence && Holds(Determiners, field, first - 1)) || IsOfPlace(field, first, beyond)) return false;
        for (var i = first; i < beyond; i++)
        {
            var word = text[words[i].Start..words[i].End];
            var isPart = field.IsCapital(words[i].Start);
            if (isPart && (Firms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || reading.Authority.IsOfOwnName(word) || word.ContainsAnyInRange('0', '9'))) return false;
            // Of a shouted text capitals say nothing: "GRANDE BRADERIE", "LI Wei".
            small |= isPart && word.Length > 1 && !field.IsCapital(words[i].Start + 1);
        }

        return small;
    }

    /// <summary>True where the words that end before a place are the name of somebody whom schools and halls are called after, and one is spoken of close by.</summary>
    /// <param name="field">Where they stand.</param>
    /// <param name="beyond">Index of the first word behind them.</param>
    public static bool IsNamesakeBefore(FieldReading field, int beyond)
    {
        var words = field.WordList;
        var (first, _) = Read(field, beyond);
        if (beyond == first || !Namesakes.Contains(NameOf(field, first, beyond))) return false;
        for (var i = Math.Max(0, first - MostWordsAround); i < words.Count && i < beyond + MostWordsAround; i++)
        {
            if (Math.Abs(words[i].Sentence - words[beyond - 1].Sentence) <= 1 && Holds(Houses, field, i)) return true;
        }

        return false;
    }

    /// <summary>True where the word before a place is a first name and nothing else's: "Louane, née le", "mon papi Marcel 8 rue".</summary>
    /// <param name="field">Where it stands.</param>
    /// <param name="beyond">Index of the first word behind it.</param>
    public static bool IsFirstNameBefore(FieldReading field, int beyond)
    {
        var words = field.WordList;
        var first = beyond - 1;
        if (first < 0 || !IsPart(field, first, isLast: false) || !Holds(Known, field, first)) return false;
        while (first > 0 && field.Plain.Text[words[first - 1].End..words[first].Start] is "-") first--;
        return !(first > 0 && words[first - 1].Sentence == words[first].Sentence && (Holds(Saints, field, first - 1) || Holds(Determiners, field, first - 1))) && !IsOfPlace(field, first, beyond);
    }

    /// <summary>True where the words before a place are a name that is written without its capitals: "jean michel bérard", a known first name and a word that is no common one.</summary>
    /// <param name="field">Where they stand.</param>
    /// <param name="beyond">Index of the first word behind them.</param>
    public static bool IsSmallBefore(FieldReading field, int beyond)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        if (beyond < 2 || field.IsCapital(words[beyond - 1].Start)) return false;
        for (var first = beyond - 2; first >= 0 && beyond - first <= MostWords; first--)
        {
            var next = words[first + 1];
            if (text[words[first].End..next.Start] is not (" " or "-" or "'") || field.IsCapital(next.Start) || !char.IsLetter(text[next.Start]) || Holds(Firms, field, first + 1) || Holds(Places, field, first + 1)) return false;
            if (!Holds(Known, field, first) || field.IsCapital(words[first].Start)) continue;
            if (first > 0 && (Holds(Saints, field, first - 1) || Holds(Determiners, field, first - 1) || Holds(Known, field, first - 1))) continue;
            return !IsOfPlace(field, first, beyond) && !Namesakes.Contains(NameOf(field, first, beyond));
        }

        return false;
    }

    /// <summary>True where the words that end before a place are the name of somebody whom schools and streets are called after: a date behind it is one of history.</summary>
    public static bool IsRememberedBefore(FieldReading field, int beyond)
    {
        var (first, _) = Read(field, beyond);
        return beyond > first && Namesakes.Contains(NameOf(field, first, beyond));
    }

    private static string NameOf(FieldReading field, int first, int beyond) => string.Join(' ', field.WordList[first..beyond].Select(word => field.Plain.Text[word.Start..word.End].ToString()));

    /// <summary>True for a word that is a name of the list.</summary>
    internal static bool IsKnown(FieldReading field, int word) => Holds(Known, field, word);

    /// <summary>True for one word that is written as a name and is no common one, no firm's and not the authority's; whether it is somebody's the words around have to say.</summary>
    /// <param name="reading">Whose own name is nobody's.</param>
    /// <param name="field">Where it stands.</param>
    /// <param name="word">Its index.</param>
    public static bool IsFamilyNameAt(Reading reading, FieldReading field, int word)
    {
        var at = field.WordList[word];
        var written = field.Plain.Text[at.Start..at.End];
        return written.Length > 2 && IsPart(field, word, isLast: false) && !Holds(Firms, field, word) && !Holds(Places, field, word) && !Holds(Particles, field, word) && !reading.Authority.IsOfOwnName(written) && !written.ContainsAnyInRange('0', '9');
    }

    // Where the capital words before a place begin, with the particles between them, and whether a known name is among them.
    private static (int First, bool IsKnown) Read(FieldReading field, int beyond)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        var (from, end, parts, isKnown) = (beyond, beyond, 0, false);
        while (true)
        {
            var known = false;
            while (from > 0 && parts < MostWords && IsPart(field, from - 1, from == beyond) && (from == end || IsJoined(text, words, from - 1)))
            {
                from--;
                parts++;
                known |= Holds(Known, field, from) && !(from > 0 && Holds(Saints, field, from - 1));
            }

            // "Les Fleurs de Rose": behind a particle a first name alone is nobody's.
            isKnown |= known && (from < end - 1 || end < beyond);
            if (from == end || parts == MostWords) return (from, isKnown);
            var before = from;
            while (before > 0 && from - before < MostParticles && Holds(Particles, field, before - 1) && !field.IsCapital(words[before - 1].Start) && text[words[before - 1].End..words[before].Start] is " " or "'" or "-") before--;
            if (before == from || before == 0 || !IsPart(field, before - 1, isLast: false) || text[words[before - 1].End..words[before].Start] is not " ") return (from, isKnown);
            (from, end) = (before, before);
        }
    }

    private static bool IsOfPlace(FieldReading field, int from, int beyond)
    {
        var words = field.WordList;
        for (var i = beyond - 1; i >= 0 && i >= from - MostWordsBefore && words[i].Sentence == words[beyond - 1].Sentence; i--)
        {
            if (Holds(Places, field, i)) return true;
        }

        return false;
    }

    // Towns and first names alone are written with hyphens, or behind an article: "Château-Thierry", "Marie-Claude", "Le Luc".
    private static bool IsApart(FieldReading field, int first, int beyond)
    {
        var words = field.WordList;
        for (var i = Holds(TownArticles, field, first) ? first + 1 : first; i + 1 < beyond; i++)
        {
            if (field.Plain.Text[words[i].End..words[i + 1].Start] is " ") return true;
        }

        return false;
    }

    // "Kim Min-jun": behind a hyphen the last part may be small.
    private static bool IsPart(FieldReading field, int word, bool isLast)
    {
        var words = field.WordList;
        if (!char.IsLetter(field.Plain.Text[words[word].Start]) || Holds(Greetings, field, word)) return false;
        return field.IsCapital(words[word].Start)
            || (isLast && word > 0 && field.Plain.Text[words[word - 1].End..words[word].Start] is "-" && field.IsCapital(words[word - 1].Start) && !Holds(Particles, field, word));
    }

    private static bool IsJoined(ReadOnlySpan<char> text, List<Word> words, int word) => text[words[word].End..words[word + 1].Start] is " " or "-" or "'";

    private static bool Holds(FrozenSet<string> set, FieldReading field, int word) => field.WordList[word] is var at && set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(field.Plain.Text[at.Start..at.End]);

    private static FrozenSet<string> NamesakesOf(string kind, char between) =>
        EmbeddedTable.Lines("Rules.namesakes.tsv").Where(line => line[0] == kind).SelectMany(line => line[1].Split(between)).ToFrozenSet(StringComparer.Ordinal);
}
