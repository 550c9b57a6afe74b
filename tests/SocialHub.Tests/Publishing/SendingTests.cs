using SocialHub.Access;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class SendingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_article_is_announced_once_on_each_account_with_a_link_that_names_the_publication()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        await hub.NextLookAsync();

        foreach (var (network, account) in new[] { (hub.Skies, "skies"), (hub.Toots, "toots") })
        {
            var publication = await hub.OnlyAsync(account);
            Assert.Equal(PublicationState.Published, publication.State);
            var post = Assert.Single(network.Posts);
            Assert.Equal($"Conseil municipal https://www.saint-exemple.fr/conseil?utm_source={network.Network}&utm_medium=social&utm_id={publication.Id}", post.Text);
            Assert.Equal(publication.NetworkKey, post.Key);
        }

        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_odd_link_in_a_post_of_the_account_holds_nothing_up()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        hub.Skies.PostByHand("skies", "Voir https://www.saint-exemple.fr…");
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Equal(2, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("skies", (int)Fate.AnswerLost)]
    [InlineData("skies", (int)Fate.RequestLost)]
    [InlineData("skies", (int)Fate.DoneLate)]
    [InlineData("skies", (int)Fate.Crash)]
    [InlineData("toots", (int)Fate.AnswerLost)]
    [InlineData("toots", (int)Fate.RequestLost)]
    [InlineData("toots", (int)Fate.DoneLate)]
    [InlineData("toots", (int)Fate.Crash)]
    public async Task After_an_unknown_outcome_it_is_there_once_with_the_bytes_that_were_frozen_first(string account, int fate)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: $"\"{account}\"");
        var network = account == "skies" ? hub.Skies : hub.Toots;
        network.ListedAfter = TimeSpan.FromSeconds(30);
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        network.Fates.Enqueue((Fate)fate);
        await hub.NextLookAsync();
        var sending = await hub.OnlyAsync(account);
        Assert.Equal(PublicationState.Sending, sending.State);

        for (var i = 0; i < 4; i++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(3));
            await hub.TickAsync();
        }

        var published = await hub.OnlyAsync(account);
        Assert.Equal(PublicationState.Published, published.State);
        Assert.Equal(sending.Frozen, Assert.Single(network.Posts).Body);
        Assert.NotNull(published.Url);
        // A lost answer is found by looking: no second POST.
        Assert.Equal((Fate)fate is Fate.RequestLost ? 2 : 1, network.Sent.Count);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_a_network_forgets_keys_nothing_is_sent_again_after_50_minutes_and_a_person_says()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Toots.Fates.Enqueue(Fate.RequestLost);
        await hub.NextLookAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(50));
        await hub.TickAsync();

        var uncertain = await hub.OnlyAsync("toots");
        Assert.Equal(PublicationState.Uncertain, uncertain.State);
        Assert.Single(hub.Toots.Sent);
        Assert.Contains("elle y est", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        // Every day again, as long as nobody says.
        hub.Clock.Advance(TimeSpan.FromHours(24));
        await hub.TickAsync();
        Assert.Equal(2, hub.Site.Cards.Count);

        var view = PublicationView.Of(await hub.OnlyAsync("toots"));
        Assert.True((await hub.Publications.RetryAsync(view.Id, view.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        await hub.TickAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("toots")).State);
        Assert.Equal(uncertain.Frozen, Assert.Single(hub.Toots.Posts).Body);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task What_is_refused_after_an_unknown_outcome_is_uncertain_not_failed()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Toots.Fates.Enqueue(Fate.RequestLost);
        hub.Toots.Fates.Enqueue(Fate.Refused);
        await hub.NextLookAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.TickAsync();
        Assert.Equal(PublicationState.Uncertain, (await hub.OnlyAsync("toots")).State);
    }

    [Theory]
    [InlineData((int)Fate.TooMany, "Published", 2)]
    [InlineData((int)Fate.Refused, "Failed", 1)]
    [InlineData((int)Fate.TokenDead, "Failed", 1)]
    public async Task A_definite_answer_is_believed(int fate, string state, int sent)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Skies.Fates.Enqueue((Fate)fate);
        await hub.NextLookAsync();
        Assert.Equal((Fate)fate == Fate.TooMany ? PublicationState.Planned : PublicationState.Failed, (await hub.OnlyAsync("skies")).State);
        Assert.Equal((Fate)fate == Fate.TokenDead, (await hub.Store.AccountAsync("skies", CancellationToken.None)).Attention is not null);
        hub.Clock.Advance(TimeSpan.FromMinutes(10));
        await hub.TickAsync();
        Assert.Equal(state, (await hub.OnlyAsync("skies")).State.ToString());
        Assert.Equal(sent, hub.Skies.Sent.Count);
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData("http://www.saint-exemple.fr/conseil/?utm_source=x")]
    [InlineData("https://saint-exemple.fr/conseil")]
    public async Task What_somebody_announced_by_hand_is_not_announced_again(string link)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Skies.PostByHand("skies", $"À lire : {link}");
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        var publication = await hub.OnlyAsync("skies");
        Assert.Equal((PublicationState.Published, "Somebody announced it by hand."), (publication.State, publication.Why));
        Assert.Empty(hub.Skies.Sent);
    }

    [Fact]
    public async Task A_reply_or_a_private_message_that_holds_the_link_announces_nothing()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Skies.PostByHand("skies", $"@camille C’est ici : {post.Url}", isAside: true);
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Single(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_article_that_is_gone_calls_its_announcement_off_and_one_that_is_down_puts_it_off()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 503;
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Planned, (await hub.OnlyAsync("skies")).State);
        hub.Site.Statuses[post.Url] = 410;
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Cancelled, (await hub.OnlyAsync("skies")).State);
        Assert.Empty(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_article_whose_feed_is_ahead_of_its_page_is_announced_once_the_page_is_there()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 404;
        await hub.NextLookAsync();
        var waiting = await hub.OnlyAsync("skies");
        Assert.Equal((PublicationState.Planned, "www.saint-exemple.fr answered 404."), (waiting.State, waiting.Why));
        await hub.CheckAsync();
        hub.Site.Statuses.Clear();
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_article_whose_page_stays_away_for_hours_is_called_off_after_looks_that_grow_rarer()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 404;
        await hub.NextLookAsync();
        var since = hub.Now;
        while ((await hub.OnlyAsync("skies")).State == PublicationState.Planned && hub.Now < since.AddHours(4))
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(10));
            await hub.TickAsync();
        }

        var gone = await hub.OnlyAsync("skies");
        Assert.Equal((PublicationState.Cancelled, "article-gone"), (gone.State, gone.Ended));
        Assert.InRange(hub.Now - since, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        Assert.InRange(gone.PutOff, 5, 8);
        Assert.Empty(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_page_that_stays_away_is_not_waited_for_beyond_the_last_moment()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"publishWithinHours\":1", accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 404;
        await hub.NextLookAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(59));
        await hub.TickAsync();
        Assert.Equal(PublicationState.Planned, (await hub.OnlyAsync("skies")).State);
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await hub.TickAsync();
        Assert.Equal((PublicationState.Expired, "www.saint-exemple.fr answered 404."), ((await hub.OnlyAsync("skies")).State, (await hub.OnlyAsync("skies")).Why));
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_dry_run_shows_exactly_what_would_be_sent_and_switching_on_sends_nothing_planned_before()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", mode: "dry-run");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        var shown = await hub.OnlyAsync("skies");
        Assert.StartsWith($"POST https://pds.example/post\n\n{shown.Body}", shown.Shown, StringComparison.Ordinal);
        Assert.Equal(PublicationState.Planned, shown.State);

        hub.Options.Publishing = "on";
        hub.Site.Publish("fete", "Fête", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal(["Fête"], hub.Skies.Posts.Select(post => post.Text.Split(' ')[0]));
        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.TickAsync();
        Assert.Equal(PublicationState.Expired, (await hub.PublicationsAsync()).Single(p => p.Title == "Conseil municipal").State);
        Assert.Single(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task Nothing_leaves_while_it_is_off_or_frozen_nor_after_publishBy()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var settings = hub.Get<SocialHub.Configuration.Settings.SettingsStore>();
        var freeze = await settings.GetAsync("freeze", CancellationToken.None);
        using var frozen = System.Text.Json.JsonDocument.Parse($$"""{"from":"{{hub.Now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        Assert.True((await settings.PutAsync("freeze", frozen.RootElement, freeze.Value.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal("frozen", (await hub.OnlyAsync("skies")).Why);
        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.TickAsync();
        Assert.Equal(PublicationState.Expired, (await hub.OnlyAsync("skies")).State);
        Assert.Empty(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task Posts_of_one_account_keep_their_pace_and_those_of_another_do_not_wait()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"paceMinutes\":30");
        await hub.FirstLookAsync();
        hub.Site.Publish("a", "A", hub.Now);
        hub.Site.Publish("b", "B", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal((1, 1), (hub.Skies.Sent.Count, hub.Toots.Sent.Count));
        for (var i = 0; i < 40; i++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.WorkAsync();
        }

        Assert.Equal((2, 2), (hub.Skies.Sent.Count, hub.Toots.Sent.Count));
        Assert.InRange((hub.Skies.Sent[1].At - hub.Skies.Sent[0].At).TotalMinutes, 30, 32);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_picture_that_cannot_be_had_holds_nothing_up_for_long()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Replace(post, post with { Pictures = [new SocialHub.Feeds.PostPicture("https://www.saint-exemple.fr/a.png", "Une place")] });
        hub.Site.Statuses["https://www.saint-exemple.fr/a.png"] = 503;
        await hub.NextLookAsync();
        Assert.Empty(hub.Skies.Sent);
        hub.Clock.Advance(TimeSpan.FromMinutes(30));
        await hub.TickAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(30));
        await hub.TickAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(30));
        await hub.TickAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    public async Task Two_workers_on_one_hint_send_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.Get<PublishingTick>().RunAsync(CancellationToken.None);
        var due = Assert.Single(await hub.DueAsync());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.RunAsync(due)));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Sent);
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_without_its_link_is_found_again_by_its_words(bool isByHand)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"", template: isByHand ? "{title} {url}" : "{title}");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 503;
        await hub.NextLookAsync();
        if (isByHand)
        {
            Assert.True((await hub.Publications.ChangeAsync((await hub.OnlyAsync("toots")).Id, new PublicationChange { Text = "Conseil ce soir" }, "*", PublishingHub.Editor, CancellationToken.None)).Succeeded);
            hub.Site.Replace(post, post with { Title = "Conseil municipal, corrigé" });
            await hub.NextLookAsync();
            Assert.Equal("Conseil municipal, corrigé", (await hub.OnlyAsync("toots")).Title);
        }

        hub.Site.Statuses.Clear();
        hub.Toots.Fates.Enqueue(Fate.AnswerLost);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.WorkAsync();
        Assert.Equal(PublicationState.Sending, (await hub.OnlyAsync("toots")).State);
        hub.Clock.Advance(TimeSpan.FromMinutes(55));
        await hub.WorkAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("toots")).State);
        Assert.Equal(isByHand ? "Conseil ce soir" : "Conseil municipal", Assert.Single(hub.Toots.Posts).Text);
        Assert.Single(hub.Toots.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_hub_that_is_told_to_stop_again_and_again_has_not_died()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.WriteAsync("Texte", "skies");
        for (var stop = 0; stop < 3; stop++)
        {
            using var stopping = new CancellationTokenSource();
            hub.Skies.WhilePreparing = stopping.Cancel;
            var due = Assert.Single(await hub.DueAsync());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Get<PublicationWork>().RunAsync(due.Hint.ToMessage(), stopping.Token));
            Assert.Equal(0, Assert.Single(await hub.DueAsync()).Attempts);
        }

        hub.Skies.WhilePreparing = null;
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_may_have_left_from_an_account_that_is_gone_is_told_and_asked_about_and_holds_nothing_up_for_ever(bool isRemoved)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        hub.Skies.Fates.Enqueue(Fate.RequestLost);
        await hub.WriteAsync("Un", "skies");
        await hub.WorkAsync();
        const string account = "\"skies\": { \"network\": \"bluesky\", \"server\": \"https://pds.example\", \"name\": \"ville.bsky.example\", \"secret\": \"SKIES\" },";
        if (isRemoved)
            await hub.ReconfigureAsync(account, "");
        else
            hub.Set("SKIES", null);
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.WorkAsync();
        Assert.Equal(PublicationState.Sending, (await hub.OnlyAsync("skies")).State);
        Assert.NotNull((await hub.Store.AccountAsync("skies", CancellationToken.None)).Attention);
        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.WorkAsync();
        var uncertain = await hub.OnlyAsync("skies");
        Assert.Equal(PublicationState.Uncertain, uncertain.State);
        Assert.Null((await hub.Store.AccountAsync("skies", CancellationToken.None)).InFlight);
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();

        if (isRemoved)
            await hub.ReconfigureAsync("\"accounts\": {", $"\"accounts\": {{ {account}");
        else
            hub.Set("SKIES", "secret-of-skies");
        await hub.WriteAsync("Deux", "skies");
        await hub.WorkAsync();
        Assert.Equal("Deux", Assert.Single(hub.Skies.Posts).Text);
        Assert.Null((await hub.Store.AccountAsync("skies", CancellationToken.None)).Attention);
        await hub.CheckAsync();
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("skies")]
    [InlineData("toots")]
    public async Task What_cannot_be_looked_up_is_looked_for_less_and_less_often(string account)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var network = account == "skies" ? hub.Skies : hub.Toots;
        network.Fates.Enqueue(Fate.RequestLost);
        network.IsBlind = true;
        await hub.WriteAsync("Texte", account);
        await hub.WorkAsync();
        var before = (await hub.OnlyAsync(account)).Seq;
        for (var minute = 0; minute < 45; minute++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.WorkAsync();
        }

        Assert.InRange((await hub.OnlyAsync(account)).Seq - before, 3, 6);
        // A repeat is still safe at the last look, where the network sets an end to it.
        network.IsBlind = false;
        hub.Clock.Advance(account == "toots" ? TimeSpan.FromMinutes(3) : TimeSpan.FromHours(1));
        await hub.WorkAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync(account)).State);
        Assert.Single(network.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_card_that_is_not_taken_is_sent_less_and_less_often_and_daily_once_it_was()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        hub.Site.Statuses["https://webhook.example/cards"] = 500;
        Assert.True((await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte"), "key-of-the-request", new Caller("key:paul", "Paul", Role.Contributor), CancellationToken.None)).Succeeded);
        for (var minute = 0; minute < 180; minute++)
        {
            await hub.WorkAsync();
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange((await hub.OnlyAsync("skies")).Seq, 6, 11);
        hub.Site.Statuses.Clear();
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.WorkAsync();
        Assert.Single(hub.Site.Cards);
        Assert.Equal(0, (await hub.OnlyAsync("skies")).InVain);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_article_that_was_down_for_long_takes_nothing_from_the_waits_for_its_picture()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Replace(post, post with { Pictures = [new SocialHub.Feeds.PostPicture("https://www.saint-exemple.fr/a.png", "Une place")] });
        hub.Site.Statuses[post.Url] = 503;
        await hub.NextLookAsync();
        for (var i = 0; i < 4; i++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(30));
            await hub.WorkAsync();
        }

        hub.Site.Statuses.Remove(post.Url);
        hub.Site.Statuses["https://www.saint-exemple.fr/a.png"] = 503;
        for (var i = 0; i < 3; i++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(61));
            await hub.WorkAsync();
            Assert.Empty(hub.Skies.Sent);
        }

        hub.Clock.Advance(TimeSpan.FromMinutes(61));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }
}
