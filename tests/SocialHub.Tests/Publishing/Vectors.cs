using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SocialHub.Tests.Publishing;

/// <summary>Expected values that others made: published vectors beside the repository, and the oracles' files in it (remade as <c>make.mjs</c> and <c>identifiers.mjs</c> of <c>tests/npm/length-oracles</c> say).</summary>
internal static class Vectors
{
    /// <summary>Lines of a vector file of the AT Protocol; skips the test where the folder is not there.</summary>
    public static IReadOnlyList<string> AtProtocol(string file)
    {
        for (var folder = new DirectoryInfo(Here()); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "vectors", "atproto", file);
            if (File.Exists(path))
                return [.. File.ReadAllLines(path).Where(line => line.Length > 0 && line[0] != '#')];
        }

        Assert.Skip($"shared/vectors/atproto/{file} does not lie beside the repository.");
        return [];
    }

    /// <summary>One of the oracles' files.</summary>
    public static IEnumerable<JsonElement> Oracle(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Here(), "Oracles", file))).RootElement.EnumerateArray();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
