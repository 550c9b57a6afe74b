using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class WordRuleTests
{
    [Theory]
    [InlineData("Quel connard", "connard")]
    [InlineData("C'est l'enculé du village", "enculé")]
    [InlineData("bande d'enfoirés", "enfoirés")]
    [InlineData("Tous des SALAUDS", "SALAUDS")]
    [InlineData("_connard_", "connard")]
    [InlineData("un « connard »", "connard")]
    [InlineData("ce connard.", "connard")]
    [InlineData("con\u00ADnard", "con\u00ADnard")]
    [InlineData("enculé", "enculé")]
    [InlineData("encule\u0301", "encule\u0301")]
    [InlineData("ＣＯＮＮＡＲＤ", "ＣＯＮＮＡＲＤ")]
    [InlineData("This is bullshit, you moron", "moron")]
    public void An_insult_is_found_as_a_word_with_its_span(string text, string span)
    {
        var finding = Judge.Text(text).Findings.First(f => f.Class == FindingClasses.Insult && f.Verdict != Verdict.Publish);
        Assert.Equal(span, text.Substring(finding.Start, finding.Length));
    }

    [Theory]
    [InlineData("Le maçon a conçu le balcon du second.")]
    [InlineData("Je conteste et je conseille assez.")]
    [InlineData("Putain, quelle journée.")]
    [InlineData("Aujourd'hui le conseil a voté, c'est chiant à lire.")]
    [InlineData("Le bus a du retard.")]
    [InlineData("La disputation dispute la réputation.")]
    [InlineData("J'habite à Conne-de-Labarde.")]
    [InlineData("Un nègre littéraire a écrit ce livre.")]
    [InlineData("Le vieux pain bâtard de la boulangerie.")]
    [InlineData("Ce projet est débile.")]
    [InlineData("Les ordures ménagères ne sont plus ramassées par la mairie.")]
    [InlineData("Monsieur le maire, votre gestion est lamentable et vous devriez démissionner.")]
    [InlineData("Il faut abattre les arbres malades, on va les brûler.")]
    [InlineData("Le spectacle « Allegro con brio » était magnifique.")]
    [InlineData("BRAVO !!!")]
    [InlineData("Merciiiii !")]
    [InlineData("Il a salopé le travail, que vous pûtes voir.")]
    [InlineData("Il a salope\u0301 le travail.")]
    [InlineData("La salle est sale, le poisson est salé.")]
    [InlineData("Le pneu crevé donc à changer, je l'ai laissé.")]
    [InlineData("Vous tenez la balance, la tare est fausse.")]
    [InlineData("Water the young trees or they will die.")]
    [InlineData("We will beat you at football on Saturday.")]
    public void Ordinary_words_pass(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("Tu es vraiment un abruti", Verdict.Hold)]
    [InlineData("Ces abrutis de chats", Verdict.Publish)]
    [InlineData("Quel connard", Verdict.Hold)]
    [InlineData("Tu es un connard", Verdict.Reject)]
    [InlineData("Tu es là. Quel connard", Verdict.Hold)]
    public void A_word_counts_for_more_when_it_is_said_of_somebody(string text, Verdict verdict) => Assert.Equal(verdict, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("Je vais te tuer")]
    [InlineData("on sait où tu habites")]
    [InlineData("Tu vas crever")]
    [InlineData("je vais t'égorger")]
    [InlineData("Mort aux élus")]
    [InlineData("I will kill you")]
    [InlineData("Je vais vous casser la gueule")]
    public void A_threat_is_proposed_for_refusal(string text) =>
        Assert.Contains(Judge.Text(text).Findings, f => f is { Class: FindingClasses.Threat, Verdict: Verdict.Reject });

    [Theory]
    [InlineData("sales arabes")]
    [InlineData("Je déteste les juifs")]
    [InlineData("les musulmans sont des parasites")]
    [InlineData("Il faut exterminer les homos")]
    [InlineData("les femmes devraient être battues")]
    public void Hate_is_proposed_for_refusal(string text) =>
        Assert.Contains(Judge.Text(text).Findings, f => f is { Class: FindingClasses.Hate, Verdict: Verdict.Reject });

    [Fact]
    public void The_same_sentence_about_another_group_gets_the_same_verdict()
    {
        string[] sentences = ["Je déteste les {0}", "Il faut exterminer les {0}", "les {0} sont des rats", "Dehors les {0}", "J'aime les {0}", "Les {0} de la ville votent", "Mes voisins sont {0}"];
        string[] groups = ["arabes", "juifs", "musulmans", "chrétiens", "blancs", "femmes", "gays", "handicapés", "roms"];
        foreach (var sentence in sentences)
        {
            Assert.Single(groups.Select(group => Judge.Text(string.Format(sentence, group)).Verdict).Distinct());
        }
    }

    [Theory]
    [InlineData("Va crever", true)]
    [InlineData("Menteur ! Va crever", true)]
    [InlineData("sur le mur : « va crever »", true)]
    [InlineData("**va crever**", true)]
    [InlineData("Le platane va crever", false)]
    [InlineData("Le platane, malade, va crever", false)]
    public void Some_phrases_count_only_where_they_open_a_sentence(string text, bool held) =>
        Assert.Equal(held ? Verdict.Hold : Verdict.Publish, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("Les camps pour les migrants !", true)]
    [InlineData("Les camps pour les migrants, vite", true)]
    [InlineData("Les camps pour les migrants à Calais sont indignes", false)]
    public void Some_phrases_count_only_where_a_sentence_ends_behind_them(string text, bool stopped) =>
        Assert.Equal(stopped, Judge.Text(text).Verdict is not Verdict.Publish);

    [Theory]
    [InlineData("On va vous planter des arbres", false)]
    [InlineData("On va vous planter. Des arbres manquent", true)]
    [InlineData("On va vous planter, des arbres manquent", true)]
    [InlineData("On va vous planter une fourchette dans le ventre", true)]
    [InlineData("Je vais te... tuer", true)]
    [InlineData("La rue est sale. Chiens partout", false)]
    public void What_excuses_a_threat_stands_in_its_sentence_with_no_comma_between(string text, bool stopped) =>
        Assert.Equal(stopped, Judge.Text(text).Verdict is not Verdict.Publish);

    [Fact]
    public void A_phrase_hides_none_that_is_worse() => Assert.Equal(Verdict.Reject, Judge.Text("Sale race de merde").Verdict);

    [Fact]
    public void What_is_excused_hides_nothing() => Assert.Equal(Verdict.Reject, Judge.Text("Dehors les migrants dorment, dehors les migrants sont des parasites").Verdict);

    [Fact]
    public void The_name_is_judged_like_the_text()
    {
        var finding = Assert.Single(Judge.Of(new("Bonjour") { Name = "Gros Connard" }).Findings);
        Assert.Equal(("name", 5, 7), (finding.Field, finding.Start, finding.Length));
    }

    [Fact]
    public void The_authority_holds_and_allows_words_of_its_own()
    {
        Assert.Contains("hub-words", Judge.Rules("Notre LAC  pollue"));
        Assert.Contains("hub-words", Judge.Rules("l'ami de Dupont"));
        Assert.DoesNotContain("hub-words", Judge.Rules("Dupontel"));
        Assert.Contains("insult-words", Judge.Rules("un connard de trop"));
        Assert.DoesNotContain("insult-words", Judge.Rules("un connard de service"));
    }

    [Fact]
    public void Ten_thousand_words_of_an_authority_are_found_in_one_pass()
    {
        var words = Enumerable.Range(0, 10_000).Select(i => "mot" + i).ToArray();
        var authority = Judge.Authority with { Moderation = new() { HoldWords = words } };
        var findings = Judge.Engine.Judge(new("Voici mot9999 et mot10000"), authority).Findings;
        Assert.Equal((6, 7), (Assert.Single(findings).Start, findings[0].Length));
    }
}
