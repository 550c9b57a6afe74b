using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>The log tells who decided for as long as hub.json says, and after that what was done and when.</summary>
public sealed class LoggedNameTests(AzuriteFixture azurite)
{
    private const string Name = "Alix Martin";
    private static readonly Actor Alix = new(Name, "alix-martin");

    [Fact]
    public void A_name_is_kept_for_a_year_where_hub_json_says_nothing_else() => Assert.Equal(365, new RetentionConfiguration().AuditDays);

    [Fact]
    [Trait("run", "thorough")]
    public async Task Once_it_is_over_no_row_names_who_decided_and_each_step_stays()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.")).Comment.Id);
        await town.SettleAsync();
        var held = (await town.FindAsync(id.Value))!;
        Assert.True((await town.Get<ModerationCards>().RevealAsync(Town.Site, id, Actor.Declared(Name, "camille"), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().DecideAsync(Town.Site, id, new CommentDecision(DecisionSubject.Comment, held.Revision, held.Round, null, DecisionChoice.Publish, null, Alix), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null), null, Alix, CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var steps = await StepsAsync(town);

        town.Time.Advance(TimeSpan.FromDays(300));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.True(await NamedAsync(town) >= 5);
        Assert.Equal((Name, Name), ((await town.FindAsync(id.Value))!.DecidedBy, (await ThreadAsync(town)).DecidedBy));

        town.Time.Advance(TimeSpan.FromDays(70));
        for (var round = 0; round < 2; round++)
            await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Equal(0, await NamedAsync(town));
        var comment = (await town.FindAsync(id.Value))!;
        // When stays: whether a person decided is asked when several readers report it.
        Assert.Equal((null, null, true), (comment.DecidedBy, comment.DecidedById, comment.DecidedAt is not null));
        Assert.Equal((null, true), ((await ThreadAsync(town)).DecidedBy, (await ThreadAsync(town)).Closed));
        Assert.Equal([.. steps, "name-forgotten", "name-forgotten"], (await StepsAsync(town)).OrderBy(step => step == "name-forgotten"));
        var published = await town.Get<CommentStore>().HistoryAsync(Town.Site, id, CancellationToken.None).SingleAsync(row => row.What == "published", CancellationToken.None);
        Assert.Equal(("forgotten", null, true), (published.Who, published.WhoId, published.WriteId.Length > 0));
    }

    [Fact]
    public async Task Of_a_refused_comment_the_name_stays_so_that_another_person_answers_an_objection()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.")).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, who: Name)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.Get<LoggedNames>().ForgetAsync(Town.Site, 1, CancellationToken.None);
        Assert.Equal(Name, (await town.FindAsync(id.Value))!.RefusedBy);
        Assert.DoesNotContain(await town.RowsAsync(), row => !row.RowKey.StartsWith("c.", StringComparison.Ordinal) && Names(row));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Of_a_refused_change_too_until_the_change_is_gone()
    {
        const string key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, key, "La fête était belle, connard.", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Proposal, Name)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.Get<LoggedNames>().ForgetAsync(Town.Site, 1, CancellationToken.None);
        Assert.Equal((Name, null), ((await town.FindAsync(id.Value))!.ProposalRefusedBy, (await town.FindAsync(id.Value))!.DecidedBy));
        town.Time.Advance(TimeSpan.FromDays(183));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Equal(0, await NamedAsync(town));
    }

    [Fact]
    public async Task Once_an_objection_has_made_a_comment_public_who_had_refused_it_is_forgotten_with_the_rest()
    {
        const string key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, who: Name)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish, DecisionSubject.Objection, "Sacha")).Succeeded);
        Assert.NotEqual(0, await NamedAsync(town));
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.Get<LoggedNames>().ForgetAsync(Town.Site, 1, CancellationToken.None);
        Assert.Equal(0, await NamedAsync(town));
    }

    [Theory]
    [InlineData("forgotten")]
    [InlineData("Forgotten ")]
    public void Nobody_is_called_as_the_log_calls_who_is_forgotten(string name) => Assert.Equal("name-reserved", Actor.WrongName(name)?.Code);

    private static async Task<ThreadRow> ThreadAsync(Town town) => (await town.Get<CommentStore>().FindThreadAsync(Town.Site, Keys.Page(Town.Page), CancellationToken.None))!;

    private static async Task<List<string>> StepsAsync(Town town) => [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("l.", StringComparison.Ordinal)).Select(row => row.GetString("What"))];

    private static async Task<int> NamedAsync(Town town) => (await town.RowsAsync()).Count(Names);

    private static bool Names(TableEntity row) => row.Select(value => value.Value).OfType<string>().Any(value => value.Contains(Name, StringComparison.Ordinal) || value.Contains(Alix.Id!, StringComparison.Ordinal) || value.Contains("camille", StringComparison.Ordinal));
}
