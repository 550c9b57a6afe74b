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
    private static readonly FrozenSet<string> Civilities = FrozenSet.ToFrozenSet(["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms"], StringComparer.Ordinal);

    // "Président" of what? Beside a name only these are of the town.
    private static readonly FrozenSet<string> Offices = FrozenSet.ToFrozenSet(
        ["maire", "mairesse", "mairie", "adjoint", "adjointe", "depute", "deputee", "senateur", "senatrice", "prefet", "prefete", "mayor", "councillor", "moderateur", "moderatrice", "administrateur", "administratrice"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
        Offices.Concat(["president", "presidente", "conseiller", "conseillere", "elu", "elue", "elus", "moderation", "admin", "moderator", "administrator", "webmaster", "municipalite", "prefecture", "police", "gendarmerie", "commissariat", "conseil", "hotel", "cabinet", "ministre", "deputy"]), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Around = FrozenSet.ToFrozenSet(
        Civilities.Concat(["le", "la", "les", "l", "du", "de", "d", "des", "the", "of", "au", "a", "votre", "your", "premier", "premiere", "1er", "1ere", "deuxieme", "2e", "municipal", "municipale", "municipaux", "departemental", "departementale", "regional", "regionale", "delegue", "deleguee", "ville", "commune", "site", "officiel", "officielle", "nationale"]), StringComparer.Ordinal);

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
        if (words.Count == 0 || !(IsTitle(shape.Text, words) || IsOfficial(reading.Authority, name, shape.Text, words))) return;
        var field = reading.Fields.First(field => string.Equals(field.Name, "name", StringComparison.Ordinal));
        findings.Add(field, 0, field.Plain.Length);
    }

    private static bool IsTitle(ReadOnlySpan<char> text, List<Word> words)
    {
        var titles = Titles.GetAlternateLookup<ReadOnlySpan<char>>();
        var around = Around.GetAlternateLookup<ReadOnlySpan<char>>();
        var (title, other) = (false, false);
        for (var i = 0; i < words.Count; i++)
        {
            var word = text[words[i].Start..words[i].End];
            if (!titles.Contains(word))
            {
                other |= !around.Contains(word);
                continue;
            }

            title = true;
            if (!Offices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) continue;
            // "Jean Dupont, maire", "Jean Dupont (adjoint)", "M. le maire Dupont"; "Jean Maire" is called so.
            var from = i;
            while (from > 0 && around.Contains(text[words[from - 1].Start..words[from - 1].End])) from--;
            if (from > 0 && text[words[from - 1].End..words[from].Start].IndexOfAny(Signs) >= 0 && text[words[from - 1].End..words[from].Start] is not "-") return true;
            if (from < i && Civilities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[from].Start..words[from].End]) && i > from + 1) return true;
        }

        return title && !other;
    }

    private static bool IsOfficial(CompiledAuthority authority, string name, ReadOnlySpan<char> text, List<Word> words)
    {
        if (authority.Officials.Count == 0 || SignedName.Of(name) is not { } signed) return false;
        string? after = null;
        if (words.Count > 1 && Civilities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[0].Start..words[0].End])) after = SignedName.Of(text[words[1].Start..words[^1].End].ToString());
        foreach (var official in authority.Officials)
        {
            if (official.Signs(signed, after)) return true;
        }

        return false;
    }
}
