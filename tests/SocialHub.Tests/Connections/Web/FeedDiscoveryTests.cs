using System.Text;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

public sealed class FeedDiscoveryTests
{
    [Fact]
    public void A_page_names_its_feeds_in_order()
    {
        var found = Find("""
            <html><head><base href="https://cdn.example/site/">
            <LINK REL='alternate stylesheet' type=text/css href=x.css>
            <link rel="alternate" type="application/rss+xml" title="Actualit&eacute;s" href="feed/">
            <!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->
            <link href='/comments?a=1&amp;b=2' type='application/atom+xml; charset=utf-8' rel='ALTERNATE'/>
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel=alternate type=application/feed+json href=//j.example/feed.json>
            <link rel="alternate" type="application/rss+xml" href="javascript:x">
            """);
        Assert.Equal([("https://cdn.example/site/feed/", "Actualités"), ("https://cdn.example/comments?a=1&b=2", null), ("https://j.example/feed.json", null)], found.Select(f => (f.Address.AbsoluteUri, f.Title)));
    }

    [Fact]
    public void A_page_of_anything_costs_little()
    {
        Assert.Empty(Find(new string('<', 200_000)));
        Assert.Empty(Find(new StringBuilder().Insert(0, "<link ", 30_000).ToString()));
        Assert.Empty(Find(new StringBuilder().Insert(0, "<!--", 50_000).ToString()));
    }

    private static IReadOnlyList<FeedLink> Find(string html) => FeedDiscovery.Find(Encoding.UTF8.GetBytes(html), null, new Uri("https://www.saint-exemple.fr/a/b"));
}
