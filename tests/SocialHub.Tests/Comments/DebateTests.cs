using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What happens when the debate of a page turns, from the third insult to Monday morning.</summary>
public sealed partial class DebateTests(AzuriteFixture azurite)
{
    private const string Threat = "Je vais te tuer, le maire.";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly string[] Insults = ["Quel connard, ce maire.", "Bande de connards.", "Encore un connard de la mairie.", "Toujours ce connard."];
    private static readonly Actor Alix = new("Alix", "alix");
    private readonly Channels _channels = new();

    [Fact]
    public async Task The_team_is_told_once_when_the_third_comment_is_held_by_the_rules_with_whoever_is_on_duty_mentioned()
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..2])
            await JudgedAsync(town, text);
        Assert.Equal(DebateHeat.None, (await ThreadAsync(town)).Heat);
        await JudgedAsync(town, Insults[2]);
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Heated, "held", 3, 1), (thread.Heat, thread.HeatWhy, thread.HeatCount, thread.Turn));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Turned));
        var card = JsonNode.Parse(Assert.Single(_channels.Taken).Card)!["attachments"]![0]!["content"]!;
        var mention = Assert.Single(card["msteams"]!["entities"]!.AsArray())!;
        // The text of a mention stands in a block as it stands in the entity, or Teams shows it plain.
        Assert.Equal(("mention", "<at>Camille Durand</at>", "camille@saint-exemple.fr"), ((string)mention["type"]!, (string)mention["text"]!, (string)mention["mentioned"]!["id"]!));
        Assert.Contains(card["body"]!.AsArray(), block => ((string?)block!["text"])?.Contains("<at>Camille Durand</at>", StringComparison.Ordinal) is true);
        Assert.Contains(card["body"]!.AsArray(), block => (string?)block!["text"] == "3 commentaires arrêtés par les règles en 30 minutes.");
        Assert.Equal(["hold", "close", "leave"], card["actions"]!.AsArray().Select(action => (string)action!["url"]!).Where(url => url.Contains("&d=", StringComparison.Ordinal)).Select(url => url[(url.LastIndexOf('=') + 1)..]));

        await JudgedAsync(town, Insults[3]);
        Assert.DoesNotContain(await DueAsync(town), row => row.Kind == DueKinds.Turned);
        Assert.Equal(1, (await ThreadAsync(town)).Turn);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_waits_because_every_comment_is_read_first_turns_no_debate_but_many_in_an_hour_do()
    {
        await using var town = await OpenAsync(policy: "a-priori");
        string[] texts =
        [
            "La rue Nationale est fermée depuis hier.", "Quand rouvre la piscine municipale ?", "Merci aux agents pour le déneigement.", "Le budget de la voirie a doublé.", "Où se gare-t-on le samedi matin ?",
            "Il manque des bancs au parc.", "Ma fille attend une place en crèche.", "Le bus de huit heures était plein.", "Qui entretient les berges du canal ?",
        ];
        foreach (var text in texts)
            await JudgedAsync(town, text);
        Assert.Equal(DebateHeat.None, (await ThreadAsync(town)).Heat);
        await JudgedAsync(town, "Et la place aussi.");
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Heated, "received", 10), (thread.Heat, thread.HeatWhy, thread.HeatCount));
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    public async Task No_comment_is_missed_when_all_are_judged_at_once_by_two_hubs()
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..3])
            await town.WriteAsync(text);
        var due = (await DueAsync(town)).Where(row => row.Kind == DueKinds.Verdict).ToList();
        await Task.WhenAll(due.Select(town.WorkAsync));
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Heated, 1, 3), (thread.Heat, thread.Turn, thread.HeldByRules.Count));
        Assert.Single(await DueAsync(town), row => row.Kind == DueKinds.Turned);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Insults_hours_later_take_the_place_of_no_threat_that_still_waits()
    {
        await using var town = await OpenAsync();
        var threat = await JudgedAsync(town, "Je vais te tuer, le maire.");
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(3));
        await town.SettleAsync();
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        await town.SettleAsync();
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Threat, threat.Id, 1), (thread.Heat, thread.HeatOf, thread.Turn));
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("run", "thorough")]
    public async Task A_debate_that_calmed_down_and_turns_anew_is_told_anew_also_where_nobody_answered_the_first(bool isDecided)
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        town.Time.Advance(TimeSpan.FromMinutes(90));
        // Within thirty minutes there is this one alone: nothing of what made it turn.
        await JudgedAsync(town, Insults[3]);
        town.Time.Advance(TimeSpan.FromMinutes(31));
        if (isDecided)
            await RefuseAllAsync(town);
        await town.SettleAsync();
        Assert.Equal((isDecided ? DebateHeat.None : DebateHeat.Heated, 1), ((await ThreadAsync(town)).Heat, (await ThreadAsync(town)).Turn));
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text + " Oui.");
        await town.SettleAsync();
        Assert.Equal((DebateHeat.Heated, 2), ((await ThreadAsync(town)).Heat, (await ThreadAsync(town)).Turn));
        Assert.Equal(["opened", "turned", "card-sent", isDecided ? "calmed" : "still-waiting", "turned", "card-sent"], await LogAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_debate_that_stays_hot_calms_later()
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        town.Time.Advance(TimeSpan.FromMinutes(20));
        await JudgedAsync(town, Insults[3]);
        town.Time.Advance(TimeSpan.FromMinutes(105));
        await town.SettleAsync();
        Assert.Equal(DebateHeat.Heated, (await ThreadAsync(town)).Heat);
        Assert.Contains("still-hot", await LogAsync(town));
        await RefuseAllAsync(town);
        town.Time.Advance(TimeSpan.FromMinutes(20));
        await town.SettleAsync();
        Assert.Equal(DebateHeat.None, (await ThreadAsync(town)).Heat);
    }

    [Fact]
    public async Task A_threat_is_told_also_of_a_debate_that_was_left_and_the_link_from_before_decides_nothing_then()
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        await town.SettleAsync();
        Assert.True((await DecideAsync(town, 1, Debates.Leave, Alix)).Succeeded);
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Threat, "threat", 2, null), (thread.Heat, thread.HeatWhy, thread.Turn, thread.TurnChoice));
        Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, Debates.Close, Alix)).Problem?.Code);
        Assert.Contains("Une menace a été écrite", _channels.Taken[^1].Card, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(Debates.Leave)]
    [InlineData(Debates.Hold)]
    public async Task A_threat_that_comes_after_a_person_chose_at_an_earlier_one_is_told_anew_and_once(string choice)
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.True((await DecideAsync(town, 1, choice, Alix)).Succeeded);
        await JudgedAsync(town, "On va te crever, le maire.");
        await town.SettleAsync();
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Threat, 2, null, choice == Debates.Hold), (thread.Heat, thread.Turn, thread.TurnChoice, thread.IsHeld));
        Assert.Equal(2, _channels.Taken.Count(taken => taken.Card.Contains("Une menace a été écrite", StringComparison.Ordinal)));
        // Whoever chooses next has seen it; what was chosen before decides nothing any more.
        Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, Debates.Close, Alix)).Problem?.Code);
        await JudgedAsync(town, "Je vais te tuer, maire.");
        await town.SettleAsync();
        Assert.Equal(2, (await ThreadAsync(town)).Turn);
        await CommentsInvariants.CheckAsync(town);
        Assert.True((await DecideAsync(town, 2, Debates.Leave, Alix)).Succeeded);
        Assert.Equal(choice == Debates.Hold, (await ThreadAsync(town)).IsHeld);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_page_that_is_held_keeps_what_is_written_whatever_the_policy_and_reopens_by_itself_on_the_next_working_morning()
    {
        await using var town = await OpenAsync();
        // Sunday evening.
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 19, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, "Merci pour le marché.")).State);
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        await town.SettleAsync();
        var held = await DecideAsync(town, 1, Debates.Hold, Alix);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero), held.Value.HeldUntil);
        Assert.Equal(held.Value.HeldUntil, (await town.ThreadAsync()).HeldUntil);

        var calm = await JudgedAsync(town, "Parlons plutôt du budget.");
        Assert.Equal((CommentState.Held, "Les nouveaux commentaires de cette page attendent d’être lus."), (calm.State, calm.Why));
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(calm.Id))!, DecisionChoice.Publish)).Succeeded);
        var second = await JudgedAsync(town, "Et de la piscine.");
        await town.SettleAsync();

        town.Time.Advance(new DateTimeOffset(2026, 11, 30, 7, 0, 1, TimeSpan.Zero) - town.Time.GetUtcNow());
        await town.SettleAsync();
        var thread = await ThreadAsync(town);
        Assert.Equal((null, DebateHeat.None), (thread.HeldUntil, thread.Heat));
        Assert.Null((await town.ThreadAsync()).HeldUntil);
        var card = _channels.Taken.Select(taken => taken.Card).Single(text => text.Contains("vient de rouvrir", StringComparison.Ordinal));
        Assert.Contains("1 texte écrit entre-temps attend une décision.", card, StringComparison.Ordinal);
        Assert.Contains($"/moderation#thread={Town.Site}.{thread.PageKey}", card, StringComparison.Ordinal);
        Assert.Contains((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None, (Town.Site, thread.PageKey))).Entries, entry => entry.Comment.Id == second.Id);
        Assert.Empty((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None, (Town.Site, "another"))).Entries);
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, "Bonne semaine à tous.")).State);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Of_two_people_one_decides_and_the_other_hears_who()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        var answers = await Task.WhenAll(DecideAsync(town, 1, Debates.Hold, Alix), DecideAsync(town, 1, Debates.Close, new Actor("Sacha", "sacha")));
        var (won, lost) = answers[0].Succeeded ? (answers[0].Value, answers[1].Problem) : (answers[1].Value, answers[0].Problem);
        Assert.Equal((ProblemKind.Conflict, won.DecidedBy), (lost!.Kind, (string?)lost.Extensions!["decidedBy"]));
        // The same again, as after a lost answer, is the same.
        Assert.True((await DecideAsync(town, 1, won.TurnChoice!, won.DecidedBy == "Alix" ? Alix : new Actor("Sacha", "sacha"))).Succeeded);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_page_that_is_closed_ends_its_hold_and_shows_no_notice()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.True((await DecideAsync(town, 1, Debates.Hold, Alix)).Succeeded);
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null), null, Alix, CancellationToken.None)).Succeeded);
        var shown = await town.ThreadAsync();
        Assert.Equal((false, null), (shown.Open, shown.HeldUntil));
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.Contains(".reopen.", StringComparison.Ordinal));
        Assert.Equal("thread-closed", (await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true), null, Alix, CancellationToken.None)).Problem?.Code);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_page_that_was_closed_stays_in_the_list_until_a_person_opens_it_again()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        Assert.True((await DecideAsync(town, 1, Debates.Close, Alix)).Succeeded);
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromDays(3));
        await town.SettleAsync();
        var closed = Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread;
        Assert.Equal((true, DebateHeat.None, Debates.Close), (closed.Closed, closed.Heat, closed.TurnChoice));
        await CommentsInvariants.CheckAsync(town);
        Assert.False((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(false, null), null, Alix, CancellationToken.None)).Value.Closed);
        Assert.Empty(await town.Get<Debates>().WatchedAsync(CancellationToken.None));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_page_that_is_closed_long_after_its_debate_calmed_down_is_in_no_list_of_debates_and_one_that_is_closed_twice_stays()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromDays(60));
        await town.SettleAsync();
        Assert.Empty(await town.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.True((await GovernAsync(town, new ThreadOrder(true, null))).Closed);
        Assert.Empty(await town.Get<Debates>().WatchedAsync(CancellationToken.None));
        await CommentsInvariants.CheckAsync(town);

        Assert.False((await GovernAsync(town, new ThreadOrder(false, null))).Closed);
        await JudgedAsync(town, Threat);
        Assert.True((await DecideAsync(town, 2, Debates.Close, Alix)).Succeeded);
        await GovernAsync(town, new ThreadOrder(true, CommentPolicy.APriori));
        Assert.True(Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread.Closed);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Of_a_threat_on_a_page_that_is_closed_the_team_is_told_without_buttons_that_could_do_nothing()
    {
        await using var town = await OpenAsync();
        var id = (await town.WriteAsync("Merci pour le marché.", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null), null, Alix, CancellationToken.None)).Succeeded);
        // What was written before may still be changed.
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(id), Key, Threat, 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var card = _channels.Taken.Select(taken => taken.Card).Single(text => text.Contains("Une menace a été écrite", StringComparison.Ordinal));
        Assert.Contains("La page est fermée", card, StringComparison.Ordinal);
        Assert.DoesNotContain("d=hold", card, StringComparison.Ordinal);
        Assert.DoesNotContain("d=leave", card, StringComparison.Ordinal);
        Assert.Contains($"/moderation#thread={Town.Site}.", card, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_debate_that_was_left_can_be_held_and_then_closed_by_who_saw_what_was_chosen_before()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.True((await DecideAsync(town, 1, Debates.Leave, Alix)).Succeeded);
        Assert.Equal([Debates.Hold, Debates.Close], Debates.ChoicesOf(Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread));
        var sacha = new Actor("Sacha", "sacha");
        // Whoever was shown a debate without a choice does not overrule one.
        Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, Debates.Hold, sacha)).Problem?.Code);
        var held = await DecideAsync(town, 1, Debates.Hold, sacha, Debates.Leave);
        Assert.Equal((true, Debates.Hold, "Sacha"), (held.Value.IsHeld, held.Value.TurnChoice, held.Value.DecidedBy));
        await CommentsInvariants.CheckAsync(town);
        Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, Debates.Leave, Alix, Debates.Hold)).Problem?.Code);
        Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, Debates.Close, Alix, Debates.Leave)).Problem?.Code);
        Assert.True((await DecideAsync(town, 1, Debates.Close, Alix, Debates.Hold)).Value.Closed);
        Assert.Equal(["opened", "turned", "card-sent", "left", "held", "closed"], await LogAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task The_link_of_a_debate_that_calmed_down_decides_nothing_until_it_turns_anew_or_its_page_is_held()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        await RefuseAllAsync(town);
        town.Time.Advance(TimeSpan.FromDays(1));
        await town.SettleAsync();
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.None, 1, null), (thread.Heat, thread.Turn, thread.TurnChoice));
        Assert.Empty(Debates.ChoicesOf(thread));
        foreach (var choice in Debates.Choices)
            Assert.Equal("decided-otherwise", (await DecideAsync(town, 1, choice, Alix)).Problem?.Code);
        Assert.DoesNotContain(await LogAsync(town), what => what is "held" or "closed" or "left");
        await CommentsInvariants.CheckAsync(town);

        await GovernAsync(town, new ThreadOrder(null, null, true));
        Assert.Equal([Debates.Close], Debates.ChoicesOf(await ThreadAsync(town)));
    }

    [Fact]
    public async Task An_alarm_that_is_read_hours_later_still_offers_each_choice_as_long_as_the_threat_waits()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        foreach (var hours in new[] { 2.5, 21, 72 })
        {
            town.Time.Advance(TimeSpan.FromHours(hours));
            await town.SettleAsync();
            Assert.Equal(Debates.Choices, Debates.ChoicesOf(Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread));
            await CommentsInvariants.CheckAsync(town);
        }

        Assert.True((await DecideAsync(town, 1, Debates.Hold, Alix)).Value.IsHeld);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_debate_that_nobody_answers_is_watched_for_a_week_and_no_longer()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        for (var hours = 0; hours < 7 * 24; hours += 4)
        {
            await town.SettleAsync();
            Assert.Equal(DebateHeat.Threat, (await ThreadAsync(town)).Heat);
            town.Time.Advance(TimeSpan.FromHours(4));
        }

        await town.SettleAsync();
        Assert.Equal(DebateHeat.None, (await ThreadAsync(town)).Heat);
        Assert.Empty(await town.Get<Debates>().WatchedAsync(CancellationToken.None));
        Assert.InRange((await LogAsync(town)).Count(what => what == "still-waiting"), 20, 30);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_threat_of_the_night_on_a_page_that_was_held_can_still_be_decided_about_after_that_has_reopened()
    {
        await using var town = await OpenAsync();
        foreach (var text in Insults[..3])
            await JudgedAsync(town, text);
        await town.SettleAsync();
        var morning = (await DecideAsync(town, 1, Debates.Hold, Alix)).Value.HeldUntil!.Value;
        await JudgedAsync(town, Threat);
        town.Time.Advance(morning.AddSeconds(1) - town.Time.GetUtcNow());
        await town.SettleAsync();
        var thread = Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread;
        Assert.Equal((false, DebateHeat.Threat, 2), (thread.IsHeld, thread.Heat, thread.Turn));
        Assert.Equal(Debates.Choices, Debates.ChoicesOf(thread));
        await CommentsInvariants.CheckAsync(town);
        Assert.True((await DecideAsync(town, 2, Debates.Close, Alix)).Value.Closed);
        await CommentsInvariants.CheckAsync(town);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_the_clock_closes_keeps_its_alarm_in_view_while_the_threat_waits(bool isHeld)
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, "Merci pour le marché.");
        await GovernAsync(town, new ThreadOrder(null, null, isHeld ? true : null, isHeld ? town.Time.GetUtcNow().AddDays(1) : null, Closes: town.Time.GetUtcNow().AddHours(1)));
        await JudgedAsync(town, Threat);
        town.Time.Advance(TimeSpan.FromHours(1.1));
        await town.SettleAsync();
        var thread = Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread;
        Assert.Equal((true, DebateHeat.Threat), (thread.Closed, thread.Heat));
        await CommentsInvariants.CheckAsync(town);
        await RefuseAllAsync(town);
        town.Time.Advance(TimeSpan.FromHours(7));
        await town.SettleAsync();
        Assert.Empty(await town.Get<Debates>().WatchedAsync(CancellationToken.None));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task An_alarm_about_a_threat_that_nobody_answers_rings_again_three_times_for_all_of_the_team()
    {
        await using var town = await OpenAsync();
        // Sunday evening: Dominique has no duty hours.
        town.Time.Advance(new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero) - town.Time.GetUtcNow());
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.Equal(["camille@saint-exemple.fr"], Mentioned(Assert.Single(Alarms())));
        town.Time.Advance(TimeSpan.FromMinutes(29));
        await town.SettleAsync();
        Assert.Single(Alarms());
        for (var repeat = 1; repeat <= Debates.MostRepeats; repeat++)
        {
            town.Time.Advance(TimeSpan.FromMinutes(repeat == 1 ? 1 : 30));
            await town.SettleAsync();
            Assert.Equal(1 + repeat, Alarms().Count());
            Assert.Equal(["camille@saint-exemple.fr", "dominique@saint-exemple.fr"], Mentioned(Alarms().Last()));
            Assert.Contains("L’équipe a été prévenue le 29 novembre 2026 à 21:00, et personne n’a encore choisi", Alarms().Last(), StringComparison.Ordinal);
            // It is the same turn: each of its links decides.
            Assert.Equal(1, (await ThreadAsync(town)).Turn);
            await CommentsInvariants.CheckAsync(town);
        }

        town.Time.Advance(TimeSpan.FromHours(1));
        await town.SettleAsync();
        Assert.Equal(1 + Debates.MostRepeats, Alarms().Count());
        Assert.True((await DecideAsync(town, 1, Debates.Leave, Alix)).Succeeded);
    }

    [Theory]
    [InlineData("chosen")]
    [InlineData("refused")]
    [InlineData("off")]
    public async Task An_alarm_that_was_answered_or_whose_threat_was_dealt_with_does_not_ring_again(string how)
    {
        await using var town = await OpenAsync();
        if (how == "off")
            await DebateSettingAsync(town, """{ "repeatMinutes": 0 }""");
        var id = (await JudgedAsync(town, Threat)).Id;
        await town.SettleAsync();
        Assert.True(how switch
        {
            "chosen" => (await DecideAsync(town, 1, Debates.Leave, Alix)).Succeeded,
            "refused" => (await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Reject)).Succeeded,
            _ => true,
        });
        town.Time.Advance(TimeSpan.FromHours(1));
        await town.SettleAsync();
        Assert.Single(Alarms());
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_threat_that_the_rules_refused_at_once_rings_again_too_for_no_person_has_seen_it()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, "Merci pour le marché.");
        await GovernAsync(town, new ThreadOrder(null, CommentPolicy.APosteriori, RejectAtOnce: ["threat"]));
        Assert.Equal(CommentState.Rejected, (await JudgedAsync(town, Threat)).State);
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(31));
        await town.SettleAsync();
        Assert.Equal(2, Alarms().Count());
    }

    [Fact]
    public async Task What_the_rules_refuse_at_once_turns_a_debate_as_what_they_hold_and_advertising_does_not()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, "Merci pour le marché.");
        await GovernAsync(town, new ThreadOrder(null, CommentPolicy.APosteriori, RejectAtOnce: ["insult", "advertising"]));
        foreach (var text in new[] { "Achetez des abonnés : https://evil.example", "Achetez vos likes : https://likes.example", "Abonnés TikTok pas chers et garantis : https://tik.example" })
            Assert.Equal(CommentState.Rejected, (await JudgedAsync(town, text)).State);
        Assert.Equal(DebateHeat.None, (await ThreadAsync(town)).Heat);
        foreach (var text in new[] { "Tu es un connard", "Monsieur le maire, tu es un connard", "Va voir ailleurs, tu es un connard" })
            Assert.Equal(CommentState.Rejected, (await JudgedAsync(town, text)).State);
        var thread = await ThreadAsync(town);
        Assert.Equal((DebateHeat.Heated, "held", 3), (thread.Heat, thread.HeatWhy, thread.HeatCount));
    }

    [Fact]
    public async Task A_page_can_be_held_before_anybody_wrote_there_and_released_again()
    {
        await using var town = await OpenAsync();
        var until = town.Time.GetUtcNow().AddDays(3);
        var threads = town.Get<CommentThreads>();
        Assert.Equal("until-invalid", (await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, until.AddDays(30)), null, Alix, CancellationToken.None)).Problem?.Code);
        Assert.Equal("until-invalid", (await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, null, until), null, Alix, CancellationToken.None)).Problem?.Code);
        Assert.Equal("held-and-closed", (await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(true, null, true), null, Alix, CancellationToken.None)).Problem?.Code);
        Assert.Equal(until, (await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, true, until), null, Alix, CancellationToken.None)).Value.HeldUntil);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, "Bonjour.")).State);
        Assert.Null((await threads.GovernAsync(Town.Site, Town.Page, new ThreadOrder(null, null, false), null, Alix, CancellationToken.None)).Value.HeldUntil);
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, "Bonsoir à tous.")).State);
        await town.SettleAsync();
        Assert.Equal(["opened", "held", "released"], await LogAsync(town));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Without_a_webhook_the_moderation_page_is_told()
    {
        await using var town = await Town.OpenAsync(azurite);
        await JudgedAsync(town, Threat);
        await town.SettleAsync();
        Assert.Equal(["opened", "turned", "listed"], await LogAsync(town));
        Assert.Equal(DebateHeat.Threat, Assert.Single(await town.Get<Debates>().WatchedAsync(CancellationToken.None)).Thread.Heat);
    }

    [Fact]
    public async Task A_card_that_a_channel_did_not_take_stays_due_and_is_dropped_once_somebody_decided()
    {
        await using var town = await OpenAsync();
        _channels.Statuses["teams.example"] = System.Net.HttpStatusCode.BadGateway;
        await JudgedAsync(town, Threat);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Turned));
        await town.PromiseAsync(DueKinds.Turned);
        Assert.True((await DecideAsync(town, 1, Debates.Leave, Alix)).Succeeded);
        Assert.DoesNotContain(await DueAsync(town), row => row.Kind == DueKinds.Turned);
    }

    [Fact]
    public async Task The_link_of_its_card_is_good_for_its_page_and_nothing_else()
    {
        await using var town = await OpenAsync();
        await JudgedAsync(town, Threat);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Turned));
        var token = town.Get<DecisionTokens>().Read(Token().Match(_channels.Taken[^1].Card).Groups["token"].Value).Token!;
        Assert.Equal((Town.Site, (await ThreadAsync(town)).PageKey, DecisionSubject.Thread, 1), (token.Site, token.Id, token.Subject, token.Round));
    }

    private async Task<Town> OpenAsync(string policy = "a-posteriori")
    {
        var town = await Town.WithPolicyAsync(azurite, _channels, policy, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        using var written = JsonDocument.Parse("""{ "people": [{ "name": "Camille Durand", "email": "camille@saint-exemple.fr", "urgent": true }, { "name": "Dominique", "email": "dominique@saint-exemple.fr", "days": [] }] }""");
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written.RootElement, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        // What the other hub may have in its memory.
        town.Time.Advance(TimeSpan.FromSeconds(20));
        return town;
    }

    private IEnumerable<string> Alarms() => _channels.Taken.Select(taken => taken.Card).Where(card => card.Contains("Une menace a été écrite", StringComparison.Ordinal) || card.Contains("Une menace attend toujours une décision", StringComparison.Ordinal));

    private static IEnumerable<string> Mentioned(string card) => JsonNode.Parse(card)!["attachments"]![0]!["content"]!["msteams"]!["entities"]!.AsArray().Select(entity => (string)entity!["mentioned"]!["id"]!);

    private static async Task DebateSettingAsync(Town town, string json)
    {
        var setting = await town.Get<SettingsStore>().GetAsync("debate", CancellationToken.None);
        using var written = JsonDocument.Parse(json);
        Assert.True((await town.Get<SettingsStore>().PutAsync("debate", written.RootElement, setting.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
    }

    private static async Task RefuseAllAsync(Town town)
    {
        foreach (var comment in (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)).Select(row => new CommentRow(row)).Where(comment => comment.State == CommentState.Held))
            Assert.True((await town.DecideAsync(comment, DecisionChoice.Reject)).Succeeded);
    }

    private static async Task<CommentRow> JudgedAsync(Town town, string text)
    {
        var id = (await town.WriteAsync(text)).Comment.Id;
        await town.WorkAsync(Assert.Single(await DueAsync(town), row => row.Kind == DueKinds.Verdict));
        return (await town.FindAsync(id))!;
    }

    private static Task<Answer<ThreadRow>> DecideAsync(Town town, int turn, string choice, Actor by, string? instead = null) =>
        town.Get<Debates>().DecideAsync(Town.Site, Keys.Page(Town.Page), turn, choice, by, CancellationToken.None, instead);

    private static async Task<ThreadRow> GovernAsync(Town town, ThreadOrder order)
    {
        var answer = await town.Get<CommentThreads>().GovernAsync(Town.Site, Town.Page, order, null, Alix, CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return answer.Value;
    }

    private static async Task<ThreadRow> ThreadAsync(Town town) => (await town.Get<CommentStore>().FindThreadAsync(Town.Site, Keys.Page(Town.Page), CancellationToken.None))!;

    private static async Task<IReadOnlyList<DueRow>> DueAsync(Town town) => [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal)).Select(row => new DueRow(row))];

    private static async Task<IEnumerable<string>> LogAsync(Town town) => [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith(Keys.LogOf(Keys.Page(Town.Page)).From, StringComparison.Ordinal)).Select(row => row.GetString("What"))];

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
