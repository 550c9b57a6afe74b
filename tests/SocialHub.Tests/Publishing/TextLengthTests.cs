using System.Text;
using System.Text.Json;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Publishing;

public sealed class TextLengthTests
{
    [Fact]
    public void A_text_is_as_long_on_Mastodon_as_its_own_counting_says()
    {
        List<string> wrong = [];
        foreach (var expected in Vectors.Oracle("mastodon.json"))
        {
            var text = expected.GetProperty("text").GetString()!;
            var (length, counted) = (expected.GetProperty("length").GetInt32(), Assert.Single(MastodonTextRules.Default.Measure(text)).Count);
            // No such top-level domain: the instance counts its letters, the hub the longer of both.
            if (text.Contains(".example", StringComparison.Ordinal) ? counted < length : counted != length)
                wrong.Add($"{length} not {counted}: {text}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Graphemes_bytes_and_facets_of_a_text_are_those_of_Blueskys_own_client()
    {
        List<string> wrong = [];
        foreach (var expected in Vectors.Oracle("bluesky.json"))
        {
            var text = expected.GetProperty("text").GetString()!;
            var facets = BlueskyFacets.Find(text).OrderBy(facet => facet.ByteStart).ToList();
            var theirs = expected.GetProperty("facets").EnumerateArray().Select(Facet).ToList();
            if (!facets.SequenceEqual(theirs))
                wrong.Add($"{string.Join(' ', theirs)} NOT {string.Join(' ', facets)}: {text}");
            Assert.Equal(expected.GetProperty("graphemes").GetInt32(), new System.Globalization.StringInfo(text).LengthInTextElements);
            Assert.Equal(expected.GetProperty("bytes").GetInt32(), Encoding.UTF8.GetByteCount(text));
        }

        Assert.Empty(wrong);

        static BlueskyFacet Facet(JsonElement json)
        {
            var facet = new BlueskyFacet(json.GetProperty("start").GetInt32(), json.GetProperty("end").GetInt32(), Text(json, "link"), Text(json, "tag"));
            // The one departure: it links the ellipsis of a cut text too.
            return facet.Link?.TrimEnd('…') is { } link ? facet with { Link = link, ByteEnd = facet.ByteEnd - Encoding.UTF8.GetByteCount(facet.Link[link.Length..]) } : facet;
        }

        static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Fact]
    public void A_shown_link_is_short_and_leads_to_the_whole_address()
    {
        const string Url = "https://www.saint-exemple.fr/actualites/conseil-du-12-mars?utm_source=bluesky&utm_id=0abc";
        var shown = BlueskyTextRules.Show($"L’été 🎉 {Url} #été");
        Assert.Equal("L’été 🎉 www.saint-exemple.fr/actualites/c... #été", shown.Text);
        var (link, tag) = (shown.Facets[0], shown.Facets[1]);
        Assert.Equal(Url, link.Link);
        Assert.Equal("www.saint-exemple.fr/actualites/c...", Slice(shown.Text, link));
        Assert.Equal("#été", Slice(shown.Text, tag));
        Assert.Equal("été", tag.Tag);
    }

    [Fact]
    public void Facets_of_shortened_texts_cover_exactly_what_they_mark()
    {
        foreach (var expected in Vectors.Oracle("bluesky.json"))
        {
            var text = expected.GetProperty("text").GetString()!;
            var shown = BlueskyTextRules.Show(text);
            Assert.Equal(
                BlueskyFacets.Find(text).Where(facet => facet.Link is not null).OrderBy(facet => facet.ByteStart).Select(facet => (Shortened(Slice(text, facet)), facet.Link)),
                shown.Facets.Where(facet => facet.Link is not null).OrderBy(facet => facet.ByteStart).Select(facet => (Slice(shown.Text, facet), facet.Link)));
            var end = 0;
            foreach (var facet in shown.Facets.OrderBy(f => f.ByteStart))
            {
                Assert.True(end <= facet.ByteStart);
                end = facet.ByteEnd;
                if (facet.Tag is not null)
                    Assert.Contains(Slice(shown.Text, facet), (string[])["#" + facet.Tag, "＃" + facet.Tag]);
            }
        }
    }

    // As the app's toShortUrl: the host, and of a path of more than 15 characters the first 13.
    private static string Shortened(string link)
    {
        if (!link.StartsWith("http", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(link, UriKind.Absolute, out _))
            return link;
        var bare = link[(link.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var host = bare.Split('/', '?', '#')[0];
        var path = bare[host.Length..];
        return host + (path == "/" ? "" : path.Length > 15 ? path[..13] + "..." : path);
    }

    [Fact]
    public void Both_limits_of_Bluesky_are_counted()
    {
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 121));
        Assert.Equal([("graphemes", 121, true), ("bytes", 3025, false)], BlueskyTextRules.Instance.Measure(family).Select(l => (l.Unit, l.Count, l.Fits)));
        Assert.False(BlueskyTextRules.Instance.Fits(new string('a', 301)));
        Assert.True(BlueskyTextRules.Instance.Fits(string.Concat(Enumerable.Repeat("e\u0301", 300))));
    }

    private static string Slice(string text, BlueskyFacet facet) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(facet.ByteStart..facet.ByteEnd));
}
