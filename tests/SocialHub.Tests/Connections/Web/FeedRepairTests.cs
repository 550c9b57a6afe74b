using System.Text;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

/// <summary>Each fault that README.md of the room lists, in an item between two sound ones.</summary>
public sealed class FeedRepairTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Theory]
    [InlineData("<title>Tarifs & horaires</title>", "Tarifs & horaires", "ampersand")]
    [InlineData("<title>L&rsquo;&eacute;t&eacute;</title>", "L’été", "html-entity")]
    [InlineData("<title>Moins de 3 < 4 ans</title>", "Moins de 3 < 4 ans", "less-than")]
    [InlineData("<title>L&#146;&#233;t&#0;&#233;</title>", "L’été", "character-reference")]
    [InlineData("<title><![CDATA[Un <![CDATA[deux]]> trois]]></title>", "Un deux trois", "cdata-nested")]
    [InlineData("<title><![CDATA[Sans fin</title>", "Sans fin", "cdata-unclosed")]
    [InlineData("<title>Sans fin<description>x</description>", "Sans fin", "unclosed-element")]
    [InlineData("<title>Fin</title></div>", "Fin", "stray-end-tag")]
    [InlineData("<title>Lien</title><link href=https://x.example/a />", "Lien", "attribute-unquoted")]
    [InlineData("<title>Guillemet</title><enclosure url=\"https://x.example/a type=x>", "Guillemet", "attribute-unclosed")]
    [InlineData("<title>Date</title><pubDate>hier vers midi</pubDate>", "Date", "date-unreadable")]
    [InlineData("<title>Date</title><pubDate>Tue, 31 Feb 2026 12:00:00 GMT</pubDate>", "Date", "date-unreadable")]
    [InlineData("<title>Double</title><description>&amp;lt;p&amp;gt;Bonjour&amp;lt;/p&amp;gt;</description>", "Double", "escaped-twice")]
    [InlineData("<title>Lien</title><link>javascript:alert(1)</link>", "Lien", "link-unreadable")]
    [InlineData("<title>Rien d'autre</title>", "Rien d'autre", "link-missing")]
    [InlineData("<title>Commentaire</title><!-- sans fin", "Commentaire", "comment-unclosed")]
    public void A_fault_in_one_item_is_repaired_and_told(string inside, string title, string code)
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1)}<item>{inside}</item>{FeedSamples.Item(3, "<description><![CDATA[x]]></description><!-- x -->")}"));
        Assert.Equal(["Article 1", title, "Article 3"], feed.Posts.Select(p => p.Title));
        Assert.Contains(feed.Repairs, r => r.Code == code && r.Item == 2);
        Assert.DoesNotContain(feed.Repairs, r => r.Item is 1 or 3);
        Assert.Empty(feed.Refusals);
    }

    [Fact]
    public void An_item_whose_address_is_its_sites_says_so()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1)}<item><title>Sans lien</title></item><item><title>Accueil</title><guid isPermaLink=\"false\">7</guid><link>https://www.saint-exemple.fr/</link></item><item><title>Adresse</title><guid>https://x.example/4</guid></item>"));
        Assert.Equal([("Article 1", false), ("Sans lien", true), ("Accueil", true), ("Adresse", false)], feed.Posts.Select(p => (p.Title!, p.IsAddressOfSite)));
        Assert.Equal(4, feed.Posts.Select(p => SocialHub.Publishing.ArticleIdentities.Of(p, "https://x.example/feed")[0]).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<description>Du texte")]
    public void The_last_item_without_an_end_is_whole_where_the_feed_goes_on_to_its_own(string more)
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1)}<item><title>Dernier paru</title><link>https://www.saint-exemple.fr/2</link>{more}"));
        Assert.Equal(["Article 1", "Dernier paru"], feed.Posts.Select(p => p.Title));
        Assert.Contains(feed.Repairs, r => r is { Code: "item-unclosed", Item: 2 });
        Assert.Empty(feed.Refusals);
    }

    [Theory]
    [InlineData("<title>Mairie<link>https://ex.example/</link><description>Tout</description>")]
    [InlineData("<title>Mairie</title><link>https://ex.example/")]
    [InlineData("<title>Mairie</title><link>https://ex.example/</link><description>Tout")]
    [InlineData("<title>Mairie</title><link>https://ex.example/</link><description>Tout<language>fr</language>")]
    [InlineData("<link>https://ex.example/</link><language>fr<title>Mairie")]
    public void What_the_head_leaves_open_swallows_neither_its_other_parts_nor_items(string head)
    {
        var feed = FeedSamples.Read($"<rss version='2.0'><channel>{head}<item><title>Un</title><link>/1</link></item><item><title>Deux</title><link>/2</link></item></channel></rss>");
        Assert.Equal(("Mairie", "https://ex.example/"), (feed.Title, feed.HomePage));
        Assert.Equal(["https://ex.example/1", "https://ex.example/2"], feed.Posts.Select(p => p.Url));
        Assert.Empty(feed.Refusals);
    }

    [Fact]
    public void A_title_of_any_length_is_cut_and_told()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"<item><title>{string.Join(' ', Enumerable.Repeat("mot", 1000))}</title><link>https://x.example/1</link></item>{FeedSamples.Item(2)}"));
        Assert.InRange(feed.Posts[0].Title!.Length, 400, 500);
        Assert.Equal([("title-cut", 1)], feed.Repairs.Select(r => (r.Code, r.Item ?? 0)));
    }

    [Fact]
    public void A_compressed_file_is_told_so()
    {
        using var file = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(FeedSamples.Rss(FeedSamples.Item(1))));
        Assert.Equal("compressed", Assert.Single(FeedSamples.Read(file.ToArray()).Refusals).Code);
    }

    [Theory]
    [InlineData("gb2312")]
    [InlineData("Shift_JIS")]
    [InlineData("UTF-16")]
    [InlineData("iso-8859-1")]
    public void UTF_8_under_another_label_is_UTF_8_and_told(string label)
    {
        var feed = FeedSamples.Read(FeedSamples.Rss("<item><title>Été à l’école</title><link>https://x.example/1</link></item>").Replace("utf-8", label, StringComparison.Ordinal));
        Assert.Equal("Été à l’école", Assert.Single(feed.Posts).Title);
        Assert.Contains(feed.Repairs, r => r.Code == "encoding-wrong" && r.Detail.Contains(label, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wide_label_on_single_bytes_is_told_as_it_is_written()
    {
        var feed = FeedSamples.Read(Windows1252.GetBytes(FeedSamples.Rss("<item><title>Été</title><link>https://x.example/1</link></item>").Replace("utf-8", "UTF-16", StringComparison.Ordinal)));
        Assert.Equal("Été", Assert.Single(feed.Posts).Title);
        Assert.Contains(feed.Repairs, r => r.Code == "encoding-detected" && r.Detail.Contains("UTF-16", StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_of_a_JSON_Feed_are_removed_and_told()
    {
        var feed = FeedSamples.Read(FeedSamples.Json("""{"id":"1\u0000","url":"https://x.example/1","title":"a\u0000\u001b\uffff\b\fb","content_text":"\\u0000 reste, \u00e9 et \ud83d\ude00 aussi"}""", FeedSamples.JsonItem(2)));
        Assert.Equal(("1", "ab", "\\u0000 reste, é et 😀 aussi"), (feed.Posts[0].NativeId, feed.Posts[0].Title, feed.Posts[0].Text));
        Assert.Equal(["control-characters"], feed.Repairs.Select(r => r.Code));
    }

    [Fact]
    public void An_item_without_an_end_ends_where_the_next_begins()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss("<item><title>Article 1</title><link>https://x.example/1</link>" + FeedSamples.Item(2)));
        Assert.Equal(["Article 1", "Article 2"], feed.Posts.Select(p => p.Title));
    }

    [Fact]
    public void A_document_that_was_cut_keeps_its_whole_items()
    {
        var whole = FeedSamples.Rss(string.Concat(Enumerable.Range(1, 5).Select(i => FeedSamples.Item(i, "<description><![CDATA[<p>é</p>]]></description>"))));
        var bytes = Encoding.UTF8.GetBytes(whole);
        var third = Encoding.UTF8.GetByteCount(whole[..whole.IndexOf("Article 4", StringComparison.Ordinal)]);
        for (var length = third; length < third + 130; length++)
        {
            var feed = FeedSamples.Read(bytes[..length]);
            Assert.Equal(["Article 1", "Article 2", "Article 3"], feed.Posts.Select(p => p.Title));
            Assert.Contains(feed.Refusals, r => r is { Code: "truncated-item", Item: 4 });
        }
    }

    [Theory]
    [InlineData("windows-1252", null, "iso-8859-1", null)]
    [InlineData("windows-1252", "text/xml; charset=ISO-8859-1", "utf-8", null)]
    [InlineData("windows-1252", null, "utf-8", "encoding-detected")]
    [InlineData("windows-1252", "application/rss+xml; charset=utf-8", "utf-8", "encoding-detected")]
    [InlineData("windows-1252", null, null, "encoding-detected")]
    [InlineData("utf-8", null, null, null)]
    [InlineData("utf-8", "text/xml; charset=iso-8859-1", "utf-8", "encoding-wrong")]
    [InlineData("utf-8", null, "iso-8859-1", "encoding-wrong")]
    [InlineData("utf-8", null, "ville-9", "encoding-unknown")]
    [InlineData("iso-8859-15", null, "iso-8859-15", null)]
    [InlineData("utf-16", null, "utf-16", null)]
    [InlineData("utf-16BE", "text/xml", "utf-16", null)]
    [InlineData("windows-1251", null, "windows-1251", null)]
    public void Letters_are_right_whatever_the_labels_say(string real, string? contentType, string? declared, string? repair)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(real) ?? Encoding.GetEncoding(real);
        var title = real == "windows-1251" ? "Привет" : "L’été à l’œuvre : 3 €";
        if (real == "iso-8859-15")
            title = "L'été à l'œuvre : 3 €";
        var text = $"<?xml version=\"1.0\"{(declared is null ? "" : $" encoding=\"{declared}\"")}?><rss version=\"2.0\"><channel><title>{title}</title></channel></rss>";
        var feed = FeedSamples.Read(encoding.GetBytes(text), contentType);
        Assert.Equal(title, feed.Title);
        Assert.Equal(repair, feed.Repairs.Count == 0 ? null : feed.Repairs[0].Code);
    }

    [Fact]
    public void A_mark_at_the_beginning_is_believed_before_everything()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>été</title></channel></rss>")).ToArray();
        Assert.Equal("été", FeedSamples.Read(bytes, "text/xml; charset=windows-1252").Title);
    }

    [Fact]
    public void One_item_pasted_in_another_encoding_leaves_the_others_whole()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("<rss><channel><item><title>été</title><link>https://x.example/1</link></item><item><title>"), .. Windows1252.GetBytes("août"), .. Encoding.UTF8.GetBytes("</title><link>https://x.example/2</link></item></channel></rss>")];
        var feed = FeedSamples.Read(bytes);
        Assert.Equal(["été", "août"], feed.Posts.Select(p => p.Title));
        Assert.Contains(feed.Repairs, r => r.Code == "encoding-mixed");
    }

    [Fact]
    public void Control_characters_disappear()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss("<item><title>Un\u0000 \u000Bdeux\u0008</title><link>https://x.example/1</link></item>"));
        Assert.Equal("Un deux", feed.Posts[0].Title);
        Assert.Equal("control-characters", Assert.Single(feed.Repairs).Code);
    }

    [Fact]
    public void A_DTD_defines_nothing_and_reads_no_file()
    {
        var feed = FeedSamples.Read("""
            <?xml version="1.0"?>
            <!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
            <rss version="2.0"><channel><title>&x;&lol2;</title><item><title>Un</title><link>https://x.example/1</link></item></channel></rss>
            """);
        Assert.Equal("&x;&lol2;", feed.Title);
        Assert.Contains(feed.Repairs, r => r.Code == "doctype");
        Assert.Single(feed.Posts);
    }

    [Fact]
    public void A_warning_of_the_sites_software_before_the_feed_is_left_out()
    {
        var feed = FeedSamples.Read("\n<br />\n<b>Warning</b>: mysql_connect() in <b>/www/x.php</b><br />\n" + FeedSamples.Rss(FeedSamples.Item(1)));
        Assert.Single(feed.Posts);
        Assert.Contains(feed.Repairs, r => r.Code == "text-before-feed");
    }

    [Fact]
    public void Namespaces_that_are_not_declared_or_misspelt_mean_the_usual_ones()
    {
        var feed = FeedSamples.Read("""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss"><channel><item><link>https://x.example/1</link><content:encoded><![CDATA[<p>Corps</p>]]></content:encoded><dc:creator>Ana</dc:creator><media:content url="https://x.example/a.jpg" type="image/jpeg"/></item></channel></rss>""");
        Assert.Equal(("<p>Corps</p>", "Ana", 1), (feed.Posts[0].Html, feed.Posts[0].Author, feed.Posts[0].Pictures.Count));
        Assert.Contains(feed.Repairs, r => r.Code == "namespace-undeclared");
    }

    [Theory]
    [InlineData("""<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>Un</r:title><r:link>https://x.example/1</r:link></r:item><r:item><r:title>Deux""")]
    [InlineData("""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><RSS><Channel><ITEM><Title>Un</title><Link>https://x.example/1</Link></item></channel></rss>""")]
    [InlineData("""<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><!-- <rss> --><rss><channel/><item><title>Un</title><link>https://x.example/1</link></item></rss>""")]
    public void Odd_frames_hold_items_all_the_same(string text) => Assert.Equal("Un", Assert.Single(FeedSamples.Read(text).Posts).Title);

    [Theory]
    [InlineData("<b>Gras</b> &amp; plus", "Gras & plus")]
    [InlineData("<b>Gras</b> &amp;amp; plus", "Gras & plus")]
    [InlineData("<![CDATA[L&#039;été &amp;amp; l&amp;rsquo;hiver]]>", "L'été & l’hiver")]
    [InlineData("&lt;b&gt;Gras&lt;/b&gt; &amp;amp; plus", "Gras & plus")]
    [InlineData("<![CDATA[<b>Gras</b> &amp; plus]]>", "Gras & plus")]
    [InlineData("<![CDATA[Gras &amp; plus]]>", "Gras & plus")]
    [InlineData("Gras &amp; plus", "Gras & plus")]
    [InlineData("Utiliser &lt;canvas&gt; en cours", "Utiliser <canvas> en cours")]
    [InlineData("\n  Sur \n deux   lignes ", "Sur deux lignes")]
    public void A_title_is_one_line_of_words(string written, string title) =>
        Assert.Equal(title, FeedSamples.Read(FeedSamples.Rss($"<item><title>{written}</title><link>https://x.example/1</link></item>")).Posts[0].Title);

    [Fact]
    public void One_guid_on_several_pages_is_no_identity()
    {
        static string Item(int n) => $"<item><title>A{n}</title><link>https://x.example/{n}</link><guid isPermaLink=\"false\">0</guid></item>";
        var feed = FeedSamples.Read(FeedSamples.Rss(Item(1) + Item(2)));
        Assert.Equal(["https://x.example/1", "https://x.example/2"], feed.Posts.Select(p => p.NativeId));
        Assert.Contains(feed.Repairs, r => r.Code == "id-not-unique");
    }

    [Fact]
    public void The_same_item_twice_is_one_post()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss(FeedSamples.Item(1) + FeedSamples.Item(1) + FeedSamples.Item(2)));
        Assert.Equal(["a1", "a2"], feed.Posts.Select(p => p.NativeId));
        Assert.Contains(feed.Repairs, r => r is { Code: "item-twice", Item: 2 });
    }

    [Fact]
    public void An_item_with_nothing_in_it_is_refused_alone()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1)}<item></item>{FeedSamples.Item(3)}"));
        Assert.Equal(["Article 1", "Article 3"], feed.Posts.Select(p => p.Title));
        Assert.Equal(("item-empty", 2), (feed.Refusals[0].Code, feed.Refusals[0].Item));
    }

    [Fact]
    public void An_item_known_only_by_its_words_keeps_its_identity()
    {
        var text = FeedSamples.Rss("<item><title>Avis</title><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><description>un</description></item>");
        var first = FeedSamples.Read(text).Posts[0];
        Assert.Equal(first.NativeId, FeedSamples.Read(text.Replace("un<", "deux<", StringComparison.Ordinal)).Posts[0].NativeId);
        Assert.False(first.IdIsGlobal);
    }

    [Fact]
    public void An_address_of_e_mail_is_not_shown_as_an_author()
    {
        Assert.Equal("Ana", FeedSamples.Read(FeedSamples.Rss("<item><title>x</title><link>https://x.example/1</link><author>ana@x.example (Ana)</author></item>")).Posts[0].Author);
        Assert.Null(FeedSamples.Read(FeedSamples.Rss("<item><title>x</title><link>https://x.example/1</link><author>ana@x.example</author></item>")).Posts[0].Author);
    }

    [Fact]
    public void Pictures_of_the_text_keep_their_alt_and_counters_are_no_pictures()
    {
        var post = FeedSamples.Read(FeedSamples.Rss("""
            <item><title>x</title><link>https://x.example/1</link><enclosure url="https://x.example/a.jpg" type="image/jpeg" length="1"/>
            <description><![CDATA[<img src="https://x.example/a.jpg" alt="Le marché"><img src="https://t.example/p.gif" width="1" height="1"><img src="data:image/gif;base64,R0" data-src="/b.jpg" alt="">]]></description></item>
            """)).Posts[0];
        Assert.Equal([("https://x.example/a.jpg", "Le marché"), ("https://www.saint-exemple.fr/b.jpg", null)], post.Pictures.Select(p => (p.Url, p.Alt)));
        Assert.DoesNotContain("t.example", post.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Emoji_that_are_pictures_stay_words_and_are_no_picture_of_the_item()
    {
        const string Emoji = "<img src=\"https://s.w.org/images/core/emoji/15.0.3/72x72/1f4c5.png\" alt=\"📅\" class=\"wp-smiley\" style=\"height: 1em; max-height: 1em;\" />";
        var post = FeedSamples.Read(FeedSamples.Rss($"<item><title><![CDATA[{Emoji} Agenda]]></title><link>https://x.example/1</link><description><![CDATA[<p>{Emoji} Samedi <img class=\"emoji\" alt=\"🎉\" src=\"/e.svg\"></p><img src=\"/affiche.jpg\" alt=\"L’affiche\">]]></description></item>")).Posts[0];
        Assert.Equal(("📅 Agenda", "📅 Samedi 🎉", "<p>📅 Samedi 🎉</p><img src=\"https://www.saint-exemple.fr/affiche.jpg\" alt=\"L’affiche\">"), (post.Title, post.Text, post.Html));
        Assert.Equal("L’affiche", Assert.Single(post.Pictures).Alt);
    }

    [Theory]
    [InlineData("width=\"1\" height=\"1\"")]
    [InlineData("width=1px")]
    [InlineData("height=\"0\"")]
    [InlineData("style=\"width:1px; height: 1px !important;\"")]
    [InlineData("style=\"border:0;HEIGHT:0\"")]
    public void A_picture_that_nobody_can_see_is_none(string size)
    {
        var post = FeedSamples.Read(FeedSamples.Rss(FeedSamples.Item(1, $"<description><![CDATA[<p>Un</p><img src=\"https://t.example/o.gif\" {size}>]]></description>"))).Posts[0];
        Assert.Equal(("<p>Un</p>", 0), (post.Html, post.Pictures.Count));
    }

    [Fact]
    [Trait("run", "thorough")]
    public void Beyond_three_million_characters_of_HTML_an_item_becomes_its_words()
    {
        var much = string.Concat(Enumerable.Repeat("<p title=\"a > b\">Un <b>texte</b> de 3 < 4 m<sup>2</sup>,<br>&eacute;crit</p><!-- <i>non</i> --><style>p { }</style>", 1300));
        var feed = FeedSamples.Read(FeedSamples.Rss(string.Concat(Enumerable.Range(1, 25).Select(i => FeedSamples.Item(i, $"<content:encoded><![CDATA[{much}]]></content:encoded>"))) + FeedSamples.Item(26, "<description><![CDATA[<p>Court</p>]]></description>")));
        Assert.True(25 * much.Length > 3_000_000 && much.Length < 150_000);
        Assert.StartsWith("Un texte de 3 < 4 m2,\nécrit\n\nUn texte", feed.Posts[0].Text, StringComparison.Ordinal);
        Assert.All(feed.Posts.Take(25), post => Assert.Equal(feed.Posts[0].Text, post.Text));
        Assert.All(feed.Posts.Take(25), post => Assert.DoesNotContain("&lt;b", post.Html, StringComparison.Ordinal));
        Assert.Contains(feed.Repairs, repair => repair is { Code: "html-simplified", Item: 25 });
        // What is short has room left, and is read as ever.
        Assert.Equal("<p>Court</p>", feed.Posts[25].Html);
        Assert.DoesNotContain(feed.Repairs, repair => repair.Item == 26);
    }

    [Fact]
    public void Pictures_that_are_written_into_a_text_make_it_no_longer()
    {
        var data = new string('A', 200_000);
        var feed = FeedSamples.Read(FeedSamples.Rss(string.Concat(Enumerable.Range(1, 20).Select(i => FeedSamples.Item(i, $"<description><![CDATA[<p>Un <b>texte</b></p><img src=\"data:image/png;base64,{data}\" alt=\"Data: les chiffres, tous\"><a href=\"/suite\">Suite</a>]]></description>")))));
        Assert.All(feed.Posts, post => Assert.Equal("<p>Un <b>texte</b></p><a href=\"https://www.saint-exemple.fr/suite\">Suite</a>", post.Html));
        Assert.Empty(feed.Repairs);
    }

    [Theory]
    [InlineData("<style>p { color: red }</style>Texte<script>if (a < b) x();</script> suite", "Texte suite")]
    [InlineData("Un<p>deux</p>trois", "Un\n\ndeux\n\ntrois")]
    [InlineData("Un <a href=\"https://x.example/?a>b\">lien</a>", "Un lien")]
    [InlineData("Un <script>sans fin", "Un")]
    [InlineData("Un <!-- sans fin", "Un")]
    [InlineData("Un &lt;b&gt; <b", "Un <b>")]
    public void The_words_of_markup_too_wild_to_be_read_hold_none_of_it(string html, string words) =>
        Assert.Equal(words, FeedSamples.Read(FeedSamples.Rss($"<item><title>x</title><link>https://x.example/1</link><description><![CDATA[{html}{string.Concat(Enumerable.Repeat("<i>", 200))}]]></description></item>")).Posts[0].Text);

    [Theory]
    [InlineData("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://x.example/1","title":"Un"},{"id":"2","url":"https://x.example/2","ti""", 1)]
    [InlineData("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://x.example/1",},{"id":"2","url":"https://x.example/2"},]}""", 2)]
    [InlineData("""{"items":[{"id":"1","url":"https://x.example/1"}]}""", 1)]
    [InlineData("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://x.example/1","title":"a\ud83db"}]}""", 1)]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"url\":\"https://x.example/1\",\"title\":\"a\nb\"}]}", 1)]
    [InlineData("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://x.example/1"},3,null,{"id":"2","url":"https://x.example/2"}]}""", 2)]
    public void Broken_JSON_gives_the_items_that_are_whole(string text, int count)
    {
        var feed = FeedSamples.Read(text);
        Assert.Equal(count, feed.Posts.Count);
        Assert.Equal("https://x.example/1", feed.Posts[0].Url);
    }

    [Fact]
    public void More_than_two_hundred_items_are_not_read()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss(string.Concat(Enumerable.Range(1, 250).Select(i => FeedSamples.Item(i)))));
        Assert.Equal(WebFeed.MostItems, feed.Posts.Count);
        Assert.Contains(feed.Repairs, r => r.Code == "too-many-items");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Of_a_long_feed_the_newest_items_are_read_in_whichever_order_it_is_written(bool isOldestFirst, bool isJson)
    {
        var first = new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
        // One of them is pinned at the head.
        var numbers = (isOldestFirst ? Enumerable.Range(1, 250) : Enumerable.Range(1, 250).Reverse()).Prepend(120).Distinct().ToList();
        var feed = FeedSamples.Read(isJson
            ? FeedSamples.Json([.. numbers.Select(i => FeedSamples.JsonItem(i)[..^1] + $",\"date_published\":\"{first.AddDays(i):yyyy-MM-dd}\"}}")])
            : FeedSamples.Rss(string.Concat(numbers.Select(i => FeedSamples.Item(i, $"<pubDate>{first.AddDays(i):r}</pubDate>")))));
        Assert.Equal(WebFeed.MostItems, feed.Posts.Count);
        Assert.Contains(feed.Posts, post => post.NativeId == "a250");
        Assert.DoesNotContain(feed.Posts, post => post.NativeId == "a1");
        Assert.Contains(isOldestFirst ? "last" : "first", Assert.Single(feed.Repairs, repair => repair.Code == "too-many-items").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_that_is_only_of_the_last_change_is_said_to_be_one()
    {
        var feed = FeedSamples.Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Ville</title>
            <entry><id>1</id><title>Un</title><link href="https://x.example/1"/><updated>2026-11-24T10:00:00Z</updated></entry>
            <entry><id>2</id><title>Deux</title><link href="https://x.example/2"/><published>2026-11-24T10:00:00Z</published><updated>2026-11-24T10:00:00Z</updated></entry>
            <entry><id>3</id><title>Trois</title><link href="https://x.example/3"/></entry></feed>
            """);
        Assert.Equal([true, false, false], feed.Posts.Select(post => post.IsDateOfChange));
    }
}
