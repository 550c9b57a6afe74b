using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What moderators are shown of what waits, by whom, and what is compared with it when they decide.</summary>
public sealed class ShownToModeratorsTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static int _readers;
    private static readonly (string, string) Moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));

    [Fact]
    public async Task A_report_that_nobody_saw_is_not_closed_with_the_one_that_was_shown()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        await ReportAsync(hub, id, "Je ne suis pas d’accord");
        var shown = await OnlyAsync(hub);
        Assert.Equal(1, shown.GetProperty("reports").GetInt32());
        await ReportAsync(hub, id, "C’est une menace");
        Task<HttpResponseMessage> KeepAsync(JsonElement item) => hub.JsonAsync(HttpMethod.Post, Path(id, "decision"), $$"""{"decision":"publish","subject":"report","revision":{{item.GetProperty("revision")}},"round":{{item.GetProperty("round")}},"reports":{{item.GetProperty("reports")}}}""", Moderator);
        using var refused = await KeepAsync(shown);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(2, (await RunningHub.JsonAsync(refused)).GetProperty("reports").GetInt32());
        using var kept = await KeepAsync(await OnlyAsync(hub));
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_a_reader_may_be_answered_is_told_to_signed_in_moderators_and_where_an_author_is_to_nobody()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, configure: issuer.Register);
        var id = await hub.PublishedAsync("Bonjour", email: "ana@exemple.fr");
        await ReportAsync(hub, id, "Sans adresse");
        await ReportAsync(hub, id, "Répondez-moi", "lise@exemple.fr");
        var shown = await OnlyAsync(hub);
        Assert.DoesNotContain("ana@", shown.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", string.Concat((await ListAsync(hub, "?state=published")).Select(item => item.GetRawText())), StringComparison.Ordinal);
        var contact = Assert.Single(shown.GetProperty("contacts").EnumerateArray());
        Assert.Equal((1, "lise@exemple.fr"), (contact.GetProperty("notice").GetInt32(), contact.GetProperty("email").GetString()));
        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Report, TestContext.Current.CancellationToken);
        var link = hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!));
        foreach (var (header, isTold) in new[] { (Moderator, true), (("x-hub-key", RunningHub.KeyOf("contributor")), false), (issuer.Bearer(), false) })
        {
            using var view = await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{link}}"}""", header);
            Assert.Equal(HttpStatusCode.OK, view.StatusCode);
            var said = await view.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((false, isTold), (said.Contains("ana@", StringComparison.Ordinal), said.Contains("lise@", StringComparison.Ordinal)));
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_the_word_lists_found_comes_with_the_code_of_its_reason()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        using var written = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, $$"""{"page":"{{Town.Page}}","text":"Quel connard, appelez le 06 12 34 56 78.","name":"Camille","idempotencyKey":"{{CitizenHub.NewKey()}}","authorKey":"{{Key}}"}""", ("Origin", Town.Origin));
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        await Patience.UntilAsync("the rules have judged it", async () => (await ListAsync(hub, "")).Count > 0);
        var findings = (await OnlyAsync(hub)).GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("class").GetString()!, finding => finding.TryGetProperty("code", out var code) ? code.GetString() : null);
        Assert.Equal(("insult", null), (findings["insult"], findings["personal-data"]));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whoever_decides_about_a_change_sees_what_it_replaces_and_what_was_answered_to_that()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await PublishedAsync(hub, "La piscine ouvre-t-elle lundi ?");
        using var answer = await hub.JsonAsync(HttpMethod.Post, Path(id, "answer"), """{"text":"Oui, c’est exact."}""", Moderator, ("Idempotency-Key", "once"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Le maire a donc menti ?","revision":0}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        var item = default(JsonElement);
        await Patience.UntilAsync("the change waits", async () => (item = await OnlyAsync(hub)).ValueKind == JsonValueKind.Object);
        Assert.Equal(("proposal", "Le maire a donc menti ?", "La piscine ouvre-t-elle lundi ?"), (item.GetProperty("subject").GetString(), item.GetProperty("text").GetString(), item.GetProperty("publicText").GetString()));
        Assert.Equal((1, 1), (item.GetProperty("answers").GetInt32(), item.GetProperty("officialAnswers").GetInt32()));
    }

    [Fact]
    public async Task The_card_of_a_change_tells_the_same()
    {
        var channels = new Channels();
        await using var town = await Town.WithChannelsAsync(azurite, channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var id = CommentId.Parse((await town.WriteAsync("La piscine ouvre-t-elle lundi ?", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<OfficialAnswers>().AnswerAsync(Town.Site, id, "Oui, c’est exact.", "once", new Actor("Paul", "paul"), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Le maire a donc menti ?", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.All(["Le maire a donc menti ?", "En ligne aujourd’hui : La piscine ouvre-t-elle lundi ?", "1 réponse publiée dessous, dont 1 officielle"], words => Assert.Contains(words, channels.Taken[^1].Card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_official_answer_is_found_among_what_was_published_and_can_be_taken_back()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Quand ouvre la piscine ?");
        using var sent = await hub.JsonAsync(HttpMethod.Post, Path(id, "answer"), """{"text":"Mardi."}""", Moderator, ("Idempotency-Key", "once"));
        var answer = (await RunningHub.JsonAsync(sent)).GetProperty("id").GetString()!;
        var item = (await ListAsync(hub, "?state=published")).First(entry => entry.GetProperty("id").GetString() == answer);
        Assert.Equal(("Mardi.", "moderator", true, true), (item.GetProperty("text").GetString(), item.GetProperty("decidedBy").GetString(), item.GetProperty("official").GetBoolean(), item.GetProperty("mayUndo").GetBoolean()));
        using var undone = await hub.JsonAsync(HttpMethod.Post, Path(answer, "undo"), $$"""{"round":{{item.GetProperty("round")}}}""", Moderator);
        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        using var shown = await hub.SendAsync(HttpMethod.Get, $"{CitizenHub.Comments}/{answer}", null);
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
    }

    [Theory]
    [InlineData("rules", "name-reserved")]
    [InlineData("Author", "name-reserved")]
    [InlineData(" clock ", "name-reserved")]
    [InlineData("ｒｕｌｅｓ", "name-reserved")]
    [InlineData("Cl\\u0000aire", "name-required")]
    [InlineData("Cl\\u202Eaire", "name-required")]
    [InlineData("ru\\u200Bles", "name-required")]
    [InlineData("\\u3164", "name-required")]
    [InlineData("", "name-required")]
    public async Task Nobody_decides_in_the_name_of_the_hub_or_under_one_that_cannot_be_read(string name, string code)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await hub.JudgedAsync("Bonjour", Key);
        using var answer = await ByLinkAsync(hub, id, name);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.EndsWith(":" + code, (await RunningHub.JsonAsync(answer)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_name_that_somebody_only_said_is_told_as_that_wherever_it_stands()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await PublishedAsync(hub, "Bonjour");
        Assert.False((await ListAsync(hub, "?state=published")).Single().TryGetProperty("declared", out _));
        var other = await hub.JudgedAsync("Bonsoir", Key);
        using var decided = await ByLinkAsync(hub, other, "Claire");
        Assert.True((await RunningHub.JsonAsync(decided)).GetProperty("declared").GetBoolean());
        using var late = await hub.JsonAsync(HttpMethod.Post, Path(other, "decision"), """{"decision":"publish","revision":0,"round":0}""", Moderator);
        Assert.True((await RunningHub.JsonAsync(late)).GetProperty("declared").GetBoolean());
        var listed = (await ListAsync(hub, "?state=published")).Single(entry => entry.GetProperty("id").GetString() == other);
        Assert.Equal(("Claire", true, false), (listed.GetProperty("decidedBy").GetString(), listed.GetProperty("declared").GetBoolean(), listed.TryGetProperty("byRules", out _)));
        Assert.True((await HistoryAsync(hub, other)).Single(entry => entry.GetProperty("what").GetString() == "published").GetProperty("declared").GetBoolean());
        Assert.DoesNotContain(await HistoryAsync(hub, id), entry => entry.TryGetProperty("declared", out _));
    }

    [Fact]
    public async Task That_the_rules_decided_is_told_by_more_than_a_name()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("Bonjour");
        var listed = Assert.Single(await ListAsync(hub, "?state=published"));
        Assert.Equal(("rules", true), (listed.GetProperty("decidedBy").GetString(), listed.GetProperty("byRules").GetBoolean()));
    }

    private static string Path(string id, string action) => $"api/v1/moderation/comments/{Town.Site}/{id}/{action}";

    private static async Task<string> PublishedAsync(CitizenHub hub, string text)
    {
        var id = await hub.JudgedAsync(text, Key);
        using var published = await hub.JsonAsync(HttpMethod.Post, Path(id, "decision"), """{"decision":"publish","revision":0,"round":0}""", Moderator);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        return id;
    }

    private static async Task ReportAsync(CitizenHub hub, string id, string reason, string? email = null)
    {
        using var reported = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal) { ["reason"] = reason, ["email"] = email }), ("X-Forwarded-For", $"10.8.0.{Interlocked.Increment(ref _readers)}"));
        Assert.Equal(HttpStatusCode.Created, reported.StatusCode);
    }

    private static async Task<HttpResponseMessage> ByLinkAsync(CitizenHub hub, string id, string name)
    {
        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Comment, TestContext.Current.CancellationToken);
        var link = hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!));
        return await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{link}}","decision":"publish","by":"{{name}}"}""");
    }

    /// <summary>What waits; undefined: nothing.</summary>
    private static async Task<JsonElement> OnlyAsync(CitizenHub hub) => (await ListAsync(hub, "")).SingleOrDefault();

    private static async Task<List<JsonElement>> ListAsync(CitizenHub hub, string query)
    {
        using var list = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments" + query, null, Moderator);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        return [.. (await RunningHub.JsonAsync(list)).GetProperty("items").EnumerateArray()];
    }

    private static async Task<List<JsonElement>> HistoryAsync(CitizenHub hub, string id)
    {
        using var history = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/history/{Town.Site}/{id}", null, Moderator);
        return [.. (await RunningHub.JsonAsync(history)).GetProperty("entries").EnumerateArray()];
    }
}
