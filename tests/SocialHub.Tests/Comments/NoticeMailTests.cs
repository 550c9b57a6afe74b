using MimeKit;
using SmtpServer.Protocol;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>What a reader who left an address with a report hears, of a real SMTP server.</summary>
public sealed class NoticeMailTests(AzuriteFixture azurite)
{
    private const string Text = "Quand rouvre la piscine ?";
    private const string Arrived = "Votre signalement est bien arrivé";
    private const string DecidedOn = "Une décision a été prise sur votre signalement";
    private static readonly Actor Alix = new("Alix", "alix");
    private readonly Channels _channels = new();

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_reports_hears_that_it_arrived_and_what_was_decided_and_whoever_left_no_address_hears_nothing()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town);
        await ReportAsync(town, id, "lise@exemple.fr");
        await ReportAsync(town, id, null);
        await LaterAsync(town);
        var receipt = Assert.Single(server.Received);
        Assert.Equal((Arrived, "lise@exemple.fr"), (receipt.Subject, receipt.To.Mailboxes.Single().Address));
        Assert.Contains($"{Town.Page}#sh-{id}", receipt.TextBody, StringComparison.Ordinal);
        Assert.True((await DecideAsync(town, id, DecisionChoice.Reject)).Succeeded);
        await LaterAsync(town);
        var decided = Assert.Single(server.Received.Skip(1));
        Assert.Equal(DecidedOn, decided.Subject);
        Assert.All(["le commentaire n’est plus public", "Motif : Insulte ou attaque personnelle.", "Arcom", "saisir la justice", "/unsubscribe/"], part => Assert.Contains(part, decided.TextBody, StringComparison.Ordinal));
        Assert.All(server.Received, mail =>
        {
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
            Assert.All(["piscine", "déplacés", "Camille"], hidden => Assert.DoesNotContain(hidden, mail.TextBody, StringComparison.Ordinal));
        });
        await LaterAsync(town);
        Assert.Equal(2, server.Received.Count);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_decision_that_is_taken_back_is_told_to_nobody_and_the_one_that_follows_is()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town);
        await ReportAsync(town, id, "lise@exemple.fr");
        await LaterAsync(town);
        Assert.True((await DecideAsync(town, id, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(id), (await town.FindAsync(id))!.Round, null, Alix, CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal([Arrived], server.Received.Select(mail => mail.Subject));
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        Assert.Contains("le commentaire reste public", Assert.Single(server.Received.Skip(1)).TextBody, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Of_many_who_report_each_is_told_once_however_often_the_server_fails_and_whoever_reports_meanwhile_too()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town);
        server.Deferred["full@exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        foreach (var name in new[] { "anne", "full", "zoe" })
            await ReportAsync(town, id, name + "@exemple.fr");
        town.Time.Advance(TimeSpan.FromMinutes(2));
        server.Meanwhile = async _ =>
        {
            server.Meanwhile = null;
            await ReportAsync(town, id, "late@exemple.fr");
        };
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Notice));
        server.Deferred.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Notice));
        await LaterAsync(town);
        Assert.Equal(["anne", "full", "late", "zoe"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address.Split('@')[0]).Order(StringComparer.Ordinal));
        Assert.True((await DecideAsync(town, id, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(8, server.Received.Count);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_unsubscribed_and_whose_address_was_forgotten_or_whose_report_went_with_the_comment_hears_nothing()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town, Key);
        await ReportAsync(town, id, "lise@exemple.fr");
        await LaterAsync(town);
        var link = new Uri(Assert.Single(server.Received).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>'));
        Assert.True(await town.Get<CitizenMails>().UnsubscribeAsync(Town.Site, link.Segments[^1], CancellationToken.None));
        await ReportAsync(town, id, "anne@exemple.fr");
        await LaterAsync(town);
        town.Time.Advance(TimeSpan.FromDays(31));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.Any(property => property.Value is string value && value.Contains("anne@", StringComparison.Ordinal)));
        await ReportAsync(town, id, "gone@exemple.fr");
        Assert.True((await DecideAsync(town, id, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, CommentId.Parse(id), Key, CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(["lise@exemple.fr", "anne@exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_reports_one_comment_again_and_again_hears_of_a_decision_once()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town);
        foreach (var email in new[] { "lise@exemple.fr", "Lise@exemple.fr", "lise+1@exemple.fr", "anne@exemple.fr" })
            await ReportAsync(town, id, email);
        Assert.True((await DecideAsync(town, id, DecisionChoice.Reject)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(2, server.Received.Count(mail => mail.Subject == DecidedOn));
        Assert.All((await town.RowsAsync()).Where(row => row.RowKey.StartsWith("r.", StringComparison.Ordinal)), row => Assert.Equal("told", row.GetString("Told")));
        // Nobody hears that it arrived after it was decided.
        Assert.DoesNotContain(server.Received.SkipWhile(mail => mail.Subject != DecidedOn), mail => mail.Subject == Arrived);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_an_objection_reversed_is_told_to_whoever_heard_otherwise_and_what_waits_again_is_told_to_nobody()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town, Key);
        await ReportAsync(town, id, "lise@exemple.fr");
        await LaterAsync(town);
        Assert.True((await DecideAsync(town, id, DecisionChoice.Reject)).Succeeded);
        await LaterAsync(town);
        Assert.Contains("n’est plus public", server.Received.Last().TextBody, StringComparison.Ordinal);
        await ObjectAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        await LaterAsync(town);
        Assert.Equal(3, server.Received.Count);
        Assert.Contains("le commentaire reste public", server.Received.Last().TextBody, StringComparison.Ordinal);

        // Refused again, and objected to before that was told: the outcome is told, once.
        await ReportAsync(town, id, "anne@exemple.fr");
        await LaterAsync(town);
        var before = server.Received.Count;
        Assert.True((await DecideAsync(town, id, DecisionChoice.Reject)).Succeeded);
        await ObjectAsync();
        await LaterAsync(town);
        Assert.Equal(before, server.Received.Count);
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Reject, DecisionSubject.Objection, "Dominique")).Succeeded);
        await LaterAsync(town);
        Assert.Equal(["anne@exemple.fr"], server.Received.Skip(before).Select(mail => mail.To.Mailboxes.Single().Address));
        await CommentsInvariants.CheckAsync(town);

        async Task ObjectAsync() => Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse(id), Key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task That_a_report_which_names_the_law_arrived_is_told_each_time_and_of_a_second_one_a_day_later()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        for (var time = 0; time < 2; time++)
        {
            var id = await PublishedAsync(town);
            Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), $"203.0.113.{time}", new ReaderNotice("Contraire à la loi", "lise@exemple.fr") { Kind = NoticeKind.Illegal, Name = "Lise", GoodFaith = true }, CancellationToken.None)).Succeeded);
        }

        await OnceAsync(town, TimeSpan.FromMinutes(2));
        Assert.Single(server.Received);
        await OnceAsync(town, TimeSpan.FromHours(1));
        Assert.Single(server.Received);
        await OnceAsync(town, TimeSpan.FromHours(24));
        Assert.Equal([Arrived, Arrived], server.Received.Select(mail => mail.Subject));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_reports_late_has_three_days_of_their_own()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = await PublishedAsync(town);
        foreach (var name in new[] { "lise", "anne" })
            server.Deferred[name + "@exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        await ReportAsync(town, id, "lise@exemple.fr");
        await OnceAsync(town, TimeSpan.FromMinutes(2));
        town.Time.Advance(TimeSpan.FromDays(2.9));
        await ReportAsync(town, id, "anne@exemple.fr");
        await OnceAsync(town, TimeSpan.FromDays(0.2));
        server.Deferred.Clear();
        await OnceAsync(town, TimeSpan.FromHours(1));
        Assert.Equal("anne@exemple.fr", Assert.Single(server.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_address_that_was_left_with_a_report_stands_in_no_public_answer()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync(Text);
        using var reported = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", """{"reason":"Faux","email":"lise@exemple.fr"}""", ("Origin", Town.Origin));
        Assert.True(reported.IsSuccessStatusCode);
        using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", """{"authorKey":"AAAAAAAAAAAAAAAAAAAAAA"}""", ("Origin", Town.Origin));
        var thread = await hub.Client.GetStringAsync($"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}", TestContext.Current.CancellationToken);
        Assert.All([await reported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await view.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), thread], body => Assert.DoesNotContain("lise@", body, StringComparison.Ordinal));
        Assert.Contains(id, thread, StringComparison.Ordinal);
    }

    private static async Task<string> PublishedAsync(Town town, string? key = null)
    {
        var id = (await town.WriteAsync(Text, authorKey: key)).Comment.Id;
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        return id;
    }

    private static async Task ReportAsync(Town town, string id, string? email) =>
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), $"203.0.113.{Random.Shared.Next(250)}.{Random.Shared.Next(1000)}", new ReaderNotice("Propos déplacés", email), CancellationToken.None)).Succeeded);

    private static async Task<Answer<CommentRow>> DecideAsync(Town town, string id, DecisionChoice choice) => await town.DecideAsync((await town.FindAsync(id))!, choice, DecisionSubject.Report);

    private static async Task OnceAsync(Town town, TimeSpan after)
    {
        town.Time.Advance(after);
        foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Due <= town.Time.GetUtcNow() && row.Queue == Queues.MailSend).ToList())
            await town.WorkAsync(row);
    }

    private static async Task LaterAsync(Town town)
    {
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        await town.SettleAsync();
    }
}
