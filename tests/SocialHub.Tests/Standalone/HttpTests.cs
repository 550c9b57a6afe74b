using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialHub.Functions.Http;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Tests.Standalone;

public sealed class HttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await TestHost.StartAsync(await azurite.NewAccountAsync(), new Greeting(), [typeof(Functions)]);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/", 200, "root")]
    [InlineData("GET", "/hello/7", 200, "hello 7 - -")]
    [InlineData("GET", "/hello/7?name=Zo%C3%A9&times=2", 200, "hello 7 Zoé 2")]
    [InlineData("GET", "/HELLO/7?NAME=a", 200, "hello 7 a -")]
    [InlineData("GET", "/hello/7?times=many", 404, null)]
    [InlineData("GET", "/hello/x", 404, null)]
    [InlineData("GET", "/hello", 404, null)]
    [InlineData("PUT", "/hello/7", 404, null)]
    [InlineData("GET", "/hello/7/", 200, "hello 7 - -")]
    [InlineData("GET", "/admin", 404, null)]
    [InlineData("GET", "/admin/any", 404, null)]
    [InlineData("GET", "/Runtime/any", 404, null)]
    [InlineData("GET", "/administration/any", 200, "any administration")]
    [InlineData("GET", "/a%2Fb/any", 404, null)]
    [InlineData("GET", "/a%20b/any", 200, "any a b")]
    [InlineData("GET", "/x/any?page=https%3A%2F%2Fa.example%2F", 200, "any x")]
    [InlineData("GET", "/typed", 200, "\"typed\"")]
    public async Task A_request_reaches_the_function_that_Azure_would_call(string method, string path, int status, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_host.Client.BaseAddress!, path));
        using var response = await _host.Client.SendAsync(request, Stop);
        Assert.Equal(status, (int)response.StatusCode);
        if (body is not null)
            Assert.Equal(body, await response.Content.ReadAsStringAsync(Stop));
        else
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_exception_that_nobody_expected_tells_nothing_of_itself()
    {
        using var response = await _host.Client.GetAsync("broken", Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("urn:socialhub:problem:unexpected", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("refused")]
    [InlineData("repeated")]
    [InlineData("bound")]
    public async Task Storage_that_does_not_answer_is_a_503_that_says_when_to_come_back(string how)
    {
        using var response = await _host.Client.GetAsync($"storage?how={how}", Stop);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:socialhub:problem:storage-unavailable", body.GetProperty("type").GetString());
        Assert.Equal(response.Headers.RetryAfter?.Delta?.TotalSeconds, body.GetProperty("retryAfter").GetInt32());
        Assert.DoesNotContain("127.0.0.1", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_storage_refuses_for_a_reason_of_ours_stays_a_500()
    {
        using var response = await _host.Client.GetAsync("storage?how=forbidden", Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Any_origin_may_read_and_none_with_credentials()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "hello/7") { Headers = { { "Origin", "https://a.example" }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "author-key" } } };
        using var allowed = await _host.Client.SendAsync(preflight, Stop);
        Assert.Equal("*", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("author-key", allowed.Headers.GetValues("Access-Control-Allow-Headers"));

        foreach (var path in (string[])["hello/7", "broken", "nothing-here"])
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", "https://a.example" } } };
            using var response = await _host.Client.SendAsync(get, Stop);
            Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    public async Task A_body_is_cut_at_30_000_000_bytes_before_it_is_sent()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _host.Client.BaseAddress!.Port, Stop);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 30000001\r\n\r\n"u8.ToArray(), Stop);
        var buffer = new byte[200];
        var read = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: true, Stop);
        Assert.StartsWith("HTTP/1.1 413", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_goes_away_cancels_the_function_and_is_no_error()
    {
        using var log = new LoudLogs();
        _host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var request = _host.Client.GetAsync("wait", leave.Token);
        var greeting = (Greeting)_host.Services.GetService(typeof(Greeting))!;
        await greeting.Waiting.Task.WaitAsync(Stop);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await greeting.Left.Task.WaitAsync(Patience.Limit, Stop);
        await _host.StopAsync();
        Assert.Empty(log.Entries);
    }

    public sealed class Greeting
    {
        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Functions(Greeting greeting)
    {
        [Function("Root")]
        public IResult Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => Results.Text("root");

        [Function("Hello")]
        public Task<IResult> Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "hello/{number:int}")] HttpRequest request, int number, string? name, int? times) =>
            Task.FromResult(Results.Text($"hello {number} {name ?? "-"} {times?.ToString() ?? "-"}"));

        [Function("Any")]
        public IResult Any([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{what}/any")] HttpRequest request, string what) => Results.Text("any " + what);

        [Function("Typed")]
        public Task<Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult> Typed([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed")] HttpRequest request) =>
            Task.FromResult(TypedResults.Text("\"typed\""));

        [Function("Broken")]
        public Task<IResult> Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
            throw new InvalidOperationException("a secret of the inside");

        [Function("Storage")]
        public async Task<IResult> Storage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "storage")] HttpRequest request, string? how, CancellationToken stop)
        {
            switch (how)
            {
                case "busy": throw new RequestFailedException(503, "Server busy.");
                case "forbidden": throw new RequestFailedException(403, "This request is not authorized.");
                case "repeated": throw new AggregateException("Retry failed after 4 tries.", new RequestFailedException(0, "refused"), new TaskCanceledException("timeout"));
                // Transition's own bound: a cancellation that the caller did not ask for.
                case "bound": throw new OperationCanceledException(new CancellationToken(canceled: true));
            }

            // Held and never listened on: nobody else can have it, and whoever comes is refused.
            using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
            silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)silent.LocalEndPoint!).Port;
            var options = new TableClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) } };
            var table = new TableClient(new Uri($"http://127.0.0.1:{port}/account"), "Comments", new TableSharedKeyCredential("account", "a2V5"), options);
            await table.GetEntityAsync<TableEntity>("a", "b", cancellationToken: stop);
            return Results.Ok();
        }

        [Function("Size")]
        public async Task<IResult> Size([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "size")] HttpRequest request, CancellationToken stop) =>
            await RequestBody.BytesAsync(request, int.MaxValue - 1, stop) is { Problem: { } problem } ? Problems.Of(problem) : Results.Ok();

        [Function("Wait")]
        public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken stop)
        {
            greeting.Waiting.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            }
            finally
            {
                greeting.Left.SetResult();
            }

            return Results.Ok();
        }
    }
}
