using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Mailboxes that a public body has and nobody for himself: "voirie@mairie-rivemont.fr", "etat-civil@ville-rivemont.fr", "pref-accueil@gironde.gouv.fr".
/// Both halves have to say so: "claire.roux@mairie-rivemont.fr" is somebody's, and at a provider anybody calls himself "mairie.rivemont".
/// </summary>
internal static class PublicMailbox
{
    private static readonly FrozenSet<string> Known = DomainList.Load("known");

    private static readonly FrozenSet<string> Bodies = FrozenSet.ToFrozenSet(
        ["mairie", "ville", "commune", "communes", "agglo", "agglomeration", "interco", "cc", "ccas", "cias", "metropole", "departement", "region", "gouv", "prefecture", "ac", "ecole", "college", "lycee", "univ", "universite", "chu", "chru", "hopital", "sdis", "mediatheque", "bibliotheque", "tourisme", "sictom", "smictom", "council", "gov", "school"],
        StringComparer.Ordinal);

    // With the town's name behind and no sign between: "villederivemont.fr", "mairierivemont.fr", "rivemontagglo.fr".
    private static readonly string[] Beginnings = ["mairie", "villede", "villedu", "communede", "communedu", "grandlyon"];
    private static readonly string[] Endings = ["metropole", "agglo", "agglomeration"];

    private static readonly FrozenSet<string> Roles = FrozenSet.ToFrozenSet(
        ["contact", "contacts", "accueil", "mairie", "ville", "commune", "maire", "voirie", "urbanisme", "etat", "civil", "etatcivil", "secretariat", "communication", "com", "info", "infos", "information", "informations", "service", "services", "servicetechnique", "servicestechniques", "technique", "techniques", "ccas", "police", "policemunicipale", "pm", "municipale", "municipal", "securite",
            "mediatheque", "bibliotheque", "ludotheque", "musee", "theatre", "conservatoire", "culture", "culturel", "sport", "sports", "piscine", "ecole", "ecoles", "cantine", "restauration", "scolaire", "periscolaire", "jeunesse", "enfance", "petite", "creche", "famille", "familles", "seniors", "social", "solidarite", "sante", "logement", "habitat",
            "environnement", "dechets", "dechetterie", "proprete", "eau", "eaux", "assainissement", "espaces", "verts", "foncier", "travaux", "stationnement", "transport", "transports", "mobilite", "mobilites", "tourisme", "commerce", "economie", "marches", "publics", "marchespublics", "cimetiere", "archives", "elections", "election", "citoyen", "citoyenne", "citoyennete", "participation", "concertation", "enquete", "publique",
            "plu", "plui", "conseil", "cabinet", "dgs", "dga", "dst", "elus", "rh", "recrutement", "emploi", "finances", "comptabilite", "facturation", "regie", "courrier", "courriel", "bal", "guichet", "unique", "demarches", "usagers", "administres", "presse", "dpo", "dpd", "rgpd", "cnil", "webmaster", "support", "aide", "noreply", "reply", "no", "ne", "pas", "repondre", "signalement", "signalements", "reclamation", "reclamations",
            "reservation", "reservations", "salles", "location", "associations", "vie", "associative", "pref", "prefecture", "sp", "ddt", "ddtm", "ddpp", "dreal", "ars", "ce", "directeur", "direction", "administration", "standard", "office", "hello", "enquiries", "clerk", "highways", "planning"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Small = FrozenSet.ToFrozenSet(["de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "en", "sur", "st", "saint", "sainte"], StringComparer.Ordinal);

    private static readonly char[] Signs = ['.', '-', '_', '+'];

    /// <summary>True for such a mailbox.</summary>
    /// <param name="local">What stands before the at sign, folded.</param>
    /// <param name="domain">What stands behind it.</param>
    public static bool Is(string local, string domain)
    {
        var parts = domain.Split(Signs);
        if (!DomainList.Holds(Known, domain) && !Array.Exists(parts[..^1], IsBody)) return false;
        var role = false;
        foreach (var part in local.Split(Signs, StringSplitOptions.RemoveEmptyEntries))
        {
            var isRole = Roles.Contains(part) || part.StartsWith("mairie", StringComparison.Ordinal) || IsSchool(part);
            if (!isRole && !Small.Contains(part) && !parts.Contains(part, StringComparer.Ordinal) && part.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
            role |= isRole;
        }

        return role;
    }

    private static bool IsBody(string part) =>
        Bodies.Contains(part.TrimEnd("0123456789".ToCharArray())) || Array.Exists(Beginnings, beginning => part.StartsWith(beginning, StringComparison.Ordinal)) || Array.Exists(Endings, ending => part.EndsWith(ending, StringComparison.Ordinal));

    // "ce.0750001a@ac-paris.fr": a school by its number (UAI).
    private static bool IsSchool(string part) => part.Length == 8 && char.IsAsciiLetter(part[^1]) && !part.AsSpan(0, 7).ContainsAnyExceptInRange('0', '9');
}
