using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer.Protocol;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>What an author who left an address hears, of a real SMTP server.</summary>
public sealed class AuthorMailTests(AzuriteFixture azurite)
{
    private const string Email = "camille@exemple.fr";
    private const string Text = "Quand rouvre la piscine ?";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
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
    public async Task Who_is_asked_for_other_words_hears_until_when_and_where()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await WriteAsync(town, text: "Quel connard, ce projet coûte trop cher.");
        await LaterAsync(town);
        var mail = Assert.Single(server.Received);
        Assert.Equal("Votre commentaire est bien arrivé", mail.Subject);
        Assert.Contains("vous pouvez le reformuler une fois avant, jusqu’au 24 novembre 2026 à 10:10", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"https://hub.example/api/v1/sites/{Town.Site}/author.html", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("connard", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Une personne le lit avant sa publication", mail.TextBody, StringComparison.Ordinal);
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
    [Trait("run", "thorough")]
    public async Task Who_was_public_hears_of_a_removal_and_who_objected_hears_that_it_was_examined()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = CommentId.Parse((await WriteAsync(town, authorKey: Key)).Id);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, "203.0.113.1", new ReaderNotice("Faux", null), CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        await LaterAsync(town);
        foreach (var answer in new[] { DecisionChoice.Reject, DecisionChoice.Publish })
        {
            Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, Key, "C’est exact.", "", CancellationToken.None)).Succeeded);
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, answer, DecisionSubject.Objection)).Succeeded);
            await LaterAsync(town);
        }

        Assert.Equal(["Votre commentaire est publié", "Votre commentaire a été retiré", "Votre contestation a été examinée : le retrait est maintenu", "Votre commentaire est publié"], server.Received.Select(mail => mail.Subject));
        Assert.Contains("a été retiré de la page.", server.Received.ElementAt(1).TextBody, StringComparison.Ordinal);
        Assert.Contains("Vous pouvez contester cette décision, même sans votre code", server.Received.ElementAt(1).TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("ce refus", server.Received.ElementAt(1).TextBody, StringComparison.Ordinal);
        Assert.Contains("Motif : Insulte ou attaque personnelle.", server.Received.ElementAt(2).TextBody, StringComparison.Ordinal);
        Assert.Contains("Votre contestation a été examinée et acceptée.", server.Received.ElementAt(3).TextBody, StringComparison.Ordinal);
        Assert.All(server.Received, mail => Assert.DoesNotContain("n’est pas publié", mail.TextBody, StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("run", "thorough")]
    public async Task Whose_change_of_a_public_comment_is_refused_hears_why_and_what_stays_unless_another_was_written_since(bool hasWritten)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        var id = CommentId.Parse((await WriteAsync(town, authorKey: Key)).Id);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Et quand ferme la patinoire ?", 0, "", CancellationToken.None)).Succeeded);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        if (hasWritten)
            Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Et la patinoire ?", 0, "", CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(hasWritten ? ["Votre commentaire est publié"] : ["Votre commentaire est publié", "Votre modification n’est pas publiée"], server.Received.Select(mail => mail.Subject));
        if (hasWritten)
            return;
        var mail = server.Received.Last();
        Assert.All(
            ["La modification de votre commentaire du ", "l’ancien texte reste en ligne", "Motif : Insulte ou attaque personnelle.", "Article 2 de la charte", "Vous pouvez corriger ce texte et l’envoyer de nouveau.", $"https://hub.example/api/v1/sites/{Town.Site}/author.html", $"{Town.Page}#sh-{id}"],
            part => Assert.Contains(part, mail.TextBody, StringComparison.Ordinal));
        Assert.All(["piscine", "patinoire"], hidden => Assert.DoesNotContain(hidden, mail.TextBody, StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Whose_comment_reports_take_from_the_page_hears_so_and_reads_no_receipt_in_its_place()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, CommentPolicy.APosteriori), null, Alix, CancellationToken.None)).Succeeded);
        var id = CommentId.Parse((await WriteAsync(town)).Id);
        await LaterAsync(town);
        for (var reader = 0; reader < 5; reader++)
            Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, $"203.0.113.{reader}", new ReaderNotice("Faux", null), CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal(["Votre commentaire est publié", "Votre commentaire n’est plus en ligne pour le moment"], server.Received.Select(mail => mail.Subject));
        Assert.Contains("il a été signalé", server.Received.ElementAt(1).TextBody, StringComparison.Ordinal);
        var held = (await town.FindAsync(id.Value))!;
        Assert.Equal(CommentState.Held, held.State);
        var shown = CommentWords.ForAuthor(held, "Europe/Paris", town.Time.GetUtcNow());
        Assert.Contains("n’est plus en ligne", shown.French, StringComparison.Ordinal);
        Assert.DoesNotContain("bien reçu", shown.French, StringComparison.Ordinal);
        // One reader may be enough, where the site says so.
        Assert.Contains("a été signalé", shown.French, StringComparison.Ordinal);
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
    public async Task Who_ended_the_mails_hears_again_by_the_link_of_an_old_one_or_three_years_later_and_by_nobody_who_types_the_address()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await WriteAsync(town);
        await LaterAsync(town);
        var link = new Uri(Assert.Single(server.Received).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')).Segments[^1];
        var mails = town.Get<CitizenMails>();
        Assert.True(await mails.UnsubscribeAsync(Town.Site, link, CancellationToken.None));
        Assert.True(await mails.HasEndedAsync(Town.Site, link, CancellationToken.None));
        for (var year = 0; year < 2; year++)
        {
            town.Time.Advance(TimeSpan.FromDays(365));
            await WriteAsync(town);
            await LaterAsync(town);
        }

        Assert.Single(server.Received);
        Assert.False(await mails.ResumeAsync(Town.Site, link[..26] + "-" + new string('a', 26), CancellationToken.None));
        Assert.True(await mails.ResumeAsync(Town.Site, link, CancellationToken.None));
        Assert.False(await mails.HasEndedAsync(Town.Site, link, CancellationToken.None));
        await WriteAsync(town);
        await LaterAsync(town);
        Assert.Equal(2, server.Received.Count);

        // The newest time that they are ended counts; its name is kept no longer than that holds.
        Assert.True(await mails.UnsubscribeAsync(Town.Site, link, CancellationToken.None));
        town.Time.Advance(TimeSpan.FromDays(1000));
        Assert.True(await mails.UnsubscribeAsync(Town.Site, link, CancellationToken.None));
        town.Time.Advance(TimeSpan.FromDays(1000));
        await mails.ForgetAsync(Town.Site, CancellationToken.None);
        Assert.Contains(await town.RowsAsync(), row => row.RowKey.StartsWith("n.", StringComparison.Ordinal));
        town.Time.Advance(TimeSpan.FromDays(100));
        Assert.False(await mails.HasEndedAsync(Town.Site, link, CancellationToken.None));
        await mails.ForgetAsync(Town.Site, CancellationToken.None);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("n.", StringComparison.Ordinal));
        await WriteAsync(town);
        await LaterAsync(town);
        Assert.Equal(3, server.Received.Count);
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
        var question = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.All(["method=\"post\"", "Rien ne change tant que vous n’avez pas confirmé."], part => Assert.Contains(part, question, StringComparison.Ordinal));
        // What has not happened is not said.
        Assert.All(["Vous ne recev", "C’est noté"], part => Assert.DoesNotContain(part, question, StringComparison.Ordinal));
        var store = hub.Get<CommentStore>();
        Assert.Null(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        using var ended = await hub.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.NotNull(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        using var again = await hub.SendAsync(HttpMethod.Get, path, null);
        Assert.All([WebUtility.HtmlDecode(await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))], page => Assert.Contains("Recevoir de nouveau des messages", page, StringComparison.Ordinal));
        Assert.NotNull(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        using var resumed = await hub.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([KeyValuePair.Create("again", "yes")]));
        Assert.Contains("reçoit de nouveau", WebUtility.HtmlDecode(await resumed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Null(await store.EntityAsync(Town.Site, Keys.Unsubscribed(recipient.Names[0]), CancellationToken.None));
        // Whatever cannot be read ends them.
        using var unread = await hub.SendAsync(HttpMethod.Post, path, new StringContent("List-Unsubscribe=One-Click"));
        Assert.Equal(HttpStatusCode.OK, unread.StatusCode);
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
    public async Task Two_changes_of_the_signing_key_without_a_mail_in_between_lose_nobody_and_health_says_when_the_one_before_may_go()
    {
        await using var town = await Town.OpenAsync(azurite);
        var storage = town.Get<HubStorage>();
        MailRecipients Of(char key, char? previous) => new(storage, Options.Create(new HubOptions { SigningKey = new string(key, 40), PreviousSigningKey = previous is { } before ? new string(before, 40) : "" }), NullLogger<MailRecipients>.Instance);
        // Where no mail was ever sent nothing is made.
        await Of('k', null).SealAnewAsync(isDaily: true, CancellationToken.None);
        Assert.Empty(await storage.Limits.QueryAsync<Azure.Data.Tables.TableEntity>(row => row.PartitionKey == Keys.RecipientsPartition, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        var first = await Of('k', null).OfAsync(Town.Site, Email, CancellationToken.None);
        foreach (var (key, previous) in new[] { ('l', 'k'), ('m', 'l') })
        {
            var hub = Of(key, previous);
            Assert.False(await hub.IsSealedAsync(CancellationToken.None));
            await hub.SealAnewAsync(isDaily: false, CancellationToken.None);
            Assert.True(await hub.IsSealedAsync(CancellationToken.None));
        }

        var last = Of('m', null);
        Assert.True(await last.IsSealedAsync(CancellationToken.None));
        Assert.Equal(first.Names[0], (await last.OfAsync(Town.Site, Email, CancellationToken.None)).Names[0]);
        Assert.Equal(first.Names[0], await last.ProvenAsync(Town.Site, first.Link, CancellationToken.None));
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

    [Fact]
    public async Task One_mailbox_is_one_however_its_address_is_varied_and_who_unsubscribed_under_the_address_as_it_was_written_stays_so()
    {
        await using var town = await Town.OpenAsync(azurite);
        var recipients = town.Get<MailRecipients>();
        var plain = await recipients.OfAsync(Town.Site, Email, CancellationToken.None);
        foreach (var other in new[] { "camille+1@exemple.fr", "Camille+a+b@Exemple.fr", "\"camille\"@exemple.fr" })
        {
            var one = await recipients.OfAsync(Town.Site, other, CancellationToken.None);
            Assert.Equal(plain.Names[0], one.Names[0]);
            Assert.Equal(plain.Link, one.Link);
            // What an older version of the hub named by all of the address still counts.
            Assert.True(one.Names.Count > plain.Names.Count);
        }

        Assert.NotEqual(plain.Names[0], (await recipients.OfAsync(Town.Site, "camille@autre.fr", CancellationToken.None)).Names[0]);
    }

    [Fact]
    public async Task A_link_that_another_hub_made_meanwhile_is_known()
    {
        await using var town = await Town.OpenAsync(azurite);
        var storage = town.Get<HubStorage>();
        MailRecipients Of(char key, char? previous) => new(storage, Options.Create(new HubOptions { SigningKey = new string(key, 40), PreviousSigningKey = previous is { } before ? new string(before, 40) : "" }), NullLogger<MailRecipients>.Instance);
        var one = Of('m', 'n');
        await one.OfAsync(Town.Site, Email, CancellationToken.None);
        var made = await Of('n', null).OfAsync(Town.Site, Email, CancellationToken.None);
        Assert.Equal(made.Names[0], await one.ProvenAsync(Town.Site, made.Link, CancellationToken.None));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Of_decisions_one_mailbox_is_told_ten_a_day_and_of_the_others_on_the_next()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        for (var time = 0; time < 12; time++)
        {
            var comment = await WriteAsync(town, $"camille+{time}@exemple.fr", $"{Text} {Keys.Random(9)} {Keys.Random(9)}");
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
            Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish)).Succeeded);
        }

        await OnceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(10, server.Received.Count);
        await OnceAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(10, server.Received.Count);
        Assert.True((await town.Get<ModerationHealth>().AskAsync(CancellationToken.None)).IsHealthy);
        await OnceAsync(TimeSpan.FromHours(24));
        Assert.Equal(12, server.Received.Count);

        async Task OnceAsync(TimeSpan after)
        {
            town.Time.Advance(after);
            foreach (var row in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row)).Where(row => row.Due <= town.Time.GetUtcNow()).ToList())
                await town.WorkAsync(row);
        }
    }

    private static async Task<CommentRow> WriteAsync(Town town, string? email = Email, string text = Text, string? authorKey = null)
    {
        var answer = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, text, "Camille") { Email = email, AuthorKey = authorKey, Address = $"192.0.2.{Random.Shared.Next(250)}", IdempotencyKey = Keys.Random(20) }, CancellationToken.None);
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
