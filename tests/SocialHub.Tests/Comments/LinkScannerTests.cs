using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>Mail and chat scanners open every link that they see.</summary>
public sealed partial class LinkScannerTests(AzuriteFixture azurite)
{
    private const int Scans = 100;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_scanner_that_opens_every_link_of_a_card_a_hundred_times_decides_nothing_and_the_link_still_does()
    {
        var channels = new Channels();
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", isTwo: true, channels: channels);
        var id = CommentId.Parse(await hub.JudgedAsync("Bonjour"));
        await Patience.UntilAsync("the channel has its card", async () => await hub.Get<CommentStore>().FindAsync(Town.Site, id, Stop) is { Cards: 1 });
        var links = Url().Matches(Assert.Single(channels.Taken).Card).Select(match => new Uri(match.Groups["url"].Value)).ToList();
        var own = links.Where(link => link.Host == "hub.example").ToList();
        // What decides stands behind #, which no scanner sends; its page and others' have none of it.
        var tokens = own.Select(link => Token().Match(link.Fragment)).Where(match => match.Success).Select(match => match.Groups["token"].Value).Distinct(StringComparer.Ordinal).ToList();
        var token = Assert.Single(tokens);
        Assert.All(links, link => Assert.DoesNotContain(token, link.PathAndQuery, StringComparison.Ordinal));

        var before = await RowsAsync(hub);
        foreach (var path in own.Select(link => link.PathAndQuery).Distinct(StringComparer.Ordinal))
        {
            for (var scan = 0; scan < Scans; scan++)
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                {
                    using var opened = await hub.SendAsync(method, path, null);
                    Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
                }
            }
        }

        Assert.Equal(before, await RowsAsync(hub));
        using var decided = await hub.JsonAsync(HttpMethod.Post, "moderation/decide", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token, ["decision"] = "publish", ["by"] = "Alix" }));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(CitizenHub hub) =>
        [.. await hub.Get<HubStorage>().Comments.QueryAsync<TableEntity>(cancellationToken: Stop).Select(row => $"{row.RowKey} {row.ETag}").ToListAsync(Stop)];

    [GeneratedRegex("\"url\":\"(?<url>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Url();

    [GeneratedRegex("^#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
