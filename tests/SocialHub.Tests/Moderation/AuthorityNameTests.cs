using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class AuthorityNameTests
{
    [Theory]
    [InlineData("Ville de Saint-Exemple", true)]
    [InlineData("VILLE DE SAINT EXEMPLE", true)]
    [InlineData("villedesaintexemple", true)]
    [InlineData("V i l l e de Sáint-Exèmple", true)]
    [InlineData("Vi11e de Saint-Exemp1e", true)]
    [InlineData("VіIlе dе Sаint-Ехеmрlе", true)]
    [InlineData("Mairie de Saint-Exemple (officiel)", true)]
    [InlineData("La Ville de Saint-Exemple ✔", true)]
    [InlineData("Marie de Saint-Exemple", false)]
    [InlineData("Saint-Exemple", false)]
    [InlineData("Ville de Saint-Autre", false)]
    [InlineData("officiel", false)]
    [InlineData("", false)]
    public void Nobody_signs_as_the_authority_unread(string name, bool held)
    {
        var judgement = Judge.Of(new("Bonjour") { Name = name, Site = "ville" });
        Assert.Equal(held ? Verdict.Hold : Verdict.Publish, judgement.Verdict);
        if (held) Assert.Equal(("authority-name", FindingClasses.Impersonation, "name"), (judgement.Findings[0].Rule, judgement.Findings[0].Class, judgement.Findings[0].Field));
    }
}
