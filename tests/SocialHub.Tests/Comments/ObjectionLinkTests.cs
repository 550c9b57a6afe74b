using System.Net;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever reads in a mail that a comment was refused objects by its link, without the code that was given when it was sent.</summary>
public sealed class ObjectionLinkTests(AzuriteFixture azurite)
{
    private const string Text = "Quand rouvre la piscine ?";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task The_mail_of_a_refusal_has_a_link_that_objects_for_its_comment_alone_as_long_as_one_may_object()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var id = await RefusedAsync(town);
        var link = LinkOf(server.Received.Last().TextBody!);
        var links = town.Get<ObjectionLinks>();
        Assert.Equal(id, (await links.ReadAsync(Town.Site, link, CancellationToken.None)).Value);
        var parts = link.Split('.');
        var other = CommentId.New("aaaaaaaaaaaa", town.Time.GetUtcNow());
        foreach (var forged in new[] { "x", $"{other}.{parts[1]}.{parts[2]}", $"{parts[0]}.{Keys.Time(town.Time.GetUtcNow().AddYears(9))}.{parts[2]}", $"{parts[0]}.{parts[1]}.{new string('a', 26)}", link.ToUpperInvariant() })
            Assert.Equal("no-such-link", (await links.ReadAsync(Town.Site, forged, CancellationToken.None)).Problem?.Code);
        Assert.Equal("no-such-link", (await links.ReadAsync("village", link, CancellationToken.None)).Problem?.Code);
        // The link that ends the mails is of the same key, and objects to nothing.
        var unsubscribe = new Uri(server.Received.Last().Headers[MimeKit.HeaderId.ListUnsubscribe]!.Trim('<', '>')).Segments[^1];
        Assert.Equal("no-such-link", (await links.ReadAsync(Town.Site, $"{parts[0]}.{parts[1]}.{unsubscribe[27..]}", CancellationToken.None)).Problem?.Code);

        town.Time.Advance(TimeSpan.FromDays(184));
        Assert.True((await links.ReadAsync(Town.Site, link, CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal("objection-over", (await links.ReadAsync(Town.Site, link, CancellationToken.None)).Problem?.Code);
    }

    [Fact]
    public async Task A_link_outlives_however_many_changes_of_the_signing_key()
    {
        await using var town = await Town.OpenAsync(azurite);
        var storage = town.Get<HubStorage>();
        ObjectionLinks Of(char key, char? previous) => new(new MailRecipients(storage, Options.Create(new HubOptions { SigningKey = new string(key, 40), PreviousSigningKey = previous is { } before ? new string(before, 40) : "" }), NullLogger<MailRecipients>.Instance), town.Time);
        var id = CommentId.New("aaaaaaaaaaaa", town.Time.GetUtcNow());
        var link = await Of('k', null).MakeAsync(Town.Site, id, town.Time.GetUtcNow().AddDays(184), CancellationToken.None);
        foreach (var (key, previous) in new[] { ('l', 'k'), ('m', 'l'), ('n', 'm') })
            Assert.Equal(id, (await Of(key, previous).ReadAsync(Town.Site, link, CancellationToken.None)).Value);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Once_another_person_has_upheld_it_no_mail_offers_to_object_and_the_old_link_objects_no_more()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var id = await RefusedAsync(town);
        Assert.True((await town.Get<AuthorActions>().ObjectByLinkAsync(Town.Site, id, "C’était une question.", "", CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().ObjectByLinkAsync(Town.Site, id, "C’était une question.", "", CancellationToken.None)).Value.Repeated);
        Assert.Equal((CommentState.Held, true), ((await town.FindAsync(id.Value))!.State, (await town.FindAsync(id.Value))!.Objected));
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Objection, "Sacha")).Succeeded);
        await LaterAsync(town);
        Assert.Equal("Votre contestation a été examinée : le refus est maintenu", server.Received.Last().Subject);
        Assert.Contains("il est définitif", server.Received.Last().TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/objection/", server.Received.Last().TextBody, StringComparison.Ordinal);
        Assert.Equal("objection-answered", (await town.Get<AuthorActions>().ObjectByLinkAsync(Town.Site, id, "Encore.", "", CancellationToken.None)).Problem?.Code);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_scanner_that_opens_the_link_objects_to_nothing_and_a_person_does_by_the_page_that_shows_no_text()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", isTwo: true);
        var id = CommentId.Parse(await hub.JudgedAsync(Text, Key));
        var held = (await hub.Get<CommentStore>().FindAsync(Town.Site, id, Stop))!;
        Assert.True((await hub.Get<CommentDecisions>().DecideAsync(Town.Site, id, new CommentDecision(DecisionSubject.Comment, held.Revision, held.Round, held.ReportsEver, DecisionChoice.Reject, "off-topic", new Actor("Alix", "alix")), Stop)).Succeeded);
        var path = $"api/v1/sites/{Town.Site}/objection/{await hub.Get<ObjectionLinks>().MakeAsync(Town.Site, id, TimeProvider.System.GetUtcNow().AddDays(184), Stop)}";
        var before = await RowsAsync(hub);
        for (var scan = 0; scan < 5; scan++)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var opened = await hub.SendAsync(method, path, null);
                Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            }
        }

