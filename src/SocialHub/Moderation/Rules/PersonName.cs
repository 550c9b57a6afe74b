using System.Collections.Frozen;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The name of one person as it stands in a text without a title: capital words, a first name among them ("Sophie Marchand", "MARCHAND Sophie").
/// Schools, streets and halls that are called after somebody are none.
/// </summary>
internal static class PersonName
{
    private const int MostWords = 4;
    private const int MostWordsBefore = 3;

    private static readonly FrozenSet<string> FirstNames = EmbeddedTable.Lines("Rules.firstnames.tsv").SelectMany(line => line[0].Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    // What is called after people, or has its address for anybody.
    private static readonly FrozenSet<string> Places = FrozenSet.ToFrozenSet(
        ["rue", "avenue", "av", "boulevard", "bd", "place", "quai", "allee", "allees", "impasse", "chemin", "route", "cours", "square", "parc", "jardin", "pont", "passage", "esplanade", "promenade", "rond", "quartier", "residence", "cite", "tour", "arret", "station", "gare", "metro", "port",
            "ecole", "ecoles", "college", "lycee", "groupe", "creche", "maternelle", "universite", "institut", "cantine", "internat", "gymnase", "stade", "piscine", "complexe", "salle", "salles", "espace", "centre", "maison", "foyer", "theatre", "cinema", "musee", "galerie", "mediatheque", "bibliotheque", "conservatoire", "auditorium", "hopital", "clinique", "ehpad", "cabinet", "laboratoire", "pharmacie",
            "dr", "docteur", "maitre", "me", "notaire", "avocat", "avocate", "medecin", "dentiste", "kine", "boulangerie", "boucherie", "garage", "restaurant", "bar", "cafe", "hotel", "magasin", "boutique", "librairie", "salon", "entreprise", "societe", "ets", "etablissements", "sarl", "agence", "atelier", "fondation", "association", "amicale", "club", "comite", "prix", "challenge", "tournoi", "chez", "statue", "buste", "monument", "chapelle", "eglise"],
        StringComparer.Ordinal);

    /// <summary>True where the words that end before a place are a person's name.</summary>
    /// <param name="field">Where they stand.</param>
    /// <param name="beyond">Index of the first word behind them.</param>
    public static bool EndsBefore(FieldReading field, int beyond)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        var from = beyond;
        var isFirst = false;
        while (from > 0 && beyond - from < MostWords && IsPart(field, from - 1) && (from == beyond || IsJoined(text, words, from - 1)))
        {
            from--;
            isFirst |= FirstNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[from].Start..words[from].End]);
        }

        if (!isFirst || beyond - from < 2) return false;
        for (var i = beyond - 1; i >= 0 && i >= from - MostWordsBefore && words[i].Sentence == words[beyond - 1].Sentence; i--)
        {
            if (Places.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i].Start..words[i].End])) return false;
        }

        return true;
    }

    private static bool IsPart(FieldReading field, int word) => field.WordList[word] is var part && char.IsLetter(field.Plain.Text[part.Start]) && field.IsCapital(part.Start);

    private static bool IsJoined(ReadOnlySpan<char> text, List<Word> words, int word) => text[words[word].End..words[word + 1].Start] is " " or "-" or "'";
}
