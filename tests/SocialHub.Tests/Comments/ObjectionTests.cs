using System.Text.Json;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>What authors and readers object to reaches a moderator as what it is.</summary>
public sealed class ObjectionTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private readonly Channels _channels = new();

    [Fact]
    public async Task An_objection_reopens_the_refusal_in_a_new_round_with_a_card_of_its_own_and_voids_the_old_links()
    {
        await using var town = await RefusedAsync();
        var refused = await OnlyAsync(town);
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, refused.Round + 1, true), (held.State, held.Round, held.Objected));
        Assert.Equal(DecisionSubject.Objection, Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Subject);
        Assert.Contains("C'était une citation du maire.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Contains("Un auteur conteste un refus", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Equal("decided-otherwise", (await town.DecideAsync(refused, DecisionChoice.Publish)).Problem?.Code);

        // Once per refusal.
        Assert.True((await ObjectAsync(town, "Encore")).Repeated);
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        Assert.Single((await town.ThreadAsync()).Comments);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_refusal_that_whoever_refused_upheld_can_be_objected_to_again_and_both_are_kept()
    {
        await using var town = await RefusedAsync();
        await ObjectAsync(town, "Motif un");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Objection)).Succeeded);
        Assert.False((await ObjectAsync(town, "Motif deux")).Repeated);
        await town.SettleAsync();
        var (_, shown) = await town.Get<ModerationCards>().NoticesAsync(await OnlyAsync(town), CancellationToken.None);
        Assert.Equal("Motif deux", shown);
        var export = await town.Get<AuthorActions>().ExportAsync(Town.Site, Key, CancellationToken.None);
        Assert.Equal([("Motif un", "rejected"), ("Motif deux", null)], export.Value.Single().Objections.Select(objection => (objection.Reason, objection.Decision)));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_another_person_upheld_is_not_heard_again_until_somebody_makes_it_public()
    {
        await using var town = await RefusedAsync();
        await ObjectAsync(town, "Motif un");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Objection, "Dominique")).Succeeded);
        var upheld = await OnlyAsync(town);
        for (var again = 0; again < 2; again++)
            Assert.Equal(("objection-answered", ProblemKind.Conflict), await ProblemAsync(town));
        Assert.Equal((CommentState.Rejected, upheld.Seq), ((await OnlyAsync(town)).State, (await OnlyAsync(town)).Seq));
        var statement = StatementOfReasons.Of(upheld)!;
        Assert.Contains("il est définitif", statement.Redress("Europe/Paris", 30).French, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous pouvez contester", CommentWords.ForAuthor(upheld, "Europe/Paris", town.Time.GetUtcNow()).French, StringComparison.Ordinal);
        Assert.True((await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddMinutes(1), CancellationToken.None))[^1].Statement.IsUpheld);

        // Published after all and reported, it is another matter.
        Assert.True((await UndoAsync(town, upheld, "Dominique")).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(upheld.Id), "203.0.113.1", new ReaderNotice("Motif", null), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        Assert.False((await ObjectAsync(town, "Motif deux")).Repeated);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("run", "thorough")]
    public async Task Another_name_behind_a_link_is_another_person_only_where_the_hub_knows_of_several(bool areSeveral)
    {
        await using var town = await RefusedAsync();
        await NameAsync(town, areSeveral ? ["alix", "dominique"] : ["alix"]);
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        var byLink = new CommentDecision(DecisionSubject.Objection, held.Revision, held.Round, held.ReportsEver, DecisionChoice.Reject, "insult", Actor.Declared("Alix M.", null));
        Assert.True((await town.Get<CommentDecisions>().DecideAsync(Town.Site, CommentId.Parse(held.Id), byLink, CancellationToken.None)).Succeeded);
        var upheld = await OnlyAsync(town);
        var told = StatementOfReasons.Of(upheld)!.Redress("Europe/Paris", 30).French;
        Assert.Equal((areSeveral, !areSeveral), (told.Contains("Une autre personne a examiné votre contestation", StringComparison.Ordinal), told.Contains("Vous pouvez contester", StringComparison.Ordinal)));
        Assert.Equal(areSeveral, (await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddMinutes(1), CancellationToken.None))[^1].Statement.IsUpheld);
        Assert.Equal(areSeveral ? ("objection-answered", (ProblemKind?)ProblemKind.Conflict) : (null, null), await ProblemAsync(town));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(DecisionChoice.Publish)]
    [InlineData(DecisionChoice.Reject)]
    [Trait("run", "thorough")]
    public async Task An_answer_that_is_taken_back_leaves_the_objection_waiting_for_somebody_else_than_who_refused(DecisionChoice answer)
    {
        await using var town = await RefusedAsync();
        await NameAsync(town, "alix", "dominique");
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), answer, DecisionSubject.Objection, "Dominique")).Succeeded);
        var answered = await OnlyAsync(town);
        Assert.Equal("another-moderator", (await UndoAsync(town, answered, "Alix")).Problem?.Code);
        Assert.True((await UndoAsync(town, answered, "Dominique")).Succeeded);
        await town.SettleAsync();

        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, answered.Round + 1, true), (held.State, held.Round, held.Objected));
        Assert.Equal(DecisionSubject.Objection, Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Subject);
        Assert.Contains("C'était une citation du maire.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Null(await AnswerAsync(town));
        Assert.Null(await OutcomeAsync(town));
        await CommentsInvariants.CheckAsync(town);

        // However it is named; and whoever upheld it by mistake may say otherwise.
        foreach (var subject in new[] { DecisionSubject.Objection, DecisionSubject.Comment })
            Assert.Equal("another-moderator", (await town.DecideAsync(held, DecisionChoice.Reject, subject)).Problem?.Code);
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, DecisionSubject.Comment, "Dominique")).Succeeded);
        Assert.Equal(("published", "reversed"), (await AnswerAsync(town), await OutcomeAsync(town)));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_refusal_that_readers_asked_for_after_the_objection_was_answered_is_no_answer_to_it()
    {
        await using var town = await RefusedAsync();
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), "203.0.113.1", new ReaderNotice("Motif", null), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        Assert.True((await UndoAsync(town, await OnlyAsync(town), "Alix")).Succeeded);
        await town.SettleAsync();
        Assert.Equal((CommentState.Held, false, "published"), ((await OnlyAsync(town)).State, (await OnlyAsync(town)).Objected, await AnswerAsync(town)));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_readers_report_what_an_objection_made_public_and_it_is_kept_taking_that_back_leaves_the_objection_answered()
    {
        await using var town = await RefusedAsync();
        await NameAsync(town, "alix", "dominique");
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), "203.0.113.1", new ReaderNotice("Motif", null), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Report, "Dominique")).Succeeded);
        // Whoever refused first may say that it should not have been kept.
        Assert.True((await UndoAsync(town, await OnlyAsync(town), "Alix")).Succeeded);
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, false), (held.State, held.Objected));
        Assert.Equal(("published", "reversed"), (await AnswerAsync(town), await OutcomeAsync(town)));
        Assert.True((await town.DecideAsync(held, DecisionChoice.Reject)).Succeeded);
        await town.SettleAsync();
        Assert.False((await OnlyAsync(town)).ObjectionAnswered);
        Assert.Equal(("published", "reversed"), (await AnswerAsync(town), await OutcomeAsync(town)));
        var month = Assert.Single((await town.Get<Transparency>().ReadAsync(CancellationToken.None))[0].Months);
        Assert.Equal((1, 1, 0, 2), (month.Objections, month.Reversed, month.Upheld, month.Refused.Values.Sum()));
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData("Alix")]
    [InlineData("Paul")]
    [Trait("run", "thorough")]
    public async Task Where_the_author_changes_what_an_objection_made_public_taking_that_change_back_leaves_the_objection_answered(string who)
    {
        await using var town = await RefusedAsync();
        await NameAsync(town, "alix", "dominique", "paul");
        await ObjectAsync(town, "C'était une citation du maire.");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        var accepted = await OnlyAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(accepted.Id), Key, "Bonjour à tous", accepted.ChangeableRevision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal, "Dominique")).Succeeded);
        // It is about another text than what was refused first: whoever refused may take it back.
        Assert.True((await UndoAsync(town, await OnlyAsync(town), who)).Succeeded);
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, false, "Bonjour à tous"), (held.State, held.Objected, held.Body));
        Assert.Equal(DecisionSubject.Comment, Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Subject);
        Assert.Equal(("published", "reversed"), (await AnswerAsync(town), await OutcomeAsync(town)));
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, who: "Paul")).Succeeded);
        var month = Assert.Single((await town.Get<Transparency>().ReadAsync(CancellationToken.None))[0].Months);
        Assert.Equal((1, 1, 1, 0, 1), (month.Published, month.Objections, month.Reversed, month.Upheld, month.Refused.Values.Sum()));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task An_objection_is_still_shown_when_the_author_changes_the_text_before_it_is_answered()
    {
        await using var town = await RefusedAsync();
        await ObjectAsync(town, "C'était une citation.");
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(held.Id), Key, "Je cite le maire.", held.Revision, "", CancellationToken.None)).Succeeded);
        Assert.True((await ObjectAsync(town, "Encore")).Repeated);
        await town.SettleAsync();
        Assert.Equal(DecisionSubject.Objection, Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Subject);
        Assert.Contains("C'était une citation.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Contains("Je cite le maire.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection)).Succeeded);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_report_reaches_the_moderators_as_a_report_and_leaves_the_comment_where_it_is()
    {
        await using var town = await RefusedAsync(DecisionChoice.Publish);
        var round = (await OnlyAsync(town)).Round;
        for (var reader = 1; reader <= 2; reader++)
        {
            Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), $"203.0.113.{reader}", new ReaderNotice($"Motif {reader}", null), CancellationToken.None)).Succeeded);
            await town.SettleAsync();
        }

        var entry = Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries);
        Assert.Equal((DecisionSubject.Report, CommentState.Published, round + 1), (entry.Subject, entry.Comment.State, entry.Comment.Round));
        Assert.Contains("Un commentaire publié est signalé", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.All(["Motif 1", "Motif 2"], reason => Assert.Contains(reason, _channels.Taken[^1].Card, StringComparison.Ordinal));
        Assert.Single((await town.ThreadAsync()).Comments);
        await CommentsInvariants.CheckAsync(town);
    }

    private async Task<Town> RefusedAsync(DecisionChoice decision = DecisionChoice.Reject)
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await town.WriteAsync("Bonjour", authorKey: Key);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), decision)).Succeeded);
        return town;
    }

    // Whom the team named, so that the hub knows of several moderators.
    private static async Task NameAsync(Town town, params string[] names)
    {
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        var written = JsonSerializer.SerializeToElement(new { people = names.Select(name => new { name, email = $"{name}@saint-exemple.fr" }) });
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
    }

    private static async Task<(string?, ProblemKind?)> ProblemAsync(Town town)
    {
        var problem = (await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), Key, "Encore", "", CancellationToken.None)).Problem;
        return (problem?.Code, problem?.Kind);
    }

    private static Task<Answer<CommentRow>> UndoAsync(Town town, CommentRow comment, string who) =>
        town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(comment.Id), comment.Round, null, new Actor(who, who), CancellationToken.None);

    // As its author is told.
    private static async Task<string?> AnswerAsync(Town town) =>
        (await town.Get<AuthorActions>().ExportAsync(Town.Site, Key, CancellationToken.None)).Value.Single().Objections.Single().Decision;

    // As it is handed on of the refusal that was objected to.
    private static async Task<string?> OutcomeAsync(Town town) =>
        (await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddMinutes(1), CancellationToken.None))[0].Outcome;

    private static async Task<(bool Succeeded, bool Repeated)> ObjectAsync(Town town, string reason)
    {
        var answer = await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), Key, reason, "", CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return (true, answer.Value.Repeated);
    }

    private static async Task<CommentRow> OnlyAsync(Town town) => new(Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)));
}
