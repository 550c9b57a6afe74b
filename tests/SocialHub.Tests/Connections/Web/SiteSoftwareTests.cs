using System.Globalization;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Tests.Connections.Web;

/// <summary>Habits of the software that sites run on.</summary>
public sealed class SiteSoftwareTests
{
    [Fact]
    public void Drupal_repeats_title_account_and_date_before_a_text()
    {
        var post = Item("""
            <title>Fête de la musique</title><dc:creator>jdupont</dc:creator><pubDate>Mon, 01 Mar 2027 08:00:00 +0000</pubDate><description>&lt;span property="schema:name"&gt;Fête de la musique&lt;/span&gt;
            &lt;span rel="schema:author"&gt;&lt;span about="/user/12"&gt;jdupont&lt;/span&gt;&lt;/span&gt;
            &lt;span property="schema:dateCreated"&gt;lun 01/03/2027 - 09:00&lt;/span&gt;
            &lt;div&gt;&lt;p&gt;&lt;span&gt;Le 21 juin&lt;/span&gt;, place du marché.&lt;/p&gt;&lt;/div&gt;</description>
            """);
        Assert.Equal(("Fête de la musique", "<p>Le 21 juin, place du marché.</p>", "Le 21 juin, place du marché."), (post.Title, post.Html, post.Text));
        // A date that somebody wrote is what it tells, whatever day it is.
        Assert.Equal("Réunion publique le 2 mars 2027 à 18h30 salle des fêtes", Item("<title>Réunion</title><pubDate>Mon, 01 Mar 2027 20:00:00 +0000</pubDate><description>&lt;span style=\"color:red\"&gt;Réunion publique le 2 mars 2027 à 18h30&lt;/span&gt; salle des fêtes</description>").Text);
        Assert.Equal("lun 08/03/2027 - 09:00 Marché", Item("<title>Marché</title><pubDate>Mon, 01 Mar 2027 08:00:00 +0000</pubDate><description>&lt;span&gt;lun 08/03/2027 - 09:00&lt;/span&gt; Marché</description>").Text);
    }

