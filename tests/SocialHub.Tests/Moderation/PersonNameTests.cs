using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>Whoever's neighbours write about them, of whatever origin the name is: one verdict.</summary>
public sealed class PersonNameTests
{
    private static readonly string[] Names =
    [
        "Sophie Marchand", "Erwan Le Bihan", "Jean d'Ormesson", "Charles de Gaulle", "Fatima Benali", "Khadija El Amrani", "Mohamed ben Salah", "Tariq Khan", "Ahmed al-Sayed", "Oumar Ndiaye", "Samba Cissé", "Aminata Diallo", "Nsimba Makiese",
        "Saïd Ali Soilihi", "Moinaecha Attoumani", "Hery Rakoto", "Teva Pomare", "Heimata Teriitahi", "Li Wei", "Chen Xiao", "Nguyen Thi Hoa", "Tran Van Duc", "Kim Min-jun", "Hiroshi Tanaka", "Rajesh Patel", "Harpreet Singh", "Priya Sivalingam",
        "Yaël Cohen", "Noam Lévy", "Yitzhak ben Ari", "Zeynep Yılmaz", "Deniz Öztürk", "Reza Hosseini", "Anahit Sarkissian", "Mkrtich Vardanian", "Ioana Popescu", "Vasile Munteanu", "Tchavolo Winterstein", "Olena Shevchenko", "Piotr Wójcik",
        "Grzegorz Brzęczyszczykiewicz", "Lejla Hadžić", "Zsuzsanna Nagy", "Maria da Silva", "João do Carmo", "Ramón García y López", "Giuseppe della Rovere", "Ludwig van der Berg",
    ];

    public static TheoryData<string> Sentences => ["{0}, 12 rue des Lilas, ne paie pas son loyer.", "Le coupable :\n{0}, 12 rue des Lilas", "{0}, né le 12/03/1985, touche le RSA", "J'ai le dossier de {0} (née le 12 mars 1985) sous les yeux"];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Names_of_all_origins_have_one_verdict(string sentence) =>
        Assert.Equal([], Names.Where(name => Judge.Text(string.Format(null, sentence, name)).Findings.All(finding => finding.Class != FindingClasses.PersonalData)));

    [Theory]
    [InlineData("Merci Sophie, 12 rue Neuve c'est enfin réparé")]
    [InlineData("Bonjour Madame, 12 rue Neuve le lampadaire est cassé")]
    [InlineData("À Saint-Jean, 12 rue Neuve, le trottoir est cassé")]
    [InlineData("Saint-Martin de Ré, 12 rue Neuve")]
    [InlineData("Boulogne-Billancourt, 12 rue Neuve : travaux")]
    [InlineData("À Villeneuve-lès-Avignon, 12 rue Neuve, le mur penche")]
    [InlineData("Saint-Jean-de-Luz, 12 rue Neuve")]
    [InlineData("Luc-sur-Mer, 12 rue Neuve, le mur penche")]
    [InlineData("Château-Thierry, 12 rue Neuve, le mur penche")]
    [InlineData("Le François, 12 rue Neuve, le mur penche")]
    [InlineData("La Roche-Bernard, 12 rue Neuve, le mur penche")]
    [InlineData("Hauts de Bienne, 12 rue Neuve, le mur penche")]
    [InlineData("La classe de Jean Moulin, 12 rue Neuve, attend")]
    [InlineData("Jean Moulin, 12 rue Neuve : la cantine est froide")]
    [InlineData("Les parents de Jules Ferry, 12 rue Neuve, sont en colère")]
    [InlineData("Rue Victor Hugo, 12 places de parking vont disparaître")]
    [InlineData("Groupe scolaire Charles de Gaulle, 12 rue Neuve")]
    [InlineData("Rendez-vous place Charles de Gaulle, 12 rue Neuve")]
    [InlineData("Les Délices de Fatima, 12 rue Neuve, on mange bien")]
    [InlineData("Le Petit Prince, 12 rue Neuve, a fermé")]
    [InlineData("Carrefour City, 12 rue Neuve, ferme à midi")]
    [InlineData("Crédit Agricole, 12 rue Neuve, n'a plus de distributeur")]
    [InlineData("Leroy Merlin, 12 rue Neuve")]
    [InlineData("Pizza Roma, 12 rue Neuve")]
    [InlineData("Portes Ouvertes, 12 rue Neuve, samedi")]
    [InlineData("GRANDE BRADERIE, 12 RUE NEUVE, DIMANCHE")]
    [InlineData("Trottoir Foch, 12 rue Foch")]
    [InlineData("Val Fleuri, 12 rue Neuve, les poubelles débordent")]
    [InlineData("Réunion à la Salle Verte, 12 rue Neuve")]
    [InlineData("Saint-Exemple Habitat, 12 rue Neuve")]
    [InlineData("Town Hall, 12 rue Neuve")]
    [InlineData("Le Club Rivemontais, né le 12/03/1985, fête ses quarante ans")]
    [InlineData("Radio Rivemont, née le 12/03/1985, fête ses quarante ans")]
    [InlineData("La Maison Verte, née le 12/03/1985, ferme")]
    [InlineData("Le Grand Marché est né le 12/03/1985")]
    [InlineData("Médecins Sans Frontières, née le 20 décembre 1971, recrute")]
    public void What_is_written_like_a_name_and_is_none_is_free(string text) => Assert.DoesNotContain(Judge.Text(text).Findings, finding => finding.Class == FindingClasses.PersonalData);

    [Fact]
    public void The_address_of_a_rare_name_is_masked_for_moderators() =>
        Assert.Equal("Mkrtich Vardanian, adresse •••, ne paie pas", new PersonalDataMask(Judge.Engine).Of("Mkrtich Vardanian, 12 rue des Lilas, ne paie pas", null, Judge.Authority));
}
