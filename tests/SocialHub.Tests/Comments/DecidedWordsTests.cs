using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever decides too late is told, in a sentence of the authority's language and by its clock, who was faster.</summary>
public sealed class DecidedWordsTests
{
    // 14:02 in Paris.
    private static readonly DateTimeOffset Decided = new(2026, 11, 24, 13, 2, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fr", 1, false, "Déjà décidé par Alix à 14:02.")]
    [InlineData("en", 1, false, "Already decided by Alix at 14:02.")]
    [InlineData("fr", 1, true, "Déjà décidé par Alix (nom déclaré) à 14:02.")]
    // Midnight of the authority, an hour before that of UTC.
    [InlineData("fr", 9.9, false, "Déjà décidé par Alix à 14:02.")]
    [InlineData("fr", 10, false, "Déjà décidé par Alix le 24 novembre 2026 à 14:02.")]
    [InlineData("en", 10, false, "Already decided by Alix on 24 November 2026 at 14:02.")]
    public void Who_decided_and_when(string language, double hours, bool isDeclared, string message)
    {
        var by = isDeclared ? Actor.Declared("Alix", null) : new Actor("Alix", "alix");
        var comment = Comment(CommentState.Published);
        (comment.DecidedBy, comment.DecidedById, comment.DecidedAt) = (by.Name, by.Id, Decided);
        var thread = ThreadRow.New("ville", "aaaaaaaaaaaa", "https://ville.example/", "Ville", null);
        (thread.TurnChoice, thread.DecidedBy, thread.DecidedById, thread.DecidedAt) = (Debates.Hold, by.Name, by.Id, Decided);
        foreach (var problem in new[] { CommentDecisions.Otherwise(comment), Debates.Otherwise(thread) })
        {
            var told = Told(problem, language, Decided.AddHours(hours));
            Assert.Equal(message, told.Extensions!["message"]);
            // What programs rely on is in no language of anybody's.
            Assert.Equal((problem.Detail, "Alix", Decided), (told.Detail, told.Extensions["decidedBy"], told.Extensions["decidedAt"]));
        }
    }

    [Fact]
    public void What_changed_is_said_where_nobody_s_decision_stands()
    {
        foreach (var (state, message) in new[] { (CommentState.Held, "Le texte, ses signalements ou son état ont changé entre-temps : relisez-le."), (CommentState.Withdrawn, "Son auteur a retiré ce texte : il n’y a plus rien à décider.") })
        {
            var comment = Comment(state);
            (comment.DecidedBy, comment.DecidedAt) = ("Alix", Decided);
            Assert.Equal(message, Told(CommentDecisions.Otherwise(comment), "fr", Decided).Extensions!["message"]);
        }

        // Closed before somebody threatened, by the clock perhaps: nobody has decided, and it has not calmed down.
        var closed = ThreadRow.New("ville", "aaaaaaaaaaaa", "https://ville.example/", "Ville", null);
        closed.Closed = true;
        Assert.StartsWith("La page est fermée", (string)Told(Debates.Otherwise(closed), "fr", Decided).Extensions!["message"]!, StringComparison.Ordinal);
        // A report came after the decision.
        var reported = Comment(CommentState.Published);
        (reported.DecidedBy, reported.DecidedAt, reported.Reports) = ("Alix", Decided, 1);
        Assert.StartsWith("Le texte, ses signalements", (string)Told(CommentDecisions.Otherwise(reported), "fr", Decided).Extensions!["message"]!, StringComparison.Ordinal);
        Assert.StartsWith("Rien n’est plus à décider", (string)Told(Debates.Otherwise(ThreadRow.New("ville", "aaaaaaaaaaaa", "https://ville.example/", "Ville", null)), "fr", Decided).Extensions!["message"]!, StringComparison.Ordinal);
    }

    private static CommentRow Comment(CommentState state)
    {
        var comment = CommentRow.New("ville", CommentId.Parse("aaaaaaaaaaaa-0000000000000000000000000"), default);
        comment.State = state;
        return comment;
    }

    private static Problem Told(Problem problem, string language, DateTimeOffset now) =>
        DecidedWords.Told(problem, new HubConfiguration { Authority = new AuthorityConfiguration { Language = language, TimeZone = "Europe/Paris" } }, now);
}
