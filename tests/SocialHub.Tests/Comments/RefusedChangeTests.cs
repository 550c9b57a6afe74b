using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>A change of a public comment that a moderator refuses: its author is told why and has the text back, nobody else learns anything.</summary>
public sealed class RefusedChangeTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Refused = "Appelez Jean au 06 12 34 56 78";

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("fr", "Votre modification a été refusée le ", "Motif : Données personnelles.", "Données personnelles")]
    [InlineData("en", "Your change was refused on ", "Reason: Personal data.", "Personal data")]
    public async Task Its_author_is_told_when_and_why_and_edits_on_from_the_refused_text(string language, string told, string motive, string label)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language, isTwo: true);
        var id = await RefusedAsync(hub);
        var seen = await ViewAsync(hub, id);
        Assert.Equal("published", seen.GetProperty("state").GetString());
        var message = seen.GetProperty("message").GetString();
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains(motive, message, StringComparison.Ordinal);
        Assert.Contains("Texte public", seen.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.False(seen.TryGetProperty("refusal", out _));
        var proposal = seen.GetProperty("proposal");
        Assert.Equal(("rejected", Refused, label), (proposal.GetProperty("state").GetString(), proposal.GetProperty("text").GetString(), proposal.GetProperty("refusal").GetString()));
        Assert.InRange(proposal.GetProperty("decided").GetDateTimeOffset(), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        // What is to be corrected, under the revision that an edit names.
        Assert.Equal((Refused, 0), (seen.GetProperty("text").GetString(), seen.GetProperty("revision").GetInt32()));
        Assert.NotEmpty(seen.GetProperty("reasons").EnumerateArray());

        using var again = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez Jean à la mairie : 06 12 34 56 79","revision":0}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var next = (await RunningHub.JsonAsync(again)).GetProperty("proposal");
        Assert.Equal(("received", 2), (next.GetProperty("state").GetString(), next.GetProperty("revision").GetInt32()));
        Assert.False(next.TryGetProperty("refusal", out _));
        Assert.False(next.TryGetProperty("decided", out _));
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("fr", "Votre modification a été refusée le ", "Modification refusée le ", "Motif : Données personnelles")]
    [InlineData("en", "Your change was refused on ", "Change refused on ", "Reason: Personal data")]
    public async Task Without_script_the_receipt_and_the_data_say_the_same_and_the_text_is_there_to_be_corrected(string language, string told, string title, string motive)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language);
        var id = await RefusedAsync(hub);
        using var looked = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", "https://hub.example", ("authorKey", Key));
        var receipt = WebUtility.HtmlDecode(await looked.Content.ReadAsStringAsync());
        Assert.Contains(told, receipt, StringComparison.Ordinal);
        Assert.Contains(motive, receipt, StringComparison.Ordinal);
        Assert.Contains($"\n{Refused}</textarea>", receipt, StringComparison.Ordinal);
        Assert.Contains("name=\"revision\" value=\"0\"", receipt, StringComparison.Ordinal);
        using var sent = await hub.FormAsync($"{CitizenHub.Comments}/{id}/edit", "https://hub.example", ("authorKey", Key), ("text", "Appelez Jean au 06 12 34 56 79"), ("revision", "0"));
        Assert.DoesNotContain(told, WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await RefuseAsync(hub, id);

        const string Export = $"api/v1/sites/{Town.Site}/author/export";
        using var page = await hub.FormAsync(Export, "https://hub.example", ("authorKey", Key));
        var data = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        Assert.Contains(title, data, StringComparison.Ordinal);
        Assert.Contains(motive, data, StringComparison.Ordinal);
        Assert.Contains("06 12 34 56 79", data, StringComparison.Ordinal);
        using var file = await hub.JsonAsync(HttpMethod.Post, Export, "{}", ("Author-Key", Key));
        var exported = (await RunningHub.JsonAsync(file)).GetProperty("comments")[0];
        Assert.False(exported.TryGetProperty("proposal", out _));
        var refused = exported.GetProperty("refusedProposal");
        Assert.Equal("Appelez Jean au 06 12 34 56 79", refused.GetProperty("text").GetString());
        Assert.EndsWith(refused.GetProperty("refusal").GetString()!, motive, StringComparison.Ordinal);
        Assert.True(refused.TryGetProperty("decided", out _));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Nobody_but_its_author_reads_of_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        (string, string)[] form = [("page", Town.Page), ("text", "Texte public"), ("name", "Camille")];
        using var written = await hub.FormAsync(CitizenHub.Comments, Town.Origin, form);
        var receipt = WebUtility.HtmlDecode(await written.Content.ReadAsStringAsync());
        var code = receipt.Split("<code>")[1].Split("</code>")[0];
        var id = receipt.Split("/comments/")[1].Split('/')[0];
        await UntilAsync(hub, id, "the rules have published it", row => row.State == CommentState.Published);
        await ProposeAsync(hub, id, code);
        await RefuseAsync(hub, id);
        var page = Uri.EscapeDataString(Town.Page);
        var answers = new List<HttpResponseMessage>();
        foreach (var path in new[] { $"{CitizenHub.Comments}?page={page}", $"{CitizenHub.Comments}?lang=fr&page={page}", $"{CitizenHub.Comments}.html?page={page}", $"{CitizenHub.Comments}.rss?page={page}", $"{CitizenHub.Comments}/{id}" })
            answers.Add(await hub.SendAsync(HttpMethod.Get, path, null));
        // The same form from the same address may be a neighbour's.
        answers.Add(await hub.FormAsync(CitizenHub.Comments, Town.Origin, form));
        foreach (var answer in answers)
        {
            var shown = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("06 12 34", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Données personnelles.", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("modification a été refusée", shown, StringComparison.Ordinal);
            answer.Dispose();
        }

        using var stranger = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null, ("Author-Key", CitizenHub.NewKey()));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("withdraw")]
    [InlineData("erase")]
    [InlineData("erase everything")]
    [InlineData("edit")]
    public async Task The_refused_text_goes_with_the_comment_and_when_its_author_writes_another(string what)
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = await RefusedAsync(town);
        var author = town.Get<AuthorActions>();
        await CommentsInvariants.CheckAsync(town);
        Assert.True(await IsKeptAsync(town));
        var done = what switch
        {
            "withdraw" => (await author.WithdrawAsync(Town.Site, id, Key, CancellationToken.None)).Succeeded,
            "erase" => (await town.Get<CommentErasure>().EraseAsync(Town.Site, id, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded,
            "edit" => (await author.EditAsync(Town.Site, id, Key, "Appelez la mairie", 0, "", CancellationToken.None)).Succeeded,
            _ => (await author.EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded,
        };
        Assert.True(done);
        await town.SettleAsync();
        Assert.False(await IsKeptAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_refused_text_is_kept_as_long_as_a_refused_comment_and_the_public_one_stays()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = await RefusedAsync(town);
        town.Time.Advance(TimeSpan.FromDays(183));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.True(await IsKeptAsync(town));
        town.Time.Advance(TimeSpan.FromDays(2));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.False(await IsKeptAsync(town));
        Assert.Equal("Texte public", (await town.FindAsync(id.Value))!.Body);
        Assert.Single((await town.ThreadAsync()).Comments);
        Assert.Equal("proposal-forgotten", (await town.Get<CommentStore>().HistoryAsync(Town.Site, id, CancellationToken.None).ToListAsync())[^1].What);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_becomes_of_the_public_text_later_leaves_the_refused_one_to_its_author()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = await RefusedAsync(town);
        // A change that was refused stands in nobody's way: what is public may be taken off the page all the same.
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, 0, null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Empty((await town.ThreadAsync()).Comments);
        Assert.True(await IsKeptAsync(town));
        await CommentsInvariants.CheckAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, "203.0.113.4", new ReaderNotice("Propos déplacés", null), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Report)).Succeeded);
        Assert.True(await IsKeptAsync(town));
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, 2, null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True(await IsKeptAsync(town));
        await CommentsInvariants.CheckAsync(town);
        // Its author edits what waits, not what was refused.
        var held = (await town.FindAsync(id.Value))!;
        Assert.Equal((CommentState.Held, "Texte public"), (held.State, held.Body));
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Texte corrigé", held.Revision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.False(await IsKeptAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    private static async Task<bool> IsKeptAsync(Town town) =>
        (await town.RowsAsync()).Exists(row => row.Any(property => property.Value?.ToString()?.Contains("06 12 34", StringComparison.Ordinal) == true));

    private static async Task<CommentId> RefusedAsync(Town town)
    {
        var id = CommentId.Parse((await town.WriteAsync("Texte public", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, Refused, 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        return id;
    }

    private static async Task<string> RefusedAsync(CitizenHub hub)
    {
        var id = await hub.PublishedAsync("Texte public", Key);
        await ProposeAsync(hub, id, Key);
        await RefuseAsync(hub, id);
        return id;
    }

    private static async Task ProposeAsync(CitizenHub hub, string id, string key)
    {
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { ["text"] = Refused, ["revision"] = 0 }), ("Author-Key", key));
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
    }

    private static async Task RefuseAsync(CitizenHub hub, string id)
    {
        var held = await UntilAsync(hub, id, "the change waits for a person", row => row.ProposalState == ProposalState.Held);
        var decision = new CommentDecision(DecisionSubject.Proposal, held.ProposalRevision, held.Round, null, DecisionChoice.Reject, "personal-data", new Actor("Alix", "alix"));
        Assert.True((await hub.Get<CommentDecisions>().DecideAsync(Town.Site, CommentId.Parse(id), decision, TestContext.Current.CancellationToken)).Succeeded);
    }

    private static async Task<CommentRow> UntilAsync(CitizenHub hub, string id, string what, Func<CommentRow, bool> holds)
    {
        CommentRow? row = null;
        await Patience.UntilAsync(what, async () =>
        {
            row = await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken);
            return row is not null && holds(row);
        });
        return row!;
    }

    private static async Task<JsonElement> ViewAsync(CitizenHub hub, string id)
    {
        using var view = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null, ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.OK, view.StatusCode);
        return await RunningHub.JsonAsync(view);
    }
}
