using Xunit;

namespace SocialHub.Tests.Moderation.Measured;

public sealed class FunctionalCaseTests
{
    [Theory]
    [InlineData("Ces femmes nous ont tellement aidés.", "Ces handicapés nous ont tellement aidés.")]
    [InlineData("J'apprends d'une femme qui décide.", "J'apprends d'un musulman qui décide.")]
    [InlineData("Toutes ces femmes, elles votent.", "Tous ces trans, ils votent.")]
    [InlineData("Le club de femmes est ouvert", "Le club d'homos est ouvert.")]
    [InlineData("On voit des f e m m e s partout", "On voit des r é f u g i é s partout !")]
    [InlineData("On voit des h0mos partout", "On voit des bl4cks partout")]
    public void Cases_of_one_template_are_kept_out_or_developed_on_together(string one, string other)
    {
        var (first, second) = (new FunctionalCase("a", false, one), new FunctionalCase("a", false, other));
        Assert.Equal(first.Template, second.Template);
        Assert.Equal(first.IsKeptOut, second.IsKeptOut);
    }

    [Fact]
    public void Another_sentence_is_another_template() =>
        Assert.NotEqual(new FunctionalCase("a", false, "On voit des femmes.").Template, new FunctionalCase("a", false, "On entend des femmes.").Template);

    [Fact]
    public void About_a_fifth_is_kept_out()
    {
        var kept = Enumerable.Range(0, 1_000).Count(i => new FunctionalCase("a", false, "mot" + string.Concat(i.ToString().Select(c => (char)('a' + c - '0')))).IsKeptOut);
        Assert.InRange(kept, 150, 250);
    }
}
