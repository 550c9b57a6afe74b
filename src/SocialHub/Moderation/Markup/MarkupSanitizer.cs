using AngleSharp.Dom;
using Ganss.Xss;

namespace SocialHub.Moderation.Markup;

/// <summary>The allow-list: what is not on it does not come out, even if the Markdown writer had a hole.</summary>
internal static class MarkupSanitizer
{
    public static IReadOnlyList<string> Elements { get; } = ["p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"];

    /// <summary>Every link says that a visitor wrote it, and tells the site it leads to nothing.</summary>
    public const string Rel = "nofollow ugc noopener";

    private static readonly HtmlSanitizer Sanitizer = Build();

    public static string Clean(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer Build()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Elements, StringComparer.Ordinal),
            AllowedAttributes = new HashSet<string>(["href", "start"], StringComparer.Ordinal),
            AllowedSchemes = new HashSet<string>(["http", "https"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href"], StringComparer.Ordinal),
        })
        {
            KeepChildNodes = true,
        };
        // Only whole addresses: a relative one would lead to wherever the page happens to be shown.
        sanitizer.FilterUrl += (_, e) =>
        {
            if (e.SanitizedUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)) e.SanitizedUrl = null;
        };
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is IElement { LocalName: "a" } link) link.SetAttribute("rel", Rel);
        };
        return sanitizer;
    }
}
