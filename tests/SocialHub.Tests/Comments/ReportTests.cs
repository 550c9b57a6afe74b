using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

public sealed class ReportTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Reader = "203.0.113.7";

    [Fact]
    public async Task Who_reports_the_same_again_is_told_so_and_may_still_send_as_much_as_before()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        Assert.Equal((true, false), Said(await ReportAsync(town, id, Reader)));
        for (var number = 0; number < 8; number++)
            Assert.Equal((true, true), Said(await ReportAsync(town, id, Reader)));
        Assert.Equal(1, (await town.FindAsync(id))!.ReportsEver);
        // One of them was counted: the repeats were not.
        for (var number = 1; number < SubmissionLimits.MostReports; number++)
            Assert.True((await town.Hub(number).GetRequiredService<SubmissionLimits>().AdmitAsync(Reader, SubmissionKind.Report, CancellationToken.None)).Succeeded);
        Assert.Equal((true, true), Said(await ReportAsync(town, id, Reader)));
    }

    [Fact]
    public async Task Who_reports_a_raid_may_still_write_and_who_wrote_may_still_report_until_the_21st_report_in_ten_minutes()
    {
        await using var town = await Town.OpenAsync(azurite);
        string[] ids = [(await town.WriteAsync("Bonjour")).Comment.Id, (await town.WriteAsync("La fontaine coule de nouveau")).Comment.Id];
        await town.SettleAsync();
        for (var number = 0; number < SubmissionLimits.Most; number++)
            Assert.True((await town.TryWriteAsync($"Avis {number}", address: Reader)).Succeeded);
        Assert.Equal(ProblemKind.TooMany, (await town.TryWriteAsync("Avis de trop", address: Reader)).Problem?.Kind);
        for (var number = 1; number < SubmissionLimits.MostReports; number++)
            Assert.True((await town.Hub(number).GetRequiredService<SubmissionLimits>().AdmitAsync(Reader, SubmissionKind.Report, CancellationToken.None)).Succeeded);
        Assert.Equal((true, false), Said(await ReportAsync(town, ids[0], Reader)));
        for (var hub = 0; hub < 2; hub++)
            Assert.Equal(ProblemKind.TooMany, (await town.Hub(hub).GetRequiredService<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(ids[1]), Reader, new ReaderNotice("Propos déplacés", null), CancellationToken.None)).Problem?.Kind);
        town.Time.Advance(SubmissionLimits.Window);
        Assert.Equal((true, false), Said(await ReportAsync(town, ids[1], Reader)));
    }

    [Fact]
    public async Task The_same_reader_is_known_on_the_next_day_too()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        await ReportAsync(town, id, Reader);
        town.Time.Advance(TimeSpan.FromHours(16));
        Assert.Equal((true, true), Said(await ReportAsync(town, id, Reader)));
    }

    [Fact]
    public async Task Whose_report_was_taken_a_moment_ago_by_another_request_is_told_so_without_trying_on()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("Bonjour")).Comment.Id);
        await town.SettleAsync();
        var name = (await town.Get<SubmissionLimits>().NamesOfAsync(Reader, CancellationToken.None))[0];
        // The other one's row, seen only when this one writes.
        await town.Table.AddEntityAsync(new TableEntity(Town.Site, Keys.Report(id.Value, 1, name)) { ["Reason"] = "Propos déplacés" }, TestContext.Current.CancellationToken);
        var log = new Counted();
        var reports = ActivatorUtilities.CreateInstance<CommentReports>(town.OneHub, ActivatorUtilities.CreateInstance<CommentStore>(town.OneHub, log));
        Assert.Equal((true, true), Said(await reports.ReportAsync(Town.Site, id, Reader, new ReaderNotice("Propos déplacés", null), CancellationToken.None)));
        Assert.Equal(0, log.Lines);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_person_left_online_may_be_reported_again_by_the_same_reader_and_waits_again()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        await ReportAsync(town, id, Reader, "Premier motif");
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        Assert.Equal((true, false), Said(await ReportAsync(town, id, Reader, "Second motif")));
        Assert.Equal((true, true), Said(await ReportAsync(town, id, Reader, "Second motif")));
        Assert.Equal(["Second motif"], await NoticesAsync(town, id));
        Assert.Equal(1, (await town.FindAsync(id))!.Reports);
    }

    [Fact]
    public async Task A_readers_mail_address_is_forgotten_after_the_retentions_days_and_the_report_stays()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), Reader, new ReaderNotice("Motif", "lise@exemple.fr"), CancellationToken.None);
        Assert.True(await IsKeptAsync());
        town.Time.Advance(TimeSpan.FromDays(29));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.True(await IsKeptAsync());
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.False(await IsKeptAsync());
        Assert.Equal(["Motif"], await NoticesAsync(town, id));

        async Task<bool> IsKeptAsync() => (await town.RowsAsync()).Exists(row => row.Any(value => value.Value is string text && text.Contains("lise@", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_moderator_is_shown_only_the_reports_that_still_wait()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        await ReportAsync(town, id, "203.0.113.1", "Ancien motif");
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        Assert.Empty(await NoticesAsync(town, id));
        await ReportAsync(town, id, "203.0.113.2", "Motif un");
        await ReportAsync(town, id, "203.0.113.3", "Motif deux");
        Assert.Equal(["Motif un", "Motif deux"], await NoticesAsync(town, id));
    }

    [Fact]
    public async Task Of_reports_that_an_older_hub_wrote_without_their_round_the_newest_are_those_that_wait()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        await ReportAsync(town, id, "203.0.113.1", "Ancien motif");
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        await ReportAsync(town, id, "203.0.113.2", "Motif un");
        foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("r.", StringComparison.Ordinal)))
        {
            row.Remove("Round");
            await town.Table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["Motif un"], await NoticesAsync(town, id));
    }

    [Fact]
    public async Task What_several_readers_report_leaves_the_page_until_a_person_has_read_it_and_then_stays()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"holdAfterReports\": 3");
        var id = (await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        await ReportAsync(town, id, "203.0.113.1", "Motif un");
        await ReportAsync(town, id, "203.0.113.2", "Motif deux");
        // One reader is one, however often.
        await ReportAsync(town, id, "203.0.113.2", "Motif deux");
        Assert.Single((await town.ThreadAsync()).Comments);
        await ReportAsync(town, id, "203.0.113.3", "Motif trois");
        await town.SettleAsync();
        Assert.Empty((await town.ThreadAsync()).Comments);
        var held = (await town.FindAsync(id))!;
        Assert.Equal((CommentState.Held, "Ce commentaire a été signalé : une personne le relit."), (held.State, held.Why));
        Assert.Equal(["Motif un", "Motif deux", "Motif trois"], await NoticesAsync(town, id));
        await CommentsInvariants.CheckAsync(town);

        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish)).Succeeded);
        await town.SettleAsync();
        for (var reader = 1; reader <= 4; reader++)
            Assert.Equal((true, false), Said(await ReportAsync(town, id, $"203.0.113.{reader}")));
        Assert.Single((await town.ThreadAsync()).Comments);
        Assert.Equal(4, (await town.FindAsync(id))!.Reports);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Nothing_leaves_the_page_by_reports_where_the_site_says_never()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"holdAfterReports\": 0");
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        for (var reader = 1; reader <= 6; reader++)
            await ReportAsync(town, id, $"203.0.113.{reader}");
        Assert.Single((await town.ThreadAsync()).Comments);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("reported", "Le texte a été modifié alors qu’un signalement attend une réponse.")]
    [InlineData("kept", "Le texte a été modifié après une première décision.")]
    [InlineData("approved", "Le texte a été modifié après une première décision.")]
    public async Task The_author_of_a_reported_or_decided_text_exchanges_it_only_with_a_person(string before, string why)
    {
        // Nobody reads first here: an ordinary text is public at once, and an ordinary change of it too.
        await using var town = await Town.OpenAsync(azurite);
        var text = before == "approved" ? "Appelez Jean au 06 12 34 56 78" : "Bonjour";
        var id = (await town.WriteAsync(text, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        if (before == "approved")
            Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        else
            await ReportAsync(town, id, Reader);
        if (before == "kept")
            Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        await town.SettleAsync();
        var seen = (await town.FindAsync(id))!;

        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(id), Key, "La fontaine coule de nouveau.", seen.Revision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.DoesNotContain("fontaine", Assert.Single((await town.ThreadAsync()).Comments).Html, StringComparison.Ordinal);
        var held = (await town.FindAsync(id))!;
        Assert.Equal((ProposalState.Held, why, text, seen.Reports), (held.ProposalState, held.ProposalWhy, held.Body, held.Reports));
        await CommentsInvariants.CheckAsync(town);

        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, DecisionSubject.Proposal)).Succeeded);
        Assert.Contains("fontaine", Assert.Single((await town.ThreadAsync()).Comments).Html, StringComparison.Ordinal);
        Assert.Null((await town.FindAsync(id))!.ProposalWhy);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    private static async Task<IEnumerable<string>> NoticesAsync(Town town, string id) => (await town.Get<ModerationCards>().NoticesAsync((await town.FindAsync(id))!, CancellationToken.None)).Reports.Select(report => report.Reason);

    private static Task<Answer<(CommentRow Comment, bool Repeated)>> ReportAsync(Town town, string id, string address, string reason = "Propos déplacés") =>
        town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), address, new ReaderNotice(reason, null), CancellationToken.None);

    private static (bool Succeeded, bool Repeated) Said(Answer<(CommentRow Comment, bool Repeated)> answer) => (answer.Succeeded, answer.Succeeded && answer.Value.Repeated);

    /// <summary>Counts what the store tells: that it gave up.</summary>
    private sealed class Counted : ILogger<CommentStore>
    {
        public int Lines { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines++;
    }
}
