using SocialHub.Moderation.Rules;

namespace SocialHub.Moderation.Matching;

/// <summary>Why a line of a word list stands there: what a moderator and an author are told of a hit.</summary>
/// <param name="Code">Stable, kebab-case; stands in the lists and in findings.</param>
/// <param name="Wording">In words.</param>
public sealed record EntryReason(string Code, Wording Wording);

/// <summary>The closed list of reasons that a line may have. One that names none has that of its class and file.</summary>
public static class EntryReasons
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<EntryReason> All { get; } =
    [
        new("threat", new ThreatRule().Reason),
        new("threat-veiled", new("La phrase peut être lue comme une menace voilée.", "The sentence may be read as a veiled threat.")),
        new("suicide", new("La phrase pousse quelqu’un à se donner la mort.", "The sentence urges somebody to take their own life.")),
        new("insult", new InsultRule().Reason),
        new("sexual", new("Le passage est une remarque à caractère sexuel.", "The passage is a sexual remark.")),
        new("hate", new HateRule().Reason),
        new("slur", new("Le mot est une injure qui vise des personnes pour ce qu’elles sont.", "The word is a slur against people for what they are.")),
        new("contempt", new("La phrase rabaisse des personnes pour ce qu’elles sont.", "The sentence belittles people for what they are.")),
        new("dehumanising", new("La phrase compare des personnes à ce qui n’est pas humain, ou leur refuse toute dignité.", "The sentence likens people to what is not human, or denies them all dignity.")),
        new("exclusion-call", new("La phrase appelle à chasser ou à exclure des personnes.", "The sentence calls for people to be driven away or shut out.")),
        new("advertising", new AdvertisingRule().Reason),
    ];

    /// <summary>The reason of a code; null when there is none.</summary>
    public static EntryReason? Find(string code) => All.FirstOrDefault(reason => string.Equals(reason.Code, code, StringComparison.Ordinal));

    /// <summary>The reason of a line that names none; null for a class that has no list of its own.</summary>
    /// <param name="findingClass">One of <see cref="FindingClasses"/>.</param>
    /// <param name="file">Name of the list, as it lies in the assembly.</param>
    internal static EntryReason? For(string findingClass, string file) => Find((findingClass, file.Split('.') is [.., var list, _] ? list : "") switch
    {
        (FindingClasses.Threat, "veiled") => "threat-veiled",
        (FindingClasses.Insult, "sexual") => "sexual",
        (FindingClasses.Hate, "contempt" or "dehumanising") of => of.Item2,
        var (of, _) => of,
    });
}
