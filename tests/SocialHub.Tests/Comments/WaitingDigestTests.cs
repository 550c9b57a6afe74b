using System.Text.Json;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>Above ten entries that wait, one message in the place of one for each.</summary>
public sealed class WaitingDigestTests(AzuriteFixture azurite)
{
    private const string Text = "Quand rouvre la piscine ?";
    private const string Heading = "textes attendent une décision";
    private readonly Channels _channels = new();

    private IEnumerable<string> Digests => _channels.Taken.Select(taken => taken.Card).Where(card => card.Contains(Heading, StringComparison.Ordinal));

    private IEnumerable<string> Own => _channels.Taken.Select(taken => taken.Card).Where(card => card.Contains("moderation/decide#t=", StringComparison.Ordinal) && !card.Contains("d=hold", StringComparison.Ordinal));

    [Fact]
    [Trait("run", "thorough")]
    public async Task Ten_come_one_by_one_and_what_waits_beyond_them_in_one_digest_a_threat_and_a_card_that_was_asked_for_alone()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await WriteAsync(town, 10);
        Assert.Equal((10, 0), (Own.Count(), Digests.Count()));
        var more = await WriteAsync(town, 5);
        Assert.Equal((10, 0), (Own.Count(), Digests.Count()));
        Assert.Equal(0, (await town.FindAsync(more[0]))!.Cards);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
        await PassAsync(town, WaitingDigest.Gathers + TimeSpan.FromSeconds(1));
        var digest = Assert.Single(Digests);
        Assert.Contains("15 " + Heading, digest, StringComparison.Ordinal);
        Assert.Contains("https://hub.example/moderation", digest, StringComparison.Ordinal);
        Assert.DoesNotContain(Text, digest, StringComparison.Ordinal);

