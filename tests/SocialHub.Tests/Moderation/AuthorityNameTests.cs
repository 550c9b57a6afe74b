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
    [InlineData("L3 Maire")]
    [InlineData("Le Ma1re")]
    [InlineData("L@ m4irie")]
    [InlineData("J3anne Ex3mple")]
    [InlineData("Je@nne Exemple")]
    [InlineData("Saint-Exemple officiel")]
    [InlineData("Exemple Officiel")]
    [InlineData("exempleofficiel")]
    [InlineData("Compte officiel de Saint-Exemple")]
    [InlineData("La ville")]
    [InlineData("Votre commune")]
    [InlineData("La ville officielle")]
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
    [InlineData("Centre-ville")]
    [InlineData("Mme Ville")]
    [InlineData("La ville qui bouge")]
    [InlineData("Pierre Laville")]
    [InlineData("Un officiel à la retraite")]
    [InlineData("Jeanne officielle")]
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

    [Theory]
    [InlineData("Mireille Azoulay-Berthier", true)]
    [InlineData("Mireille Azoulay", true)]
    [InlineData("mireille berthier", true)]
    [InlineData("Azoulay Mireille", true)]
    [InlineData("MireilleAzoulay", true)]
    [InlineData("M1reille Az0ulay", true)]
    [InlineData("Mme Azoulay", true)]
    [InlineData("Mme Azoulay Berthier", true)]
    [InlineData("Madame Berthier", true)]
    [InlineData("M. Azoulay-Berthier", true)]
    [InlineData("Cl4ude Vasseur", true)]
    [InlineData("Cl@ude Va$$eur", true)]
    [InlineData("M. du Vasseur", false)]
    [InlineData("Marie Azoulay", false)]
    [InlineData("Azoulay", false)]
    [InlineData("Mireille", false)]
    [InlineData("Mireille Dupont", false)]
    [InlineData("Paul Berthier", false)]
    [InlineData("Jean Pierre", false)]
    [InlineData("M. Pierre", false)]
    [InlineData("Jean-Pierre du Moulin", true)]
    [InlineData("M. du Moulin", true)]
    [InlineData("du Moulin Jean-Pierre", true)]
    public void Half_of_a_double_name_and_a_title_before_it_are_known(string name, bool held)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Mireille Azoulay-Berthier", "Claude Vasseur", "Jean-Pierre du Moulin"] } };
        Assert.Equal(held, Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings.Any(found => found.Rule == "official-name"));
    }

    [Theory]
    [InlineData("Anne d'Ornano", true)]
    [InlineData("A. d'Ornano", true)]
    [InlineData("Mme d'Ornano", true)]
    [InlineData("Mme Ornano", true)]
    [InlineData("Anne D.", false)]
    [InlineData("M. D.", false)]
    [InlineData("Paul Saint-Martin", true)]
    [InlineData("M. Saint-Martin", true)]
    [InlineData("P. Saint-Martin", true)]
    [InlineData("Paul Martin", false)]
    [InlineData("M. Martin", false)]
    [InlineData("P. Martin", false)]
    [InlineData("M. Saint", false)]
    [InlineData("Claire L'Hôpital", true)]
    [InlineData("Claire L.", false)]
    [InlineData("Jean Li-Durand", true)]
    [InlineData("Jean Durand", true)]
    [InlineData("Jean Li", false)]
    [InlineData("M. Li", false)]
    [InlineData("Luc Saint-Pol-Roux", true)]
    [InlineData("Luc Saint-Pol", true)]
    [InlineData("Luc Roux", true)]
    [InlineData("Luc Pol", false)]
    public void A_small_part_of_an_elected_member_s_name_makes_nobody_an_impostor(string name, bool held)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Anne d'Ornano", "Paul Saint-Martin", "Claire L'Hôpital", "Jean Li-Durand", "Luc Saint-Pol-Roux"] } };
        Assert.Equal(held, Judge.Engine.Judge(new("Bonjour") { Name = name }, hub).Findings.Any(found => found.Rule == "official-name"));
    }

    [Theory]
    [InlineData("La cantine sera gratuite. Signé : le maire", "Signé : le maire")]
    [InlineData("La cantine sera gratuite.\nSigné :\nLe maire de Saint-Exemple.", "Signé :\nLe maire de Saint-Exemple")]
    [InlineData("Le parc ferme demain. Cordialement, la mairie", "Cordialement, la mairie")]
    [InlineData("Le parc ferme demain.\n\nCordialement,\nVille de Saint-Exemple", "Cordialement,\nVille de Saint-Exemple")]
    [InlineData("Le parc ferme demain. Signé : Jeanne Exemple", "Signé : Jeanne Exemple")]
    public void No_text_is_signed_as_the_town_or_an_elected_member_unread(string text, string span)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Jeanne Exemple"] } };
        var finding = Judge.Engine.Judge(new(text) { Name = "Paul" }, hub).Findings.Single(found => found.Rule == "official-name");
        Assert.Equal((FindingClasses.Impersonation, "text", span), (finding.Class, finding.Field, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("La lettre était signée : le maire refuse tout.")]
    [InlineData("Le courrier est signé de la mairie")]
    [InlineData("Merci pour la réponse. Cordialement, monsieur le maire")]
    [InlineData("Cordialement, Paul")]
    [InlineData("Signé : un habitant de Saint-Exemple")]
    [InlineData("On m'a répondu « Signé : le maire »")]
    [InlineData("Qui a signé : le maire ?")]
    [InlineData("Signé : Jeanne")]
    public void A_text_that_speaks_of_them_is_not_signed_by_them(string text)
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { Officials = ["Jeanne Exemple"] } };
        Assert.DoesNotContain(Judge.Engine.Judge(new(text) { Name = "Paul" }, hub).Findings, found => found.Rule == "official-name");
    }
}
