using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Rules;
using SocialHub.Standalone.Commands.Moderate;

namespace SocialHub.Standalone.Commands;

/// <summary><c>moderate</c>: what the rules say of texts, line by line. The format is documented in Moderate/README.md.</summary>
internal static class ModerateCommand
{
    /// <summary>The command for the command line.</summary>
    public static Command Create()
    {
        var hub = new Option<FileInfo?>("--hub") { Description = "A hub.json: its words, allowed words, domains and language.", HelpName = "FILE" };
        var command = new Command(
            "moderate",
            "Reads NDJSON {\"text\",\"name\"?,\"url\"?} on standard input and writes for each line, in order, "
            + "{\"verdict\":\"publish|hold|reject\",\"findings\":[{\"rule\",\"class\",\"start\",\"length\",\"view\",\"reason\",\"code\"?,\"field\"?}],\"html\"} "
            + "or {\"error\"} on standard output. Offsets count UTF-16 units of the field. Exit code 1 when a line was in error.") { hub };
        command.SetAction((parsed, cancellation) => CommandLine.WritingAsync(async () =>
        {
            await using var input = Console.OpenStandardInput();
            await using var output = CommandLine.StandardOutput();
            return await RunAsync(input, output, Console.Error, parsed.GetValue(hub)?.FullName, cancellation);
        }));
        return command;
    }

    /// <summary>Judges every line of <paramref name="input"/>.</summary>
    /// <returns>0; 1 when a line was in error or the hub.json is.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, TextWriter error, string? hub, CancellationToken cancellation)
    {
        var configuration = new HubConfiguration();
        if (hub is not null)
        {
            byte[] content;
            try
            {
                content = await File.ReadAllBytesAsync(hub, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync($"{hub} cannot be read: {e.Message}");
                return 1;
            }

            var reading = ConfigurationReader.Read(content);
            foreach (var problem in reading.Errors) await error.WriteLineAsync($"{hub}: {problem.Path}: {problem.Message}");
            if (reading.Configuration is null) return 1;
            configuration = reading.Configuration;
        }

        // The options are the defaults: neither a signing key nor storage is needed to judge a text.
        var engine = new ModerationEngine(Options.Create(new HubOptions()), TimeProvider.System, NullLogger<ModerationEngine>.Instance);
        // Without a hub.json no domain is the authority's own, so every link holds: figures of a run say little about that rule.
        var silent = engine.Rules.Where(rule => rule.Needs is not RuleNeeds.None || (hub is null && rule is LinkDomainRule)).Select(rule => rule.Id);
        await error.WriteLineAsync("Rules without context here: " + string.Join(", ", silent));
        return await new LinePump(new LineJudge(engine, configuration).Judge).RunAsync(input, output, cancellation) ? 0 : 1;
    }
}
