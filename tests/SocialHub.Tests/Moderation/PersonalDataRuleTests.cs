using CsCheck;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class PersonalDataRuleTests
{
    [Theory]
    [InlineData("Appelez le 06 12 34 56 78 ce soir", "phone", "06 12 34 56 78")]
    [InlineData("0612345678", "phone", "0612345678")]
    [InlineData("Tel : 01.42.76.40.40", "phone", "01.42.76.40.40")]
    [InlineData("+33 6 12 34 56 78", "phone", "+33 6 12 34 56 78")]
    [InlineData("+33 (0)6 12 34 56 78.", "phone", "+33 (0)6 12 34 56 78")]
    [InlineData("au ０６ １２ ３４ ５６ ７８", "phone", "０６ １２ ３４ ５６ ７８")]
    [InlineData("+49 30 901820", "phone", "+49 30 901820")]
    [InlineData("06 - 12 - 34 - 56 - 78", "phone", "06 - 12 - 34 - 56 - 78")]
    [InlineData("06/12/34/56/78", "phone", "06/12/34/56/78")]
    [InlineData("0033 6 12 34 56 78", "phone", "0033 6 12 34 56 78")]
    [InlineData("00 33 (0)6 12 34 56 78", "phone", "00 33 (0)6 12 34 56 78")]
    [InlineData("0033612345678", "phone", "0033612345678")]
    [InlineData("0049 30 901820", "phone", "0049 30 901820")]
    [InlineData("le 12/06 au 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("06 12 34 56 78 / 2e étage", "phone", "06 12 34 56 78")]
    [InlineData("bâtiment B2 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("0142764040/0612345678", "phone", "0142764040")]
    [InlineData("Appelez-moi, appt 12 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Bât. 3 / 06.12.34.56.78", "phone", "06.12.34.56.78")]
    [InlineData("Mme Roux, 14 /0612345678", "phone", "0612345678")]
    [InlineData("Rappelez entre 18 et 20 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("anne.martin@exemple.com merci", "email", "anne.martin@exemple.com")]
    [InlineData("IBAN FR76 3000 6000 0112 3456 7890 189 svp", "iban", "FR76 3000 6000 0112 3456 7890 189")]
    [InlineData("DE89370400440532013000", "iban", "DE89370400440532013000")]
    [InlineData("son numéro 2 55 08 14 168 025 38", "social-security-number", "2 55 08 14 168 025 38")]
    [InlineData("né en Corse : 1 85 05 2A 047 083 67", "social-security-number", "1 85 05 2A 047 083 67")]
    [InlineData("né en Corse : 1 85 05 2b 047 083 94", "social-security-number", "1 85 05 2b 047 083 94")]
    [InlineData("carte 4970 1000 0000 0007", "card-number", null)]
    [InlineData("carte 4111 1111 1111 1111 exp 12/28", "card-number", "4111 1111 1111 1111")]
    [InlineData("378282246310005", "card-number", "378282246310005")]
    public void Personal_data_is_held_with_its_span(string text, string rule, string? span)
    {
        var finding = Judge.Text(text).Findings.FirstOrDefault(f => f.Rule == rule);
        if (span is null)
        {
            Assert.Null(finding);
            return;
        }

        Assert.NotNull(finding);
        Assert.Equal((Verdict.Hold, FindingClasses.PersonalData, span), (finding.Verdict, finding.Class, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("SIRET 552 100 554 00025")]
    [InlineData("SIREN 552100554, RCS Paris")]
    [InlineData("Délibération n° 2026-0124 du 24 11 2026")]
    [InlineData("dossier 0612345")]
    [InlineData("le 12/06/2027 à 18 30")]
    [InlineData("du 06/12/2026 au 08/12/2026")]
    [InlineData("les 06/12, 13/12 et 20/12")]
    [InlineData("les 04/05/06/07/08 juillet")]
    [InlineData("06/12/26 14/30")]
    [InlineData("un demi et trois quarts, 1/2/3/4")]
    [InlineData("ouvert 08 - 12 / 14 - 18")]
    [InlineData("dossier 2026/0612345678")]
    [InlineData("dossier 0612/345678")]
    [InlineData("réf. 0012345678")]
    [InlineData("RIB 00123 00456 12345678901 23")]
    [InlineData("SIRET 552 100 554/00025")]
    [InlineData("https://www.saint-exemple.example/2026/06/12/34/56/78")]
    [InlineData("de 1998 à 2024, 12 000 000 d'euros")]
    [InlineData("permis PC 033 063 24 00123")]
    [InlineData("Écrivez à mairie@saint-exemple.example ou contact@www.saint-exemple.example")]
    [InlineData("FR76 3000 6000 0112 3456 7890 188")]
    [InlineData("2 55 08 14 168 025 39")]
    [InlineData("rendez-vous @ la mairie")]
    [InlineData("ISBN 978-2-07-036822-8")]
    [InlineData("https://www.saint-exemple.example/article/0612345678")]
    public void What_only_looks_like_it_passes(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Fact]
    public void Every_social_security_number_with_its_right_key_is_found_and_no_other() =>
        Gen.Select(Gen.Int[1, 2], Gen.Int[0, 99], Gen.Int[1, 12], Gen.Int[1, 95], Gen.Int[1, 989], Gen.Int[1, 999], Gen.Int[1, 97]).Sample((sex, year, month, department, commune, order, key) =>
        {
            var body = $"{sex}{year:00}{month:00}{department:00}{commune:000}{order:000}";
            var right = 97 - (long.Parse(body) % 97);
            var rules = Judge.Rules($"NIR {body}{key:00}");
            Assert.Equal(right == key, rules.Contains("social-security-number"));
            Assert.Contains("social-security-number", Judge.Rules($"NIR {body} {right:00}"));
        }, iter: 2_000);

    [Fact]
    public void Every_assigned_french_mobile_number_is_found_however_it_is_spaced() =>
        Gen.Select(Gen.Int[610000000, 619999999], Gen.Int[0, 7]).Sample((number, way) =>
        {
            var digits = "0" + number;
            string[] ways = ["", " ", ".", "-", " - ", " . ", "/", " / "];
            var text = string.Join(ways[way], Enumerable.Range(0, 5).Select(i => digits.Substring(i * 2, 2)));
            Assert.Contains("phone", Judge.Rules("au " + text + "."));
        }, iter: 500);
}
