namespace SocialHub.Moderation.Matching;

/// <summary>
/// What people write around words that are not their own, read from <c>speech.tsv</c> and <c>condemns.tsv</c>; the second cell of a line is one of these names, in lower case.
/// </summary>
internal enum QuotationRole
{
    /// <summary>Somebody else is heard ("a crié", "pancarte"); the lines of <c>speech.tsv</c> without a name.</summary>
    Speech,

    /// <summary>A sentence of somebody else begins right behind it ("dire que", "traiter les gens de").</summary>
    Reports,

    /// <summary>One's own sentence does ("je dis que", "tout le monde sait que").</summary>
    Own,

    /// <summary>Whoever it was thrown at tells it ("on m'a crié", "se faire traiter de").</summary>
    Hurt,

    /// <summary>The same by a milder verb ("on m'a dit"): counts for words that were said to somebody's face.</summary>
    Told,

    /// <summary>Where, before whom or against whom words were said ("à la caissière", "sur le mur de", "le tribunal"): they are told, not meant.</summary>
    Scene,

    /// <summary>What somebody was called follows at once ("on m'a traité de").</summary>
    Named,

    /// <summary>Somebody names themselves, or speaks of a word ("en tant que", "entre ... on", "le mot").</summary>
    Self,

    /// <summary>Says behind a word that it is one's own ("et fière").</summary>
    Proud,

    /// <summary>Whoever says it of themselves ("je", "nous"): another cannot claim a word for them.</summary>
    First,

    /// <summary>The quoted words are those of whoever writes ("je lui ai dit", "j'ai crié", "est mon message"): nobody else tells them, and no scene excuses them.</summary>
    Mine,

    /// <summary>Words by which a quotation speaks to somebody ("ton pays", "rentre").</summary>
    Addressed,

    /// <summary>Words that are thrown at somebody without one of those ("sale", "espèce").</summary>
    Thrown,

    /// <summary>Right before a quotation mark: what stands in it is a thing that is spoken about ("encore un", "vos", "quatre").</summary>
    Noted,

    /// <summary>Somebody else threatened, and what with follows ("m'a juré de").</summary>
    Threatened,

    /// <summary>A condemnation, of whatever stands there; the lines of <c>condemns.tsv</c> without a name.</summary>
    Condemns,

    /// <summary>A condemnation of words and of nothing else ("c'est raciste", "de tels propos").</summary>
    Plainly,

    /// <summary>In the sentence before or behind, condemns words by naming them ("de tels propos", "honte à celui qui a écrit cela"): nothing else can be meant.</summary>
    Refers,

    /// <summary>Is the whole of the sentence before or behind, and can only mean what was said there ("C'est honteux.", "J'ai porté plainte.").</summary>
    Whole,

    /// <summary>A sentence that it condemns begins right behind it ("arrêtez de dire que").</summary>
    Before,

    /// <summary>Takes back the sentence right before it ("c'est faux").</summary>
    Denies,

    /// <summary>Defends what is quoted, or mocks whoever condemns it ("il a raison de dire").</summary>
    Not,
}

/// <summary>The words of <see cref="QuotationRole"/>, all languages together.</summary>
/// <param name="common">What <see cref="Lexicon.Common"/> says.</param>
internal sealed class QuotationWords(IReadOnlyDictionary<string, int> common)
{
    private readonly Lexicon[] _roles = [.. Enum.GetValues<QuotationRole>().Select(_ => new Lexicon { Common = common, Reach = Reach.Sentence })];

    /// <summary>The words of one role.</summary>
    public Lexicon this[QuotationRole role] => _roles[(int)role];

    /// <summary>The role that a line of a list is for.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static QuotationRole RoleOf(string[] line, QuotationRole unnamed) =>
        line.Length < 2 ? unnamed
        : Enum.TryParse<QuotationRole>(line[1], ignoreCase: true, out var role) ? role
        : throw new InvalidDataException($"'{line[1]}' is no role of {line[0]}.");

    /// <summary>Ends the making of the lists.</summary>
    /// <param name="anchored">See <see cref="Lexicon.Complete"/>.</param>
    public QuotationWords Complete(bool anchored)
    {
        foreach (var role in _roles) role.Complete(disguised: false, anchored: anchored);
        return this;
    }
}
