namespace SocialHub.Moderation.Matching;

/// <summary>The data files of this room, as they lie in the assembly: tab-separated, a line each; lines that begin with <c>#</c> are notes.</summary>
internal static class EmbeddedTable
{
    /// <summary>The cells of each line.</summary>
    /// <param name="name">Below <c>SocialHub.Moderation</c>, with dots for folders.</param>
    /// <exception cref="InvalidDataException">No file has that name.</exception>
    public static IEnumerable<string[]> Lines(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream("SocialHub.Moderation." + name) ?? throw new InvalidDataException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line.Split('\t');
        }
    }
}
