using System.Text.Json;
using SocialHub.Standalone.Commands;
using SocialHub.Tests.Connections;
using SocialHub.Tests.Connections.Web;

namespace SocialHub.Tests.Standalone;

public sealed class ReadFeedCommandTests
{
    [Fact]
    public async Task A_feed_comes_out_as_JSON_Feed_and_its_repairs_beside_it()
    {
        await using var server = new RawServer(_ => RawServer.Ok(FeedSamples.Rss(FeedSamples.Item(1, "<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><description>&lt;b&gt;x&lt;/b&gt;</description>") + FeedSamples.Item(2, "<pubDate>hier</pubDate>") + "<item/>")));
        var (code, output, error) = await RunAsync(server.Origin + "/feed", server.Origin);
        Assert.Equal(0, code);
        Assert.Equal(
            """
            {
              "version": "https://jsonfeed.org/version/1.1",
              "title": "Ville de Saint-Exemple",
              "home_page_url": "https://www.saint-exemple.fr/",
              "feed_url": "ADDRESS",
              "language": "fr",
              "items": [
                {
                  "id": "a1",
                  "url": "https://www.saint-exemple.fr/article1",
                  "title": "Article 1",
                  "content_html": "<b>x</b>",
                  "content_text": "x",
                  "date_published": "2026-11-24T12:00:00Z",
                  "language": "fr",
                  "_socialhub": {
                    "links": [
                      "https://www.saint-exemple.fr/article1"
                    ],
                    "pictures": []
                  }
                },
                {
                  "id": "a2",
                  "url": "https://www.saint-exemple.fr/article2",
                  "title": "Article 2",
                  "content_text": "",
                  "language": "fr",
                  "_socialhub": {
                    "links": [
                      "https://www.saint-exemple.fr/article2"
                    ],
                    "pictures": []
                  }
                }
              ]
            }

            """.Replace("ADDRESS", server.Origin + "/feed", StringComparison.Ordinal), output);
        Assert.Equal(
            """
            repair item 2 date-unreadable: Its date "hier" cannot be read; the time it is first seen stands for it.
            refusal item 3 item-empty: It has no address, no title and no text.

            """.ReplaceLineEndings(), error);
    }

    [Fact]
    public async Task A_file_is_read_too()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, FeedSamples.Json(FeedSamples.JsonItem(1)), TestContext.Current.CancellationToken);
            var (code, output, error) = await RunAsync(file);
            using var json = JsonDocument.Parse(output);
            Assert.Equal((0, "", "a1"), (code, error, json.RootElement.GetProperty("items")[0].GetProperty("id").GetString()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Exit_1_means_that_nothing_could_be_read()
    {
        await using var page = new RawServer(_ => RawServer.Ok("<!doctype html><link rel=alternate type=application/rss+xml href=/rss>"));
        var (code, output, error) = await RunAsync(page.Origin, page.Origin);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"refusal feed html-page: It is an HTML page, not a feed.\nrefusal feed feed-named: The page names the feed {page.Origin}/rss\n", error.ReplaceLineEndings("\n"));
        Assert.Equal((1, "", "refusal feed not-fetched: 127.0.0.1 is not on the public internet.\n"), Normal(await RunAsync(page.Origin)));
        Assert.Equal((1, "", "refusal feed not-read: /nowhere/feed.xml cannot be read.\n"), Normal(await RunAsync("/nowhere/feed.xml")));
        await using var nothing = new RawServer(_ => RawServer.Ok(FeedSamples.Rss("<item/><item/>")));
        Assert.Equal(1, (await RunAsync(nothing.Origin, nothing.Origin)).Code);
        Assert.Equal((0, ""), ((await RunAsync(await EmptyAsync())) is var (c, _, e) ? (c, e) : default));
    }

    [Fact]
    public void It_is_a_command_of_the_hub_and_explains_itself()
    {
        var command = Assert.Single(CommandLine.Create().Subcommands, c => c.Name == "read-feed");
        Assert.Contains("JSON Feed 1.1", command.Description, StringComparison.Ordinal);
        Assert.Empty(command.Parse(["https://www.saint-exemple.fr/feed", "--time-zone", "Indian/Reunion"]).Errors);
        Assert.NotEmpty(command.Parse([]).Errors);
        Assert.NotEmpty(command.Parse(["x", "--time-zone", "Lune"]).Errors);
    }

    private static async Task<string> EmptyAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "feed.xml");
        await File.WriteAllTextAsync(file, FeedSamples.Rss(""), TestContext.Current.CancellationToken);
        return file;
    }

    private static (int, string, string) Normal((int Code, string Output, string Error) run) => (run.Code, run.Output, run.Error.ReplaceLineEndings("\n"));

    private static async Task<(int Code, string Output, string Error)> RunAsync(string source, params string[] sites)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await ReadFeedCommand.RunAsync(source, "Europe/Paris", sites, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
