using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What the public is told of the moderation, and what is handed on of each refusal.</summary>
public sealed class TransparencyTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly DateTimeOffset Day = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_month_counts_what_stands_at_its_end_and_objections_with_their_outcomes()
    {
        var (one, two, three, four) = (Id(0), Id(10), Id(20), Id(30));
        var figures = Count(
            Row(0, one, "received"), Row(30, one, "published", subject: "comment"),
            Row(10, two, "received"), Row(20, two, "rejected", "insult", subject: "comment"), Row(21, two, "reopened", round: 1), Row(22, two, "rejected", "hate", subject: "comment", round: 1),
            Row(40, two, "objected", round: 2), Row(50, two, "rejected", "hate", subject: "objection", round: 2, hearing: "another-moderator"),
            Row(20, three, "received"), Row(25, three, "rejected", "advertising", who: "rules"), Row(60, three, "objected", round: 1), Row(70, three, "published", subject: "objection", round: 1, hearing: "after-rules"),
            Row(30, four, "received"), Row(35, four, "withdrawn"),
            Row(80, one, "reported", kind: "Illegal"), Row(81, one, "reported", kind: "Charter"), Row(82, one, "kept", subject: "report"), Row(83, one, "proposal-rejected", "insult", subject: "proposal"));
        Assert.Equal((4, 1, 1, 1, 1, 2, 1), (figures.Received, figures.Published, figures.RefusedByRules, figures.RefusedChanges, figures.Withdrawn, figures.Reports, figures.LegalNotices));
        Assert.Equal([("advertising", 1), ("hate", 1)], figures.Refused.OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => (reason.Key, reason.Value)));
        Assert.Equal((2, 1, 1, 1), (figures.Objections, figures.Reversed, figures.Upheld, figures.ByAnother));
        // 30, 10 and 5 minutes.
        Assert.Equal((3, 10, 30), (figures.Decided, figures.MedianMinutes, figures.P90Minutes));
    }

    [Fact]
    public void What_an_objection_makes_public_for_the_first_time_is_published_in_that_month()
    {
        var (one, two) = (Id(0), Id(1));
        var figures = Count(
            Row(0, one, "received"), Row(5, one, "rejected", "insult", subject: "comment"), Row(10, one, "objected", round: 1), First(Row(20, one, "published", subject: "objection", round: 1)),
            // Of this one the answer was taken back, and the next upholds the refusal.
            Row(1, two, "received"), Row(6, two, "rejected", "insult", subject: "comment"), Row(11, two, "objected", round: 1), First(Row(21, two, "published", subject: "objection", round: 1)),
            Row(22, two, "reopened", round: 2), Row(23, two, "rejected", "insult", subject: "objection", round: 2));
        Assert.Equal((2, 1, 2, 1, 1), (figures.Received, figures.Published, figures.Refused["insult"], figures.Reversed, figures.Upheld));
        // Removed and back again it is no second one.
        Assert.Equal(1, Count(
            Row(0, one, "received"), First(Row(5, one, "published")), Row(6, one, "reported"), Row(7, one, "rejected", "insult", subject: "report", round: 1), Row(8, one, "objected", round: 2),
            First(Row(9, one, "published", subject: "objection", round: 2))).Published);

        static TableEntity First(TableEntity published)
        {
            published["First"] = true;
            return published;
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task How_long_a_report_waited_is_told_from_the_first_one_to_what_a_person_decided_or_until_the_comment_went()
    {
        await using var town = await Town.OpenAsync(azurite);
        var ids = new List<CommentId>();
        foreach (var text in new[] { "La fête était belle.", "Le marché aussi.", "Et la piscine ?" })
            ids.Add(CommentId.Parse((await town.WriteAsync(text, authorKey: Key)).Comment.Id));
        await town.SettleAsync();
        // Two readers, the second an hour later.
        for (var reader = 0; reader < 2; reader++)
        {
            foreach (var id in ids)
                Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, $"203.0.113.{reader}", new ReaderNotice("Faux.", null), CancellationToken.None)).Succeeded);
            town.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.True((await town.DecideAsync((await town.FindAsync(ids[0].Value))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        town.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await town.DecideAsync((await town.FindAsync(ids[1].Value))!, DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        // Into the next month, whose figures know when it was reported.
        town.Time.Advance(TimeSpan.FromDays(10));
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, ids[2], Key, CancellationToken.None)).Succeeded);
        var months = Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months;
        Assert.Equal([1, 2], months.Select(month => month.ReportsDecided));
        Assert.InRange(months[1].ReportMedianMinutes!.Value, 120, 125);
        Assert.InRange(months[1].ReportP90Minutes!.Value, 240, 250);
        Assert.InRange(months[0].ReportMedianMinutes!.Value, (10 * 1440) + 240, (10 * 1440) + 260);
        Assert.Equal((0, null, null), (Count().ReportsDecided, Count().ReportMedianMinutes, Count().ReportP90Minutes));
        // What is decided anew about the same report does not count again.
        Assert.All(await town.RowsAsync(), row => Assert.False(row.RowKey.StartsWith("c.", StringComparison.Ordinal) && row.ContainsKey("ReportedAt")));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public void An_answer_to_an_objection_that_was_taken_back_is_counted_as_what_was_answered_then()
    {
        var one = Id(0);
        var figures = Count(
            Row(0, one, "received"), Row(5, one, "rejected", "insult", subject: "comment"), Row(10, one, "objected", round: 1),
            Row(20, one, "published", subject: "objection", round: 1, hearing: "another-moderator"), Row(21, one, "reopened", round: 2), Row(30, one, "rejected", "insult", subject: "objection", round: 2, hearing: "another-moderator"));
        Assert.Equal((1, 0, 1, 1), (figures.Objections, figures.Reversed, figures.Upheld, figures.ByAnother));
    }

    [Fact]
    public void The_delay_is_the_authority_s_own_and_not_what_an_author_takes_for_other_words()
    {
        var (reworded, kept, silent, early) = (Id(0), Id(1), Id(2), Id(3));
        var figures = Count(
            Asked(Row(0, reworded, "held", "insult"), 10), Row(8, reworded, "reworded"), Row(9, reworded, "published", who: "rules"),
            Asked(Row(1, kept, "held", "insult"), 11), Row(4, kept, "sent-as-it-is"), Row(7, kept, "published"),
            Asked(Row(2, silent, "held", "insult"), 12), Row(17, silent, "rejected", "insult"),
            // Who decides without waiting for it took that long.
            Asked(Row(3, early, "held", "insult"), 13), Row(11, early, "published"));
        // 1, 3, 5 and 8 minutes.
        Assert.Equal((4, 3, 8), (figures.Decided, figures.MedianMinutes, figures.P90Minutes));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Until_when_an_author_is_asked_stands_in_the_rows_that_figures_are_made_of()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("Quel connard, ce projet coûte trop cher.", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(15));
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        var month = Assert.Single(Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months);
        Assert.InRange(month.MedianMinutes!.Value, 4, 7);
    }

    [Fact]
    public void An_outcome_that_was_taken_back_is_decided_again_and_counts_once()
    {
        var id = Id(0);
        var figures = Count(
            Row(0, id, "received"), Row(1, id, "rejected", "insult", subject: "comment"), Row(2, id, "objected", round: 1),
            Row(3, id, "published", subject: "objection", round: 1), Row(4, id, "reopened", round: 2), Row(5, id, "published", subject: "comment", round: 2));
        Assert.Equal((1, 1, 0, 1), (figures.Refused["insult"], figures.Objections, figures.Upheld, figures.Published));
        Assert.Equal((null, null), (Count().MedianMinutes, Count().P90Minutes));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_was_published_in_an_earlier_month_is_not_published_for_the_first_time_again_however_it_was_edited()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months[1].Published);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, 0, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "La fête était très belle.", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        town.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal([0, 1], Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months.Select(month => month.Published));

        // Taken back in the month in which it was published first, it still counts once.
        var other = CommentId.Parse((await town.WriteAsync("Le marché aussi.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(other.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, other, 0, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(other.Value))!, DecisionChoice.Publish)).Succeeded);
        town.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal([1, 1], Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months.Select(month => month.Published));
    }

    [Fact]
    public void A_refusal_of_what_was_public_in_an_earlier_month_makes_its_return_no_first_publication()
    {
        var id = Id(0);
        var back = Row(3, id, "published", subject: "objection", round: 2);
        var again = Row(5, id, "published", subject: "comment", round: 3);
        back["First"] = again["First"] = false;
        Assert.Equal(0, Count(Row(1, id, "rejected", "insult", subject: "report"), Row(2, id, "objected", round: 1), back, Row(4, id, "reopened", round: 3), again).Published);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_was_published_and_taken_back_in_one_month_and_published_in_the_next_counts_there()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, 0, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(10));
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.Equal([1, 0], Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months.Select(month => month.Published));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Each_refusal_keeps_the_outcome_of_its_own_objection()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject)).Succeeded);
        foreach (var (choice, who) in new[] { (DecisionChoice.Reject, "Alix"), (DecisionChoice.Publish, "Sacha") })
        {
            Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, Key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
            await town.SettleAsync();
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, choice, DecisionSubject.Objection, who)).Succeeded);
        }

        Assert.Equal(["upheld", "reversed"], await OutcomesAsync());
        // The answer to the second objection is taken back, so its outcome is still to come; the refusal that is over keeps its own.
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, (await town.FindAsync(id.Value))!.Round, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.Equal(["upheld", null], await OutcomesAsync());
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish, DecisionSubject.Objection, "Sacha")).Succeeded);
        Assert.Equal(["upheld", "reversed"], await OutcomesAsync());

        async Task<IEnumerable<string?>> OutcomesAsync() =>
            (await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddDays(1), CancellationToken.None)).Select(one => one.Outcome);
    }

    [Fact]
    public async Task A_month_that_is_over_is_counted_once_and_stored_and_the_present_one_goes_on()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        foreach (var text in new[] { "La fête était belle.", "Le marché aussi." })
            await town.WriteAsync(text);
        await town.SettleAsync();
        foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)).Select(row => new CommentRow(row)).ToList())
            Assert.True((await town.DecideAsync(row, DecisionChoice.Reject)).Succeeded);
        var present = Assert.Single(Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months);
        Assert.Equal(("2026-11", 2, 2), (present.Month, present.Received, present.Refused["insult"]));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("y.", StringComparison.Ordinal));

        town.Time.Advance(TimeSpan.FromDays(10));
        for (var hub = 0; hub < 2; hub++)
        {
            var months = Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months;
            Assert.Equal([("2026-12", 0), ("2026-11", 2)], months.Select(month => (month.Month, month.Received)));
        }

        // Whatever becomes of the log, what was told stays told.
        var stored = Assert.Single(await town.RowsAsync(), row => row.RowKey == "y.2026-11");
        foreach (var moment in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("m.", StringComparison.Ordinal)).Skip(1))
            await town.Table.DeleteEntityAsync(moment.PartitionKey, moment.RowKey);
        town.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months[1].Received);
        Assert.DoesNotContain("Camille", stored.GetString("Figures"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Notices_are_exported_with_what_became_of_them_and_who_they_are_from_is_told_to_signed_in_moderators_alone()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, configure: issuer.Register);
        var moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));
        var (removed, waiting) = (await hub.PublishedAsync("La fête était belle."), await hub.PublishedAsync("Le marché aussi."));
        async Task ReportAsync(string id, string body)
        {
            using var sent = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", body, ("Origin", Town.Origin));
            Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        }

        await ReportAsync(removed, """{"reason":"Diffamation, appelez-moi au 06 12 34 56 78","kind":"illegal","email":"lise@exemple.fr","name":"Lise","goodFaith":true}""");
        var reported = (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(removed), TestContext.Current.CancellationToken))!;
        using var decided = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{removed}/decision", $$"""{"decision":"reject","reason":"illegal","subject":"report","revision":0,"round":{{reported.Round}}}""", moderator);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        await ReportAsync(waiting, """{"reason":"=Sans rapport"}""");

        var year = TimeProvider.System.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture);
        var period = $"?site={Town.Site}&from={year}-01-01&to={year}-12-31";
        using var answer = await hub.SendAsync(HttpMethod.Post, "api/v1/moderation/notices" + period, null, moderator);
        var notices = (await RunningHub.JsonAsync(answer)).GetProperty("notices").EnumerateArray().ToList();
        Assert.Equal(2, notices.Count);
        string? Text(int notice, string name) => notices[notice].TryGetProperty(name, out var value) ? value.ToString() : null;
        Assert.Equal((removed, $"{Town.Page}#sh-{removed}", "illegal", "Lise", "lise@exemple.fr", "True", "removed"), (Text(0, "comment"), Text(0, "url"), Text(0, "kind"), Text(0, "name"), Text(0, "email"), Text(0, "goodFaith"), Text(0, "outcome")));
        Assert.DoesNotContain("06 12 34", Text(0, "reason"), StringComparison.Ordinal);
        Assert.Equal((waiting, "charter", null, null, null), (Text(1, "comment"), Text(1, "kind"), Text(1, "name"), Text(1, "outcome"), Text(1, "outcomeAt")));

        using var csv = await hub.SendAsync(HttpMethod.Post, "api/v1/moderation/notices.csv" + period, null, moderator);
        var table = await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, table.TrimEnd().Split("\r\n").Length);
        Assert.Contains("lise@exemple.fr,removed", table, StringComparison.Ordinal);
        // Nothing that a citizen wrote is a formula.
        Assert.Contains(",'=Sans rapport,", table, StringComparison.Ordinal);
        using var channel = await hub.SendAsync(HttpMethod.Post, "api/v1/moderation/notices" + period, null, issuer.Bearer());
        Assert.DoesNotContain("lise", await channel.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        using var nobody = await hub.SendAsync(HttpMethod.Post, "api/v1/moderation/notices" + period, null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        // Whoever was shown who reported is known afterwards, each time; the channel was not shown it.
        var (first, before) = Keys.LogOf("exports");
        var log = await hub.Get<CommentStore>().RangeAsync(Town.Site, (first, before), TestContext.Current.CancellationToken).Select(row => new LogRow(row)).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [(0, "notices-exported", "moderator", $"{year}-01-01/{year}-12-31"), (1, "notices-exported", "moderator", $"{year}-01-01/{year}-12-31")],
            log.Select(row => (row.Seq, row.What, row.Who, row.Why)));
    }

    [Fact]
    public async Task A_page_of_strangers_has_nobody_take_the_notices()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var opened = await hub.JsonAsync(HttpMethod.Post, "api/v1/session", $$"""{"key":"{{RunningHub.KeyOf("moderator")}}"}""");
        var cookie = ("Cookie", Assert.Single(opened.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        foreach (var format in new[] { "", ".csv" })
        {
            var path = $"api/v1/moderation/notices{format}?site={Town.Site}&from=2026-01-01&to=2026-12-31";
            // As a picture of it would ask, and as a form.
            using var picture = await hub.SendAsync(HttpMethod.Get, path, null, cookie);
            Assert.True(picture.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
            using var form = await hub.SendAsync(HttpMethod.Post, path, null, cookie, ("Origin", "https://elsewhere.example"));
            Assert.Equal(HttpStatusCode.Forbidden, form.StatusCode);
            Assert.Equal(format.Length == 0 ? 0 : 1, await hub.Get<CommentStore>().RangeAsync(Town.Site, Keys.LogOf("exports"), TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
            using var own = await hub.SendAsync(HttpMethod.Post, path, null, cookie, ("Origin", "https://hub.example"));
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        }
    }

    [Fact]
    public async Task Each_export_is_logged_under_the_next_number_also_beside_a_version_of_the_hub_that_notes_none()
    {
        await using var town = await Town.OpenAsync(azurite);
        Task TakeAsync() => town.Get<Notices>().TakeAsync(Town.Site, Day, Day.AddDays(1), new Actor("Alix", "alix"), CancellationToken.None);
        Task LogAsync(int seq) => town.Table.AddEntityAsync(new TableEntity(Town.Site, Keys.Log("exports", seq)) { ["What"] = "notices-exported" }, TestContext.Current.CancellationToken);
        async Task<IEnumerable<string>> KeysAsync() => (await town.RowsAsync()).Select(row => row.RowKey).Where(key => key.StartsWith("l.exports.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        await LogAsync(0);
        await TakeAsync();
        await LogAsync(2);
        await LogAsync(3);
        await Task.WhenAll(TakeAsync(), TakeAsync());
        Assert.Equal(Enumerable.Range(0, 6).Select(seq => Keys.Log("exports", seq)), await KeysAsync());
        // What is behind the number that is noted is not read again, however long ago it began.
        await town.Table.DeleteEntityAsync(Town.Site, Keys.Log("exports", 0), cancellationToken: TestContext.Current.CancellationToken);
        await TakeAsync();
        Assert.Equal(Enumerable.Range(1, 6).Select(seq => Keys.Log("exports", seq)), await KeysAsync());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_delay_of_what_people_decide_is_told_alone_beside_that_of_all_decisions()
    {
        var (a, b, c, d) = (Id(0), Id(1), Id(2), Id(3));
        var figures = Count(
            Row(0, a, "received"), Row(1, a, "published", who: "rules"), Row(1, b, "received"), Row(2, b, "rejected", "advertising", who: "rules"),
            Row(2, c, "received"), Row(62, c, "published"), Row(3, d, "received"), Row(123, d, "rejected", "insult"),
            // What the rules decided first stays theirs, whoever decides after an objection.
            Row(200, b, "objected", round: 1), Row(300, b, "published", subject: "objection", round: 1));
        Assert.Equal((4, 1, 120), (figures.Decided, figures.MedianMinutes, figures.P90Minutes));
        Assert.Equal((2, 60, 120), (figures.DecidedByPeople, figures.PeopleMedianMinutes, figures.PeopleP90Minutes));
        Assert.Equal((0, null, null), (Count().DecidedByPeople, Count().PeopleMedianMinutes, Count().PeopleP90Minutes));

        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("La fête était belle.");
        var page = new HtmlParser().ParseDocument(await hub.Client.GetStringAsync("api/v1/transparency.html", TestContext.Current.CancellationToken));
        var heads = page.QuerySelectorAll("table")[0].QuerySelectorAll("thead th").Select(head => head.TextContent).ToList();
        var cells = page.QuerySelectorAll("table")[0].QuerySelector("tbody tr")!.Children.Select(cell => cell.TextContent).ToList();
        Assert.Equal(("1 min", "0", "aucune décision", "aucune décision"), (cells[heads.IndexOf("Délai médian")], cells[heads.IndexOf("Décidés d’abord par une personne")], cells[heads.IndexOf("Délai médian, personnes seules")], cells[heads.IndexOf("Neuf sur dix, personnes seules : au plus")]));
        using var json = JsonDocument.Parse(await hub.Client.GetStringAsync("api/v1/transparency", TestContext.Current.CancellationToken));
        Assert.Equal(0, json.RootElement.GetProperty("sites")[0].GetProperty("months")[0].GetProperty("decidedByPeople").GetInt32());
        Assert.Contains(",medianMinutes,p90Minutes,decidedByPeople,peopleMedianMinutes,peopleP90Minutes,expired,reportsDecided,reportMedianMinutes,reportP90Minutes\r\n", await hub.Client.GetStringAsync("api/v1/transparency.csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_month_that_an_older_hub_stored_keeps_what_it_told_and_gets_what_it_did_not_count()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync("La fête était belle.")).Comment.Id;
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(10));
        await town.Table.AddEntityAsync(new TableEntity(Town.Site, Keys.Month("2026-11")) { ["Figures"] = """{"month":"2026-11","received":7,"published":6,"refused":{},"refusedByRules":0,"refusedChanges":0,"withdrawn":0,"reports":0,"legalNotices":0,"objections":0,"reversed":0,"upheld":0,"byAnother":0,"decided":7,"medianMinutes":3,"p90Minutes":9}""" }, TestContext.Current.CancellationToken);
        for (var hub = 0; hub < 2; hub++)
        {
            var month = Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months[1];
            Assert.Equal((7, 6, 3, 1), (month.Received, month.Published, month.MedianMinutes, month.DecidedByPeople));
            Assert.Equal((0, 0), (month.Expired, month.ReportsDecided));
        }

        Assert.Contains("decidedByPeople", Assert.Single(await town.RowsAsync(), row => row.RowKey == "y.2026-11").GetString("Figures"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "aucune décision")]
    [InlineData(119, "119 min")]
    [InlineData(120, "2 h")]
    [InlineData(121, "3 h")]
    [InlineData(179, "3 h")]
    [InlineData(2_880, "2 jours")]
    [InlineData(4_319, "3 jours")]
    public void No_delay_is_told_shorter_than_it_was(int? minutes, string words) => Assert.Equal(words, TransparencyPage.Delay(minutes).French);

    [Fact]
    public async Task What_became_of_a_notice_is_what_was_decided_last_about_it()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, "203.0.113.7", new ReaderNotice("Faux.", null), CancellationToken.None)).Succeeded);
        async Task<string?> OutcomeAsync() => Assert.Single(await town.Get<Notices>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddDays(1), CancellationToken.None)).Outcome;
        Assert.Null(await OutcomeAsync());
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish, DecisionSubject.Report)).Succeeded);
        Assert.Equal("kept", await OutcomeAsync());
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, (await town.FindAsync(id.Value))!.Round, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.Null(await OutcomeAsync());
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject)).Succeeded);
        Assert.Equal("removed", await OutcomeAsync());
        // What the author says of that is another matter.
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, Key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish, DecisionSubject.Objection, "Sacha")).Succeeded);
        Assert.Equal("removed", await OutcomeAsync());
        Assert.Empty(await town.Get<Notices>().OfAsync(Town.Site, town.Time.Start.AddDays(-2), town.Time.Start, CancellationToken.None));
    }

    [Fact]
    public async Task Anyone_reads_the_figures_and_moderators_alone_the_statements_in_which_nothing_is_of_the_author()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        using var sent = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, JsonSerializer.Serialize(new { page = Town.Page, text = "Bande d’incapables", name = "Camille", email = "camille@exemple.fr", authorKey = Key }), ("Origin", Town.Origin));
        var id = JsonDocument.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetString()!;
        await Patience.UntilAsync("it is held", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken) is { State: CommentState.Held });
        var moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));
        using var decided = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", """{"decision":"reject","reason":"insult","revision":0,"round":0}""", moderator);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);

        using var figures = await hub.SendAsync(HttpMethod.Get, "api/v1/transparency", null);
        var month = JsonDocument.Parse(await figures.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("sites")[0].GetProperty("months")[0];
        Assert.Equal((1, 1, 0), (month.GetProperty("received").GetInt32(), month.GetProperty("refused").GetProperty("insult").GetInt32(), month.GetProperty("published").GetInt32()));
        using var again = await hub.SendAsync(HttpMethod.Get, "api/v1/transparency", null, ("If-None-Match", figures.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Contains(",1,0,1,1,", await hub.Client.GetStringAsync("api/v1/transparency.csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(await hub.Client.GetStringAsync("api/v1/transparency.html", TestContext.Current.CancellationToken));
        Assert.Equal(["Commentaires reçus et décisions", "Refus par motif"], page.QuerySelectorAll("caption").Select(caption => caption.TextContent));
        Assert.All(page.QuerySelectorAll("th"), head => Assert.True(head.HasAttribute("scope")));

        var year = TimeProvider.System.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture);
        var period = $"site={Town.Site}&from={year}-01-01&to={year}-12-31";
        using var statements = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/statements?{period}", null, moderator);
        var body = await statements.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var statement = Assert.Single(JsonDocument.Parse(body).RootElement.GetProperty("statements").EnumerateArray());
        Assert.Equal(("not-published", "insult", "2", 1, false), (statement.GetProperty("decision").GetString(), statement.GetProperty("reason").GetString(), statement.GetProperty("article").GetString(), statement.GetProperty("version").GetInt32(), statement.GetProperty("automated").GetBoolean()));
        using var csv = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/statements.csv?{period}", null, moderator);
        var table = await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, table.TrimEnd().Split("\r\n").Length);
        Assert.All([body, table], text => Assert.All(["Camille", "camille@exemple.fr", "incapables", Key], hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal)));
        foreach (var (query, status) in new[] { ($"site=other&from={year}-01-01&to={year}-12-31", HttpStatusCode.NotFound), ($"site={Town.Site}&from=2024-01-01&to=2026-01-01", HttpStatusCode.BadRequest), ($"site={Town.Site}&from=today", HttpStatusCode.BadRequest) })
        {
            using var wrong = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/statements?{query}", null, moderator);
            Assert.Equal(status, wrong.StatusCode);
        }
    }

    [Fact]
    public async Task A_statement_tells_what_an_objection_made_of_the_refusal()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var comment = (await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment;
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse(comment.Id), Key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        var given = Assert.Single(await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddDays(1), CancellationToken.None));
        Assert.Equal(("reversed", false, "insult"), (given.Outcome, given.Statement.OnNotice, given.Statement.Reason));
    }

    [Fact]
    public async Task What_was_reported_is_accounted_for_also_once_its_author_took_the_comment_back_and_without_who_reported()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), "203.0.113.1", new ReaderNotice("Diffamation", "lise@exemple.fr") { Kind = NoticeKind.Illegal, Name = "Lise", GoodFaith = true }, CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, CommentId.Parse(id), Key, CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var given = Assert.Single(await OfAllAsync());
        Assert.Equal(("withdrawn", NoticeKind.Illegal, "Diffamation", true), (given.Outcome, given.Notice.Kind, given.Notice.Reason, given.Notice.GoodFaith));
        // Nothing is left to be decided that anybody could be told.
        Assert.Equal((null, null), (given.Notice.Name, given.Notice.Email));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.Any(property => property.Value is string value && value.Contains("Lise", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(1, Assert.Single((await town.Get<Transparency>().ReadAsync(CancellationToken.None))[0].Months).LegalNotices);
        await CommentsInvariants.CheckAsync(town);

        // It goes with the comment.
        town.Time.Advance(TimeSpan.FromDays(185));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        await town.SettleAsync();
        Assert.Empty(await OfAllAsync());

        Task<IReadOnlyList<GivenNotice>> OfAllAsync() => town.Get<Notices>().OfAsync(Town.Site, town.Time.Start, town.Time.Start.AddDays(2), CancellationToken.None);
    }

    private static string Id(int minute) => CommentId.New("aaaaaaaaaaaa", Day.AddMinutes(minute)).Value;

    private static MonthFigures Count(params IEnumerable<TableEntity> rows)
    {
        var count = new MonthCount();
        foreach (var row in rows.OrderBy(row => row.RowKey, StringComparer.Ordinal))
            count.Add(new Moment(row));
        return count.ToFigures("2026-11");
    }

    private static TableEntity Asked(TableEntity held, int until)
    {
        held["AskedUntil"] = Day.AddMinutes(until);
        return held;
    }

    private static TableEntity Row(int minute, string id, string what, string? why = null, string who = "Alix", string? subject = null, int round = 0, string? kind = null, string? hearing = null) =>
        new("ville", Keys.Moment(Day.AddMinutes(minute), id, minute)) { ["What"] = what, ["Why"] = why, ["Who"] = who, ["Round"] = round, ["Subject"] = subject, ["Kind"] = kind, ["Hearing"] = hearing };
}
