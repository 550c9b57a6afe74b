using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Tests.Moderation.Measured;

/// <summary>A case of a functional test of hate detection, as Multilingual HateCheck has them: a template with the name of a group in it.</summary>
/// <param name="Functionality">What it tests: <c>threat_dir_h</c>.</param>
/// <param name="IsHateful">What it is.</param>
/// <param name="Text">The case.</param>
public sealed partial record FunctionalCase(string Functionality, bool IsHateful, string Text)
{
    // The genders and elisions that a group's name brings with it, so that a template is one whatever the group.
    private static readonly Dictionary<string, string> Alike = new(StringComparer.Ordinal)
    {
        ["elles"] = "ils",
        ["elle"] = "il",
        ["toutes"] = "tou",
        ["tous"] = "tou",
        ["tout"] = "tou",
        ["toute"] = "tou",
        ["celles"] = "ceux",
        ["celle"] = "celui",
        ["cette"] = "ce",
        ["cet"] = "ce",
        ["la"] = "le",
        ["l"] = "le",
        ["d"] = "de",
        ["qu"] = "que",
        ["heureuses"] = "heureux",
        ["une"] = "un",
    };

    /// <summary>The text without what the group's name changes in it; cases of one template have one.</summary>
    public string Template
    {
        get
        {
            var words = Letters().Matches(Folded(Text)).Select(match => match.Value).ToList();
            var joined = new StringBuilder();
            for (var i = 0; i < words.Count; i++)
            {
                // "f e m m e s"
                var end = i;
                while (end < words.Count && words[end].Length == 1) end++;
                if (joined.Length > 0) joined.Append(' ');
                if (end - i < 3)
                {
                    joined.Append(words[i]);
                    continue;
                }

                joined.AppendJoin("", words[i..end]);
                i = end - 1;
            }

            return string.Join(' ', Article().Replace(Group().Replace(joined.ToString(), "#"), "${article} #").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Stem));
        }
    }

    /// <summary>True for about a fifth of the templates: whoever writes the rules has never seen them.</summary>
    public bool IsKeptOut => SHA256.HashData(Encoding.UTF8.GetBytes(Template)).Aggregate(0, (rest, value) => ((rest * 256) + value) % 5) == 0;

    /// <summary>Reads lines of functionality, label (hateful or another) and text, below one line of headings.</summary>
    public static IReadOnlyList<FunctionalCase> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Where(parts => parts.Length > 2).Select(parts => new FunctionalCase(parts[0], parts[1] == "hateful", parts[2]))];

    private static string Stem(string word)
    {
        word = Alike.GetValueOrDefault(word, word);
        if (word.Length <= 3) return word;
        if (word[^1] == 's') word = word[..^1];
        return word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Folded(string text) =>
        string.Concat(text.ToLowerInvariant().Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            .Select(c => c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', _ => c }));

    [GeneratedRegex("[a-z]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Letters();

    [GeneratedRegex("(femme|femm|handicape|handicpe|musulman|muslman|refugie|refgie|black|blck|homo(?!ph)|\\bomo(?=s?\\b)|trans|trns|travelo|pede\\b|pede(?=s\\b)|bamboula|negro|attarde menta(l|ux)|attarde|mongolien|bicot|bougnoule|pute|salope|connasse|tarlouze|tafiole|negresse|degeneree?|fatma)e?s?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Group();

    [GeneratedRegex("\\b(?<article>cette|cet|ce)#", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Article();
}