        using var empty = await hub.FormAsync(path, "https://hub.example", ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var foreign = await hub.FormAsync(path, "https://ailleurs.example", ("reason", "Non."));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(before, await RowsAsync(hub));

        var page = await PageAsync(hub, path);
        Assert.All(["Motif : Hors sujet.", "Décision prise par une personne", "Vous pouvez contester ce refus, même sans votre code, jusqu’au"], said => Assert.Contains(said, page.Body!.TextContent, StringComparison.Ordinal));
        Assert.Equal("Article 7 de la charte (version 1)", page.QuerySelector("a[href='https://hub.example/api/v1/charter.html?version=1#article-7']")?.TextContent);
        Assert.All([Text, "Camille", Key], hidden => Assert.DoesNotContain(hidden, page.DocumentElement.OuterHtml, StringComparison.Ordinal));
        Assert.Single(page.QuerySelectorAll("form"));
        using var sent = await hub.FormAsync(path, "https://hub.example", ("reason", "C’était une question."));
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("Votre contestation est enregistrée", WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Stop)), StringComparison.Ordinal);
        Assert.Equal((CommentState.Held, true), ((await hub.Get<CommentStore>().FindAsync(Town.Site, id, Stop))!.State, (await hub.Get<CommentStore>().FindAsync(Town.Site, id, Stop))!.Objected));
        page = await PageAsync(hub, path);
        Assert.Contains("Votre contestation est enregistrée", page.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));

        Assert.True((await hub.Get<CommentErasure>().EraseAsync(Town.Site, id, new Actor("Alix", "alix"), Stop)).Succeeded);
        foreach (var (gone, status) in new[] { (path, HttpStatusCode.Gone), (path[..^1] + "-", HttpStatusCode.NotFound) })
        {
            using var opened = await hub.SendAsync(HttpMethod.Get, gone, null);
            Assert.Equal((status, "text/html"), (opened.StatusCode, opened.Content.Headers.ContentType?.MediaType));
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(CitizenHub hub, string path) => new HtmlParser().ParseDocument(await hub.Client.GetStringAsync(path, Stop));

    private static async Task<IReadOnlyList<string>> RowsAsync(CitizenHub hub) =>
        [.. await hub.Get<HubStorage>().Comments.QueryAsync<TableEntity>(row => row.PartitionKey == Town.Site, cancellationToken: Stop).Where(row => row.RowKey[..2] is "c." or "o." or "n." or "l.").Select(row => $"{row.RowKey} {row.ETag}").ToListAsync(Stop)];

    // Once its author has heard of it.
    private static async Task<CommentId> RefusedAsync(Town town)
    {
        var answer = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, Text, "Camille") { Email = "camille@exemple.fr", AuthorKey = Key, Address = "" }, CancellationToken.None);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.True((await town.DecideAsync((await town.FindAsync(answer.Value.Comment.Id))!, DecisionChoice.Reject)).Succeeded);
        await LaterAsync(town);
        return CommentId.Parse(answer.Value.Comment.Id);
    }

    private static string LinkOf(string body)
    {
        var start = body.IndexOf("/objection/", StringComparison.Ordinal) + "/objection/".Length;
        Assert.True(start > 20, body);
        return body[start..].Split([' ', '\r', '\n', '>', ')'], 2)[0];
    }

    private static async Task LaterAsync(Town town)
    {
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        await town.SettleAsync();
    }
}