        await town.WriteAsync("Je vais te tuer, le maire.");
        await town.SettleAsync();
        Assert.Equal(11, Own.Count());
        Assert.True((await town.Get<ModerationCards>().AskAsync(Town.Site, CommentId.Parse(more[0]), new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Equal((12, 1), (Own.Count(), Digests.Count()));

        // The next one not before its time; and as long as one a day tells of everything, no reminder asks for another.
        await WriteAsync(town, 1);
        await PassAsync(town, TimeSpan.FromMinutes(5));
        Assert.Single(Digests);
        await PassAsync(town, WaitingDigest.Apart);
        Assert.Equal(2, Digests.Count());
        await PassAsync(town, TimeSpan.FromHours(24));
        await PassAsync(town, WaitingDigest.Apart);
        Assert.InRange(Digests.Count(), 2, 3);
        // Of a threat there is a reminder of its own, too.
        Assert.Equal(13, Own.Count());
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_joins_while_a_digest_is_on_its_way_is_told_of_by_the_next_one()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await WriteAsync(town, 11);
        town.Time.Advance(WaitingDigest.Gathers + TimeSpan.FromSeconds(1));
        _channels.Meanwhile = () => WriteAsync(town, 1, onlyCards: true);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Digest));
        Assert.Contains("11 " + Heading, Assert.Single(Digests), StringComparison.Ordinal);
        var next = await town.PromiseAsync(DueKinds.Digest);
        Assert.True(next.Due > town.Time.GetUtcNow() + TimeSpan.FromMinutes(10));
        await PassAsync(town, WaitingDigest.Apart + TimeSpan.FromMinutes(1));
        Assert.Contains(Digests, card => card.Contains("12 " + Heading, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_mail_is_the_channel_those_of_a_night_are_one_mail_in_the_morning_with_links_to_the_oldest()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        using var written = JsonDocument.Parse("""{ "people": [{ "name": "Camille", "email": "camille@saint-exemple.fr" }] }""");
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written.RootElement, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await WriteAsync(town, 12);
        Assert.DoesNotContain(server.Received, mail => mail.Subject == "Un commentaire attend une décision");
        town.Time.Advance(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await town.SettleAsync();
        await PassAsync(town, TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(server.Received, mail => mail.Subject == "Un commentaire attend une décision");
        var mail = Assert.Single(server.Received, mail => mail.Subject == "12 " + Heading);
        Assert.Equal(WaitingDigest.MostNamed, mail.TextBody!.Split("/moderation/decide#t=").Length - 1);
        Assert.DoesNotContain(Text, mail.TextBody, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    // An alarm tells whoever is called at any hour, and nobody else.
    [Fact]
    [Trait("run", "thorough")]
    public async Task What_joins_beside_an_alarm_is_promised_to_all_of_the_team_too()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await PeopleAsync(town);
        for (var i = 0; i < 14; i++)
            await town.WriteAsync($"Je vais te tuer, le maire. {Keys.Random(8)}");
        await town.SettleAsync();
        await town.WriteAsync($"Quel connard, ce maire. {Keys.Random(8)}");
        await town.SettleAsync();
        for (var i = 0; i < 3; i++)
            await PassAsync(town, TimeSpan.FromMinutes(20));
        Assert.Contains(server.Received, mail => mail.Subject == "15 " + Heading);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_mail_is_the_channel_a_raid_of_threats_at_night_is_an_alarm_and_one_text_at_once_and_one_mail_for_all_the_others()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await PeopleAsync(town);
        // Tuesday, 23:00 in Paris.
        var night = new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero);
        town.Time.Advance(night - town.Time.GetUtcNow());
        for (var i = 0; i < 14; i++)
            await town.WriteAsync($"Je vais te tuer, le maire. {Keys.Random(8)}");
        await town.SettleAsync();
        Assert.Equal(["Un commentaire attend une décision", "Une menace a été écrite"], server.Received.Select(mail => mail.Subject!).Order(StringComparer.Ordinal));
        // No threat waits for the morning.
        await PassAsync(town, TimeSpan.FromMinutes(2));
        Assert.Equal("Une menace et d’autres textes attendent une décision (14)", Assert.Single(server.Received.Skip(2)).Subject);
        await town.WriteAsync($"Je vais te tuer, le maire. {Keys.Random(8)}");
        await town.SettleAsync();
        await PassAsync(town, TimeSpan.FromMinutes(5));
        Assert.Equal(3, server.Received.Count);
        await PassAsync(town, WaitingDigest.Apart);
        Assert.Equal("Une menace et d’autres textes attendent une décision (15)", Assert.Single(server.Received.Skip(3)).Subject);
        Assert.True((await town.Get<Debates>().DecideAsync(Town.Site, Keys.Page(Town.Page), 1, Debates.Hold, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);

        // What nobody decided about is told of again by day.
        await PassAsync(town, night.AddHours(11) - town.Time.GetUtcNow());
        Assert.DoesNotContain(server.Received.Skip(4), mail => mail.Subject != "Une page en attente vient de rouvrir");
        var before = server.Received.Count;
        await PassAsync(town, night.AddHours(25) - town.Time.GetUtcNow());
        await PassAsync(town, TimeSpan.FromHours(10));
        await PassAsync(town, TimeSpan.FromMinutes(20));
        Assert.InRange(server.Received.Count - before, 1, 2);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task As_long_as_it_waits_a_digest_tells_of_it_each_day()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await WriteAsync(town, 12);
        await PassAsync(town, WaitingDigest.Gathers + TimeSpan.FromSeconds(1));
        Assert.Single(Digests);
        for (var days = 1; days <= 3; days++)
        {
            // The clock comes by each minute, and the reminders of what joined are due before a day has passed since the digest.
            await PassAsync(town, TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5));
            for (var minutes = 0; minutes < 9; minutes++)
                await PassAsync(town, TimeSpan.FromMinutes(1));
            Assert.Equal(1 + days, Digests.Count());
        }

        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(NoticeKind.Illegal)]
    [InlineData(NoticeKind.ChildAbuse)]
    public async Task What_was_reported_as_against_the_law_comes_alone_and_at_once(NoticeKind kind)
    {
        await using var town = await Town.WithPolicyAsync(azurite, _channels, "a-posteriori", "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var id = Assert.Single(await WriteAsync(town, 1));
        for (var i = 0; i < 11; i++)
            await town.Table.AddEntityAsync(new Azure.Data.Tables.TableEntity(Town.Site, Keys.Waiting(town.Time.GetUtcNow(), $"other{i}", "comment")), TestContext.Current.CancellationToken);
        await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), "203.0.113.1", new ReaderNotice("Propos déplacés", null), CancellationToken.None);
        await town.SettleAsync();
        Assert.Empty(_channels.Taken);
        await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), "203.0.113.2", new ReaderNotice("Contraire à la loi", "lise@exemple.fr") { Kind = kind, Name = "Lise", GoodFaith = true }, CancellationToken.None);
        await town.SettleAsync();
        Assert.Contains("Contraire à la loi", Assert.Single(_channels.Taken).Card, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_card_that_was_asked_for_comes_alone_also_where_mail_is_the_channel()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await PeopleAsync(town);
        var ids = await WriteAsync(town, 12);
        await PassAsync(town, TimeSpan.FromMinutes(2));
        var before = server.Received.Count;
        Assert.True((await town.Get<ModerationCards>().AskAsync(Town.Site, CommentId.Parse(ids[11]), new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Equal("Un commentaire attend une décision", Assert.Single(server.Received.Skip(before)).Subject);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_process_that_dies_after_it_promised_a_mail_instead_of_a_digest_promises_no_second_one_and_cards_go_on()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await PeopleAsync(town);
        await WriteAsync(town, 11);
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        town.Time.Advance(TimeSpan.FromMinutes(20));
        var due = await town.PromiseAsync(DueKinds.Digest);
        await town.WorkAsync(due);
        // What the process would have noted when it ended.
        var row = Assert.Single(await town.RowsAsync(due.Key));
        row.Remove("Mailed");
        await town.Table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.DigestMail));
        await town.WorkAsync(due);
        Assert.DoesNotContain(await town.RowsAsync(), one => one.RowKey.Contains($".{DueKinds.DigestMail}.", StringComparison.Ordinal));
        Assert.Single(server.Received, mail => mail.Subject!.Contains(Heading, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_mail_that_waits_for_the_morning_keeps_no_card_from_its_channel()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await PeopleAsync(town);
        town.Time.Advance(new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await WriteAsync(town, 11);
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        town.Time.Advance(TimeSpan.FromMinutes(20));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Digest));
        _channels.Statuses.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Digest));
        Assert.Single(Digests);
        await WriteAsync(town, 1);
        await PassAsync(town, WaitingDigest.Apart + TimeSpan.FromMinutes(1));
        Assert.Equal(2, Digests.Count());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_full_mailbox_keeps_the_next_digest_from_nobody_and_gets_its_own_once_it_takes_mails_again()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await PeopleAsync(town, "alix", "camille");
        await WriteAsync(town, 11);
        server.Deferred["alix@saint-exemple.fr"] = new SmtpServer.Protocol.SmtpResponse(SmtpServer.Protocol.SmtpReplyCode.InsufficientStorage, "mailbox full");
        await PassAsync(town, TimeSpan.FromMinutes(2), once: true);
        await WriteAsync(town, 4, onlyCards: true);
        await PassAsync(town, WaitingDigest.Apart, once: true);
        await PassAsync(town, TimeSpan.FromMinutes(1), once: true);
        Assert.Equal(["11 " + Heading, "15 " + Heading], ToldTo("camille"));
        Assert.Empty(ToldTo("alix"));
        server.Deferred.Clear();
        await PassAsync(town, TimeSpan.FromMinutes(30));
        Assert.Equal(["15 " + Heading], ToldTo("alix"));
        Assert.Equal(2, ToldTo("camille").Count());
        // A day later both hear of what still waits.
        await PassAsync(town, TimeSpan.FromHours(24));
        await PassAsync(town, WaitingDigest.Apart);
        Assert.Equal((2, 3), (ToldTo("alix").Count(), ToldTo("camille").Count()));

        IEnumerable<string?> ToldTo(string who) => server.Received.Where(mail => mail.To.Mailboxes.Single().Address.StartsWith(who, StringComparison.Ordinal) && mail.Subject!.Contains(Heading, StringComparison.Ordinal)).Select(mail => mail.Subject);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_digest_that_failed_by_day_is_promised_for_the_morning_and_shows_nowhere_at_night()
    {
        var port = MailServer.FreePort();
        await using var town = await Town.WithMailAsync(azurite, _channels, port);
        await PeopleAsync(town);
        await WriteAsync(town, 12, once: true);
        await PassAsync(town, TimeSpan.FromMinutes(2), once: true);
        town.Time.Advance(new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await OnceAsync(town);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 7, 0, 0, TimeSpan.Zero), (await town.PromiseAsync(DueKinds.DigestMail)).Due);
        await using var server = await MailServer.StartAsync(port: port);
        town.Time.Advance(TimeSpan.FromHours(9.5));
        await OnceAsync(town);
        Assert.Single(server.Received, mail => mail.Subject == "12 " + Heading);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_channel_that_is_gone_keeps_the_next_digest_from_no_other_and_is_given_up()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS", "SLACK");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        town.Settings["SLACK"] = "https://slack.example/hook";
        _channels.Statuses["slack.example"] = System.Net.HttpStatusCode.NotFound;
        await WriteAsync(town, 11, once: true);
        await PassAsync(town, TimeSpan.FromMinutes(2), once: true);
        await WriteAsync(town, 1, onlyCards: true);
        await PassAsync(town, WaitingDigest.Apart + TimeSpan.FromMinutes(1), once: true);
        Assert.Equal(2, Digests.Count());
        Assert.Equal(DueKinds.DigestRest, Assert.Single((await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)), row => row.Subject == "SLACK").Kind);
        await PassAsync(town, TeamMails.GivenUp, once: true);
        await PassAsync(town, TimeSpan.FromMinutes(1), once: true);
        Assert.True(Digests.Count() > 2);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task As_long_as_no_channel_takes_a_digest_a_mail_tells_of_it_each_day()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await PeopleAsync(town);
        await WriteAsync(town, 11);
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.NotFound;
        await PassAsync(town, TimeSpan.FromMinutes(20), once: true);
        await PassAsync(town, TimeSpan.FromMinutes(1), once: true);
        await PassAsync(town, TimeSpan.FromHours(24), once: true);
        await PassAsync(town, TimeSpan.FromMinutes(1), once: true);
        Assert.Equal(2, server.Received.Count(mail => mail.Subject!.Contains(Heading, StringComparison.Ordinal)));
    }

    private static async Task PeopleAsync(Town town, params string[] names)
    {
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        using var written = JsonDocument.Parse(JsonSerializer.Serialize(new { people = (names.Length == 0 ? ["camille"] : names).Select(name => new { name, email = name + "@saint-exemple.fr" }) }));
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written.RootElement, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
    }

    // What a dead channel or a full mailbox does not take stays due: all that is due is worked on once, as by one tick.
    private static async Task OnceAsync(Town town)
    {
        foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Due <= town.Time.GetUtcNow()).ToList())
            await town.WorkAsync(row);
    }

    private static async Task<List<string>> WriteAsync(Town town, int count, bool onlyCards = false, bool once = false)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await town.WriteAsync($"{Text} Et la {Keys.Random(8)} ?")).Comment.Id);
        if (!onlyCards && !once)
        {
            await town.SettleAsync();
            return ids;
        }

        // The verdicts, the cards, and the mails that those promise.
        await OnceAsync(town);
        await OnceAsync(town);
        if (!onlyCards)
            await OnceAsync(town);
        return ids;
    }

    private static async Task PassAsync(Town town, TimeSpan by, bool once = false)
    {
        town.Time.Advance(by);
        if (once)
            await OnceAsync(town);
        else
            await town.SettleAsync();
    }
}
