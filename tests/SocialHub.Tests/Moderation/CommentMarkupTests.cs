using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using SocialHub.Moderation.Markup;
using SocialHub.Moderation.Rules;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class CommentMarkupTests
{
    private static readonly string[] Elements = ["p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"];

    [Theory]
    [InlineData("Bonjour", "<p>Bonjour</p>")]
    [InlineData("un\ndeux\n\ntrois", "<p>un<br>\ndeux</p>\n<p>trois</p>")]
    [InlineData("*un* **deux** `trois`", "<p><em>un</em> <strong>deux</strong> <code>trois</code></p>")]
    [InlineData("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>")]
    [InlineData("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>")]
    [InlineData("3. un\n4. deux", "<ol start=\"3\">\n<li>un</li>\n<li>deux</li>\n</ol>")]
    [InlineData("[site](https://a.example/?b=1&c=2)", "<p><a href=\"https://a.example/?b=1&amp;c=2\" rel=\"nofollow ugc noopener\">site</a></p>")]
    [InlineData("voir https://a.example.", "<p>voir <a href=\"https://a.example\" rel=\"nofollow ugc noopener\">https://a.example</a>.</p>")]
    [InlineData("# Pas de titre", "<p># Pas de titre</p>")]
    [InlineData("titre\n===", "<p>titre<br>\n===</p>")]
    [InlineData("![la photo](https://a.example/x.png)", "<p>la photo</p>")]
    [InlineData("<b>gras</b> & 1 < 2", "<p>&lt;b&gt;gras&lt;/b&gt; &amp; 1 &lt; 2</p>")]
    [InlineData("&lt; reste écrit", "<p>&amp;lt; reste écrit</p>")]
    [InlineData("    pas de code", "<p>pas de code</p>")]
    [InlineData("", "")]
    public void The_small_markdown_of_comments(string text, string html) => Assert.Equal(html, CommentMarkup.Render(text).TrimEnd('\n'));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](/relatif)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](https://ville.example@evil.example/)")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    public void A_link_that_is_no_plain_web_address_leads_nowhere(string text) => Assert.DoesNotContain("href", CommentMarkup.Render(text), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"[x](https\://evil.example/)")]
    [InlineData("[x](https&#58;//evil.example/)")]
    [InlineData(@"[x](https:\/\/evil.example/)")]
    [InlineData("[x](https&colon;&sol;&sol;evil&period;example/)")]
    [InlineData(@"https://evil.example.ville.example [x](https\://evil.example/)")]
    [InlineData("[x]\n\n[x]: https\\://evil.example")]
    public void A_link_that_no_rule_saw_leads_nowhere(string text) => Assert.DoesNotContain("evil.example", HostsOf(CommentMarkup.Render(text)));

    [Theory]
    [InlineData(@"[x](https://a.example/Saint\_Exemple)", "https://a.example/Saint_Exemple")]
    [InlineData("[x](HTTPS://A.example/)", "HTTPS://A.example/")]
    [InlineData("<https://a.example/>", "https://a.example/")]
    [InlineData("voir www.a.example", "http://www.a.example")]
    [InlineData("[x]\n\n[x]: https://a.example", "https://a.example")]
    [InlineData("[x](https://mairié.example/)", "https://xn--mairi-fsa.example/")]
    public void A_link_that_rules_see_leads_there(string text, string address) => Assert.Contains($"href=\"{address}\"", CommentMarkup.Render(text), StringComparison.Ordinal);

    [Fact]
    [Trait("run", "thorough")]
    public void Whatever_readers_can_follow_was_seen_by_the_rules() => Gen.OneOf(
            "[x](", ")", "<", ">", "[x]: ", "[x]", "\n", " ", "https", "HTTP", "www.", ":", "\\:", "&#58;", "//", "\\/", "/", "@", "a.example", "evil.top", ".", "mairie.fr", "\u200b", "é", "?", "#", "*", "`")
        .Array[1, 14].Select(string.Concat)
        .Sample(text =>
        {
            var seen = LinkFinder.Hosts(text);
            Assert.All(HostsOf(CommentMarkup.Render(text)), host => Assert.Contains(host, seen));
        }, iter: 20_000);

    private static List<string> HostsOf(string html) => [.. new HtmlParser().ParseDocument(html).Links.Select(link => LinkFinder.AsciiHost(new Uri(link.GetAttribute("href")!).Host)!)];

    [Fact]
    public void Whatever_goes_in_no_active_content_comes_out() => Payloads.Mutated.Sample(text => AssertHarmless(CommentMarkup.Render(text)), iter: 400);

    [Fact]
    public void No_payload_of_the_corpus_comes_out_active()
    {
        Assert.True(Payloads.All.Count >= 120);
        Assert.All(Payloads.All, payload => AssertHarmless(CommentMarkup.Render(payload)));
    }

    [Fact]
    public void The_sanitizer_alone_holds_even_if_the_markdown_writer_had_a_hole() => Payloads.Mutated.Sample(text => AssertHarmless(MarkupSanitizer.Clean(text)), iter: 400);

    [Fact]
    public void Any_string_renders_within_the_size_that_a_row_holds() => AnyText.Strings.Sample(text => AssertHarmless(CommentMarkup.Render(text)), iter: 1_000);

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("*a ")]
    [InlineData("**a _")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("](")]
    [InlineData("[a](")]
    [InlineData("`")]
    [InlineData("` ``")]
    [InlineData("<a ")]
    [InlineData("<!--")]
    [InlineData("&quot;")]
    [InlineData("\"&<>")]
    [InlineData("*")]
    [InlineData("_*")]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("- a\n\n")]
    [InlineData("[a]: b\n")]
    [InlineData("https://a.b/")]
    [InlineData("www.")]
    [InlineData("\\")]
    public void Deep_and_repeated_marks_cost_neither_stack_nor_time_nor_space(string mark)
    {
        foreach (var size in new[] { 4_000, CommentMarkup.LongestMarkdown })
        {
            var text = string.Concat(Enumerable.Repeat(mark, (size / mark.Length) + 1))[..size];
            var html = "";
            var cost = ProcessorTime.Of(() => html = CommentMarkup.Render(text));
            // A guard against the quadratic and worse, far above what the linear needs.
            Assert.True(cost < TimeSpan.FromSeconds(5), $"{mark}: {cost}");
            AssertHarmless(html);
            if (size == 4_000) Assert.InRange(html.Length, 0, CommentMarkup.LongestHtml);
        }
    }

    [Fact]
    public void Html_above_the_limit_becomes_plain_paragraphs()
    {
        var text = string.Concat(Enumerable.Repeat("*a*\n\n", 800));
        Assert.StartsWith("<p><em>", CommentMarkup.Render(text), StringComparison.Ordinal);
        var links = string.Concat(Enumerable.Repeat("[a](http://b.c) ", 250));
        var html = CommentMarkup.Render(links + "\n\n" + string.Concat(Enumerable.Repeat("[a](http://b.c) ", 600)));
        Assert.StartsWith("<p>[a](http://b.c)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_render_the_same() => Assert.Single(Enumerable.Range(0, 200).AsParallel().Select(_ => CommentMarkup.Render("*a* [b](https://c.example) <script>")).Distinct(StringComparer.Ordinal));

    private static void AssertHarmless(string html)
    {
        var document = new HtmlParser().ParseDocument("<body>" + html);
        Assert.Empty(document.Head!.Children);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            foreach (var attribute in element.Attributes)
            {
                switch (element.LocalName, attribute.Name)
                {
                    case ("a", "href"):
                        Assert.True(Uri.TryCreate(attribute.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", attribute.Value);
                        break;
                    case ("a", "rel"):
                        Assert.Equal("nofollow ugc noopener", attribute.Value);
                        break;
                    case ("ol", "start"):
                        Assert.True(int.TryParse(attribute.Value, System.Globalization.CultureInfo.InvariantCulture, out _));
                        break;
                    default:
                        Assert.Fail($"<{element.LocalName} {attribute.Name}>");
                        break;
                }
            }

            if (element.HasAttribute("href")) Assert.True(element.HasAttribute("rel"));
        }

        Assert.DoesNotContain(document.Descendants<IComment>(), _ => true);
    }
}
