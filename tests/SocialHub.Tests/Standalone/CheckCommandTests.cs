using System.CommandLine;
using System.Text.Json;
using SocialHub.Standalone.Commands;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Standalone;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_file_that_can_run_says_so_and_exits_with_0()
    {
        var (code, output, error) = await CheckAsync(HubJson.Whole);
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("can run", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_is_a_line_with_its_path_and_the_exit_code_is_1()
    {
        var (code, output, error) = await CheckAsync("""{ "authority": { "name": "É", "publicAddress": "x", "timezone": "Europe/Paris" } }""");
        Assert.Equal(1, code);
        Assert.Equal(
            """
            $.authority.timezone: is not a member here; did you mean "timeZone"?
            $.authority.publicAddress: is no address; write scheme and host, as in "https://hub.saint-exemple.fr".

            """.ReplaceLineEndings(),
            output);
        Assert.Contains("2 errors", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_one_json_object_a_line()
    {
        var (_, output, _) = await CheckAsync("""{ "authority": { "name": "É", "publicAddress": "x", "école": 1 } }""", json: true);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["$.authority['école']", "$.authority.publicAddress"], lines.Select(line => line.GetProperty("path").GetString()));
        Assert.All(lines, line => Assert.NotEmpty(line.GetProperty("message").GetString()!));
    }

    [Fact]
    public async Task A_file_that_is_not_there_exits_with_1()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await CheckCommand.RunAsync(_file, json: false, output, error, CancellationToken.None));
        Assert.Contains("cannot be read", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_knows_it_and_explains_it()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.Create().Parse(["check", "--help"]).InvokeAsync(new InvocationConfiguration { Output = output }));
        Assert.Contains("JSON path", output.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_file, HubJson.Whole);
        Assert.Empty(CommandLine.Create().Parse(["check", _file]).Errors);
    }

    private async Task<(int Code, string Output, string Error)> CheckAsync(string content, bool json = false)
    {
        await File.WriteAllTextAsync(_file, content);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CheckCommand.RunAsync(_file, json, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
