using CsCheck;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Web;
using SocialHub.Feeds;
using SocialHub.Publishing;

namespace SocialHub.Tests.Connections;

public sealed class WebAddressesTests
{
    private static readonly Gen<string> AnyHost = Gen.OneOf(
        Gen.String[Gen.Char["abé-._…·\u00AD\u200B\u0660。İßﬀ١xn"], 1, 70],
        Gen.OneOf("www.mairie.fr", "xn--", "xn--a", "1.2", "[::1]", "mairie").SelectMany(host => Gen.OneOf("", "…", ".", "\u00AD", "。", "/…", ":80", "%C3%A9").Select(end => host + end)),
        Gen.String[1, 20]);

    [Theory]
    [InlineData("https://www.Mairie.fr/a", "www.mairie.fr")]
    [InlineData("https://été.fr", "xn--t-9fab.fr")]
    [InlineData("http://[::1]:8080/", "::1")]
    [InlineData("https://www.mairie.fr…", null)]
    [InlineData("https://\u00AD.fr/", null)]
    public void A_host_is_what_name_services_know_or_none(string address, string? host) => Assert.Equal(host, WebAddresses.Host(new Uri(address)));

    [Fact]
    [Trait("run", "thorough")]
    public void Any_host_at_all_is_used_or_left_alone() => AnyHost.Sample(host =>
    {
        var address = "https://" + host;
        Assert.NotEmpty(ArticleIdentities.Page(address));
        Announcements.Canonical(address);
        var post = new Post("n", "https://a.example/1") { Links = [address, "https://b.example/2"], Pictures = [new(address, null)] };
        Assert.NotEmpty(ArticleIdentities.Of(post with { Url = address, NativeId = address, IdIsGlobal = true }, address));
        var kept = PostLimits.Within(post)!;
        Assert.All(kept.Links.Concat(kept.Pictures.Select(picture => picture.Url)), link => Assert.NotEmpty(new Uri(link).IdnHost));
        if (FeedLinks.Resolve(address, null) is { } resolved)
            Assert.NotEmpty(resolved.IdnHost);
    }, iter: 20_000);

    [Fact]
    public void A_post_that_holds_an_address_of_no_host_is_grouped_by_its_other_links()
    {
        // As a version before stored it.
        var sky = new Post("s", "https://bsky.app/profile/ville/post/1") { Links = ["https://www.mairie.fr…", "https://mairie.fr/actus/1"], Text = "Un" };
        var page = new Post("p", "https://www.mairie.fr/actus/1") { Text = "Deux" };
        var at = DateTimeOffset.UnixEpoch;
        Assert.Single(Announcements.Group([new FeedPost(new PostKey("skies", "p.1"), "bluesky", null, sky, at), new FeedPost(new PostKey("site", "p.2"), "web", null, page, at)]));
    }

    [Theory]
    [InlineData("Voir https://www.mairie.fr…", "https://www.mairie.fr")]
    [InlineData("Voir www.mairie.fr…", "https://www.mairie.fr")]
    [InlineData("Voir https://mairie.fr/agenda…. Fin", "https://mairie.fr/agenda")]
    [InlineData("(https://mairie.fr/agenda…)", "https://mairie.fr/agenda")]
    [InlineData("Voir https://…", null)]
    public void The_ellipsis_of_a_cut_text_is_no_part_of_its_last_link(string text, string? link)
    {
        Assert.Equal(link, BlueskyFacets.Links(text).Select(found => found.Uri).SingleOrDefault());
        var shown = BlueskyTextRules.Show(text);
        Assert.Equal(link, shown.Facets.SingleOrDefault()?.Link);
        Assert.Contains('…', shown.Text);
    }

    [Fact]
    public async Task What_has_no_host_is_refused_before_a_byte_leaves()
    {
        await using var site = new RawServer(_ => RawServer.Redirect("https://\u00AD.fr/"));
        await using var outgoing = new Outgoing(site.Origin);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync(site.Origin)).Failure);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync("https://www.mairie.fr…/a.png")).Failure);
        using var post = new HttpRequestMessage(HttpMethod.Post, "https://www.mairie.fr…/");
        Assert.Equal((FetchFailure.RefusedAddress, false), (await outgoing.Http.SendOnceAsync(post, FetchLimits.Api, TestContext.Current.CancellationToken)) is var answer ? (answer.Failure, answer.MayHaveArrived) : default);
    }
}
