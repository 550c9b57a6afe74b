using SocialHub.Comments.Pages;
using SocialHub.Configuration;

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
    public void Aliases_that_go_in_a_circle_end() => Assert.StartsWith("https://ville.example/", PageAddress.Canonical("https://ville.example/round", Site).Value, StringComparison.Ordinal);
}
