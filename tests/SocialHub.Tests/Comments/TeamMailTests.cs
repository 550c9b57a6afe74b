using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
using SmtpServer.Protocol;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Operations;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>The second channel of the team: mail, handed to a real SMTP server.</summary>
public sealed partial class TeamMailTests(AzuriteFixture azurite)
{
    private const string Threat = "Je vais te tuer, le maire.";
    private const string Calm = "Quand rouvre la piscine ?";
    private readonly Channels _channels = new();

    [Fact]
    public async Task That_a_debate_turned_comes_by_mail_at_once_with_three_links_of_ones_own_to_who_is_on_call()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        var mail = Assert.Single(server.Received, mail => mail.Subject == "Une menace a été écrite");
        Assert.Equal("alix@saint-exemple.fr", mail.To.Mailboxes.Single().Address);
        Assert.Equal(["hold", "close", "leave"], Links().Matches(mail.TextBody!).Select(link => link.Groups["choice"].Value));
        var token = town.Get<DecisionTokens>().Read(Links().Match(mail.TextBody!).Groups["token"].Value).Token!;
        Assert.Equal((DecisionSubject.Thread, Keys.Page(Town.Page), 1, Keys.Hash("alix@saint-exemple.fr", 12)), (token.Subject, token.Id, token.Round, token.Person));
        Assert.Contains("17", mail.TextBody, StringComparison.Ordinal);
        HoldsNothingOfCitizens(mail);
        Assert.Contains("mailed", await LogAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("run", "thorough")]
    public async Task A_threat_itself_comes_by_mail_at_once_on_a_sunday_where_there_is_no_channel_or_none_takes_it_and_what_is_no_threat_waits(bool hasChannel)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = hasChannel ? await OpenAsync(server.Port, "TEAMS") : await OpenAsync(server.Port);
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        var sunday = new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);
        town.Time.Advance(sunday - town.Time.GetUtcNow());
        await JudgedAsync(town, Threat);
        await WorkOnCardsAsync(hasChannel);
        var mail = Assert.Single(server.Received, mail => mail.Subject == "Un commentaire attend une décision");
        Assert.Equal("alix@saint-exemple.fr", mail.To.Mailboxes.Single().Address);
        Assert.Equal(DecisionSubject.Comment, town.Get<DecisionTokens>().Read(Token().Match(mail.TextBody!).Groups["token"].Value).Token!.Subject);
        HoldsNothingOfCitizens(mail);

        await JudgedAsync(town, Calm);
        await WorkOnCardsAsync(hasChannel);
        Assert.Single(server.Received, mail => mail.Subject == "Un commentaire attend une décision");
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero), (await town.PromiseAsync(DueKinds.Mail)).Due);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);

        // Where there is a channel it has a quarter of an hour to take the card.
        async Task WorkOnCardsAsync(bool isLate)
        {
            foreach (var (kind, wait) in new[] { (DueKinds.Card, isLate ? TimeSpan.FromMinutes(16) : TimeSpan.Zero), (DueKinds.Card, TimeSpan.Zero), (DueKinds.Mail, TimeSpan.Zero) })
            {
                foreach (var due in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Kind == kind && row.Due <= town.Time.GetUtcNow()).ToList())
                    await town.WorkAsync(due);
                town.Time.Advance(wait);
            }
        }
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("withdrawn")]
    [InlineData("erased")]
    [InlineData("reworded")]
    [Trait("run", "thorough")]
    public async Task A_threat_that_comes_after_the_one_that_was_told_of_was_dealt_with_comes_by_mail_at_once_too(string how)
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        var id = CommentId.Parse((await town.WriteAsync(Threat, authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        // As long as the first one waits, it is alarm enough for the debate; the next comes by its own mail, at once.
        await town.WriteAsync("On va te crever, le maire.");
        await town.SettleAsync();
        Assert.Equal((1, 2), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));

        var first = (await town.FindAsync(id.Value))!;
        Assert.True(how switch
        {
            "refused" => (await town.DecideAsync(first, DecisionChoice.Reject)).Succeeded,
            "withdrawn" => (await town.Get<AuthorActions>().WithdrawAsync(Town.Site, id, Key, CancellationToken.None)).Succeeded,
            "erased" => (await town.Get<CommentErasure>().EraseAsync(Town.Site, id, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded,
            _ => (await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, Calm, 0, "", CancellationToken.None)).Succeeded,
        });
        await town.SettleAsync();
        // What somebody does about the first one tells nobody anything.
        Assert.Equal((1, 2), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));
        // The team was told long enough ago to be told again.
        town.Time.Advance(TimeSpan.FromMinutes(11));
        await town.WriteAsync("Je vais te tuer, maire.");
        await town.SettleAsync();
        Assert.Equal((2, 3), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));
        await town.WriteAsync("On va te tuer, maire.");
        await town.SettleAsync();
        Assert.Equal((2, 4), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);

        int Mails(string subject) => server.Received.Count(mail => mail.Subject == subject);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_takes_a_threat_back_and_writes_the_next_has_the_debate_told_once_in_ten_minutes_and_each_threat_by_a_mail_of_its_own()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        for (var threat = 1; threat <= 3; threat++)
        {
            var id = CommentId.Parse((await town.WriteAsync(Threat + new string('!', threat), authorKey: Key)).Comment.Id);
            await town.SettleAsync();
            Assert.Equal((1, threat), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));
            Assert.True((await town.Get<AuthorActions>().WithdrawAsync(Town.Site, id, Key, CancellationToken.None)).Succeeded);
            await town.SettleAsync();
        }

        await CommentsInvariants.CheckAsync(town, isAtRest: false);

        int Mails(string subject) => server.Received.Count(mail => mail.Subject == subject);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_threat_that_was_refused_at_once_keeps_none_that_waits_from_being_told_at_night()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await JudgedAsync(town, Calm);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, CommentPolicy.APosteriori, RejectAtOnce: ["threat"]), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        Assert.Equal(CommentState.Rejected, (await JudgedAsync(town, Threat)).State);
        await town.SettleAsync();
        Assert.Equal(0, Mails("Un commentaire attend une décision"));
        town.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, "Prépare ton cercueil, le maire.")).State);
        await town.SettleAsync();
        Assert.Equal((2, 1), (Mails("Une menace a été écrite"), Mails("Un commentaire attend une décision")));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);

        int Mails(string subject) => server.Received.Count(mail => mail.Subject == subject);
    }

    [Fact]
    public async Task An_alarm_that_nobody_answers_comes_again_to_all_of_the_team_also_to_who_is_not_on_duty()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.Equal("alix@saint-exemple.fr", Assert.Single(server.Received).To.Mailboxes.Single().Address);
        town.Time.Advance(TimeSpan.FromMinutes(31));
        await town.SettleAsync();
        var again = server.Received.Where(mail => mail.Subject == "Une menace attend toujours une décision (rappel)").ToList();
        Assert.Equal(["alix@saint-exemple.fr", "camille@saint-exemple.fr"], again.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
        Assert.All(again, mail => Assert.Equal(["hold", "close", "leave"], Links().Matches(mail.TextBody!).Select(link => link.Groups["choice"].Value)));
        Assert.All(again, HoldsNothingOfCitizens);
        Assert.Equal(3, server.Received.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task The_mail_of_an_alarm_holds_the_steps_the_ready_answers_and_a_link_to_the_evidence_where_the_step_speaks_of_it()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        var text = server.Received.First().TextBody!.ReplaceLineEndings("\n");
        Assert.Contains("téléchargez d’abord le dossier de preuves", text, StringComparison.Ordinal);
        Assert.Contains($"Commentaires et dossier de preuves\nhttps://hub.example/moderation#thread={Town.Site}.{Keys.Page(Town.Page)}", text, StringComparison.Ordinal);
        Assert.Contains("Rappel des règles\n\n> Bonjour à toutes et à tous.", text, StringComparison.Ordinal);
    }

    [Theory]
    // Who refused alone is on duty: everybody else hears of the objection. Who is known by a key of their name, as well.
    [InlineData("Camille", "link:", "alix@saint-exemple.fr")]
    [InlineData("Camille", "", "alix@saint-exemple.fr")]
    [InlineData("Alix", "link:", "camille@saint-exemple.fr")]
    [InlineData("Dominique", "dominique", "camille@saint-exemple.fr")]
    public async Task An_objection_comes_by_mail_to_others_than_who_refused(string name, string id, string told)
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        var refuser = new Actor(name, id == "link:" ? id + Keys.Hash($"{name.ToLowerInvariant()}@saint-exemple.fr", 12) : id.Length == 0 ? null : id);
        var written = CommentId.Parse((await town.WriteAsync(Calm, authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        var refused = await town.Get<CommentDecisions>().DecideAsync(Town.Site, written, new CommentDecision(DecisionSubject.Comment, 0, 0, 0, DecisionChoice.Reject, "off-topic", refuser), CancellationToken.None);
        Assert.True(refused.Succeeded, refused.Problem?.Detail);
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, written, Key, "Je ne vois pas pourquoi.", "203.0.113.7", CancellationToken.None)).Succeeded);
        var before = server.Received.Count;
        // Tuesday morning: Camille alone is there.
        await town.SettleAsync();
        Assert.Equal(told, Assert.Single(server.Received.Skip(before), mail => mail.Subject == "Un auteur conteste un refus").To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Of_a_threat_on_a_page_that_is_closed_the_mail_has_no_link_that_could_do_nothing()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        const string key = "AAAAAAAAAAAAAAAAAAAAAA";
        var id = CommentId.Parse((await town.WriteAsync("Merci pour le marché.", authorKey: key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, key, Threat, 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var mail = Assert.Single(server.Received, mail => mail.Subject == "Une menace a été écrite" && mail.To.Mailboxes.Single().Address == "alix@saint-exemple.fr");
        Assert.Empty(Links().Matches(mail.TextBody!));
        Assert.Contains("La page est fermée", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/moderation#thread={Town.Site}.{Keys.Page(Town.Page)}", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_about_a_debate_that_somebody_decided_about_is_not_sent_any_more()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        Assert.True((await town.Get<Debates>().DecideAsync(Town.Site, Keys.Page(Town.Page), 1, Debates.Leave, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.DoesNotContain(server.Received, mail => mail.Subject == "Une menace a été écrite");
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_dead_server_stops_nothing_the_mail_waits_shows_in_health_and_comes_when_the_server_is_back()
    {
        var port = MailServer.FreePort();
        await using var town = await OpenAsync(port, "TEAMS");
        var comment = await JudgedAsync(town, Threat);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Turned));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        Assert.Equal((0, null), (due.Attempts, due.BusyUntil));
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Reject)).Succeeded);
        town.Time.Advance(TimeSpan.FromMinutes(20));
        var health = await town.Get<ModerationHealth>().AskAsync(CancellationToken.None);
        Assert.Equal((false, "set", 1, "not-connected"), (health.IsHealthy, (string)health.Details["mail"]!["server"]!, (int)health.Details["mail"]!["failing"]!, (string)health.Details["mail"]!["failure"]!));
        Assert.DoesNotContain("127.0.0.1", health.Details.ToJsonString(), StringComparison.Ordinal);
        await using var server = await MailServer.StartAsync(port: port);
        await town.WorkAsync(due);
        Assert.Equal(["alix@saint-exemple.fr", "camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.Contains($".{DueKinds.TurnedMail}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_whose_answer_was_lost_comes_again_under_the_same_message_id()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        // It has kept it, and says that it has not.
        server.Instead = new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "lost");
        for (var round = 0; round < 2; round++)
            await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        Assert.Equal(2, server.Received.Count(mail => mail.To.Mailboxes.Single().Address == "alix@saint-exemple.fr"));
        Assert.Single(server.Received.Where(mail => mail.To.Mailboxes.Single().Address == "alix@saint-exemple.fr").Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_is_refused_for_good_keeps_nobody_else_from_it_and_nobody_gets_it_twice()
    {
        await using var server = await MailServer.StartAsync();
        server.Refused["alix@saint-exemple.fr"] = true;
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.Equal(["camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task Who_cannot_be_reached_at_this_moment_keeps_nobody_else_from_it_and_gets_it_later_alone()
    {
        await using var server = await MailServer.StartAsync();
        server.Deferred["alix@saint-exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        Assert.Equal(["camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        server.Deferred.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        Assert.Equal(["camille@saint-exemple.fr", "alix@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.Contains("mailed", await LogAsync(town));
    }

    [Fact]
    public async Task Whoever_is_never_reached_is_given_up_after_three_days_and_the_others_have_it()
    {
        await using var server = await MailServer.StartAsync();
        server.Deferred["alix@saint-exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        await town.WorkAsync(due);
        town.Time.Advance(TimeSpan.FromDays(3));
        await town.WorkAsync(due);
        Assert.Equal(["camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.Contains($".{DueKinds.TurnedMail}.", StringComparison.Ordinal));
        Assert.Contains("mailed", await LogAsync(town));
    }

    [Fact]
    public async Task An_alarm_that_the_server_refuses_for_everybody_is_tried_again_shows_in_health_and_was_never_mailed()
    {
        await using var server = await MailServer.StartAsync();
        // Many servers refuse the sender no sooner than at the recipient.
        server.Refused["alix@saint-exemple.fr"] = server.Refused["camille@saint-exemple.fr"] = true;
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        await town.WorkAsync(due);
        Assert.DoesNotContain("mailed", await LogAsync(town));
        town.Time.Advance(TimeSpan.FromMinutes(20));
        var health = await town.Get<ModerationHealth>().AskAsync(CancellationToken.None);
        Assert.Equal((false, "550"), (health.IsHealthy, (string?)health.Details["mail"]!["failure"]));
        town.Time.Advance(TimeSpan.FromDays(3));
        await town.WorkAsync(due);
        Assert.Contains("mail-refused", await LogAsync(town));
        Assert.DoesNotContain("mailed", await LogAsync(town));
    }

    [Fact]
    public async Task A_server_that_refused_everybody_and_takes_mails_again_brings_it_to_all()
    {
        await using var server = await MailServer.StartAsync();
        server.Refused["alix@saint-exemple.fr"] = server.Refused["camille@saint-exemple.fr"] = true;
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        server.Refused.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.TurnedMail));
        Assert.Equal(["alix@saint-exemple.fr", "camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.Contains("mailed", await LogAsync(town));
    }

    [Fact]
    public async Task However_slowly_somebody_is_refused_nobody_else_is_sent_it_by_a_second_worker()
    {
        await using var server = await MailServer.StartAsync();
        server.Deferred["alix@saint-exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        server.Meanwhile = async address =>
        {
            town.Time.Advance(TimeSpan.FromSeconds(80));
            if (!address.StartsWith("camille", StringComparison.Ordinal))
                return;
            server.Meanwhile = null;
            await town.WorkAsync(due);
        };
        await town.WorkAsync(due);
        Assert.Equal("camille@saint-exemple.fr", Assert.Single(server.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_reminder_goes_by_mail_to_all_though_one_mailbox_has_not_taken_the_mail_of_the_day_before()
    {
        await using var server = await MailServer.StartAsync();
        server.Deferred["full@saint-exemple.fr"] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        await using var town = await OpenAsync(server.Port);
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        using var written = JsonDocument.Parse("""{ "people": [{ "name": "Full", "email": "full@saint-exemple.fr" }, { "name": "Camille", "email": "camille@saint-exemple.fr" }] }""");
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written.RootElement, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
        await JudgedAsync(town, Calm);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Mail));
        Assert.Single(server.Received);
        town.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reminder));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Mail));
        Assert.Equal(["camille@saint-exemple.fr", "camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task As_long_as_no_channel_takes_a_card_a_mail_tells_of_what_waits_each_day()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.NotFound;
        await JudgedAsync(town, Calm);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        town.Time.Advance(TimeSpan.FromMinutes(16));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Mail));
        town.Time.Advance(TimeSpan.FromHours(24));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        town.Time.Advance(TimeSpan.FromMinutes(16));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reminder));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Mail));
        Assert.Equal(2, server.Received.Count);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task However_slow_the_server_is_nobody_is_sent_it_by_a_second_worker_whose_turn_came_meanwhile()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Threat);
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        server.Meanwhile = async address =>
        {
            town.Time.Advance(TimeSpan.FromSeconds(80));
            if (!address.StartsWith("camille", StringComparison.Ordinal))
                return;
            // The claim of the first mail would be over by now.
            server.Meanwhile = null;
            await town.WorkAsync(due);
        };
        await town.WorkAsync(due);
        Assert.Equal(["alix@saint-exemple.fr", "camille@saint-exemple.fr"], server.Received.Select(mail => mail.To.Mailboxes.Single().Address));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_is_for_the_morning_and_failed_by_day_is_not_sent_at_night()
    {
        var port = MailServer.FreePort();
        await using var town = await OpenAsync(port);
        await JudgedAsync(town, Calm);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        var due = await town.PromiseAsync(DueKinds.Mail);
        await town.WorkAsync(due);
        await using var server = await MailServer.StartAsync(port: port);
        // Tuesday, 23:00 in Paris.
        town.Time.Advance(new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await town.WorkAsync(due);
        Assert.Empty(server.Received);
        // It is late in the morning, not all night.
        due = await town.PromiseAsync(DueKinds.Mail);
        Assert.Equal((new DateTimeOffset(2026, 11, 25, 7, 0, 0, TimeSpan.Zero), 0), (due.Due, due.Sent));
        Assert.True((await town.Get<ModerationHealth>().AskAsync(CancellationToken.None)).IsHealthy);
        town.Time.Advance(TimeSpan.FromHours(9.5));
        await town.WorkAsync(due);
        Assert.Equal("camille@saint-exemple.fr", Assert.Single(server.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task What_could_not_be_brought_for_three_days_is_given_up()
    {
        await using var town = await OpenAsync(MailServer.FreePort(), "TEAMS");
        await JudgedAsync(town, Threat);
        var due = await town.PromiseAsync(DueKinds.TurnedMail);
        town.Time.Advance(TimeSpan.FromDays(3));
        await town.WorkAsync(due);
        Assert.Contains("mail-given-up", await LogAsync(town));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_authority_without_a_channel_hears_by_mail_in_duty_hours_of_what_waits_and_decides_by_link()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        // Thursday, 21:00 in Paris.
        town.Time.Advance(new DateTimeOffset(2026, 11, 26, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        var comment = await JudgedAsync(town, Calm);
        await town.SettleAsync();
        Assert.Empty(server.Received);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 7, 0, 0, TimeSpan.Zero), (await town.PromiseAsync(DueKinds.Mail)).Due);
        town.Time.Advance(TimeSpan.FromHours(11.5));
        await town.SettleAsync();
        var mail = Assert.Single(server.Received);
        Assert.Equal(("Un commentaire attend une décision", "camille@saint-exemple.fr"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.DoesNotContain("Teams", mail.TextBody, StringComparison.Ordinal);
        HoldsNothingOfCitizens(mail);
        var token = town.Get<DecisionTokens>().Read(Token().Match(mail.TextBody!).Groups["token"].Value).Token!;
        Assert.Equal((comment.Id, DecisionSubject.Comment, 0, Keys.Hash("camille@saint-exemple.fr", 12)), (token.Id, token.Subject, token.Round, token.Person));
        await CommentsInvariants.CheckAsync(town);

        // A day later it still waits.
        town.Time.Advance(TimeSpan.FromHours(24));
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromDays(3));
        await town.SettleAsync();
        Assert.True(server.Received.Count >= 2);
        Assert.Equal(server.Received.Count, server.Received.Select(one => one.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish)).Succeeded);
        var before = server.Received.Count;
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.SettleAsync();
        Assert.Equal(before, server.Received.Count);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task What_was_decided_before_its_mail_went_is_mailed_to_nobody()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        var comment = await JudgedAsync(town, Calm);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        var due = await town.PromiseAsync(DueKinds.Mail);
        Assert.True((await town.DecideAsync(comment, DecisionChoice.Publish)).Succeeded);
        await town.WorkAsync(due);
        Assert.Empty(server.Received);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_card_that_no_channel_takes_goes_by_mail_once_and_is_still_tried()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        await JudgedAsync(town, Calm);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.Contains($".{DueKinds.Mail}.", StringComparison.Ordinal));
        for (var round = 0; round < 3; round++)
        {
            town.Time.Advance(TimeSpan.FromMinutes(16));
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
            // As if the process had died before it could note that the mail is promised.
            var card = Assert.Single(await town.RowsAsync((await town.PromiseAsync(DueKinds.Card)).Key));
            card.Remove("Mailed");
            await town.Table.UpdateEntityAsync(card, card.ETag, Azure.Data.Tables.TableUpdateMode.Replace, TestContext.Current.CancellationToken);
            foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Kind == DueKinds.Mail))
                await town.WorkAsync(row);
        }

        // Whoever reads it knows that the channel is dead, and can have it mended.
        Assert.Contains("une carte que le canal de l’équipe (Teams) n’a pas prise", Assert.Single(server.Received).TextBody, StringComparison.Ordinal);
        _channels.Statuses.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.Single(_channels.Taken);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_page_that_reopens_at_night_is_told_by_mail_in_the_morning()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        await JudgedAsync(town, Calm);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero)), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        town.Time.Advance(new DateTimeOffset(2026, 11, 25, 1, 0, 1, TimeSpan.Zero) - town.Time.GetUtcNow());
        await town.SettleAsync();
        Assert.DoesNotContain(server.Received, mail => mail.Subject == "Une page en attente vient de rouvrir");
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 7, 0, 0, TimeSpan.Zero), (await town.PromiseAsync(DueKinds.ReopenedMail)).Due);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Of_a_page_that_reopened_and_was_closed_before_it_could_be_told_nobody_hears_that_it_is_open(bool byClock, bool hasChannel)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = hasChannel ? await OpenAsync(server.Port, "TEAMS") : await OpenAsync(server.Port);
        await JudgedAsync(town, Calm);
        await town.SettleAsync();
        var before = _channels.Taken.Count;
        // Tuesday night: it reopens at two, and is closed at three in Paris.
        var night = new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, night, byClock ? night.AddHours(1) : null), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(night.AddSeconds(1) - town.Time.GetUtcNow());
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopen));
        await town.PromiseAsync(hasChannel ? DueKinds.Reopened : DueKinds.ReopenedMail);
        if (byClock)
        {
            town.Time.Advance(TimeSpan.FromHours(1.1));
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Thread));
        }
        else
        {
            Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        }

        town.Time.Advance(TimeSpan.FromHours(7));
        await town.SettleAsync();
        Assert.DoesNotContain(server.Received, mail => mail.Subject == "Une page en attente vient de rouvrir");
        Assert.DoesNotContain(_channels.Taken.Skip(before), taken => taken.Card.Contains("vient de rouvrir", StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task A_page_that_reopened_is_told_by_mail_once_where_no_channel_takes_its_card_and_the_card_is_still_tried()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port, "TEAMS");
        await JudgedAsync(town, Calm);
        await town.SettleAsync();
        var before = _channels.Taken.Count;
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, town.Time.GetUtcNow().AddHours(1)), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromHours(1.1));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopen));
        for (var round = 0; round < 3; round++)
        {
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopened));
            foreach (var mail in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Kind == DueKinds.ReopenedMail))
                await town.WorkAsync(mail);
            // A channel has a quarter of an hour to take it.
            Assert.Equal(round == 0 ? 0 : 1, server.Received.Count(mail => mail.Subject == "Une page en attente vient de rouvrir"));
            town.Time.Advance(TimeSpan.FromMinutes(16));
        }

        _channels.Statuses.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopened));
        Assert.Equal(before + 1, _channels.Taken.Count);
        Assert.Equal(["mail-instead", "mailed", "card-sent"], (await LogAsync(town)).TakeLast(3));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("run", "thorough")]
    public async Task A_card_about_a_page_that_reopened_is_not_tried_for_ever_where_the_channel_is_dead(bool isMailed)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = isMailed ? await OpenAsync(server.Port, "TEAMS") : await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await JudgedAsync(town, Calm);
        await town.SettleAsync();
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.NotFound;
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, town.Time.GetUtcNow().AddHours(1)), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromHours(1.1));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopen));
        // Told by mail, as long as any card is tried of which the team was told otherwise; else as long as a mail would be.
        foreach (var after in isMailed ? new[] { TimeSpan.FromMinutes(16), TimeSpan.FromHours(23) } : [TimeSpan.FromMinutes(16), TimeSpan.FromHours(70)])
        {
            town.Time.Advance(after);
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopened));
        }

        town.Time.Advance(TimeSpan.FromHours(4));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reopened));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("d.", StringComparison.Ordinal) && new DueRow(row).Kind == DueKinds.Reopened);
        Assert.Equal(isMailed ? ["mail-instead", "mail-instead"] : ["listed"], (await LogAsync(town)).Where(what => what is "mail-instead" or "listed" or "card-sent").TakeLast(isMailed ? 2 : 1));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task A_page_that_reopened_is_told_by_mail_where_there_is_no_channel()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await OpenAsync(server.Port);
        var threads = town.Get<CommentThreads>();
        await JudgedAsync(town, Calm);
        Assert.True((await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, town.Time.GetUtcNow().AddHours(1)), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromHours(1.1));
        await town.SettleAsync();
        var mail = Assert.Single(server.Received, mail => mail.Subject == "Une page en attente vient de rouvrir");
        Assert.Contains($"/moderation#thread={Town.Site}.{Keys.Page(Town.Page)}", mail.TextBody, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    private static void HoldsNothingOfCitizens(MimeMessage mail) =>
        Assert.All([mail.TextBody!, mail.HtmlBody!, mail.Subject!], text => Assert.All(["tuer", "piscine", "Camille "], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal)));

    // Camille is there on weekdays, Alix is told at any hour when a debate turns, and has no duty.
    private async Task<Town> OpenAsync(int port, params string[] webhooks)
    {
        var town = await Town.WithMailAsync(azurite, _channels, port, webhooks);
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        using var written = JsonDocument.Parse("""{ "people": [{ "name": "Alix", "email": "alix@saint-exemple.fr", "days": [], "urgent": true }, { "name": "Camille", "email": "camille@saint-exemple.fr" }] }""");
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written.RootElement, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
        return town;
    }

    private static async Task<CommentRow> JudgedAsync(Town town, string text)
    {
        var id = (await town.WriteAsync(text)).Comment.Id;
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        return (await town.FindAsync(id))!;
    }

    private static async Task<IEnumerable<string>> LogAsync(Town town) => [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith(Keys.LogOf(Keys.Page(Town.Page)).From, StringComparison.Ordinal)).Select(row => row.GetString("What"))];

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)&d=(?<choice>[a-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
