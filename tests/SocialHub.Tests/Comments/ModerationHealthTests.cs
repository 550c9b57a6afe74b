using System.Net;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Operations;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

public sealed class ModerationHealthTests(AzuriteFixture azurite)
{
    private readonly Channels _channels = new();

    [Fact]
    public async Task Health_says_since_when_the_oldest_waits_and_asks_for_somebody_after_three_days()
    {
        await using var town = await TownAsync();
        Assert.Equal((true, null), Oldest(await AskAsync(town)));
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(30));
        await town.WriteAsync("Bonsoir");
        await town.SettleAsync();
        var (isHealthy, age) = Oldest(await AskAsync(town));
        Assert.True(isHealthy);
        Assert.InRange(age!.Value, 30 * 3600, (30 * 3600) + 600);

        town.Time.Advance(TimeSpan.FromHours(42));
        await town.SettleAsync();
        Assert.False(Oldest(await AskAsync(town)).IsHealthy);
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        (isHealthy, age) = Oldest(await AskAsync(town));
        Assert.True(isHealthy);
        Assert.InRange(age!.Value, 42 * 3600, (42 * 3600) + 600);
    }

    [Fact]
    public async Task Health_says_since_when_cards_reach_nobody_and_how_many_people_a_mail_would_tell()
    {
        await using var town = await TownAsync();
        var quiet = await AskAsync(town);
        Assert.Equal((0, null, null), ((int)quiet.Details["mail"]!["people"]!, quiet.Details["cardsSince"], quiet.Details["mail"]!["since"]));
        _channels.Statuses["teams.example"] = HttpStatusCode.BadGateway;
        await town.WriteAsync("Bonjour");
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        var due = await town.PromiseAsync(DueKinds.Card);
        await town.WorkAsync(due);
        town.Time.Advance(TimeSpan.FromMinutes(20));
        var failing = await AskAsync(town);
        Assert.Equal((1, due.Due.UtcDateTime), ((int)failing.Details["cardsOverdue"]!, (DateTime)failing.Details["cardsSince"]!));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_authors_full_mailbox_is_no_fault_of_the_hub_and_a_server_that_takes_nothing_is()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        server.Deferred["nobody@exemple.fr"] = new SmtpServer.Protocol.SmtpResponse(SmtpServer.Protocol.SmtpReplyCode.InsufficientStorage, "mailbox full");
        await ToldAsync("nobody@exemple.fr");
        town.Time.Advance(TimeSpan.FromMinutes(20));
        var one = await AskAsync(town);
        Assert.Equal((true, 0), (one.IsHealthy, (int)one.Details["mail"]!["failing"]!));
        Assert.True((await town.Get<QueueHealth>().AskAsync(CancellationToken.None)).IsHealthy);

        // Whoever invents addresses of one domain, the authority's own, makes no alarm.
        foreach (var invented in new[] { "a@exemple.fr", "b@exemple.fr", "c@exemple.fr" })
        {
            server.Refused[invented] = true;
            await ToldAsync(invented);
        }

        Assert.True((await AskAsync(town)).IsHealthy);
        foreach (var other in new[] { "une@exemple.com", "deux@exemple.org", "trois@exemple.net" })
        {
            server.Refused[other] = true;
            await ToldAsync(other);
        }

        var all = await AskAsync(town);
        Assert.Equal((false, "refuses-all"), (all.IsHealthy, (string)all.Details["mail"]!["failure"]!));
        await ToldAsync("quatre@exemple.fr");
        Assert.True((await AskAsync(town)).IsHealthy);

        async Task ToldAsync(string email)
        {
            Assert.True((await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, $"Quand rouvre la piscine ? {email}", "Camille") { Email = email, Address = "", IdempotencyKey = email }, CancellationToken.None)).Succeeded);
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
            town.Time.Advance(TimeSpan.FromSeconds(90));
            foreach (var due in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Queue is Queues.MailSend or Queues.ModerationCard && row.Due <= town.Time.GetUtcNow()).ToList())
                await town.WorkAsync(due);
        }
    }

    [Theory]
    [InlineData("5.1.1 no such user", true)]
    [InlineData("5.2.1 mailbox disabled", true)]
    [InlineData("5.7.1 relay access denied", false)]
    [InlineData("5.1.8 sender address rejected", false)]
    [InlineData("no", false)]
    [Trait("run", "thorough")]
    public async Task Mailboxes_that_refuse_are_no_fault_of_a_server_that_says_so_of_them_and_one_that_passes_nothing_on_is(string said, bool isHealthy)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        foreach (var email in new[] { "une@exemple.com", "deux@exemple.org", "trois@exemple.net" })
        {
            server.Deferred[email] = new SmtpServer.Protocol.SmtpResponse(SmtpServer.Protocol.SmtpReplyCode.MailboxUnavailable, said);
            Assert.True((await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, $"Quand rouvre la piscine ? {email}", "Camille") { Email = email, Address = "", IdempotencyKey = email }, CancellationToken.None)).Succeeded);
        }

        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromSeconds(90));
        await town.SettleAsync();
        Assert.Equal(3, (await town.RowsAsync()).Count(row => row.RowKey.StartsWith("l.", StringComparison.Ordinal) && row.GetString("What") == CitizenMails.Bounced));
        var answer = await AskAsync(town);
        Assert.Equal((isHealthy, isHealthy ? null : "refuses-all"), (answer.IsHealthy, (string?)answer.Details["mail"]!["failure"]));
    }

    [Fact]
    public async Task Health_names_the_channels_that_have_no_address_and_never_shows_one()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "MISSING", "WRONG", "TEAMS");
        town.Settings["WRONG"] = "teams.example/hook";
        town.Settings["TEAMS"] = "https://teams.example/canary";
        var answer = await AskAsync(town);
        Assert.False(answer.IsHealthy);
        Assert.Equal([("MISSING", "missing"), ("WRONG", "missing"), ("TEAMS", "set")], answer.Details["channels"]!.AsObject().Select(channel => (channel.Key, (string)channel.Value!["address"]!)));
        Assert.DoesNotContain("example", answer.Details.ToJsonString(), StringComparison.Ordinal);
        town.Settings["MISSING"] = town.Settings["WRONG"] = "https://teams.example/hook";
        Assert.True((await AskAsync(town)).IsHealthy);
    }

    [Fact]
    public async Task A_hub_whose_only_channel_is_the_moderation_page_lacks_nothing()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        await town.WriteAsync("Bonjour");
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(1));
        var answer = await AskAsync(town);
        Assert.Equal((true, "{}"), (answer.IsHealthy, answer.Details["channels"]!.ToJsonString()));
    }

    [Fact]
    public async Task Cards_that_a_channel_does_not_take_show_with_its_answer_once_they_are_late_and_no_more_once_it_took_them()
    {
        await using var town = await TownAsync();
        _channels.Statuses["teams.example"] = HttpStatusCode.BadGateway;
        await town.WriteAsync("Bonjour");
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.True((await AskAsync(town)).IsHealthy);

        town.Time.Advance(QueueHealth.Late);
        var late = await AskAsync(town);
        Assert.Equal((false, 1, 1, "502"), (late.IsHealthy, (int)late.Details["cardsOverdue"]!, (int)late.Details["channels"]!["TEAMS"]!["failing"]!, (string?)late.Details["channels"]!["TEAMS"]!["failure"]));

        _channels.Statuses.Clear();
        await town.SettleAsync();
        var taken = await AskAsync(town);
        Assert.Equal((true, 0, 0), (taken.IsHealthy, (int)taken.Details["cardsOverdue"]!, (int)taken.Details["channels"]!["TEAMS"]!["failing"]!));
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        return town;
    }

    private static Task<HealthAnswer> AskAsync(Town town) => town.Get<ModerationHealth>().AskAsync(CancellationToken.None);

    private static (bool IsHealthy, long? Age) Oldest(HealthAnswer answer) => (answer.IsHealthy, (long?)answer.Details["ageSeconds"]);
}
