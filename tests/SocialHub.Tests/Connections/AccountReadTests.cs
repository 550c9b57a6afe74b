using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;

namespace SocialHub.Tests.Connections;

/// <summary>What accounts' servers say that no friendly peer does.</summary>
public sealed class AccountReadTests
{
    private const string Did = "did:plc:z72i7hdynmk6r22z27h6tvur";

    [Fact]
    public async Task A_status_is_cleaned_and_keeps_its_pictures_its_edit_and_only_the_pages_it_links_to()
    {
        await using var server = new RawServer(head => Mastodon(head, """
            [{"id":"115000000000000001","created_at":"2026-11-24T10:00:00.000Z","edited_at":"2026-11-24T11:00:00.000Z","visibility":"public","language":"fr","spoiler_text":"Travaux","url":"https://m.example/@ville/1",
              "content":"<p>Voir <a href=\"https://www.saint-exemple.fr/a\"><span class=\"invisible\">https://www.</span><span>saint-exemple.fr/a</span></a> <a href=\"https://m.example/tags/ete\" class=\"mention hashtag\">#<span>ete</span></a> <a href=\"https://autre.example/@x\">@x</a><script>alert(1)</script></p>",
              "tags":[{"name":"ete","url":"https://m.example/tags/ete"}],"mentions":[{"url":"https://autre.example/@x"}],
              "media_attachments":[{"type":"image","url":"https://m.example/m/1.png","description":"Le pont","meta":{"original":{"width":800,"height":600}}},{"type":"gifv","url":"https://m.example/m/2.mp4","preview_url":"https://m.example/m/2.png","description":null}]},
             {"id":"2","visibility":"direct","url":"https://m.example/@ville/2","content":"secret"},
             {"id":"3","visibility":"public","url":"javascript:alert(1)","content":"x"},
             {"id":"4","visibility":"public","url":"https://m.example/@autre/4","content":"x","reblog":{"id":"9"}},
             "no status", null]
            """));
        var answer = await ReadMastodonAsync(server);
        var post = Assert.Single(answer.Posts);
        Assert.Equal(("115000000000000001", "Travaux", "fr", "Ville"), (post.NativeId, post.Title, post.Language, answer.Title));
        Assert.DoesNotContain("script", post.Html, StringComparison.Ordinal);
        Assert.Equal("Voir https://www.saint-exemple.fr/a #ete @x", post.Text);
        Assert.Equal(["https://www.saint-exemple.fr/a"], post.Links);
        Assert.Equal(["ete"], post.Tags);
        Assert.Equal([("https://m.example/m/1.png", "Le pont", 800), ("https://m.example/m/2.png", null, null)], post.Pictures.Select(p => (p.Url, p.Alt, p.Width)));
        Assert.Equal((TimeSpan.FromHours(1), true), (post.Updated - post.Published, answer.ShowsDeletions));
    }

    [Fact]
    public async Task Pages_are_bounded_stay_on_the_server_and_mark_the_window()
    {
        var asked = 0;
        await using var server = new RawServer(head => Mastodon(head, $$"""[{"id":"{{(head.Contains("lookup", StringComparison.Ordinal) ? 0 : Interlocked.Increment(ref asked))}}","created_at":"2026-11-{{24 - asked:00}}T10:00:00Z","visibility":"public","url":"https://m.example/@ville/{{asked}}","content":"x"}]""", "Link: </api/v1/accounts/7/statuses?max_id=1>; rel=\"next\"\r\n"));
        var answer = await ReadMastodonAsync(server);
        Assert.Equal((3, new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero)), (answer.Posts.Count, answer.WindowStart));

