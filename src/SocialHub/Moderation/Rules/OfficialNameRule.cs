using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// A name that readers take for an elected member's, or for somebody's who answers here: "M. le maire", "La mairie", "Le modérateur" without any list,
/// "Jeanne Exemple" where the authority lists her, "Jean Dupont, maire" whoever that is. Their real answers come another way, which no rule judges.
/// </summary>
public sealed class OfficialNameRule : ModerationRule
{
    private static readonly FrozenSet<string> Civilities = FrozenSet.ToFrozenSet(Words.Civilities, StringComparer.Ordinal);

    // "Président" of what? Beside a name only these are of the town.
    private static readonly FrozenSet<string> Offices = FrozenSet.ToFrozenSet(
        ["maire", "mairesse", "mairie", "adjoint", "adjointe", "depute", "deputee", "senateur", "senatrice", "prefet", "prefete", "mayor", "councillor", "moderateur", "moderatrice", "administrateur", "administratrice"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
        Offices.Concat(["president", "presidente", "conseiller", "conseillere", "elu", "elue", "elus", "moderation", "admin", "moderator", "administrator", "webmaster", "municipalite", "dgs", "dga", "prefecture", "police", "gendarmerie", "commissariat", "conseil", "hotel", "cabinet", "ministre", "deputy"]), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Around = FrozenSet.ToFrozenSet(
        Civilities.Concat(["le", "la", "les", "l", "du", "de", "d", "des", "the", "of", "au", "a", "votre", "your", "premier", "premiere", "1er", "1ere", "deuxieme", "2e", "municipal", "municipale", "municipaux", "departemental", "departementale", "regional", "regionale", "delegue", "deleguee", "ville", "commune", "site", "officiel", "officielle", "nationale"]), StringComparer.Ordinal);

    // A team, a service or a director is the town's only with what of it: "Équipe municipale", "Service urbanisme", "Directeur général des services".
    private static readonly FrozenSet<string> Parts = FrozenSet.ToFrozenSet(
        ["equipe", "team", "service", "services", "direction", "directeur", "directrice", "responsable"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Departments = FrozenSet.ToFrozenSet(
        ["municipal", "municipale", "municipaux", "moderation", "general", "generale", "communication", "urbanisme", "voirie", "proprete", "technique", "techniques", "ville", "commune", "services"], StringComparer.Ordinal);

    // Of these a name says what they are for: "Adjoint à la sécurité".
    private static readonly FrozenSet<string> Charged = FrozenSet.ToFrozenSet(["adjoint", "adjointe"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> For = FrozenSet.ToFrozenSet(["a", "au", "aux", "charge", "chargee", "delegue", "deleguee"], StringComparer.Ordinal);

    // No family is called so: the town may also be named before it ("Lille Mairie").
    private static readonly FrozenSet<string> Houses = FrozenSet.ToFrozenSet(["mairie", "municipalite", "moderation", "dgs"], StringComparer.Ordinal);

    // Between a name and its office.
    private static readonly SearchValues<char> Signs = SearchValues.Create(",(-[|/");

    public override string Id => "official-name";

    public override string FindingClass => FindingClasses.Impersonation;

    public override Wording Reason { get; } = new(
        "Le nom est celui d’une personne élue ou d’une fonction officielle : une personne vérifie qui écrit.",
        "The name is an elected member's or an official title: a person checks who writes.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Subject.Name is not { Length: > 0 } name) return;
        var shape = Shape.Latinised(name);
        var words = Words.In(shape.Text);
        if (words.Count == 0 || !(IsTitle(reading.Authority, shape.Text, words) || IsOfficial(reading.Authority, name, shape.Text, words))) return;
        var field = reading.Fields.First(field => string.Equals(field.Name, "name", StringComparison.Ordinal));
        findings.Add(field, 0, field.Plain.Length);
    }

    private static bool IsTitle(CompiledAuthority authority, ReadOnlySpan<char> text, List<Word> words)
    {
        var titles = Titles.GetAlternateLookup<ReadOnlySpan<char>>();
        var around = Around.GetAlternateLookup<ReadOnlySpan<char>>();
        var (title, towns, other, own, part, department) = (false, false, false, false, false, false);
        for (var i = 0; i < words.Count; i++)
        {
            var word = text[words[i].Start..words[i].End];
            // "Directeur des services": the second of two parts says what of the town.
            var isDepartment = part && Departments.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            var isPart = Parts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            department |= isDepartment;
            part |= isPart;
            towns |= title && word is "ville";
            if (!titles.Contains(word))
            {
                if (isPart || isDepartment || around.Contains(word)) continue;
                // "Maire de Lille" is a title, "Denis Maire" of Saint-Denis and "Hôtel de Lille" are names.
                if (authority.IsOfOwnName(word)) own |= !towns && !part;
                else other = true;
                continue;
            }

            if (i + 1 < words.Count && !other && Charged.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && For.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i + 1].Start..words[i + 1].End])) return true;
            own &= !Houses.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            title = true;
            towns |= word is not ("hotel" or "cabinet");
            if (!Offices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) continue;
            // "Jean Dupont, maire", "Jean Dupont (adjoint)", "M. le maire Dupont"; "Jean Maire" is called so.
            var from = i;
            while (from > 0 && around.Contains(text[words[from - 1].Start..words[from - 1].End])) from--;
            if (from > 0 && text[words[from - 1].End..words[from].Start].IndexOfAny(Signs) >= 0 && text[words[from - 1].End..words[from].Start] is not "-") return true;
            if (from < i && Civilities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[from].Start..words[from].End]) && i > from + 1) return true;
        }

        return (title || department) && !other && !own;
    }

    private static bool IsOfficial(CompiledAuthority authority, string name, ReadOnlySpan<char> text, List<Word> written)
    {
        if (authority.Officials.Count == 0) return false;
        var words = SignedName.WordsOf(name);
        List<string> after = [];
        if (written.Count > 1 && Civilities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[written[0].Start..written[0].End])) after = SignedName.WordsOf(text[written[1].Start..written[^1].End].ToString());
        // As it is written, for "Jeann3" is Jeanne; and without the digits at the ends of its words.
        return IsOfficial(authority, words, after) || (SignedName.WithoutNumbers(words) is { } bare && IsOfficial(authority, bare, SignedName.WithoutNumbers(after) ?? after));
    }

    private static bool IsOfficial(CompiledAuthority authority, List<string> words, List<string> afterTitle)
    {
        var signed = SignedName.RunsOf(words);
        var after = SignedName.Same(afterTitle);
        foreach (var official in authority.Officials)
        {
            if (official.Signs(words, signed, after)) return true;
        }

        return false;
    }
}
