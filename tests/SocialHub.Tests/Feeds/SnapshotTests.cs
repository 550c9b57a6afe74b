using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Feeds;
using SocialHub.Moderation;
using static SocialHub.Tests.Feeds.SourceRefreshTests;

namespace SocialHub.Tests.Feeds;

public sealed class SnapshotTests(AzuriteFixture azurite)
{
    private static readonly Caller Editor = new("key:e", "Élise", Role.Editor);
    private static readonly string[] Sources = ["site", "toots", "skies"];

    private static Gen<Post> AnyPost { get; } =
        from number in Gen.Int[1, 12]
        from title in Gen.OneOf(null, "Brocante dimanche", "Conseil municipal", "Été", "<b>&amp;", "bande de connards")
        from text in Gen.OneOf("Un texte.", "https://t.example", "Le même long texte que partout ailleurs dans la commune", "Appelez le 06 12 34 56 78 !!!", "")
        from link in Gen.OneOf(Array.Empty<string>(), ["https://www.saint-exemple.fr/actualites/3?utm_source=m"], ["https://www.saint-exemple.fr/"])
        from dated in Gen.Bool
        from picture in Gen.OneOf(Array.Empty<PostPicture>(), [new("https://cdn.example/a.png", "A")], [new("https://cdn.example/none.png", null)])
        select At(number) with { Title = title, Text = text, Html = $"<p>{PostMarkup.Escape(text)}</p><script>1</script>", Links = link, Published = dated ? At(number).Published : null, Pictures = picture };

