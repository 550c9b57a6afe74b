using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>Words that say that one person is spoken of, whom a plate, an account or an address behind them then leads to.</summary>
internal static class PersonWords
{
    /// <summary>Before somebody's own: "ma tante", "son vélo".</summary>
    public static FrozenSet<string> Whose { get; } = FrozenSet.ToFrozenSet(
        ["mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "votre", "leur", "leurs", "my", "your", "his", "her", "their", "our"], StringComparer.Ordinal);

    /// <summary>Who is somebody's: a relative, a neighbour, a friend.</summary>
    public static FrozenSet<string> Relations { get; } = FrozenSet.ToFrozenSet(
        ["pere", "mere", "papa", "maman", "papi", "papy", "mamie", "mamy", "pepe", "meme", "papou", "nonna", "oncle", "tonton", "tante", "tata", "tatie", "frere", "soeur", "frangin", "frangine", "fils", "fille", "mari", "femme", "epoux", "epouse", "cousin", "cousine", "neveu", "niece", "gendre", "bru", "beau", "belle", "parrain", "marraine",
            "copain", "copine", "ami", "amie", "pote", "voisin", "voisine", "voisins", "ex", "compagnon", "compagne", "conjoint", "conjointe", "collegue", "nounou", "locataire", "proprio", "proprietaire", "bailleur", "coloc", "parents", "beaux", "enfants", "mother", "father", "mum", "dad", "uncle", "aunt", "brother", "sister", "son", "daughter", "husband", "wife", "neighbour", "neighbor", "landlord"],
        StringComparer.Ordinal);

    /// <summary>Who is meant and not named: "ce type", "la dame du tabac".</summary>
    public static FrozenSet<string> Somebody { get; } = FrozenSet.ToFrozenSet(
        ["voisin", "voisine", "voisins", "conducteur", "conductrice", "chauffard", "chauffards", "chauffeur", "automobiliste", "motard", "motarde", "proprietaire", "proprio", "locataire", "type", "mec", "gars", "individu", "bonhomme", "homme", "femme", "dame", "gamin", "gamine", "ado", "jeune", "retraite", "retraitee", "fils", "fille", "frere", "soeur", "pere", "mere", "cousin", "cousine", "copain", "copine", "ami", "amie", "pote", "ex",
            "prof", "professeur", "instit", "infirmier", "infirmiere", "livreur", "livreuse", "nounou", "gardien", "gardienne", "celui", "celle", "appartient", "driver", "neighbour", "neighbor", "owner", "guy", "bloke", "he", "she"],
        StringComparer.Ordinal);
}
