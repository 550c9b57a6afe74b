using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Functions.Comments;
using SocialHub.Moderation;

namespace SocialHub.Tests.Comments;

/// <summary>Why a comment waits is told to its author whichever words the team reads, and whichever version of the hub wrote them.</summary>
public sealed class WaitCauseTests
{
    private const string First = "aucun de vos commentaires n’a encore été publié";
    private const string Reported = "Votre commentaire a été signalé";

    [Theory]
    [InlineData("Le premier commentaire de chaque auteur est lu avant d’être publié.", false, First)]
    [InlineData("Each author's first comment is read before it is published.", false, First)]
    [InlineData("Plusieurs lecteurs ont signalé ce commentaire : une personne le relit.", true, Reported)]
    [InlineData("Several readers reported this comment: a person reads it again.", true, Reported)]
    [InlineData("Le texte contient un passage qu’une personne doit lire.", false, "Une personne va le lire ; d’ici là")]
    [InlineData(null, true, "n’est plus en ligne pour le moment")]
    public void A_row_of_an_older_version_is_read_by_its_words(string? why, bool wasPublic, string told)
    {
        var row = new TableEntity("ville", "c.aaaaaaaaaaaa-0000000000000000000000000") { ["State"] = "Held", ["Why"] = why };
        if (wasPublic)
            row["PublishedAt"] = DateTimeOffset.UnixEpoch;
        Assert.Contains(told, Told(new CommentRow(row)), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_change_leave_what_the_author_is_told_and_other_words_are_another_cause()
    {
        var comment = Held();
        comment.Why = "D’autres mots pour la même chose.";
        comment.Cause = WaitCauses.Of(PolicyTable.FirstRead);
        Assert.Contains(First, Told(new CommentRow(comment.Entity)), StringComparison.Ordinal);
        comment.Why = PolicyTable.HeldByRules.French;
        Assert.DoesNotContain(First, Told(comment), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void What_the_policy_says_has_its_cause_in_each_language(string language)
    {
        foreach (var (said, cause) in new[] { (PolicyTable.FirstRead, WaitCause.FirstOfAuthor), (PolicyTable.Reported, WaitCause.Reported), (PolicyTable.ReadFirst, WaitCause.Other) })
        {
            var comment = Held();
            comment.Why = said.In(language);
            comment.Cause = WaitCauses.Of(said);
            Assert.Equal(cause, new CommentRow(comment.Entity).Cause);
        }
    }

    private static CommentRow Held() => new(new TableEntity("ville", "c.aaaaaaaaaaaa-0000000000000000000000000") { ["State"] = "Held" });

    private static string Told(CommentRow comment) => CommentWords.ForAuthor(comment, "Europe/Paris", DateTimeOffset.UnixEpoch).French;
}
