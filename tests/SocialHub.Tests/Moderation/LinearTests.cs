using System.Diagnostics;
using CsCheck;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>A text that is eight times as long takes about eight times as long, whatever is written in it; a walk over all pairs of its words would take 64 times.</summary>
public sealed class LinearTests
{
    private const int Short = 2_000;
    private const int Times = 8;
    private const int MostTimes = 28;
    private const int Tries = 5;

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

    // The best of several turns of each, so that what else the machine does does not count; once within the bound is enough.
    private static void Grows(string piece)
    {
        var ratio = double.MaxValue;
        for (var i = 0; i < Tries && ratio > MostTimes; i++) ratio = Math.Min(ratio, Best(Repeated(piece, Short * Times)) / Best(Repeated(piece, Short)));
        Assert.True(ratio <= MostTimes, $"{Times} times as long took {ratio:F0} times as long.");
    }

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static double Best(string text)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Judge.Text(text);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return best;
    }
}
