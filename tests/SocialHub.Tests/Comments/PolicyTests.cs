using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Who reads first, until when, and what is refused without a person: each from the request to what readers and the author are told.</summary>
public sealed class PolicyTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Campaign = "Campagne des élections municipales : les commentaires reprennent après le second tour.";

    [Fact]
    [Trait("run", "thorough")]
    public async Task While_comments_are_frozen_none_is_taken_readers_are_told_why_and_once_it_is_over_all_goes_on()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("Bonjour à tous");
        await FreezeAsync(hub, $$"""{"from":"2026-01-01T00:00:00Z","until":"2126-03-22T18:00:00Z","reason":"{{Campaign}}","comments":"close"}""");
        using var refused = await hub.WriteAsync(Body("Votez pour moi"));
        var problem = await RunningHub.JsonAsync(refused);
        Assert.Equal((HttpStatusCode.Conflict, "urn:socialhub:problem:comments-frozen", Campaign, "2126-03-22T18:00:00Z"), (refused.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("reason").GetString(), problem.GetProperty("until").GetString()));
        Assert.Equal($"Les commentaires sont suspendus pour le moment. {Campaign}", problem.GetProperty("notice").GetString());
        using var form = await hub.FormAsync(CitizenHub.Comments, Town.Origin, ("page", Town.Page), ("text", "Bonjour"), ("name", "Camille"));
        Assert.Contains(Campaign, WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        // What was public stays; a page that nobody wrote on says the same.
        foreach (var page in new[] { Town.Page, Town.Origin + "/autre" })
        {
            await Patience.UntilAsync("readers are told", async () => (await ThreadAsync(hub, page)).TryGetProperty("notice", out _));
            var thread = await ThreadAsync(hub, page);
            Assert.Equal((false, $"Les commentaires sont suspendus jusqu’au 22 mars 2126 à 19:00. {Campaign}"), (thread.GetProperty("open").GetBoolean(), thread.GetProperty("notice").GetString()));
        }

        Assert.Equal(1, (await ThreadAsync(hub, Town.Page)).GetProperty("count").GetInt32());
        using var html = await hub.Client.GetAsync($"{CitizenHub.Comments}.html?page={Uri.EscapeDataString(Town.Page)}", TestContext.Current.CancellationToken);
        Assert.Contains(Campaign, WebUtility.HtmlDecode(await html.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await FreezeAsync(hub, "{}");
        await hub.PublishedAsync("Le scrutin est passé");
        await Patience.UntilAsync("readers may write again", async () => (await ThreadAsync(hub, Town.Page)).GetProperty("open").GetBoolean());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_freeze_that_holds_takes_comments_and_edits_and_publishes_none_without_a_person()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var before = await hub.PublishedAsync("Bonjour à tous", Key);
        await FreezeAsync(hub, $$"""{"from":"2026-01-01T00:00:00Z","reason":"{{Campaign}}","comments":"hold","publications":false}""");
        var id = await hub.JudgedAsync("Quand rouvre la piscine ?");
        var comment = (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!;
        Assert.Equal((CommentState.Held, "Les commentaires sont suspendus pour le moment : chaque texte attend d’être lu."), (comment.State, comment.Why));
        using var edited = await hub.JsonAsync(HttpMethod.Put, $"{CitizenHub.Comments}/{before}", $$"""{"text":"Votez pour moi","revision":0,"authorKey":"{{Key}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        await Patience.UntilAsync("the edit is judged", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(before), TestContext.Current.CancellationToken) is { ProposalState: ProposalState.Held });
        await Patience.UntilAsync("readers are told", async () => (await ThreadAsync(hub, Town.Page)).TryGetProperty("notice", out _));
        var thread = await ThreadAsync(hub, Town.Page);
        Assert.Equal((true, $"Les nouveaux commentaires sont mis en attente, puis lus avant d’être publiés. {Campaign}"), (thread.GetProperty("open").GetBoolean(), thread.GetProperty("notice").GetString()));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Of_a_page_that_is_closed_a_freeze_says_nothing()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("Bonjour à tous", Key);
        using var closed = await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","closed":true}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        await FreezeAsync(hub, $$"""{"from":"2026-01-01T00:00:00Z","reason":"{{Campaign}}","comments":"hold","publications":false}""");
        await Patience.UntilAsync("readers of another page are told", async () => (await ThreadAsync(hub, Town.Page + "/autre")).TryGetProperty("notice", out _));
        var thread = await ThreadAsync(hub, Town.Page);
        Assert.Equal((false, false), (thread.GetProperty("open").GetBoolean(), thread.TryGetProperty("notice", out _)));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_freeze_of_one_site_is_told_to_its_readers_alone_and_another_site_goes_on()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, otherSite: "musee");
        const string Museum = "api/v1/sites/musee/comments";
        await FreezeAsync(hub, $$"""{"from":"2026-01-01T00:00:00Z","reason":"{{Campaign}}","comments":"close","sites":["{{Town.Site}}"]}""");
        using var refused = await hub.WriteAsync(Body("Votez pour moi"));
        Assert.Equal("urn:socialhub:problem:comments-frozen", (await RunningHub.JsonAsync(refused)).GetProperty("type").GetString());
        await Patience.UntilAsync("its readers are told", async () => (await ThreadAsync(hub, Town.Page)).TryGetProperty("notice", out _));
        using var taken = await hub.JsonAsync(HttpMethod.Post, Museum, Body("Quelle belle exposition"));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var id = CommentId.Parse((await RunningHub.JsonAsync(taken)).GetProperty("id").GetString()!);
        await Patience.UntilAsync("it is public at once", async () => await hub.Get<CommentStore>().FindAsync("musee", id, TestContext.Current.CancellationToken) is { State: CommentState.Published });
        using var form = await hub.FormAsync(Museum, Town.Origin, ("page", Town.Page), ("text", "Et quel accueil"), ("name", "Camille"));
        Assert.DoesNotContain(Campaign, WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        var page = Uri.EscapeDataString(Town.Page);
        using var read = await hub.SendAsync(HttpMethod.Get, $"{Museum}?page={page}", null);
        var thread = await RunningHub.JsonAsync(read);
        Assert.Equal((true, false), (thread.GetProperty("open").GetBoolean(), thread.TryGetProperty("notice", out _)));
        foreach (var (comments, isTold) in new[] { (CitizenHub.Comments, true), (Museum, false) })
        {
            using var html = await hub.Client.GetAsync($"{comments}.html?page={page}", TestContext.Current.CancellationToken);
            Assert.Equal(isTold, WebUtility.HtmlDecode(await html.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(Campaign, StringComparison.Ordinal));
        }

        // One that holds, the same.
        await FreezeAsync(hub, $$"""{"from":"2026-01-01T00:00:00Z","reason":"{{Campaign}}","comments":"hold","sites":["musee"]}""");
        Assert.Equal(CommentState.Published, (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(await hub.JudgedAsync("Quand rouvre la piscine ?")), TestContext.Current.CancellationToken))!.State);
        using var second = await hub.JsonAsync(HttpMethod.Post, Museum, Body("Quand rouvre la galerie ?"));
        var held = CommentId.Parse((await RunningHub.JsonAsync(second)).GetProperty("id").GetString()!);
        await Patience.UntilAsync("it waits", async () => await hub.Get<CommentStore>().FindAsync("musee", held, TestContext.Current.CancellationToken) is { State: CommentState.Held });
    }

    [Theory]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","reason":"Campagne","comments":"close","sites":["marie"]}""", "$.sites[0]")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","reason":"Campagne","comments":"close","sites":[]}""", "$.sites")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","reason":"Campagne","comments":"shut"}""", "$.comments")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","comments":"close"}""", "$.reason")]
    public async Task A_freeze_of_comments_says_what_it_does_and_why(string value, string path)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/freeze", value, ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(path, (await RunningHub.JsonAsync(answer)).GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_page_closes_at_the_time_that_a_moderator_gave_it_whatever_its_site_says()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"closeAfterDays\": 30");
        await town.WriteAsync("Bonjour");
        await town.SettleAsync();
        var at = town.Time.GetUtcNow().AddDays(3);
        var alix = new Actor("Alix", "Alix");
        Task<Answer<ThreadRow>> GovernAsync(ThreadOrder order) => town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, order, null, alix, CancellationToken.None);
        Assert.Equal("closes-invalid", (await GovernAsync(new ThreadOrder(true, null, Closes: at))).Problem?.Code);
        Assert.Equal("closes-invalid", (await GovernAsync(new ThreadOrder(null, null, Closes: at.AddDays(-4)))).Problem?.Code);
        Assert.Equal(at, (await GovernAsync(new ThreadOrder(null, null, Closes: at))).Value.Closes);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
        town.Time.Advance(TimeSpan.FromDays(2));
        Assert.True((await town.TryWriteAsync("Encore ouvert", address: "192.0.2.77")).Succeeded);
        town.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal("thread-closed", (await town.TryWriteAsync("Trop tard", address: "192.0.2.78")).Problem?.Code);
        await town.SettleAsync();
        Assert.False((await town.ThreadAsync()).Open);
        Assert.Equal("thread-closed", (await GovernAsync(new ThreadOrder(null, null, Closes: at.AddDays(9)))).Problem?.Code);
        // Opened again until another time, by one word.
        Assert.Equal((false, at.AddDays(9)), (await GovernAsync(new ThreadOrder(false, null, Closes: at.AddDays(9)))).Value is var open ? (open.Closed, open.Closes!.Value) : default);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
        town.Time.Advance(TimeSpan.FromDays(40));
        await town.SettleAsync();
        Assert.False((await town.ThreadAsync()).Open);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task A_time_within_the_millisecond_of_the_present_one_is_the_same()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"closeAfterDays\": 30");
        await town.WriteAsync("Bonjour");
        await town.SettleAsync();
        async Task<ThreadRow> CloseAsync(DateTimeOffset at) => (await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, Closes: at), null, new Actor("Alix", "alix"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10))).Value;
        var first = (await town.ThreadAsync()).Closes!.Value;
        Assert.Equal(0, first.Ticks % TimeSpan.TicksPerMillisecond);
        foreach (var at in new[] { first.AddTicks(4_000), first.AddMilliseconds(1), first.AddMilliseconds(1).AddTicks(9_999) })
        {
            Assert.Equal(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)), (await CloseAsync(at)).Closes);
            await CommentsInvariants.CheckAsync(town, isAtRest: false);
        }

        // As an earlier version stored it.
        var row = Assert.Single(await town.RowsAsync(Keys.Thread(Keys.Page(Town.Page))));
        row["Closes"] = first.AddMilliseconds(1).AddTicks(77);
        await town.Table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        await CloseAsync(first.AddMilliseconds(1));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task The_time_at_which_a_page_closes_is_given_and_told_by_the_interface()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","closes":"2027-02-01T08:00:00Z"}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal((HttpStatusCode.OK, "2027-02-01T08:00:00+00:00"), (answer.StatusCode, (await RunningHub.JsonAsync(answer)).GetProperty("closes").GetString()));
        Assert.Equal("2027-02-01T08:00:00+00:00", (await ThreadAsync(hub, Town.Page)).GetProperty("closes").GetString());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whose_first_comment_is_read_is_told_what_becomes_of_the_next_ones()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "first-then-trusted");
        var id = await hub.JudgedAsync("Quand rouvre la piscine ?", Key);
        using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""");
        Assert.Contains("les suivants paraîtront aussitôt, sauf si une règle les retient : écrivez-les en donnant ce code", (await RunningHub.JsonAsync(view)).GetProperty("message").GetString(), StringComparison.Ordinal);
        using var thread = await hub.SendAsync(HttpMethod.Get, $"{CitizenHub.Comments}?page={Uri.EscapeDataString(Town.Page)}&lang=en", null);
        Assert.Contains("Until a person has published one of yours", (await RunningHub.JsonAsync(thread)).GetProperty("words").GetProperty("first").GetString(), StringComparison.Ordinal);
        using var html = await hub.Client.GetAsync($"{CitizenHub.Comments}.html?page={Uri.EscapeDataString(Town.Page)}", TestContext.Current.CancellationToken);
        Assert.Contains("Tant qu’une personne n’a publié aucun de vos commentaires", WebUtility.HtmlDecode(await html.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_the_authority_chose_is_refused_without_a_person_with_its_reason_and_the_way_to_object()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.JudgedAsync("Casino en ligne : bonus gratuit, gagnez de l'argent facile sur http://casino-bonus.example/", Key);
        using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""");
        var comment = await RunningHub.JsonAsync(view);
        var statement = comment.GetProperty("statement");
        Assert.Equal(("rejected", "advertising", true, true), (comment.GetProperty("state").GetString(), statement.GetProperty("reason").GetString(), statement.GetProperty("automated").GetBoolean(), comment.GetProperty("mayObject").GetBoolean()));
        using var objected = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/objections", $$"""{"reason":"C'est mon association.","authorKey":"{{Key}}"}""");
        Assert.Equal(HttpStatusCode.Created, objected.StatusCode);

        // Where every comment is read first, a person reads this one, too; a class that was not chosen is proposed to one.
        await using var strict = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var held = await strict.JudgedAsync("Casino en ligne : bonus gratuit, gagnez de l'argent facile sur http://casino-bonus.example/");
        Assert.Equal(CommentState.Held, (await strict.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(held), TestContext.Current.CancellationToken))!.State);
        var threat = await hub.JudgedAsync("Je vais te tuer.");
        Assert.Equal(CommentState.Held, (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(threat), TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task One_page_may_have_its_own_classes_that_are_refused_without_a_person_and_none_too()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        const string Advertising = "Casino en ligne : bonus gratuit, gagnez de l'argent facile sur http://casino-bonus.example/";
        async Task<CommentState> StateOfAsync(string text) =>
            (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(await hub.JudgedAsync(text)), TestContext.Current.CancellationToken))!.State;
        async Task<JsonElement> RuleAsync(string classes, HttpStatusCode status = HttpStatusCode.OK)
        {
            using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","rejectAtOnce":{{classes}}}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
            Assert.Equal(status, answer.StatusCode);
            return await RunningHub.JsonAsync(answer);
        }

        Assert.Equal(CommentState.Rejected, await StateOfAsync(Advertising));
        var rule = await RuleAsync("""["threat"]""");
        Assert.Equal("threat", Assert.Single(rule.GetProperty("rejectAtOnce").EnumerateArray()).GetString());
        Assert.Equal((CommentState.Held, CommentState.Rejected), (await StateOfAsync(Advertising + " !"), await StateOfAsync("Je vais te tuer.")));
        Assert.Empty((await RuleAsync("[]")).GetProperty("rejectAtOnce").EnumerateArray());
        Assert.Equal(CommentState.Held, await StateOfAsync("Je vais te tuer, toi."));
        // As the site again, now and whenever the site says otherwise; and what was said of it is known afterwards.
        Assert.False((await RuleAsync("""["site"]""")).TryGetProperty("rejectAtOnce", out _));
        Assert.Equal((CommentState.Rejected, CommentState.Held), (await StateOfAsync(Advertising + " ?"), await StateOfAsync("Je vais te tuer, vous.")));
        var log = await hub.Get<CommentStore>().RangeAsync(Town.Site, Keys.LogOf(Keys.Page(Town.Page)), TestContext.Current.CancellationToken).Select(row => new LogRow(row)).Where(row => row.What == "policy").ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["rejectAtOnce threat", "rejectAtOnce none", "rejectAtOnce site"], log.Select(row => row.Why));
        // Of these no rule rejects: who names them would wait for refusals that never come.
        var idle = await RuleAsync("""["trap","duplicate","links"]""", HttpStatusCode.UnprocessableEntity);
        Assert.Contains("insult, hate, threat, advertising;", idle.GetProperty("detail").GetString(), StringComparison.Ordinal);
        foreach (var wrong in new[] { """["advertisement"]""", """["threat","trap"]""", """["threat","threat"]""", """["site","threat"]""" })
            Assert.Equal("urn:socialhub:problem:classes-invalid", (await RuleAsync(wrong, HttpStatusCode.UnprocessableEntity)).GetProperty("type").GetString());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Nobody_signs_unread_as_somebody_whom_the_team_lists_and_the_list_says_who_added_whom()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var refused = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/officials", """{"names":["Jeanne Exemple",""]}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", "*"));
        Assert.Equal("$.names[1]", (await RunningHub.JsonAsync(refused)).GetProperty("errors")[0].GetProperty("path").GetString());
        using var saved = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/officials", """{"names":["Jeanne Exemple"]}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var added = Assert.Single((await RunningHub.JsonAsync(saved)).GetProperty("added").EnumerateArray());
        Assert.Equal(("names", "Jeanne Exemple", "editor"), (added.GetProperty("list").GetString(), added.GetProperty("word").GetString(), added.GetProperty("by").GetString()));
        using var sent = await hub.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = "Le budget est voté.", ["name"] = "Mme Jeanne EXEMPLE" }));
        var id = CommentId.Parse((await RunningHub.JsonAsync(sent)).GetProperty("id").GetString()!);
        CommentRow? held = null;
        await Patience.UntilAsync("the rules have judged it", async () => (held = await hub.Get<CommentStore>().FindAsync(Town.Site, id, TestContext.Current.CancellationToken)) is { State: not CommentState.Received });
        Assert.Equal((CommentState.Held, "official-name"), (held!.State, held.Findings[0].Rule));
    }

    private static string Body(string text) => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = text, ["name"] = "Camille" });

    private static async Task FreezeAsync(CitizenHub hub, string value)
    {
        using var answer = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/freeze", value, ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonElement> ThreadAsync(CitizenHub hub, string page)
    {
        using var answer = await hub.SendAsync(HttpMethod.Get, $"{CitizenHub.Comments}?page={Uri.EscapeDataString(page)}", null);
        return await RunningHub.JsonAsync(answer);
    }
}
