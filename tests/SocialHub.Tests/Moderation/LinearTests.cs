using CsCheck;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>A text that is 32 times as long takes about 32 times as long, whatever is written in it; a walk over all pairs of its words would take 1,024 times, and one that grows with the power 1.5 181 times.</summary>
public sealed class LinearTests
{
    private const int Short = 2_000;
    private const int Times = 32;
    private const int MostTimes = 96; // a longer text also finds less of itself in the processor's caches
    private const int Tries = 8;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("a")]
    [InlineData("1 ")]
    [InlineData("1 1,")]
    [InlineData("06,")]
    [InlineData("06 12 34 56 78 ")]
    [InlineData("a@b.fr ")]
    [InlineData("fr76 ")]
    [InlineData("http://a.fr ")]
    [InlineData("12 rue des ")]
    [InlineData("connard ")]
    [InlineData("c o n n a r d ")]
    [InlineData("c0nn@rd ")]
    [InlineData("c*nn*rd ")]
    [InlineData("co nn ar d ")]
    [InlineData("lesfemmessont ")]
    [InlineData("je vais te ")]
    [InlineData("les migrants ils sont ")]
    [InlineData("\"les juifs sont des rats\" ")]
    [InlineData("on m'a dit « les juifs sont des rats » c'est honteux. ")]
    [InlineData("arrêtez de dire que les juifs sont des rats, c'est faux ")]
    [InlineData("'a ")]
    [InlineData("maire démission ")]
    [InlineData("[rivemont.fr](https://a.fr) ")]
    [InlineData("[a](//")]
    [InlineData("a-b.fr-c.fr.")]
    [InlineData("Sophie Marchand, née le 12/03/1985, ")]
    [InlineData("ma tante Marie Roux, bât C, porte 3, 12 rue des Lilas ")]
    [InlineData("Marie Roux AB-123-CD ")]
    [InlineData("plaque GE 482 117 ")]
    [InlineData("le standard de la mairie 04 76 11 22 33 ")]
    [InlineData("06 puis le 12 et ")]
    [InlineData("Marie Roux fête ses ans le 3 mai ")]
    [InlineData("lui t.me/abcd ")]
    [InlineData("a.b sur gmail ")]
    [InlineData("insta @abcd ")]
    [InlineData("a point com slash ")]
    [InlineData("«")]
    [InlineData("l'")]
    [InlineData("e\u0301")]
    [InlineData("ⲤⲟⲚⲚⲁⲅԁ ")]
    [InlineData("&lt;e\u0301ǅ")]
    [InlineData("👏")]
    [InlineData("\uD800")]
    public void A_piece_repeated_is_judged_in_linear_time(string piece) => Grows(piece);

    [Fact]
    [Trait("run", "thorough")]
    public void Any_string_repeated_is_judged_in_linear_time() => AnyText.Strings.Where(text => text.Length is > 0 and < 200).Sample(Grows, iter: 60, threads: 1);

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("", "les migrants ", ". ", "ils sont ")]
    [InlineData("", "je vais te ", " ", "planter des arbres ")]
    [InlineData("", "inadmissible ", ". ", "salaud ")]
    [InlineData("« ", "bonjour ", " » ", "inadmissible ")]
    [InlineData("", "12 ", " ", "rue des Lilas ")]
    [InlineData("", "M. Martin ", " ", "12 rue ")]
    [InlineData("", "06 12 ", " ", "34 56 ")]
    [InlineData("", "a point ", "@", "b point ")]
    [InlineData("", "http:// ", " ", "a.fr/ ")]
    [InlineData("", "tu es ", " ", "c*n ")]
    [InlineData("« ", "salaud dit que cruel ", " » ", "salaud dit que cruel ")]
    [InlineData("« ", "salaud ", " » ", "il a dit inadmissible ")]
    [InlineData("\"", "connard ", "\" ", "inadmissible ")]
    [InlineData("", "\"connard\" ", " ", "inadmissible ")]
    [InlineData("", "traité de ", "", "connard ")]
    public void Two_pieces_repeated_are_judged_in_linear_time(string opening, string first, string between, string second) => Grows(new Shape(opening, first, between, second));

    // Many of one piece and then many of another, perhaps within a quotation: what looks from each of the first at each of the second shows here.
    private static readonly Gen<string> Piece = Gen.Select(
        Gen.OneOf(ListedPhrases.Any, ListedPhrases.From("insults", "slang"), ListedPhrases.From("condemns", "speech"), ListedPhrases.From("exceptions", "targets"), Gen.OneOf("06 12", "12 rue", "M. Martin", "a@b.fr", "c*n", "point")),
        Gen.OneOf(" ", " ", ", ", ". "), (phrase, end) => phrase + end);

    [Fact]
    [Trait("run", "thorough")]
    public void Any_two_phrases_of_the_lists_repeated_are_judged_in_linear_time() =>
        Gen.Select(Piece, Gen.OneOf("", ". "), Piece, (first, between, second) => new Shape("", first, between, second)).Sample(Grows, iter: 150, threads: 1);

    [Fact]
    [Trait("run", "thorough")]
    public void Any_two_phrases_of_the_lists_repeated_in_quotation_marks_are_judged_in_linear_time() =>
        Gen.Select(Gen.OneOf("« ", "\"", "“"), Piece, Gen.OneOf(" » ", "\" ", "” "), Piece, (opening, first, between, second) => new Shape(opening, first, between, second)).Sample(Grows, iter: 150, threads: 1);

    private static void Grows(string piece) => Grows(new Shape("", piece, "", piece));

    // The best of several turns of each, so that what else the machine does does not count; once within the bound is enough.
    private static void Grows(Shape shape)
    {
        var (small, large, ratio) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var i = 0; i < Tries && ratio > MostTimes; i++)
        {
            (small, large) = (Math.Min(small, Best(shape.Of(Short))), Math.Min(large, Best(shape.Of(Short * Times))));
            // What takes too little to be counted grows with nothing.
            ratio = large > 0 ? large / small : 0;
        }

        Assert.True(ratio <= MostTimes, $"{Times} times as long took {ratio:F0} times as long: {shape}");
    }

    // By processor time, in one measure for as many turns as it takes to be well above what the system counts in (some milliseconds).
    private static double Best(string text)
    {
        for (var turns = Math.Max(1, 64_000 / text.Length); ; turns *= 2)
        {
            var best = Enumerable.Range(0, 3).Min(_ => CostOf(text, turns));
            if (best >= Least) return best.TotalMilliseconds / turns;
        }
    }

    private static TimeSpan CostOf(string text, int turns) => ProcessorTime.Of(() =>
    {
        for (var turn = 0; turn < turns; turn++) Judge.Text(text);
    });

    private sealed record Shape(string Opening, string First, string Between, string Second)
    {
        /// <summary>Half of it the first piece, half the second.</summary>
        public string Of(int length) => Opening + Repeated(First, length / 2) + Between + Repeated(Second, length / 2);

        private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];
    }
}
