using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using SocialHub.Standalone.Commands;
using SocialHub.Standalone.Commands.Moderate;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class ModerateCommandTests
{
    [Fact]
    public async Task Each_line_has_its_answer_in_the_documented_form()
    {
        var (code, answers, errors) = await RunAsync("""{"text":"Bonjour *à* tous"}""" + "\n" + """{"text":"Quel connard !","name":"Anne","url":null,"other":[1,{"a":2}]}""" + "\n");
        Assert.Equal(0, code);
        Assert.Equal(
            [
                """{"verdict":"publish","findings":[],"html":"<p>Bonjour <em>à</em> tous</p>\n"}""",
                """{"verdict":"hold","findings":[{"rule":"insult-words","class":"insult","start":5,"length":7,"view":"plain","reason":"Le mot est une insulte ou une grossièreté.","code":"insult"}],"html":"<p>Quel connard !</p>\n"}""",
            ],
            answers);
        Assert.Equal("Rules without context here: link-domain, flood, duplicate, honeypot, writing-time", errors.Trim());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"text\":1}")]
    [InlineData("{\"text\":null}")]
    [InlineData("{\"text\":\"a\"} {\"text\":\"b\"}")]
    [InlineData("{\"text\":\"a\"")]
    [InlineData("{\"text\":\"a\",\"name\":[]}")]
    public async Task A_malformed_line_has_an_error_in_its_place_and_the_others_are_judged(string line)
    {
        var (code, answers, _) = await RunAsync("{\"text\":\"a\"}\n" + line + "\n{\"text\":\"b\"}");
        Assert.Equal(1, code);
        Assert.Equal(["verdict", "error", "verdict"], answers.Select(answer => JsonNode.Parse(answer)!.AsObject().First().Key));
    }

    [Theory]
    [InlineData("""{"text":"\ud800 connard \udc00"}""")]
    [InlineData("\uFEFF{\"text\":\"\\u0000 connard\"}")]
    [InlineData("{\"text\":\"connard\"}\r")]
    public async Task Any_text_that_JSON_can_say_is_judged(string line)
    {
        var (code, answers, _) = await RunAsync(line);
        Assert.Equal((0, "hold"), (code, (string?)JsonNode.Parse(Assert.Single(answers))!["verdict"]));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error()
    {
        using var input = new MemoryStream([.. "{\"text\":\""u8, 0xFF, .. "\"}\n"u8]);
        using var output = new MemoryStream();
        Assert.Equal(1, await ModerateCommand.RunAsync(input, output, TextWriter.Null, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("{\"error\":", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_longer_than_the_limit_is_an_error_and_the_next_is_judged()
    {
        var (code, answers, _) = await RunAsync("{\"text\":\"" + new string('a', (LinePump.LongestLine * 2) + 7) + "\"}\n{\"text\":\"" + new string('b', LineJudge.LongestText + 1) + "\"}\n{\"text\":\"c\"}\n");
        Assert.Equal(1, code);
        Assert.Equal(["error", "error", "verdict"], answers.Select(answer => JsonNode.Parse(answer)!.AsObject().First().Key));
    }

    [Fact]
    public async Task A_thousand_lines_keep_their_order()
    {
        var (code, answers, _) = await RunAsync(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{{\"text\":\"numéro {i}. {new string('x', i % 97)}\"}}\n")));
        Assert.Equal((0, 1_000), (code, answers.Length));
        Assert.All(answers.Index(), answer => Assert.Contains($"numéro {answer.Index}.", answer.Item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_writes_a_line_and_waits_has_its_answer()
    {
        var (input, output) = (new Pipe(), new Pipe());
        var running = ModerateCommand.RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), TextWriter.Null, null, TestContext.Current.CancellationToken);
        using var answers = new StreamReader(output.Reader.AsStream());
        for (var i = 0; i < 3; i++)
        {
            await input.Writer.WriteAsync(Encoding.UTF8.GetBytes($"{{\"text\":\"{i}\"}}\n"), TestContext.Current.CancellationToken);
            Assert.Contains($"<p>{i}</p>", await answers.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await input.Writer.CompleteAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task An_authority_tries_its_own_rules()
    {
        var file = Path.Combine(Path.GetTempPath(), $"hub-{Guid.NewGuid():n}.json");
        try
        {
            await File.WriteAllTextAsync(file, """{"authority":{"name":"Town","language":"en","publicAddress":"https://hub.example"},"moderation":{"holdWords":["piscine"],"allowWords":["connard"]}}""", TestContext.Current.CancellationToken);
            var (code, answers, errors) = await RunAsync("{\"text\":\"La piscine, quel connard\"}", file);
            Assert.True(code == 0, errors);
            Assert.Contains("\"rule\":\"hub-words\",\"class\":\"words\",\"start\":3,\"length\":7,\"view\":\"plain\",\"reason\":\"The word is on the authority", Assert.Single(answers), StringComparison.Ordinal);
            Assert.DoesNotContain("insult", answers[0], StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, """{"moderation":{"holdWords":3}}""", TestContext.Current.CancellationToken);
            (code, answers, errors) = await RunAsync("{\"text\":\"a\"}", file);
            Assert.Equal((1, 0), (code, answers.Length));
            Assert.Contains("holdWords", errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(1, (await RunAsync("{\"text\":\"a\"}", file)).Code);
    }

    private static async Task<(int Code, string[] Answers, string Errors)> RunAsync(string lines, string? hub = null)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var code = await ModerateCommand.RunAsync(input, output, error, hub, TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }
}
