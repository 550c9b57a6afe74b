using System.Text.Json;

namespace SocialHub.Tests.Moderation.Measured;

/// <summary>Words of a dictionary that are insults themselves, signed one by one, and how words and names are put into sentences.</summary>
public static class DictionaryInsults
{
    /// <summary>A word, and nobody who is called so.</summary>
    public const string Alone = "On a parlé de {0} hier soir.";

    /// <summary>A word said of the person spoken to.</summary>
    public const string Addressed = "Vous êtes {0}.";

    /// <summary>The same for an English word.</summary>
    public const string AloneInEnglish = "We talked about {0} last night.";

    /// <summary>The name of a commune.</summary>
    public const string Commune = "J'habite à {0} depuis dix ans.";

    /// <summary>The signed list, <c>dictionary-insults.txt</c>: those that may be stopped in any sentence, or also those that may where they are said of somebody.</summary>
    public static IReadOnlySet<string> Read(bool addressed) =>
        Lines("dictionary-insults.txt").Select(line => line.Split('\t'))
            .Where(parts => addressed || parts[1] == "alone").Select(parts => parts[0]).ToHashSet(StringComparer.Ordinal);

    /// <summary>The signed English ones, <c>english-insults.txt</c>: they may be stopped in any sentence.</summary>
    public static IReadOnlySet<string> ReadEnglish() => Lines("english-insults.txt").ToHashSet(StringComparer.Ordinal);

    /// <summary>Names of communes that exist today: one a line, or a JSON array of <c>@etalab/decoupage-administratif</c>.</summary>
    public static IReadOnlyList<string> Communes(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return [.. File.ReadLines(path).Where(line => line.Length > 0)];
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.EnumerateArray().Where(commune => commune.GetProperty("type").GetString() == "commune-actuelle").Select(commune => commune.GetProperty("nom").GetString()!)];
    }

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Measured", file)).Where(line => line.Length > 0 && line[0] != '#');
}
