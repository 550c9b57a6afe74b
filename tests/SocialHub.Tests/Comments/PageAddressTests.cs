using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

public sealed class PageAddressTests
{
    private static readonly SiteConfiguration Site = new()
    {
        Origins = ["https://ville.example"],
        KeptQueryParameters = ["id"],
        Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["https://ville.example/a"] = "https://ville.example/b",
            ["https://VILLE.example/b?utm_source=x"] = "https://ville.example/c#top",
            ["https://ville.example/round"] = "https://ville.example/about",
            ["https://ville.example/about"] = "https://ville.example/round",
            ["https://ville.example/self"] = "https://ville.example/self",
            ["https://ville.example/away"] = "https://elsewhere.example/",
        },
    };

    private static readonly SiteConfiguration Linked = new()
    {
        Origins = ["https://ville.example", "http://ville.example", "https://ville.example:8443", "http://ville.example:8080", "http://vieux.example"],
        KeptQueryParameters = ["id", "lang", "article*"],
    };

    [Theory]
    [InlineData("https://www.évry.example/a", "https://www.xn--vry-9la.example/a")]
    [InlineData("https://WWW.XN--VRY-9LA.example/a", "https://www.xn--vry-9la.example/a")]
    [InlineData("http://www.évry.example/a", "https://www.xn--vry-9la.example/a")]
    [InlineData("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a")]
    public void An_accented_or_numeric_host_is_one_page_however_it_is_written(string page, string expected) =>
        Assert.Equal(expected, PageAddress.Canonical(page, new SiteConfiguration { Origins = ["https://www.xn--vry-9la.example", "http://www.xn--vry-9la.example", "https://[2001:db8::1]:8443"] }).Value);

    [Theory]
    [InlineData("https://ville.example/c", "/c")]
    [InlineData("https://ville.example/b", "/c")]
    [InlineData("https://ville.example/a#here", "/c")]
    [InlineData("https://ville.example/a?id=1", "/a?id=1")]
    [InlineData("https://ville.example/self", "/self")]
    [InlineData("https://ville.example/away", "/away")]
    [InlineData("https://ville.example/other", "/other")]
    public void An_old_address_leads_to_the_page_of_today_however_either_is_written(string page, string expected)
    {
        Assert.Equal("https://ville.example" + expected, PageAddress.Canonical(page, Site).Value);
        var copy = Site with { Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { [page] = "https://ville.example/new" } };
        Assert.Equal("https://ville.example/new", PageAddress.Canonical(page, copy).Value);
    }

    [Fact]
    public void What_was_said_under_a_domain_that_the_site_has_left_is_found_under_the_page_of_today()
    {
        var moved = Site with { Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["https://ancien.example/p?id=1"] = "https://ville.example/p" } };
        Assert.Contains(Keys.Page("https://ancien.example/p?id=1"), PageAddress.KeysOf("https://ville.example/p", moved));
        // Nobody writes from there any more.
        Assert.False(PageAddress.Canonical("https://ancien.example/p?id=1", moved).Succeeded);
    }

    [Theory]
    [InlineData("https://ville.example/spip.php?article12", "https://ville.example/spip.php?article12")]
    [InlineData("https://ville.example/spip.php?utm_source=x&article12", "https://ville.example/spip.php?article12")]
    [InlineData("https://ville.example/spip.php?rubrique3", "https://ville.example/spip.php")]
    [InlineData("https://ville.example/page?lang=fr&id=1", "https://ville.example/page?id=1&lang=fr")]
    [InlineData("https://ville.example/page?id=2&id=1", "https://ville.example/page?id=1&id=2")]
    [InlineData("https://ville.example/page?utm_source=mastodon&id=1&utm_id=p1&fbclid=z", "https://ville.example/page?id=1")]
    [InlineData("https://ville.example/page?ID=1", "https://ville.example/page")]
    [InlineData("https://ville.example/page?&&", "https://ville.example/page")]
    [InlineData("https://ville.example/page?=1", "https://ville.example/page")]
    [InlineData("https://ville.example/page#suite", "https://ville.example/page")]
    [InlineData("https://ville.example", "https://ville.example/")]
    [InlineData("https://ville.example/Page", "https://ville.example/Page")]
    [InlineData("http://ville.example/page", "https://ville.example/page")]
    [InlineData("http://ville.example:80/page", "https://ville.example/page")]
    [InlineData("https://ville.example:443/page", "https://ville.example/page")]
    [InlineData("https://ville.example:8443/page", "https://ville.example:8443/page")]
    [InlineData("http://ville.example:8080/page", "http://ville.example:8080/page")]
    [InlineData("http://vieux.example/page", "http://vieux.example/page")]
    [InlineData("HTTPS://Ville.EXAMPLE/page", "https://ville.example/page")]
    public void One_page_has_one_address_however_it_was_linked(string page, string expected)
    {
        Assert.Equal(expected, PageAddress.Canonical(page, Linked).Value);
        Assert.Equal(expected, PageAddress.Canonical(expected, Linked).Value);
    }

    [Theory]
    [InlineData("https://elsewhere.example/page")]
    [InlineData("https://vieux.example/page")]
    [InlineData("https://ville.example:8080/page")]
    [InlineData("https://ville.example.evil.example/page")]
    [InlineData("https://ville@elsewhere.example/page")]
    [InlineData("https://camille@ville.example/page")]
    [InlineData("ftp://ville.example/page")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/page")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_page_of_the_site_is_refused(string? page) => Assert.Equal("page-invalid", PageAddress.Canonical(page, Linked).Problem?.Code);

    [Fact]
    public void Aliases_that_go_in_a_circle_end() => Assert.StartsWith("https://ville.example/", PageAddress.Canonical("https://ville.example/round", Site).Value, StringComparison.Ordinal);
}