    private static Gen<(int What, int Source, Post[] Posts, bool On)> AnyStep { get; } = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], AnyPost.Array[0, 6], Gen.Bool);

    [Fact]
    [Trait("run", "thorough")]
    public async Task After_any_steps_a_snapshot_equals_a_fresh_build_and_two_hubs_answer_the_same_bytes()
    {
        await using var first = await FeedHub.StartAsync(azurite);
        await using var second = first.Second();
        first.Script.Pictures["https://cdn.example/a.png"] = MediaTests.Picture(SkiaSharp.SKEncodedImageFormat.Png, 3, 3);
        await first.ReadAllAsync();
        await AnyStep.Array[1, 8].SampleAsync(
            async steps =>
            {
                foreach (var (what, source, posts, on) in steps)
                {
                    var hub = on ? first : second;
                    var name = Sources[source];
                    first.Script.Sources[name] = what switch
                    {
                        0 => _ => new ReadAnswer(ReadOutcome.Failed) { Error = "no" },
                        1 => _ => new ReadAnswer(ReadOutcome.Read) { Posts = posts, ShowsDeletions = true },
                        _ => _ => new ReadAnswer(ReadOutcome.Read) { Posts = posts, Validators = "v" },
                    };
                    first.Clock.Advance(TimeSpan.FromHours(7));
                    if (what < 3)
                        await Task.WhenAll(first.RefreshAsync(name), second.RefreshAsync(name));
                    else if ((await hub.Posts.ReadAsync(name, false, CancellationToken.None)).FirstOrDefault() is { } row)
                        await hub.Desk.ChooseAsync("accueil", new PostKey(name, row.Key).ToString(), what == 3 ? new PostChoice(on, null) : new PostChoice(null, on), Editor, CancellationToken.None);
                }
                await Task.WhenAll(first.Tick.RunAsync(CancellationToken.None), second.Tick.RunAsync(CancellationToken.None));
                foreach (var feed in new[] { "accueil", "court" })
                {
                    var stored = (await first.Storage.Snapshots.GetBlobClient(feed).DownloadContentAsync()).Value.Content.ToString();
                    Assert.Equal(JsonSerializer.Serialize(await second.Get<SnapshotRefresh>().BuildFreshAsync(feed, CancellationToken.None), FeedsJson.Stored.Snapshot), stored);
                    foreach (var form in Enum.GetValues<FeedForm>())
                    {
                        var (one, other) = (await first.FeedAsync(feed, form), await second.FeedAsync(feed, form));
                        Assert.Equal(one.Tag, other.Tag);
                        Assert.True(one.Body.Span.SequenceEqual(other.Body.Span));
                        Assert.True(one.Brotli!.Value.Span.SequenceEqual(other.Brotli!.Value.Span));
                    }
                }
                Assert.False(await first.Get<SnapshotRefresh>().RefreshAsync("accueil", CancellationToken.None));
            },
            iter: 8,
            threads: 1);
    }

    [Fact]
    public async Task A_feed_that_was_never_gathered_says_so_and_one_that_is_unknown_too()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        await hub.Tick.RunAsync(CancellationToken.None);
        var never = (await hub.Reader.ReadAsync("accueil", FeedForm.Json, FeedQuery.All, CancellationToken.None)).Problem;
        Assert.Equal((ProblemKind.Unavailable, "feed-not-built"), (never!.Kind, never.Code));
        Assert.NotNull(never.RetryAfter);
        Assert.Equal(ProblemKind.NotFound, (await hub.Reader.ReadAsync("autre", FeedForm.Json, FeedQuery.All, CancellationToken.None)).Problem?.Kind);
    }

    [Fact]
    public async Task A_hide_shows_although_nothing_is_read_and_although_the_hub_that_stored_it_died_at_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2));
        await hub.ReadAllAsync();
        await hub.Get<ChoiceStore>().ChooseAsync("accueil", [PostKey.Of("site", At(1)).ToString()], true, null, "Élise", hub.Clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(2, (await hub.UrlsAsync()).Count);
        await using var other = hub.Second();
        await other.Tick.RunAsync(CancellationToken.None);
        Assert.Equal([At(2).Url], await hub.UrlsAsync());
        Assert.True((await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", At(1)).ToString(), new PostChoice(false, true), Editor, CancellationToken.None)).Value is { Hidden: false, Pinned: true });
        Assert.Equal([At(1).Url, At(2).Url], await hub.UrlsAsync());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_choice_whose_answer_is_lost_is_made_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        hub.Wire.LosesAnswer = request => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal);
        var answer = await hub.Desk.ChooseAsync("accueil", PostKey.Of("site", At(1)).ToString(), new PostChoice(true, null), Editor, CancellationToken.None);
        Assert.Null(hub.Wire.LosesAnswer);
        Assert.True(answer.Value.Hidden);
        Assert.Empty(await hub.UrlsAsync());
    }

    [Theory]
    [InlineData("accueil", "site.00000000000000000000000000", ProblemKind.NotFound)]
    [InlineData("accueil", "../x", ProblemKind.NotFound)]
    [InlineData("court", "skies.00000000000000000000000000", ProblemKind.NotFound)]
    [InlineData("autre", "site.00000000000000000000000000", ProblemKind.NotFound)]
    public async Task Only_a_post_of_the_feed_can_be_chosen(string feed, string key, ProblemKind kind)
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        Assert.Equal(kind, (await hub.Desk.ChooseAsync(feed, key, new PostChoice(true, null), Editor, CancellationToken.None)).Problem?.Kind);
    }

    [Fact]
    public async Task Older_code_never_replaces_the_snapshot_of_newer_code_and_newer_code_does_at_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        var newer = Of(hub, SnapshotBuilder.CodeVersion + 1);
        Assert.True(await newer.RefreshAsync("accueil", CancellationToken.None));
        Assert.False(await newer.RefreshAsync("accueil", CancellationToken.None));
        hub.Script.Gives("site", At(1), At(2));
        await hub.ReadAllAsync();
        Assert.Single(await hub.UrlsAsync());
        Assert.True(await newer.RefreshAsync("accueil", CancellationToken.None));
        Assert.Equal(2, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    public async Task A_view_from_memory_costs_no_storage_transaction_and_a_hundred_at_once_cost_one()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        await using var cold = hub.Second();
        await cold.Get<HubConfigurationSource>().CurrentAsync(CancellationToken.None);
        var before = cold.Wire.Requests;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => cold.Reader.ReadAsync("accueil", FeedForm.Json, FeedQuery.All, CancellationToken.None)));
        Assert.Equal(before + 1, cold.Wire.Requests);
        await cold.Reader.ReadAsync("accueil", FeedForm.Rss, FeedQuery.All, CancellationToken.None);
        Assert.Equal(before + 1, cold.Wire.Requests);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task While_storage_is_away_visitors_see_what_they_saw_before()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        var before = await hub.FeedAsync();
        hub.Wire.Cuts = request => request.Uri.ToString().Contains("snapshots", StringComparison.Ordinal);
        Assert.Equal(before.Tag, (await hub.FeedAsync()).Tag);
        await using var cold = hub.Second();
        cold.Wire.Cuts = hub.Wire.Cuts;
        Assert.Equal("storage-unavailable", (await cold.Reader.ReadAsync("accueil", FeedForm.Json, FeedQuery.All, CancellationToken.None)).Problem?.Code);
    }

    [Fact]
    public async Task The_same_announcement_on_several_networks_is_shown_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var page = At(3);
        var toot = new Post("t1", "https://mastodon.example/@ville/1") { Text = "La piscine rouvre !", Published = At(2).Published, Links = ["https://mastodon.example/tags/piscine", page.Url + "?utm_source=mastodon&utm_id=7"] };
        var sky = new Post("s1", "https://bsky.app/profile/ville/post/1") { Text = "Piscine", Published = At(1).Published, Links = [page.Url + "/#haut"] };
        var reminder = toot with { NativeId = "t2", Url = "https://mastodon.example/@ville/2", Published = At(1).Published };
        hub.Script.Gives("site", page);
        hub.Script.Gives("toots", toot, reminder);
        hub.Script.Gives("skies", sky);
        await hub.ReadAllAsync();
        var items = JsonNode.Parse((await hub.FeedAsync()).Body.Span)!["items"]!.AsArray();
        Assert.Equal([reminder.Url, page.Url], items.Select(item => (string)item!["url"]!));
        Assert.Equal([sky.Url, toot.Url], items[1]!["_socialhub"]!["alsoOn"]!.AsArray().Select(other => (string)other!["url"]!));
        // Who hides the announcement hides all of it.
        await hub.Desk.ChooseAsync("accueil", (string)items[1]!["_socialhub"]!["postKey"]!, new PostChoice(true, null), Editor, CancellationToken.None);
        Assert.Equal([reminder.Url], await hub.UrlsAsync());
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_editor_chose_of_an_announcement_holds_when_the_post_that_stood_for_it_is_deleted(bool pinned)
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        const string Words = "La piscine municipale rouvre lundi à neuf heures, entrée libre toute la semaine.";
        var toot = new Post("t1", "https://mastodon.example/@ville/1") { Text = Words, Published = At(5).Published };
        var sky = new Post("s1", "https://bsky.app/profile/ville/post/1") { Text = Words, Published = At(4).Published };
        hub.Script.Gives("site", At(1));
        hub.Script.Gives("toots", toot);
        hub.Script.Gives("skies", sky);
        await hub.ReadAllAsync();
        Assert.Equal([At(1).Url, toot.Url], await hub.UrlsAsync());
        await ChooseAsync("toots", toot, true);
        Assert.Equal(pinned ? [toot.Url, At(1).Url] : [At(1).Url], await hub.UrlsAsync());

        hub.Script.Sources["toots"] = _ => new ReadAnswer(ReadOutcome.Read) { ShowsDeletions = true };
        await hub.ReadAllAsync();
        Assert.Equal(pinned ? [sky.Url, At(1).Url] : [At(1).Url], await hub.UrlsAsync());

        // Taken back by the copy that is left, nothing of it comes again with the other one.
        await ChooseAsync("skies", sky, false);
        Assert.Equal([At(1).Url, sky.Url], await hub.UrlsAsync());
        hub.Script.Gives("toots", toot);
        await hub.ReadAllAsync();
        Assert.Equal([At(1).Url, toot.Url], await hub.UrlsAsync());

        async Task ChooseAsync(string source, Post post, bool on) =>
            Assert.True((await hub.Desk.ChooseAsync("accueil", PostKey.Of(source, post).ToString(), pinned ? new PostChoice(null, on) : new PostChoice(on, null), Editor, CancellationToken.None)).Succeeded);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_copy_that_came_after_its_announcement_was_hidden_stays_hidden_when_the_hidden_one_is_deleted()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        const string Words = "La piscine municipale rouvre lundi à neuf heures, entrée libre toute la semaine.";
        var toot = new Post("t1", "https://mastodon.example/@ville/1") { Text = Words, Published = At(5).Published };
        hub.Script.Gives("site", At(1));
        hub.Script.Gives("toots", toot);
        await hub.ReadAllAsync();
        await hub.Desk.ChooseAsync("accueil", PostKey.Of("toots", toot).ToString(), new PostChoice(true, null), Editor, CancellationToken.None);
        hub.Script.Gives("skies", new Post("s1", "https://bsky.app/profile/ville/post/1") { Text = Words, Published = At(4).Published });
        await hub.ReadAllAsync();
        Assert.Equal([At(1).Url], await hub.UrlsAsync());
        hub.Script.Sources["toots"] = _ => new ReadAnswer(ReadOutcome.Read) { ShowsDeletions = true };
        await hub.ReadAllAsync();
        Assert.Equal([At(1).Url], await hub.UrlsAsync());
    }

    [Fact]
    public async Task Words_and_size_choose_and_the_moderation_rules_keep_out_what_they_would_stop()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives(
            "site",
            At(1) with { Title = "La BROCANTE du quartier" },
            At(2) with { Text = "bande de connards" },
            At(3) with { Text = "Débrocanter n'est pas un mot." },
            At(4),
            At(5),
            At(6));
        await hub.ReadAllAsync();
        Assert.Equal([At(3).Url, At(4).Url, At(5).Url], await hub.UrlsAsync("court"));
        Assert.Equal(6, (await hub.UrlsAsync()).Count);
    }

    [Fact]
    public async Task Compressed_bytes_are_the_same_bytes()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1), At(2));
        await hub.ReadAllAsync();
        var feed = await hub.FeedAsync(form: FeedForm.Html);
        Assert.True(Expand(new GZipStream(new MemoryStream(feed.Gzip!.Value.ToArray()), CompressionMode.Decompress)).AsSpan().SequenceEqual(feed.Body.Span));
        Assert.True(Expand(new BrotliStream(new MemoryStream(feed.Brotli!.Value.ToArray()), CompressionMode.Decompress)).AsSpan().SequenceEqual(feed.Body.Span));

        static byte[] Expand(Stream coded)
        {
            using var whole = new MemoryStream();
            coded.CopyTo(whole);
            return whole.ToArray();
        }
    }

    [Fact]
    public async Task A_filtered_feed_leaves_out_what_the_rules_stop_and_health_tells_which_and_why()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        var abusive = At(1) with { Title = "Bande de connards" };
        var picture = At(2) with { Pictures = [new("https://cdn.example/none.png", "Un panneau : appelez le 06 12 34 56 78")] };
        var linking = At(3) with { Text = "Le programme : https://elsewhere.example/a https://b.example https://c.example https://d.example" };
        hub.Script.Gives("site", abusive, picture, linking);
        await hub.ReadAllAsync();
        Assert.Equal([linking.Url], await hub.UrlsAsync("court"));
        var health = await hub.Get<FeedHealth>().AskAsync(CancellationToken.None);
        Assert.True(health.IsHealthy);
        var leftOut = health.Details["site"]!["leftOut"]!.AsArray();
        Assert.Equal(
            [("court", abusive.Url, "Le mot est une insulte ou une grossièreté."), ("court", picture.Url, "Un numéro de téléphone serait visible de tous.")],
            leftOut.Select(post => ((string)post!["feed"]!, (string)post["url"]!, (string)post["why"]![0]!)));
        Assert.Equal(3, (await hub.UrlsAsync()).Count);
        Assert.DoesNotContain("connards", System.Text.Encoding.UTF8.GetString((await hub.FeedAsync("court")).Body.Span), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Other_word_lists_filter_a_filtered_feed_anew()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        var changed = Of(hub, SnapshotBuilder.CodeVersion, "other lists");
        hub.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.True(await changed.RefreshAsync("court", CancellationToken.None));
        Assert.False(await changed.RefreshAsync("court", CancellationToken.None));
        Assert.False(await changed.RefreshAsync("accueil", CancellationToken.None));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Two_hubs_with_other_word_lists_leave_each_other_s_work_for_a_while_and_whatever_else_changes_is_shown_at_once()
    {
        await using var hub = await FeedHub.StartAsync(azurite);
        hub.Script.Gives("site", At(1));
        await hub.ReadAllAsync();
        var (one, other) = (Of(hub, SnapshotBuilder.CodeVersion, "lists one"), Of(hub, SnapshotBuilder.CodeVersion, "lists two"));
        hub.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.True(await one.RefreshAsync("court", CancellationToken.None));
        for (var minute = 0; minute < 10; minute++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.False(await other.RefreshAsync("court", CancellationToken.None));
            Assert.False(await one.RefreshAsync("court", CancellationToken.None));
        }

        await hub.Get<ChoiceStore>().ChooseAsync("court", [PostKey.Of("site", At(1)).ToString()], null, true, "Élise", hub.Clock.GetUtcNow(), CancellationToken.None);
        Assert.True(await other.RefreshAsync("court", CancellationToken.None));
        Assert.False(await one.RefreshAsync("court", CancellationToken.None));
        hub.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await one.RefreshAsync("court", CancellationToken.None));
    }

    private static SnapshotRefresh Of(FeedHub hub, int code, string? lists = null) => new(
        hub.Storage, hub.Get<HubConfigurationSource>(), hub.Get<SettingsStore>(), hub.Posts, hub.Get<ChoiceStore>(), hub.Get<ModerationEngine>(), hub.Clock, NullLogger<SnapshotRefresh>.Instance, code, lists);
}
