using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever is refused learns on which article of which version of the charter, by which means, and how to object.</summary>
public sealed class StatementTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void The_hubs_own_charters_have_an_article_for_each_reason_of_a_refusal()
    {
        Assert.Equal(RefusalReasons.All.Select(reason => reason.Code).Order(StringComparer.Ordinal), CharterTexts.Articles.Keys.Order(StringComparer.Ordinal));
        foreach (var language in new[] { "fr", "en" })
        {
            var articles = CharterArticles.Of(CharterTexts.In(language));
            Assert.Equal(Enumerable.Range(1, 15).Select(number => $"{number}"), articles.Select(article => article.Number!));
            Assert.All(articles, article => Assert.NotNull(article.Title));
            Assert.All(CharterTexts.Articles.Values, number => Assert.Contains(articles, article => article.Number == number));
        }
    }

    [Theory]
    [InlineData("fr", "Autres manquements", "courtoisie", "ne peut pas lire", "déguisés", "programme")]
    [InlineData("en", "Other breaches", "courtesy", "nobody can read", "disguised", "program")]
    public void What_is_refused_for_no_other_reason_cites_an_article_that_says_so(string language, string title, params string[] grounds)
    {
        var article = Assert.Single(CharterArticles.Of(CharterTexts.In(language)), article => article.Number == CharterTexts.Articles["charter"]);
        Assert.Equal($"Article {article.Number}. {title}", article.Title);
        Assert.All(grounds, ground => Assert.Contains(ground, article.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Article 3. Haine\nTexte", "3", "Article 3. Haine", "Texte")]
    [InlineData("ARTICLE 4.2 - Texte", "4.2", null, "ARTICLE 4.2 - Texte")]
    [InlineData("Article 3", "3", null, "Article 3")]
    [InlineData("L’article 3 dit", null, null, "L’article 3 dit")]
    [InlineData("Articles 3 et 4", null, null, "Articles 3 et 4")]
    public void An_article_is_a_paragraph_that_begins_with_its_number(string paragraph, string? number, string? title, string text) =>
        Assert.Equal([new CharterPart(number, title, text)], CharterArticles.Of(paragraph));

    [Fact]
    public async Task A_refusal_cites_the_version_that_was_in_force_and_that_version_stays_readable()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        await CharterAsync(hub, """{"text":"Article 1. Courtoisie\nSoyez courtois.\n\nArticle 2.b Insultes interdites.","articles":{"insult":"2.b"}}""", HttpStatusCode.OK);
        var id = await RefusedAsync(hub, "insult");
        await CharterAsync(hub, """{"text":"Article 9. Autre texte."}""", HttpStatusCode.OK);

        using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""", ("Origin", Town.Origin));
        var statement = JsonDocument.Parse(await view.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("statement");
        Assert.Equal(
            ("not-published", "insult", "charter", "2.b", 2, "https://hub.example/api/v1/charter.html?version=2#article-2.b", false, false),
            (Text("decision"), Text("reason"), Text("ground"), Text("article"), statement.GetProperty("version").GetInt32(), Text("charter"), statement.GetProperty("detected").GetBoolean(), statement.GetProperty("automated").GetBoolean()));
        Assert.Contains("contester ce refus", Text("redress"), StringComparison.Ordinal);
        // All that a widget has to print of it.
        Assert.Equal("<a href=\"https://hub.example/api/v1/charter.html?version=2#article-2.b\">Article 2.b de la charte (version 2)</a>. " + Text("means") + " " + Text("redress"), WebUtility.HtmlDecode(Text("html")));

        using var page = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", Town.Origin, ("authorKey", Key));
        var receipt = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Article 2.b de la charte (version 2)", receipt.QuerySelector("a[href='/api/v1/charter.html?version=2#article-2.b']")?.TextContent);

        var old = new HtmlParser().ParseDocument(await hub.Client.GetStringAsync("api/v1/charter.html?version=2", TestContext.Current.CancellationToken));
        Assert.Equal("Article 2.b Insultes interdites.", old.GetElementById("article-2.b")?.TextContent);
        Assert.Contains("ancienne version", old.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        using var json = await hub.SendAsync(HttpMethod.Get, "api/v1/charter?version=2", null);
        Assert.Contains("Insultes interdites", await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var (query, status) in new[] { ("7", HttpStatusCode.NotFound), ("one", HttpStatusCode.BadRequest), ("-1", HttpStatusCode.BadRequest) })
        {
            using var wrong = await hub.SendAsync(HttpMethod.Get, $"api/v1/charter?version={query}", null);
            Assert.Equal(status, wrong.StatusCode);
        }

        string Text(string name) => statement.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("""{"text":"Article 1","articles":{"insult":"2"}}""", "$.articles.insult")]
    [InlineData("""{"text":"Article 1","articles":{"rudeness":"1"}}""", "$.articles.rudeness")]
    [InlineData("""{"text":"Article 1","articles":{"insult":"<b>"}}""", "$.articles.insult")]
    [Trait("run", "thorough")]
    public async Task A_charter_whose_articles_are_not_in_its_text_is_refused(string setting, string path)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        Assert.Contains(path, await CharterAsync(hub, setting, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatementOfReasons.NotPublished, "contester ce refus", "object to this refusal")]
    [InlineData(StatementOfReasons.Removed, "contester cette décision", "object to this decision")]
    [InlineData(StatementOfReasons.ChangeRefused, "contester ce refus", "object to this refusal")]
    public void What_was_public_and_is_removed_is_no_refusal_and_what_a_program_decides_nobody_need_have_chosen(string decision, string french, string english)
    {
        var statement = new StatementOfReasons(DateTimeOffset.UnixEpoch, decision, "advertising", null, [], ByRules: true, OnNotice: false);
        var redress = statement.Redress("Europe/Paris", 184);
        Assert.Contains(french, redress.French, StringComparison.Ordinal);
        Assert.Contains(english, redress.English, StringComparison.Ordinal);
        Assert.Contains("les réglages du site le prévoient", statement.Means.French, StringComparison.Ordinal);
        Assert.DoesNotContain("choisi", statement.Means.French, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_change_cites_its_article_too_and_the_log_keeps_what_it_rests_on_without_the_text()
    {
        await using var town = await Town.OpenAsync(azurite);
        var comment = (await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment;
        await town.SettleAsync();
        if ((await town.FindAsync(comment.Id))!.State == CommentState.Held)
            Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(comment.Id), Key, "Achetez http://pub.example", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(comment.Id))!, DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        var statement = StatementOfReasons.Of((await town.FindAsync(comment.Id))!)!;
        Assert.Equal((StatementOfReasons.ChangeRefused, "insult", new CharterCitation("2", 1), true, false), (statement.Decision, statement.Reason, statement.Cited, statement.Detected, statement.ByRules));
        var moment = Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("m.", StringComparison.Ordinal) && row.GetString("What") == "proposal-rejected");
        Assert.Equal((StatementOfReasons.ChangeRefused, "2", 1, "links"), (moment.GetString("Decision"), moment.GetString("Article"), moment.GetInt32("Charter"), moment.GetString("Found")));
        Assert.DoesNotContain(((IDictionary<string, object>)moment).Values, value => value is string text && text.Contains("pub.example", StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whoever_is_refused_because_readers_reported_the_text_is_told_so_also_when_their_reports_took_it_from_the_page()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        for (var reader = 0; reader < 5; reader++)
            Assert.True((await town.Get<CommentReports>().ReportAsync(Town.Site, id, $"203.0.113.{reader}", new ReaderNotice("Faux.", null), CancellationToken.None)).Succeeded);
        async Task<StatementOfReasons> RefuseAsync(DecisionSubject subject, string who = "Alix")
        {
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject, subject, who)).Succeeded);
            await town.SettleAsync();
            return StatementOfReasons.Of((await town.FindAsync(id.Value))!)!;
        }

        Assert.Equal(CommentState.Held, (await town.FindAsync(id.Value))!.State);
        var refused = await RefuseAsync(DecisionSubject.Comment);
        Assert.Equal((true, "Décision prise par une personne, à la suite d’un signalement, sans moyen automatisé."), (refused.OnNotice, refused.Means.French));
        // Upheld, it rests on the same.
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, id, Key, "C’était vrai.", "", CancellationToken.None)).Succeeded);
        Assert.True((await RefuseAsync(DecisionSubject.Objection, "Sacha")).OnNotice);
        var given = await town.Get<Statements>().OfAsync(Town.Site, town.Time.Start, town.Time.GetUtcNow().AddDays(1), CancellationToken.None);
        Assert.Equal([true, true], given.Select(one => one.Statement.OnNotice));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task What_nobody_reported_is_not_refused_on_notice_however_often_it_is_decided()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("La fête était belle.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, 0, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject)).Succeeded);
        var refused = StatementOfReasons.Of((await town.FindAsync(id.Value))!)!;
        Assert.Equal((false, "Décision prise par une personne, sans moyen automatisé."), (refused.OnNotice, refused.Means.French));
    }

    // Signed in, as Name#id; behind a link of one's own, Name@person; behind a link in a channel, the name alone.
    [Theory]
    [InlineData("Alix#1", "Alix#1", "refused", "only-moderator")]
    [InlineData("Alix#1", "Dominique#2", "another-moderator", "another-moderator")]
    // One of the same name, told apart by an id that both have.
    [InlineData("Alix#1", "Alix#2", "another-moderator", "another-moderator")]
    // Where nobody else moderates it is the same person, whatever name a link was answered with.
    [InlineData("Alix", "Dominique", "declared-only", "only-moderator")]
    [InlineData("Alix#1", "Alix M.", "declared-only", "only-moderator")]
    [InlineData("Alix", " alix", "refused", "only-moderator")]
    [InlineData("Alix#1", "Alix", "refused", "only-moderator")]
    [InlineData("Alix@a", "Dominique@a", "refused", "only-moderator")]
    [InlineData("Alix@a", "Dominique@b", "declared-only", "only-moderator")]
    [InlineData("Alix@a", "Alix#1", "refused", "only-moderator")]
    [InlineData("rules", "Alix", "after-rules", "after-rules")]
    public void An_objection_is_answered_by_somebody_else_where_there_are_two(string refuser, string answering, string ofTwo, string ofOne)
    {
        var by = refuser == "rules" ? Actor.Rules : Who(refuser);
        Assert.Equal((ofTwo, ofOne), (Word("", 2), Word("", 1)));
        // One key that all share tells nobody who signs in from another; whoever has a link or gives a name it does.
        var isSigned = answering.Contains('#', StringComparison.Ordinal) && refuser.Contains('#', StringComparison.Ordinal);
        Assert.Equal(isSigned ? ofOne : ofTwo, Word($"desk:moderator:{new string('a', 64)}", 2));

        string Word(string keys, int named)
        {
            var hearing = Hearings.Of((by.Name, by.Id), Who(answering), new Moderators(Options.Create(new HubOptions { HubKeys = keys })), named);
            return hearing == Hearing.Refused ? "refused" : Hearings.Word(hearing);
        }

        static Actor Who(string written) => written.Split('#') is [var name, var id] ? new Actor(name, id) : written.Split('@') is [var holder, var person] ? Actor.Declared(holder, person) : Actor.Declared(written, null);
    }

    [Fact]
    public async Task Whoever_refused_may_not_answer_the_objection_when_the_hub_knows_two_moderators_and_the_history_says_who_did()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await RefusedAsync(hub, "insult");
        using var objection = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/objections", $$"""{"reason":"C’était une citation.","authorKey":"{{Key}}"}""", ("Origin", Town.Origin));
        Assert.Equal(HttpStatusCode.Created, objection.StatusCode);
        var held = (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!;
        foreach (var (who, status) in new[] { ("moderator", HttpStatusCode.Forbidden), ("editor", HttpStatusCode.OK) })
        {
            using var answer = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", $$"""{"decision":"publish","subject":"objection","revision":{{held.Revision}},"round":{{held.Round}}}""", ("x-hub-key", RunningHub.KeyOf(who)));
            Assert.Equal(status, answer.StatusCode);
        }

        using var history = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/history/{Town.Site}/{id}", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Contains("\"hearing\":\"another-moderator\"", await history.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Once_another_person_has_upheld_the_refusal_its_author_is_offered_no_objection_and_told_so_in_words()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await RefusedAsync(hub, "insult");
        var objection = $"{CitizenHub.Comments}/{id}/objections";
        (string, string)[] form = [("reason", "C’était une citation."), ("authorKey", Key)];
        Assert.Equal((true, true), await OfferedAsync());
        using var taken = await hub.FormAsync(objection, Town.Origin, form);
        Assert.True(taken.IsSuccessStatusCode);
        var held = (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken))!;
        using var upheld = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", $$"""{"decision":"reject","reason":"insult","subject":"objection","revision":{{held.Revision}},"round":{{held.Round}}}""", ("x-hub-key", RunningHub.KeyOf("editor")));
        Assert.Equal(HttpStatusCode.OK, upheld.StatusCode);
        Assert.Equal((false, false), await OfferedAsync());
        using var again = await hub.FormAsync(objection, Town.Origin, form);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("Une autre personne a déjà examiné votre contestation", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        using var export = await hub.FormAsync($"api/v1/sites/{Town.Site}/author/export", "https://hub.example", ("authorKey", Key));
        var data = WebUtility.HtmlDecode(await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("il est définitif", data, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous pouvez contester", data, StringComparison.Ordinal);

        // To the widget, and on the page without script.
        async Task<(bool, bool)> OfferedAsync()
        {
            using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""", ("Origin", Town.Origin));
            using var page = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", Town.Origin, ("authorKey", Key));
            var receipt = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return ((await RunningHub.JsonAsync(view)).GetProperty("mayObject").GetBoolean(), receipt.QuerySelector("form[action$='/objections']") is not null);
        }
    }

    [Theory]
    [InlineData("""{"reason":"Propos déplacés"}""", HttpStatusCode.Created, null)]
    [InlineData("""{"reason":"Diffamation","kind":"illegal","email":"lise@exemple.fr","name":"Lise","goodFaith":true}""", HttpStatusCode.Created, null)]
    [InlineData("""{"reason":"Abus","kind":"child-abuse","goodFaith":true}""", HttpStatusCode.Created, null)]
    [InlineData("""{"reason":"Diffamation","kind":"illegal","email":"lise@exemple.fr","goodFaith":true}""", HttpStatusCode.UnprocessableEntity, "notice-name-required")]
    [InlineData("""{"reason":"Diffamation","kind":"illegal","name":"Lise","goodFaith":true}""", HttpStatusCode.UnprocessableEntity, "notice-email-required")]
    [InlineData("""{"reason":"Diffamation","kind":"illegal","email":"lise@exemple.fr","name":"Lise"}""", HttpStatusCode.UnprocessableEntity, "good-faith-required")]
    [InlineData("""{"reason":"Abus","kind":"child-abuse"}""", HttpStatusCode.UnprocessableEntity, "good-faith-required")]
    [InlineData("""{"reason":"Abus","kind":"other"}""", HttpStatusCode.UnprocessableEntity, "kind-invalid")]
    [Trait("run", "thorough")]
    public async Task A_report_has_what_the_law_wants_of_its_kind_and_its_receipt_names_the_exact_place(string report, HttpStatusCode status, string? problem)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-posteriori");
        var id = await WrittenAsync(hub, "La fête était belle.");
        await Patience.UntilAsync("the rules have published it", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken) is { State: CommentState.Published });
        using var answer = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", report, ("Origin", Town.Origin));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        if (problem is not null)
        {
            Assert.Contains(problem, body, StringComparison.Ordinal);
            return;
        }

        var place = $"{Town.Page}#sh-{id}";
        Assert.Equal(place, JsonDocument.Parse(body).RootElement.GetProperty("url").GetString());
        var row = Assert.Single(await hub.Get<CommentStore>().RangeAsync(Town.Site, Keys.ReportsOf(id), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((place, report.Contains("goodFaith", StringComparison.Ordinal)), (row.GetString("Url"), row.GetBoolean("GoodFaith")));
    }

    private static async Task<string> WrittenAsync(CitizenHub hub, string text)
    {
        using var sent = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, JsonSerializer.Serialize(new { page = Town.Page, text, name = "Camille", authorKey = Key }), ("Origin", Town.Origin));
        return JsonDocument.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<string> RefusedAsync(CitizenHub hub, string reason)
    {
        var id = await WrittenAsync(hub, "La fête était belle.");
        await Patience.UntilAsync("it is held", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken) is { State: CommentState.Held });
        using var decided = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", $$"""{"decision":"reject","reason":"{{reason}}","revision":0,"round":0}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        return id;
    }

    private static async Task<string> CharterAsync(CitizenHub hub, string setting, HttpStatusCode status)
    {
        var key = ("x-hub-key", RunningHub.KeyOf("editor"));
        using var before = await hub.SendAsync(HttpMethod.Get, "api/v1/settings/charter", null, key);
        using var put = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/charter", setting, key, ("If-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(status, put.StatusCode);
        return await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
