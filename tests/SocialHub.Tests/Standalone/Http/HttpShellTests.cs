using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Tests.Standalone.Http;

public sealed partial class HttpShellTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_problem_has_a_status_and_says_it_in_the_body_too()
    {
        foreach (var kind in Enum.GetValues<ProblemKind>())
        {
            var (status, _, body) = await Run(Problems.Of(new Problem(kind, "some-code", "Do this.")));
            var json = JsonDocument.Parse(body).RootElement;
            Assert.Equal(status, json.GetProperty("status").GetInt32());
            Assert.Equal("urn:socialhub:problem:some-code", json.GetProperty("type").GetString());
            Assert.Equal("Do this.", json.GetProperty("detail").GetString());
            Assert.InRange(status, 400, 503);
        }
    }

    [Fact]
    public async Task When_to_come_back_stands_in_the_header_and_in_the_body()
    {
        var (status, headers, body) = await Run(Problems.Of(new Problem(ProblemKind.TooMany, "slow-down", "Wait.") { RetryAfter = TimeSpan.FromSeconds(61.2) }));
        Assert.Equal(429, status);
        Assert.Equal("62", headers.RetryAfter);
        Assert.Equal(62, JsonDocument.Parse(body).RootElement.GetProperty("retryAfter").GetInt32());
    }

    [Fact]
    public async Task More_members_of_a_problem_are_written_whatever_they_hold()
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = "published",
            ["lengths"] = new Dictionary<string, int>(StringComparer.Ordinal) { ["bluesky"] = 301 },
            ["errors"] = new[] { new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = "/sites/a b", ["also"] = null } },
            ["at"] = new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.FromHours(1)),
        };
        var (_, _, body) = await Run(Problems.Of(new Problem(ProblemKind.Conflict, "taken", "Refusé à 14 h.") { Extensions = extensions }));
        Assert.EndsWith("""
            "detail":"Refusé à 14 h.","state":"published","lengths":{"bluesky":301},"errors":[{"path":"/sites/a b","also":null}],"at":"2026-11-24T12:00:00Z"}
            """.Trim(), body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "{}", ProblemKind.UnsupportedMediaType)]
    [InlineData(null, "{}", ProblemKind.UnsupportedMediaType)]
    [InlineData("application/json; charset=iso-8859-1", "{}", ProblemKind.UnsupportedMediaType)]
    [InlineData("application/json", "{\"text\":", ProblemKind.Invalid)]
    [InlineData("application/json", "{\"text\":12}", ProblemKind.Invalid)]
    [InlineData("application/json", "null", ProblemKind.Invalid)]
    [InlineData("application/json", "", ProblemKind.Invalid)]
    public async Task A_body_that_is_not_the_expected_JSON_is_a_problem_and_no_exception(string? type, string body, ProblemKind expected)
    {
        var answer = await RequestBody.JsonAsync(Post(type, Encoding.UTF8.GetBytes(body)), Json.Default.Sample, Stop);
        Assert.Equal(expected, answer.Problem?.Kind);
    }

    [Fact]
    public async Task A_wrong_value_is_named_with_its_path()
    {
        var answer = await RequestBody.JsonAsync(Post("application/json", "{\n  \"text\": 12}"u8.ToArray()), Json.Default.Sample, Stop);
        Assert.Equal("The body is not the JSON that is expected here: it cannot be read in $.text at line 2, byte 13.", answer.Problem?.Detail);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_a_problem()
    {
        var answer = await RequestBody.JsonAsync(Post("application/json", [(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']), Json.Default.Sample, Stop);
        Assert.Equal(ProblemKind.Invalid, answer.Problem?.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whether_or_not_its_length_is_announced(bool announced)
    {
        var big = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('a', RequestBody.Limit) + "\"}");
        var request = Post("application/json", big);
        request.ContentLength = announced ? big.Length : null;
        var answer = await RequestBody.JsonAsync(request, Json.Default.Sample, Stop);
        Assert.Equal(ProblemKind.TooLarge, answer.Problem?.Kind);
        Assert.Equal(announced, request.Body.Position == 0);
    }

    [Fact]
    public async Task A_body_of_any_size_within_the_limit_arrives_whole() =>
        await Gen.Byte.Array[0, RequestBody.Limit].SampleAsync(async bytes =>
        {
            var answer = await RequestBody.BytesAsync(Post("x/y", bytes, slow: true), RequestBody.Limit, Stop);
            return answer.Value.Span.SequenceEqual(bytes);
        }, iter: 50);

    [Fact]
    public async Task A_form_without_script_is_read()
    {
        var answer = await RequestBody.FormAsync(Post("application/x-www-form-urlencoded", "text=Tr%C3%A8s+bien&page=https%3A%2F%2Fa.example%2F"u8.ToArray()), Stop);
        Assert.Equal("Très bien", answer.Value["text"]);
        Assert.Equal("https://a.example/", answer.Value["page"]);
    }

    [Fact]
    public async Task A_form_with_too_many_fields_is_a_problem()
    {
        var answer = await RequestBody.FormAsync(Post("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 200).Select(n => $"a{n}=1")))), Stop);
        Assert.Equal("malformed-form", answer.Problem?.Code);
    }

    [Theory]
    [InlineData("", "", "198.51.100.9")]
    [InlineData("203.0.113.5", "", "198.51.100.9")]
    [InlineData("203.0.113.5", "1", "203.0.113.5")]
    [InlineData("6.6.6.6, 203.0.113.5:4711", "1", "203.0.113.5")]
    [InlineData("6.6.6.6, 203.0.113.5, 10.0.0.1", "2", "203.0.113.5")]
    [InlineData("203.0.113.5", "2", "203.0.113.5")]
    [InlineData("", "2", "198.51.100.9")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:4711", "1", "2001:db8:1:2::/64")]
    [InlineData("::ffff:203.0.113.5", "1", "203.0.113.5")]
    [InlineData("unknown", "1", "198.51.100.9")]
    public void An_address_is_what_the_farthest_proxy_of_ours_saw(string forwarded, string hops, string expected)
    {
        var request = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("198.51.100.9") } }.Request;
        if (forwarded.Length > 0)
            request.Headers["X-Forwarded-For"] = forwarded;
        Assert.Equal(expected, ClientAddress.Of(request, new HubOptions { TrustedHops = hops.Length == 0 ? 0 : int.Parse(hops) }));
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("6.6.6.6, 203.0.113.5", "203.0.113.5")]
    [InlineData("nobody", "192.0.2.1")]
    [InlineData(null, "192.0.2.1")]
    public void Behind_a_front_an_address_is_what_its_own_header_says(string? front, string expected)
    {
        var request = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("198.51.100.9") } }.Request;
        request.Headers["X-Forwarded-For"] = "192.0.2.1";
        if (front is not null)
            request.Headers["X-Azure-ClientIP"] = front;
        Assert.Equal(expected, ClientAddress.Of(request, new HubOptions { ClientAddressHeader = "X-Azure-ClientIP" }));
        // Where no front is named, whoever asks may write that header in vain.
        Assert.Equal("192.0.2.1", ClientAddress.Of(request, new HubOptions()));
    }

    [Fact]
    public void Credentials_are_read_from_where_each_belongs()
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Headers["x-hub-key"] = "k";
        request.Headers.Authorization = "bearer t";
        request.Headers["X-MS-CLIENT-PRINCIPAL"] = "p";
        request.Headers.Cookie = "a=b; socialhub-session=s";
        Assert.Equal(new SocialHub.Access.Credentials("k", "t", "p", "s"), RequestCredentials.Of(request));
    }

    [Fact]
    public void A_credential_header_given_twice_counts_as_absent()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-hub-key"] = new(["good", "bad"]);
        Assert.Null(RequestCredentials.Of(request).HubKey);
    }

    [Theory]
    [InlineData("\"h\"", 304)]
    [InlineData("W/\"h\"", 304)]
    [InlineData("\"x\", \"h-br\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"h2\"", 200)]
    [InlineData("h", 200)]
    public async Task Who_has_the_content_already_gets_304_with_the_same_validators(string ifNoneMatch, int expected)
    {
        var (status, headers, body) = await Run(
            new Representation("hello"u8.ToArray(), "text/plain", "h", "public, max-age=60", gzip: "zip"u8.ToArray(), brotli: "bro"u8.ToArray()),
            request => (request.Headers.IfNoneMatch, request.Headers.AcceptEncoding) = (ifNoneMatch, "gzip, br;q=0"));
        Assert.Equal(expected, status);
        Assert.Equal(expected == 304 ? "" : "zip", body);
        Assert.Equal("\"h-gz\"", headers.ETag);
        Assert.Equal("public, max-age=60", headers.CacheControl);
        Assert.Equal("Accept-Encoding", headers.Vary);
    }

    private static HttpRequest Post(string? type, byte[] body, bool slow = false)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = type;
        request.Body = slow ? new SlowStream(body) : new MemoryStream(body);
        return request;
    }

    private static async Task<(int Status, IHeaderDictionary Headers, string Body)> Run(IResult result, Action<HttpRequest>? request = null)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET" }, Response = { Body = body } };
        request?.Invoke(context.Request);
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, context.Response.Headers, Encoding.UTF8.GetString(body.ToArray()));
    }

    internal sealed record Sample(string Text);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Sample))]
    private sealed partial class Json : JsonSerializerContext;

    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
