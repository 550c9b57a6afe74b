using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Storage;
using SocialHub.Tests.Access;
using SocialHub.Tests.Connections;

namespace SocialHub.Tests.Comments;

/// <summary>Which pages take comments, asked as a citizen asks: by writing there.</summary>
public sealed class PageOpeningTests(AzuriteFixture azurite, PageOpeningTests.TownSite town) : IClassFixture<PageOpeningTests.TownSite>
{
    private const string Element = "<comment-thread></comment-thread>";
    private static int _citizens;

    [Theory]
    [InlineData("/element", null, "La piscine")]
    [InlineData("/meta", null, "La piscine rouvre")]
    [InlineData("/listed/bare", null, "Sans rien")]
    [InlineData("/listed/forbidden", null, null)]
    [InlineData("/moved", null, "La piscine")]
    [InlineData("/large-element", null, "Longue")]
    [InlineData("/large", "too-large", "Longue")]
    [InlineData("/forbidden", "status-403", null)]
    [InlineData("/elsewhere", "redirected-elsewhere", null)]
    [InlineData("/inside", "address-refused", null)]
    [InlineData("inside:/element", "address-refused", null)]
    [InlineData("nobody:/element", "unreachable", null)]
    public async Task A_page_that_takes_comments_publishes_them_and_one_that_could_not_be_seen_holds_them_for_that_reason(string path, string? unseen, string? title)
    {
        var page = town.AddressOf(path);
        using var sent = await WriteAsync(page);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var id = (await RunningHub.JsonAsync(sent)).GetProperty("id").GetString()!;
        var comment = await town.JudgedAsync(id);
        Assert.Equal(unseen is null ? CommentState.Published : CommentState.Held, comment.State);
        Assert.Equal(unseen is null ? [] : ["page-unseen"], comment.Findings.Select(finding => finding.Rule));
        var thread = (await town.Hub.Get<CommentStore>().FindThreadAsync(TownSite.Name, Keys.Page(page), TestContext.Current.CancellationToken))!;
        Assert.Equal(unseen, thread.Unseen);
        var shown = await town.Hub.Client.GetFromJsonAsync<JsonElement>($"{TownSite.Comments}?page={Uri.EscapeDataString(page)}", TestContext.Current.CancellationToken);
        Assert.Equal(title ?? page, shown.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("/missing", "page-gone")]
    [InlineData("/gone", "page-gone")]
    [InlineData("/listed/gone", "page-gone")]
    [InlineData("/bare", "page-not-open")]
    public async Task A_page_that_is_not_there_or_takes_no_comments_is_404_and_opens_no_thread(string path, string code)
    {
        using var sent = await WriteAsync(town.AddressOf(path));
        Assert.Equal((HttpStatusCode.NotFound, "urn:socialhub:problem:" + code), (sent.StatusCode, (await RunningHub.JsonAsync(sent)).GetProperty("type").GetString()));
        Assert.Null(await town.Hub.Get<CommentStore>().FindThreadAsync(TownSite.Name, Keys.Page(town.AddressOf(path)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_that_was_too_slow_is_looked_at_again_with_each_comment_until_it_is_seen()
    {
        Town? slow = null;
        string? answer = null;
        await using var site = new RawServer(async (_, stream, cancellationToken) =>
        {
            if (answer is not null)
            {
                await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), cancellationToken);
                return;
            }

            slow!.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await using var opened = slow = await Town.WithSiteAsync(azurite, site.Origin);
        var page = site.Origin + "/budget";
        Task<Answer<Submitted>> TryAsync(string text) => opened.TryWriteAsync(text, address: $"192.0.2.{_citizens++ % 250}", page: page);
        Task<ThreadRow?> ThreadAsync() => opened.Get<CommentStore>().FindThreadAsync(Town.Site, Keys.Page(page), CancellationToken.None);

        var first = (await TryAsync("Premier avis")).Value.Comment;
        await opened.SettleAsync();
        Assert.Equal((CommentState.Held, "timed-out"), ((await opened.FindAsync(first.Id))!.State, (await ThreadAsync())!.Unseen));
        foreach (var (known, code) in new[] { (Refusal(404), "page-gone"), (Refusal(410), "page-gone"), (RawServer.Ok("<title>Budget</title>"), "page-not-open") })
        {
            answer = known;
            Assert.Equal(code, (await TryAsync("Deuxième avis")).Problem?.Code);
        }

        answer = Refusal(403);
        Assert.True((await TryAsync("Troisième avis")).Succeeded);
        Assert.Equal("timed-out", (await ThreadAsync())!.Unseen);
        answer = RawServer.Ok("<title>Budget</title>" + Element);
        var seen = (await TryAsync("Quatrième avis")).Value.Comment;
        await opened.SettleAsync();
        Assert.Equal(CommentState.Published, (await opened.FindAsync(seen.Id))!.State);
        Assert.Equal((null, "Budget"), ((await ThreadAsync())!.Unseen, (await ThreadAsync())!.Title));

        // Seen once, it is not asked for again.
        var asked = site.Requests.Count;
        Assert.True((await TryAsync("Cinquième avis")).Succeeded);
        Assert.Equal(asked, site.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_cannot_be_seen_is_waited_for_once_however_often_others_write_there_meanwhile()
    {
        Town? here = null;
        string page = "";
        await using var site = new RawServer(async (_, stream, cancellationToken) =>
        {
            // Each look finds the thread changed when it is over.
            await here!.Get<CommentThreads>().GovernAsync(Town.Site, page, new ThreadOrder(null, _citizens++ % 2 == 0 ? CommentPolicy.APriori : CommentPolicy.APosteriori), null, Actor.TheClock, cancellationToken);
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Refusal(403)), cancellationToken);
        });
        await using var opened = here = await Town.WithSiteAsync(azurite, site.Origin);
        page = site.Origin + "/budget";
        var table = opened.Table;
        await table.AddEntityAsync(ThreadRow.New(Town.Site, Keys.Page(page), page, page, "timed-out").Entity, TestContext.Current.CancellationToken);

        var sent = await opened.TryWriteAsync("Un avis", page: page);
        Assert.True(sent.Succeeded, sent.Problem?.Detail);
        Assert.Single(site.Requests);
    }

    private static string Refusal(int status) => $"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private async Task<HttpResponseMessage> WriteAsync(string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(town.Hub.Client.BaseAddress!, TownSite.Comments))
        {
            Content = JsonContent.Create(new { page, text = "Bonne idée.", name = "Camille" }),
            Headers = { { "X-Forwarded-For", $"198.51.100.{Interlocked.Increment(ref _citizens)}" } },
        };
        return await town.Hub.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A hub, and a site with pages of every kind; started once for all rows.</summary>
    public sealed class TownSite(AzuriteFixture azurite) : IAsyncLifetime
    {
        public const string Name = "ville";
        public const string Comments = "api/v1/sites/ville/comments";

        // Of the town, too, but not to be reached; and no site of the town, but within reach.
        private readonly RawServer _inside = new(_ => RawServer.Ok(Element));
        private readonly RawServer _stranger = new(_ => RawServer.Ok(Element));
        private RawServer? _site;

        internal RunningHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _site = new RawServer(head => Answer(head.Split(' ')[1]));
            Hub = await RunningHub.StartAsync(
                azurite,
                $$"""
                {
                  "authority": { "name": "Ville de Saint-Exemple", "language": "fr", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
                  "sites": { "{{Name}}": { "name": "Ville", "origins": ["{{_site.Origin}}", "{{_inside.Origin}}", "http://127.0.0.1:9"], "openPaths": ["/listed/*"], "policy": "a-posteriori" } }
                }
                """,
                isWorking: true,
                values: ("SocialHub:AllowedPrivateOrigins", $"{_site.Origin};{_stranger.Origin};http://127.0.0.1:9"));
        }

        internal string AddressOf(string path) => path.Split(':') switch
        {
            ["inside", var rest] => _inside.Origin + rest,
            ["nobody", var rest] => "http://127.0.0.1:9" + rest,
            _ => _site!.Origin + path,
        };

        internal async Task<CommentRow> JudgedAsync(string id)
        {
            CommentRow? comment = null;
            await Patience.UntilAsync("the rules have judged it", async () =>
                (comment = await Hub.Get<CommentStore>().FindAsync(Name, CommentId.Parse(id), TestContext.Current.CancellationToken)) is { State: not CommentState.Received });
            return comment!;
        }

        public async ValueTask DisposeAsync()
        {
            await Hub.DisposeAsync();
            await _site!.DisposeAsync();
            await _stranger.DisposeAsync();
            await _inside.DisposeAsync();
        }

        private string Answer(string path) => path switch
        {
            "/element" => RawServer.Ok("<title>La\n piscine</title><p>Elle rouvre.</p>" + Element),
            "/meta" => RawServer.Ok("""<title>Ville</title><meta property="og:title" content="La piscine rouvre"><meta name="SocialHub" content="comments">"""),
            "/listed/bare" => RawServer.Ok("<title>Sans rien</title>"),
            "/bare" => RawServer.Ok("""<title>Sans rien</title><meta name="generator" content="comments"><p>&lt;comment-thread&gt;</p>"""),
            "/moved" => RawServer.Redirect("/element"),
            "/elsewhere" => RawServer.Redirect(_stranger.Origin + "/element"),
            "/inside" => RawServer.Redirect(_inside.Origin + "/element"),
            "/large" => RawServer.Ok("<title>Longue</title>" + new string(' ', 1_000_000) + Element),
            "/large-element" => RawServer.Ok("<title>Longue</title>" + Element + new string(' ', 1_000_000)),
            "/forbidden" or "/listed/forbidden" => Refusal(403),
            "/gone" or "/listed/gone" => Refusal(410),
            _ => Refusal(404),
        };
    }
}
