using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What an author is given, with and without script.</summary>
public sealed class ReceiptTests(AzuriteFixture azurite)
{
    private static readonly (string, string)[] Whole = [("page", Town.Page), ("text", "La piste cyclable est belle."), ("name", "Camille")];

    [Theory]
    [InlineData(10, Town.Site, true)]
    [InlineData(0, Town.Site, false)]
    [InlineData(10, "village", false)]
    public async Task Other_words_are_promised_where_somebody_is_asked_for_them(int minutes, string site, bool isPromised)
    {
        var hub = new HubConfiguration { Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { [Town.Site] = new() { RewordMinutes = minutes } } };
        var comment = CommentRow.New(site, CommentId.Parse("aaaaaaaaaaaa-0000000000000000000000000"), DateTimeOffset.UnixEpoch);
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        await new ReceiptPage(hub, site, comment, "AAAAAAAAAAAAAAAAAAAAAA", DateTimeOffset.UnixEpoch).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        Assert.Equal(isPromised, (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Contains("reformuler une fois", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("camille@exemple.fr", true, true)]
    [InlineData("camille@exemple.fr", false, false)]
    [InlineData(null, true, false)]
    public async Task Whoever_left_an_address_reads_that_messages_to_it_may_have_been_ended_and_never_whether_they_were(string? email, bool isMailing, bool isTold)
    {
        var hub = new HubConfiguration { Mail = isMailing ? new MailConfiguration() : null };
        var comment = CommentRow.New(Town.Site, CommentId.Parse("aaaaaaaaaaaa-0000000000000000000000000"), DateTimeOffset.UnixEpoch);
        comment.Email = email;
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        await new ReceiptPage(hub, Town.Site, comment, "AAAAAAAAAAAAAAAAAAAAAA", DateTimeOffset.UnixEpoch).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        Assert.Equal(isTold, System.Net.WebUtility.HtmlDecode(await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Contains("sauf si les messages y ont été arrêtés", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("a-priori")]
    [InlineData("a-posteriori")]
    public async Task A_form_sent_twice_by_a_double_click_gets_the_code_in_the_second_answer_too_which_is_the_one_that_the_browser_shows(string policy)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: policy, isTwo: true);
        using var first = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        using var again = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var (one, two) = (CodeOf(await first.Content.ReadAsStringAsync()), CodeOf(await again.Content.ReadAsStringAsync()));
        Assert.Equal(22, one.Length);
        Assert.Equal(one, two);
        var thread = await hub.Get<CommentStore>().RangeAsync(Town.Site, ("c.", "c/"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Single(thread);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Who_sends_a_text_again_that_readers_could_read_gets_the_state_but_neither_the_code_nor_the_text()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, isTwo: true);
        using var first = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var code = CodeOf(await first.Content.ReadAsStringAsync());
        var stored = Assert.Single(await hub.Get<CommentStore>().RangeAsync(Town.Site, ("c.", "c/"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        await Patience.UntilAsync("the rules have published it", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(stored.RowKey[2..]), TestContext.Current.CancellationToken) is { State: CommentState.Published });
        // As if it had come a little earlier.
        var earlier = new TableEntity(stored.PartitionKey, stored.RowKey) { ["Received"] = TimeProvider.System.GetUtcNow() - CommentIntake.DoubleClick };
        await hub.Get<HubStorage>().Comments.UpdateEntityAsync(earlier, ETag.All, TableUpdateMode.Merge, TestContext.Current.CancellationToken);
        for (var turn = 0; turn < 3; turn++)
        {
            // The field for a code may be there, and empty.
            using var again = await hub.FormAsync(CitizenHub.Comments, Town.Origin, turn == 2 ? [.. Whole, ("authorKey", "")] : Whole);
            var page = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Contains("Votre commentaire est publié.", page, StringComparison.Ordinal);
            Assert.Contains("n’est enregistré qu’une fois", page, StringComparison.Ordinal);
            Assert.DoesNotContain(code, page, StringComparison.Ordinal);
            Assert.DoesNotContain("piste cyclable", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_code_is_told_again_as_long_as_nobody_else_knows_the_text_and_never_once_it_was_public()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var code = (await town.TryWriteAsync("La fontaine est belle")).Value.AuthorKey;
        Assert.NotNull(code);
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(3));
        for (var hub = 0; hub < 2; hub++)
            Assert.Equal(code, (await town.TryWriteAsync("La fontaine est belle")).Value.AuthorKey);
        var id = (await town.TryWriteAsync("La fontaine est belle")).Value.Comment.Id;
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        for (var hub = 0; hub < 2; hub++)
            Assert.Null((await town.TryWriteAsync("La fontaine est belle")).Value.AuthorKey);
        // Whoever read it meanwhile still knows it.
        var published = (await town.FindAsync(id))!;
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(id), published.Round, null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        for (var hub = 0; hub < 2; hub++)
            Assert.Null((await town.TryWriteAsync("La fontaine est belle")).Value.AuthorKey);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_receipt_s_forms_must_have_is_said_in_their_labels()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        using var sent = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var code = CodeOf(await sent.Content.ReadAsStringAsync());
        var stored = Assert.Single(await hub.Get<CommentStore>().RangeAsync(Town.Site, ("c.", "c/"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        var id = stored.RowKey[2..];
        await Patience.UntilAsync("the rules have judged it", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken) is { State: CommentState.Held });
        await ExpectAsync("text");
        using var decided = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", """{"decision":"reject","reason":"off-topic","revision":0,"round":0}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        await ExpectAsync("reason");

        async Task ExpectAsync(string field)
        {
            using var page = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", "https://hub.example", ("authorKey", code));
            var document = await new HtmlParser().ParseDocumentAsync(await page.Content.ReadAsStringAsync());
            Assert.True(document.QuerySelector("#" + field)!.HasAttribute("required"));
            Assert.EndsWith("(obligatoire)", document.QuerySelector($"label[for='{field}']")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_author_whose_change_waits_sees_the_proposed_text_with_its_revision_and_edits_on_from_there()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-posteriori");
        var id = await hub.PublishedAsync("Texte public", Key);
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez Jean au 06 12 34 56 78","revision":0}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        using var view = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null, ("Author-Key", Key));
        var seen = JsonDocument.Parse(await view.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("Appelez Jean au 06 12 34 56 78", 1), (seen.GetProperty("text").GetString(), seen.GetProperty("revision").GetInt32()));
        Assert.Contains("Texte public", seen.GetProperty("html").GetString(), StringComparison.Ordinal);
        using var again = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez-moi au 06 12 34 56 78","revision":1}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("fr", "Voir mes données", "Tout effacer ?", "en cours d’effacement")]
    [InlineData("en", "See my data", "Erase everything?", "is being erased")]
    public async Task From_the_receipt_an_author_without_script_reads_takes_along_and_after_a_confirmation_erases_everything(string language, string see, string asked, string erasing)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language, "a-priori");
        using var sent = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var receipt = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync());
        var code = receipt.Split("<code>")[1].Split("</code>")[0];
        Assert.Contains(see, receipt, StringComparison.Ordinal);
        const string Author = $"api/v1/sites/{Town.Site}/author";
        Assert.Contains($"action=\"/{Author}/export\"", receipt, StringComparison.Ordinal);
        Assert.Contains($"action=\"/{Author}/erase\"", receipt, StringComparison.Ordinal);

        using var page = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code));
        Assert.Contains("piste cyclable", await ReadAsync(page, "text/html"), StringComparison.Ordinal);
        using var file = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code), ("format", "json"));
        Assert.Equal(("attachment", "ville.json"), (file.Content.Headers.ContentDisposition?.DispositionType, file.Content.Headers.ContentDisposition?.FileName));
        Assert.Contains("piste cyclable", await ReadAsync(file, "application/json"), StringComparison.Ordinal);

        using var first = await hub.FormAsync($"{Author}/erase", "https://hub.example", ("authorKey", code));
        Assert.Contains(asked, await ReadAsync(first, "text/html"), StringComparison.Ordinal);
        using var still = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code));
        Assert.Contains("piste cyclable", await ReadAsync(still, "text/html"), StringComparison.Ordinal);
        using var second = await hub.FormAsync($"{Author}/erase", "https://hub.example", ("authorKey", code), ("confirm", "yes"));
        Assert.Contains(erasing, await ReadAsync(second, "text/html"), StringComparison.Ordinal);
        using var late = await hub.FormAsync(CitizenHub.Comments, Town.Origin, [("page", Town.Page), ("text", "Encore"), ("name", "Camille"), ("authorKey", code)]);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    private static string CodeOf(string receipt) => receipt.Split("<code>")[1].Split("</code>")[0];

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string type)
    {
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_same_JSON_sent_twice_without_a_key_is_a_replay_with_the_same_author_key()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, isTwo: true);
        var body = JsonSerializer.Serialize(Whole.ToDictionary());
        using var first = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, body);
        using var again = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, body);
        var (one, two) = (JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement, JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
        Assert.Equal(22, one.GetProperty("authorKey").GetString()!.Length);
        Assert.True(two.TryGetProperty("state", out _));
        Assert.Equal(one.GetProperty("authorKey").GetString(), two.GetProperty("authorKey").GetString());
    }
}
