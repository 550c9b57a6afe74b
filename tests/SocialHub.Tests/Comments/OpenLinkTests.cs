using System.Text.RegularExpressions;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>As long as something waits, the link of the last card about it decides it; and what a person had refused only a person publishes.</summary>
public sealed partial class OpenLinkTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private readonly Channels _channels = new();

    [Fact]
    public async Task A_report_that_comes_while_the_card_of_another_is_on_its_way_leaves_a_link_that_decides()
    {
        await using var town = await PublishedAsync();
        _channels.Meanwhile = () => ReportAsync(town, "203.0.113.2", "Motif deux");
        await ReportAsync(town, "203.0.113.1", "Motif un");
        await town.SettleAsync();
        Assert.Contains("Motif deux", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Equal(CommentState.Rejected, (await FollowAsync(town, DecisionChoice.Reject)).State);
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_still_has_a_link_that_decides_when_a_new_text_takes_the_reported_one_s_place(bool onTheWay)
    {
        await using var town = await PublishedAsync();
        var before = await OnlyAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(before.Id), Key, "Bonsoir", before.Revision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Task AcceptAsync() => AcceptProposalAsync(town);
        if (onTheWay)
            _channels.Meanwhile = AcceptAsync;
        await ReportAsync(town, "203.0.113.1", "Motif");
        await town.SettleAsync();
        if (!onTheWay)
            await AcceptAsync();
        await town.SettleAsync();
        Assert.Equal("Bonsoir", (await OnlyAsync(town)).Body);
        Assert.Contains("Bonsoir", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Equal(CommentState.Rejected, (await FollowAsync(town, DecisionChoice.Reject)).State);
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_person_refused_is_not_published_by_a_rule_because_its_author_changes_the_text(bool undone)
    {
        // Nobody reads first here: an ordinary text is public at once.
        await using var town = await Town.OpenAsync(azurite);
        await town.WriteAsync("Bonjour", authorKey: Key);
        await town.SettleAsync();
        await ReportAsync(town, "203.0.113.1", "Motif");
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        var refused = await OnlyAsync(town);
        var id = CommentId.Parse(refused.Id);
        Assert.True(undone
            ? (await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, refused.Round, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded
            : (await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, Key, "Pourquoi ?", "", CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Bonjour à tous", refused.Revision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, "Le texte a été modifié après une première décision."), (held.State, held.Why));
        Assert.Empty((await town.ThreadAsync()).Comments);
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, undone ? DecisionSubject.Comment : DecisionSubject.Objection)).Succeeded);
        Assert.Single((await town.ThreadAsync()).Comments);
    }

    [Fact]
    public async Task Whoever_holds_a_link_that_fits_nothing_any_more_asks_for_a_card_that_does()
    {
        await using var town = await PublishedAsync();
        await ReportAsync(town, "203.0.113.1", "Motif");
        await town.SettleAsync();
        var id = CommentId.Parse((await OnlyAsync(town)).Id);
        var holder = new Actor("link");
        Task<Answer<CommentRow>> AskAsync() => town.Get<ModerationCards>().AskAsync(Town.Site, id, holder, CancellationToken.None);
        var before = _channels.Taken.Count;
        for (var time = 0; time < 3; time++)
            Assert.True((await AskAsync()).Succeeded);
        await town.SettleAsync();
        Assert.Equal(before + 1, _channels.Taken.Count);
        await CommentsInvariants.CheckAsync(town);
        await FollowAsync(town, DecisionChoice.Publish);
        Assert.Equal("decided-otherwise", (await AskAsync()).Problem?.Code);
        await town.SettleAsync();
        Assert.Equal(before + 1, _channels.Taken.Count);
    }

    [Fact]
    public async Task Whoever_holds_a_link_asks_for_three_cards_in_a_round_and_not_for_a_flood()
    {
        await using var town = await PublishedAsync();
        await ReportAsync(town, "203.0.113.1", "Motif");
        await town.SettleAsync();
        var id = CommentId.Parse((await OnlyAsync(town)).Id);
        var before = _channels.Taken.Count;
        for (var time = 0; time < 6; time++)
        {
            var answer = await town.Get<ModerationCards>().AskAsync(Town.Site, id, Actor.Link(null), CancellationToken.None);
            Assert.Equal(time < 3 ? null : "cards-asked", answer.Problem?.Code);
            await town.SettleAsync();
        }

        Assert.Equal(before + 3, _channels.Taken.Count);
        await CommentsInvariants.CheckAsync(town);
        // What comes in a new round may be asked for again.
        await FollowAsync(town, DecisionChoice.Publish);
        await ReportAsync(town, "203.0.113.2", "Motif deux");
        await town.SettleAsync();
        Assert.True((await town.Get<ModerationCards>().AskAsync(Town.Site, id, Actor.Link(null), CancellationToken.None)).Succeeded);
    }

    private static async Task AcceptProposalAsync(Town town) =>
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal)).Succeeded);

    private static async Task ReportAsync(Town town, string reader, string reason) =>
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), reader, new ReaderNotice(reason, null), CancellationToken.None)).Succeeded);

    /// <summary>Decides by the link of the last card that a channel took.</summary>
    private async Task<CommentRow> FollowAsync(Town town, DecisionChoice choice)
    {
        var read = town.Get<DecisionTokens>().Read(Link().Match(_channels.Taken[^1].Card).Groups["token"].Value);
        Assert.Equal(TokenState.Valid, read.State);
        var link = read.Token!;
        var answer = await town.Get<CommentDecisions>().DecideAsync(link.Site, CommentId.Parse(link.Id), new CommentDecision(link.Subject, link.Revision, link.Round, link.Reports, choice, "insult", new Actor("Alix", "Alix")), CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return answer.Value;
    }

    private async Task<Town> PublishedAsync()
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await town.WriteAsync("Bonjour", authorKey: Key);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
        return town;
    }

    private static async Task<CommentRow> OnlyAsync(Town town) => new(Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)));

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