    [Fact]
    public void Marks_of_builders_and_comments_are_no_text_without_tags_either()
    {
        Assert.Equal("Texte", Item("<title>x</title><description><![CDATA[[vc_row][vc_column_text]\n\nTexte\n\n[/vc_column_text][/vc_row]]]></description>").Text.Trim());
        Assert.DoesNotContain("more", Item("<title>x</title><description><![CDATA[Intro\n\n<!--more-->\n\nSuite]]></description>").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_looks_like_a_button_stays_a_link()
    {
        var post = Item("<title>x</title><description><![CDATA[<p><a href=\"https://x.example/inscription\"><button>S'inscrire</button></a></p>]]></description>");
        Assert.Equal(("S'inscrire", "<p><a href=\"https://x.example/inscription\">S'inscrire</a></p>"), (post.Text, post.Html));
    }

    [Fact]
    public void A_sentence_that_speaks_of_an_article_is_no_origin()
    {
        var post = Item("<title>Conseil</title><description>Le conseil a adopté l'article 5 du règlement. Il entre en vigueur lundi. L’article Conseil est apparu en premier sur Ville.</description><content:encoded><![CDATA[<p>Tout le texte du compte rendu.</p>]]></content:encoded>");
        Assert.Equal("Le conseil a adopté l'article 5 du règlement. Il entre en vigueur lundi.", post.Summary);
    }

    [Fact]
    public void SPIP_links_to_the_section_behind_a_summary()
    {
        const string Summary = "\n&lt;p&gt;Les inscriptions ouvrent (...)&lt;/p&gt;\n\n\n-\n&lt;a href=\"https://www.saint-exemple.fr/rubrique5\" rel=\"directory\"&gt;École&lt;/a&gt;\n";
        var alone = Item($"<title>x</title><description>{Summary}</description>");
        var beside = Item($"<title>x</title><description>{Summary}</description><content:encoded>&lt;div class='rss_texte'&gt;&lt;p&gt;Dossier à retirer.&lt;/p&gt;&lt;a href='/d.pdf'&gt;&lt;img src='/pdf-1.svg' width='64' height='64' alt='' /&gt;&lt;/a&gt;&lt;/div&gt;</content:encoded>");
        Assert.Equal(("Les inscriptions ouvrent (...)", "Les inscriptions ouvrent…"), (alone.Text, alone.Summary));
        Assert.Equal(("Dossier à retirer.", "Les inscriptions ouvrent…", 0), (beside.Text, beside.Summary, beside.Pictures.Count));
    }

    [Fact]
    public void WordPress_says_where_an_excerpt_comes_from_also_where_it_is_all_there_is()
    {
        var post = Item("<title>x</title><description><![CDATA[<p>Le bassin rouvre [&#8230;]</p><p>L’article <a href=\"/x\">La piscine</a> est apparu en premier sur <a href=\"/\">Ville</a>.</p>]]></description>");
        Assert.Equal(("Le bassin rouvre […]\n\nL’article La piscine est apparu en premier sur Ville.", "Le bassin rouvre…"), (post.Text, post.Summary));
    }

    [Fact]
    public void Marks_of_page_builders_that_are_not_at_work_are_no_words()
    {
        var post = Item("<title>x</title><description><![CDATA[[et_pb_section fb_built=\"1\"][et_pb_text]Lundi[/et_pb_text]]]></description><content:encoded><![CDATA[[vc_row][vc_column]<p>La piscine [sans eau] rouvre</p>[/vc_column][/vc_row]]]></content:encoded>");
        Assert.Equal(("<p>La piscine [sans eau] rouvre</p>", "Lundi"), (post.Html, post.Summary));
    }

    [Fact]
    public void Facebooks_address_that_counts_who_goes_gives_way_to_the_page()
    {
        var post = Item("<title>x</title><description><![CDATA[<img src=\"https://static.xx.fbcdn.net/images/emoji.php/v9/1f4c5.png\" alt=\"📅\" width=\"16\"> <a href=\"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.ville.fr%2Fagenda%3Fa%3D1%26b%3D2&amp;h=AT0\">Agenda</a> <a href=\"https://l.facebook.com/l.php?u=javascript%3Ax\">non</a>]]></description>");
        Assert.Equal(["https://www.saint-exemple.fr/article", "https://www.ville.fr/agenda?a=1&b=2", "https://l.facebook.com/l.php?u=javascript%3Ax"], post.Links);
        Assert.StartsWith("📅 <a href=\"https://www.ville.fr/agenda?a=1&amp;b=2\">Agenda</a>", post.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hidden_line_of_a_newsletter_is_not_shown()
    {
        var post = Item("<title>x</title><description><![CDATA[<html><body><span style=\"display:none; font-size:0px; max-height:0px\">Au sommaire</span><div style=\"display:none\">Un volet fermé</div><p>La piscine rouvre.</p></body></html>]]></description>");
        Assert.Equal("Un volet fermé\n\nLa piscine rouvre.", post.Text);
    }

    [Fact]
    public void A_small_thumbnail_gives_way_to_the_pictures_of_the_text_and_a_group_is_one_picture()
    {
        const string Thumbnail = "<media:thumbnail url=\"https://x.example/s72/p.jpg\" width=\"72\" height=\"72\"/>";
        Assert.Equal(["https://x.example/s400/p.jpg"], Pictures(Item($"<title>x</title>{Thumbnail}<description>&lt;img src=\"https://x.example/s400/p.jpg\" width=\"400\"&gt;</description>")));
        Assert.Equal(["https://x.example/s72/p.jpg"], Pictures(Item($"<title>x</title>{Thumbnail}<description>Rien</description>")));
        Assert.Equal(["https://x.example/l.jpg"], Pictures(Item("<title>x</title><media:group><media:content url=\"https://x.example/s.jpg\" width=\"100\" medium=\"image\"/><media:content url=\"https://x.example/l.jpg\" width=\"1600\" medium=\"image\"/></media:group>")));
        Assert.Equal(["https://x.example/f.jpg"], Pictures(Item("<title>x</title><enclosure url=\"https://x.example/f.jpg\" type=\"application/octet-stream\"/>")));
        Assert.Equal(["https://www.saint-exemple.fr/h-900.jpg"], Pictures(Item("<title>x</title><description>&lt;img srcset=\"/h-300.jpg 300w, /h-900.jpg 900w\" alt=\"H\"&gt;</description>")));

        Assert.Equal(["https://www.saint-exemple.fr/h.jpg"], Pictures(Item("<title>x</title><description>&lt;img srcset=\"/h-900.jpg 900w\"&gt;&lt;noscript&gt;&lt;img src=\"/h.jpg\"&gt;&lt;/noscript&gt;</description>")));

        static IEnumerable<string> Pictures(Post post) => post.Pictures.Select(picture => picture.Url);
    }

    [Theory]
    [InlineData("Venez nombreux&nbsp;! À 5&nbsp;€,&nbsp;« ici&nbsp;»", "Venez nombreux\u00A0! À 5\u00A0€, « ici\u00A0»")]
    [InlineData("Un&nbsp;texte &nbsp; collé&nbsp;", "Un texte collé")]
    [InlineData("12\u202F000\u202Fhabitants&#160;:", "12\u202F000\u202Fhabitants\u00A0:")]
    public void Spaces_that_may_not_break_stay_where_typography_wants_them(string written, string words)
    {
        var post = Item($"<title><![CDATA[{written}]]></title><description><![CDATA[<p>{written}</p><p>&nbsp;</p>]]></description>");
        Assert.Equal((words, words), (post.Title, post.Text));
    }

    [Theory]
    [InlineData("&#55357;&#56517; Agenda")]
    [InlineData("<![CDATA[&#xD83D;&#xdcc5; Agenda]]>")]
    [InlineData("&#128197; Agenda")]
    public void An_emoji_that_is_written_in_halves_is_whole(string written)
    {
        var post = Item($"<title>{written}</title><description>{written}</description>");
        Assert.Equal(("📅 Agenda", "📅 Agenda"), (post.Title, post.Text));
    }

    [Fact]
    public void Lines_that_are_boxes_are_paragraphs_and_no_one_word()
    {
        var post = Item("<title>x</title><description><![CDATA[<div class=\"a\"><div>Lundi <b>9 h</b></div><div>Mardi</div><div><br></div><section><h2>Titre</h2><div></div></section><details><summary>Horaires</summary><div>10 h</div></details><video src=\"/v.mp4\">Votre navigateur ne lit pas</video><form><button>Chercher</button></form></div>]]></description>");
        Assert.Equal("<p>Lundi <b>9 h</b></p><p>Mardi</p><br><h2>Titre</h2><p>Horaires</p><p>10 h</p>", post.Html);
        Assert.Equal("Lundi 9 h\n\nMardi\n\nTitre\n\nHoraires\n\n10 h", post.Text);
    }

    [Fact]
    public void A_footnote_of_a_text_is_no_link_to_the_front_page()
    {
        var post = Item("<title>x</title><description><![CDATA[<p>Voté<a href=\"#nb1\">1</a> <a href=\"/b#nb1\">là</a></p>]]></description>");
        Assert.Equal(("<p>Voté<a>1</a> <a href=\"https://www.saint-exemple.fr/b#nb1\">là</a></p>", 2), (post.Html, post.Links.Count));
    }

    [Fact]
    public void A_title_holds_nothing_that_nobody_sees() => Assert.Equal("La piscine", Item("<title>La\u200B pis\u00ADcine\uFEFF</title>").Title);

    [Fact]
    public void A_text_without_a_tag_keeps_the_paragraphs_that_it_is_written_in()
    {
        var post = Item("<title>x</title><description>Samedi 6 mars\n\n- marché\n- l&amp;rsquo;orchestre\n\nRenseignements &lt;mairie@ys.fr&gt;</description>");
        Assert.Equal("Samedi 6 mars\n\n- marché\n- l’orchestre\n\nRenseignements <mairie@ys.fr>", post.Text);
        Assert.Equal("<p>Samedi 6 mars</p><p>- marché<br>- l’orchestre</p><p>Renseignements &lt;mairie@ys.fr&gt;</p>", post.Html);
        Assert.Equal("Une phrase sur deux lignes", Item("<title>x</title><description>\n  Une phrase\n  sur deux lignes\n\n</description>").Text);
    }

    [Theory]
    [InlineData("<![CDATA[<p>un</p><script><![CDATA[ var x = 1 < 2; ]]></script><p>deux</p>]]>", "<p>un</p><p>deux</p>")]
    [InlineData("<![CDATA[a <![CDATA[ b <![CDATA[ c ]]> d ]]> e]]>", "a  b  c  d  e")]
    [InlineData("&lt;![CDATA[&lt;p&gt;échappé&lt;/p&gt;]]&gt;", "<p>échappé</p>")]
    public void A_section_inside_another_ends_with_the_outer_one(string description, string html)
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1)}<item><title>x</title><link>/2</link><description>{description}</description></item>{FeedSamples.Item(3, "<description><![CDATA[x]]></description>")}"));
        Assert.Equal(["", html, "x"], feed.Posts.Select(post => post.Html));
    }

    [Fact]
    public void Letters_that_were_encoded_twice_are_put_right_and_real_ones_left()
    {
        var feed = FeedSamples.Read(FeedSamples.Rss("<item><title>FÃªte de lâ€™Ã©tÃ© ðŸŽ‰</title><link>/1</link><description>à 20 h, déjà</description></item>"));
        Assert.Equal(("Fête de l’été 🎉", "à 20 h, déjà"), (feed.Posts[0].Title, feed.Posts[0].Text));
        Assert.Contains(feed.Repairs, repair => repair.Code == "encoding-twice");
        foreach (var real in (string[])["São João: NÃO, IRMÃ… Ã©Ã©", "«À CAFÉ» pâté…», « Ô »", "Un seul Ã©"])
            Assert.Equal(real, Item($"<title>{real}</title>").Title);
    }

    [Theory]
    [InlineData("http://x.example/a?b=1&amp;amp;c=2", "http://x.example/a?b=1&c=2")]
    [InlineData("<![CDATA[http://x.example/a?b=1&amp;c=2]]>", "http://x.example/a?b=1&c=2")]
    [InlineData("https://https://x.example/a", "https://x.example/a")]
    [InlineData("http://https://x.example/a", "https://x.example/a")]
    [InlineData("https://archive.example/web/https://x.example/a", "https://archive.example/web/https://x.example/a")]
    public void Addresses_that_were_escaped_or_pasted_twice_lead_to_their_page(string link, string url) =>
        Assert.Equal(url, FeedSamples.Read(FeedSamples.Rss($"<item><title>x</title><link>{link}</link></item>")).Posts[0].Url);

    [Theory]
    [InlineData("L&#8217;été &#8211; fin", "L’été – fin")]
    [InlineData("Vie &amp; ville", "Vie & ville")]
    [InlineData("AT&T; et <b>", "AT&T; et <b>")]
    [InlineData("Écrire &lt;b&gt; &amp; co", "Écrire &lt;b&gt; &amp; co")]
    public void References_that_a_plug_in_left_in_a_JSON_title_are_read(string written, string title) =>
        Assert.Equal(title, FeedSamples.Read(FeedSamples.Json($$"""{"id":"1","url":"https://x.example/1","title":"{{written}}"}""")).Posts[0].Title);

    [Fact]
    public void Atoms_content_that_is_no_text_gives_way_to_its_summary()
    {
        var post = FeedSamples.Read("""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Image</title><link href="/3"/><content type="image/png">iVBORw0KGgo=</content><summary>Légende</summary></entry></feed>""").Posts[0];
        Assert.Equal(("Légende", null), (post.Text, post.Summary));
    }

    [Theory]
    [InlineData("2027/03/03 10:00:00", "2027-03-03T09:00:00")]
    [InlineData("2027-03-03T10:00:00+01:00[Europe/Paris]", "2027-03-03T09:00:00")]
    [InlineData("03/01/2027 08:00:00 AM", "2027-03-01T07:00:00")]
    [InlineData("01/03/2027 08:00:00", "2027-03-01T07:00:00")]
    [InlineData("lun., 03 mars 2027 10:00:00 +0100", "2027-03-03T09:00:00")]
    [InlineData("Thu, 1 Jan 1970 00:00:00 GMT", null)]
    [InlineData("1970-01-01", null)]
    [InlineData("Mon, 30 Nov -0001 00:00:00 +0000", null)]
    public void Dates_of_these_are_read_and_one_that_nobody_set_is_none(string written, string? utc) =>
        Assert.Equal(utc, FeedDates.Parse(written, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"))?.ToString("s", CultureInfo.InvariantCulture));

    private static Post Item(string inside) => Assert.Single(FeedSamples.Read(FeedSamples.Rss($"<item><link>https://www.saint-exemple.fr/article</link>{inside}</item>")).Posts);
}
