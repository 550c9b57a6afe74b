using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;
using SocialHub.EndToEnd.Peers.Sites;

namespace SocialHub.EndToEnd.Peers;

public sealed class SiteAndWebhookTests
{
    [Fact]
    public async Task A_site_serves_what_the_test_published_and_nothing_else()
    {
        await using var site = await SmallSite.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var feed = site.Feed("/actualites.rss", "Actualités");
        var item = feed.Publish("/actualites/1", "Travaux & déviations", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

        Assert.Contains(SmallSite.CommentElement, await client.GetStringAsync(item.Link + "?utm_id=1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(site.AddressOf("/autre"))).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync(site.Refuse("/ancien", 410))).StatusCode);
        Assert.Equal("/neuf", (await client.GetAsync(site.Redirect("/vieux", "/neuf"))).Headers.Location!.ToString());

        var first = await client.GetAsync(feed.Address);
        Assert.Equal("Travaux & déviations", XDocument.Parse(await first.Content.ReadAsStringAsync()).Descendants("item").Single().Element("title")!.Value);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, feed.Address);
        conditional.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(conditional)).StatusCode);
    }

    [Fact]
    public async Task A_webhook_refuses_as_often_as_it_was_told_and_keeps_what_it_accepted()
    {
        await using var webhook = await WebhookDouble.StartAsync();
        using var client = new HttpClient();
        webhook.RefuseNext(429, 500);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsJsonAsync(webhook.Address, new { card = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.PostAsJsonAsync(webhook.Address, new { card = 2 })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsJsonAsync(webhook.Address, new { card = 3 })).StatusCode);
        Assert.Equal("{\"card\":3}", Assert.Single(webhook.Received));
    }
}
