using SocialHub.Comments;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>Whatever is public or refused can be taken back by a signed-in moderator, who then sees all that the first decision was about.</summary>
public sealed class UndoTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private readonly Channels _channels = new();

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_change_that_was_made_public_by_mistake_leaves_the_page_and_waits_with_what_the_rules_said_of_it()
    {
        await using var town = await OpenAsync();
        var id = await PublishedAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Le maire est un connard", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal)).Succeeded);
        var taken = await OnlyAsync(town);
        Assert.Contains("connard", taken.Body, StringComparison.Ordinal);
        Assert.True(CommentDecisions.MayUndo(taken));
        Assert.True((await UndoAsync(town, id, taken.Round)).Succeeded);
        await town.SettleAsync();
        Assert.Empty((await town.ThreadAsync()).Comments);
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, taken.Round + 1, Verdict.Hold), (held.State, held.Round, held.Verdict));
        Assert.Contains(held.Findings, finding => finding.Class == "insult");
        await CommentsInvariants.CheckAsync(town);
        // Twice is once.
        Assert.True((await UndoAsync(town, id, taken.Round)).Succeeded);
        Assert.Equal(held.Round, (await OnlyAsync(town)).Round);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_reader_reported_is_shown_to_whoever_decides_again_whether_somebody_had_kept_it_or_not(bool kept)
    {
        await using var town = await OpenAsync();
        var id = await PublishedAsync(town);
        await ReportAsync(town, id, "203.0.113.1", "C’est une menace");
        await town.SettleAsync();
        if (kept)
            Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        for (var time = 0; time < 2; time++)
        {
            Assert.True((await UndoAsync(town, id, (await OnlyAsync(town)).Round)).Succeeded);
            await town.SettleAsync();
            Assert.Equal(["C’est une menace"], await NoticesAsync(town));
            Assert.Contains("C’est une menace", _channels.Taken[^1].Card, StringComparison.Ordinal);
            await CommentsInvariants.CheckAsync(town);
            Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
            Assert.Empty(await NoticesAsync(town));
        }

        // What is reported from now on is another matter.
        await ReportAsync(town, id, "203.0.113.2", "Propos déplacés");
        Assert.Equal(["Propos déplacés"], await NoticesAsync(town));
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        Assert.True((await UndoAsync(town, id, (await OnlyAsync(town)).Round)).Succeeded);
        Assert.Equal(["Propos déplacés"], await NoticesAsync(town));
    }

    [Fact]
    public async Task Where_nothing_is_decided_there_is_nothing_to_undo_and_an_older_round_is_over()
    {
        await using var town = await OpenAsync();
        var id = CommentId.Parse((await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.Equal("nothing-to-undo", (await UndoAsync(town, id, 0)).Problem?.Code);
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
        await ReportAsync(town, id, "203.0.113.1", "Motif");
        Assert.Equal("decided-otherwise", (await UndoAsync(town, id, 0)).Problem?.Code);
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, id, Key, CancellationToken.None)).Succeeded);
        var gone = (await UndoAsync(town, id, 1)).Problem!;
        Assert.Equal(("nothing-to-undo", "withdrawn"), (gone.Code, gone.Extensions!["state"]));
    }

    [Theory]
    [InlineData("insult", 0, null)]
    [InlineData("advertising", 0, "decided-otherwise")]
    [InlineData("insult", 1, "decided-otherwise")]
    [InlineData("insult", 2, "decided-otherwise")]
    public async Task Only_the_same_decision_for_the_same_reason_is_a_repeat_and_only_as_long_as_it_stands(string reason, int since, string? code)
    {
        await using var town = await OpenAsync();
        var id = CommentId.Parse((await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        var shown = await OnlyAsync(town);
        Task<Answer<CommentRow>> RejectAsync(string why) => town.Get<CommentDecisions>().DecideAsync(Town.Site, id, new CommentDecision(DecisionSubject.Comment, shown.Revision, shown.Round, null, DecisionChoice.Reject, why, new Actor("Alix", "Alix")), CancellationToken.None);
        Assert.True((await RejectAsync("insult")).Succeeded);
        var author = town.Get<AuthorActions>();
        if (since == 1)
            Assert.True((await author.ObjectAsync(Town.Site, id, Key, "Pourquoi ?", "", CancellationToken.None)).Succeeded);
        if (since == 2)
            Assert.True((await author.WithdrawAsync(Town.Site, id, Key, CancellationToken.None)).Succeeded);
        Assert.Equal(code, (await RejectAsync(reason)).Problem?.Code);
        Assert.Equal(since == 1 ? CommentState.Held : since == 2 ? CommentState.Withdrawn : CommentState.Rejected, (await OnlyAsync(town)).State);
    }

    private async Task<Town> OpenAsync()
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        return town;
    }

    private static async Task<CommentId> PublishedAsync(Town town)
    {
        var id = CommentId.Parse((await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
        return id;
    }

    private static Task<Answer<CommentRow>> UndoAsync(Town town, CommentId id, int round) =>
        town.Get<CommentDecisions>().UndoAsync(Town.Site, id, round, null, new Actor("Paul", "paul"), CancellationToken.None);

    private static async Task ReportAsync(Town town, CommentId id, string reader, string reason) =>
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, reader, new ReaderNotice(reason, null), CancellationToken.None)).Succeeded);

    private static async Task<IEnumerable<string>> NoticesAsync(Town town) =>
        (await town.Get<ModerationCards>().NoticesAsync(await OnlyAsync(town), CancellationToken.None)).Reports.Select(report => report.Reason);

    private static async Task<CommentRow> OnlyAsync(Town town) => new(Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)));
}
