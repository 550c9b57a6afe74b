using SocialHub.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Access;

public sealed class OriginTests
{
    [Theory]
    [InlineData("https://www.saint-exemple.fr", null, true)]
    [InlineData("https://hub.saint-exemple.fr", null, true)]
    [InlineData(null, "https://www.saint-exemple.fr/actualites/1?x=y", true)]
    [InlineData(null, null, true)]
    [InlineData("https://www.saint-exemple.fr.evil.example", null, false)]
    [InlineData("http://www.saint-exemple.fr", null, false)]
    [InlineData("https://www.saint-exemple.fr:8443", null, false)]
    [InlineData("null", "https://www.saint-exemple.fr/", false)]
    [InlineData(null, "https://www.saint-exemple.fr@evil.example/", false)]
    [InlineData(null, "not an address", false)]
    public void A_citizen_writes_from_the_sites_pages_and_the_hubs(string? origin, string? referer, bool allowed)
    {
        var configuration = HubJson.Read(HubJson.Whole).Configuration!;
        var problem = Origins.Check(origin, referer, configuration.Sites["mairie"], configuration);
        Assert.Equal(allowed ? null : ProblemKind.Forbidden, problem?.Kind);
    }

    [Fact]
    public void A_page_that_hides_its_origin_is_told_what_to_change_unless_it_may_hide_and_is_never_the_hubs_own()
    {
        var configuration = HubJson.Read(HubJson.Whole).Configuration!;
        var site = configuration.Sites["mairie"];
        Assert.Contains("Referrer-Policy", Origins.Check("null", null, site, configuration)?.Detail, StringComparison.Ordinal);
        Assert.Null(Origins.Check("null", null, site, configuration, mayHide: true));
        Assert.Equal("foreign-origin", Origins.Check("https://evil.example", null, site, configuration, mayHide: true)?.Code);
        Assert.False(Origins.IsOwn("null", null, configuration));
    }
}
