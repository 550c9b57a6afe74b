using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using SocialHub.Configuration;

namespace SocialHub.Standalone.Commands;

/// <summary><c>check</c>: every error of a hub.json. Its format is documented in <c>src/SocialHub/Configuration/README.md</c>.</summary>
internal static class CheckCommand
{
    private static readonly System.Text.Json.JsonSerializerOptions Unescaped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine(),
    };

    /// <summary>The command for the command line.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The hub.json to judge, or - for standard input." };
        var json = new Option<bool>("--json") { Description = "One JSON object {\"path\",\"message\"} a line, for scripts." };
        var command = new Command(
            "check",
            "Writes every error of a hub.json on standard output, one a line: where it is, as a JSON path, a colon, and what to write instead. "
            + "Exit code 0 when the hub can run it, 1 when it has an error or cannot be read.") { file, json };
        command.SetAction((parsed, cancellation) => CommandLine.WritingAsync(() => RunAsync(parsed.GetValue(file)!, parsed.GetValue(json), Console.Out, Console.Error, cancellation)));
        return command;
    }

    /// <summary>Judges the file at <paramref name="path"/>.</summary>
    /// <returns>0; 1 when it has an error or cannot be read.</returns>
    public static async Task<int> RunAsync(string path, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        byte[] content;
        var name = path == "-" ? "Standard input" : Path.GetFileName(path);
        try
        {
            content = await CommandLine.ReadAsync(path, ConfigurationReader.LongestDocument, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await error.WriteLineAsync($"{name} cannot be read: {e.Message}");
            return 1;
        }
        var errors = ConfigurationReader.Read(content).Errors;
        foreach (var one in errors)
            await output.WriteLineAsync(json ? new JsonObject { ["path"] = one.Path, ["message"] = one.Message }.ToJsonString(Unescaped) : one.ToString());
        await error.WriteLineAsync(errors.Count == 0 ? $"{name} can run." : $"{name} has {errors.Count} {(errors.Count == 1 ? "error" : "errors")}.");
        return errors.Count == 0 ? 0 : 1;
    }
}
