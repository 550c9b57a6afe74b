using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Articles whose addresses do not tell them apart: the alerts of a site on the one page that lists them.</summary>
public sealed class SharedPageTests(AzuriteFixture azurite)
{
    [Theory]
    [Trait("run", "thorough")]
    [InlineData("alertes", true)]
    [InlineData("alertes#a{0}", true)]
    [InlineData("alertes#a{0}", false)]
    [InlineData("#a{0}", false)]
    [InlineData("#/alertes/{0}", false)]
    [InlineData("#!alertes/{0}", false)]
    public async Task Each_is_announced_once_and_none_in_the_place_of_another(string address, bool hasGuid)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        for (var i = 1; i <= 5; i++)
        {
            hub.Site.Publish(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, i), $"Alerte {i}", hub.Now, id: hasGuid ? $"alerte-{i}" : null);
            // The feed shows two of them at a time.
            if (i > 2)
                hub.Site.Items.RemoveAt(2);
            await hub.NextLookAsync();
            await hub.NextLookAsync();
        }

        Assert.Equal(["Alerte 1", "Alerte 2", "Alerte 3", "Alerte 4", "Alerte 5"], (await hub.PublicationsAsync()).Select(p => p.Title).Order(StringComparer.Ordinal));
        Assert.All(await hub.PublicationsAsync(), p => Assert.Equal((PublicationState.Published, null), (p.State, p.Why)));
        Assert.Equal(5, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task What_still_waits_keeps_its_own_text_when_the_next_one_of_its_page_appears()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", publishing: "\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0");
        await hub.FirstLookAsync();
        var first = hub.Site.Publish("alertes", "Alerte 1", hub.Now, id: "1");
        await hub.NextLookAsync();
        hub.Site.Publish("alertes", "Alerte 2", hub.Now, id: "2");
        await hub.NextLookAsync();
        Assert.Equal(["Alerte 1", "Alerte 2"], (await hub.PublicationsAsync()).Select(p => p.Title).Order(StringComparer.Ordinal));
        // Alone on its page again, the second is itself; a correction of it is one.
        hub.Site.Items.Remove(first);
        hub.Site.Replace(hub.Site.Items[0], hub.Site.Items[0] with { Title = "Alerte 2, corrigée" });
        await hub.NextLookAsync();
        Assert.Equal(["Alerte 1", "Alerte 2, corrigée"], (await hub.PublicationsAsync()).Select(p => p.Title).Order(StringComparer.Ordinal));
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_relaunched_site_shows_under_new_guids_is_announced_no_second_time(bool twice)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil", "Conseil municipal", hub.Now, id: "17");
        await hub.NextLookAsync();
        hub.Site.Replace(post, post with { NativeId = "neuf-17" });
        // Its page may have become one that lists several.
        if (twice)
            hub.Site.Publish("conseil", "Conseil des jeunes", hub.Now, id: "neuf-18");
        await hub.NextLookAsync();
        Assert.Equal(twice ? 2 : 1, hub.Skies.Posts.Count);
        Assert.Single(hub.Skies.Posts, p => p.Text.StartsWith("Conseil municipal", StringComparison.Ordinal));
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Where_a_page_shows_one_alert_at_a_time_a_person_is_asked_and_none_takes_the_text_of_another()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", publishing: "\"quietFrom\":\"10:00\",\"quietTo\":\"20:00\",\"paceMinutes\":0");
        await hub.FirstLookAsync();
        var alert = hub.Site.Publish("alertes", "Alerte 1", hub.Now, id: "1");
        await hub.NextLookAsync();
        hub.Site.Replace(alert, alert with { NativeId = "2", Title = "Alerte 2", Published = hub.Now });
        await hub.NextLookAsync();
        await hub.NextLookAsync();
        Assert.Equal([("Alerte 1", null), ("Alerte 2", AskReason.SamePage)], (await hub.PublicationsAsync()).OrderBy(p => p.Title, StringComparer.Ordinal).Select(p => (p.Title, p.AskedFor)));
        await hub.CheckAsync();
    }

    [Fact]
    public async Task The_next_date_of_what_takes_place_every_week_is_asked_about()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("marche", "Marché", hub.Now, id: "marche-1");
        await hub.NextLookAsync();
        hub.Site.Publish("marche", "Marché", hub.Now.AddDays(7), id: "marche-2");
        await hub.NextLookAsync();
        Assert.Single(hub.Skies.Posts);
        Assert.Single(await hub.PublicationsAsync(), p => p.Approval == Approval.Awaiting);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_place_on_its_page_that_moves_makes_no_other_article()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        var post = hub.Site.Publish("conseil#comment-87", "Conseil municipal", hub.Now);
        await hub.NextLookAsync();
        hub.Site.Replace(post, post with { Url = post.Url.Replace("87", "88", StringComparison.Ordinal), NativeId = post.NativeId.Replace("87", "88", StringComparison.Ordinal) });
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Empty(hub.Site.Cards);
    }

    [Fact]
    public async Task An_article_that_stands_twice_in_its_feed_under_two_guids_is_announced_once()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now, id: "une-17");
        hub.Site.Publish("conseil", "Conseil municipal", hub.Now, id: "actus-17");
        await hub.NextLookAsync();
        // As one of them is corrected, both are known.
        hub.Site.Replace(hub.Site.Items[0], hub.Site.Items[0] with { Text = "Un autre résumé" });
        await hub.NextLookAsync();
        Assert.Equal(PublicationState.Published, (await hub.OnlyAsync("skies")).State);
        Assert.Single(hub.Skies.Posts);
        Assert.Empty(hub.Site.Cards);
        await hub.CheckAsync();
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_person_linked_by_hand_is_announced_by_hand_also_on_a_page_of_several()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Skies.PostByHand("skies", "Attention ! https://www.saint-exemple.fr/alertes?pk_campaign=x#a2");
        hub.Site.Publish("alertes#a1", "Alerte 1", hub.Now);
        hub.Site.Publish("alertes#a2", "Alerte 2", hub.Now);
        await hub.NextLookAsync();
        Assert.Equal([("Alerte 1", null), ("Alerte 2", "announced-by-hand")], (await hub.PublicationsAsync()).OrderBy(p => p.Title, StringComparer.Ordinal).Select(p => (p.Title, p.Ended == "published" ? null : p.Ended)));
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task What_a_person_wrote_about_a_page_before_an_alert_appeared_on_it_announces_not_that_alert(bool isOfHub, bool isDated)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        const string words = "Toutes nos alertes : https://www.saint-exemple.fr/alertes";
        if (isOfHub)
            await hub.WriteAsync(words, "skies");
        else
            hub.Skies.PostByHand("skies", words);
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromDays(2));
        hub.Site.Publish("alertes", "Alerte 1", isDated ? hub.Now : null, id: "1");
        await hub.NextLookAsync();
        Assert.Equal(2, hub.Skies.Posts.Count);
        // The page is known to hold several: what was written a few hours ago is about another one.
        hub.Skies.PostByHand("skies", words);
        hub.Clock.Advance(TimeSpan.FromHours(2));
        hub.Site.Publish("alertes", "Alerte 2", isDated ? hub.Now : null, id: "2");
        await hub.NextLookAsync();
        Assert.Equal(4, hub.Skies.Posts.Count);
        Assert.All((await hub.PublicationsAsync()).Where(p => p.Article is not null), p => Assert.Equal((PublicationState.Published, "published"), (p.State, p.Ended)));
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData(-4, -5)]
    [InlineData(null, -5)]
    [InlineData(300, -5)]
    public async Task What_a_person_announced_some_hours_before_the_feed_told_of_it_is_not_announced_again(int? published, int written)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Skies.PostByHand("skies", "À lire : https://www.saint-exemple.fr/conseil");
        hub.Clock.Advance(TimeSpan.FromHours(-written));
        hub.Site.Publish("conseil", "Conseil municipal", published is { } hours ? hub.Now.AddHours(hours) : null, id: "17");
        await hub.NextLookAsync();
        Assert.Equal("announced-by-hand", (await hub.OnlyAsync("skies")).Ended);
        Assert.Single(hub.Skies.Posts);
    }

    [Theory]
    [InlineData("https://mairie.fr/a?pk_article=12&pk_campaign=lettre", "mairie.fr/a?pk_article=12")]
    [InlineData("https://mairie.fr/a?at_id=3&at_medium=email&xtor=RSS-1#xtor=RSS-1", "mairie.fr/a?at_id=3")]
    [InlineData("http://mairie.fr/a/#:~:text=b", "mairie.fr/a")]
    [InlineData("https://mairie.fr/#/actus/12", "mairie.fr#/actus/12")]
    [InlineData("https://mairie.fr/actus#a12", "mairie.fr/actus#a12")]
    [InlineData("https://www.mairie.fr…", "https://www.mairie.fr…")]
    public void A_place_keeps_what_names_it_and_no_more(string address, string place) => Assert.Equal(place, ArticleIdentities.Place(address));
}
