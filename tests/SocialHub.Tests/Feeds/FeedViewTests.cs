using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using CsCheck;
using SocialHub.Feeds;
using SocialHub.Feeds.Rendering;
using SocialHub.Storage;
using SocialHub.Tests.Moderation;

namespace SocialHub.Tests.Feeds;

public sealed class FeedViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_is_added_while_a_reader_pages_nothing_is_repeated_or_skipped() =>
        Gen.Select(Gen.Int[0, 130], Gen.Int[0, 130], Gen.Int[0, 3], Gen.Int[1, 40]).Sample((old, added, pinned, spread) =>
        {
            var before = Items(old, pinned, spread, 0);
            var after = Items(added, 0, spread, 1000);
            var seen = new List<string>();
            var query = FeedQuery.All;
            for (var page = 0; ; page++)
            {
                // Everything new comes between the first page and the second.
                var view = new FeedView(Snapshot(page == 0 ? before : [.. before, .. after]));
                var json = JsonNode.Parse(view.Render(FeedForm.Json, query).Body.Span)!;
                seen.AddRange(json["items"]!.AsArray().Select(item => (string)item!["id"]!));
                if ((string?)json["next_url"] is not { } next)
                    break;
                var values = System.Web.HttpUtility.ParseQueryString(new Uri(next).Query);
                query = FeedQuery.Parse(values["network"], values["q"], values["after"]).Value;
            }
            return seen.Distinct(StringComparer.Ordinal).Count() == seen.Count && before.TrueForAll(item => seen.Contains(item.Key));
        });

    [Fact]
    public void No_text_of_a_source_becomes_active_content_or_another_host() =>
        AnyMarkup.Sample(AssertHarmless);

    [Theory]
    [InlineData("<i p&:<img src='https://cdn.example/a.png' srcset='https://t.example/b.png 2x'>")]
    [InlineData("<p s#x\"<img src='https://cdn.example/a.png'>text")]
    public void A_tag_that_lost_its_end_brings_no_address_of_another_host(string html) => AssertHarmless(html);

    [Fact]
    public void Every_link_of_a_gallery_has_a_name_and_pictures_that_are_not_kept_leave_nothing_behind()
    {
        var gallery = string.Concat(Enumerable.Range(1, 6).Select(i => $"<li><figure><a href=\"/galerie/{i}.jpg\"><img src=\"/m/{i}.jpg\" alt=\"{(i == 2 ? "Le marché" : "")}\"></a></figure></li>"));
        var feed = Connections.Web.FeedSamples.Read(Connections.Web.FeedSamples.Rss(Connections.Web.FeedSamples.Item(1,
            $"<description><![CDATA[<p>La fête</p><ul>{gallery}</ul><p><a href=\"/vide\">&nbsp;\u200B</a><a href=\"/suite\">Suite</a></p>]]></description>")));
        var post = PostLimits.Within(feed.Posts[0])!;
        post = post with { Pictures = [.. post.Pictures.Select((picture, i) => picture with { Media = new string((char)('a' + i), 64) })] };
        var html = new HtmlParser().ParseDocument(PostMarkup.For(post, "https://hub.example"));
        Assert.Equal(["https://www.saint-exemple.fr/galerie/2.jpg", "https://www.saint-exemple.fr/suite"], html.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["", "Le marché", "", ""], html.QuerySelectorAll("img").Select(image => image.GetAttribute("alt")));
        Assert.Equal((4, 4), (html.QuerySelectorAll("li").Length, html.QuerySelectorAll("figure").Length));
        Assert.All(html.QuerySelectorAll("li, figure, p"), element => Assert.True(element.TextContent.Length > 0 || element.QuerySelector("img") is not null));
    }

    private static void AssertHarmless(string html)
    {
        var post = new Post("n", "https://a.example/1") { Html = html, Text = html, Pictures = [new("https://cdn.example/a.png", "\"><script>") { Media = new string('a', 64) }] };
        var item = new SnapshotItem("s.k", "web", "s", post.Url, Noon, PostMarkup.For(post, "https://hub.example"), html) { Title = html, SourceTitle = html, Author = html, Language = "fr\"><script>", Tags = [html] };
        var document = new HtmlParser().ParseDocument(Text(new FeedView(Snapshot([item])).Render(FeedForm.Html, FeedQuery.All)));
        foreach (var element in document.All)
        {
            Assert.DoesNotContain(element.LocalName, (string[])["script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "base", "meta", "link", "video", "audio"]);
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcset" or "id");
            if (element.GetAttribute("href") is { } href)
                Assert.Matches("^(https?|mailto):", href);
            if (element.GetAttribute("src") is { } source)
                Assert.StartsWith("https://hub.example/media/", source, StringComparison.Ordinal);
        }
        XDocument.Parse(Text(new FeedView(Snapshot([item])).Render(FeedForm.Rss, FeedQuery.All)));
    }

    [Fact]
    public void Each_page_names_itself_and_the_next_one_in_json_and_rss()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var view = new FeedView(Snapshot(Items(120, 0, 1, 0)));
        var query = FeedQuery.Parse("web", null, null).Value;
        var pages = 0;
        for (string? next = "first"; next is not null; pages++)
        {
            var json = JsonNode.Parse(view.Render(FeedForm.Json, query).Body.Span)!;
            var rss = XDocument.Parse(Text(view.Render(FeedForm.Rss, query))).Root!.Element("channel")!;
            string? Link(string rel) => (string?)rss.Elements(atom + "link").SingleOrDefault(link => (string?)link.Attribute("rel") == rel)?.Attribute("href");
            Assert.Equal("15", (string?)rss.Element("ttl"));
            Assert.Equal("https://hub.example/api/v1/feeds/accueil?" + query.ToQueryString(), (string?)json["feed_url"]);
            Assert.Equal("https://hub.example/api/v1/feeds/accueil.rss?" + query.ToQueryString(), Link("self"));
            next = (string?)json["next_url"];
            Assert.Equal(next?.Replace("/accueil?", "/accueil.rss?", StringComparison.Ordinal), Link("next"));
            if (next is null)
                break;
            Assert.NotEqual((string?)json["feed_url"], next);
            Assert.Contains("network=web&after=", next, StringComparison.Ordinal);
            query = FeedQuery.Parse("web", null, System.Web.HttpUtility.ParseQueryString(new Uri(next).Query)["after"]).Value;
        }

        Assert.Equal(2, pages);
    }

    [Fact]
    public void The_json_form_is_json_feed_with_what_the_widget_needs()
    {
        var item = Items(1, 1, 1, 0)[0] with
        {
            Title = "Titre",
            SourceTitle = "La ville",
            Language = "fr",
            Author = "Élise",
            Tags = ["Fête"],
            Updated = Noon,
            Pictures = [new(new string('b', 64), "La place") { Width = 4, Height = 3 }],
            AlsoOn = [new("bluesky", "https://bsky.app/1")],
        };
        var feed = JsonNode.Parse(new FeedView(Snapshot([item])).Render(FeedForm.Json, FeedQuery.All).Body.Span)!;
        Assert.Equal("https://jsonfeed.org/version/1.1", (string?)feed["version"]);
        Assert.Equal("https://hub.example/api/v1/feeds/accueil", (string?)feed["feed_url"]);
        Assert.Null(feed["next_url"]);
        Assert.Equal(
            $$$"""{"id":"{{{item.Key}}}","url":"https://a.example/0","title":"Titre","content_html":"<p>0</p>","content_text":"0","image":"https://hub.example/media/{{{new string('b', 64)}}}","date_published":"2026-11-24T12:00:00Z","date_modified":"2026-11-24T12:00:00Z","authors":[{"name":"Élise"}],"tags":["Fête"],"language":"fr","_socialhub":{"network":"web","source":"s","title":"La ville","postKey":"{{{item.Key}}}","pinned":true,"alsoOn":[{"network":"bluesky","url":"https://bsky.app/1"}],"pictures":[{"url":"https://hub.example/media/{{{new string('b', 64)}}}","alt":"La place","width":4,"height":3}]}}""",
            feed["items"]![0]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void The_html_form_says_language_date_and_where_each_link_leads()
    {
        var item = Items(1, 1, 1, 0)[0] with { Title = "Fête", Language = "en", Network = "mastodon", AlsoOn = [new("bluesky", "https://bsky.app/1")] };
        var html = new HtmlParser().ParseDocument(Text(new FeedView(Snapshot([item])).Render(FeedForm.Html, FeedQuery.All)));
        Assert.Equal("fr", html.QuerySelector("section")!.GetAttribute("lang"));
        Assert.Equal("24 novembre 2026 à 13:00", html.QuerySelector("time")!.TextContent);
        Assert.Equal("en", html.QuerySelector("h3")!.ParentElement!.GetAttribute("lang"));
        Assert.Equal("Épinglé", html.QuerySelector("b")!.TextContent);
        Assert.Equal(["Voir sur Mastodon", "Aussi sur Bluesky"], html.QuerySelectorAll("a").Select(link => link.TextContent));
        Assert.All(html.QuerySelectorAll("a"), link => Assert.StartsWith(link.TextContent, link.GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.Contains("Aucune publication", Text(new FeedView(Snapshot([])).Render(FeedForm.Html, FeedQuery.All)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_html_form_leads_to_what_comes_after_its_last_post()
    {
        var view = new FeedView(Snapshot(Items(120, 0, 1, 0)));
        var (shown, pages) = (0, 0);
        for (string? after = null; ;)
        {
            var html = new HtmlParser().ParseDocument(Text(view.Render(FeedForm.Html, FeedQuery.Parse("web", null, after).Value)));
            shown += html.QuerySelectorAll("li").Length;
            pages++;
            if (html.QuerySelector("section > p > a") is not { } link)
                break;
            Assert.Equal("Afficher la suite", link.TextContent);
            Assert.StartsWith("https://hub.example/api/v1/feeds/accueil.html?network=web&after=", link.GetAttribute("href"), StringComparison.Ordinal);
            after = System.Web.HttpUtility.ParseQueryString(new Uri(link.GetAttribute("href")!).Query)["after"];
        }

        Assert.Equal((120, 3), (shown, pages));
    }

    [Fact]
    public void Network_and_words_choose_among_what_is_served()
    {
        var items = Items(3, 0, 1, 0);
        items[1] = items[1] with { Network = "mastodon", Text = "L'été à la médiathèque" };
        var view = new FeedView(Snapshot(items));
        Assert.Equal([items[1].Key], Keys(view, "mastodon", ""));
        Assert.Equal([items[1].Key], Keys(view, "", "ETE média"));
        Assert.Empty(Keys(view, "", "thèque"));
        Assert.Empty(Keys(view, "facebook", ""));
        Assert.Equal(3, Keys(view, "", "").Count);
        // Of signs alone there is nothing to find.
        Assert.Empty(Keys(view, "", "!!!"));
        Assert.Empty(Keys(view, "", "🎉"));
        // Announced there too, though another network's post stands for it.
        items[0] = items[0] with { AlsoOn = [new("bluesky", "https://bsky.app/1"), new("mastodon", "https://mastodon.example/1")] };
        view = new FeedView(Snapshot(items));
        Assert.Equal([items[0].Key], Keys(view, "bluesky", ""));
        Assert.Equal(2, Keys(view, "mastodon", "").Count);
        Assert.Equal(2, Keys(view, "web", "").Count);

        static List<string> Keys(FeedView view, string network, string words) =>
            [.. JsonNode.Parse(view.Render(FeedForm.Json, FeedQuery.Parse(network, words, null).Value).Body.Span)!["items"]!.AsArray().Select(item => (string)item!["id"]!)];
    }

    [Theory]
    [InlineData("Mastodon", null, null, "network-malformed")]
    [InlineData("mastodon,web", null, null, "network-malformed")]
    [InlineData(null, null, "x", "after-malformed")]
    [InlineData(null, null, "0.zzzzzzzzz.s.k", "after-malformed")]
    [InlineData(null, null, "2.000000000.s.k", "after-malformed")]
    public void A_malformed_question_is_answered_with_what_to_change(string? network, string? words, string? after, string code) =>
        Assert.Equal(code, FeedQuery.Parse(network, words, after).Problem?.Code);

    [Fact]
    public void Any_question_is_read_or_refused()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((network, words, after) => { FeedQuery.Parse(network, words, after); return true; }, iter: 2_000);
        Assert.Equal("words-too-long", FeedQuery.Parse(null, new string('a', 101), null).Problem?.Code);
    }

    [Theory]
    [InlineData("https://www.Ville.fr/a/?utm_source=x&id=3#haut", "ville.fr:/a?id=3")]
    [InlineData("http://ville.fr/a?id=3&fbclid=1", "ville.fr:/a?id=3")]
    [InlineData("https://ville.fr:8443/a", "ville.fr:8443/a?")]
    [InlineData("https://www.ville.fr/?utm_id=1", null)]
    [InlineData("https://www.ville.fr/a?pk_article=12&pk_campaign=x", "ville.fr:/a?pk_article=12")]
    [InlineData("https://www.ville.fr…/a", null)]
    [InlineData("a", null)]
    public void The_same_page_is_known_under_its_addresses(string address, string? canonical) => Assert.Equal(canonical, Announcements.Canonical(address));

    private static Gen<string> AnyMarkup { get; } = Gen.OneOf(
        Gen.OneOf(
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='https://tracker.example/p.gif'>", "<a href='javascript:alert(1)'>x</a>", "<svg><script>1</script></svg>",
            "<p style='background:url(https://t.example)'>x</p>", "<iframe src='https://t.example'></iframe>", "</section></li><script>1</script>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<h1 id=x>Titre</h1>", "<img src='https://cdn.example/a.png' srcset='https://t.example/b.png 2x'>", "<a href=\"data:text/html,x\">x</a>", "<video src='https://t.example'></video>", "\u0001\uFFFF\uD800", "]]>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"),
        Gen.String[Gen.Char["<>\"'&/= abcimgscriptonerr:;#\u0001"], 0, 60]).Array[1, 4].Select(parts => string.Concat(parts));

    private static List<SnapshotItem> Items(int count, int pinned, int spread, int from) =>
    [
        .. Enumerable.Range(from, count).Select(i => new SnapshotItem("s." + Keys.Hash(i.ToString(CultureInfo.InvariantCulture)), "web", "s", $"https://a.example/{i}", Noon.AddMinutes((i - from) % spread * (from > 0 ? 7 : -11)), $"<p>{i}</p>", $"{i}") { Pinned = i < pinned }),
    ];

    private static Snapshot Snapshot(List<SnapshotItem> items) => new("accueil", "La ville", "fr", "https://hub.example", "Europe/Paris",
        [.. items.OrderByDescending(item => item.Pinned).ThenByDescending(item => item.Date).ThenBy(item => item.Key, StringComparer.Ordinal)]);

    private static string Text(RenderedDocument feed) => Encoding.UTF8.GetString(feed.Body.Span);
}
