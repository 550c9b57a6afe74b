using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>Texts of announcements: at most 1,000 characters, the placeholders below and no others.</summary>
internal static partial class Templates
{
    public const int Longest = 1000;

    /// <summary>What a template may name between braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["title", "summary", "url", "hashtags"];

    public static void Check(ConfigurationCheck here, string template)
    {
        here.That(!string.IsNullOrWhiteSpace(template), "is empty; write a text such as \"{title} {url}\", or remove it for the network's default.");
        here.That(template.Length <= Longest, $"is longer than {Longest} characters; shorten it.");
        var rest = Placeholder().Replace(template, "");
        here.That(!rest.Contains('{', StringComparison.Ordinal) && !rest.Contains('}', StringComparison.Ordinal),
            $"holds a brace that is no placeholder; write one of {string.Join(", ", Placeholders.Select(p => $"{{{p}}}"))}.");
    }

    [GeneratedRegex(@"\{(title|summary|url|hashtags)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
