using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

public sealed class FeedFormatTests
{
    [Fact]
    public void RSS_2_says_everything_that_it_has()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss("""
            <item>
              <title>Fête de l'été &amp; feu d'artifice</title>
              <link>https://www.saint-exemple.fr/fete</link>
              <guid isPermaLink="false">tag:saint-exemple.fr,2026:12</guid>
              <pubDate>Tue, 24 Nov 2026 12:00:00 +0100</pubDate>
              <dc:creator>Service communication</dc:creator>
              <category>Culture</category><category>Fêtes</category>
              <description>Résumé</description>
              <content:encoded><![CDATA[<p>Venez <a href="/plan">nombreux</a>.</p><p>Entrée libre</p><script>alert(1)</script>]]></content:encoded>
              <media:content url="/affiche.jpg" medium="image" width="800" height="600"><media:description>L'affiche</media:description></media:content>
            </item>
            """));
        Assert.Equal(("rss", "Ville de Saint-Exemple", "https://www.saint-exemple.fr/", "fr"), (feed.Format, feed.Title, feed.HomePage, feed.Language));
        Assert.Empty(feed.Repairs);
        Assert.Empty(feed.Refusals);
        var post = Assert.Single(feed.Posts);
        Assert.Equal(("tag:saint-exemple.fr,2026:12", true, "https://www.saint-exemple.fr/fete"), (post.NativeId, post.IdIsGlobal, post.Url));
        Assert.Equal("Fête de l'été & feu d'artifice", post.Title);
        Assert.Equal("<p>Venez <a href=\"https://www.saint-exemple.fr/plan\">nombreux</a>.</p><p>Entrée libre</p>", post.Html);
        Assert.Equal(("Venez nombreux.\n\nEntrée libre", "Résumé"), (post.Text, post.Summary));
        Assert.Contains("\"summary\": \"Résumé\",\n", JsonFeedWriter.Write(feed, null).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero), post.Published);
        Assert.Equal(["https://www.saint-exemple.fr/fete", "https://www.saint-exemple.fr/plan"], post.Links);
        Assert.Equal(["Culture", "Fêtes"], post.Tags);
        Assert.Equal(("Service communication", "fr"), (post.Author, post.Language));
        var picture = Assert.Single(post.Pictures);
        Assert.Equal(("https://www.saint-exemple.fr/affiche.jpg", "L'affiche", 800, 600), (picture.Url, picture.Alt, picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("<ttl>60</ttl>", 60)]
    [InlineData("<ttl> 5 </ttl><ttl>60</ttl>", 5)]
    [InlineData("<ttl>0</ttl>", null)]
    [InlineData("<ttl>-5</ttl>", null)]
    [InlineData("<ttl>une heure</ttl>", null)]
    [InlineData("<ttl>99999999999999999999</ttl>", null)]
    [InlineData("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency> 1 </sy:updateFrequency>", 60)]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 15)]
    [InlineData("<sy:updatePeriod>Daily</sy:updatePeriod>", 24 * 60)]
    [InlineData("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 24 * 60)]
    [InlineData("<sy:updatePeriod>fortnightly</sy:updatePeriod>", null)]
    [InlineData("<sy:updateFrequency>2</sy:updateFrequency>", null)]
    [InlineData("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60)]
    [InlineData("<ttl>120</ttl><s:updatePeriod xmlns:s=\"http://purl.org/rss/1.0/modules/syndication/\">hourly</s:updatePeriod>", 120)]
    [InlineData("<s:updatePeriod xmlns:s=\"http://purl.org/rss/1.0/modules/syndication/\">weekly</s:updatePeriod>", 7 * 24 * 60)]
    public void A_feed_says_how_long_it_stays_good(string head, int? minutes)
    {
        var feed = FeedSamples.Read(FeedSamples.Rss(FeedSamples.Item(1), head));
        Assert.Equal(minutes, feed.Pace?.TotalMinutes);
        Assert.Single(feed.Posts);
    }

    [Fact]
    public void RSS_1_has_its_items_beside_its_channel()
    {
        var feed = FeedSamples.Read("""
            <?xml version="1.0"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://m.example/"><title>Médiathèque</title><link>https://m.example/</link><items><rdf:Seq><rdf:li resource="https://m.example/1"/></rdf:Seq></items></channel>
              <item rdf:about="https://m.example/1"><title>Lecture</title><link>https://m.example/1</link><dc:date>2026-11-24</dc:date><description>Samedi</description></item>
            </rdf:RDF>
            """);
        var post = Assert.Single(feed.Posts);
        Assert.Equal(("rdf", "https://m.example/1", "Lecture", "<p>Samedi</p>".Length > 0 ? "Samedi" : ""), (feed.Format, post.NativeId, post.Title, post.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), post.Published);
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void Atom_1_keeps_types_bases_and_languages()
    {
        var feed = FeedSamples.Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.saint-exemple.fr/blog/" xml:lang="fr-FR">
              <title type="html">Le &lt;b&gt;blog&lt;/b&gt;</title><link rel="self" href="atom.xml"/><link href="./"/><author><name>La mairie</name></author>
              <entry><id>urn:uuid:1</id><title>1 &lt; 2 &amp;amp; 3</title><link rel="edit" href="no"/><link href="un"/><updated>2026-11-24T10:00:00+01:00</updated><published>2026-11-23T10:00:00Z</published>
                <content type="xhtml" xml:base="images/"><div xmlns="http://www.w3.org/1999/xhtml"><p>Photo <img src="a.png" alt="Le parc"/></p></div></content></entry>
              <entry><id>urn:uuid:2</id><title type="html">Deux &amp;amp; trois</title><link href="/deux"/><updated>2026-11-24T10:00:00Z</updated><summary>Sans &lt;balise&gt;</summary><link rel="enclosure" type="image/jpeg" href="b.jpg" title="Le marché"/></entry>
            </feed>
            """);
        Assert.Equal(("atom", "Le blog", 2), (feed.Format, feed.Title, feed.Posts.Count));
        Assert.Equal(("1 < 2 &amp; 3", "https://www.saint-exemple.fr/blog/un", "La mairie", "fr-fr"), (feed.Posts[0].Title, feed.Posts[0].Url, feed.Posts[0].Author, feed.Posts[0].Language));
        Assert.Equal("<p>Photo <img src=\"https://www.saint-exemple.fr/blog/images/a.png\" alt=\"Le parc\"></p>", feed.Posts[0].Html);
        Assert.Equal("Le parc", Assert.Single(feed.Posts[0].Pictures).Alt);
        Assert.Equal((new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero)), (feed.Posts[0].Published, feed.Posts[0].Updated));
        Assert.Equal(("Deux & trois", "Sans <balise>", "https://www.saint-exemple.fr/deux"), (feed.Posts[1].Title, feed.Posts[1].Text, feed.Posts[1].Url));
        Assert.Equal(("https://www.saint-exemple.fr/blog/b.jpg", "Le marché"), (feed.Posts[1].Pictures[0].Url, feed.Posts[1].Pictures[0].Alt));
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void Atom_0_3_is_read()
    {
        var post = Assert.Single(FeedSamples.Read("""
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Vieux</title><link rel="alternate" type="text/html" href="https://v.example/"/>
            <entry><title>Un</title><link rel="alternate" type="text/html" href="https://v.example/1"/><id>tag:v.example:1</id><issued>2004-03-02T12:00:00+01:00</issued><content type="text/html" mode="escaped">&lt;p&gt;Bonjour&lt;/p&gt;</content></entry></feed>
            """).Posts);
        Assert.Equal(("<p>Bonjour</p>", "tag:v.example:1"), (post.Html, post.NativeId));
    }

    [Fact]
    public void RSS_0_91_without_guid_or_date_is_known_by_its_link()
    {
        var post = Assert.Single(FeedSamples.Read("""<rss version="0.91"><channel><title>T</title><link>https://t.example</link><item><title>Un</title><link>https://t.example/1#c</link></item></channel></rss>""").Posts);
        Assert.Equal(("https://t.example/1#c", true), (post.NativeId, post.IdIsGlobal));
        Assert.Null(post.Published);
    }

    [Theory]
    [InlineData("<p>Le bassin rouvre lundi.</p>", "Le bassin rouvre lundi.")]
    [InlineData("<p>© Ville Le bassin rouvre lundi et les horaires [&#8230;]</p>\n<p>L’article <a href=\"/p\">La piscine</a> est apparu en premier sur <a href=\"/\">Ville</a>.</p>", "© Ville Le bassin rouvre lundi et les horaires…")]
    [InlineData("Le bassin rouvre [...] The post <a>La piscine</a> appeared first on <a>Ville</a>.", "Le bassin rouvre…")]
    [InlineData("Le bassin rouvre. <a class=\"more\">Lire la suite →</a>", "Le bassin rouvre.")]
    [InlineData("Le bassin rouvre&hellip; <a>Continuer la lecture de « La piscine »</a>", "Le bassin rouvre…")]
    [InlineData("Venez pour en savoir plus", "Venez pour en savoir plus")]
    [InlineData("<img src=\"/a.jpg\">", null)]
    [InlineData("[&#8230;]", null)]
    [InlineData("LA PISCINE", null)]
    [InlineData("© Ville Temps de lecture : 2 min Le <b>bassin</b> rouvre.", null)]
    public void A_sites_own_summary_is_kept_beside_its_text(string written, string? summary)
    {
        const string Body = "<p>© Ville</p><p>Temps de lecture : 2 min</p><p>Le bassin rouvre.</p>";
        var rss = FeedSamples.Read(FeedSamples.Rss($"<item><title>La piscine</title><link>https://x.example/1</link><description><![CDATA[{written}]]></description><content:encoded><![CDATA[{Body}]]></content:encoded></item>")).Posts[0];
        var atom = FeedSamples.Read($"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry><title>La piscine</title><link href=\"https://x.example/1\"/><summary type=\"html\"><![CDATA[{written}]]></summary><content type=\"html\"><![CDATA[{Body}]]></content></entry></feed>").Posts[0];
        Assert.Equal([summary, summary], [rss.Summary, atom.Summary]);
        Assert.Equal([Body, Body], [rss.Html, atom.Html]);
    }

    [Fact]
    public void A_text_that_is_all_there_is_has_no_summary()
    {
        Assert.Null(FeedSamples.Read(FeedSamples.Rss(FeedSamples.Item(1, "<description>Tout</description><itunes:summary>Autre</itunes:summary>"))).Posts[0].Summary);
        var json = FeedSamples.Read(FeedSamples.Json(
            """{"id":"1","url":"https://x.example/1","content_html":"<p>Long</p>","summary":"Court & <bref>"}""",
            """{"id":"2","url":"https://x.example/2","summary":"Court"}""",
            $$"""{"id":"3","url":"https://x.example/3","content_text":"Long","summary":"{{new string('a', 5000)}}"}"""));
        Assert.Equal(["Court & <bref>", null], json.Posts.Take(2).Select(post => post.Summary));
        Assert.Equal("Court", json.Posts[1].Text);
        Assert.Equal(2000, json.Posts[2].Summary!.Length);
    }

    [Fact]
    public void Addresses_in_a_JSON_Feed_without_a_home_page_go_by_its_own_address()
    {
        const string Text = """{"version":"https://jsonfeed.org/version/1.1","title":"Ville","feed_url":"https://autre.example/flux/feed.json","items":[{"id":"1","url":"/actus/1","content_html":"<a href='suite'>Suite</a><img src='a.jpg' alt='A'>","image":"b.jpg"}]}""";
        var post = Assert.Single(FeedSamples.Read(Text).Posts);
        Assert.Equal(("https://www.saint-exemple.fr/actus/1", false), (post.Url, post.IsAddressOfSite));
        Assert.Equal("<a href=\"https://www.saint-exemple.fr/suite\">Suite</a><img src=\"https://www.saint-exemple.fr/a.jpg\" alt=\"A\">", post.Html);
        Assert.Equal("https://www.saint-exemple.fr/b.jpg", post.Pictures[0].Url);
        // In a file it is what the feed says of itself.
        Assert.Equal("https://autre.example/actus/1", Assert.Single(WebFeedReader.Read(System.Text.Encoding.UTF8.GetBytes(Text), new WebFeedOrigin(null)).Posts).Url);
    }

    [Theory]
    [InlineData("https://jsonfeed.org/version/1")]
    [InlineData("https://jsonfeed.org/version/1.1")]
    public void JSON_Feed_is_read(string version)
    {
        var feed = FeedSamples.Read($$"""
            {"version":"{{version}}","title":"Ville & <b>","home_page_url":"https://j.example/","language":"fr",
             "items":[{"id":12,"url":"/a","title":"Un & <deux>","content_html":"<p><a href='/x'>x</a></p>","image":"i.png","date_published":"2026-11-24T12:00:00+01:00","authors":[{"name":"Ana"}],"tags":["t"]},
                      {"id":"b","external_url":"https://other.example/","content_text":"a < b\n\nc"}]}
            """);
        Assert.Equal(("json", "Ville & <b>"), (feed.Format, feed.Title));
        Assert.Empty(feed.Repairs);
        Assert.Equal(("12", "https://j.example/a", "Un & <deux>", "Ana"), (feed.Posts[0].NativeId, feed.Posts[0].Url, feed.Posts[0].Title, feed.Posts[0].Author));
        Assert.Equal("<p><a href=\"https://j.example/x\">x</a></p>", feed.Posts[0].Html);
        Assert.Equal("https://j.example/i.png", feed.Posts[0].Pictures[0].Url);
        Assert.Equal(("https://other.example/", "<p>a &lt; b</p><p>c</p>"), (feed.Posts[1].Url, feed.Posts[1].Html));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n", "empty")]
    [InlineData("<!DOCTYPE html><html><head></head></html>", "html-page")]
    [InlineData("{\"a\":1}", "not-a-feed")]
    [InlineData("[1,2]", "not-a-feed")]
    [InlineData("bonjour", "not-a-feed")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "not-a-feed")]
    public void What_is_no_feed_is_refused_with_its_reason(string text, string code)
    {
        var feed = FeedSamples.Read(text);
        Assert.False(feed.IsFeed);
        Assert.Equal(code, Assert.Single(feed.Refusals).Code);
    }

    [Fact]
    public void An_empty_feed_is_a_feed() => Assert.True(FeedSamples.Read(FeedSamples.Rss("")) is { IsFeed: true, Posts.Count: 0, Refusals.Count: 0 });
}
