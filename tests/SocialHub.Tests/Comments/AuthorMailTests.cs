using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer.Protocol;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>What an author who left an address hears, of a real SMTP server.</summary>
public sealed class AuthorMailTests(AzuriteFixture azurite)
{
    private const string Email = "camille@exemple.fr";
    private const string Text = "Quand rouvre la piscine ?";
    private static readonly Actor Alix = new("Alix", "alix");
    private readonly Channels _channels = new();

    [Fact]
    public async Task An_author_hears_that_it_arrived_is_published_and_was_answered_each_once()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var comment = await WriteAsync(town);
        await LaterAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        var answers = town.Get<OfficialAnswers>();
        Assert.True((await answers.AnswerAsync(Town.Site, CommentId.Parse(comment.Id), "Le 4 juillet.", "once", Alix, CancellationToken.None)).Succeeded);
        Assert.True((await answers.AnswerAsync(Town.Site, CommentId.Parse(comment.Id), "Le 4 juillet.", "once", Alix, CancellationToken.None)).Value.Replayed);
        await LaterAsync(town);
        Assert.Equal(["Votre commentaire est bien arrivé", "Votre commentaire est publié", "La collectivité a répondu à votre commentaire"], server.Received.Select(mail => mail.Subject));
        Assert.All(server.Received, mail =>
        {
            Assert.Equal(Email, mail.To.Mailboxes.Single().Address);
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
            Assert.All([mail.TextBody!, mail.HtmlBody!], body => Assert.All(["piscine", "juillet", Email], hidden => Assert.DoesNotContain(hidden, body, StringComparison.Ordinal)));
        });
        Assert.Equal(3, server.Received.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_refusal_comes_with_its_reason_the_rules_and_the_way_to_object()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var comment = await WriteAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        // Refused before the receipt went: what is old is not told any more.
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Reject)).Succeeded);
        await LaterAsync(town);
        var mail = Assert.Single(server.Received);
        Assert.Equal("Votre commentaire n’est pas publié", mail.Subject);
        Assert.All(["Motif : Insulte ou attaque personnelle.", "https://hub.example/api/v1/charter.html", $"https://hub.example/api/v1/sites/{Town.Site}/author.html"], part => Assert.Contains(part, mail.TextBody, StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_decision_that_is_taken_back_at_once_is_told_to_nobody()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var comment = await WriteAsync(town);
        await LaterAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(comment.Id), 0, null, Alix, CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(["Votre commentaire est bien arrivé"], server.Received.Select(mail => mail.Subject));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_unsubscribes_or_leaves_no_address_or_is_erased_hears_nothing_more()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await WriteAsync(town);
        await LaterAsync(town);
        var link = new Uri(Assert.Single(server.Received).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>'));
        Assert.Equal(("", $"/api/v1/sites/{Town.Site}/unsubscribe/"), (link.Query, link.AbsolutePath[..(link.AbsolutePath.LastIndexOf('/') + 1)]));
        var mails = town.Get<CitizenMails>();
        // Neither a guess, nor the name alone, nor the link of another site.
        foreach (var forged in new[] { "nobody", link.Segments[^1][..26], new string('a', 26) + link.Segments[^1][26..], link.Segments[^1][..^1] + (link.Segments[^1][^1] == 'a' ? 'b' : 'a') })
            Assert.False(await mails.UnsubscribeAsync(Town.Site, forged, CancellationToken.None));
        Assert.False(await mails.UnsubscribeAsync("village", link.Segments[^1], CancellationToken.None));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("n.", StringComparison.Ordinal));
        for (var again = 0; again < 2; again++)
            Assert.True(await mails.UnsubscribeAsync(Town.Site, link.Segments[^1], CancellationToken.None));
        // Also of another comment, and however the address is written.
        await WriteAsync(town, "Camille@Exemple.fr");
        await WriteAsync(town, null);
        var erased = await WriteAsync(town, "autre@exemple.fr");
        Assert.True((await town.Get<CommentErasure>().EraseAsync(Town.Site, CommentId.Parse(erased.Id), Alix, CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Single(server.Received);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_bounce_and_a_dead_server_stop_nothing_and_what_comes_twice_is_the_same_mail()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        server.Refused["nobody@exemple.fr"] = true;
        var bounced = await WriteAsync(town, "nobody@exemple.fr");
        await LaterAsync(town);
        Assert.Contains(await town.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(bounced.Id), CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken), row => row.What == "bounced");
        Assert.Empty(server.Received);

        await WriteAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        town.Time.Advance(TimeSpan.FromMinutes(1));
        // It has kept it, and says that it has not.
        server.Instead = new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "lost");
        for (var round = 0; round < 2; round++)
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Hear));
        Assert.Equal(2, server.Received.Count);
        Assert.Single(server.Received.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_answer_that_was_refused_before_it_was_told_is_told_once_it_is_published_again_and_once_only()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var comment = await WriteAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        var answer = (await town.Get<OfficialAnswers>().AnswerAsync(Town.Site, CommentId.Parse(comment.Id), "Le 4 juillet.", "once", Alix, CancellationToken.None)).Value.Comment;
        for (var time = 0; time < 2; time++)
        {
            await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(answer.Id), $"203.0.113.{time}", new ReaderNotice("Faux", null), CancellationToken.None);
            Assert.True((await town.DecideAsync((await town.FindAsync(answer.Id))!, DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
            var refused = (await town.FindAsync(answer.Id))!;
            Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(answer.Id), refused.Round, null, Alix, CancellationToken.None)).Succeeded);
            Assert.True((await town.DecideAsync((await town.FindAsync(answer.Id))!, DecisionChoice.Publish)).Succeeded);
            await LaterAsync(town);
        }

        Assert.Equal(["Votre commentaire est publié", "La collectivité a répondu à votre commentaire"], server.Received.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_promised()
    {
        await using var town = await Town.OpenAsync(azurite);
        await WriteAsync(town);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.Contains($".{DueKinds.Hear}.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Opening_the_link_ends_nothing_and_one_post_without_an_origin_does()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var recipient = await hub.Get<MailRecipients>().OfAsync(Town.Site, Email, CancellationToken.None);
        var path = $"api/v1/sites/{Town.Site}/unsubscribe/{recipient.Link}";
        using var asked = await hub.SendAsync(HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("method=\"post\"", await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var store = hub.Get<CommentStore>();
        Assert.Null(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        using var ended = await hub.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.NotNull(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        foreach (var forged in new[] { "x", new string('a', 26), $"{new string('a', 26)}-{new string('a', 26)}" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var wrong = await hub.SendAsync(method, $"api/v1/sites/{Town.Site}/unsubscribe/{forged}", null);
                Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
            }
        }

        Assert.Single(await store.RangeAsync(Town.Site, ("n.", "n/"), CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_unsubscribed_is_known_and_an_old_link_works_after_however_many_changes_of_the_signing_key()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var storage = town.Get<HubStorage>();
        MailRecipients Of(char key, char? previous) => new(storage, Options.Create(new HubOptions { SigningKey = new string(key, 40), PreviousSigningKey = previous is { } before ? new string(before, 40) : "" }), NullLogger<MailRecipients>.Instance);
        var first = await Of('k', null).OfAsync(Town.Site, Email, CancellationToken.None);
        Assert.NotEqual(first.Names[0], (await Of('k', null).OfAsync("village", Email, CancellationToken.None)).Names[0]);
        foreach (var (key, previous) in new[] { ('l', 'k'), ('m', 'l'), ('n', 'm') })
        {
            Assert.Equal(first.Names[0], (await Of(key, previous).OfAsync(Town.Site, " Camille@Exemple.FR", CancellationToken.None)).Names[0]);
            Assert.Equal(first.Names[0], await Of(key, previous).ProvenAsync(Town.Site, first.Link, CancellationToken.None));
        }

        // Both keys gone at once: nothing of before is known, and it comes back with them.
        Assert.Null(await Of('x', null).ProvenAsync(Town.Site, first.Link, CancellationToken.None));
        Assert.Equal(first.Names[0], await Of('n', 'm').ProvenAsync(Town.Site, first.Link, CancellationToken.None));
        var kept = await storage.Limits.QueryAsync<Azure.Data.Tables.TableEntity>(row => row.PartitionKey == Keys.RecipientsPartition, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("camille", string.Join(' ', kept.SelectMany(row => row.Select(property => property.Value))), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_an_older_hub_wrote_under_its_signing_key_still_ends_the_mails()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var older = Keys.Base32(System.Security.Cryptography.HMACSHA256.HashData(PurposeKey.Derive(new string('k', 40), "mail-recipient"), System.Text.Encoding.UTF8.GetBytes(Email)), 26);
        await town.Table.AddEntityAsync(new Azure.Data.Tables.TableEntity(Town.Site, Keys.Unsubscribed(older)), TestContext.Current.CancellationToken);
        await WriteAsync(town);
        await LaterAsync(town);
        Assert.Empty(server.Received);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_the_rules_publish_after_its_receipt_is_told_too()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, CommentPolicy.APosteriori), null, Alix, CancellationToken.None)).Succeeded);
        await WriteAsync(town);
        town.Time.Advance(TimeSpan.FromMinutes(2));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Hear));
        await LaterAsync(town);
        Assert.Equal(["Votre commentaire est bien arrivé", "Votre commentaire est publié"], server.Received.Select(mail => mail.Subject));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whoever_writes_a_strangers_address_again_and_again_fills_no_mailbox_and_a_decision_is_told_all_the_same()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        for (var time = 0; time < 3; time++)
            await WriteAsync(town, text: $"{Text} {Keys.Random(9)} {Keys.Random(9)}");
        await LaterAsync(town);
        Assert.Single(server.Received);
        for (var days = 1; days < 10; days++)
        {
            town.Time.Advance(TimeSpan.FromDays(1));
            await WriteAsync(town, text: $"{Text} {Keys.Random(9)} {Keys.Random(9)}");
            await LaterAsync(town);
        }

        Assert.Equal(CitizenMails.MostAMonth, server.Received.Count);
        var last = await WriteAsync(town, text: "La piscine, enfin ?");
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(last.Id))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        Assert.Equal("Votre commentaire est publié", server.Received.Last().Subject);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
        // A month later nothing is known of it.
        town.Time.Advance(TimeSpan.FromDays(31));
        await town.Get<CitizenMails>().ForgetAsync(Town.Site, CancellationToken.None);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("h.", StringComparison.Ordinal));
    }

    private static async Task<CommentRow> WriteAsync(Town town, string? email = Email, string text = Text)
    {
        var answer = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, text, "Camille") { Email = email, Address = $"192.0.2.{Random.Shared.Next(250)}", IdempotencyKey = Keys.Random(20) }, CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return answer.Value.Comment;
    }

    private static async Task LaterAsync(Town town)
    {
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        await town.SettleAsync();
    }
}
