using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SocialHub.Benchmarks.Moderation;

/// <summary>Texts through the product's command <c>moderate</c>, in a process of its own, as anybody can feed it.</summary>
internal static class ModerateProcess
{
    /// <summary>What it answers, in the order of the texts.</summary>
    /// <param name="texts">Each becomes a line.</param>
    /// <param name="hub">A hub.json; null: the rules as they come.</param>
    public static async Task<IReadOnlyList<Answer>> JudgeAsync(IReadOnlyList<string> texts, string? hub = null)
    {
        string[] arguments = hub is null ? [] : ["--hub", hub];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ModerateProcess).Assembly.Location, "moderate-child", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var writing = WriteAsync(process.StandardInput.BaseStream, texts);
        var answers = new List<Answer>(texts.Count);
        while (await process.StandardOutput.ReadLineAsync() is { } line) answers.Add(Answer.Read(line));
        await writing;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && answers.Count == texts.Count
            ? answers
            : throw new InvalidOperationException($"moderate ended with {process.ExitCode} after {answers.Count} of {texts.Count} answers: {await errors}");
    }

    private static async Task WriteAsync(Stream input, IReadOnlyList<string> texts)
    {
        await using var writer = new StreamWriter(input, new UTF8Encoding(false), 64 * 1024);
        foreach (var text in texts)
        {
            await writer.WriteAsync("{\"text\":\"");
            await writer.WriteAsync(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
            await writer.WriteAsync("\"}\n");
        }
    }

    /// <summary>One answer.</summary>
    internal sealed record Answer(string Verdict, IReadOnlyList<Found> Findings)
    {
        private static readonly Answer Published = new("publish", []);

        /// <summary>Held or rejected.</summary>
        public bool IsStopped => Verdict != "publish";

        public bool IsRejected => Verdict == "reject";

        public static Answer Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var verdict = root.GetProperty("verdict").GetString()!;
            var findings = root.GetProperty("findings");
            return verdict == "publish" && findings.GetArrayLength() == 0
                ? Published
                : new(verdict, [.. findings.EnumerateArray().Select(f => new Found(f.GetProperty("rule").GetString()!, f.GetProperty("class").GetString()!, f.GetProperty("start").GetInt32(), f.GetProperty("length").GetInt32(), f.GetProperty("view").GetString()!))]);
        }

        /// <summary>What was found, for a person to read beside the text.</summary>
        public string Describe(string text) => $"{Verdict} " + string.Join(' ', Findings.Select(f => $"[{f.Rule} {f.View}: {(f.Length == 0 ? "all" : text.Substring(f.Start, f.Length))}]"));
    }

    /// <summary>One finding.</summary>
    internal sealed record Found(string Rule, string Class, int Start, int Length, string View);
}
