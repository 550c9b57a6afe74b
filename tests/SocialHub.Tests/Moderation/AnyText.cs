using CsCheck;

namespace SocialHub.Tests.Moderation;

/// <summary>Strings that people, machines and attackers send: words, marks, disguises, phrases of the lists, lone surrogates.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        "connard", "je vais te tuer", "nègre", "Bonjour Madame le maire, ", "é", "e\u0301", "\u200B", "\u00AD", "👨‍👩‍👧", "🇫🇷", "\uD83D", "\uDE00", "\u0301\u0327", "ﬁ", "𝓬𝓸𝓷",
        "06 12 34 56 78", "+33 6 12 34 56 78", "fr76 3000 6000 0112 3456 7890 189", "http://", "www.", "a.com", "@", "x@y.fr", "!!!!!!!!", "\n", " ", "’", "'", "\0", "한국", "가",
        "İ", "ß", "œ", "ǅ", "\u0345", "ᾳ", "\uFFFE", "\uFFFF", "[", "](", ")", "*", "_", "`", "> ", "- ", "1. ", "<script>", "&lt;", "\\", "\u202E", "\uFEFF", "½", "１２", "ﷺ", "\u1FFD",
        "« ", " »", "\"", "“", "”", "„", " : ", ", ", ". ", "... ", "; ", " — ", "ils sont ", "tu es ", "12 rue des Lilas", "habite au ", "Mme Martin", "Dupont", "lac pollué", "point", " chez ", "gmail", "c*", "zéro six ",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Units = Gen.Char[(char)0, char.MaxValue].Array[0, 12].Select(units => new string(units));

    // What the lists hold, as it stands in a sentence: whole phrases, and what quotes, condemns or excuses them.
    private static readonly Gen<string> Listed = Gen.Select(
        Gen.OneOf(ListedPhrases.Any, ListedPhrases.Refused, ListedPhrases.From("condemns", "speech"), ListedPhrases.From("exceptions"), ListedPhrases.From("targets", "warnings")),
        Gen.OneOf(" ", " ", ", ", ". ", "\n", " »", ""), (phrase, end) => phrase + end);

    public static Gen<string> Strings { get; } = Gen.OneOf(Piece, Piece, Piece, Listed, Listed, Units).Array[0, 40].Select(string.Concat);

    /// <summary>The same without ill-formed units, which have no normal form.</summary>
    public static Gen<string> WellFormed { get; } = Strings.Select(text => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF)).Select(rune => rune.ToString())));
}
