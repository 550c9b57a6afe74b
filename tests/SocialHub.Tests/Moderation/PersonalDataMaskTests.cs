using CsCheck;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class PersonalDataMaskTests
{
    private static readonly PersonalDataMask Mask = new(Judge.Engine);

    [Theory]
    [InlineData("Appelez le 06 12 34 56 78 ce soir", "Appelez le téléphone ••• 78 ce soir")]
    [InlineData("zéro six, douze, trente-quatre, cinquante-six, quatre-vingts", "téléphone •••")]
    [InlineData("anne@exemple.com, merci", "adresse électronique •••, merci")]
    [InlineData("IBAN : FR76 3000 6000 0112 3456 7890 189.", "IBAN : IBAN ••• 89.")]
    [InlineData("Il habite au 12 rue des Lilas.", "Il habite au adresse •••.")]
    [InlineData("[06 12 34 56 78](https://a.example)", "[téléphone ••• 78](https://a.example)")]
    [InlineData("Voici le portable de la voisine, dossier 06 12 34 56 78, appelez-la la nuit.", "Voici le portable de la voisine, dossier téléphone ••• 78, appelez-la la nuit.")]
    [InlineData("Rien à cacher", "Rien à cacher")]
    public void The_kind_and_the_last_digits_stand_for_what_is_hidden(string text, string shown) => Assert.Equal(shown, Mask.Of(text, null, Judge.Authority));

    [Fact]
    [Trait("run", "thorough")]
    public void Spans_move_with_the_text()
    {
        const string Text = "Le 06 12 34 56 78 de ce connard, et anne@exemple.com";
        var judgement = Judge.Text(Text);
        var masked = Mask.Of(Text, judgement.Findings, "text", null, Judge.Authority);
        Assert.Equal("Le téléphone ••• 78 de ce connard, et adresse électronique •••", masked.Text);
        Assert.Equal(2, masked.Count);
        Assert.Equal(["adresse électronique •••", "connard", "téléphone ••• 78"], masked.Findings.Select(f => masked.Text.Substring(f.Start, f.Length)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void More_findings_than_are_kept_hide_nothing_less()
    {
        var text = string.Concat(Enumerable.Repeat("connard ", 120)) + "06 12 34 56 78";
        Assert.DoesNotContain("34 56", Mask.Of(text, null, Judge.Authority), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_text_spans_stay_inside_what_is_shown() =>
        Gen.Int[0, 8].Array[0, 12].Sample(parts =>
        {
            string[] pieces = ["06 12 34 56 78", " a@b.com ", "zéro six douze 34 56 78", "FR76 3000 6000 0112 3456 7890 189", "é", "\uD800", "👩‍👩‍👧", " ", "connard"];
            var text = string.Concat(parts.Select(part => pieces[part]));
            var masked = Mask.Of(text, Judge.Text(text).Findings, "text", null, Judge.Authority);
            Assert.All(masked.Findings, finding => Assert.InRange(finding.Start + finding.Length, finding.Start, masked.Text.Length));
            if (masked.Count == 0) Assert.Same(text, masked.Text);
        }, iter: 500);
}
