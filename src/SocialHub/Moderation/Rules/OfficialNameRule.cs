using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// A name that readers take for an elected member's, or for somebody's who answers here: "M. le maire", "La mairie", "Le modérateur" without any list,
/// "Jeanne Exemple" where the authority lists her, "Jean Dupont, maire" whoever that is; and a text that is signed so ("Signé : le maire").
/// Their real answers come another way, which no rule judges.
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
        Civilities.Concat(["le", "la", "les", "l", "du", "de", "d", "des", "the", "of", "au", "a", "votre", "your", "premier", "premiere", "1er", "1ere", "deuxieme", "2e", "municipal", "municipale", "municipaux", "departemental", "departementale", "regional", "regionale", "delegue", "deleguee", "ville", "commune", "site", "compte", "page", "officiel", "officielle", "official", "nationale"]), StringComparer.Ordinal);

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

    // The town itself: alone, or with the name of the authority.
    private static readonly FrozenSet<string> Towns = FrozenSet.ToFrozenSet(["ville", "commune"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Marks = FrozenSet.ToFrozenSet(["officiel", "officielle", "official"], StringComparer.Ordinal);

    // All these words by the way they are drawn: "L3 Ma1re".
    private static readonly FrozenDictionary<string, string> ByShape = Titles.Concat(Around).Concat(Parts).Concat(Departments).Concat(For)
        .GroupBy(word => SignedName.Same([word])!, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    // Before whoever signs a text, with a sign or a line between; behind a greeting "Monsieur le maire" is who is greeted.
    private static readonly FrozenSet<string> Signed = FrozenSet.ToFrozenSet(["signe", "signee", "signature"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Greetings = FrozenSet.ToFrozenSet(["cordialement", "respectueusement"], StringComparer.Ordinal);

    private static readonly SearchValues<char> BeforeSignature = SearchValues.Create(",:\n-");

    private static readonly SearchValues<char> NoSignature = SearchValues.Create("?\"»”");

    private const int MostSigned = 8;

    // Between a name and its office.
    private static readonly SearchValues<char> Signs = SearchValues.Create(",(-[|/");

    public override string Id => "official-name";

    public override string FindingClass => FindingClasses.Impersonation;

    public override Wording Reason { get; } = new(
        "Le nom est celui d’une personne élue ou d’une fonction officielle : une personne vérifie qui écrit.",
        "The name is an elected member's or an official title: a person checks who writes.");

    private static Wording SignedReason { get; } = new(
        "Le texte est signé du nom d’une personne élue, de la collectivité ou d’une fonction officielle : une personne vérifie qui écrit.",
        "The text is signed with an elected member's name, the authority's or an official title: a person checks who writes.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        JudgeName(reading, findings);
        if (Signature(reading) is { } signature) findings.Add(reading.Text, signature.Start, signature.End, reason: SignedReason);
    }

    private static void JudgeName(Reading reading, FindingSink findings)
    {
        if (reading.Subject.Name is not { Length: > 0 } name) return;
        var shape = Shape.Latinised(name);
        var words = Words.In(shape.Text);
        if (words.Count == 0 || !(IsTitle(reading.Authority, shape.Text, words) || IsOfficial(reading.Authority, name, shape.Text, words))) return;
        var field = reading.Fields.First(field => string.Equals(field.Name, "name", StringComparison.Ordinal));
        findings.Add(field, 0, field.Plain.Length);
    }

    // The last words of a text, with nothing behind them: "Signé : le maire", "Cordialement, la mairie de Rivemont".
    private static (int Start, int End)? Signature(Reading reading)
    {
        var (field, words) = (reading.Text, reading.Text.WordList);
        var text = field.Plain.Text;
        for (var i = words.Count - 2; i >= 0 && words.Count - i - 2 < MostSigned; i--)
        {
            var word = text[words[i].Start..words[i].End];
            var greeting = Greetings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            if (!greeting && !Signed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) continue;
            if (text[words[i].End..words[i + 1].Start].IndexOfAny(BeforeSignature) < 0 || text[words[^1].End..].IndexOfAny(NoSignature) >= 0) return null;
            if (greeting && Civilities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i + 1].Start..words[i + 1].End])) return null;
            var (from, to) = field.Plain.ToOriginal(words[i + 1].Start, words[^1].End);
            var name = field.Original[from..to];
            var shape = Shape.Latinised(name);
            var signed = Words.In(shape.Text);
            return signed.Count > 0 && (reading.Authority.IsOwnName(name) || IsTitle(reading.Authority, shape.Text, signed) || IsOfficial(reading.Authority, name, shape.Text, signed)) ? (words[i].Start, words[^1].End) : null;
        }

        return null;
    }

    private static string Read(ReadOnlySpan<char> written) => SignedName.Same([written.ToString()]) is { } shape && ByShape.TryGetValue(shape, out var word) ? word : written.ToString();

    // "Rivemontofficiel"
    private static bool IsOfficialTogether(CompiledAuthority authority, string word) =>
        Marks.Any(mark => word.Length > mark.Length && ((word.EndsWith(mark, StringComparison.Ordinal) && authority.IsOfOwnName(word.AsSpan(0, word.Length - mark.Length))) || (word.StartsWith(mark, StringComparison.Ordinal) && authority.IsOfOwnName(word.AsSpan(mark.Length)))));

    private static bool IsTitle(CompiledAuthority authority, ReadOnlySpan<char> text, List<Word> words)
    {
        var read = new string[words.Count];
        for (var i = 0; i < read.Length; i++) read[i] = Read(text[words[i].Start..words[i].End]);
        var (title, towns, other, own, part, department) = (false, false, false, false, false, false);
        var (named, town, official, civil) = (false, false, false, false);
        for (var i = 0; i < words.Count; i++)
        {
            var word = read[i];
            // "Directeur des services": the second of two parts says what of the town.
            var isDepartment = part && Departments.Contains(word);
            var isPart = Parts.Contains(word);
            department |= isDepartment;
            part |= isPart;
            towns |= title && word is "ville";
            town |= Towns.Contains(word);
            official |= Marks.Contains(word);
            civil |= Civilities.Contains(word);
            if (!Titles.Contains(word))
            {
                if (isPart || isDepartment || Around.Contains(word)) continue;
                if (IsOfficialTogether(authority, word)) return true;
                // "Maire de Lille" is a title, "Denis Maire" of Saint-Denis and "Hôtel de Lille" are names.
                if (authority.IsOfOwnName(word)) (own, named) = (own || (!towns && !part), true);
                else other = true;
                continue;
            }

            if (i + 1 < words.Count && !other && Charged.Contains(word) && For.Contains(read[i + 1])) return true;
            own &= !Houses.Contains(word);
            title = true;
            towns |= word is not ("hotel" or "cabinet");
            if (!Offices.Contains(word)) continue;
            // "Jean Dupont, maire", "Jean Dupont (adjoint)", "M. le maire Dupont"; "Jean Maire" is called so.
            var from = i;
            while (from > 0 && Around.Contains(read[from - 1])) from--;
            if (from > 0 && text[words[from - 1].End..words[from].Start].IndexOfAny(Signs) >= 0 && text[words[from - 1].End..words[from].Start] is not "-") return true;
            if (from < i && Civilities.Contains(read[from]) && i > from + 1) return true;
        }

        // "La ville", "Rivemont officiel": no other word, and no family that is called so.
        return ((title || department) && !other && !own) || (!other && !civil && (town || (official && named)));
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
