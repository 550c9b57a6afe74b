using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialHub.EndToEnd.Browser;
using SocialHub.EndToEnd.Peers;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Standalone;

/// <summary>The demo with a Bluesky server of whoever tries it.</summary>
public sealed partial class DemoOnPdsTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_new_article_is_posted_once_under_the_towns_own_account_and_the_page_says_so()
    {
        await using var pds = await BlueskyPds.StartAsync();
        await using var town = new DemoTown(azurite) { Arguments = ["--pds", pds.Address.GetLeftPart(UriPartial.Authority)] };
        await town.InitializeAsync();
        var handle = Handle().Match(string.Join('\n', town.Log)).Value;
        Assert.NotEqual("", handle);

        using var site = new HttpClient { BaseAddress = new Uri(town.Site) };
        await Patience.UntilAsync("the page of announcements says that it is published", async () => WebUtility.HtmlDecode(await site.GetStringAsync("/annonces/liste", Stop)).Contains("publié", StringComparison.Ordinal));
        using var listed = JsonDocument.Parse(await pds.Client.GetStringAsync($"/xrpc/com.atproto.repo.listRecords?repo={handle}&collection=app.bsky.feed.post", Stop));
        var post = Assert.Single(listed.RootElement.GetProperty("records").EnumerateArray()).GetProperty("value");
        Assert.Contains("Le parc des Deux-Rives", post.GetProperty("text").GetString(), StringComparison.Ordinal);
        var card = post.GetProperty("embed").GetProperty("external");
        Assert.StartsWith(town.Site + "/actualites/", card.GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.True(card.TryGetProperty("thumb", out _));
        var page = await site.GetStringAsync("/annonces", Stop);
        Assert.Contains(handle, page, StringComparison.Ordinal);
        Assert.DoesNotContain("blanc", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "could not make an account there")]
    [InlineData("http://localhost:2583/xrpc", "is no origin")]
    public async Task A_server_that_is_none_is_told_in_one_line(string server, string said)
    {
        await using var run = ChildProcess.Start("dotnet", [HubProcess.Program, "run", "--pds", server], []);
        await run.LineAsync(line => line.Contains(server, StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal), Patience.Limit);
        await Patience.UntilAsync("it has ended", () => Task.FromResult(run.HasExited));
    }

    [GeneratedRegex("saint-exemple-[0-9a-f]{4}[.a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handle();
}
