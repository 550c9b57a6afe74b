using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Articles whose feed says something new of them of which nothing would be sent.</summary>
public sealed class UnchangedAnnouncementTests(AzuriteFixture azurite)
{
    private const string Waiting = "\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0,\"approval\":true";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_typo_in_the_fourth_paragraph_takes_no_approval_back_and_one_in_the_title_does()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: Waiting);
        await hub.FirstLookAsync();
        var paragraphs = string.Join('\n', Enumerable.Range(1, 4).Select(i => $"{i}. " + string.Concat(Enumerable.Repeat("La séance est publique. ", 10))));
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now, text: paragraphs + "Venez nombeux.");
        await hub.NextLookAsync();
        await ApproveAsync(hub);
        hub.Site.Replace(post, post with { Text = paragraphs + "Venez nombreux." });
        for (var look = 0; look < 3; look++)
            await hub.NextLookAsync();
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal(Approval.Given, p.Approval));
        Assert.Single(hub.Site.Cards);
        hub.Site.Replace(hub.Site.Items[0], hub.Site.Items[0] with { Title = "Conseil municipal à 20 h" });
        await hub.NextLookAsync();
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal((Approval.Awaiting, AskReason.Changed), (p.Approval, p.AskedFor)));
        Assert.Equal(2, hub.Site.Cards.Count);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_feed_whose_words_change_at_each_look_makes_one_card()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: Waiting, template: "{title} {summary} {url}");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now, text: "Ordre du jour. Vu 153 fois.");
        await hub.NextLookAsync();
        for (var seen = 154; seen < 160; seen++)
        {
            hub.Site.Replace(hub.Site.Items[0], post with { Text = $"Ordre du jour. Vu {seen} fois." });
            await hub.NextLookAsync();
        }

        Assert.Single(hub.Site.Cards);
        // Whoever opens the page sees it as it is now, and agrees to that.
        Assert.All(await hub.PublicationsAsync(), p => Assert.Contains("Vu 159 fois", p.Body, StringComparison.Ordinal));
        hub.Clock.Advance(TimeSpan.FromHours(24));
        await hub.TickAsync();
        Assert.Equal(2, hub.Site.Cards.Count);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_counter_in_what_a_network_is_not_sent_takes_no_approval_back()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: Waiting, accounts: "\"toots\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now, text: "Vu 153 fois.");
        await hub.NextLookAsync();
        await ApproveAsync(hub);
        hub.Site.Replace(post, post with { Text = "Vu 154 fois." });
        await hub.NextLookAsync();
        Assert.Equal(Approval.Given, (await hub.OnlyAsync("toots")).Approval);
        Assert.Single(hub.Site.Cards);
    }

    [Fact]
    public async Task Other_words_for_its_picture_are_taken_and_asked_about()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: Waiting, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Replace(post, post with { Pictures = [new SocialHub.Feeds.PostPicture("https://www.saint-exemple.fr/a.png", "IMG_2041")] });
        await hub.NextLookAsync();
        await ApproveAsync(hub);
        hub.Site.Replace(hub.Site.Items[0], post with { Pictures = [new SocialHub.Feeds.PostPicture("https://www.saint-exemple.fr/a.png", "La salle du conseil")] });
        await hub.NextLookAsync();
        Assert.Equal((Approval.Awaiting, "La salle du conseil"), ((await hub.OnlyAsync("skies")).Approval, (await hub.OnlyAsync("skies")).Alt));
    }

    [Fact]
    public async Task What_an_editor_wrote_in_the_place_of_the_announcement_stays_agreed_to_as_it_is()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: Waiting, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        var view = PublicationView.Of(await hub.OnlyAsync("skies"));
        var changed = await hub.Publications.ChangeAsync(view.Id, new PublicationChange { Text = $"Ce soir : {view.Text}" }, view.ETag, PublishingHub.Editor, None);
        hub.Site.Replace(post, post with { Title = "Conseil municipal, corrigé", Text = "Un autre résumé" });
        await hub.NextLookAsync();
        var still = await hub.OnlyAsync("skies");
        Assert.Equal((Approval.Given, $"Ce soir : {view.Text}", "Conseil municipal", changed.Value.Revision), (still.Approval, still.Body, still.Title, still.Revision));
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task What_an_editor_wrote_follows_its_article_to_another_page_and_is_asked_about(string approval)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: $"\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0,\"approval\":{approval}", accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil munciipal", hub.Now, id: "17");
        await hub.NextLookAsync();
        var view = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.True((await hub.Publications.ChangeAsync(view.Id, new PublicationChange { Text = $"Ce soir : {view.Text}" }, view.ETag, PublishingHub.Editor, None)).Succeeded);
        // Its first page is gone: left there, the announcement would be called off for it.
        hub.Site.Replace(post, post with { Url = post.Url + "-corrige" });
        await hub.NextLookAsync();
        var moved = await hub.OnlyAsync("skies");
        Assert.Equal((post.Url + "-corrige", Approval.Awaiting), (moved.Page, moved.Approval));
        await hub.CheckAsync();
    }

    private static async Task ApproveAsync(PublishingHub hub)
    {
        foreach (var view in (await hub.PublicationsAsync()).Select(PublicationView.Of))
            Assert.True((await hub.Publications.ApproveAsync(view.Id, view.ETag, PublishingHub.Editor, None)).Succeeded);
        await hub.WorkAsync();
    }
}
