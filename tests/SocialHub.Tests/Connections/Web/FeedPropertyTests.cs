using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

public sealed class FeedPropertyTests
{
    private static readonly string[] Scraps =
    [
        "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "<!ENTITY", "]>", "<?", "?>", "<", ">", "&", "&amp;", "&eacute;", "&#0;", "&#x1F600;", "&#99999999999;", "\"", "'", "=", "</", "/>", " ", "\n",
        "<title>", "</title>", "<description>", "</description>", "<a href=\"", "<b>", "</b>", "<p>", "<img src=", "<x:y", "xmlns=\"", "</channel>", "</rss>", "<channel>", "<rss>", "</div>", "\u0000", "\uFFFE", "été", "😀", "<media:content url='", "<pubDate>", "<guid>", "texte",
    ];

    private static readonly Gen<string> Soup = Gen.OneOf(Scraps).Array[0, 30].Select(string.Concat);

    [Fact]
    public void Any_bytes_at_all_give_an_answer() => Gen.Byte.Array[0, 400].Sample(bytes => Assert.True(FeedSamples.Read(bytes).Posts.Count <= WebFeed.MostItems));

    [Fact]
    public void Any_scraps_of_markup_give_an_answer() => Gen.Select(Soup, Soup, (a, b) => $"<rss><channel>{a}<item>{b}").Sample(text => Bounded(FeedSamples.Read(text)));

    [Fact]
    public void Any_damage_to_a_feed_gives_an_answer()
    {
        var sound = Encoding.UTF8.GetBytes(FeedSamples.Rss(FeedSamples.Item(1, "<description><![CDATA[<p>é</p>]]></description>") + FeedSamples.Item(2) + FeedSamples.Item(3)));
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte.Array[0, 8], Gen.Int[0, 40]).Sample((at, bytes, removed) =>
            Bounded(FeedSamples.Read([.. sound[..at], .. bytes, .. sound[Math.Min(sound.Length, at + removed)..]])));
    }

    [Fact]
    public void Neighbours_of_a_broken_item_are_read() => Soup.Sample(inside =>
    {
        var feed = FeedSamples.Read(FeedSamples.Rss($"{FeedSamples.Item(1, "<description><![CDATA[<p>un</p>]]></description>")}<item>{inside}</item>{FeedSamples.Item(3, "<description><![CDATA[<p>trois</p>]]></description><!-- fin --><enclosure url=\"https://x.example/a.jpg\" type='image/jpeg'/>")}"));
        Assert.Contains(feed.Posts, p => p is { NativeId: "a1", Title: "Article 1", Text: "un" });
        Assert.Contains(feed.Posts, p => p is { NativeId: "a3", Title: "Article 3", Text: "trois", Pictures.Count: 1 });
    });

    [Fact]
    public void Neighbours_of_a_broken_JSON_item_are_read() => Gen.OneOf("{", "}", "\"", "[", "]", ",", ":", "\\", "\n", "x", "\"id\"", "\"title\"", "null", "\\ud800", "{\"a\":1}").Array[0, 12].Select(string.Concat).Sample(inside =>
    {
        // A whole line of JSON each, as programs write it.
        var feed = FeedSamples.Read(FeedSamples.Json(FeedSamples.JsonItem(1), "\n{\"id\":\"a2\"," + inside + "}", "\n" + FeedSamples.JsonItem(3)));
        Assert.Contains(feed.Posts, p => p.NativeId == "a1");
        Assert.Contains(feed.Posts, p => p is { NativeId: "a3", Title: "Article 3" });
    });

    [Fact]
    public void What_an_XML_reader_accepts_is_read_as_it_reads_it_and_needs_no_repair()
    {
        var text = Gen.OneOf("a", "é", " ", "\n", "&lt;", "&amp;", "&#233;", "<![CDATA[<x> & y]]>", "<!-- c -->", "<?p i?>", "'", "\"", "]]&gt;", "😀").Array[0, 6].Select(string.Concat);
        var attribute = Gen.OneOf("", " a=\"1\"", " b='x &amp; \"y\"'", " c = \"é\tz\"", " xml:lang=\"fr\"", " xmlns:q=\"urn:q\"");
        var tree = Gen.Recursive<string>((depth, inner) => depth > 3
            ? text
            : Gen.Select(Gen.OneOf("a", "b", "Cd", "e-f", "title"), attribute, Gen.OneOf(text, inner).Array[0, 3].Select(string.Concat), (n, a, c) => c.Length == 0 ? $"<{n}{a}/>" : $"<{n}{a}>{c}</{n}\n>"));
        tree.Select(t => $"<root>{t}</root>").Sample(xml =>
        {
            var notes = new FeedNotes();
            var mine = ForgivingXml.Parse(xml, notes);
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var theirs = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            Assert.Equal(Shape(theirs.Root!), Shape(Assert.Single(mine.Elements)));
            Assert.Empty(notes.Repairs);
        });
    }

    [Theory]
    [InlineData("<br '", "<div>", "'>")]
    [InlineData("<br =\">", "<div>", "\">")]
    [InlineData("<3 '", "<b><p>", "'>")]
    public void What_a_stray_quote_seems_to_hold_is_measured_too(string before, string bomb, string behind)
    {
        var html = before + new StringBuilder().Insert(0, bomb, 140_000 / bomb.Length) + "Bonjour" + behind;
        var feed = FeedSamples.Read(FeedSamples.Rss($"<item><title>x</title><link>https://x.example/1</link><description>{FeedMarkup.Escape(html)}</description></item>"));
        Assert.Contains(feed.Repairs, repair => repair.Code == "html-simplified");
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("<b>")]
    [InlineData("<div>")]
    [InlineData("<p><b><i>")]
    [InlineData("<a href='x' ")]
    [InlineData("<table><tr><td>")]
    [InlineData("&")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<item>")]
    [InlineData("<item><![CDATA[</item>")]
    [InlineData("<?")]
    [InlineData("<!")]
    [InlineData("<a b=\"")]
    [InlineData("<x:y xmlns:x='u'>")]
    [InlineData("&lt;b id=1&gt;&lt;p&gt;")]
    [InlineData("</x>")]
    [InlineData("<![CDATA[<![CDATA[")]
    [InlineData("[vc_ ")]
    [InlineData("&lt;img src=&quot;data:x,")]
    [InlineData("&lt;svg&gt;")]
    [InlineData("&lt;div&gt;x")]
    [InlineData("&lt;a")]
    [InlineData("&lt;a '&gt;&quot;")]
    [InlineData("&#55357;")]
    [InlineData("Ã©Â")]
    public void Half_a_megabyte_of_one_trick_costs_little_time_and_no_stack(string trick)
    {
        // Cut off in the middle, whole, and short enough that its HTML is parsed, ten items of it.
        var few = new StringBuilder().Insert(0, trick, Math.Max(1, 140_000 / System.Net.WebUtility.HtmlDecode(trick).Length)).ToString();
        var many = new StringBuilder().Insert(0, trick, 500_000 / trick.Length).ToString();
        foreach (var items in new[] { "<item><description>" + many, Item(many), string.Concat(Enumerable.Repeat(Item(few), 10)) })
        {
            var bytes = Encoding.UTF8.GetBytes("<rss><channel>" + items + "</channel></rss>");
            // Not a benchmark: what grows with the square of the text would need hours.
            Assert.InRange(ProcessorTime.Of(() => Bounded(FeedSamples.Read(bytes))).TotalSeconds, 0, 20);
        }

        static string Item(string text) => $"<item><title>x</title><link>https://x.example/1</link><description>{text}</description></item>";
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("{\"items\":[")]
    [InlineData("{\"items\":[{\"id\":\"1\",\"a\":[")]
    [InlineData("{\"items\":[{\"id\":\"1\",\"a\":{")]
    public void Deep_or_endless_JSON_costs_little(string start)
    {
        foreach (var trick in new[] { "[", "{\"a\":", "{", ",{", "\"", "{},", "{\"id\":," })
            Bounded(FeedSamples.Read(Encoding.UTF8.GetBytes(start + new StringBuilder().Insert(0, trick, 50_000 / trick.Length))));
    }

    private static void Bounded(WebFeed feed)
    {
        Assert.True(feed.Posts.Count <= WebFeed.MostItems && feed.Repairs.Count <= 400 && feed.Refusals.Count <= 400);
        Assert.All(feed.Posts, p =>
        {
            Assert.True(p.Html.Length <= 30_000 && p.Text.Length <= 30_000 && p.NativeId.Length is > 0 and <= 1000);
            Assert.True(Uri.TryCreate(p.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");
            Assert.DoesNotContain("<script", p.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("javascript:", p.Html, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static string Shape(XElement e) =>
        $"({e.Name.LocalName.ToLowerInvariant()}{string.Concat(e.Attributes().Select(a => $" {Prefixed(a)}={a.Value}"))}:{string.Concat(e.Nodes().Select(n => n is XElement c ? Shape(c) : n is XText t ? t.Value : ""))})";

    private static string Prefixed(XAttribute a) => a.IsNamespaceDeclaration ? "xmlns:" + a.Name.LocalName : a.Name.Namespace == XNamespace.Xml ? "xml:" + a.Name.LocalName : a.Name.LocalName;

    private static string Shape(FeedElement e) =>
        $"({e.RawName.ToLowerInvariant()}{string.Concat(e.Attributes.Select(a => $" {a.Key}={a.Value}"))}:{string.Concat(e.Children.Select(c => c is FeedElement inner ? Shape(inner) : (string)c))})";
}
