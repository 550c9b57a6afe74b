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

    [Theory]
    [InlineData("Le maire")]
    [InlineData("M. le maire")]
    [InlineData("Mme la Députée")]
    [InlineData("La mairie")]
    [InlineData("Le modérateur")]
    [InlineData("Administrateur")]
    [InlineData("LA MAIRIE ✔")]
    [InlineData("Lа Маіrіе")]
    [InlineData("Monsieur le Préfet")]
    [InlineData("La police municipale")]
    [InlineData("Jean Dupont, maire")]
    [InlineData("Jean Dupont (1er adjoint)")]
    [InlineData("M. le maire Dupont")]
    [InlineData("Jeanne Exemple")]
    [InlineData("EXEMPLE Jeanne")]
    [InlineData("jeanne.exemple")]
    [InlineData("Jeаnnе Ехеmрlе (officiel)")]
    [InlineData("Mme Exemple")]
    [InlineData("J. Exemple")]
    [InlineData("Exemple J.")]
    [InlineData("jeanneexempleofficiel")]
    [InlineData("JeanneExemple62")]
    [InlineData("Mme Exemple62")]
    [InlineData("J. Exemple 1")]
    [InlineData("Jeann3 Ex3mple")]
    [InlineData("Le maire de Saint-Exemple")]
    [InlineData("Maire de Saint-Exemple")]
    [InlineData("Maire adjoint de Saint-Exemple")]
    [InlineData("Mairie Saint-Exemple")]
    [InlineData("Adjoint à la sécurité")]
    [InlineData("Adjointe aux sports")]
    [InlineData("Équipe municipale")]
    [InlineData("Équipe de modération")]
    [InlineData("Directeur général des services")]
    [InlineData("DGS")]
    [InlineData("Service communication de la ville")]
    [InlineData("Hôtel de ville de Saint-Exemple")]
    public void Nobody_signs_with_a_title_or_as_an_elected_member_unread(string name)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Jeanne Exemple"] } };
        var finding = Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings.Single(found => found.Rule == "official-name");
        Assert.Equal((FindingClasses.Impersonation, "name", Verdict.Hold, name.Length), (finding.Class, finding.Field, finding.Verdict, finding.Length));
    }

    [Theory]
    [InlineData("Jean Maire")]
    [InlineData("Exemple Maire")]
    [InlineData("Jean Exemplet")]
    [InlineData("Jeanne Exemplette")]
    [InlineData("Marc-Jeanne")]
    [InlineData("M. Exemplet")]
    [InlineData("P. Exemple")]
    [InlineData("Adjoint administratif")]
    [InlineData("Équipe de Saint-Exemple")]
    [InlineData("Équipe de hand de Saint-Exemple")]
    [InlineData("Hôtel de Saint-Exemple")]
    [InlineData("Directeur d'école")]
    [InlineData("Service à la personne")]
    [InlineData("Conseiller technique")]
    [InlineData("Une habitante de Saint-Exemple")]
    [InlineData("Bruno Le Maire")]
    [InlineData("Anne-Marie Maire")]
    [InlineData("Luc, président du club de foot")]
    [InlineData("Maïa")]
    [InlineData("Paul de la Ville")]
    [InlineData("Jeanne")]
    [InlineData("Marc Exemple")]
    [InlineData("Cabinet médical des Lilas")]
    [InlineData("Conseil de quartier nord")]
    [InlineData("Marie")]
    public void A_name_of_ones_own_is_no_title(string name)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Jeanne Exemple"] } };
        Assert.Empty(Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings);
    }

    [Theory]
    [InlineData("AnneRoy", true)]
    [InlineData("AnneRoy62", true)]
    [InlineData("anneroy1", true)]
    [InlineData("Anne Roy62", true)]
    [InlineData("62 Anne Roy", true)]
    [InlineData("Roy2026 Anne", true)]
    [InlineData("A. Roy62", true)]
    [InlineData("Anne62", false)]
    [InlineData("Anne Royer62", false)]
    [InlineData("62", false)]
    public void Digits_at_the_ends_of_a_short_name_hide_nobody(string name, bool held)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Anne Roy"] } };
        Assert.Equal(held, Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings.Any(found => found.Rule == "official-name"));
    }

    [Theory]
    [InlineData("Paul Li", true)]
    [InlineData("Li Paul", true)]
    [InlineData("P. Li", true)]
    [InlineData("Paul Lionel", false)]
    [InlineData("Paul", false)]
    [InlineData("Li", false)]
    public void A_short_name_is_known_by_its_whole_words(string name, bool held)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Paul Li"] } };
        Assert.Equal(held, Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings.Any(found => found.Rule == "official-name"));
    }
}
