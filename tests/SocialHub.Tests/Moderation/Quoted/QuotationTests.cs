using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation.Quoted;

/// <summary>Who repeats hate to condemn it, or because it was thrown at them, is published; who hides behind quotation marks is not.</summary>
public sealed class QuotationTests
{
    private const string Place = "{groupe}";

    private static readonly string[] Groups =
        [.. Read("Proof", "groups.tsv").Select(line => line.Split('\t')).Where(line => line[0] == "fr").Select(line => line[1])];

    [Fact]
    public void What_victims_and_those_who_answer_repeat_is_published() =>
        Assert.DoesNotContain(Read("Quoted", "told.tsv").SelectMany(OfEachGroup), text => VerdictOf(text) is not Verdict.Publish);

    [Fact]
    public void What_hides_in_a_quotation_waits_for_a_person() =>
        Assert.DoesNotContain(Read("Quoted", "hidden.tsv").SelectMany(OfEachGroup), text => VerdictOf(text) is Verdict.Publish);

    [Fact]
    public void A_quotation_has_one_verdict_whichever_group_it_is_about() =>
        Assert.DoesNotContain(Read("Quoted", "hidden.tsv"), line => OfEachGroup(line).Select(VerdictOf).Distinct().Count() > 1);

    [Theory]
    [InlineData("On m'a crié « les juifs dehors » dans la rue.")]
    [InlineData("On m'a crié “les juifs dehors” dans la rue.")]
    [InlineData("On m'a crié \"les juifs dehors\" dans la rue.")]
    [InlineData("On m'a crié ‘les juifs dehors’ dans la rue.")]
    [InlineData("On m'a crié 'les juifs dehors' dans la rue.")]
    [InlineData("On m'a crié „les juifs dehors“ dans la rue.")]
    [InlineData("On m'a crié <<les juifs dehors>> dans la rue.")]
    public void Quotation_marks_of_all_kinds_quote(string text) => Assert.Equal(Verdict.Publish, VerdictOf(text));

    [Theory]
    [InlineData("C'est l'ami d'un 'ancien, les juifs dehors")]
    [InlineData("Les juifs dehors, c'est l'idée qu'on a ici.")]
    [InlineData("« Les juifs dehors, c'est l'idée qu'on a ici.")]
    public void A_lone_mark_quotes_nothing(string text) => Assert.NotEqual(Verdict.Publish, VerdictOf(text));

    [Theory]
    [InlineData("Les Roms sont des voleurs, c'est faux.")]
    [InlineData("Dire que les Roms sont des voleurs, c'est du racisme.")]
    [InlineData("Arrêtez de dire que les Roms sont des voleurs.")]
    [InlineData("Le conseiller a dit que les Roms sont des voleurs. C'est honteux.")]
    [InlineData("Qui dit que les femmes n'ont pas leur place au conseil ?")]
    public void A_report_is_published_where_it_is_condemned_or_taken_back(string text) => Assert.Equal(Verdict.Publish, VerdictOf(text));

    [Theory]
    [InlineData("Les Roms sont des voleurs, c'est faux ?")]
    [InlineData("Les Roms sont des voleurs, c'est faux de dire le contraire.")]
    [InlineData("Les Roms sont des voleurs, c'est honteux.")]
    [InlineData("Je dis que les Roms sont des voleurs et c'est une honte.")]
    [InlineData("Il faut dire que les Roms sont des voleurs, c'est scandaleux.")]
    [InlineData("« Les Roms dehors », c'est raciste ?")]
    [InlineData("« Les Roms dehors », oh c'est raciste 😂")]
    [InlineData("« Je vais te tuer », monsieur le maire.")]
    [InlineData("Arrêtez de dire n'importe quoi, sale pédé.")]
    [InlineData("Ce maire lamentable, je l'appelle « fils de pute ».")]
    [InlineData("Maire ridicule, le mot est « gros connard ».")]
    [InlineData("On dit « sale négresse » de cette adjointe ridicule.")]
    [InlineData("Karim Benali : « sale arabe », le mot est ridicule mais vrai.")]
    public void What_is_meant_or_mocked_waits(string text) => Assert.NotEqual(Verdict.Publish, VerdictOf(text));

    [Fact]
    public void A_speech_in_quotation_marks_is_no_quotation() =>
        Assert.NotEqual(Verdict.Publish, VerdictOf($"Il a dit « les Roms sont des voleurs {string.Concat(Enumerable.Repeat("et encore ceci ", 20))} », c'est inadmissible."));

    [Theory]
    [InlineData("On m'a dit « je vais te tuer », j'ai porté plainte.", Verdict.Publish)]
    [InlineData("On m'a dit « je vais te tuer ».", Verdict.Publish)]
    [InlineData("Mon ex m'a écrit je vais te tuer.", Verdict.Publish)]
    [InlineData("« Je vais te mordre », a dit mon chien au facteur.", Verdict.Publish)]
    [InlineData("On m'a dit « il faut tuer le maire ».", Verdict.Hold)]
    [InlineData("On m'a dit de vous transmettre « on va te crever ».", Verdict.Hold)]
    [InlineData("J'ai dit au maire « je vais te tuer ».", Verdict.Hold)]
    [InlineData("« Je vais te tuer », c'est une honte.", Verdict.Hold)]
    [InlineData("Je vais te tuer, c'est une honte.", Verdict.Reject)]
    public void A_threat_is_told_by_whom_it_was_said_to_or_with_its_scene(string text, Verdict verdict) => Assert.Equal(verdict, VerdictOf(text));

    [Theory]
    [InlineData("En tant que gouine et mère de deux enfants, je demande une place en crèche.", Verdict.Publish)]
    [InlineData("Nous les pédés, on a besoin d'un lieu à nous.", Verdict.Publish)]
    [InlineData("Pédé et fier, je serai à la marche.", Verdict.Publish)]
    [InlineData("Je suis pas un pédé comme toi.", Verdict.Reject)]
    [InlineData("Nous sommes contre les gouines.", Verdict.Reject)]
    public void A_word_of_scorn_is_theirs_who_call_themselves_by_it(string text, Verdict verdict) => Assert.Equal(verdict, VerdictOf(text));

    [Theory]
    [InlineData("Cette salope d'imprimante est encore en panne.")]
    [InlineData("Quelle putain de machine de merde à la mairie !")]
    [InlineData("Il faudrait brûler ce vieux canapé, il est dégoûtant.")]
    [InlineData("On n'est pas des branleurs.")]
    [InlineData("M. Lepute viendra réparer la chaudière lundi.")]
    public void Things_names_and_denials_are_nobody_insulted(string text) => Assert.Equal(Verdict.Publish, VerdictOf(text));

    [Theory]
    [InlineData("M. Leconnard est absent.")]
    [InlineData("Maire lepute démission.")]
    [InlineData("Il faudrait brûler ce vieux maire.")]
    public void A_title_or_a_thing_beside_it_excuses_no_insult(string text) => Assert.NotEqual(Verdict.Publish, VerdictOf(text));

    private static Verdict VerdictOf(string text) => Judge.Text(text).Verdict;

    private static IEnumerable<string> OfEachGroup(string line) =>
        line.Contains(Place, StringComparison.Ordinal) ? Groups.Select(group => Capitalised(line.Replace(Place, group, StringComparison.Ordinal))) : [line];

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static IEnumerable<string> Read(string folder, string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", folder, file)).Where(line => line.Length > 0 && line[0] != '#');
}
