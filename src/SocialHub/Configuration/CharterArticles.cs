using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>A paragraph of a charter.</summary>
/// <param name="Number">Of the article that it is; null: it is none.</param>
/// <param name="Title">Its first line, when others follow.</param>
/// <param name="Text">The lines behind the title.</param>
public sealed record CharterPart(string? Number, string? Title, string Text);

/// <summary>Finds the articles in the text of a charter: a paragraph that begins with "Article 3".</summary>
public static partial class CharterArticles
{
    /// <summary>The paragraphs of a charter, in their order.</summary>
    public static IReadOnlyList<CharterPart> Of(string text) =>
        [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Part)];

    /// <summary>True for what can be the number of an article: it stands in addresses.</summary>
    public static bool IsNumber(string number) => Number().IsMatch(number);

    private static CharterPart Part(string paragraph)
    {
        if (Heading().Match(paragraph) is not { Success: true } heading)
            return new CharterPart(null, null, paragraph);
        var number = heading.Groups["number"].Value;
        return paragraph.Split('\n', 2, StringSplitOptions.TrimEntries) is [var title, var rest] ? new CharterPart(number, title, rest) : new CharterPart(number, null, paragraph);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.-]{0,8}[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\AArticle[ \u00A0](?<number>[A-Za-z0-9]([A-Za-z0-9.-]{0,8}[A-Za-z0-9])?)(?![A-Za-z0-9])", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
