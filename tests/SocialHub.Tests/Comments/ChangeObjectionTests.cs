using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>An author whose change of a public comment is refused may object, as to any refusal: another moderator answers, and the public text stays meanwhile.</summary>
public sealed class ChangeObjectionTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Public = "Quand ouvre la piscine ?";
    private const string Wanted = "Et quand ferme la patinoire ?";
    private readonly Channels _channels = new();

    [Theory]
    [InlineData(DecisionChoice.Publish, "reversed")]
    [InlineData(DecisionChoice.Reject, "upheld")]
    [Trait("run", "thorough")]
    public async Task Another_moderator_answers_its_author_is_told_and_the_public_figures_count_it(DecisionChoice answer, string outcome)
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await RefusedAsync(server.Port, "alix", "dominique");
        var refused = await OnlyAsync(town);
        Assert.True(refused.MayObject);
        Assert.Contains("contestez ce refus", Told(town, refused), StringComparison.Ordinal);
        await LaterAsync(town);
        Assert.Contains("Vous pouvez aussi contester ce refus, même sans votre code, jusqu’au", server.Received.Last().TextBody, StringComparison.Ordinal);
        Assert.Contains($"https://hub.example/api/v1/sites/{Town.Site}/objection/{refused.Id}.", server.Received.Last().TextBody, StringComparison.Ordinal);

        Assert.False(await ObjectAsync(town, "La patinoire est aussi à la ville."));
        Assert.True(await ObjectAsync(town, "La patinoire est aussi à la ville."));
        await town.SettleAsync();
        var waits = await OnlyAsync(town);
        Assert.Contains("Votre contestation est enregistrée", Told(town, waits), StringComparison.Ordinal);
        Assert.Equal((Public, ProposalState.Held, Wanted), (Assert.Single((await town.ThreadAsync()).Comments).Html.Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal).Trim(), waits.ProposalState, waits.ProposalBody));
        Assert.All(["Un auteur conteste le refus de sa modification", "La patinoire est aussi à la ville.", Wanted], part => Assert.Contains(part, _channels.Taken[^1].Card, StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);

        // Neither the link of the refusal nor whoever refused decides about it.
        Assert.Equal("decided-otherwise", (await town.DecideAsync(refused, DecisionChoice.Reject, DecisionSubject.Proposal)).Problem?.Code);
        Assert.Equal("another-moderator", (await town.DecideAsync(waits, answer, DecisionSubject.Proposal)).Problem?.Code);
        Assert.True((await town.DecideAsync(waits, answer, DecisionSubject.Proposal, "Dominique")).Succeeded);
        await LaterAsync(town);
        var answered = await OnlyAsync(town);
        var isTaken = answer == DecisionChoice.Publish;
        Assert.Equal(isTaken ? Wanted : Public, answered.Body);
        Assert.Equal(isTaken ? "Votre modification est publiée" : "Votre contestation a été examinée : le refus de votre modification est maintenu", server.Received.Last().Subject);
        Assert.Contains(isTaken ? "Votre contestation a été examinée et acceptée." : "pour ce texte, il est définitif", server.Received.Last().TextBody, StringComparison.Ordinal);
        Assert.Contains(isTaken ? "est publié." : "le refus est maintenu", Told(town, answered), StringComparison.Ordinal);
        Assert.Equal(isTaken ? "published" : "rejected", (await ObjectionAsync(town)).Decision);
        Assert.Equal(isTaken ? "nothing-to-object-to" : "objection-answered", (await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse(answered.Id), Key, "Encore", "", CancellationToken.None)).Problem?.Code);

        var month = Assert.Single(Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months);
        Assert.Equal((1, 1, isTaken ? 1 : 0, isTaken ? 0 : 1, 1), (month.RefusedChanges, month.Objections, month.Reversed, month.Upheld, month.ByAnother));
        var statements = await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddMinutes(1), CancellationToken.None);
        Assert.Equal((StatementOfReasons.ChangeRefused, outcome), (statements[0].Statement.Decision, statements[0].Outcome));
        Assert.Equal(isTaken ? 1 : 2, statements.Count);
        await CommentsInvariants.CheckAsync(town);

        // Whatever was answered, its author may write another text.
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(answered.Id), Key, "Et la patinoire ?", answered.ChangeableRevision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Equal((ProposalState.Held, false), ((await OnlyAsync(town)).ProposalState, (await OnlyAsync(town)).IsChangeObjected));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_answer_that_is_taken_back_leaves_the_objection_to_somebody_else_than_who_had_refused()
    {
        await using var town = await RefusedAsync(null, "alix", "dominique");
        await ObjectAsync(town, "La patinoire est aussi à la ville.");
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal, "Dominique")).Succeeded);
        var answered = await OnlyAsync(town);
        Assert.Equal("another-moderator", (await UndoAsync(town, answered, "Alix")).Problem?.Code);
        Assert.True((await UndoAsync(town, answered, "Dominique")).Succeeded);
        await town.SettleAsync();
        var held = await OnlyAsync(town);
        Assert.Equal((CommentState.Held, Wanted, true), (held.State, held.Body, held.Objected));
        Assert.Contains("La patinoire est aussi à la ville.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.Null((await ObjectionAsync(town)).Decision);
        await CommentsInvariants.CheckAsync(town);
        Assert.Equal("another-moderator", (await town.DecideAsync(held, DecisionChoice.Reject, DecisionSubject.Objection)).Problem?.Code);
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        Assert.Equal("published", (await ObjectionAsync(town)).Decision);
        var month = Assert.Single(Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months);
        Assert.Equal((1, 1, 1), (month.Published, month.Objections, month.Reversed));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_objection_goes_on_with_another_text_of_its_author_and_stays_somebody_else_s_to_answer()
    {
        await using var town = await RefusedAsync(null, "alix", "dominique");
        await ObjectAsync(town, "La patinoire est aussi à la ville.");
        var waits = await OnlyAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(waits.Id), Key, "Et la patinoire ?", waits.ChangeableRevision, "", CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromMinutes(11));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
        Assert.All(["Et la patinoire ?", "La patinoire est aussi à la ville."], part => Assert.Contains(part, _channels.Taken[^1].Card, StringComparison.Ordinal));
        Assert.Equal("another-moderator", (await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal)).Problem?.Code);
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Proposal, "Dominique")).Succeeded);
        Assert.Equal(("Et la patinoire ?", "published"), ((await OnlyAsync(town)).Body, (await ObjectionAsync(town)).Decision));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_the_comment_leaves_the_page_the_change_is_refused_as_it_was_and_its_author_may_object_once_it_is_back()
    {
        await using var town = await RefusedAsync(null);
        await ObjectAsync(town, "La patinoire est aussi à la ville.");
        Assert.True((await UndoAsync(town, await OnlyAsync(town), "Alix")).Succeeded);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
        var back = await OnlyAsync(town);
        Assert.Equal((ProposalState.Rejected, Wanted, true), (back.ProposalState, back.ProposalBody, back.MayObject));
        Assert.False(await ObjectAsync(town, "Encore une fois."));
        await town.SettleAsync();
        Assert.Contains("Encore une fois.", _channels.Taken[^1].Card, StringComparison.Ordinal);
        // The only moderator answers, and their own answer is not the last word.
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        Assert.True((await OnlyAsync(town)).MayObject);
        Assert.Equal([null, "rejected"], (await town.Get<AuthorActions>().ExportAsync(Town.Site, Key, CancellationToken.None)).Value.Single().Objections.Select(one => one.Decision));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public void Its_row_goes_with_an_erasure_by_the_version_before_whose_export_reads_the_number_of_a_round_and_finds_none()
    {
        var id = CommentId.New(Keys.Page(Town.Page), DateTimeOffset.UnixEpoch).Value;
        var key = Keys.ObjectionToChange(id, 2);
        var (from, before) = Keys.ObjectionsOf(id);
        Assert.True(Keys.IsKey(key) && string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, before) < 0);
        Assert.InRange(int.Parse(key[(key.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture), int.MinValue, -2);
        Assert.NotEqual(key, Keys.ObjectionToChange(id, 20));
    }

    [Fact]
    public async Task What_an_objection_came_to_is_said_of_its_text_alone_also_where_the_version_before_exchanged_that()
    {
        await using var town = await RefusedAsync(null, "alix", "dominique");
        await ObjectAsync(town, "La patinoire est aussi à la ville.");
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Proposal, "Dominique")).Succeeded);
        var upheld = await OnlyAsync(town);
        Assert.Equal((false, ChangeObjection.Upheld), (upheld.MayObject, upheld.ProposalObjection));

        // It writes another text into the row, and leaves what it does not know.
        upheld.ProposalBody = "Et la patinoire ?";
        upheld.ProposalRevision++;
        await town.Table.UpdateEntityAsync(upheld.Entity, upheld.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        var other = await OnlyAsync(town);
        Assert.Equal((true, ChangeObjection.None), (other.MayObject, other.ProposalObjection));
        Assert.DoesNotContain("Une autre personne a examiné", Told(town, other), StringComparison.Ordinal);
        Assert.False(await ObjectAsync(town, "Encore"));
        Assert.True((await OnlyAsync(town)).IsChangeObjected);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Without_script_the_receipt_has_the_form_and_script_is_told_that_there_is_one()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync(Public, Key);
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez Jean au 06 12 34 56 78","revision":0}""", ("Author-Key", Key));
        var store = hub.Get<CommentStore>();
        await Patience.UntilAsync("the change waits for a person", async () => (await store.FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!.ProposalState == ProposalState.Held);
        var held = (await store.FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!;
        Assert.True((await hub.Get<CommentDecisions>().DecideAsync(Town.Site, CommentId.Parse(id), new CommentDecision(DecisionSubject.Proposal, held.ProposalRevision, held.Round, null, DecisionChoice.Reject, "personal-data", new Actor("Alix", "alix")), TestContext.Current.CancellationToken)).Succeeded);
        using var view = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null, ("Author-Key", Key));
        var seen = JsonDocument.Parse(await view.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.True(seen.GetProperty("mayObject").GetBoolean());
        Assert.Contains("contester ce refus", seen.GetProperty("statement").GetProperty("redress").GetString(), StringComparison.Ordinal);
        using var receipt = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", Town.Origin, ("authorKey", Key));
        var form = new HtmlParser().ParseDocument(await receipt.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).QuerySelector("form[action$='/objections']");
        Assert.Equal("Contester le refus", form?.QuerySelector("button")?.TextContent);
        using var objected = await hub.FormAsync(form!.GetAttribute("action")!.TrimStart('/'), Town.Origin, ("authorKey", Key), ("reason", "C’est le numéro de la mairie."));
        Assert.Equal(HttpStatusCode.OK, objected.StatusCode);
        // What was public stays, and both the page and the answer to script say so.
        const string Said = "Votre commentaire est publié. Votre contestation est enregistrée ; une personne va relire votre modification et, d’ici là, l’ancien texte reste en ligne.";
        Assert.Contains(Said, WebUtility.HtmlDecode(await objected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        using var again = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/objections", """{"reason":"C’est le numéro de la mairie."}""", ("Author-Key", Key));
        var receiptOf = JsonDocument.Parse(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((HttpStatusCode.OK, "published", Said), (again.StatusCode, receiptOf.GetProperty("state").GetString(), receiptOf.GetProperty("message").GetString()));
        using var desk = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, ("x-hub-key", Access.RunningHub.KeyOf("moderator")));
        var item = Assert.Single(JsonDocument.Parse(await desk.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal(("proposal", "C’est le numéro de la mairie."), (item.GetProperty("subject").GetString(), item.GetProperty("objection").GetString()));
    }

    private async Task<Town> RefusedAsync(int? port, params string[] names)
    {
        var town = port is { } mail ? await Town.WithMailAsync(azurite, _channels, mail, "TEAMS") : await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var written = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, Public, "Camille") { AuthorKey = Key, Email = "camille@example.org", Address = "192.0.2.1" }, CancellationToken.None);
        var id = CommentId.Parse(written.Value.Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish)).Succeeded);
        if (names.Length > 0)
            await NameAsync(town, names);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, Wanted, 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        return town;
    }

    // Whom the team named, so that the hub knows of several moderators.
    private static async Task NameAsync(Town town, string[] names)
    {
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        var written = JsonSerializer.SerializeToElement(new { people = names.Select(name => new { name, email = $"{name}@saint-exemple.fr" }) });
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
    }

    // What is told a minute later is told by then.
    private static async Task LaterAsync(Town town)
    {
        town.Time.Advance(TimeSpan.FromMinutes(2));
        await town.SettleAsync();
    }

    private static async Task<bool> ObjectAsync(Town town, string reason)
    {
        var answer = await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), Key, reason, "", CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return answer.Value.Repeated;
    }

    private static string Told(Town town, CommentRow comment) => CommentWords.ForAuthor(comment, "Europe/Paris", town.Time.GetUtcNow()).French;

    private static Task<Answer<CommentRow>> UndoAsync(Town town, CommentRow comment, string who) =>
        town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(comment.Id), comment.Round, null, new Actor(who, who), CancellationToken.None);

    private static async Task<AnsweredObjection> ObjectionAsync(Town town) => (await town.Get<AuthorActions>().ExportAsync(Town.Site, Key, CancellationToken.None)).Value.Single().Objections.Single();

    private static async Task<CommentRow> OnlyAsync(Town town) => new(Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)));
}
