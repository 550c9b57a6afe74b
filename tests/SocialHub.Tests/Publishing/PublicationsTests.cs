using System.Text.Json.Nodes;
using SocialHub.Access;
using SocialHub.Connections;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class PublicationsTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_hand_written_text_goes_to_several_accounts_once_for_one_key()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var written = new WrittenPublication(["skies", "toots"], "La piscine est fermée ce matin.");
        var first = await hub.Publications.WriteAsync(written, "key-of-the-request", PublishingHub.Editor, None);
        var again = await hub.Publications.WriteAsync(written, "key-of-the-request", PublishingHub.Editor, None);
        Assert.Equal((false, true), (first.Value.IsReplay, again.Value.IsReplay));
        Assert.Equal(first.Value.List.Items.Select(i => i.Id), again.Value.List.Items.Select(i => i.Id));
        Assert.Equal("key-reused", (await hub.Publications.WriteAsync(written with { Text = "Autre" }, "key-of-the-request", PublishingHub.Editor, None)).Problem?.Code);
        await hub.WorkAsync();
        Assert.Equal(written.Text, Assert.Single(hub.Skies.Posts).Text);
        Assert.Equal(written.Text, Assert.Single(hub.Toots.Posts).Text);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_empty_item_of_a_list_is_refused_in_words_when_written_and_when_changed()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        Assert.Equal((ProblemKind.Unprocessable, "accounts-invalid"), Told(await hub.Publications.WriteAsync(new WrittenPublication(["skies", null!], "Bonjour"), "key-of-the-request", PublishingHub.Editor, None)));
        Assert.Equal((ProblemKind.Unprocessable, "picture-invalid"), Told(await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Bonjour") { Pictures = [null!] }, "key-of-the-request", PublishingHub.Editor, None)));
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Bonjour") { At = hub.Now.AddDays(1) }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        Assert.Equal((ProblemKind.Unprocessable, "picture-invalid"), Told(await hub.Publications.ChangeAsync(written.Id, new PublicationChange { Pictures = [null!] }, written.ETag, PublishingHub.Editor, None)));

        static (ProblemKind?, string?) Told<T>(Answer<T> answer) => (answer.Problem?.Kind, answer.Problem?.Code);
    }

    [Fact]
    public async Task A_text_that_is_too_long_somewhere_is_refused_everywhere_with_the_length_on_each_network()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var answer = await hub.Publications.WriteAsync(new WrittenPublication(["skies", "toots"], new string('é', 400)), "key-of-the-request", PublishingHub.Editor, None);
        Assert.Equal(ProblemKind.Unprocessable, answer.Problem?.Kind);
        var lengths = (JsonObject)answer.Problem!.Extensions!["lengths"]!;
        Assert.Equal((400, 300), ((int)lengths["skies"]![0]!["count"]!, (int)lengths["skies"]![0]!["most"]!));
        Assert.Equal((400, 500), ((int)lengths["toots"]![0]!["count"]!, (int)lengths["toots"]![0]!["most"]!));
        Assert.Empty(await hub.PublicationsAsync());
    }

    [Fact]
    public async Task A_contributors_text_waits_for_an_editor()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Proposition"), "key-of-the-request", new Caller("key:paul", "Paul", Role.Contributor), None)).Value.List.Items[0];
        await hub.WorkAsync();
        Assert.Equal((true, AskReason.Proposal), (written.AwaitsApproval, written.AskedFor));
        Assert.Empty(hub.Skies.Sent);
        Assert.Single(hub.Site.Cards);
        Assert.True((await hub.Publications.ApproveAsync(written.Id, written.ETag, PublishingHub.Editor, None)).Succeeded);
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    public async Task Whoever_approves_sees_the_picture_of_the_article_through_the_hub_and_nothing_that_is_no_picture()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"approval\":true", accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Replace(post, post with { Pictures = [new SocialHub.Feeds.PostPicture("https://www.saint-exemple.fr/a.png", "Une place")] });
        await hub.NextLookAsync();
        var view = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.Equal((AskReason.Policy, new ArticlePicture("https://www.saint-exemple.fr/a.png", "Une place")), (view.AskedFor, view.Illustration));
        var pictures = hub.Get<ArticlePictures>();
        // What the site answers there is a page.
        Assert.Equal("picture-not-read", (await pictures.FindAsync(view.Id, None)).Problem?.Code);
        hub.Site.Pictures["https://www.saint-exemple.fr/a.png"] = Feeds.MediaTests.Picture(SkiaSharp.SKEncodedImageFormat.Png, 40, 30);
        Assert.Equal("image/png", (await pictures.FindAsync(view.Id, None)).Value.ContentType);
        Assert.Equal(ProblemKind.NotFound, (await pictures.FindAsync("unknown", None)).Problem?.Kind);
        // Nobody agrees to a picture that could not be sent: one that the hub cannot write anew, and one that is too large to be decoded.
        foreach (var unusable in new[] { Feeds.MediaTests.AvifBytes("\0\0\0\u0014ftypavif\0\0\0\0mif1"u8, (40, 30)), TooLarge() })
        {
            hub.Site.Pictures["https://www.saint-exemple.fr/a.png"] = unusable;
            Assert.Equal("picture-not-read", (await pictures.FindAsync(view.Id, None)).Problem?.Code);
        }
    }

    [Fact]
    public async Task It_can_be_changed_and_called_off_before_it_is_sent_and_deleted_after()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var at = hub.Now.AddHours(2);
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies", "toots"], "Texte") { At = at }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items;
        var (sky, toot) = (written.Single(p => p.Account == "skies"), written.Single(p => p.Account == "toots"));
        var changed = await hub.Publications.ChangeAsync(sky.Id, new PublicationChange { Text = "Autre texte" }, sky.ETag, PublishingHub.Editor, None);
        Assert.Equal("Autre texte", changed.Value.Text);
        Assert.Equal(ProblemKind.Changed, (await hub.Publications.ChangeAsync(sky.Id, new PublicationChange { Text = "Perdu" }, sky.ETag, PublishingHub.Editor, None)).Problem?.Kind);
        Assert.Equal(ProblemKind.PreconditionRequired, (await hub.Publications.CancelAsync(toot.Id, null, PublishingHub.Editor, None)).Problem?.Kind);
        Assert.Equal("cancelled", (await hub.Publications.CancelAsync(toot.Id, toot.ETag, PublishingHub.Editor, None)).Value.State);
        await hub.WorkAsync();
        Assert.Empty(hub.Skies.Sent);
        hub.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        await hub.WorkAsync();
        Assert.Equal("Autre texte", Assert.Single(hub.Skies.Posts).Text);
        Assert.Empty(hub.Toots.Posts);
        var published = (await hub.Publications.GetAsync(sky.Id, None)).Value;
        Assert.Equal(ProblemKind.Conflict, (await hub.Publications.CancelAsync(sky.Id, published.ETag, PublishingHub.Editor, None)).Problem?.Kind);
        Assert.True((await hub.Publications.DeleteAsync(sky.Id, published.ETag, PublishingHub.Editor, None)).Value.Deleted);
        Assert.Empty(hub.Skies.Posts);
        var list = await hub.Publications.ListAsync(at.AddHours(-1), at.AddHours(1), null, None);
        Assert.Equal(["cancelled", "published"], list.Value.Items.Select(p => p.State).Order());
        await hub.CheckAsync();
    }

    [Fact]
    public async Task Whoever_saw_another_state_deletes_nothing_on_the_network()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte"), "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        await hub.WorkAsync();
        Assert.Equal(ProblemKind.Changed, (await hub.Publications.DeleteAsync(written.Id, written.ETag, PublishingHub.Editor, None)).Problem?.Kind);
        Assert.Empty(hub.Skies.Deleted);
        Assert.Single(hub.Skies.Posts);
        var published = (await hub.Publications.GetAsync(written.Id, None)).Value;
        Assert.True((await hub.Publications.DeleteAsync(written.Id, published.ETag, PublishingHub.Editor, None)).Value.Deleted);
        // The same request again, whose answer was lost.
        Assert.True((await hub.Publications.DeleteAsync(written.Id, published.ETag, PublishingHub.Editor, None)).Value.Deleted);
        Assert.Single(hub.Skies.Deleted);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_last_moment_before_the_planned_one_is_refused_also_where_only_one_of_them_is_changed()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var at = hub.Now.AddHours(6);
        var written = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte") { At = at }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        foreach (var change in new[] { new PublicationChange { PublishBy = hub.Now.AddHours(1) }, new PublicationChange { At = written.PublishBy.AddHours(1) } })
        {
            var refused = await hub.Publications.ChangeAsync(written.Id, change, written.ETag, PublishingHub.Editor, None);
            Assert.Equal((ProblemKind.Unprocessable, "time-over"), (refused.Problem?.Kind, refused.Problem?.Code));
        }

        Assert.True((await hub.Publications.ChangeAsync(written.Id, new PublicationChange { PublishBy = at.AddHours(1) }, written.ETag, PublishingHub.Editor, None)).Succeeded);
    }

    // A GIF of one pixel that says it has 900 million.
    private static byte[] TooLarge() => [.. "GIF89a"u8, 0x30, 0x75, 0x30, 0x75, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    [Fact]
    public async Task A_time_at_the_end_or_the_beginning_of_all_calendars_is_answered_in_words()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var far = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        foreach (var written in new[] { new WrittenPublication(["skies"], "Texte") { At = far }, new WrittenPublication(["skies"], "Texte") { At = far, PublishBy = far }, new WrittenPublication(["skies"], "Texte") { PublishBy = far } })
        {
            var refused = await hub.Publications.WriteAsync(written, "key-of-the-request", PublishingHub.Editor, None);
            Assert.Equal((ProblemKind.Unprocessable, "time-too-far"), (refused.Problem?.Kind, refused.Problem?.Code));
        }

        var planned = (await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte") { At = hub.Now.AddDays(1) }, "key-of-the-request", PublishingHub.Editor, None)).Value.List.Items[0];
        foreach (var change in new[] { new PublicationChange { At = far }, new PublicationChange { PublishBy = far } })
        {
            var refused = await hub.Publications.ChangeAsync(planned.Id, change, planned.ETag, PublishingHub.Editor, None);
            Assert.Equal((ProblemKind.Unprocessable, "time-too-far"), (refused.Problem?.Kind, refused.Problem?.Code));
        }

        // A moment that is over means now, as when it is written.
        var changed = await hub.Publications.ChangeAsync(planned.Id, new PublicationChange { At = DateTimeOffset.MinValue }, planned.ETag, PublishingHub.Editor, None);
        Assert.Equal(hub.Now, changed.Value.At);
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    public async Task A_post_that_a_person_made_by_hand_is_not_deleted_with_the_publication_that_found_it()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Skies.PostByHand("skies", $"À ne pas manquer {post.Url}");
        await hub.NextLookAsync();
        var found = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.Equal("published", found.State);
        var answer = await hub.Publications.DeleteAsync(found.Id, found.ETag, PublishingHub.Editor, None);
        Assert.Equal((ProblemKind.Conflict, "delete-there"), (answer.Problem?.Kind, answer.Problem?.Code));
        Assert.Contains(found.Url!, answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(hub.Skies.Deleted);
        Assert.Single(hub.Skies.Posts);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_says_that_an_uncertain_one_is_not_there_ends_it_and_is_asked_no_more(bool isLate)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Toots.Fates.Enqueue(Fate.RequestLost);
        await hub.WriteAsync("Texte", "toots");
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(50));
        await hub.WorkAsync();
        Assert.Contains("« elle n’y est pas » ou « renvoyer »", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        if (isLate)
        {
            hub.Clock.Advance(TimeSpan.FromHours(49));
            await hub.WorkAsync();
            Assert.DoesNotContain("renvoyer", hub.Site.Cards[1], StringComparison.Ordinal);
        }

        var asked = hub.Site.Cards.Count;
        var view = PublicationView.Of(await hub.OnlyAsync("toots"));
        Assert.Equal("uncertain", view.State);
        var ended = await hub.Publications.CancelAsync(view.Id, view.ETag, PublishingHub.Editor, None);
        Assert.Equal(("cancelled", "cancelled", null), (ended.Value?.State, ended.Value?.Ended, ended.Value?.Why));
        Assert.True((await hub.Publications.CancelAsync(view.Id, view.ETag, PublishingHub.Editor, None)).Succeeded);
        Assert.Equal("not-in-this-state", (await hub.Publications.ConfirmAsync(view.Id, null, ended.Value!.ETag, PublishingHub.Editor, None)).Problem?.Code);
        for (var day = 0; day < 3; day++)
        {
            hub.Clock.Advance(TimeSpan.FromHours(25));
            await hub.TickAsync();
        }

        Assert.Equal(asked, hub.Site.Cards.Count);
        Assert.Single(hub.Toots.Sent);
        var log = new SocialHub.Storage.LogRow((await hub.RowsAsync($"l.{view.Id}.", $"l.{view.Id}/"))[^1]);
        Assert.Equal(("cancelled", "Cancelled", "not-there"), (log.What, log.State, log.Why));
        // It is over by a person's word, as what was called off.
        Assert.Empty(await hub.Store.UnannouncedAsync(hub.Now.AddDays(-7), None));
        await hub.CheckAsync();
    }

    [Fact]
    public void Two_connections_of_one_name_are_refused() =>
        Assert.Contains("bluesky", Assert.Throws<InvalidOperationException>(() => new PublishConnections([new LyingNetwork("bluesky", true, TimeProvider.System), new LyingNetwork("bluesky", true, TimeProvider.System)])).Message, StringComparison.Ordinal);
}
