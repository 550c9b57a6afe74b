using Azure;
using CsCheck;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Storage;

namespace SocialHub.Tests.Feeds;

public sealed class SourceRefreshTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_source_that_is_read_and_needs_a_person_says_so_in_health_until_it_does_not()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        hub.Script.Gives("skies", At(2));
        hub.Script.Sources["toots"] = _ => new(SocialHub.Connections.ReadOutcome.Read) { Posts = [At(3)], Attention = "The token is refused." };
        await hub.ReadAllAsync();
        var health = await hub.Get<FeedHealth>().AskAsync(CancellationToken.None);
        Assert.Equal((false, "The token is refused.", 0), (health.IsHealthy, (string?)health.Details["toots"]!["attention"], (int)health.Details["toots"]!["failures"]!));
        hub.Script.Gives("toots", At(3));
        await hub.ReadAllAsync();
        health = await hub.Get<FeedHealth>().AskAsync(CancellationToken.None);
        Assert.Equal((true, null), (health.IsHealthy, (string?)health.Details["toots"]!["attention"]));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_source_that_fails_keeps_its_last_good_posts_and_is_asked_less_and_less_often()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2));
        await hub.RefreshAsync("site");
        var before = await hub.FeedAsync();
        hub.Script.Sources["site"] = _ => new ReadAnswer(ReadOutcome.Failed) { Error = "www.saint-exemple.fr answered 500." };
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            hub.Clock.Advance(TimeSpan.FromHours(12));
            Assert.True(await hub.RefreshAsync("site"));
            waits.Add(((await State(hub)).NextDue - hub.Clock.GetUtcNow()).TotalMinutes);
        }
        Assert.Equal([15.0, 30, 60, 120, 240, 360, 360, 360], waits, (a, b) => Math.Abs(a - b) <= a * 0.06);
        Assert.Equal(before.Tag, (await hub.FeedAsync()).Tag);
        var health = await hub.Get<FeedHealth>().AskAsync(CancellationToken.None);
        Assert.False(health.IsHealthy);
        Assert.Equal("www.saint-exemple.fr answered 500.", (string?)health.Details["site"]!["error"]);
        Assert.Equal(8, (int)health.Details["site"]!["failures"]!);
        Assert.InRange((long)health.Details["site"]!["ageSeconds"]!, 8 * 12 * 3600, (8 * 12 * 3600) + 60);
    }

    [Fact]
    public async Task What_ended_a_read_is_told_although_storage_fails_behind_it_too()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var failures = 0;
        hub.Script.Sources["site"] = _ =>
        {
            hub.Wire.Cuts = _ => throw new Azure.Identity.AuthenticationFailedException($"no token {++failures}");
            return new ReadAnswer(ReadOutcome.Read) { Posts = [At(1)] };
        };
        var told = await Assert.ThrowsAsync<Azure.Identity.AuthenticationFailedException>(() => hub.RefreshAsync("site"));
        // Of its posts, of the note that they could not be kept, and of the count of attempts.
        Assert.Equal(("no token 2", 3), (told.Message, failures));
    }

    [Fact]
    public void A_summary_is_no_part_of_a_post_that_is_stored() => Assert.Equal(PostLimits.Hash(At(1)), PostLimits.Hash(At(1) with { Summary = "Court" }));

    [Fact]
    public async Task A_connection_that_throws_is_a_source_that_fails()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Sources["site"] = _ => throw new InvalidOperationException("a fault");
        Assert.True(await hub.RefreshAsync("site"));
        var state = await State(hub);
        Assert.Equal(1, state.Failures);
        Assert.DoesNotContain("a fault", state.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_was_read_and_cannot_be_kept_is_a_failed_read_with_its_back_off()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Pictures["https://cdn.example/a.png"] = MediaTests.Picture(SkiaSharp.SKEncodedImageFormat.Png, 40, 30);
        hub.Script.Gives("site", At(1) with { Pictures = [new("https://cdn.example/a.png", "La place")] });
        hub.Wire.Cuts = request => request.Uri.ToString().Contains("/media/", StringComparison.Ordinal);
        Assert.True(await hub.RefreshAsync("site"));
        var state = await State(hub);
        Assert.Equal((1, 0, null, null), (state.Failures, state.Attempts, state.BusyUntil, state.Validators));
        Assert.NotNull(state.Error);
        Assert.True(state.NextDue > hub.Clock.GetUtcNow());
        hub.Wire.Cuts = null;
        hub.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await hub.RefreshAsync("site"));
        Assert.Equal(0, (await State(hub)).Failures);
        Assert.Single(Assert.Single(await hub.Posts.ReadAsync("site", whole: true, CancellationToken.None)).Pictures);
    }

    [Fact]
    public async Task A_server_that_names_a_time_is_left_alone_until_then()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Sources["site"] = _ => new ReadAnswer(ReadOutcome.Failed) { Error = "429", RetryAfter = TimeSpan.FromHours(3) };
        await hub.RefreshAsync("site");
        Assert.InRange((await State(hub)).NextDue - Noon, TimeSpan.FromMinutes(180), TimeSpan.FromMinutes(200));
    }

    [Theory]
    [InlineData((int)ReadOutcome.Read, 60, 60)]
    [InlineData((int)ReadOutcome.Unchanged, 60, 60)]
    // Its own pace is the longer one.
    [InlineData((int)ReadOutcome.Read, 5, 14)]
    // A year is not believed.
    [InlineData((int)ReadOutcome.Read, 365 * 24 * 60, 24 * 60)]
    public async Task A_source_that_says_how_long_it_stays_good_is_read_no_sooner(int outcome, int minutes, int least)
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Sources["site"] = _ => new ReadAnswer((ReadOutcome)outcome) { Pace = TimeSpan.FromMinutes(minutes) };
        await hub.RefreshAsync("site");
        Assert.InRange((await State(hub)).NextDue - Noon, TimeSpan.FromMinutes(least), TimeSpan.FromMinutes(least * 1.15));
    }

    [Fact]
    public async Task Doubled_hints_on_two_hubs_read_a_source_once()
    {
        await using var first = await FeedHub.StartAsync(azurite);
        await using var second = first.Second();
        first.Script.Gives("site", At(1));
        var message = Hint.For("site", "").ToMessage();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? first : second).Get<SourceRefresh>().RunAsync(message, CancellationToken.None)));
        Assert.Single(first.Script.Asked);
        Assert.Single(await first.UrlsAsync());
    }

    [Fact]
    public async Task Validators_are_kept_only_once_all_posts_are()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", [.. Enumerable.Range(1, 60).Select(At)]);
        var batches = 0;
        // Begin, then four batches of fifteen: the third never arrives.
        hub.Wire.Cuts = request => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal) && ++batches > 3;
        await Assert.ThrowsAnyAsync<Exception>(() => hub.RefreshAsync("site"));
        hub.Wire.Cuts = null;
        Assert.InRange((await hub.Posts.ReadAsync("site", false, CancellationToken.None)).Count, 15, 45);
        Assert.Null((await State(hub)).Validators);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await hub.RefreshAsync("site"));
        Assert.Null(hub.Script.Asked[^1].Validators);
        Assert.Equal(60, (await hub.Posts.ReadAsync("site", false, CancellationToken.None)).Count);
        Assert.Equal("seen 60", (await State(hub)).Validators);
    }

    [Fact]
    public async Task A_batch_whose_answer_is_lost_is_recognised_as_our_own()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2));
        var batches = 0;
        hub.Wire.LosesAnswer = request => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal) && ++batches == 2;
        Assert.True(await hub.RefreshAsync("site"));
        Assert.Null(hub.Wire.LosesAnswer);
        Assert.Equal("seen 2", (await State(hub)).Validators);
        Assert.Equal(2, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    public async Task A_post_deleted_upstream_goes_only_if_it_lay_inside_the_fetched_window()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("toots", At(1), At(2), At(3), At(4));
        await hub.RefreshAsync("toots");
        hub.Clock.Advance(TimeSpan.FromHours(1));
        hub.Script.Sources["toots"] = _ => new ReadAnswer(ReadOutcome.Read) { Posts = [At(1), At(3)], ShowsDeletions = true, WindowStart = Noon.AddHours(-3) };
        await hub.RefreshAsync("toots");
        Assert.Equal([At(1).Url, At(3).Url, At(4).Url], await hub.UrlsAsync());
        hub.Clock.Advance(TimeSpan.FromHours(1));
        hub.Script.Gives("toots", At(1));
        await hub.RefreshAsync("toots");
        Assert.Equal(3, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    public async Task Where_a_source_lists_by_identity_the_date_of_an_old_post_among_new_ones_drops_nothing()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("skies", At(1), At(2), At(3), At(4));
        await hub.RefreshAsync("skies");
        hub.Clock.Advance(TimeSpan.FromHours(1));
        // The third was deleted; the fourth was not asked for.
        var imported = At(1) with { Published = Noon.AddYears(-11) };
        hub.Script.Sources["skies"] = _ => new ReadAnswer(ReadOutcome.Read) { Posts = [imported, At(2)], ShowsDeletions = true, Covers = id => id != At(4).NativeId };
        await hub.RefreshAsync("skies");
        Assert.Equal([At(2).Url, At(4).Url, At(1).Url], await hub.UrlsAsync());
    }

    [Fact]
    public async Task A_source_that_becomes_another_account_loses_the_posts_of_the_old_one()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("toots", At(1), At(2));
        await hub.RefreshAsync("toots");
        await hub.Get<HubConfigurationSource>().ReplaceAsync(new BinaryData(FeedHub.Json.Replace("\"name\": \"ville\"", "\"name\": \"mairie\"", StringComparison.Ordinal)), null, CancellationToken.None);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        hub.Script.Gives("toots", At(2), At(5));
        await hub.RefreshAsync("toots");
        Assert.Null(hub.Script.Asked[^1].Validators);
        Assert.Equal([At(2).Url, At(5).Url], await hub.UrlsAsync());
    }

    [Fact]
    public async Task A_site_that_moves_to_https_shows_each_article_once_and_hides_what_an_editor_hid()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var before = Enumerable.Range(1, 4).Select(number => Of("http://www.saint-exemple.fr", number)).ToArray();
        hub.Script.Gives("site", before);
        await hub.RefreshAsync("site");
        var editor = new SocialHub.Access.Caller("k", "Élise", SocialHub.Access.Role.Editor);
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", before[1]).ToString(), new PostChoice(true, null), editor, CancellationToken.None);
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", before[2]).ToString(), new PostChoice(null, true), editor, CancellationToken.None);

        hub.Clock.Advance(TimeSpan.FromHours(1));
        // The fourth is not in the feed any more: it stays as it was.
        var after = Enumerable.Range(0, 4).Select(number => Of("https://saint-exemple.fr", number)).ToArray();
        hub.Script.Gives("site", after);
        await hub.RefreshAsync("site");
        Assert.Equal([after[3].Url, after[0].Url, after[1].Url, before[3].Url], await hub.UrlsAsync());
        // Without a date of its own, the time at which it was first seen goes on.
        Assert.Equal(Noon, (await hub.Posts.ReadAsync("site", whole: false, CancellationToken.None)).Single(row => row.NativeId == after[3].NativeId).FirstSeen);

        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", after[2]).ToString(), new PostChoice(false, null), editor, CancellationToken.None);
        Assert.Equal(5, (await hub.UrlsAsync()).Count);

        static Post Of(string origin, int number) => At(number) with
        {
            NativeId = $"{origin}/?p={number}",
            Url = $"{origin}/actualites/{number}/",
            Published = number == 3 ? null : Noon.AddHours(-number),
        };
    }

    [Fact]
    public async Task A_relaunched_site_shows_what_it_has_now_and_its_older_articles()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2), At(30), At(50));
        await hub.RefreshAsync("site");
        hub.Clock.Advance(TimeSpan.FromHours(1));
        var now = new[] { 0, 1, 2, 30 }.Select(hours => At(hours) with { NativeId = $"node/{hours}", Url = $"https://www.saint-exemple.fr/vie/{hours}" }).ToArray();
        hub.Script.Gives("site", now);
        await hub.RefreshAsync("site");
        Assert.Equal([.. now.Select(post => post.Url), At(50).Url], await hub.UrlsAsync());
    }

    [Fact]
    public async Task What_an_editor_chose_holds_when_a_relaunched_site_shows_it_under_another_address()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2) with { Title = "Élection : « le bureau »" }, At(3), At(50));
        await hub.RefreshAsync("site");
        var editor = new SocialHub.Access.Caller("k", "Élise", SocialHub.Access.Role.Editor);
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", At(2)).ToString(), new PostChoice(true, null), editor, CancellationToken.None);
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", At(3)).ToString(), new PostChoice(null, true), editor, CancellationToken.None);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        var now = new[] { 0, 1, 2, 3 }.Select(hours => At(hours) with { NativeId = $"node/{hours}", Url = $"https://www.saint-exemple.fr/vie/{hours}" }).ToArray();
        now[2] = now[2] with { Title = "Election : \"le bureau\"" };
        hub.Script.Gives("site", now);
        await hub.RefreshAsync("site");
        Assert.Equal([now[3].Url, now[0].Url, now[1].Url, At(50).Url], await hub.UrlsAsync());
        // And is taken back as a whole.
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", now[2]).ToString(), new PostChoice(false, null), editor, CancellationToken.None);
        Assert.Equal(5, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_largest_post_is_kept_without_some_of_what_it_leads_to_and_costs_its_source_nothing()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        await Gen.Select(Gen.OneOf("a", "é", "\"", "&", "<", "\u2028", "😀", "ا").Array[6], Gen.Int[1, 8], Gen.Int[0, 10], Gen.Bool).SampleAsync(
            async (signs, links, pictures, isLong) =>
            {
                string Of(int sign, int length) => string.Concat(Enumerable.Repeat(signs[sign], length / signs[sign].Length));
                string Address(int sign, int number) => $"https://www.saint-exemple.fr/{number}?{(signs[sign] == "&" ? new string('&', 1900) : new string('a', 1900))}";
                var post = At(2) with
                {
                    NativeId = isLong ? Of(0, 1000) : "court",
                    Url = Address(1, 0),
                    Title = Of(2, 500),
                    Text = Of(3, 40_000),
                    Html = new string('x', 30_000),
                    Author = Of(4, 500),
                    Tags = [.. Enumerable.Range(0, 20).Select(number => Of(5, 96) + number)],
                    Links = [.. Enumerable.Range(0, links).Select(number => Address(1, number))],
                    Pictures = [.. Enumerable.Range(0, pictures).Select(number => new PostPicture(Address(2, number), Of(3, 2000)))],
                };
                foreach (var picture in post.Pictures)
                    hub.Script.Pictures[picture.Url] = MediaTests.Picture(SkiaSharp.SKEncodedImageFormat.Png, 4, 3);
                hub.Script.Gives("site", post, At(1));
                hub.Clock.Advance(TimeSpan.FromHours(7));
                Assert.True(await hub.RefreshAsync("site"));
                Assert.Null((await State(hub)).Error);
                var kept = (await hub.Posts.ReadAsync("site", whole: true, CancellationToken.None)).Single(row => row.NativeId == post.NativeId).Post;
                Assert.Equal(post.Url, kept.Url);
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_source_that_nobody_reads_any_more_is_not_healthy_whatever_keeps_it()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        foreach (var source in new[] { "site", "toots", "skies" })
            hub.Script.Sources[source] = _ => new ReadAnswer(ReadOutcome.Read) { Posts = [At(1)], Pace = source == "site" ? TimeSpan.FromHours(23) : null };
        await hub.ReadAllAsync();
        Assert.True(await IsHealthyAsync());
        // It asked for that pause itself.
        hub.Clock.Advance(TimeSpan.FromHours(20));
        foreach (var source in new[] { "toots", "skies" })
            await hub.RefreshAsync(source);
        Assert.True(await IsHealthyAsync());
        hub.Clock.Advance(TimeSpan.FromHours(5));
        await hub.RefreshAsync("site");
        Assert.True(await IsHealthyAsync());
        // Nobody comes: not one failure is counted.
        hub.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(30));
        Assert.False(await IsHealthyAsync());
        await hub.RefreshAsync("toots");
        await hub.RefreshAsync("skies");
        Assert.True(await IsHealthyAsync());
        // One failure, whose server asks for a day.
        hub.Script.Sources["toots"] = _ => new ReadAnswer(ReadOutcome.Failed) { Error = "503", RetryAfter = TimeSpan.FromDays(1) };
        hub.Clock.Advance(TimeSpan.FromMinutes(20));
        await hub.RefreshAsync("toots");
        Assert.True(await IsHealthyAsync());
        hub.Clock.Advance(TimeSpan.FromHours(7));
        await hub.RefreshAsync("skies");
        Assert.False(await IsHealthyAsync());

        async Task<bool> IsHealthyAsync() => (await hub.Get<FeedHealth>().AskAsync(CancellationToken.None)).IsHealthy;
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_source_that_is_gone_needs_somebody_at_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        await hub.ReadAllAsync();
        hub.Script.Sources["site"] = _ => new ReadAnswer(ReadOutcome.Gone) { Error = "www.saint-exemple.fr answered 410." };
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.RefreshAsync("site");
        var health = await hub.Get<FeedHealth>().AskAsync(CancellationToken.None);
        Assert.Equal((false, "www.saint-exemple.fr answered 410."), (health.IsHealthy, (string?)health.Details["site"]!["attention"]));
        hub.Script.Gives("site", At(1));
        hub.Clock.Advance(TimeSpan.FromHours(27));
        await hub.ReadAllAsync();
        Assert.True((await hub.Get<FeedHealth>().AskAsync(CancellationToken.None)).IsHealthy);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("https://www.saint-exemple.fr/", 1)]
    [InlineData("https://www.saint-exemple.fr/alertes", 2)]
    public async Task A_feed_whose_items_share_a_page_loses_none_of_them(string page, int window)
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var alerts = Enumerable.Range(1, 6).Reverse().Select(hours => At(hours) with { Url = page }).ToList();
        for (var from = 0; from + window <= alerts.Count; from += window)
        {
            hub.Script.Gives("site", [.. alerts.Skip(from).Take(window)]);
            await hub.RefreshAsync("site");
            hub.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal(6, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    public async Task A_slow_source_and_its_slow_pictures_are_done_within_the_time_that_the_source_is_held()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        await using var other = hub.Second();
        var posts = Enumerable.Range(1, 8).Select(number => At(number) with { Pictures = [new($"https://cdn.example/{number}.png", "La place")] }).ToArray();
        foreach (var post in posts)
            hub.Script.Pictures[post.Pictures[0].Url] = MediaTests.Picture(SkiaSharp.SKEncodedImageFormat.Png, 40, 30);
        hub.Script.Sources["site"] = _ =>
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(55));
            return new ReadAnswer(ReadOutcome.Read) { Posts = posts, Validators = "all" };
        };
        hub.Script.Meanwhile = async () =>
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.False(await other.RefreshAsync("site"), "Somebody else took the source that is being read.");
        };
        Assert.True(await hub.RefreshAsync("site"));
        Assert.True(hub.Clock.GetUtcNow() - Noon < TimeSpan.FromMinutes(2));
        var state = await State(hub);
        Assert.Equal((8, 0, null, null), (state.Posts, state.Failures, state.Error, state.Validators));

        hub.Script.Meanwhile = null;
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await hub.RefreshAsync("site"));
        Assert.All(await hub.Posts.ReadAsync("site", whole: true, CancellationToken.None), row => Assert.Single(row.Pictures));
        Assert.Equal("all", (await State(hub)).Validators);
    }

    [Fact]
    public async Task A_post_without_a_date_keeps_the_time_at_which_it_was_first_seen()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1) with { Published = null }, At(2) with { Published = Noon.AddYears(3) });
        await hub.RefreshAsync("site");
        var first = await hub.FeedAsync();
        hub.Clock.Advance(TimeSpan.FromDays(1));
        hub.Script.Gives("site", At(1) with { Published = null }, At(2) with { Published = Noon.AddYears(3) }, At(3));
        await hub.RefreshAsync("site");
        Assert.Equal(3, (await hub.UrlsAsync()).Count);
        Assert.Contains("\"date_published\":\"2026-11-24T12:00:00Z\"", Text(first), StringComparison.Ordinal);
        Assert.Equal(2, Text(await hub.FeedAsync()).Split("\"date_published\":\"2026-11-24T12:00:00Z\"").Length - 1);
    }

    [Fact]
    public async Task What_killed_the_hub_twice_is_left_alone_for_a_day()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.Posts.AddAsync(SourceRow.New("site", Noon), CancellationToken.None);
        var state = await State(hub);
        state.Attempts = 2;
        state.BusyUntil = Noon.AddMinutes(-1);
        await hub.Posts.MoveAsync(state, [], CancellationToken.None);
        await hub.RefreshAsync("site");
        Assert.Empty(hub.Script.Asked);
        Assert.InRange((await State(hub)).NextDue - Noon, TimeSpan.FromHours(24), TimeSpan.FromHours(26.5));
        Assert.Contains("ended the hub twice", (string?)(await hub.Get<FeedHealth>().AskAsync(CancellationToken.None)).Details["site"]!["attention"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_tick_hints_what_is_due_once_and_again_only_after_its_back_off()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var queue = hub.Storage.Queue(Queues.SourceRefresh);
        // A new source is hinted when it is found, then as any other that is due.
        await hub.Tick.RunAsync(CancellationToken.None);
        await hub.Tick.RunAsync(CancellationToken.None);
        const int sent = 6;
        Assert.Equal(sent, await Waiting());
        await hub.Tick.RunAsync(CancellationToken.None);
        Assert.Equal(sent, await Waiting());
        hub.Clock.Advance(TimeSpan.FromMinutes(1.1));
        await hub.Tick.RunAsync(CancellationToken.None);
        Assert.Equal(sent + 3, await Waiting());
        foreach (var source in new[] { "site", "toots", "skies" })
            await hub.RefreshAsync(source);
        await hub.Tick.RunAsync(CancellationToken.None);
        Assert.Equal(sent + 3, await Waiting());

        async Task<int> Waiting() => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_fault_with_one_source_or_one_feed_keeps_the_others_from_nothing_and_is_told()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Wire.Cuts = request => Uri.UnescapeDataString(request.Uri.ToString()).Contains("PartitionKey='site'", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => hub.Tick.RunAsync(CancellationToken.None));
        Assert.Equal(2, (await hub.Storage.Queue(Queues.SourceRefresh).GetPropertiesAsync()).Value.ApproximateMessagesCount);

        hub.Script.Gives("site", At(1));
        hub.Wire.Cuts = request => request.Uri.ToString().Contains("/snapshots/", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => hub.RefreshAsync("site"));
        hub.Wire.Cuts = request => request.Uri.ToString().Contains("/snapshots/accueil", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => hub.Tick.RunAsync(CancellationToken.None));
        Assert.True((await hub.Storage.Snapshots.GetBlobClient("court").ExistsAsync()).Value);
        hub.Wire.Cuts = null;
        await hub.Tick.RunAsync(CancellationToken.None);
        Assert.True((await hub.Storage.Snapshots.GetBlobClient("accueil").ExistsAsync()).Value);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Sources_and_feeds_that_left_hub_json_fall_away_but_not_what_was_just_read()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        hub.Script.Gives("skies", At(2));
        await hub.ReadAllAsync();
        var key = PostKey.Of("skies", At(2)).ToString();
        await hub.Desk.ChooseAsync("court", PostKey.Of("site", At(1)).ToString(), new PostChoice(null, true), new("k", "Élise", SocialHub.Access.Role.Editor), CancellationToken.None);
        const string Less = """
            { "authority": { "name": "Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr" },
              "sources": { "site": { "address": "https://www.saint-exemple.fr/feed" } },
              "feeds": { "accueil": { "title": "La ville", "sources": ["site"] } } }
            """;
        Assert.True((await hub.Get<HubConfigurationSource>().ReplaceAsync(new BinaryData(Less), null, CancellationToken.None)).Succeeded);
        await hub.Tick.ForgetAsync(CancellationToken.None);
        Assert.NotNull(await hub.Posts.FindSourceAsync("skies", CancellationToken.None));
        hub.Clock.Advance(TimeSpan.FromHours(2));
        await hub.Tick.ForgetAsync(CancellationToken.None);
        Assert.Equal(["site"], await hub.Posts.SourcesAsync(CancellationToken.None));
        Assert.False(await hub.Posts.ExistsAsync(new PostKey("skies", Keys.Post(At(2).NativeId)), CancellationToken.None), key);
        Assert.Empty(await hub.Get<ChoiceStore>().FeedsAsync(CancellationToken.None));
        Assert.False(await hub.Storage.Snapshots.GetBlobClient("court").ExistsAsync());
        Assert.Equal(ProblemKind.NotFound, (await hub.Reader.ReadAsync("court", FeedForm.Json, FeedQuery.All, CancellationToken.None)).Problem?.Kind);
        await hub.Tick.RunAsync(CancellationToken.None);
        Assert.Single(await hub.UrlsAsync());
    }

    internal static Post At(int hoursAgo) => new($"urn:post:{hoursAgo}", $"https://www.saint-exemple.fr/actualites/{hoursAgo}")
    {
        Title = $"Nouvelle {hoursAgo}",
        Html = $"<p>Texte {hoursAgo}</p>",
        Text = $"Texte {hoursAgo}",
        Published = Noon.AddHours(-hoursAgo),
    };

    internal static string Text(RenderedDocument feed) => System.Text.Encoding.UTF8.GetString(feed.Body.Span);

    private static async Task<SourceRow> State(FeedHub hub, string source = "site") => (await hub.Posts.FindSourceAsync(source, CancellationToken.None))!;
}
