using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>What is shown as open to an answer takes one, and no thread grows deeper than it may.</summary>
public sealed class ReplyDepthTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_answer_that_moved_up_because_what_it_stood_under_was_withdrawn_takes_an_answer_itself()
    {
        await using var town = await Town.OpenAsync(azurite);
        var (first, second, third) = await ThreeAsync(town);
        Assert.Equal("too-deep", (await town.TryWriteAsync("Merci.", parent: third)).Problem?.Code);
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, first, Key, CancellationToken.None)).Succeeded);
        Assert.Equal([(second.Value, 0), (third.Value, 1)], await ShownAsync(town));
        var fourth = await WriteAsync(town, "Merci pour la date.", third);
        Assert.Equal([(second.Value, 0), (third.Value, 1), (fourth.Value, 2)], await ShownAsync(town));
        Assert.Equal("too-deep", (await town.TryWriteAsync("Merci.", parent: fourth)).Problem?.Code);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_was_answered_meanwhile_stands_at_the_deepest_level_when_what_was_removed_above_comes_back()
    {
        await using var town = await Town.OpenAsync(azurite);
        var (first, second, third) = await ThreeAsync(town);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, first, "203.0.113.1", new ReaderNotice("Motif", null), CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(first.Value))!, DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        var fourth = await WriteAsync(town, "Merci pour la date.", third);
        var other = await WriteAsync(town, "On m'a dit en mai.", second);
        var refused = (await town.FindAsync(first.Value))!;
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, first, refused.Round, null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(first.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.Equal([(first.Value, 0), (second.Value, 1), (third.Value, 2), (fourth.Value, 2), (other.Value, 2)], await ShownAsync(town));
        // Where a page puts it: a list of the deepest level holds no list.
        Assert.Equal([null, first.Value, second.Value, second.Value, second.Value], (await town.ThreadAsync()).Comments.Select(comment => comment.Parent));
        foreach (var id in new[] { third, fourth, other })
            Assert.Equal("too-deep", (await town.TryWriteAsync("Merci.", parent: id)).Problem?.Code);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_official_answer_stands_behind_its_question_also_at_the_deepest_level_and_when_what_the_question_answered_is_gone()
    {
        await using var town = await Town.OpenAsync(azurite);
        var (first, second, third) = await ThreeAsync(town);
        var later = await WriteAsync(town, "On m'a dit en mai.", second);
        var official = await town.Get<OfficialAnswers>().AnswerAsync(Town.Site, third, "En juillet, le 3.", "once", new Actor("Alix", "alix"), CancellationToken.None);
        var answer = official.Value.Comment.Id;
        Assert.Equal([(first.Value, 0), (second.Value, 1), (third.Value, 2), (answer, 2), (later.Value, 2)], await ShownAsync(town));
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, second, Key, CancellationToken.None)).Succeeded);
        Assert.Equal([(first.Value, 0), (third.Value, 0), (answer, 1), (later.Value, 0)], await ShownAsync(town));
        // Answered once what it answered was gone.
        var more = (await town.Get<OfficialAnswers>().AnswerAsync(Town.Site, later, "Non, en juillet.", "twice", new Actor("Alix", "alix"), CancellationToken.None)).Value.Comment.Id;
        Assert.Equal([(first.Value, 0), (third.Value, 0), (answer, 1), (later.Value, 0), (more, 1)], await ShownAsync(town));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    private static async Task<(CommentId First, CommentId Second, CommentId Third)> ThreeAsync(Town town)
    {
        var first = await WriteAsync(town, "Quand ouvre la piscine ?", null);
        var second = await WriteAsync(town, "En juin, je crois.", first);
        return (first, second, await WriteAsync(town, "Non, en juillet.", second));
    }

    private static async Task<CommentId> WriteAsync(Town town, string text, CommentId? parent)
    {
        var id = (await town.WriteAsync(text, authorKey: Key, parent: parent)).Comment.Id;
        await town.SettleAsync();
        var written = (await town.FindAsync(id))!;
        if (written.State == CommentState.Held)
            Assert.True((await town.DecideAsync(written, DecisionChoice.Publish)).Succeeded);
        return CommentId.Parse(id);
    }

    private static async Task<IEnumerable<(string Id, int Depth)>> ShownAsync(Town town) => (await town.ThreadAsync()).Comments.Select(comment => (comment.Id, comment.Depth));
}
