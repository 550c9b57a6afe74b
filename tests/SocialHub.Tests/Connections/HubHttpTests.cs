using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SocialHub.Connections;

namespace SocialHub.Tests.Connections;

public sealed class HubHttpTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_with_its_bytes_its_headers_and_its_address()
    {
        await using var server = new RawServer(_ => RawServer.Ok("bonjour", "ETag: \"a\"\r\nContent-Type: text/xml; charset=iso-8859-1\r\n"));
        await using var outgoing = new Outgoing(server.Origin);
        var fetched = await outgoing.GetAsync(server.Origin + "/feed");
        Assert.True(fetched.Succeeded);
        Assert.Equal((200, "bonjour", "\"a\"", "text/xml; charset=iso-8859-1"), (fetched.Status, Encoding.Latin1.GetString(fetched.Bytes.Span), fetched.ETag, fetched.ContentType));
        Assert.Contains("User-Agent: " + HubHttp.UserAgent, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_refused_before_a_byte_leaves()
    {
        await using var server = new RawServer(_ => RawServer.Ok("secret"));
        await using var outgoing = new Outgoing();
        foreach (var host in new[] { "127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]", "localhost" })
        {
            await using var named = new Outgoing(names: new Dictionary<string, string> { ["localhost"] = "127.0.0.1" });
            var fetched = await named.GetAsync($"http://{host}:{server.Port}/");
            Assert.Equal((FetchFailure.RefusedAddress, false), (fetched.Failure, fetched.Status != 0));
        }
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_name_that_resolves_to_a_private_address_is_refused()
    {
        await using var server = new RawServer(_ => RawServer.Ok("secret"));
        await using var outgoing = new Outgoing(names: new Dictionary<string, string> { ["intranet.example"] = "127.0.0.1 ::1 ::ffff:127.0.0.1 10.0.0.1" });
        var fetched = await outgoing.GetAsync($"http://intranet.example:{server.Port}/");
        Assert.Equal(FetchFailure.RefusedAddress, fetched.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Only_the_exact_origin_is_an_exception()
    {
        await using var site = new RawServer(_ => RawServer.Ok("site"));
        await using var other = new RawServer(_ => RawServer.Ok("other"));
        await using var outgoing = new Outgoing($"https://elsewhere.example; {site.Origin}", new Dictionary<string, string> { ["site.example"] = "127.0.0.1" });
        Assert.True((await outgoing.GetAsync(site.Origin + "/a?b=c")).Succeeded);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync(other.Origin)).Failure);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync($"http://site.example:{site.Port}")).Failure);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync($"https://127.0.0.1:{site.Port}")).Failure);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused_at_its_hop()
    {
        await using var inside = new RawServer(_ => RawServer.Ok("secret"));
        foreach (var target in new[] { inside.Origin, $"http://[::ffff:127.0.0.1]:{inside.Port}/", "http://169.254.169.254/metadata", "//intranet.example/x" })
        {
            await using var site = new RawServer(_ => RawServer.Redirect(target));
            await using var outgoing = new Outgoing(site.Origin, new Dictionary<string, string> { ["intranet.example"] = "10.0.0.7" });
            Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync(site.Origin)).Failure);
        }
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    [InlineData("http://user:word@example.org/")]
    public async Task A_redirect_to_something_that_is_not_plain_http_is_refused(string target)
    {
        await using var site = new RawServer(_ => RawServer.Redirect(target));
        await using var outgoing = new Outgoing(site.Origin);
        Assert.Equal(FetchFailure.RefusedAddress, (await outgoing.GetAsync(site.Origin)).Failure);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_the_sixth_is_not()
    {
        await using var site = new RawServer(head => int.Parse(head.Split(' ')[1][1..]) is > 0 and var left ? RawServer.Redirect($"/{left - 1}") : RawServer.Ok("here"));
        await using var outgoing = new Outgoing(site.Origin);
        var five = await outgoing.GetAsync(site.Origin + "/5");
        Assert.Equal((true, "/0"), (five.Succeeded, five.Address.AbsolutePath));
        Assert.Equal(FetchFailure.Redirects, (await outgoing.GetAsync(site.Origin + "/6")).Failure);
    }

    [Fact]
    public async Task A_move_for_good_ends_where_a_temporary_one_begins()
    {
        await using var site = new RawServer(head => head.Split(' ')[1] switch
        {
            "/old" => RawServer.Redirect("/new", 301),
            "/new" => RawServer.Redirect("/today", 307),
            "/today" => RawServer.Redirect("/deep", 308),
            _ => RawServer.Ok("here"),
        });
        await using var outgoing = new Outgoing(site.Origin);
        var fetched = await outgoing.GetAsync(site.Origin + "/old");
        Assert.Equal(("/deep", "/new"), (fetched.Address.AbsolutePath, fetched.MovedTo?.AbsolutePath));
        Assert.Null((await outgoing.GetAsync(site.Origin + "/new")).MovedTo);
    }

    [Fact]
    public async Task A_body_that_drips_is_cut_off_in_time()
    {
        await using var server = new RawServer(async (_, stream, stopped) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), stopped);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), stopped);
                await Task.Delay(20, stopped);
            }
        });
        await using var outgoing = new Outgoing(server.Origin);
        var fetched = await outgoing.GetAsync(server.Origin, FetchLimits.Feed with { Within = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(FetchFailure.TimedOut, fetched.Failure);
    }

    [Fact]
    public async Task A_server_that_never_answers_times_out_and_the_callers_own_cancellation_is_thrown()
    {
        await using var server = new RawServer((_, _, stopped) => Task.Delay(Timeout.Infinite, stopped));
        await using var outgoing = new Outgoing(server.Origin);
        var limits = FetchLimits.Feed with { Within = TimeSpan.FromMilliseconds(200) };
        Assert.Equal(FetchFailure.TimedOut, (await outgoing.GetAsync(server.Origin, limits)).Failure);
        using var gaveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outgoing.Http.GetAsync(new Uri(server.Origin), FetchLimits.Feed, gaveUp.Token));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_small_answer_that_unpacks_to_a_huge_one_stops_at_the_limit()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 200; i++)
                await gzip.WriteAsync(zeros, Cancelled);
        }
        var bomb = packed.ToArray();
        Assert.True(bomb.Length < 300_000);
        await using var server = new RawServer(async (_, stream, stopped) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\nConnection: close\r\n\r\n"), stopped);
            await stream.WriteAsync(bomb, stopped);
        });
        await using var outgoing = new Outgoing(server.Origin);
        var fetched = await outgoing.GetAsync(server.Origin);
        Assert.Equal((FetchFailure.TooLarge, FetchLimits.Feed.Bytes), (fetched.Failure, fetched.Bytes.Length));
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_whole_and_one_more_byte_is_too_large()
    {
        await using var server = new RawServer(head => RawServer.Ok(new string('x', int.Parse(head.Split(' ')[1][1..]))));
        await using var outgoing = new Outgoing(server.Origin);
        var limits = FetchLimits.Page with { Bytes = 1000 };
        Assert.True((await outgoing.GetAsync(server.Origin + "/1000", limits)).Succeeded);
        Assert.Equal((FetchFailure.TooLarge, 1000), (await outgoing.GetAsync(server.Origin + "/1001", limits)) is var f ? (f.Failure, f.Bytes.Length) : default);
    }

    [Fact]
    public async Task Validators_are_sent_as_they_were_received_and_304_is_no_failure()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        await using var outgoing = new Outgoing(server.Origin);
        var fetched = await outgoing.Http.GetAsync(new FetchRequest(new Uri(server.Origin), FetchLimits.Feed) { IfNoneMatch = "W/\"odd one", IfModifiedSince = "hier" }, Cancelled);
        Assert.True(fetched is { Succeeded: true, IsUnchanged: true });
        Assert.Contains("If-None-Match: W/\"odd one\r\nIf-Modified-Since: hier\r\n", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_cannot_be_smuggled_in_a_validator()
    {
        await using var server = new RawServer(_ => RawServer.Ok(""));
        await using var outgoing = new Outgoing(server.Origin);
        await outgoing.Http.GetAsync(new FetchRequest(new Uri(server.Origin), FetchLimits.Feed) { IfNoneMatch = "\"a\"\r\nX-Evil: 1" }, Cancelled);
        Assert.DoesNotContain(server.Requests, r => r.Contains("\nX-Evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_busy_server_says_when_to_come_back_and_is_not_asked_again_before()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var outgoing = new Outgoing(server.Origin);
        var fetched = await outgoing.GetAsync(server.Origin);
        Assert.Equal((FetchFailure.Status, 429, TimeSpan.FromMinutes(2)), (fetched.Failure, fetched.Status, fetched.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_that_met_an_error_once_is_repeated()
    {
        var first = true;
        await using var server = new RawServer(_ => Interlocked.Exchange(ref first, false) ? "HTTP/1.1 502 Bad\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : RawServer.Ok("second"));
        await using var outgoing = new Outgoing(server.Origin);
        Assert.Equal("second", Encoding.UTF8.GetString((await outgoing.GetAsync(server.Origin)).Bytes.Span));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "text")]
    [InlineData("HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "text")]
    [InlineData("", "text")]
    [InlineData("", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", "text")]
    public async Task A_POST_leaves_once_whatever_comes_back(string answer, string? body)
    {
        await using var server = new RawServer(_ => answer);
        await using var outgoing = new Outgoing(server.Origin);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Origin) { Content = body is null ? null : new StringContent(body) };
        var fetched = await outgoing.Http.SendOnceAsync(request, FetchLimits.Api, Cancelled);
        Assert.True(fetched is { Succeeded: false, MayHaveArrived: true });
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_POST_whose_connection_never_opened_certainly_did_not_arrive()
    {
        // Held and never listened on: nobody else can have it, and whoever comes is refused.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var closed = ((IPEndPoint)silent.LocalEndPoint!).Port;
        await using var outgoing = new Outgoing($"http://127.0.0.1:{closed}");
        foreach (var (address, failure) in new[] { ($"http://127.0.0.1:{closed}", FetchFailure.Unreachable), ("http://10.0.0.1", FetchFailure.RefusedAddress), ("http://nowhere.example", FetchFailure.UnknownHost) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("text") };
            var fetched = await outgoing.Http.SendOnceAsync(request, FetchLimits.Api, Cancelled);
            Assert.Equal((failure, false), (fetched.Failure, fetched.MayHaveArrived));
        }
    }

    [Fact]
    public async Task A_token_does_not_follow_a_redirect_to_another_origin()
    {
        await using var other = new RawServer(_ => RawServer.Ok("other"));
        await using var home = new RawServer(_ => RawServer.Redirect(other.Origin));
        await using var outgoing = new Outgoing($"{home.Origin};{other.Origin}");
        await outgoing.Http.GetAsync(new FetchRequest(new Uri(home.Origin), FetchLimits.Feed) { Bearer = "canary", IsAccount = true }, Cancelled);
        Assert.Contains("canary", Assert.Single(home.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Assert.Single(other.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_said_to_be_one()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var outgoing = new Outgoing(origin);
        var asked = outgoing.GetAsync(origin);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var client = await listener.AcceptTcpClientAsync(Cancelled);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancelled);
        }
        Assert.Equal(FetchFailure.Tls, (await asked).Failure);
    }
}