        await using var foreign = new RawServer(head => Mastodon(head, """[{"id":"1","visibility":"public","url":"https://m.example/1","content":"x"}]""", "Link: <https://evil.example/api>; rel=\"next\"\r\n"));
        Assert.Single((await ReadMastodonAsync(foreign)).Posts);
        Assert.Equal(2, foreign.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_lists_nothing_of_an_account_with_statuses_deletes_nothing()
    {
        await using var server = new RawServer(head => Mastodon(head, "[]"));
        Assert.False((await ReadMastodonAsync(server)).ShowsDeletions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("[[[[")]
    public async Task An_answer_that_is_none_is_a_failure(string body)
    {
        await using var server = new RawServer(_ => RawServer.Ok(body));
        Assert.Equal(ReadOutcome.Failed, (await ReadMastodonAsync(server)).Outcome);
        Assert.Equal(ReadOutcome.Failed, (await ReadBlueskyAsync(server, Did)).Outcome);
    }

    [Fact]
    public async Task Bluesky_facets_that_cut_a_character_or_lie_outside_are_plain_text_and_a_card_is_a_link()
    {
        await using var server = new RawServer(head => Bluesky(head, """
            {"records":[
              {"uri":"at://DID/app.bsky.feed.post/3l1","value":{"text":"é<b> fin","createdAt":"2026-11-24T10:00:00Z","facets":[
                {"index":{"byteStart":1,"byteEnd":3},"features":[{"uri":"https://a.example"}]},{"index":{"byteStart":2,"byteEnd":99},"features":[{"uri":"https://a.example"}]},
                {"index":{"byteStart":6,"byteEnd":9},"features":[{"uri":"javascript:alert(1)"}]},{"index":{"byteStart":-4,"byteEnd":2},"features":[]},7],
                "embed":{"$type":"app.bsky.embed.external","external":{"uri":"https://www.saint-exemple.fr/a","title":"L'été \"<i>\"","description":"","thumb":{"ref":{"$link":"bafy"}}}}}},
              {"uri":"at://DID/app.bsky.feed.post/3l0","value":{"text":"réponse","createdAt":"2026-11-24T10:00:00Z","reply":{"parent":{}}}},
              {"uri":"nonsense","value":{"text":"x"}},{"value":3},null]}
            """));
        var post = Assert.Single((await ReadBlueskyAsync(server, Did)).Posts);
        Assert.Equal("<p>é&lt;b&gt; fin</p><p><a href=\"https://www.saint-exemple.fr/a\">L'été \"&lt;i&gt;\"</a></p>", post.Html);
        Assert.Equal(["https://www.saint-exemple.fr/a"], post.Links);
        Assert.Equal(($"{server.Origin}/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Az72i7hdynmk6r22z27h6tvur&cid=bafy", "L'été \"<i>\""), (post.Pictures[0].Url, post.Pictures[0].Alt));
    }

    [Fact]
    public async Task The_window_of_a_Bluesky_account_goes_by_record_key_and_not_by_the_dates_that_records_claim()
    {
        await using var server = new RawServer(head => Bluesky(head, !head.Contains("cursor=", StringComparison.Ordinal)
            ? """{"cursor":"3l8","records":[{"uri":"at://DID/app.bsky.feed.post/3l9","value":{"text":"importé","createdAt":"2015-01-01T00:00:00Z"}},{"uri":"at://DID/app.bsky.feed.post/3l8","value":{"text":"x","createdAt":"2026-11-24T10:00:00Z"}}]}"""
            : """{"cursor":"3l5","records":[{"uri":"at://DID/app.bsky.feed.post/3l5","value":{"text":"réponse","createdAt":"2026-11-23T10:00:00Z","reply":{"parent":{}}}}]}"""));
        var answer = await ReadBlueskyAsync(server, Did);
        Assert.Equal((2, true, null), (answer.Posts.Count, answer.ShowsDeletions, answer.WindowStart));
        Assert.Equal([true, true, false, false], new[] { "3l6", "3l5", "3l4", "" }.Select(key => answer.Covers!(key.Length == 0 ? "" : $"at://{Did}/app.bsky.feed.post/{key}")));
    }

    [Theory]
    [InlineData("""{"records":[]}""", """{"collections":["app.bsky.actor.profile","app.bsky.feed.post"]}""", false)]
    [InlineData("""{"records":[null,{"uri":"nonsense"}]}""", """{"collections":["app.bsky.feed.post"]}""", false)]
    [InlineData("""{"records":[]}""", """{"collections":["app.bsky.actor.profile"]}""", true)]
    [InlineData("""{"records":[]}""", """{"collections":[]}""", true)]
    [InlineData("""{"records":[]}""", """{}""", false)]
    [InlineData("""{"records":[]}""", "<html>", false)]
    public async Task An_empty_list_deletes_only_what_the_server_says_that_it_does_not_hold(string list, string description, bool deletes)
    {
        await using var server = new RawServer(head => head.Contains("describeRepo", StringComparison.Ordinal) ? Ok(description) : Bluesky(head, list));
        Assert.Equal((deletes, ReadOutcome.Read), ((await ReadBlueskyAsync(server, Did)) is var answer && answer.ShowsDeletions, answer.Outcome));
    }

    [Fact]
    public async Task A_handle_counts_only_when_the_identity_claims_it()
    {
        await using var server = new RawServer(head => Bluesky(head, """{"records":[]}"""));
        Assert.Equal(ReadOutcome.Read, (await ReadBlueskyAsync(server, "ville.example")).Outcome);
        Assert.Equal($"{Did} does not use the handle autre.example.", (await ReadBlueskyAsync(server, "autre.example")).Error);
        Assert.Equal("\"../x\" is neither a handle nor a DID.", (await ReadBlueskyAsync(server, "../x")).Error);
    }

    [Fact]
    public async Task Where_the_accounts_server_is_down_the_AppView_is_read_and_deletes_nothing()
    {
        await using var server = new RawServer(head => head.Contains("listRecords", StringComparison.Ordinal)
            ? "HTTP/1.1 503 Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : Bluesky(head, """
            {"feed":[
              {"post":{"uri":"at://DID/app.bsky.feed.post/3l1","author":{"did":"DID","displayName":"Ville"},"record":{"text":"Bonjour","createdAt":"2026-11-24T10:00:00Z","embed":{"$type":"app.bsky.embed.images","images":[{"alt":"Le pont","image":{"ref":{"$link":"bafy"}}}]}},
                "embed":{"$type":"app.bsky.embed.images#view","images":[{"fullsize":"https://cdn.example/1","alt":"Le pont"}]}}},
              {"reason":{"$type":"app.bsky.feed.defs#reasonRepost"},"post":{"uri":"at://DID/app.bsky.feed.post/3l2","author":{"did":"DID"},"record":{"text":"d'un autre"}}}]}
            """));
        var answer = await ReadBlueskyAsync(server, Did, appView: true);
        var post = Assert.Single(answer.Posts);
        Assert.Equal(("Bonjour", "https://cdn.example/1", "Le pont", false), (post.Text, post.Pictures[0].Url, post.Pictures[0].Alt, answer.ShowsDeletions));
        Assert.Equal(ReadOutcome.Failed, (await ReadBlueskyAsync(server, Did)).Outcome);
    }

    [Fact]
    public async Task Two_connections_of_one_name_stop_the_start()
    {
        await using var once = new Outgoing();
        await Assert.Single(once.Services.GetServices<IHostedService>()).StartAsync(TestContext.Current.CancellationToken);
        await using var twice = new Outgoing(more: services => services.AddSingleton<IReadConnection, MastodonReadConnection>());
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Assert.Single(twice.Services.GetServices<IHostedService>()).StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("mastodon", refusal.Message, StringComparison.Ordinal);
    }

    private static string Mastodon(string head, string statuses, string headers = "") => head.Contains("/lookup?acct=ville", StringComparison.Ordinal)
        ? Ok("""{"id":"7","display_name":"Ville","statuses_count":12}""")
        : Ok(statuses, headers);

    private static string Bluesky(string head, string answer)
    {
        var host = head.Split("Host: ")[1].Split('\r')[0];
        return head.Contains("resolveHandle", StringComparison.Ordinal) ? Ok($$"""{"did":"{{Did}}"}""")
            : head.StartsWith("GET /did:plc:", StringComparison.Ordinal) ? Ok($$"""{"id":"{{Did}}","alsoKnownAs":["at://ville.example"],"service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"http://{{host}}"}]}""")
            : Ok(answer.Replace("DID", Did, StringComparison.Ordinal));
    }

    // Bytes are written as Latin-1: what is beyond it goes as UTF-8 in disguise.
    private static string Ok(string body, string headers = "") => RawServer.Ok(System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(body)), headers);

    private static async Task<ReadAnswer> ReadMastodonAsync(RawServer server)
    {
        await using var outgoing = new Outgoing(server.Origin);
        return await new MastodonReadConnection(outgoing.Http, TimeProvider.System).ReadAsync(Request(server, "mastodon", "ville"), TestContext.Current.CancellationToken);
    }

    private static async Task<ReadAnswer> ReadBlueskyAsync(RawServer server, string name, bool appView = false)
    {
        await using var outgoing = new Outgoing(server.Origin);
        var options = Options.Create(new HubOptions { PlcDirectory = server.Origin, AppView = appView ? server.Origin : "" });
        return await new BlueskyReadConnection(outgoing.Http, new BlueskyIdentity(outgoing.Http, options), options).ReadAsync(Request(server, "bluesky", name), TestContext.Current.CancellationToken);
    }

    private static ReadRequest Request(RawServer server, string network, string name) =>
        new("ville", new SourceConfiguration { Account = "ville" }, new AccountConfiguration { Network = network, Server = server.Origin, Name = name }, null);
}
