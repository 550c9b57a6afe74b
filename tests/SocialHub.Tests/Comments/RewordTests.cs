using System.Net;
using System.Text.Json;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>The nudge: whoever wrote words that hold a comment may put it in others, once, before the moderators are told.</summary>
public sealed class RewordTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Rude = "Quel connard, ce projet coûte trop cher.";
    private const string Fair = "Ce projet coûte trop cher.";

    [Fact]
    public async Task What_is_held_for_words_alone_waits_and_its_author_s_other_words_are_judged_in_its_place()
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, Rude);
        Assert.True(held.RewordUntil > town.Time.GetUtcNow());
        Assert.True((await town.PromiseAsync(DueKinds.Card)).Due >= held.RewordUntil);
        // Nothing is lost if the author goes away: it stands in the list already.
        Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries);
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        var published = await town.FindAsync(held.Id);
        Assert.Equal((CommentState.Published, Fair, null, null), (published!.State, published.Body, published.FirstBody, published.RewordUntil));
        Assert.Contains("reworded", await LogAsync(town, held));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Other_words_that_are_held_again_go_to_the_moderators_with_the_first_and_only_once()
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, Rude);
        await EditAsync(town, held, "Bande de bouffons, c'est trop cher.");
        await town.SettleAsync();
        var again = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, Rude, null, true), (again.State, again.FirstBody, again.RewordUntil, Listed(await LogAsync(town, held))));
        // Words are not tried one after another until some pass.
        await EditAsync(town, again, Fair);
        await town.SettleAsync();
        var last = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, Rude, Fair, "Son auteur l’a modifié alors que les règles le retenaient."), (last.State, last.FirstBody, last.Body, last.Why));
        Assert.True((await town.DecideAsync(last, DecisionChoice.Publish)).Succeeded);
        Assert.Null((await town.FindAsync(held.Id))!.FirstBody);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Who_does_nothing_sends_it_as_it_is_after_the_minutes_and_what_is_written_later_is_read_by_a_person()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"rewordMinutes\": 5");
        var held = await HeldAsync(town, Rude);
        Assert.False(Listed(await LogAsync(town, held)));
        town.Time.Advance(TimeSpan.FromMinutes(6));
        await town.SettleAsync();
        Assert.True(Listed(await LogAsync(town, held)));
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        var late = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, Rude, Fair), (late.State, late.FirstBody, late.Body));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Who_wants_no_other_words_has_the_moderators_told_at_once()
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, Rude);
        for (var repeat = 0; repeat < 2; repeat++)
            Assert.True((await town.Get<AuthorActions>().KeepAsync(Town.Site, CommentId.Parse(held.Id), Key, CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var log = await LogAsync(town, held);
        Assert.Single(log, what => what == "sent-as-it-is");
        Assert.True(Listed(log));
        Assert.Equal("author-key-wrong", (await town.Get<AuthorActions>().KeepAsync(Town.Site, CommentId.Parse(held.Id), "BBBBBBBBBBBBBBBBBBBBBB", CancellationToken.None)).Problem?.Code);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Where_every_comment_is_read_first_other_words_publish_nothing_and_the_moderators_get_the_better_text()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var held = await HeldAsync(town, Rude);
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        var read = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, Fair, Rude), (read.State, read.Body, read.FirstBody));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task On_a_page_that_a_person_closed_meanwhile_no_other_words_appear_and_no_change_of_what_is_public()
    {
        await using var town = await Town.OpenAsync(azurite);
        const string other = "BBBBBBBBBBBBBBBBBBBBBA";
        var calm = (await town.WriteAsync("Merci pour le marché.", authorKey: other)).Comment.Id;
        List<CommentRow> held = [];
        foreach (var text in new[] { Rude, "Bande de bouffons, rendez l'argent.", "Quel con ce maire, vraiment." })
            held.Add(await HeldAsync(town, text));
        Assert.True((await town.Get<Debates>().DecideAsync(Town.Site, Keys.Page(Town.Page), 1, Debates.Close, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        // Three that are no copies of each other.
        foreach (var (comment, text) in held.Zip([Fair, "Rendez l'argent de la piscine.", "Ce maire se trompe, vraiment."]))
            await EditAsync(town, comment, text);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(calm), other, "Merci pour le beau marché.", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        foreach (var comment in held)
        {
            var after = (await town.FindAsync(comment.Id))!;
            Assert.Equal((CommentState.Held, "Les commentaires de cette page sont fermés : ce qui y est écrit encore attend d’être lu.", true), (after.State, after.Why, Listed(await LogAsync(town, comment))));
        }

        var edited = (await town.FindAsync(calm))!;
        Assert.Equal((ProposalState.Held, "Merci pour le marché.", "Les commentaires de cette page sont fermés : ce qui y est écrit encore attend d’être lu."), (edited.ProposalState, edited.Body, edited.ProposalWhy));
        Assert.Single((await town.ThreadAsync()).Comments);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_page_whose_time_is_over_takes_no_other_words_by_itself_however_late_its_clock_is()
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, Rude);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, Closes: town.Time.GetUtcNow().AddMinutes(2)), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromMinutes(3));
        await EditAsync(town, held, Fair);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.Equal(CommentState.Held, (await town.FindAsync(held.Id))!.State);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task While_comments_are_frozen_other_words_wait_for_a_person()
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, Rude);
        using var frozen = JsonDocument.Parse("""{ "from": "2026-01-01T00:00:00Z", "reason": "Campagne électorale.", "comments": "hold" }""");
        Assert.True((await town.Get<SettingsStore>().PutAsync("freeze", frozen.RootElement, "*", new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        // What the other hub has in its memory.
        town.Time.Advance(TimeSpan.FromMinutes(1));
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        var after = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, "Les commentaires sont suspendus pour le moment : chaque texte attend d’être lu."), (after.State, after.Why));
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData("Sales arabes, quels connards.", "")]
    [InlineData("Quel connard, appelez-le au 06 12 34 56 78.", "")]
    [InlineData(Rude, ", \"rewordMinutes\": 0")]
    public async Task Whoever_was_not_asked_does_not_try_words_until_some_pass_either(string text, string site)
    {
        await using var town = await Town.OpenAsync(azurite, site: site);
        var held = await HeldAsync(town, text);
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        var changed = (await town.FindAsync(held.Id))!;
        Assert.Equal((CommentState.Held, text, Fair, "Son auteur l’a modifié alors que les règles le retenaient."), (changed.State, changed.FirstBody, changed.Body, changed.Why));
        Assert.True((await town.DecideAsync(changed, DecisionChoice.Publish)).Succeeded);
        Assert.Null((await town.FindAsync(held.Id))!.FirstBody);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_change_before_the_rules_looked_asks_nobody_and_buys_no_other_try()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = (await town.WriteAsync("Bande de bouffons.", authorKey: Key)).Comment;
        await EditAsync(town, written, Rude);
        await town.SettleAsync();
        var held = (await town.FindAsync(written.Id))!;
        Assert.Equal((CommentState.Held, null, null), (held.State, held.RewordUntil, held.FirstBody));
        await EditAsync(town, held, Fair);
        await town.SettleAsync();
        Assert.Equal((CommentState.Held, Rude), ((await town.FindAsync(written.Id))!.State, (await town.FindAsync(written.Id))!.FirstBody));
    }

    [Fact]
    public async Task What_no_rule_held_is_changed_as_before_and_its_first_text_is_kept_nowhere()
    {
        await using var town = await Town.OpenAsync(azurite);
        await GovernAsync(town, isHeld: true);
        var held = await HeldAsync(town, "Merci pour le marche.");
        await GovernAsync(town, isHeld: false);
        await EditAsync(town, held, "Merci pour le marché.");
        Assert.Null((await town.FindAsync(held.Id))!.FirstBody);
        await town.SettleAsync();
        Assert.Equal((CommentState.Published, "Merci pour le marché."), ((await town.FindAsync(held.Id))!.State, (await town.FindAsync(held.Id))!.Body));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task However_often_its_author_changes_it_the_team_gets_few_cards_and_it_keeps_its_place()
    {
        var channels = new Channels();
        await using var town = await Town.WithPolicyAsync(azurite, channels, "a-posteriori", "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var held = await HeldAsync(town, "Sales arabes, quels connards.");
        var since = Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Since;
        for (var number = 1; number <= 12; number++)
        {
            town.Time.Advance(TimeSpan.FromSeconds(40));
            await EditAsync(town, (await town.FindAsync(held.Id))!, $"Ce projet coûte {number} euros de trop.");
            await town.SettleAsync();
        }

        Assert.Equal(2, channels.Taken.Count);
        Assert.Equal(since, Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries).Since);
        await CommentsInvariants.CheckAsync(town);
        town.Time.Advance(TimeSpan.FromMinutes(5));
        await town.SettleAsync();
        Assert.Equal(3, channels.Taken.Count);
        Assert.Contains("12 euros", channels.Taken[^1].Card, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task However_often_its_author_changes_a_public_text_the_team_gets_few_cards_whatever_it_says_to_them()
    {
        var channels = new Channels();
        await using var town = await Town.WithPolicyAsync(azurite, channels, "a-posteriori", "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var id = (await town.WriteAsync("La place est belle.", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        Assert.Equal(CommentState.Published, (await town.FindAsync(id))!.State);
        for (var number = 1; number <= 12; number++)
        {
            town.Time.Advance(TimeSpan.FromSeconds(40));
            // The first one comes at once, and a refusal makes no way for the next.
            if (number == 6)
                Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
            var before = (await town.FindAsync(id))!;
            Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(id), Key, $"Sales arabes, quels connards, {number} fois.", before.ChangeableRevision, "", CancellationToken.None)).Succeeded);
            await town.SettleAsync();
            Assert.Equal(ProposalState.Held, (await town.FindAsync(id))!.ProposalState);
            Assert.Single(channels.Taken, taken => taken.Card.Contains("connards", StringComparison.Ordinal));
        }

        await CommentsInvariants.CheckAsync(town);
        town.Time.Advance(TimeSpan.FromMinutes(5));
        await town.SettleAsync();
        Assert.Equal(2, channels.Taken.Count(taken => taken.Card.Contains("connards", StringComparison.Ordinal)));
        Assert.Contains("12 fois", channels.Taken[^1].Card, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData("Quel connard, je vais te tuer.")]
    [InlineData("Quel connard, appelez-le au 06 12 34 56 78.")]
    [InlineData("Quel connard, voyez http://bit.ly/abc et http://exemple.ru/casino")]
    [InlineData("Sales arabes, quels connards.")]
    public async Task What_is_held_for_more_than_words_goes_to_the_moderators_at_once(string text)
    {
        await using var town = await Town.OpenAsync(azurite);
        var held = await HeldAsync(town, text);
        Assert.Equal((null, true), (held.RewordUntil, Listed(await LogAsync(town, held))));
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("PUTAIN MAIS QUEL BORDEL CETTE MAIRIE DE CONNARDS !!!!")]
    [InlineData("Encore un coup de Duchmol.")]
    public async Task Shouting_and_the_authority_s_own_words_are_words_too(string text)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var saved = await hub.JsonAsync(HttpMethod.Put, "api/v1/settings/words", """{"hold":["Duchmol"],"allow":[]}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var id = await hub.JudgedAsync(text, Key);
        Assert.True((await ViewAsync(hub, id)).TryGetProperty("mayReword", out _));
    }

    [Fact]
    public async Task A_site_may_ask_nobody()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"rewordMinutes\": 0");
        var held = await HeldAsync(town, Rude);
        Assert.Equal((null, true), (held.RewordUntil, Listed(await LogAsync(town, held))));
    }

    [Fact]
    public async Task Whoever_is_on_duty_hears_of_a_debate_that_turns_while_the_cards_wait()
    {
        await using var town = await Town.OpenAsync(azurite);
        foreach (var text in new[] { Rude, "Bande de bouffons, rendez l'argent.", "Quel con ce maire, vraiment." })
            await town.WorkAsync(await VerdictOf(town, text));
        Assert.True((await town.PromiseAsync(DueKinds.Turned)).Due <= town.Time.GetUtcNow());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_author_is_shown_the_words_and_why_with_and_without_script_and_the_team_both_texts()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.JudgedAsync("<b>Quel\nconnard</b>", Key);
        var view = await ViewAsync(hub, id);
        var asked = view.GetProperty("mayReword");
        Assert.Contains("&lt;b&gt;Quel<br><mark>connard</mark><sup>[1]</sup>&lt;/b&gt;", asked.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("reformuler une fois avant", view.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(asked.GetProperty("until").GetDateTimeOffset() > view.GetProperty("received").GetDateTimeOffset().AddMinutes(9));
        Assert.Equal(7, view.GetProperty("reasons")[0].GetProperty("length").GetInt32());
        using var page = await hub.FormAsync($"{CitizenHub.Comments}/{id}/view", null, ("authorKey", Key));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<mark>connard</mark>", html, StringComparison.Ordinal);
        Assert.Contains($"action=\"/api/v1/sites/{Town.Site}/comments/{id}/keep\"", html, StringComparison.Ordinal);
        var waiting = await WaitingAsync(hub);
        Assert.True(waiting.TryGetProperty("rewordUntil", out _));
        using var edited = await hub.FormAsync($"{CitizenHub.Comments}/{id}/edit", Town.Origin, ("authorKey", Key), ("text", "Quel bouffon. Son numéro est le 06 12 34 56 78."), ("revision", "0"));
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        await Patience.UntilAsync("the rules have judged it again", async () => (await ViewAsync(hub, id)).GetProperty("state").GetString() == "held");
        waiting = await WaitingAsync(hub);
        Assert.Equal("<b>Quel\nconnard</b>", waiting.GetProperty("firstText").GetString());
        Assert.False(waiting.TryGetProperty("rewordUntil", out _));
        using var export = await hub.SendAsync(HttpMethod.Get, $"api/v1/sites/{Town.Site}/author", null, ("Author-Key", Key));
        using var charter = await hub.Client.GetAsync("api/v1/charter.html", TestContext.Current.CancellationToken);
        Assert.Contains("elle voit aussi le premier texte", WebUtility.HtmlDecode(await charter.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Contains("firstText", await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task By_form_it_is_sent_as_it_is_and_the_page_says_that_a_person_reads_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.JudgedAsync(Rude, Key);
        using var kept = await hub.FormAsync($"{CitizenHub.Comments}/{id}/keep", Town.Origin, ("authorKey", Key));
        Assert.Contains("Une personne va le lire", WebUtility.HtmlDecode(await kept.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.False((await ViewAsync(hub, id)).TryGetProperty("mayReword", out _));
    }

    private static bool Listed(IEnumerable<string> log) => log.Contains("listed", StringComparer.Ordinal);

    private static async Task<List<string>> LogAsync(Town town, CommentRow comment) =>
        await town.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(comment.Id), CancellationToken.None).Select(row => row.What).ToListAsync();

    private static async Task<CommentRow> HeldAsync(Town town, string text)
    {
        var id = (await town.WriteAsync(text, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        var comment = await town.FindAsync(id);
        Assert.Equal(CommentState.Held, comment!.State);
        return comment;
    }

    private static async Task GovernAsync(Town town, bool isHeld) =>
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, isHeld), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);

    private static async Task EditAsync(Town town, CommentRow comment, string text) =>
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(comment.Id), Key, text, comment.Revision, "", CancellationToken.None)).Succeeded);

    private static async Task<DueRow> VerdictOf(Town town, string text)
    {
        await town.WriteAsync(text);
        return await town.PromiseAsync(DueKinds.Verdict);
    }

    private static async Task<JsonElement> ViewAsync(CitizenHub hub, string id)
    {
        using var answer = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["authorKey"] = Key }));
        return await RunningHub.JsonAsync(answer);
    }

    private static async Task<JsonElement> WaitingAsync(CitizenHub hub)
    {
        using var answer = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
        return (await RunningHub.JsonAsync(answer)).GetProperty("items")[0];
    }
}
