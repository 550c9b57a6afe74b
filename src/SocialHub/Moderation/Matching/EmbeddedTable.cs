using System.Security.Cryptography;
using System.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>The data files of this room, as they lie in the assembly: tab-separated, a line each; lines that begin with <c>#</c> are notes.</summary>
internal static class EmbeddedTable
{
    private const string Room = "SocialHub.Moderation.";

    private static readonly Lazy<string> OfAll = new(HashAll);

    /// <summary>Changes with any of them: what was judged with other lists is judged anew.</summary>
    public static string Fingerprint => OfAll.Value;

    /// <summary>The names of the files whose name begins so.</summary>
    /// <param name="beginning">Below <c>SocialHub.Moderation</c>, with dots for folders.</param>
    public static IEnumerable<string> Names(string beginning) =>
        typeof(EmbeddedTable).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Room + beginning, StringComparison.Ordinal)).Select(name => name[Room.Length..]).Order(StringComparer.Ordinal);

    /// <summary>The cells of each line.</summary>
    /// <param name="name">Below <c>SocialHub.Moderation</c>, with dots for folders.</param>
    /// <exception cref="InvalidDataException">No file has that name.</exception>
    public static IEnumerable<string[]> Lines(string name)
    {
        using var stream = Open(name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line.Split('\t');
        }
    }

    private static Stream Open(string name) =>
        typeof(EmbeddedTable).Assembly.GetManifestResourceStream(Room + name) ?? throw new InvalidDataException($"{name} is not embedded.");

    private static string HashAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names(""))
        {
            using var stream = Open(name);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length}\n"));
            hash.AppendData(content.GetBuffer().AsSpan(0, (int)content.Length));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
