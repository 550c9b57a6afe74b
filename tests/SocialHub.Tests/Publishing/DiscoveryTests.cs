using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class DiscoveryTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task What_was_there_at_the_first_look_is_never_announced()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync(articles: 10);
        Assert.Empty(await hub.PublicationsAsync());
        Assert.Equal(10, (await hub.RowsAsync("a.", "a/")).Count);
        hub.Site.Publish("nouveau", "Nouveau", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal(2, (await hub.PublicationsAsync()).Count);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_first_article_of_a_site_that_had_none_is_asked_about_and_the_next_is_announced()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        for (var i = 0; i < 4; i++)
            await hub.NextLookAsync();
        Assert.True((await hub.Get<PublishingTick>().HealthAsync(CancellationToken.None)).IsHealthy);
        hub.Site.Publish("premier", "Premier", hub.Now);
        await hub.NextLookAsync();
        var first = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.Equal((true, AskReason.Relaunch), (first.AwaitsApproval, first.AskedFor));
        Assert.Contains("1 article à annoncer attend votre accord", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        Assert.True((await hub.Publications.ApproveAsync(first.Id, first.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        hub.Site.Publish("second", "Second", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal(2, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Items_without_an_address_of_their_own_are_articles_of_their_own()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        // Somebody links to the front page by hand, which announces none of them.
        hub.Skies.PostByHand("skies", "Bonjour https://www.saint-exemple.fr/");
        foreach (var title in new[] { "Coupure d’eau", "Retour de l’eau" })
        {
            var item = hub.Site.Publish("", title, hub.Now, id: "sha256:" + title);
            hub.Site.Replace(item, item with { IsAddressOfSite = true });
            await hub.NextLookAsync();
        }

        await hub.NextLookAsync();
        Assert.Equal(["Coupure d’eau", "Retour de l’eau"], (await hub.PublicationsAsync()).Select(p => p.Title));
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal((PublicationState.Published, null), (p.State, p.Why)));
        Assert.Equal(3, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_article_older_than_three_days_is_seen_and_not_announced()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        hub.Site.Publish("vieux", "Vieux", hub.Now - TimeSpan.FromDays(3.1));
        hub.Site.Publish("recent", "Récent", hub.Now - TimeSpan.FromDays(2.5));
        hub.Site.Publish("sans-date", "Sans date", null);
        await hub.NextLookAsync();
        Assert.Equal(["Récent", "Sans date"], (await hub.PublicationsAsync()).Select(p => p.Title).Distinct().Order());
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task A_burst_asks_with_one_card_and_sends_nothing_without_an_approval(int articles, bool asks)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        for (var i = 0; i < articles; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        await hub.NextLookAsync();
        Assert.Equal(asks ? 0 : articles, hub.Skies.Posts.Count);
        Assert.Equal(asks ? 1 : 0, hub.Site.Cards.Count);
        if (!asks)
            return;
        Assert.Contains($"{articles} articles à annoncer attendent votre accord", hub.Site.Cards[0], StringComparison.Ordinal);

        var one = PublicationView.Of((await hub.PublicationsAsync()).First(p => p.Account == "skies"));
        Assert.Equal((true, AskReason.Burst), (one.AwaitsApproval, one.AskedFor));
        Assert.True((await hub.Publications.ApproveAsync(one.Id, one.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        hub.Clock.Advance(TimeSpan.FromHours(49));
        await hub.TickAsync();
        Assert.Equal(articles * 2 - 1, (await hub.PublicationsAsync()).Count(p => p.State == PublicationState.Expired));
        Assert.Single(hub.Skies.Posts);
        Assert.Empty(hub.Toots.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_burst_s_card_whose_channel_has_no_address_is_sent_once_it_has_one()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        hub.Set("WEBHOOK", null);
        await hub.FirstLookAsync();
        for (var i = 0; i < 4; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        await hub.NextLookAsync();
        Assert.True((await hub.PublicationsAsync()).Single(p => p.OwesCard).InVain > 0);
        hub.Set("WEBHOOK", "https://webhook.example/cards");
        hub.Clock.Advance(TimeSpan.FromMinutes(10));
        await hub.TickAsync();
        Assert.Contains("4 articles à annoncer attendent", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task When_the_one_that_owed_the_card_is_decided_another_reminds()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var i = 0; i < 4; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        await hub.NextLookAsync();
        var owner = PublicationView.Of((await hub.PublicationsAsync()).Single(p => p.OwesCard));
        Assert.True((await hub.Publications.CancelAsync(owner.Id, owner.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        Assert.Single(hub.Site.Cards);
        hub.Clock.Advance(TimeSpan.FromHours(25));
        await hub.TickAsync();
        Assert.Equal(2, hub.Site.Cards.Count);
        Assert.Contains("3 articles à annoncer attendent", hub.Site.Cards[1], StringComparison.Ordinal);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_relaunched_feed_asks()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        hub.Site.Clear();
        hub.Site.Publish("nouveau-site", "Bienvenue", hub.Now);
        await hub.NextLookAsync();
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal(Approval.Awaiting, p.Approval));
        Assert.Empty(hub.Skies.Posts);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task After_a_restore_each_feed_asks_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.Get<PublishingGate>().MarkRestoredAsync(PublishingHub.Editor, CancellationToken.None);
        hub.Site.Publish("a", "A", hub.Now);
        await hub.NextLookAsync();
        Assert.Empty(hub.Skies.Posts);
        hub.Site.Publish("b", "B", hub.Now);
        await hub.NextLookAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    public async Task A_failed_or_empty_feed_changes_nothing()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.FirstLookAsync();
        var items = hub.Site.Items.ToList();
        hub.Site.Clear();
        await hub.NextLookAsync();
        hub.Site.IsDown = true;
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.TickAsync();
        hub.Site.IsDown = false;
        hub.Site.Items.AddRange(items);
        hub.Site.Publish("nouveau", "Nouveau", hub.Now);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.TickAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    public async Task A_site_that_asks_to_be_left_alone_for_a_year_is_looked_at_again_after_a_day()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        (hub.Site.IsDown, hub.Site.RetryAfter) = (true, TimeSpan.FromDays(365));
        await hub.NextLookAsync();
        hub.Site.IsDown = false;
        hub.Site.Publish("nouveau", "Nouveau", hub.Now);
        hub.Clock.Advance(TimeSpan.FromHours(23));
        await hub.TickAsync();
        Assert.Empty(hub.Skies.Posts);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.TickAsync();
        Assert.Single(hub.Skies.Posts);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task One_article_under_two_addresses_or_ids_is_announced_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var first = hub.Site.Publish("conseil", "Conseil", hub.Now, id: "17");
        await hub.NextLookAsync();
        // The address changes, the guid stays; then the other way round.
        hub.Site.Replace(first, first with { Url = "https://www.saint-exemple.fr/actus/conseil" });
        await hub.NextLookAsync();
        hub.Site.Replace(hub.Site.Items[0], first with { NativeId = "99", Url = "http://www.saint-exemple.fr/actus/conseil/?utm_source=rss" });
        await hub.NextLookAsync();
        Assert.Single(hub.Skies.Posts);
        Assert.Single(await hub.PublicationsAsync());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_same_title_on_the_same_day_is_only_a_reason_to_ask()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("a", "Alerte météo", hub.Now);
        await hub.NextLookAsync();
        hub.Site.Publish("b", "Alerte  Météo", hub.Now);
        await hub.NextLookAsync();
        Assert.Single(hub.Skies.Posts);
        Assert.Single(await hub.PublicationsAsync(), p => p.Approval == Approval.Awaiting);
    }

    [Fact]
    public async Task A_changed_article_recomposes_what_is_planned_and_clears_its_approval()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0,\"approval\":true", accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil munciipal", hub.Now);
        await hub.NextLookAsync();
        var view = PublicationView.Of(await hub.OnlyAsync("skies"));
        Assert.True((await hub.Publications.ApproveAsync(view.Id, view.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        hub.Site.Replace(post, post with { Title = "Conseil municipal" });
        await hub.NextLookAsync();
        var again = await hub.OnlyAsync("skies");
        Assert.StartsWith("Conseil municipal ", again.Body, StringComparison.Ordinal);
        Assert.Equal(Approval.Awaiting, again.Approval);
        Assert.Equal(2, hub.Site.Cards.Count);
        // What the person agreed to is not what they see now.
        Assert.Equal(ProblemKind.Changed, (await hub.Publications.ApproveAsync(view.Id, view.ETag, PublishingHub.Editor, CancellationToken.None)).Problem?.Kind);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_look_that_was_cut_goes_on_with_its_own_decision_and_one_card()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var i = 0; i < 5; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await CutAsync(hub, articles: 2);
        // A card now would tell of a part of it.
        await hub.WorkAsync();
        Assert.Empty(hub.Site.Cards);
        // Two more appear: alone they would be an ordinary look, and they wait for the next one.
        for (var i = 0; i < 2; i++)
            hub.Site.Publish($"plus{i}", $"De plus {i}", hub.Now);
        await hub.TickAsync();
        Assert.Equal(5, (await hub.PublicationsAsync()).Count);
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal(Approval.Awaiting, p.Approval));
        hub.Clock.Advance(TimeSpan.FromSeconds(16));
        await hub.WorkAsync();
        Assert.Contains("5 articles à annoncer attendent", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        Assert.Empty(hub.Skies.Posts);
        await hub.TickAsync();
        Assert.Equal(2, hub.Skies.Posts.Count);
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_card_does_not_wait_for_ever_for_a_look_that_cannot_go_on()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var i = 0; i < 5; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await CutAsync(hub, articles: 2);
        hub.Site.IsDown = true;
        await hub.TickAsync();
        Assert.Empty(hub.Site.Cards);
        hub.Clock.Advance(TimeSpan.FromMinutes(16));
        await hub.TickAsync();
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task After_a_restore_in_the_middle_of_a_look_what_is_left_of_it_is_asked_about()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var i = 0; i < 3; i++)
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now.AddMinutes(-i));
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await CutAsync(hub, articles: 1);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.Get<PublishingGate>().MarkRestoredAsync(PublishingHub.Editor, CancellationToken.None);
        await hub.TickAsync();
        var asked = (await hub.PublicationsAsync()).Where(p => p.Approval == Approval.Awaiting).ToList();
        Assert.Equal(2, asked.Count);
        Assert.All(asked, p => Assert.Equal(AskReason.Restored, p.AskedFor));
        Assert.Empty(hub.Skies.Posts);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_person_called_off_is_not_announced_by_way_of_another_feed()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", other: "https://www.saint-exemple.fr/other", otherAccounts: "\"toots\"", publishing: "\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now, id: "17");
        hub.Site.Late.Add("https://www.saint-exemple.fr/other");
        await hub.NextLookAsync();
        var planned = (await hub.Publications.GetAsync((await hub.OnlyAsync("skies")).Id, CancellationToken.None)).Value;
        Assert.Null((await hub.Publications.CancelAsync(planned.Id, planned.ETag, PublishingHub.Editor, CancellationToken.None)).Problem);
        hub.Site.Late.Clear();
        for (var i = 0; i < 3; i++)
            await hub.NextLookAsync();
        Assert.Equal(PublicationState.Cancelled, Assert.Single(await hub.PublicationsAsync()).State);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_article_in_two_feeds_is_announced_once_on_the_accounts_of_both()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", other: "https://www.saint-exemple.fr/other", otherAccounts: "\"toots\",\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now, id: "17");
        // The other feed's copy is an hour old.
        hub.Site.Late.Add("https://www.saint-exemple.fr/other");
        for (var i = 0; i < 10; i++)
            await hub.NextLookAsync();
        Assert.Equal((1, 0), (hub.Skies.Posts.Count, hub.Toots.Posts.Count));
        hub.Site.Late.Clear();
        for (var i = 0; i < 3; i++)
            await hub.NextLookAsync();
        Assert.Equal((1, 1), (hub.Skies.Posts.Count, hub.Toots.Posts.Count));
        // Four more are a burst of that feed too, and what was there at its first look is never new to it.
        hub.Site.Late.Add("https://www.saint-exemple.fr/other");
        for (var i = 0; i < 4; i++)
        {
            hub.Site.Publish($"n{i}", $"Nouveau {i}", hub.Now);
            await hub.NextLookAsync();
        }

        hub.Site.Late.Clear();
        await hub.NextLookAsync();
        Assert.Equal((5, 1), (hub.Skies.Posts.Count, hub.Toots.Posts.Count));
        Assert.Equal(4, (await hub.PublicationsAsync()).Count(p => p is { Account: "toots", Approval: Approval.Awaiting, AskedFor: AskReason.Burst }));
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_new_feed_holds_at_its_first_look_is_not_announced_on_its_accounts()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        await hub.ReconfigureAsync("\"template\": \"{title} {url}\" }", "\"template\": \"{title} {url}\" }, { \"address\": \"https://www.saint-exemple.fr/other\", \"accounts\": [\"toots\"] }");
        for (var i = 0; i < 3; i++)
        {
            await hub.NextLookAsync();
            hub.Site.Replace(hub.Site.Items[0], hub.Site.Items[0] with { Text = $"Un autre résumé {i}" });
        }

        Assert.Equal((1, 0), (hub.Skies.Posts.Count, hub.Toots.Posts.Count));
        hub.Site.Publish("fete", "Fête", hub.Now);
        await hub.NextLookAsync();
        await hub.NextLookAsync();
        Assert.Equal((2, 1), (hub.Skies.Posts.Count, hub.Toots.Posts.Count));
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_sites_own_summary_announces_its_article_and_not_the_first_words_of_its_text()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, template: "{title} : {summary} {url}");
        await hub.FirstLookAsync();
        hub.Site.Publish("piscine", "La piscine", hub.Now, text: "© Ville Temps de lecture : 2 min");
        hub.Site.Items[0] = hub.Site.Items[0] with { Summary = "Le bassin rouvre lundi." };
        hub.Site.Publish("stade", "Le stade", hub.Now, text: "La pelouse est neuve.");
        await hub.NextLookAsync();
        var texts = (await hub.PublicationsAsync()).Select(publication => publication.Body).ToList();
        Assert.Contains(texts, text => text.StartsWith("La piscine : Le bassin rouvre lundi. https://", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("Le stade : La pelouse est neuve. https://", StringComparison.Ordinal));
        await hub.CheckAsync();
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_article_without_a_date_that_stands_behind_known_ones_is_asked_about(bool isOfItsLastChange)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        for (var i = 0; i < 3; i++)
            hub.Site.Publish($"ancien-{i}", $"Ancien {i}", null);
        await hub.TickAsync();
        // The team takes one away, and one of years ago slides into the feed at its end.
        hub.Site.Items.RemoveAt(0);
        var old = hub.Site.Publish("vieux", "Vieux", isOfItsLastChange ? hub.Now : null);
        hub.Site.Items.Remove(old);
        hub.Site.Items.Add(old with { IsDateOfChange = isOfItsLastChange });
        await hub.NextLookAsync();
        Assert.Equal((Approval.Awaiting, AskReason.Undated), ((await hub.OnlyAsync("skies")).Approval, (await hub.OnlyAsync("skies")).AskedFor));
        // Whatever stands at the head is new.
        hub.Site.Publish("nouveau", "Nouveau", null);
        await hub.NextLookAsync();
        Assert.StartsWith("Nouveau", Assert.Single(hub.Skies.Posts).Text, StringComparison.Ordinal);
        await hub.CheckAsync();
    }

    // The process ends behind so many articles of a look, as the next one is composed.
    private static async Task CutAsync(PublishingHub hub, int articles)
    {
        using var cut = new CancellationTokenSource();
        var team = await hub.Get<ReadTeam>()(CancellationToken.None);
        var gate = (await hub.Store.GateAsync(CancellationToken.None))!;
        var composed = 0;
        hub.Skies.WhileComposing = () => composed++ == articles ? cut.CancelAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Get<Discovery>().TickAsync(team, gate, cut.Token));
        hub.Skies.WhileComposing = null;
        Assert.Equal(articles, (await hub.PublicationsAsync()).Count);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Two_hubs_that_look_at_once_announce_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("a", "A", hub.Now);
        hub.Site.Publish("b", "B", hub.Now);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        var team = await hub.Get<ReadTeam>()(CancellationToken.None);
        var gate = (await hub.Store.GateAsync(CancellationToken.None))!;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.Get<Discovery>().TickAsync(team, gate, CancellationToken.None)));
        await hub.TickAsync();
        Assert.Equal(2, hub.Skies.Posts.Count);
        Assert.Equal(2, (await hub.PublicationsAsync()).Count);
        await hub.CheckAsync();
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_changed_article_is_taken_although_somebody_agrees_to_its_old_text_at_that_moment(int times)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":null,\"quietTo\":null,\"paceMinutes\":0,\"approval\":true", accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil à 18 h", hub.Now);
        await hub.NextLookAsync();
        var asked = await hub.OnlyAsync("skies");
        Assert.Equal(Approval.Awaiting, asked.Approval);
        hub.Site.Replace(post, post with { Title = "Conseil à 20 h" });
        var meanwhile = 0;
        hub.Skies.WhileComposing = async () =>
        {
            if (meanwhile++ == 0)
                Assert.True((await hub.Publications.ApproveAsync(asked.Id, "*", PublishingHub.Editor, CancellationToken.None)).Succeeded);
            else if (meanwhile <= times)
                Assert.NotNull(await hub.Table.UpdateEntityAsync((await hub.OnlyAsync("skies")).Entity, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace));
        };
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.Get<PublishingTick>().RunAsync(CancellationToken.None);
        // More conflicts than one look bears: the next one is not told "unchanged".
        await hub.Get<PublishingTick>().RunAsync(CancellationToken.None);
        await hub.WorkAsync();
        var now = await hub.OnlyAsync("skies");
        Assert.Equal((Approval.Awaiting, "Conseil à 20 h"), (now.Approval, now.Title));
        Assert.Empty(hub.Skies.Sent);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_changed_article_that_no_longer_fits_asks_before_a_bare_link_is_announced()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"toots\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Site.Statuses[post.Url] = 503;
        await hub.NextLookAsync();
        Assert.Equal((PublicationState.Planned, Approval.NotNeeded), ((await hub.OnlyAsync("toots")).State, (await hub.OnlyAsync("toots")).Approval));
        hub.Site.Statuses.Clear();
        // Shorter than a link.
        hub.Toots.Rules = new SocialHub.Connections.Mastodon.MastodonTextRules(20, 23);
        hub.Site.Replace(post, post with { Title = "Conseil municipal, corrigé" });
        await hub.NextLookAsync();
        var held = await hub.OnlyAsync("toots");
        Assert.Equal((PublicationState.Planned, Approval.Awaiting), (held.State, held.Approval));
        Assert.Empty(hub.Toots.Sent);
        Assert.Single(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_fault_in_one_article_feed_keeps_the_next_one_from_nothing_and_is_told()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, other: "https://www.saint-exemple.fr/other");
        await hub.FirstLookAsync();
        hub.Site.Broken = PublishingHub.Feed;
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<InvalidDataException>(() => hub.Get<PublishingTick>().RunAsync(CancellationToken.None));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        var broken = (await hub.Store.FeedAsync(PublishingHub.Feed, CancellationToken.None))!;
        Assert.Equal(1, broken.Failures);
        Assert.DoesNotContain("a fault", broken.Error, StringComparison.Ordinal);
        Assert.True(broken.NextDue > hub.Now);
        // Not before its back-off has passed; then it is as it was.
        await hub.TickAsync();
        hub.Site.Broken = null;
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.TickAsync();
        Assert.Equal(0, (await hub.Store.FeedAsync(PublishingHub.Feed, CancellationToken.None))!.Failures);
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }
}
