using System.Text;
using CsCheck;
using SocialHub.Moderation.Matching;

namespace SocialHub.Tests.Moderation;

/// <summary>
/// Phrases of the word lists themselves, one way of writing each at a time, and whole sentences that must be stopped: what quotes, condemns, excuses and names groups
/// is met by properties only when the strings they are tried on hold it.
/// </summary>
internal static class ListedPhrases
{
    private const string Room = "SocialHub.Moderation.";
    private const string Folder = Room + "Rules.Words.";

    private static readonly Dictionary<string, Dictionary<string, string>> Sets = new[] { "fr", "en" }.ToDictionary(language => language, WordLists.Sets);

    private static readonly (string Language, string File, string Pattern)[] Patterns = [.. Read()];

    /// <summary>A phrase of any list.</summary>
    public static Gen<string> Any { get; } = Of(static file => file is not ("sets" or "groups" or "ordinary"));

    /// <summary>A phrase of one of these lists, in any language.</summary>
    public static Gen<string> From(params string[] files) => Of(files.Contains);

    /// <summary>A sentence of <c>refused-fr.txt</c>.</summary>
    public static Gen<string> Refused { get; } = Gen.OneOf(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "refused-fr.txt")).Where(line => line.Length > 0 && line[0] != '#').ToArray());

    private static Gen<string> Of(Func<string, bool> isMeant)
    {
        var meant = Patterns.Where(pattern => isMeant(pattern.File)).ToArray();
        return Gen.Select(Gen.Int[0, meant.Length - 1], Gen.Int, (i, seed) => Write(meant[i], new Random(seed)));
    }

    private static IEnumerable<(string, string, string)> Read()
    {
        foreach (var name in typeof(Lexicon).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var (language, file) = name[Folder.Length..].Split('.') is [var first, var second, ..] ? (first, second) : throw new InvalidDataException(name);
            foreach (var line in EmbeddedTable.Lines(name[Room.Length..]))
            {
                foreach (var pattern in line[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) yield return (language, file, pattern);
            }
        }
    }

    private static string Write((string Language, string File, string Pattern) phrase, Random random)
    {
        var written = new StringBuilder();
        Write(phrase.Pattern.TrimStart('^').TrimEnd('$').TrimStart('='), Sets[phrase.Language], random, written);
        return written.ToString();
    }

    // Brackets are chosen from or left out; "~2" stands for as many words of any kind, or for fewer.
    private static void Write(string pattern, Dictionary<string, string> sets, Random random, StringBuilder written)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    var optional = Inside(pattern, ref i, '(', ')');
                    if (random.Next(2) == 0) Write(One(optional, '/', random), sets, random, written);
                    break;
                case '[':
                    Write(One(Inside(pattern, ref i, '[', ']'), '/', random), sets, random, written);
                    break;
                case '<':
                    Write(One(sets[Inside(pattern, ref i, '<', '>')], ',', random).Trim(), sets, random, written);
                    break;
                case '~' when i + 1 < pattern.Length && char.IsAsciiDigit(pattern[i + 1]):
                    written.AppendJoin(' ', Enumerable.Repeat("bien", random.Next(pattern[++i] - '0' + 1)));
                    break;
                default:
                    written.Append(pattern[i]);
                    break;
            }
        }
    }

    private static string One(string choices, char separator, Random random)
    {
        List<string> parts = [];
        var (depth, start) = (0, 0);
        for (var i = 0; i <= choices.Length; i++)
        {
            if (i < choices.Length && choices[i] is '(' or '[') depth++;
            else if (i < choices.Length && choices[i] is ')' or ']') depth--;
            else if (i == choices.Length || (choices[i] == separator && depth == 0))
            {
                parts.Add(choices[start..i]);
                start = i + 1;
            }
        }

        return parts[random.Next(parts.Count)];
    }

    // What stands in the bracket that opens at i, which is left at the one that closes.
    private static string Inside(string pattern, ref int i, char open, char close)
    {
        var (start, depth) = (i + 1, 0);
        for (; i < pattern.Length; i++)
        {
            if (pattern[i] == open) depth++;
            else if (pattern[i] == close && --depth == 0) break;
        }

        return pattern[start..i];
    }
}
