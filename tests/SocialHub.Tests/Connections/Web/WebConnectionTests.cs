using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

public sealed class WebConnectionTests
{
    [Fact]
    public async Task Validators_of_one_read_make_the_next_one_cheap()
    {
        await using var server = new RawServer(head => head.Contains("If-None-Match: \"v1\"\r\nIf-Modified-Since: Tue, 24 Nov 2026 12:00:00 GMT", StringComparison.Ordinal)
            ? "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
            : RawServer.Ok(FeedSamples.Rss(FeedSamples.Item(1)), "ETag: \"v1\"\r\nLast-Modified: Tue, 24 Nov 2026 12:00:00 GMT\r\n"));
        var first = await ReadAsync(server, null);
        Assert.Equal((ReadOutcome.Read, 1, "Ville de Saint-Exemple", false), (first.Outcome, first.Posts.Count, first.Title, first.ShowsDeletions));
        Assert.Equal(ReadOutcome.Unchanged, (await ReadAsync(server, first.Validators)).Outcome);
    }

    [Fact]
    public async Task How_long_a_feed_stays_good_is_known_after_a_304_too()
    {
        await using var server = new RawServer(head => head.Contains("If-None-Match", StringComparison.Ordinal)
            ? "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
            : RawServer.Ok(FeedSamples.Rss(FeedSamples.Item(1), "<ttl>90</ttl>"), "ETag: \"v1\"\r\n"));
        var first = await ReadAsync(server, null);
        var second = await ReadAsync(server, first.Validators);
        Assert.Equal((ReadOutcome.Unchanged, TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(90)), (second.Outcome, first.Pace, second.Pace));
        // As a version before kept them.
        var older = await ReadAsync(server, "\"v1\"\n");
        Assert.Equal((ReadOutcome.Unchanged, (TimeSpan?)null), (older.Outcome, older.Pace));
    }

    [Fact]
    public async Task A_feed_that_is_gone_or_busy_or_moved_says_so()
    {
        await using var gone = new RawServer(_ => "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.Equal(ReadOutcome.Gone, (await ReadAsync(gone, null)).Outcome);
        await using var busy = new RawServer(_ => "HTTP/1.1 429 Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var answer = await ReadAsync(busy, null);
        Assert.Equal((ReadOutcome.Failed, TimeSpan.FromMinutes(1)), (answer.Outcome, answer.RetryAfter));
        await using var moved = new RawServer(head => head.StartsWith("GET /new", StringComparison.Ordinal) ? RawServer.Ok(FeedSamples.Rss("")) : RawServer.Redirect("/new", 301));
        Assert.Equal(moved.Origin + "/new", (await ReadAsync(moved, null)).MovedTo);
    }

    [Fact]
    public async Task A_missing_feed_is_a_failure_and_never_the_end_of_its_posts()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var answer = await ReadAsync(server, null);
        Assert.Equal((ReadOutcome.Failed, "127.0.0.1 answered 404."), (answer.Outcome, answer.Error));
    }

    [Theory]
    [InlineData("", ReadOutcome.Read)]
    [InlineData("<item></item>", ReadOutcome.Failed)]
    public async Task A_feed_without_items_is_empty_and_one_whose_items_cannot_be_read_has_failed(string items, ReadOutcome expected)
    {
        await using var server = new RawServer(_ => RawServer.Ok(FeedSamples.Rss(items)));
        var answer = await ReadAsync(server, null);
        Assert.Equal((expected, 0, expected == ReadOutcome.Failed), (answer.Outcome, answer.Posts.Count, answer.Error is not null));
    }

    [Fact]
    public async Task A_page_in_the_place_of_a_feed_names_the_feed()
    {
        await using var server = new RawServer(_ => RawServer.Ok("<!doctype html><link rel=alternate type=application/rss+xml href=/feed>"));
        var answer = await ReadAsync(server, null);
        Assert.Equal(ReadOutcome.Failed, answer.Outcome);
        Assert.Contains(server.Origin + "/feed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_in_hub_json_is_refused()
    {
        await using var server = new RawServer(_ => RawServer.Ok(FeedSamples.Rss("")));
        await using var outgoing = new Outgoing();
        var answer = await new WebConnection(outgoing.Http, () => TimeZoneInfo.Utc).ReadAsync(Request(server, null), TestContext.Current.CancellationToken);
        Assert.Equal((ReadOutcome.Failed, "127.0.0.1 is not on the public internet."), (answer.Outcome, answer.Error));
    }

    private static ReadRequest Request(RawServer server, string? validators) => new("actualites", new SourceConfiguration { Address = server.Origin + "/feed?secret=canary" }, null, validators);

    private static async Task<ReadAnswer> ReadAsync(RawServer server, string? validators)
    {
        await using var outgoing = new Outgoing(server.Origin);
        var answer = await new WebConnection(outgoing.Http, () => TimeZoneInfo.Utc).ReadAsync(Request(server, validators), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("canary", answer.Error ?? "", StringComparison.Ordinal);
        return answer;
    }
}
